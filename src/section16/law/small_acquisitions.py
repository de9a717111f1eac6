"""Small acquisitions (Rule 16a-6): which may wait for Form 5, and when waiting ends.

An acquisition, not from the issuer, of a class whose market value with that of the others not yet reported in the six
months before stays within $10,000 may wait, unless a non-exempt disposition follows within six months. When either
condition fails, all that still waits falls due within two business days of the day that failed it. It stays a purchase
for s. 16(b).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from section16.law.business_days import Calendar
from section16.law.deadlines import Due, limit
from section16.law.six_months import corresponding_day


class Dealing(msgspec.Struct, frozen=True):
    """An acquisition or a non-exempt disposition of one class, on a day.

    `worth` is the market value of an acquisition in dollars, None where it isn't known. `reported` says that a Form
    4 has it already.
    """

    day: date
    acquired: bool
    worth: Decimal | None = None
    from_issuer: bool = False
    reported: bool = False


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an acquisition may wait for Form 5. If not, since when and why not, and the last day for a Form 4.

    `total` is the sum of the six months up to it in dollars. `may_wait` is None where a value that counts isn't known.
    """

    may_wait: bool | None
    total: Decimal | None
    failed_on: date | None
    due: date | None
    why: str


def waiting(dealings: Sequence[Dealing], calendar: Calendar | None = None) -> list[Waiting | None]:
    """What becomes of each acquisition of one person in one class; None for dispositions.

    The order of `dealings` makes no difference; those of one day count together.
    """
    state = _Waiting(dealings, calendar)
    for day in sorted({dealing.day for dealing in dealings}):
        state.pass_day(day)
    return state.answers


class _Waiting:
    """The acquisitions that wait, day by day."""

    def __init__(self, dealings: Sequence[Dealing], calendar: Calendar | None) -> None:
        self.dealings = dealings
        self.answers: list[Waiting | None] = [None] * len(dealings)
        self._calendar = calendar
        self._open: list[int] = []

    def pass_day(self, day: date) -> None:
        """Judge the acquisitions of a day, then let its dispositions end the waiting of those before."""
        limit_ = limit("small_acquisitions", day)
        today = [number for number, one in enumerate(self.dealings) if one.day == day]
        for number in today:
            if self.dealings[number].acquired and not self.dealings[number].reported:
                self._acquire(number, limit_)
        self._judge(day, limit_)
        if any(not self.dealings[number].acquired for number in today):
            self._disposed(day, limit_)

    def _acquire(self, number: int, limit_: Due) -> None:
        if self.dealings[number].from_issuer:
            self._fail([number], self.dealings[number].day, None, "acquired from the issuer", limit_)
        else:
            self._open.append(number)

    def _judge(self, day: date, limit_: Due) -> None:
        """The sum of what waits from the six months before `day` up to it."""
        recent = [number for number in self._open if self.dealings[number].day >= corresponding_day(day, back=True)]
        if not any(self.dealings[number].day == day for number in recent):
            return
        worths = [self.dealings[number].worth for number in recent]
        known = sum((worth for worth in worths if worth is not None), Decimal())
        most = limit_.dollars or Decimal()
        if known > most:
            self._fail(self._open, day, known, f"with the six months before it comes to ${known:,f}", limit_)
            return
        certain = None not in worths
        why = f"${known:,f} in six months, at most ${most:,f}" if certain else "the price of an acquisition isn't known"
        for number in recent:
            if self.dealings[number].day == day:
                total = known if certain else None
                self.answers[number] = Waiting(
                    may_wait=True if certain else None, total=total, failed_on=None, due=None, why=why
                )

    def _disposed(self, day: date, limit_: Due) -> None:
        """A non-exempt disposition within six months of an acquisition that waits ends the waiting of all."""
        if any(day <= corresponding_day(self.dealings[number].day) for number in self._open):
            self._fail(self._open, day, None, f"a disposition of {day} follows within six months", limit_)

    def _fail(self, numbers: Iterable[int], day: date, total: Decimal | None, why: str, limit_: Due) -> None:
        due = limit_.after(day, self._calendar)
        for number in numbers:
            self.answers[number] = Waiting(may_wait=False, total=total, failed_on=day, due=due, why=why)
        failed = set(numbers)
        self._open = [number for number in self._open if number not in failed]
