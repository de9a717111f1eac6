"""A form read back from HTML: the page that sec.gov serves, as saved over the years, and our own.

Boxes are known by their labels, tables by their headings, the lines below by what heads them. Links hold the CIKs.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final

import msgspec
from lxml.html import HtmlElement

from section16.errors import SourceError, excerpt
from section16.findings import Finding
from section16.render.html_page import decode_page, parse_page, runs, visible_part
from section16.render.page_words import FormNumber, box_of, check_box_of, form_of, other_name
from section16.render.picture import PictureNote, ReadPicture, picture_note
from section16.render.printed import PrintedOwner, PrintedRelationship, PrintedTable
from section16.render.read_html_boxes import (
    below_label,
    box_cells,
    check_boxes,
    has_country,
    is_joint,
    read_box_1,
    read_foreign_symbol,
    read_issuer,
    read_relationship,
)
from section16.render.read_html_foot import read_foot
from section16.render.read_html_tables import Grid, grids, read_grid
from section16.render.seen_form import SeenForm, read_picture, seen_layout

_REQUIRED_BOXES: Final = ("owner", "issuer", "relationship", "period", "amendment")
_BOX_1: Final = re.compile(rb"Name\s+and\s+Address\s+of\s+Reporting\s+Person", re.IGNORECASE)
_TABLE_1: Final = re.compile(rb"Non-Derivative\s+Securities", re.IGNORECASE)


def looks_like_form_html(data: bytes) -> bool:
    """Say whether bytes are the HTML of a form: tables that hold box 1 and name Table I."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = decode_page(data).encode()
    if b"<ownershipDocument" in data or b"<table" not in data.lower():
        return False
    return _BOX_1.search(data) is not None and _TABLE_1.search(data) is not None


def read_html(data: bytes) -> ReadPicture:
    """Return the document that the HTML of a form shows, and notes about what it does not show.

    Raises SourceError, with the line: NOT_OWNERSHIP, the page is no form; STRUCTURE, a box, table or the line of the
    signature is missing or cannot be read; LIMIT_SIZE; XML_CONTROL_CHAR, a character that no form can hold.
    """
    part = visible_part(parse_page(data))
    boxes = list(box_cells(part))
    cells = _labelled(boxes)
    page = [run.text for run in runs(part)]
    head = list(takewhile(lambda text: box_of(text) is None, page))
    form = form_of(head)
    if form is None:
        message = "neither the title of a Form 3, 4 or 5 nor its OMB number stands above the boxes"
        raise SourceError("NOT_OWNERSHIP", message, line=cells["owner"].sourceline)
    owners = [_box_1(cell) for key, cell in boxes if key == "owner"]
    relationship, unclear = _relationship(cells["relationship"])
    tables = grids(part)
    foreign = cells.get("foreign_symbol")
    seen = SeenForm(
        form=form,
        name=other_name(head),
        marks=dict(check_boxes(part)),
        plan_block=any(check_box_of(text) == "plan" for text in page[len(head) :]),
        abroad=foreign is not None or has_country(cells["owner"]),
        first=msgspec.structs.replace(owners[0][0], relationship=relationship),
        listed=[owner for owner, _ in owners[1:]],
        joint="joint" in cells and is_joint(cells["joint"]),
        issuer=msgspec.structs.replace(
            read_issuer(cells["issuer"]), foreign_symbol="" if foreign is None else read_foreign_symbol(foreign)
        ),
        period=below_label(cells["period"]),
        amendment_date=below_label(cells["amendment"]),
        table1=_table(tables, form, first=True),
        table2=_table(tables, form, first=False),
        foot=read_foot(part),
    )
    return read_picture(seen, [*_of_cities(line for _, line in owners), *_of_title(seen, unclear)])


def _labelled(boxes: Sequence[tuple[str, HtmlElement]]) -> dict[str, HtmlElement]:
    cells: dict[str, HtmlElement] = {}
    for key, cell in boxes:
        cells.setdefault(key, cell)
    if "owner" not in cells:
        message = "no cell holds box 1, the name and address of the reporting person"
        raise SourceError("NOT_OWNERSHIP", message, mend="Give the page of a Form 3, 4 or 5")
    missing = next((key for key in _REQUIRED_BOXES if key not in cells), None)
    if missing is not None:
        raise SourceError("STRUCTURE", f"the box of the {missing} is missing", line=cells["owner"].sourceline)
    return cells


def _box_1(cell: HtmlElement) -> tuple[PrintedOwner, str | None]:
    read = read_box_1(cell)
    if read is None:
        message = "box 1 lacks its labels (Last) (First) (Middle), (Street), (City) (State) (Zip)"
        raise SourceError("STRUCTURE", message, line=cell.sourceline)
    return read


def _relationship(cell: HtmlElement) -> tuple[PrintedRelationship, PictureNote | None]:
    read = read_relationship(cell)
    if read is None:
        raise SourceError("STRUCTURE", "the relationship box lacks one of its four labels", line=cell.sourceline)
    return read


def _table(tables: Mapping[bool, Grid], form: FormNumber, *, first: bool) -> PrintedTable:
    if first not in tables:
        raise SourceError("STRUCTURE", f"Table {'I' if first else 'II'} is missing")
    return read_grid(tables[first], form)


def _of_cities(lines: Iterable[str | None]) -> Iterator[Finding]:
    for index, line in enumerate(lines, start=1):
        if line is not None:
            yield picture_note(PictureNote.CITY_LINE, f"Box 1, reporting person {index}", said=excerpt(line))


def _of_title(seen: SeenForm, unclear: PictureNote | None) -> Iterator[Finding]:
    if unclear is not None:
        said = excerpt(seen.first.relationship.officer_title)
        yield picture_note(unclear, seen_layout(seen).relationship, said=said)
