"""Holdings rolled forward: a person's positions from the first report on, events between reports, gaps, and balances.

Two balances are given: the last reported one, and the one computed from the first report and every change since. They
differ by the gaps that nothing explains. A balance in force is of the reports at hand; nobody can know of others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from section16.compliance.holdings.corrections import Correction, corrections, figure
from section16.positions import Applied, Chain, Change, Continuity, Link, ReportFacts, Split, Status, applied, chains
from section16.positions.reports import distinct
from section16.reading.filing import Filing

_NOTHING = Decimal()
_Who = tuple[str, tuple[str, ...]]
"""An issuer and the owners of a report."""
_Group = tuple[list[ReportFacts], list[Applied], list[Chain]]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One report or event of a position. `expected` and `gap` are of reports; `why` explains the status or the event.

    `status` is that of the chain (`start`, `continuous`, `gap` ...), `event` for a split or change that was given.
    `accession` and `place` are of the first line.
    """

    day: date
    status: str
    change: Decimal | None
    before: Decimal | None
    after: Decimal | None
    expected: Decimal | None = None
    gap: Decimal | None = None
    form: str | None = None
    accession: str | None = None
    place: str | None = None
    why: str = ""
    corrections: tuple[Correction, ...] = ()


class PositionHeld(msgspec.Struct, frozen=True, kw_only=True):
    """One position: what is held, as reported last (with the events since) and as computed from the first report on.

    `known_on` is the day of the last report or event. `unexplained` is the sum of the gaps, in shares of today.
    `several_lots` warns of derivative securities that no price and expiration tell apart: their balances may be of one
    grant or of all.
    """

    table: str
    security: str
    ownership: str
    nature: str
    strike: str
    expires: str
    balance: Decimal | None
    computed: Decimal | None
    unexplained: Decimal
    known_on: date
    several_lots: bool
    steps: tuple[Step, ...]


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """The positions of one owner, or of owners who report jointly, at one issuer."""

    issuer: str
    issuer_name: str
    owners: tuple[str, ...]
    owner_names: tuple[str, ...]
    reports: int
    begins_with_form_3: bool
    has_left: bool
    positions: tuple[PositionHeld, ...]
    amended: tuple[str, ...]
    warnings: tuple[str, ...]


