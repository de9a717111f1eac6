r"""The numbered boxes of the form read from their Markdown cells.

A cell is known by its label, wherever it stands. Marks may be checked inputs, `[x]`, ballot boxes or a lone X; lines
end at `<br>` in any spelling. Labels inside a name or street are escaped by our own writer (`\(Street)`) and so not
taken.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from section16.render.city_line import CityLine, read_city_line
from section16.render.markdown_text import plain
from section16.render.page_words import cik_of_link
from section16.render.picture import PictureNote
from section16.render.printed import PrintedIssuer, PrintedOwner, PrintedRelationship

_INPUT: Final = re.compile(r"<input\b([^<>]*)>", re.IGNORECASE)
_CHECKED: Final = re.compile(r"\bchecked\b", re.IGNORECASE)
_CHECK_BOX: Final = re.compile(r"Check this box|Form [34] (?:Holdings|Transactions) Reported", re.IGNORECASE)
_SIGN: Final = re.compile(r"\\?\[[xX]\\?\]|[☑☒✓✔✗✘]|\bX\b")
_LINE_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FIRST_BREAK: Final = re.compile(r"^\s*<br\s*/?>", re.IGNORECASE)
_RULE: Final = re.compile(r"<hr\b[^<>]*>", re.IGNORECASE)
_DAY_LABEL: Final = "(Month/Day/Year)"
_LINK: Final = re.compile(r"\[((?:\\.|[^\[\]\\])*)\]\(([^()\s]*)\)")
_SYMBOL: Final = re.compile(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\s*$")

_NAME_END: Final = re.compile(r"(?<!\\)\(Last\)\s*\(First\)\s*\(Middle\)", re.IGNORECASE)
_STREET_END: Final = re.compile(r"(?<!\\)\(Street\)", re.IGNORECASE)
_CITY_END: Final = re.compile(r"(?<!\\)\(City\)\s*\(State\)\s*\(Zip(?:\s*/\s*Postal Code)?\)", re.IGNORECASE)
_COUNTRY_END: Final = re.compile(r"(?<!\\)\(Country\)", re.IGNORECASE)


_RELATIONSHIPS: Final = {
    "director": re.compile(r"Director\b", re.IGNORECASE),
    "ten_percent": re.compile(r"10% Owner\b", re.IGNORECASE),
    "officer": re.compile(r"Officer \\?\(give title below\\?\)", re.IGNORECASE),
    "other": re.compile(r"Other \\?\(specify below\\?\)", re.IGNORECASE),
}
_ONE_PERSON: Final = re.compile(r"Form filed by One Reporting Person", re.IGNORECASE)
_MORE_PERSONS: Final = re.compile(r"Form filed by More than One", re.IGNORECASE)


class BoxOne(msgspec.Struct, frozen=True):
    """An owner read from box 1, and the city line if it could not be split."""

    owner: PrintedOwner
    whole_city_line: str | None = None


def is_marked(markdown: str) -> bool:
    """Whether a mark stands in a piece of Markdown, that between two labels."""
    return _SIGN.search(markdown) is not None or any(_CHECKED.search(box[1]) for box in _INPUT.finditer(markdown))


def check_box_is_marked(markdown: str) -> bool:
    """Whether a mark stands before the words of a check box of the header."""
    words = _CHECK_BOX.search(markdown)
    return words is not None and is_marked(markdown[: words.start()])


def is_joint(cell: str) -> bool:
    """Whether box 6 says that more than one person files."""
    one = _ONE_PERSON.search(cell)
    more = _MORE_PERSONS.search(cell, one.end() if one else 0)
    return more is not None and is_marked(cell[one.end() if one else 0 : more.start()])


def after_label(cell: str) -> str:
    """Return what stands below the label: all lines but the first, or on one line what follows "(Month/Day/Year)"."""
    lines = _LINE_BREAK.split(cell, maxsplit=1)
    if len(lines) > 1:
        return lines[1]
    return cell.rpartition(_DAY_LABEL)[2] if _DAY_LABEL in cell else ""


def read_box_1(cell: str) -> BoxOne | None:
    """Return the owner in a cell with box 1; `None` if the labels of name, street and city are not all there."""
    name_end = _NAME_END.search(cell)
    street_end = _STREET_END.search(cell, name_end.end()) if name_end else None
    city_end = _CITY_END.search(cell, street_end.end()) if street_end else None
    if name_end is None or street_end is None or city_end is None:
        return None
    cik, name = _party(after_label(cell[: name_end.start()]))
    country_end = _COUNTRY_END.search(cell, city_end.end())
    streets = _lines(cell[name_end.end() : street_end.start()])
    line = "".join(_lines(cell[street_end.end() : city_end.start()], keep_markup=True))
    city = read_city_line(line)
    return BoxOne(
        owner=PrintedOwner(
            cik=cik,
            name=name,
            street1=streets[0] if streets else "",
            street2=" ".join(streets[1:]),
            **(city or CityLine(plain(line), "", ""))._asdict(),
            country=" ".join(_lines(cell[city_end.end() : country_end.start()])) if country_end else "",
        ),
        whole_city_line=None if city else plain(line),
    )


def _lines(markdown: str, *, keep_markup: bool = False) -> list[str]:
    """The lines between two labels. The break after a label, and the rule before the next one, are no lines."""
    body = _RULE.sub("", markdown).strip(" ")
    lines = [line.strip(" ") for line in _LINE_BREAK.split(body)]
    if lines and not lines[0]:
        lines = lines[1:]
    if lines and not lines[-1]:
        lines = lines[:-1]
    return lines if keep_markup else [plain(line) for line in lines]


def _party(markdown: str) -> tuple[str, str]:
    """Return CIK and name of a party: the CIK from a link to EDGAR's list of its filings, `""` if there is none."""
    link = _LINK.search(markdown)
    if link is None:
        return "", plain(_RULE.sub("", _LINE_BREAK.sub(" ", markdown)))
    return cik_of_link(plain(link[2])), plain(markdown[: link.start()] + link[1] + markdown[link.end() :])


