"""Numbers of shares that footnotes state: "includes 250 shares acquired under the employee stock purchase plan"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

_NUMBER: Final = re.compile(r"(?<![\w$.,/-])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,8})?(?![\w%/-]|[.,][0-9])")
_SENTENCE_END: Final = re.compile(r"(?<=[a-z)])[.;]\s+")
_LONGEST: Final = 20_000
_TWICE: Final = 2


def number_stated(amount: Decimal, notes: Iterable[str]) -> str:
    """The sentence of a footnote that states an amount, alone or as the sum of its numbers; "" if none does.

    Numbers after a dollar sign, of dates and percentages are no shares.
    """
    for note in notes:
        for sentence in _SENTENCE_END.split(note[:_LONGEST]):
            numbers = [_value(found) for found in _NUMBER.finditer(sentence)]
            if amount in numbers or (len(numbers) >= _TWICE and _sums_to(amount, numbers)):
                return " ".join(sentence.split())
    return ""


def _sums_to(amount: Decimal, numbers: list[Decimal]) -> bool:
    """Whether neighbouring numbers of a sentence add up to an amount."""
    for first in range(len(numbers)):
        total = numbers[first]
        for number in numbers[first + 1 :]:
            total += number
            if total == amount:
                return True
            if total > amount:
                break
    return False


def _value(found: re.Match[str]) -> Decimal:
    return Decimal(found[1].replace(",", "") + (found[2] or ""))
