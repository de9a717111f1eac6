"""Gaps that are a change of the form of ownership: what one position lacks, another of the same owners has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from section16.positions.links import Chain, Continuity, Link
from section16.positions.statements import Statement


def with_transfers(found: Sequence[Chain]) -> list[Chain]:
    """Pair gaps that are equal and opposite in two positions of one owner group and class, on the same dates."""
    open_gaps: dict[tuple[object, ...], list[tuple[int, int]]] = defaultdict(list)
    for at, chain in enumerate(found):
        for number, link in enumerate(chain.links):
            if link.status is Continuity.GAP or (link.status is Continuity.START and number == 0):
                open_gaps[_class_and_day(link.statement)].append((at, number))
    changed: dict[tuple[int, int], Link] = {}
    for places in open_gaps.values():
        for place in places:
            link = found[place[0]].links[place[1]]
            other = next((each for each in places if _balances(found, place, each, changed)), None)
            if other is not None and link.status is Continuity.GAP and place not in changed:
                changed[place] = _transferred(link, found[other[0]])
                match = found[other[0]].links[other[1]]
                if match.status is Continuity.GAP:
                    changed[other] = _transferred(match, found[place[0]])
                else:
                    changed[other] = match
    return [
        replace(chain, links=tuple([changed.get((at, number), link) for number, link in enumerate(chain.links)]))
        for at, chain in enumerate(found)
    ]


def _class_and_day(statement: Statement) -> tuple[object, ...]:
    position = statement.position
    terms = position.table, position.title, position.strike, position.expires
    return position.issuer, position.owners, *terms, statement.report.id


def _balances(
    found: Sequence[Chain], place: tuple[int, int], other: tuple[int, int], changed: dict[tuple[int, int], Link]
) -> bool:
    """Whether the gap at one place is the opposite of that at another, or of what a new position starts with."""
    if place == other or other in changed:
        return False
    link, match = found[place[0]].links[place[1]], found[other[0]].links[other[1]]
    if link.gap is None:
        return False
    if match.status is Continuity.GAP:
        return match.gap == -link.gap
    return match.statement.report.form != "3" and link.gap < 0 and match.statement.before == -link.gap


def _transferred(link: Link, other: Chain) -> Link:
    held = "direct" if other.position.held == "D" else f"indirect ({other.position.nature or 'nature not given'})"
    why = f"The same number is missing or added in the {held} holding."
    return replace(link, status=Continuity.EXPLAINED_TRANSFER, why=why)
