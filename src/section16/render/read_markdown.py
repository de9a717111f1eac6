"""A form read back from Markdown: our own, and what converters make of the page that sec.gov serves.

Everything is recognised by its words: the form by its title or OMB number, a box by its label, a column by its heading.
The notation may differ (spellings of `<br>`, `**` or none, marks as inputs or `[x]`, missing backslashes, padding).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from section16 import limits
from section16.errors import SourceError, excerpt
from section16.findings import Finding
from section16.render.markdown_blocks import Block, Paragraph, Table, blocks
from section16.render.markdown_text import forbidden_character, plain
from section16.render.page_words import COUNTRY, FormNumber, box_of, check_box_of, form_of, is_fixed, other_name
from section16.render.picture import PictureNote, ReadPicture, picture_note
from section16.render.printed import PrintedRelationship, PrintedTable
from section16.render.read_markdown_boxes import (
    BoxOne,
    after_label,
    check_box_is_marked,
    is_joint,
    read_box_1,
    read_foreign_symbol,
    read_issuer,
    read_relationship,
)
from section16.render.read_markdown_foot import EXPLANATION, read_foot
from section16.render.read_markdown_tables import is_first_table, read_table
from section16.render.seen_form import SeenForm, read_picture, seen_layout

_MOST_UNREAD: Final = 20
_REQUIRED_BOXES: Final = ("owner", "issuer", "relationship", "period", "amendment")
_FORM_TABLE: Final = re.compile(rb"^[ \t]*\|[^\n]*Name and Address of Reporting Person", re.MULTILINE | re.IGNORECASE)
_TITLE: Final = re.compile(rb"statement of (?:changes in )?beneficial ownership|3235-0(?:104|287|362)", re.IGNORECASE)


def looks_like_form_markdown(data: bytes) -> bool:
    """Say whether bytes are the Markdown of a form: its title or OMB number, and box 1 in a table of bars."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"<", b"{"}:
        return False
    return _FORM_TABLE.search(data) is not None and _TITLE.search(data) is not None


def read_markdown(text: str) -> ReadPicture:
    """Return the document that the Markdown of a form shows, and notes about what it does not show.

    Raises SourceError, with the line: NOT_OWNERSHIP, the text is no form; STRUCTURE, a box, table or the line of the
    signature is missing or cannot be read; LIMIT_SIZE; XML_CONTROL_CHAR, a character that no form can hold.
    """
    _refuse_unreadable(text)
    page = _page(list(blocks(text)))
    form = form_of(plain(line.text) for line in page.head)
    if form is None:
        message = "neither the title of a Form 3, 4 or 5 nor its OMB number stands above the boxes"
        raise SourceError("NOT_OWNERSHIP", message, line=page.boxes.line)
    cells = _labelled_cells(page.boxes)
    boxes = {key: cell.text for key, cell in cells.items()}
    owners = [_box_1(cell) for cell in (cells["owner"], *page.owners)]
    relationship, unclear = _relationship(cells["relationship"])
    foot, small_print = read_foot(page.foot, page.last_line)
    seen = SeenForm(
        form=form,
        name=other_name(plain(line.text) for line in page.head),
        marks={key: check_box_is_marked(line.text) for key, line in _check_boxes([*page.head, *page.middle])},
        plan_block="plan" in dict(_check_boxes(page.middle)),
        abroad="foreign_symbol" in boxes or COUNTRY.search(boxes["owner"]) is not None,
        first=msgspec.structs.replace(owners[0].owner, relationship=relationship),
        listed=[box.owner for box in owners[1:]],
        joint=is_joint(boxes.get("joint", "")),
        issuer=msgspec.structs.replace(
            read_issuer(boxes["issuer"]), foreign_symbol=read_foreign_symbol(boxes.get("foreign_symbol", ""))
        ),
        period=plain(after_label(boxes["period"])),
        amendment_date=plain(after_label(boxes["amendment"])),
        table1=_grid(page, form, first=True),
        table2=_grid(page, form, first=False),
        foot=foot,
    )
    cities = _of_cities(owners, [cell.line for cell in (cells["owner"], *page.owners)])
    notes = [*cities, *_of_title(seen, unclear, cells["relationship"].line)]
    return read_picture(seen, [*notes, *_unread(seen, [*page.head, *page.middle, *small_print])])


def _refuse_unreadable(text: str) -> None:
    if len(text) > limits.OWNERSHIP_XML_BYTES:
        raise SourceError("LIMIT_SIZE", f"the text has more than {limits.OWNERSHIP_XML_BYTES:,} characters")
    found = forbidden_character(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise SourceError("XML_CONTROL_CHAR", f"the character {found[0]!a} cannot stand in a form", line=line)


class _Page(msgspec.Struct, frozen=True):
    """A page cut at its boxes and at the explanation; `grids` are Tables I and II, by whether they are the first."""

    head: Sequence[Paragraph]
    boxes: Table
    middle: Sequence[Paragraph]
    grids: Mapping[bool, Table]
    owners: Sequence[Paragraph]
    foot: Sequence[Paragraph]
    last_line: int


def _page(page: Sequence[Block]) -> _Page:
    start, boxes = next(
        ((index, block) for index, block in enumerate(page) if isinstance(block, Table) and _has_box_1(block)),
        (None, None),
    )
    if start is None or boxes is None:
        message = "no table holds box 1, the name and address of the reporting person"
        raise SourceError("NOT_OWNERSHIP", message, mend="Give the Markdown of a Form 3, 4 or 5")
    end = next((index for index, block in enumerate(page) if index > start and _is_explanation(block)), len(page))
    tables = [block for block in page[start + 1 : end] if isinstance(block, Table)]
    grids: dict[bool, Table] = {}
    others: list[Table] = []
    for table in tables:
        first = is_first_table(table)
        if first is None:
            others.append(table)
        else:
            grids.setdefault(first, table)
    return _Page(
        head=_lines(page[:start]),
        boxes=boxes,
        middle=[block for block in page[start + 1 : end] if isinstance(block, Paragraph)],
        grids=grids,
        owners=[cell for table in others for cell in _cells(table) if box_of(cell.text) == "owner"],
        foot=_lines(page[end + 1 :]),
        last_line=page[-1].line,
    )


def _has_box_1(table: Table) -> bool:
    return any(box_of(cell.text) == "owner" for cell in _cells(table))


def _cells(table: Table) -> Iterator[Paragraph]:
    """Return the cells of a table, each with its line."""
    return (Paragraph(cell, line) for row, line in zip(table.rows, table.lines, strict=True) for cell in row)


def _is_explanation(block: Block) -> bool:
    return isinstance(block, Paragraph) and EXPLANATION.match(block.text) is not None


def _lines(page: Sequence[Block]) -> list[Paragraph]:
    """Return the paragraphs, and the rows of tables as such: converters put some lines into tables."""
    lines: list[Paragraph] = []
    for block in page:
        if isinstance(block, Paragraph):
            lines.append(block)
        else:
            rows = zip(block.rows, block.lines, strict=True)
            lines += [Paragraph(" ".join(cell for cell in row if cell), line) for row, line in rows if any(row)]
    return lines


def _labelled_cells(boxes: Table) -> dict[str, Paragraph]:
    cells: dict[str, Paragraph] = {}
    for cell in _cells(boxes):
        if (key := box_of(cell.text)) is not None:
            cells.setdefault(key, cell)
    missing = next((key for key in _REQUIRED_BOXES if key not in cells), None)
    if missing is not None:
        raise SourceError("STRUCTURE", f"the box of the {missing} is missing", line=boxes.line)
    return cells


def _box_1(cell: Paragraph) -> BoxOne:
    box = read_box_1(cell.text)
    if box is None:
        message = "box 1 lacks its labels (Last) (First) (Middle), (Street), (City) (State) (Zip)"
        raise SourceError("STRUCTURE", message, line=cell.line)
    return box


def _relationship(cell: Paragraph) -> tuple[PrintedRelationship, PictureNote | None]:
    read = read_relationship(cell.text)
    if read is None:
        raise SourceError("STRUCTURE", "the relationship box lacks one of its four labels", line=cell.line)
    return read


def _check_boxes(lines: Sequence[Paragraph]) -> Iterator[tuple[str, Paragraph]]:
    for line in lines:
        if (key := check_box_of(plain(line.text))) is not None:
            yield key, line


def _grid(page: _Page, form: FormNumber, *, first: bool) -> PrintedTable:
    if first not in page.grids:
        raise SourceError("STRUCTURE", f"Table {'I' if first else 'II'} is missing", line=page.boxes.line)
    return read_table(page.grids[first], form)


def _of_cities(boxes: Sequence[BoxOne], lines: Sequence[int]) -> Iterator[Finding]:
    for index, (box, line) in enumerate(zip(boxes, lines, strict=True), start=1):
        if box.whole_city_line is not None:
            where = f"Box 1, reporting person {index}"
            yield picture_note(PictureNote.CITY_LINE, where, line=line, said=excerpt(box.whole_city_line))


def _of_title(seen: SeenForm, unclear: PictureNote | None, line: int) -> Iterator[Finding]:
    if unclear is not None:
        said = excerpt(seen.first.relationship.officer_title)
        yield picture_note(unclear, seen_layout(seen).relationship, line=line, said=said)


def _unread(seen: SeenForm, lines: Sequence[Paragraph]) -> list[Finding]:
    """Say which lines are none of the form's own words, the first twenty of them."""
    sheet = seen_layout(seen)
    strange = [line for line in lines if not is_fixed(plain(line.text), sheet)]
    return [
        picture_note(PictureNote.UNREAD, "The page", line=line.line, said=excerpt(plain(line.text)))
        for line in strange[:_MOST_UNREAD]
    ]
