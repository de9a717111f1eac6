"""The order in which statements of one position follow one another.

By day of the first change, then as filed. A report that comes late, of changes that later ones went before, may give
the balance of the day on which it was filed, and not of its changes: then it stands where it was filed. So does Form 5,
whose column 5 asks for what is owned at the end of the fiscal year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from section16.positions.statements import Statement


def in_chain_order(given: Iterable[Statement]) -> list[Statement]:
    """The statements of one position, oldest first."""
    ordered = sorted(given, key=lambda statement: statement.order)
    moved = [(at, after) for at in range(1, len(ordered)) if (after := _stands_after(ordered, at)) is not None]
    leaving = {at for at, _ in moved}
    followers: dict[int, list[Statement]] = {}
    for at, after in moved:
        followers.setdefault(after, []).append(ordered[at])
    result = []
    for at, statement in enumerate(ordered):
        if at not in leaving:
            result.append(statement)
            result += followers.get(at, [])
    return result


def _stands_after(ordered: Sequence[Statement], at: int) -> int | None:
    """Where a late statement belongs instead, if its balance joins there and not where its changes were."""
    statement, before = ordered[at], ordered[at - 1]
    if statement.change in {None, 0} or statement.before in {None, before.after}:
        return None
    known = statement.made_known
    passed = [later for later in range(at + 1, len(ordered)) if ordered[later].made_known < known]
    if not passed:
        return None
    last = passed[-1]
    joins = ordered[last].after in {statement.before, statement.after}
    return last if joins and _stays(ordered, last) else None


def _stays(ordered: Sequence[Statement], at: int) -> bool:
    """Whether a statement isn't late itself; only such can others be put behind."""
    known = ordered[at].made_known
    return all(ordered[later].made_known >= known for later in range(at + 1, len(ordered)))
