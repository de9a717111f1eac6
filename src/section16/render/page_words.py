"""What the words on a page of the form say: which form, which look, which column.

For the readers of Markdown and HTML alike. Recognised by the words of titles, labels and headings, whatever their
numbers, instructions and blanks: pages saved over the years, and their conversions, differ in these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, Literal

from section16.errors import SourceError
from section16.render import columns, layouts
from section16.render.printed import FormLayout, TableLayout

FormNumber = Literal["3", "4", "5"]

MONEY_COLUMNS: Final = frozenset(
    {"conversion", "amount", "acquired", "disposed", "price", "underlying_amount", "owned"},
)
"""Columns in which a `$` before a number is the form's, not the filer's."""

WORD_COLUMNS: Final = frozenset({"title", "underlying_title", "nature"})
"""Columns of free words, in which a number in parentheses need not be a footnote mark."""

HEADING_WORDS: Final = re.compile(
    r"[*\\_#\s]*"
    r"(?:Explanation of Responses|Remarks\s*:|Signature of Reporting Person|No securities are beneficially owned)",
    re.IGNORECASE,
)
"""Matches the beginning of a line that heads or ends a part of the form below its tables."""

_TITLES: Final[tuple[tuple[re.Pattern[str], FormNumber], ...]] = (
    (re.compile(r"\binitial statement of beneficial ownership\b"), "3"),
    (re.compile(r"\bannual statement of changes in beneficial ownership\b"), "5"),
    (re.compile(r"\bstatement of changes in beneficial ownership\b"), "4"),
    (re.compile(r"\b3235-0104\b"), "3"),
    (re.compile(r"\b3235-0362\b"), "5"),
    (re.compile(r"\b3235-0287\b"), "4"),
)

_COLUMNS: Final = (
    ("title", re.compile(r"title of (?:derivative )?security")),
    ("conversion", re.compile(r"conversion or exercise price")),
    ("deemed", re.compile(r"deemed execution date")),
    ("date", re.compile(r"transaction date")),
    ("code", re.compile(r"transaction code")),
    ("acquired", re.compile(r"number of derivative securities acquired")),
    ("amount", re.compile(r"securities acquired \(a\) or disposed of")),
    ("exercisable", re.compile(r"date exercisable and expiration date")),
    ("underlying_title", re.compile(r"title and amount of (?:securities )?underlying")),
    ("price", re.compile(r"price of derivative security")),
    ("owned", re.compile(r"(?:amount|number) of (?:derivative )?securities beneficially owned")),
    ("ownership", re.compile(r"ownership form")),
    ("nature", re.compile(r"nature of indirect")),
)
"""The key of a column by its upper heading; of a group, the key of its first column."""

_GROUPS: Final[dict[str, dict[str, str]]] = {
    "code": {"code": "code", "v": "early"},
    "amount": {"amount": "amount", "(a) or (d)": "acquired_disposed", "price": "price"},
    "acquired": {"(a)": "acquired", "(d)": "disposed"},
    "exercisable": {"date exercisable": "exercisable", "expiration date": "expiration"},
    "underlying_title": {
        "title": "underlying_title",
        "amount or number of shares": "underlying_amount",
        "amount of shares": "underlying_amount",
    },
}
"""The keys of a group's columns by their lower headings."""

_LAYOUTS: Final[dict[str, tuple[TableLayout, ...]]] = {
    "I": (columns.FORM_3_TABLE_I, columns.FORM_4_TABLE_I, columns.FORM_5_TABLE_I),
    "II": (columns.FORM_3_TABLE_II, columns.FORM_4_TABLE_II, columns.FORM_5_TABLE_II),
}


def words(text: str) -> str:
    """Return the text in small letters, each run of blanks as one."""
    return " ".join(text.lower().split())


def form_of(texts: Iterable[str]) -> FormNumber | None:
    """The form whose title stands in one of the texts, else whose OMB number does; `None` if neither does."""
    said = words("\n".join(texts))
    return next((form for pattern, form in _TITLES if pattern.search(said)), None)


def other_name(texts: Iterable[str]) -> str | None:
    """Return the large name at the top if it is that of no known form, `FORM ?`; `None` for Forms 3, 4 and 5."""
    named = next((text for text in texts if text.startswith("FORM ")), None)
    return None if named is None or _KNOWN_NAME.fullmatch(named) else named


_KNOWN_NAME: Final = re.compile(r"FORM\s+[345](?:/A)?", re.ASCII)


def box_of(text: str) -> str | None:
    """Return which box of the form a text is, by the label it begins with; `None` if it is none.

    `owner`, `issuer`, `foreign_symbol`, `relationship`, `period`, `amendment` or `joint`.
    """
    return next((key for key, pattern in _BOXES if pattern.match(text)), None)


def check_box_of(text: str) -> str | None:
    """Return the key of the check box in the header that a text belongs to; `None` if it is none."""
    said = words(text)
    return next((key for key, opening in _CHECK_BOXES if opening in said[: len(opening) + _MARK_LENGTH]), None)


_MARK_LENGTH: Final = 8
"""Characters that a mark before the words of a check box may take."""

