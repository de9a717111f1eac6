"""The numbered boxes and the header's check boxes read from HTML.

Inside a box, words are told apart by the labels between them. A word that was filled in is never taken for a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml.html import HtmlElement

from section16.render.city_line import CityLine, split_city_line
from section16.render.html_page import Run, runs, text_of
from section16.render.page_words import box_of, check_box_of, cik_of_link, words
from section16.render.picture import PictureNote
from section16.render.printed import PrintedIssuer, PrintedOwner, PrintedRelationship

_X: Final = re.compile(r"[\s_\[(]*[xX✓✔☑☒][\s_\])]*")
_DATA: Final = re.compile(r"\bFormData\b")
_CELLS_OF_TEXTS: Final = 4
_LABELS: Final = {
    "director": "director",
    "ten_percent": "10% owner",
    "officer": "officer (give title below)",
    "other": "other (specify below)",
}


def box_cells(part: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Return the cells of numbered boxes with the key of each, in the order of the page."""
    for cell in part.iter("td"):
        key = box_of(_opening(cell))
        if key is not None and not any(box_of(_opening(inner)) for inner in cell.iterdescendants("td")):
            yield key, cell


def _opening(cell: HtmlElement) -> str:
    """Return the first words of a cell, with the rest of the line they stand on."""
    label = cell.find("span")
    return text_of(label) if label is not None and not (cell.text or "").strip() else (cell.text or "").strip()


def check_boxes(part: HtmlElement) -> Iterator[tuple[str, bool]]:
    """Return the check boxes of the header: the key of each, and whether it is marked.

    The mark stands in the cell before the words, or is a checked input in their own cell.
    """
    for cell in part.iter("td"):
        if cell.find(".//td") is not None:
            continue
        key = check_box_of(text_of(cell))
        if key is not None:
            before = cell.getprevious()
            yield key, _is_checked(cell) or (before is not None and _is_mark(before))


def _is_mark(cell: HtmlElement) -> bool:
    return _X.fullmatch(text_of(cell)) is not None or _is_checked(cell)


def _is_checked(cell: HtmlElement) -> bool:
    return any(mark.get("checked") is not None for mark in cell.iter("input"))


def _between(found: Sequence[Run], start: str, end: str) -> list[str] | None:
    """Return the runs between two labels; `None` if either is missing."""
    labels = [None if run.filled_in else words(run.text) for run in found]
    if start not in labels:
        return None
    first = labels.index(start) + 1
    if end not in labels[first:]:
        return None
    return [run.text for run in found[first : labels.index(end, first)]]


def read_box_1(cell: HtmlElement) -> tuple[PrintedOwner, str | None] | None:
    """Return the owner in a cell with box 1, and the city line if it could not be split; `None` without the labels."""
    found = runs(cell)
    found = [Run(words(found[0].text), filled_in=False), *found[1:]]
    name = _between(found, found[0].text, "(last)")
    streets = _between(found, "(middle)", "(street)")
    place = _between(found, "(street)", "(city)")
    if name is None or streets is None or place is None:
        return None
    city = CityLine(*place) if len(place) == len(CityLine._fields) else split_city_line(" ".join(filter(None, place)))
    zip_label = next((label for label in _ZIP_LABELS if any(words(run.text) == label for run in found)), "(zip)")
    return PrintedOwner(
        cik=_cik(cell),
        name=" ".join(filter(None, name)),
        street1=streets[0] if streets else "",
        street2=" ".join(filter(None, streets[1:])),
        **(city or CityLine(" ".join(filter(None, place)), "", ""))._asdict(),
        country=" ".join(filter(None, _between(found, zip_label, "(country)") or [])),
    ), None if city else " ".join(filter(None, place))


_ZIP_LABELS: Final = ("(zip/postal code)", "(zip)")


def has_country(cell: HtmlElement) -> bool:
    """Whether box 1 has the labels that stand there since March 2026."""
    return any(not run.filled_in and words(run.text) in {"(country)", _ZIP_LABELS[0]} for run in runs(cell))


def _cik(cell: HtmlElement) -> str:
    return next((cik for link in cell.iter("a") if (cik := cik_of_link(link.get("href") or ""))), "")


def below_label(cell: HtmlElement) -> str:
    """Return what stands in a box below its label."""
    return " ".join(run.text for run in runs(cell)[1:] if run.text)


def read_issuer(cell: HtmlElement) -> PrintedIssuer:
    """Return the issuer in box 2 (Form 3: box 3): its name, mostly a link, then its symbol in brackets."""
    link = next(cell.iter("a"), None)
    data = [text_of(span) for span in cell.iter("span") if _DATA.search(span.get("class") or "")]
    if link is not None and data:
        return PrintedIssuer(cik=_cik(cell), name=text_of(link), symbol=data[-1])
    if len(data) > 1:
        return PrintedIssuer(name=data[0], symbol=data[-1])
    name, bracket, symbol = below_label(cell).rpartition("[")
    if not bracket or not symbol.endswith("]"):
        return PrintedIssuer(cik=_cik(cell), name=below_label(cell))
    return PrintedIssuer(cik=_cik(cell), name=name.strip(), symbol=symbol[:-1].strip())


def read_foreign_symbol(cell: HtmlElement) -> str:
    """Return the symbol in box 2a (Form 3: 3a), without the brackets around it."""
    said = below_label(cell)
    return said[1:-1].strip() if said.startswith("[") and said.endswith("]") else said


def is_joint(cell: HtmlElement) -> bool:
    """Whether box 6 says that more than one person files."""
    return _is_marked(runs(cell), "form filed by more than one reporting person")


def _is_marked(found: Sequence[Run], label: str) -> bool:
    """Whether an X stands in the run before a label, or before it in its own run."""
    for index, run in enumerate(found):
        said = words(run.text)
        if said.endswith(label) and (not run.filled_in or said != label):
            before = said.removesuffix(label) or (found[index - 1].text if index else "")
            return _X.fullmatch(before) is not None
    return False


def read_relationship(cell: HtmlElement) -> tuple[PrintedRelationship, PictureNote | None] | None:
    """Return the marks and texts of the relationship box; `None` if it lacks one of the four labels.

    The officer's title and the other text stand in a cell each; older pages have both in one, apart or not.
    """
    found = runs(cell)
    if not all(any(words(run.text).endswith(label) for run in found) for label in _LABELS.values()):
        return None
    marks = {key: _is_marked(found, label) for key, label in _LABELS.items()}
    title, text, unclear = _title_and_text(cell, marks)
    note = PictureNote.TITLE_LINE if unclear else None
    return PrintedRelationship(**marks, officer_title=title, other_text=text), note


def _title_and_text(cell: HtmlElement, marks: dict[str, bool]) -> tuple[str, str, bool]:
    """Return title and other text, and whether they could not be told apart."""
    labels = [row for row in cell.iter("tr") if words(text_of(row)).endswith(_LABELS["other"])]
    row = labels[-1].getnext() if labels else None
    cells = [] if row is None else row.findall("td")
    if len(cells) == _CELLS_OF_TEXTS:
        return text_of(cells[1]), text_of(cells[3]), False
    if not cells:
        return "", "", False
    said = " ".join(text_of(one) for one in cells)
    apart = [text_of(span) for span in cells[0].iter("span") if _DATA.search(span.get("class") or "")]
    if len(cells) == 1 and len(apart) > 1:
        return apart[0], " ".join(filter(None, apart[1:])), False
    if marks["officer"]:
        return said, "", marks["other"] and said != ""
    return "", said, False
