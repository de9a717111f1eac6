"""Exact fractions as the decimals that answers show."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from typing import Final

_DIGITS: Final = 120
_ROUNDED: Final = Decimal("0.0000000001")
_CENTS: Final = 2


def decimal_of(value: Fraction | int, least: int = 0) -> Decimal:
    """A fraction as a decimal with at least `least` places.

    Exact where it ends within 30 places, else rounded to ten: a third of a cent has no last digit.
    """
    value = Fraction(value)
    with localcontext(prec=_DIGITS, rounding=ROUND_HALF_EVEN):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        if Fraction(exact) != value:
            exact = exact.quantize(_ROUNDED)
        plain = Decimal(format(exact.normalize(), "f"))
        exponent = plain.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        return plain.quantize(Decimal(1).scaleb(-max(places, least, 0)))


def money(value: Fraction | int) -> Decimal:
    """Dollars with at least two places."""
    return decimal_of(value, _CENTS)


def is_exact(value: Fraction) -> bool:
    """Whether the decimal shown is the fraction itself."""
    return Fraction(decimal_of(value)) == value
