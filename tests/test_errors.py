from __future__ import annotations

import json
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16 import errors
from section16.errors import MissingExtraError, Section16Error, SourceError, excerpt, visible

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Section16Error)]
DANGEROUS = "\x00\x07\x1b\r\n\t\x7f\x85\x9b\u200b\u200d\u200e\u202e\u2066\u2028\ufeff\ud800\U000e0041"


def test_an_error_says_code_words_place_and_mend_on_one_line() -> None:
    error = SourceError(
        "XML_DTD_FORBIDDEN",
        "the document has a DOCTYPE",
        path="ownershipDocument",
        line=2,
        column=5,
        mend="Remove it",
    )
    assert (
        str(error) == "XML_DTD_FORBIDDEN: the document has a DOCTYPE (line 2, column 5, ownershipDocument). Remove it"
    )


def test_an_error_without_place_or_mend_is_code_and_words() -> None:
    assert str(SourceError("NOT_OWNERSHIP", "no ownership document")) == "NOT_OWNERSHIP: no ownership document"


def test_the_json_shape_has_four_parts_and_null_for_the_unknown() -> None:
    error = SourceError("LIMIT_SIZE", "6 MB", line=3)
    assert error.as_dict() == {
        "error": {"code": "LIMIT_SIZE", "message": "6 MB", "where": {"line": 3}, "mend": None},
    }
    assert SourceError("LIMIT_SIZE", "6 MB").as_dict()["error"]["where"] is None
    assert json.loads(json.dumps(error.as_dict()))["error"]["code"] == "LIMIT_SIZE"


@given(
    message=st.text(max_size=2_000),
    path=st.none() | st.text(max_size=2_000),
    mend=st.none() | st.text(max_size=2_000),
    line=st.none() | st.integers(1, 10**9),
)
def test_no_text_makes_an_error_long_or_unprintable(
    message: str, path: str | None, mend: str | None, line: int | None
) -> None:
    error = SourceError("STRUCTURE", message, path=path, line=line, column=line, mend=mend)
    assert len(str(error)) <= 300
    assert str(error).isprintable()
    assert str(error).startswith("STRUCTURE: ")


def test_a_long_message_gives_way_before_place_and_mend() -> None:
    error = SourceError("STRUCTURE", "m" * 500, path="a/" * 300 + "value", line=7, mend="Do this")
    assert len(str(error)) == 300
    assert "line 7, …" in str(error)
    assert str(error).endswith("a/value). Do this")


@pytest.mark.parametrize("character", DANGEROUS, ids=lambda character: f"U+{ord(character):04X}")
def test_characters_that_do_not_show_are_escaped(character: str) -> None:
    shown = visible(f"a{character}b")
    assert character not in shown
    assert shown.isprintable()
    assert re.fullmatch(r"a\\([rnt]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})b", shown)


def test_ordinary_text_of_any_language_stays() -> None:
    text = "Société Générale – 社外取締役, Ж. Иванов <b>&amp;\\"
    assert visible(text) == text


def test_an_excerpt_is_short_and_safe_of_text_and_of_bytes() -> None:
    assert excerpt("x" * 80) == "x" * 80
    assert excerpt("x" * 81) == "x" * 79 + "…"
    assert excerpt(b"caf\xc3\xa9\xff\x1b") == "café\\xff\\x1b"
    assert len(excerpt("\u202e" * 80)) == 80


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_crosses_a_process_border_whole(kind: type[Section16Error]) -> None:
    error = kind("STRUCTURE", "words", path="a/b", line=2, column=3, mend="Mend it")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(copy) is kind
    assert copy.as_dict() == error.as_dict()
    assert str(copy) == str(error)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_docstrings_tree_shows_every_error(kind: type[Section16Error]) -> None:
    assert f"{kind.__name__} " in (errors.__doc__ or "")


def test_a_missing_extra_names_its_pip_line() -> None:
    error = MissingExtraError.of("pdf", "writing PDF")
    assert error.code == "EXTRA_MISSING"
    assert "pip install 'section16[pdf]'" in str(error)
    assert isinstance(error, errors.UsageError)
