"""What a single text must look like: the facets of the schema's simple types, from the facts of the field table.

Official text: EDGAR Ownership XML Technical Specification 5.5, ownershipDocumentCommon.xsd.xml. A judge takes the text
as filed and returns what is wrong with it, or None. Blanks count, but around yes/no, numbers and timeliness.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

import msgspec

from section16.codes.places import PlaceKind, places
from section16.errors import excerpt
from section16.form.field_table import Item


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with a text: a kind of fault, the words, and how to mend it ("" where the rule says it)."""

    kind: str
    message: str
    mend: str


Judge = Callable[[str], Problem | None]

EMPTY, NOT_A_VALUE, NOT_A_NUMBER, LENGTH, CHOICE, PATTERN, BLANKS_AROUND = (
    "empty", "not a value", "not a number", "length", "choice", "pattern", "blanks around",
)  # fmt: skip

_BLANKS: Final = " \t\r\n"
_NUMBER: Final = re.compile(r"([+-]?)([0-9]*+)(?:\.([0-9]*+))?+")
_USUAL_NUMBER: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?").fullmatch
_WHOLE_DIGITS: Final = 12
_PLACES: Final = 4
_DATE: Final = re.compile(
    r"(-?)([1-9][0-9]{4,}|[0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
)
_LAST_YEAR: Final = 2**63 - 1
_MONTHS: Final = 12
_BOOLEANS: Final = frozenset({"0", "1", "true", "false"})
_EMPTY_STATE: Final = frozenset({"", " ", "  "})
_SCHEMA_LOOPHOLE: Final = "|"
"""What the schema's pattern for timeliness also takes, being written as a class of characters; EDGAR's rules do not."""
_ONLY_DIGITS: Final = "[0-9]+"
_LEAVE_OUT: Final = "Fill it in, or leave the element out"
_DIGITS: Final = "Write digits and one period only: no comma, sign, currency mark or exponent"


def number(text: str) -> Problem | None:
    """Judge a number: 0 to 999,999,999,999.9999 (xs:decimal: a sign and needless zeros are legal, a minus is not)."""
    if _USUAL_NUMBER(text):
        return None
    bare = text.strip(_BLANKS)
    found = _NUMBER.fullmatch(bare)
    if not bare:
        return Problem(EMPTY, "the number is empty", _LEAVE_OUT)
    if found is None or not (found[2] or found[3]):
        return Problem(NOT_A_NUMBER, f"'{excerpt(text)}' is not a number as EDGAR takes it", _DIGITS)
    sign, whole, fraction = found[1], found[2].lstrip("0"), (found[3] or "").rstrip("0")
    if sign == "-" and (whole or fraction):
        return Problem(NOT_A_NUMBER, f"'{excerpt(text)}' is below zero", _DIGITS)
    if len(whole) > _WHOLE_DIGITS:
        return Problem(NOT_A_NUMBER, f"'{excerpt(text)}' is above 999,999,999,999.9999", "Give the true number")
    if len(fraction) > _PLACES:
        mend = "Round to four places after the point"
        return Problem(NOT_A_NUMBER, f"'{excerpt(text)}' has more than four digits after the point", mend)
    return None


def day(text: str) -> Problem | None:
    """Judge a date: YYYY-MM-DD, a day that exists; a time zone behind it is legal (xs:date)."""
    if _is_day(text):
        return None
    bare = text.strip(_BLANKS)
    if not bare:
        return Problem(EMPTY, "the date is empty", _LEAVE_OUT)
    if bare != text and _is_day(bare):
        return Problem(BLANKS_AROUND, "there are blanks around the date", f"Write {bare} without blanks")
    mend = "Write a day of the calendar as YYYY-MM-DD, for example 2026-04-14"
    return Problem(NOT_A_VALUE, f"'{excerpt(text)}' is not a date", mend)


