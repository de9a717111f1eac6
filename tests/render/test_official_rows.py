"""Tables I and II of our page against what the SEC's own stylesheets print for the same documents."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from section16.edgar.ownership_xml import read_ownership_xml
from section16.render.html import html
from section16.render.print_form import print_form

Cell = tuple[str, list[int]]


def _rows_of_page(page: str) -> Iterator[list[list[Cell]]]:
    """Both tables as lines of (text, footnote numbers), read back from the page."""
    for table in lxml_html.document_fromstring(page).iterfind(".//table[@class='grid']"):
        yield [[_cell(cell) for cell in row.iterfind("td")] for row in table.iterfind("tbody/tr")]


def _cell(cell: Any) -> Cell:
    marks = [str(mark.text_content()) for mark in cell.iterfind(".//sup")]
    text = str(cell.text_content())
    for mark in marks:
        text = text.replace(mark, "", 1)
    return " ".join(text.split()), [int(re.sub(r"\D", "", mark)) for mark in marks]


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.removeprefix("$").replace(",", ""))
    except InvalidOperation:
        return None


def _same(ours: Cell, theirs: list[Any]) -> bool:
    text = " ".join(str(theirs[0]).split())
    if ours[1] != theirs[1]:
        return False
    if ours[0] == text:
        return True
    number = _number(ours[0])
    return number is not None and number == _number(text) and ours[0].startswith("$") == text.startswith("$")


def test_every_line_is_that_of_the_official_form(corpus: Path) -> None:
    official = corpus / "official" / "rows.jsonl.gz"
    if not official.is_file():
        pytest.skip("the corpus has no official rows")
    checked, different = 0, []
    with gzip.open(official, "rt", encoding="utf-8") as lines:
        for line in lines:
            expected = json.loads(line)
            document = read_ownership_xml((corpus / "xml" / expected["file"]).read_bytes())
            ours = list(_rows_of_page(html(print_form(document), None)))
            theirs = [expected["table1"], expected["table2"]]
            checked += 1
            if not _equal(ours, theirs):
                different.append(expected["file"])
    assert checked > 2000
    assert different == []


def _equal(ours: list[list[list[Cell]]], theirs: list[list[list[list[Any]]]]) -> bool:
    if [len(table) for table in ours] != [len(table) for table in theirs]:
        return False
    lines = zip((row for table in ours for row in table), (row for table in theirs for row in table), strict=True)
    return all(len(mine) == len(its) and all(map(_same, mine, its)) for mine, its in lines)