class RollForward(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: holdings by issuer and owners, what was assumed, and events that fit nothing."""

    holdings: tuple[Holdings, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]


def roll_forward(
    filings: Iterable[Filing],
    *,
    owner: str | None = None,
    changes: Sequence[Change] = (),
    splits: Sequence[Split] = (),
    as_of: date | None = None,
) -> RollForward:
    """Roll the holdings of all owners, or of one (a CIK without leading zeros), forward to `as_of` or the last report.

    Only what was public by `as_of`, and events until then, count. The order of input never matters.
    """
    given = [(report, filing) for report, filing in distinct(filings) if _is_asked_for(report, owner, as_of)]
    entries = applied([filing for _, filing in given])
    until = as_of or date.max
    known = [one for one in splits if one.day <= until]
    found = chains([one for one in entries if one.counts], known)
    placed, warnings = _placed([one for one in changes if one.day <= until], found)
    followed = chains([one for one in entries if one.counts], known, placed) if placed else found
    adjustments: list[Split | Change] = [*known, *placed]
    groups: dict[_Who, _Group] = defaultdict(lambda: ([], [], []))
    for report, _ in given:
        groups[report.issuer, report.owners][0].append(report)
    for one in entries:
        groups[one.line.position.issuer, one.line.position.owners][1].append(one)
    for chain in followed:
        groups[chain.position.issuer, chain.position.owners][2].append(chain)
    holdings = [_holdings(who, group, adjustments) for who, group in sorted(groups.items(), key=lambda one: one[0])]
    return RollForward(holdings=tuple(holdings), assumptions=tuple(_assumptions(as_of)), warnings=tuple(warnings))


def _is_asked_for(report: ReportFacts, owner: str | None, as_of: date | None) -> bool:
    """Whether a report is of the owner, and was public by a day; the last signature counts without a filing date."""
    public = as_of is None or (report.public is not None and report.public <= as_of)
    return public and (owner is None or owner in report.owners)


def _placed(changes: Sequence[Change], found: Sequence[Chain]) -> tuple[list[Change], list[str]]:
    """The changes that fit a position, and words on those that don't: a number of shares must fit one alone."""
    placed, warnings = [], []
    for change in changes:
        fits = [chain for chain in found if change.touches(chain.position)]
        row = f"Event of row {change.row} ({change.day})" if change.row else f"Event of {change.day}"
        if not fits:
            warnings.append(f"{row} fits no position: it is left out.")
        elif change.shares and len(fits) > 1:
            warnings.append(f"{row} fits {len(fits)} positions: name security, ownership and nature. It is left out.")
        elif all(chain.links[0].statement.last >= change.day for chain in fits):
            warnings.append(f"{row} comes before the first report of its position, whose balance includes it.")
        else:
            placed.append(change)
    return placed, warnings


def _holdings(who: _Who, group: _Group, adjustments: Sequence[Split | Change]) -> Holdings:
    (issuer, owners), (ordered, mine, followed) = who, group
    held = [_position_held(chain, adjustments) for chain in followed]
    return Holdings(
        issuer=issuer,
        issuer_name=ordered[-1].issuer_name,
        owners=owners,
        owner_names=ordered[-1].owner_names,
        reports=len(ordered),
        begins_with_form_3=ordered[0].form == "3",
        has_left=ordered[-1].has_left,
        positions=tuple(held),
        amended=tuple(_amended(mine)),
        warnings=tuple(_warnings(followed, begins=ordered[0].form == "3", first=ordered[0].id)),
    )


def _position_held(chain: Chain, adjustments: Sequence[Split | Change]) -> PositionHeld:
    last = chain.links[-1].statement
    line = last.lines[-1]
    steps = list(_steps(chain, adjustments))
    unexplained = _unexplained(chain, adjustments)
    balance = steps[-1].after
    return PositionHeld(
        table=chain.position.table,
        security=line.title_as_filed,
        ownership=chain.position.held,
        nature=line.nature_as_filed,
        strike=chain.position.strike,
        expires=chain.position.expires,
        balance=balance,
        computed=None if balance is None else balance - unexplained,
        unexplained=unexplained,
        known_on=steps[-1].day,
        several_lots=not chain.is_series,
        steps=tuple(steps),
    )


def _unexplained(chain: Chain, adjustments: Sequence[Split | Change]) -> Decimal:
    """The sum of the gaps, each in shares of today: splits since a gap have multiplied it."""
    total = _NOTHING
    for link in chain.links:
        total = _multiplied(total, link.applied)
        if link.status is Continuity.GAP and link.gap is not None:
            total += link.gap
    return _multiplied(total, _since(chain, adjustments))


def _multiplied(amount: Decimal, between: Iterable[Split | Change]) -> Decimal:
    for one in between:
        amount = amount * one.factor.numerator / one.factor.denominator
    return amount


def _since(chain: Chain, adjustments: Sequence[Split | Change]) -> list[Split | Change]:
    last = chain.links[-1].statement.last
    mine = [one for one in adjustments if one.touches(chain.position) and one.day > last]
    return sorted(mine, key=lambda one: (one.day, isinstance(one, Change)))


def _with(amount: Decimal, between: Iterable[Split | Change]) -> Decimal:
    for one in between:
        amount = _multiplied(amount, [one]) + (one.shares if isinstance(one, Change) else _NOTHING)
    return amount


def _steps(chain: Chain, adjustments: Sequence[Split | Change]) -> Iterator[Step]:
    amount: Decimal | None = None
    for at, link in enumerate(chain.links):
        yield from _events(amount, link.applied)
        yield _report_step(chain, at, link)
        amount = link.statement.after
    yield from _events(amount, _since(chain, adjustments))


def _events(amount: Decimal | None, between: Sequence[Split | Change]) -> Iterator[Step]:
    for one in between:
        after = None if amount is None else _with(amount, [one])
        change = None if after is None or amount is None else after - amount
        why = one.why if isinstance(one, Change) else f"Split: {one.factor.numerator} for {one.factor.denominator}"
        yield Step(day=one.day, status="event", change=change, before=amount, after=after, why=why)
        amount = after


def _report_step(chain: Chain, at: int, link: Link) -> Step:
    statement = link.statement
    first = statement.lines[0]
    return Step(
        day=statement.last,
        status=link.status.value,
        change=statement.change,
        before=statement.before,
        after=statement.after,
        expected=link.expected,
        gap=link.gap,
        form=first.report.document_type,
        accession=first.report.accession,
        place=first.place,
        why=link.why,
        corrections=tuple(corrections(chain, at)),
    )


def _amended(entries: Sequence[Applied]) -> Iterator[str]:
    """Words on the lines that don't count, and why."""
    for one in entries:
        line = one.line
        what = f"{line.place} of the {line.report.document_type} of {line.report.public} ({line.report.id})"
        if one.status is Status.SUPERSEDED and one.other is not None:
            yield f"{what} is superseded by the {one.other.report.document_type} of {one.other.report.public}."
        elif one.status in {Status.WITHDRAWN, Status.REPEATS, Status.AMENDMENT_UNMATCHED}:
            yield f"{what}: {one.status.value.replace('_', ' ')}. {one.why}"


def _warnings(group: Sequence[Chain], *, begins: bool, first: str) -> Iterator[str]:
    if not begins:
        yield "No Form 3 is at hand: each position begins with the first report that lists it."
    for chain in group:
        start = chain.links[0].statement
        later = start.report.id != first and start.report.form != "3"
        if begins and later and chain.is_series and start.before:
            line = start.lines[0]
            held = f"{chain.position.held} {line.nature_as_filed}".rstrip()
            yield (
                f"{line.title_as_filed} ({held}) appears on {start.report.public} with {figure(start.before)} owned "
                "before: if it was held at the time of Form 3, it belongs on Form 5 or an amended Form 3."
            )


def _assumptions(as_of: date | None) -> Iterator[str]:
    yield "The reports given are taken for all there are; a report that is missing shows as a gap."
    yield "A balance of 0 or a gap of 0 says nothing about changes that cancel each other out between two reports."
    if as_of is not None:
        yield f"Only what was public by {as_of} counts."