def _is_day(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None:
        return False
    year, month, of_month = int(found[2][:20]), int(found[3]), int(found[4])
    if not 1 <= year <= _LAST_YEAR or not 1 <= month <= _MONTHS:
        return False
    return 1 <= of_month <= monthrange(2000 + year % 400, month)[1]


def yes_or_no(text: str) -> Problem | None:
    """Judge a yes or no: 1, true, 0 or false, in small letters."""
    if text in _BOOLEANS:
        return None
    bare = text.strip(_BLANKS)
    if bare in _BOOLEANS:
        return None
    if not bare:
        return Problem(EMPTY, "the yes or no is empty", "Write 1 or 0, or leave the element out")
    return Problem(NOT_A_VALUE, f"'{excerpt(text)}' is neither yes nor no", "Write 1 or true, 0 or false")


def judge_of(item: Item, value_type: type, *, holding: bool, all_places: bool) -> Judge:
    """Return the judge of one field's text. `all_places`: by the list of places before 18 March 2026."""
    if value_type is Decimal:
        return number
    if value_type is date:
        return day
    if value_type is bool:
        return yes_or_no
    if item.places:
        return _among_places(item, all_places=all_places)
    choices = item.late if holding and item.late else item.choices
    if choices:
        return _among(choices, folded=item.folded)
    return _string(item)


def _among(choices: tuple[str, ...], *, folded: bool) -> Judge:
    legal = frozenset(choices)
    shown = ", ".join(choice for choice in choices if choice)

    def judge(text: str) -> Problem | None:
        value = text.strip(_BLANKS) if folded else text
        if value in legal or (folded and value == _SCHEMA_LOOPHOLE):
            return None
        bare = value.strip(_BLANKS)
        if bare in legal:
            return Problem(CHOICE, f"there are blanks around '{excerpt(bare)}'", "Remove the blanks")
        mend = f"Write {bare.upper()}" if bare.upper() in legal else ""
        return Problem(CHOICE, f"'{excerpt(text)}' is not one of {shown}" if bare else "it is empty", mend)

    return judge


@cache
def _place_codes(list_name: str, *, all_places: bool) -> AbstractSet[str]:
    """The codes legal in a state or country element. Countries include obsolete ones: the schema lets them pass."""
    us = list_name == "us"
    chosen = [code for code, place in places().items() if all_places or (place.kind is PlaceKind.US) == us]
    return frozenset(chosen) | _EMPTY_STATE


def _among_places(item: Item, *, all_places: bool) -> Judge:
    us = item.places == "us" and not all_places
    what = "a state or territory of the United States" if us else "a place in EDGAR's list"

    def judge(text: str) -> Problem | None:
        if text in _place_codes(item.places, all_places=all_places):
            return None
        return Problem(CHOICE, f"'{excerpt(text)}' is not the code of {what}", "")

    return judge


def _string(item: Item) -> Judge:
    least, limit = item.least, item.limit if item.limit is not None else 1 << 62
    legal = re.compile(item.pattern).fullmatch if item.pattern else None

    def judge(text: str) -> Problem | None:
        if not least <= len(text) <= limit:
            wrong = _wrong_length(len(text), least, limit)
            if text and item.pattern == _ONLY_DIGITS and not (text.isascii() and text.isdecimal()):
                return msgspec.structs.replace(wrong, mend=f"Use digits only, at most {limit} of them")
            return wrong
        if legal is not None and legal(text) is None:
            mend = "Use digits only" if item.pattern == _ONLY_DIGITS else "Use letters, digits, blanks, # and - only"
            return Problem(PATTERN, f"'{excerpt(text)}' holds a character that may not stand here", mend)
        return None

    return judge


def _wrong_length(length: int, least: int, limit: int) -> Problem:
    if length == 0:
        return Problem(LENGTH, "it is empty", "Fill it in")
    if least == limit:
        return Problem(LENGTH, f"it has {length:,} characters instead of {limit:,}", f"Write {limit:,} characters")
    mend = f"Shorten it to {limit:,} characters, blanks included"
    return Problem(LENGTH, f"it has {length:,} characters, {length - limit:,} more than allowed", mend)
