"""Which entry of one list is which entry of another: lines, owners, footnotes or signatures of two reports.

Equal entries are matched first, in order; between them those that are alike enough, so that the sum of the likeness is
greatest; last those that stand elsewhere (moved). What is left was removed or added.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

Likeness = Callable[[int, int], float]
"""How alike an entry of the first list and one of the second are, by their positions: 0 to 1."""

ALIKE: Final = 0.5
"""From here on two entries at the same place are one, changed."""

_ALIKE_ELSEWHERE: Final = 0.75
_MOST_ENTRIES: Final = 1_000
_MOST_COMPARED: Final = 10_000


class Pair(NamedTuple):
    """Positions in the first and the second list; None where it was added or removed."""

    before: int | None
    after: int | None
    moved: bool = False


def align(before: Sequence[Hashable], after: Sequence[Hashable], likeness: Likeness) -> list[Pair]:
    """Pairs in the order of the second list, what was removed where it stood. Keys that are equal say the same.

    Lists of over 1,000 entries, which no form allows, are compared place by place.
    """
    if max(len(before), len(after)) > _MOST_ENTRIES:
        return _by_place(range(len(before)), range(len(after)), likeness)
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, before, after)
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag == "equal":
            pairs += [Pair(one, other) for one, other in zip(range(first, last), range(start, stop), strict=True)]
        else:
            pairs += _gap(range(first, last), range(start, stop), likeness)
    return _with_moves(pairs, before, after, likeness)


def _gap(before: range, after: range, likeness: Likeness) -> list[Pair]:
    """Pairs of a stretch without equal entries."""
    if len(before) * len(after) > _MOST_COMPARED:
        return _by_place(before, after, likeness)
    pairs: list[Pair] = []
    row, column = 0, 0
    for one, other in _likest(before, after, likeness):
        pairs += [Pair(index, None) for index in before[row:one]] + [Pair(None, index) for index in after[column:other]]
        pairs.append(Pair(before[one], after[other]))
        row, column = one + 1, other + 1
    return pairs + [Pair(index, None) for index in before[row:]] + [Pair(None, index) for index in after[column:]]


def _likest(before: range, after: range, likeness: Likeness) -> Iterator[tuple[int, int]]:
    """The pairs, in order and crossing nowhere, whose likeness adds up to most (Needleman and Wunsch, no gap cost)."""
    scores = [[likeness(one, other) for other in after] for one in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for one in reversed(range(len(before))):
        for other in reversed(range(len(after))):
            score = scores[one][other]
            paired = best[one + 1][other + 1] + score if score >= ALIKE else 0.0
            best[one][other] = max(paired, best[one + 1][other], best[one][other + 1])
    one = other = 0
    while one < len(before) and other < len(after):
        score = scores[one][other]
        if score >= ALIKE and best[one][other] == best[one + 1][other + 1] + score:
            yield one, other
            one, other = one + 1, other + 1
        elif best[one][other] == best[one + 1][other]:
            one += 1
        else:
            other += 1


def _by_place(before: range, after: range, likeness: Likeness) -> list[Pair]:
    pairs: list[Pair] = []
    for one, other in zip(before, after, strict=False):
        pairs += [Pair(one, other)] if likeness(one, other) >= ALIKE else [Pair(one, None), Pair(None, other)]
    shared = min(len(before), len(after))
    return pairs + [Pair(one, None) for one in before[shared:]] + [Pair(None, other) for other in after[shared:]]


def _with_moves(
    pairs: list[Pair], before: Sequence[Hashable], after: Sequence[Hashable], likeness: Likeness
) -> list[Pair]:
    """The pairs, with what was removed in one place and added in another as one, moved."""
    removed = [pair.before for pair in pairs if pair.after is None and pair.before is not None]
    added = [pair.after for pair in pairs if pair.before is None and pair.after is not None]
    moved = _equal_elsewhere(removed, added, before, after)
    taken = set(moved.values())
    removed = [one for one in removed if one not in taken]
    added = [other for other in added if other not in moved]
    moved |= _alike_elsewhere(removed, added, likeness)
    taken = set(moved.values())
    return [
        Pair(moved[pair.after], pair.after, moved=True) if pair.after in moved else pair
        for pair in pairs
        if pair.after is not None or pair.before not in taken
    ]


def _equal_elsewhere(
    removed: list[int], added: list[int], before: Sequence[Hashable], after: Sequence[Hashable]
) -> dict[int, int]:
    """Where each added entry stood before, if the same was removed elsewhere."""
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for one in removed:
        waiting[before[one]].append(one)
    return {other: waiting[after[other]].popleft() for other in added if waiting[after[other]]}


def _alike_elsewhere(removed: list[int], added: list[int], likeness: Likeness) -> dict[int, int]:
    """As `_equal_elsewhere` for entries that are much alike, the likest first."""
    if len(removed) * len(added) > _MOST_COMPARED:
        return {}
    scored = sorted((-likeness(one, other), one, other) for one in removed for other in added)
    moved: dict[int, int] = {}
    for score, one, other in scored:
        if -score >= _ALIKE_ELSEWHERE and other not in moved and one not in moved.values():
            moved[other] = one
    return moved