def read_issuer(cell: str) -> PrintedIssuer:
    """Return the issuer in box 2 (Form 3: box 3): `QUALYS, INC. [ QLYS ]`."""
    text = re.sub(r"</?u>", "", after_label(cell), flags=re.IGNORECASE).strip(" ")
    symbol = _SYMBOL.search(text)
    cik, name = _party(text[: symbol.start()] if symbol else text)
    return PrintedIssuer(cik=cik, name=name, symbol=plain(symbol[1]) if symbol else "")


def read_foreign_symbol(cell: str) -> str:
    """Return the symbol in box 2a (Form 3: 3a), without the brackets that pages put around it."""
    text = re.sub(r"</?u>", "", after_label(cell), flags=re.IGNORECASE).strip(" ")
    symbol = _SYMBOL.fullmatch(text)
    return plain(symbol[1] if symbol else text)


def read_relationship(cell: str) -> tuple[PrintedRelationship, PictureNote | None] | None:
    """Return the marks and texts of the relationship box; `None` if it lacks one of the four labels.

    Two lines below the marks are the officer's title and the other text. One line is the title if Officer is marked,
    else the other text; if both are marked, a note says so.
    """
    marks: dict[str, bool] = {}
    end = 0
    for name, label in _RELATIONSHIPS.items():
        found = label.search(cell, end)
        if found is None:
            return None
        marks[name] = is_marked(cell[end : found.start()])
        end = found.end()
    lines = [plain(line) for line in _LINE_BREAK.split(_FIRST_BREAK.sub("", cell[end:], count=1))]
    unclear = len(lines) == 1 and marks["officer"] and marks["other"] and lines[0] != ""
    if len(lines) == 1:
        lines = [lines[0], ""] if marks["officer"] else ["", lines[0]]
    relationship = PrintedRelationship(**marks, officer_title=lines[0], other_text=" ".join(lines[1:]))
    return relationship, PictureNote.TITLE_LINE if unclear else None
