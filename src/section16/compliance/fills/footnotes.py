"""The footnotes that lines of several trades need, in the words usual in the field.

The staff letter of 25 June 2008 asks for the range of prices and an undertaking to give the number of shares at each
price on request; practice addresses it to the issuer, its security holders and the SEC staff. Form 4, General
Instruction 10, asks for the day on which a Rule 10b5-1 plan was adopted.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from section16.compliance.fills.fill import Side
from section16.compliance.fills.numbers import price_text


def range_words(side: Side, low: Decimal, high: Decimal) -> str:
    """The footnote beside a weighted average price."""
    verb = "purchased" if side == "P" else "sold"
    return (
        "The price reported in Column 4 is a weighted average price. "
        f"These shares were {verb} in multiple transactions at prices ranging from ${_money(low)} to ${_money(high)}, "
        "inclusive. The reporting person undertakes to provide to the issuer, any security holder of the issuer, or "
        "the staff of the Securities and Exchange Commission, upon request, full information regarding the number of "
        f"shares {verb} at each separate price within the range set forth in this footnote."
    )


def plan_words(side: Side, adopted: date) -> str:
    """The footnote beside the code of a plan's trade."""
    what = "purchase" if side == "P" else "sale"
    day = f"{adopted:%B} {adopted.day}, {adopted.year}"
    return f"The {what} was effected pursuant to a Rule 10b5-1 trading plan adopted by the reporting person on {day}."


def _money(price: Decimal) -> str:
    """A price with thousands marked: `2,556.63`."""
    whole, _, decimals = price_text(price).partition(".")
    return f"{int(whole):,}.{decimals}"
