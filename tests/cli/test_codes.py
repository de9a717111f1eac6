from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from section16 import codes

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def test_all_transaction_codes_a_line_each(section16: Command) -> None:
    lines = section16("codes").out.decode().splitlines()
    assert [line.partition("  ")[0] for line in lines] == [one.code for one in codes.transaction_codes().values()]


@pytest.mark.parametrize("code", [one.code for one in codes.transaction_codes().values()])
def test_what_each_transaction_code_means(section16: Command, code: str) -> None:
    out = section16("codes", code.lower()).out.decode()
    known = codes.transaction_code(code)
    assert known is not None
    assert f"{code}  {known.meaning}\n" in out
    assert "None" not in out
    assert ("not in transactionCode" in out) == (not known.in_xml)


@pytest.mark.parametrize(
    ("code", "words"), [("CA", "a state or territory"), ("X0", "a country"), ("EX-24", "document type"), ("4", "4")]
)
def test_places_and_document_types_are_known_too(section16: Command, code: str, words: str) -> None:
    ended = section16("codes", code)
    assert ended.code == 0
    assert words in ended.out.decode()


def test_a_code_of_no_list_ends_with_2(section16: Command) -> None:
    ended = section16("codes", "zz\x1b")
    assert ended.code == 2
    assert ended.err == (
        "error: CODE_UNKNOWN: 'zz\\x1b' is no transaction code, place or document type. "
        "section16 codes lists the transaction codes\n"
    )


def test_json_of_codes(section16: Command) -> None:
    assert len(json.loads(section16("codes", "--json").out)) == len(codes.transaction_codes())
    (found,) = json.loads(section16("codes", "F", "--json").out)
    assert found["code"] == "F"
