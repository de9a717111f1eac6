from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def changed(report: Path, folder: Path, old: str, new: str) -> Path:
    text = report.read_text(encoding="utf-8")
    assert old in text
    path = folder / "changed.xml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_same_report_has_no_difference(section16: Command, report: Path) -> None:
    assert section16("diff", report, report) == (0, b"", "")
    assert json.loads(section16("diff", "--json", report, report).out)


def test_a_difference_is_shown_and_ends_with_1(section16: Command, report: Path, tmp_path: Path) -> None:
    other = changed(report, tmp_path, "<documentType>4<", "<documentType>4/A<")
    ended = section16("diff", report, other)
    assert ended.code == 1
    assert any(line.startswith("+") and "4/A" in line for line in ended.out.decode().splitlines())
    as_json = section16("diff", report, other, "--json")
    assert as_json.code == 1
    assert "4/A" in json.dumps(json.loads(as_json.out))


def test_another_spelling_of_a_number_counts_when_asked(section16: Command, tmp_path: Path) -> None:
    xml = (
        "<ownershipDocument><documentType>4</documentType><nonDerivativeTable><nonDerivativeHolding>"
        "<postTransactionAmounts><sharesOwnedFollowingTransaction><value>10</value></sharesOwnedFollowingTransaction>"
        "</postTransactionAmounts></nonDerivativeHolding></nonDerivativeTable></ownershipDocument>"
    )
    report = tmp_path / "a.xml"
    report.write_text(xml)
    other = changed(report, tmp_path, ">10<", ">10.00<")
    assert section16("diff", report, other).code == 0
    assert section16("diff", report, other, "--spelling").code == 1


def test_a_report_that_cannot_be_read_is_no_difference(section16: Command, report: Path, broken: Path) -> None:
    for words in ([report, broken], [broken, report], [report, Path("missing.xml")]):
        ended = section16("diff", *words)
        assert (ended.code, ended.out) == (3, b"")
    assert section16("diff", report, report.parent.parent).code == 2
    assert section16("diff", "-", report, stdin=report.read_bytes()).code == 0
    assert section16("diff", "-", "-").code == 2
