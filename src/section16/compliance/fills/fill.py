"""One execution as a broker reports it, and the position whose balance it changes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import msgspec

from section16.compliance.cells import Ownership

Side = Literal["P", "S"]


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """What has a balance of its own: a security held in one way (Form 4, columns 1, 6 and 7).

    Two positions are one if they differ only in capitals and blanks: compare them by `key`.
    """

    security: str
    ownership: Ownership
    nature: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it this position and no other: the words without regard to capitals and blanks."""
        return folded(self.security), self.ownership, folded(self.nature or "")

    def __str__(self) -> str:
        held = "direct" if self.ownership == "D" else f"indirect, {self.nature}"
        return f"{self.security} ({held})"


class Fill(msgspec.Struct, frozen=True, kw_only=True):
    """One fill: so many shares at one price on one day.

    `traded` is the trade date in New York. `side` is the transaction code, P or S. `plan_adopted` is the day on which
    the Rule 10b5-1 plan was adopted that made the trade. `executed_at` is known where the broker gave a time; `line`
    is where it stood (1 is the header). `order` and `account` are the broker's, for tracing only.
    """

    traded: date
    side: Side
    shares: Decimal
    price: Decimal
    position: Position
    plan_adopted: date | None = None
    executed_at: datetime | None = None
    order: str | None = None
    account: str | None = None
    line: int | None = None


def folded(words: str) -> str:
    """Words without regard to capitals and blanks."""
    return " ".join(words.split()).casefold()
