"""Which line of an original each line of its amendment speaks of.

Lines match within table, kind, class of security, direct or indirect, and nature. Of transactions those with equal day
and code come first; then those where only one of the two was corrected and the number of shares tells that it is the
same transaction. Among several the smallest difference in shares and price decides. A line is used once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from section16.form.rows import UnderlyingSecurity
from section16.positions.lines import Line

_FAR: Final = Decimal("Infinity")


def matched_lines(originals: Sequence[Line], amending: Sequence[Line]) -> dict[int, int]:
    """Positions among `amending`, each with that of its line among `originals`; lines without one are left out."""
    pairs = sorted(_pairs(originals, amending))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for *_, original, amended in pairs:
        if amended not in taken and original not in used:
            taken[amended] = original
            used.add(original)
    return taken


def says_the_same(one: Line, other: Line) -> bool:
    """Whether two matched lines say the same in every column; footnotes, and how numbers are spelled, don't count."""
    return _said(one) == _said(other)


def _pairs(originals: Sequence[Line], amending: Sequence[Line]) -> Iterator[tuple[Any, ...]]:
    """Every possible pair with what it is to be judged by, the nearest smallest."""
    groups = defaultdict(list)
    for at, line in enumerate(originals):
        groups[_series(line)].append(at)
    for amended, line in enumerate(amending):
        for original in groups.get(_series(line), ()):
            before = originals[original]
            rank = _rank(before, line)
            if rank is not None:
                far = _difference(before.shares, line.shares), _difference(before.price, line.price)
                yield rank, _terms(before) != _terms(line), *far, _owned_differs(before, line), original, amended


def _rank(original: Line, line: Line) -> int | None:
    """0: same day and code; 1: one of them corrected, the rest alike; None: another transaction."""
    if line.kind == "holding" or (original.traded == line.traded and original.code == line.code):
        return 0
    alike = (original.shares, original.direction) == (line.shares, line.direction) and line.shares is not None
    return 1 if alike and (original.traded == line.traded or original.code == line.code) else None


def _series(line: Line) -> tuple[str, ...]:
    position = line.position
    return position.table, line.kind, position.title, position.held, position.nature


def _terms(line: Line) -> tuple[str, ...]:
    position = line.position
    return position.strike, position.expires, position.noted


def _difference(one: Decimal | None, other: Decimal | None) -> Decimal:
    if one is None or other is None:
        return Decimal() if one is other else _FAR
    return abs(one - other)


def _owned_differs(one: Line, other: Line) -> bool:
    return one.owned != other.owned


def _said(line: Line) -> tuple[object, ...]:
    facts = line.traded, line.deemed, line.form_type, line.code, line.direction, line.shares, line.in_dollars
    amounts = line.price, line.owned, line.owned_in_dollars
    under: UnderlyingSecurity | None = getattr(line.record, "underlying", None)
    exercisable = getattr(line.record, "exercise_date", None)
    derivative = (
        line.position.strike,
        line.position.expires,
        exercisable.value if exercisable else None,
        under.shares.value if under and under.shares else None,
    )
    return *facts, *amounts, *derivative
