"""Positions followed from report to report: what should have been owned before each, what was, and what explains it.

A gap is no offence: dividend reinvestment, tax-conditioned plans and some other changes need no report of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from section16.positions.adjustments import Change, Split
from section16.positions.applied import Applied
from section16.positions.chain_order import in_chain_order
from section16.positions.joining import Known, joined, known_after
from section16.positions.lines import Position
from section16.positions.links import Chain, Continuity, Link
from section16.positions.split_basis import on_one_basis
from section16.positions.statements import Statement, statements
from section16.positions.transfers import with_transfers

_NOTHING: Final = Decimal()


def chains(lines: Iterable[Applied], splits: Iterable[Split] = (), changes: Iterable[Change] = ()) -> list[Chain]:
    """Return a chain for each position in force, in order of position. The order of input never matters."""
    given: list[Split | Change] = sorted([*splits, *changes], key=_adjustment_order)
    groups: dict[Position, list[Statement]] = defaultdict(list)
    known = [one for one in given if isinstance(one, Split)]
    for statement in _with_one_name(on_one_basis(statements(lines), known)):
        groups[statement.position].append(statement)
    found = []
    for position in sorted(groups):
        mine = [one for one in given if one.touches(position)]
        found.append(Chain(position=position, links=_linked(in_chain_order(groups[position]), mine)))
    return [_with_late_reports(chain) for chain in with_transfers(found)]


def _adjustment_order(one: Split | Change) -> tuple[date, bool, Fraction, Decimal, str]:
    """By day; splits come first, so that what else happens on the day counts in new shares."""
    shares, why = (one.shares, one.why) if isinstance(one, Change) else (_NOTHING, "")
    return one.day, isinstance(one, Change), one.factor, shares, why


def _with_one_name(given: Sequence[Statement]) -> Sequence[Statement]:
    """Statements whose footnotes only were reworded, put under one position.

    Footnotes tell two trusts apart only where one report names both.
    """
    variants: dict[Position, set[str]] = defaultdict(set)
    together: set[Position] = set()
    seen: set[tuple[str, Position]] = set()
    for statement in given:
        plain = replace(statement.position, noted="")
        variants[plain].add(statement.position.noted)
        key = statement.report.id, plain
        if key in seen:
            together.add(plain)
        seen.add(key)
    same = {plain for plain, notes in variants.items() if len(notes) > 1 and plain not in together}
    if not same:
        return given
    result = []
    for statement in given:
        plain = replace(statement.position, noted="")
        result.append(replace(statement, position=plain) if plain in same else statement)
    return result


def _linked(given: Sequence[Statement], adjustments: Sequence[Split | Change]) -> tuple[Link, ...]:
    links: list[Link] = []
    before: Known | None = None
    for statement in given:
        links.append(joined(before, statement, adjustments))
        before = known_after(statement)
    return tuple(links)


def _with_late_reports(chain: Chain) -> Chain:
    if all(link.status is not Continuity.GAP for link in chain.links):
        return chain
    given = [link.statement for link in chain.links]
    return replace(chain, links=tuple([_closed_late(link, given) for link in chain.links]))


def _closed_late(link: Link, given: Sequence[Statement]) -> Link:
    """A gap that reports made public later explain: their changes are of an earlier day, and stand elsewhere."""
    if link.status is not Continuity.GAP or link.gap is None:
        return link
    now = link.statement
    known = now.made_known
    later = [one for one in given if one.change and one.made_known > known and one.first < now.first]
    for some in ([one] for one in later):
        if sum((one.change or _NOTHING for one in some), _NOTHING) == link.gap:
            said = f"Form {some[0].report.document_type} of {some[0].report.public} reports the change later."
            return replace(link, status=Continuity.LATE_OR_AMENDED, why=said)
    if later and sum((one.change or _NOTHING for one in later), _NOTHING) == link.gap:
        return replace(link, status=Continuity.LATE_OR_AMENDED, why="Later reports tell of the change.")
    if now.change and link.gap == -now.change and any(_came_before(one, now) for one in given):
        said = "Its changes were in the balance of the report before it already."
        return replace(link, status=Continuity.LATE_OR_AMENDED, why=said)
    return link


def _came_before(one: Statement, now: Statement) -> bool:
    """Whether a statement was public before another, though it speaks of a time not before it."""
    return one is not now and one.made_known < now.made_known and one.last >= now.first