_CHECK_BOXES: Final = (
    ("exit_box", "check this box if no longer subject to section 16"),
    ("plan", "check this box to indicate that a transaction was made pursuant to"),
    ("form3_holdings", "form 3 holdings reported"),
    ("form4_transactions", "form 4 transactions reported"),
)

_BOXES: Final = tuple(
    (key, re.compile(rf"[*_\s]*[1-6][aA]?\\?\.\s*{label}", re.IGNORECASE))
    for key, label in (
        ("owner", r"Name and Address of Reporting Person"),
        ("issuer", r"Issuer Name \W*and\W* Ticker"),
        ("foreign_symbol", r"(?:Issuer )?Foreign Trading Symbol"),
        ("relationship", r"Relationship of Reporting Person"),
        ("period", r"(?:Date of (?:Earliest Transaction|Event Requiring)|Statement for Issuer.{1,6}s? Fiscal Year)"),
        ("amendment", r"If Amendment\b"),
        ("joint", r"Individual or Joint"),
    )
)

_CIK: Final = re.compile(r"[?&]CIK=([0-9]{1,10})\b", re.IGNORECASE | re.ASCII)


def cik_of_link(address: str) -> str:
    """Return the CIK in the address of a list of filings, ten digits; `""` if there is none."""
    found = _CIK.search(address)
    return found[1].zfill(10) if found else ""


COUNTRY: Final = re.compile(r"(?<!\\)\(Country\)|/\s*Postal Code\)", re.IGNORECASE)
"""Labels of box 1 that stand there since March 2026."""


def is_fixed(text: str, sheet: FormLayout) -> bool:
    """Whether a text is nothing but words that the form has before it is filled in."""
    return _letters(text) in _fixed_words(sheet)


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


@cache
def _fixed_words(sheet: FormLayout) -> str:
    """All fixed words of the form outside its boxes, letters and digits only."""
    blocks = [*sheet.boxes, *([sheet.plan_block] if sheet.plan_block else [])]
    texts = [
        f"SEC {sheet.name} {sheet.name}",
        *(layouts.AGENCY, layouts.CITY, sheet.title, *layouts.PURSUANT),
        *(layouts.OMB_APPROVAL, layouts.OMB_NUMBER, sheet.omb_number, *layouts.OMB_BURDEN, sheet.burden_hours),
        *(text for box in blocks for text in (box.heading or "", box.text)),
        *(line for table in _ALL_TABLES for line in (" ".join(table.title), "")),
        layouts.EXPLANATION,
        layouts.NO_SECURITIES,
        " ".join(layouts.SIGNATURE),
        layouts.SIGNATURE[1],
        *layouts.small_print(sheet),
    ]
    return "".join(_letters(text) for text in texts)


_ALL_TABLES: Final = tuple(table for tables in _LAYOUTS.values() for table in tables)


def column_keys(upper: Sequence[str], lower: Sequence[str]) -> tuple[str | None, ...]:
    """The key of each column by its two headings; an empty upper heading continues the group to its left."""
    keys: list[str | None] = []
    group: str | None = None
    for above, below in zip(upper, lower, strict=True):
        heading = words(above)
        if heading:
            group = next((key for key, pattern in _COLUMNS if pattern.search(heading)), None)
        keys.append(_GROUPS.get(group or "", {}).get(words(below), group if heading else None))
    return tuple(keys)


def is_table_one(keys: Iterable[str | None]) -> bool | None:
    """Whether columns are those of Table I; `None` if they are those of neither table."""
    known = set(keys)
    if not {"title", "ownership"} <= known:
        return None
    return "conversion" not in known


def table_layout(
    form: FormNumber, keys: Sequence[str | None], widths: set[int], line: int | None
) -> tuple[TableLayout, tuple[int, ...]]:
    """Return the layout of a table read, and which of its cells stands in which column of that layout.

    `keys` are those of the headings, `widths` the numbers of cells that its rows have. By the headings where each
    column has its own; by position where the lower headings got lost but every row has the layout's number of cells.

    Raises SourceError STRUCTURE: the columns are those of no form.
    """
    number = "I" if is_table_one(keys) else "II"
    own = _LAYOUTS[number][int(form) - 3]
    for layout in (own, *_LAYOUTS[number]):
        wanted = [column.key for column in layout.columns]
        if len(keys) == len(wanted) and set(keys) == set(wanted):
            return layout, tuple(keys.index(key) for key in wanted)
    if widths <= {len(own.columns)}:
        return own, tuple(range(len(own.columns)))
    raise SourceError(
        "STRUCTURE",
        f"the columns of Table {number} are not those of Form {form}",
        line=line,
        mend=f"It has {len(own.columns)} columns",
    )


def has_groups(keys: Iterable[str | None]) -> bool:
    """Whether any of the upper headings has headings of its own below it."""
    return any(key in _GROUPS for key in keys)


def is_lower_heading(text: str) -> bool:
    """Whether a text is a heading of the lower row, or empty."""
    return words(text) in _LOWER_HEADINGS


_LOWER_HEADINGS: Final = frozenset({"", *(heading for group in _GROUPS.values() for heading in group)})
