"""Numbers as the form takes them: at most four decimals, rounded half up where there are more."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

_CENTS: Final = 2


def rounded(number: Fraction | Decimal, decimals: int) -> Decimal:
    """A number of at least zero to so many decimals, half up; exact where it has no more."""
    scale = 10**decimals
    value = Fraction(number) * scale
    units = (2 * value.numerator + value.denominator) // (2 * value.denominator)
    return Decimal(units).scaleb(-decimals)


def is_exact(number: Fraction | Decimal, shown: Decimal) -> bool:
    """Whether rounding changed nothing."""
    return Fraction(number) == Fraction(shown)


def price_text(price: Decimal) -> str:
    """A price with two decimals or more, no zeros after those: `14.50`, `14.5025`."""
    text = _plain(price)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(_CENTS, '0')}"


def shares_text(shares: Decimal) -> str:
    """A number of shares without zeros behind the point: `1200`, `0.5`."""
    return _plain(shares)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
