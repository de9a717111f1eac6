"""What changes a balance without a report: splits, and changes that need none (Rules 16a-9, 16a-11, 16a-13, 16b-3(c)).

Both are data of the user: records here, or rows of CSV text (:mod:`section16.positions.reading_adjustments`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec

from section16.positions.lines import Position


class Split(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Shares are multiplied by `factor` on `day` (2 for two-for-one, 1/10 for one-for-ten).

    `title` limits it to a class of security, folded; "" is every class. `issuer` to one issuer's CIK.
    """

    day: date
    factor: Fraction
    title: str = ""
    issuer: str = ""

    def touches(self, position: Position) -> bool:
        """Whether it changes what is held in a position."""
        return self.title in {"", position.title} and self.issuer in {"", position.issuer}


class Change(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A change of one position that no report tells of: `shares` with sign, or `factor`, and why none was needed.

    `title`, `nature` are folded; what is "" (and `owner`, `issuer`) fits any position.
    """

    day: date
    why: str
    shares: Decimal = Decimal()
    factor: Fraction = Fraction(1)
    title: str = ""
    held: str = ""
    nature: str = ""
    owner: str = ""
    issuer: str = ""
    row: int = 0

    def touches(self, position: Position) -> bool:
        """Whether it changes what is held in a position."""
        fits = (self.title, position.title), (self.held, position.held), (self.nature, position.nature)
        owned = not self.owner or self.owner in position.owners
        return owned and self.issuer in {"", position.issuer} and all(mine in {"", its} for mine, its in fits)
