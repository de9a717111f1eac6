"""A person's reports as trades: the transactions in force, amendments applied, joint reports counted once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import msgspec

from section16.compliance.short_swing.stakes import owned_before
from section16.compliance.short_swing.trade import Insider, Kind, Status, Trade
from section16.errors import UsageError
from section16.identifiers import cik
from section16.law.matching_codes import code_rules, leading_code
from section16.positions import Applied, in_force
from section16.positions.lines import Line
from section16.reading import Filing

_PUT: Final = re.compile(r"\bputs?\b", re.IGNORECASE)
_CALL: Final = re.compile(r"\b(calls?|options?|warrants?|rights?|units?|rsus?|psus?|sars?|swaps?)\b", re.IGNORECASE)
_FIGURE: Final = r"\$ ?([0-9][0-9,]*(?:\.[0-9]+)?)"
_RANGE: Final = re.compile(rf"{_FIGURE}(?: per share)?,? ?(?:to|-|–|through|and) ?{_FIGURE}", re.IGNORECASE)
_RANGES: Final = ("range", "between", "from")


class Reported(msgspec.Struct, frozen=True, kw_only=True):
    """One owner's trades at one issuer, as reported.

    `notes` say what the reports leave open: lines that could not be read, an exit box, several capacities.
    """

    issuer: str
    issuer_name: str
    owner: str
    owner_name: str
    insider: Insider
    trades: tuple[Trade, ...]
    notes: tuple[str, ...] = ()


def reported_trades(filings: Iterable[Filing], owner: str | None = None) -> list[Reported]:
    """The trades of one owner, by issuer.

    `owner` is a CIK; without one, the reports must share one. Raises UsageError if they don't, or none is of the owner.
    """
    given = list(filings)
    lines = in_force(given)
    wanted = cik.compact(owner) if owner else _only_owner(lines, given)
    mine = [one for one in lines if wanted in one.line.report.owners]
    if not mine:
        raise UsageError("USAGE", f"no report is of the owner {wanted}", mend="Give --owner CIK of one who reports")
    relations = _relations(given, wanted)
    return [
        _reported([one for one in mine if one.line.report.issuer == issuer], issuer, wanted, relations)
        for issuer in sorted({one.line.report.issuer for one in mine})
    ]


def _only_owner(lines: Sequence[Applied], filings: Sequence[Filing]) -> str:
    """The owner of all reports; of a joint group the first, since its lines are the same for each."""
    groups = [set(one.line.report.owners) for one in lines]
    shared = set.intersection(*groups) if groups else set()
    if shared:
        return min(shared, key=int)
    found = sorted({number for group in groups for number in group}, key=int)
    if not found:
        what = "no transaction or holding" if filings else "no report"
        raise UsageError("USAGE", f"{what} is in the sources", mend="Give reports on Forms 3, 4 or 5")
    some = ", ".join(found[:5]) + (" ..." if len(found) > 5 else "")  # noqa: PLR2004
    raise UsageError("USAGE", f"the reports are of {len(found)} owners: {some}", mend="Give --owner CIK")


def _relations(filings: Sequence[Filing], owner: str) -> dict[str, dict[str, bool]]:
    """By issuer, which boxes the owner's reports tick anywhere."""
    found: dict[str, dict[str, bool]] = {}
    for filing in filings:
        document = filing.document
        issuer = cik.compact(document.issuer.cik) if document.issuer and document.issuer.cik else ""
        boxes = found.setdefault(issuer, {"director": False, "officer": False, "ten-percent": False, "left": False})
        for each in document.reporting_owners:
            if each.cik and cik.compact(each.cik) == owner and each.relationship:
                ticked = each.relationship
                boxes["director"] |= bool(ticked.is_director)
                boxes["officer"] |= bool(ticked.is_officer)
                boxes["ten-percent"] |= bool(ticked.is_ten_percent_owner)
                boxes["left"] |= bool(document.not_subject_to_section16)
    return found


def _reported(lines: Sequence[Applied], issuer: str, owner: str, relations: dict[str, dict[str, bool]]) -> Reported:
    boxes = relations.get(issuer, {})
    ordered = sorted((one.line for one in lines if one.line.kind == "transaction"), key=lambda line: line.order)
    owned = owned_before(one.line for one in lines)
    trades = [trade for row, line in enumerate(ordered, 1) if (trade := _trade(line, row, owned)) is not None]
    latest = max((one.line.report for one in lines), key=lambda report: report.order)
    return Reported(
        issuer=issuer,
        issuer_name=latest.issuer_name,
        owner=owner,
        owner_name=dict(zip(latest.owners, latest.owner_names, strict=True)).get(owner, ""),
        insider=Insider(status=_status(boxes)),
        trades=tuple(trades),
        notes=tuple(_notes(boxes, len(ordered) - len(trades), lines)),
    )


def _status(boxes: dict[str, bool]) -> Status | None:
    for status in Status:
        if boxes.get(status.value):
            return status
    return None


def _notes(boxes: dict[str, bool], unread: int, lines: Sequence[Applied]) -> Iterable[str]:
    if unread:
        yield f"{unread} transaction lines have no date, code or amount in shares that can be read, and are left out."
    if boxes.get("left"):
        yield "A report ticks the exit box: give --left DATE, the last day as an insider."
    inside = boxes.get("director") or boxes.get("officer")
    if boxes.get("ten-percent") and inside:
        yield "Reports tick ten-percent owner too; the person is judged as a director or officer."
    if any(one.line.report.form == "3" for one in lines):
        return
    yield "There is no Form 3 among the reports: give --became DATE if trades lie before the person became an insider."


def _trade(line: Line, row: int, owned: Mapping[tuple[str, str], Decimal]) -> Trade | None:
    """The trade of a line, with what was `owned` before it; None without a date, a known code or a number of shares."""
    code = line.code.upper()
    if line.traded is None or leading_code(code) not in code_rules() or line.in_dollars or not line.shares:
        return None
    if line.shares < 0:
        return None
    record: Any = line.record
    kind = Kind.STOCK if line.position.table == "I" else _kind(line)
    low, high = _range(line)
    return Trade(
        row=row,
        day=line.traded,
        code=f"{code}/K" if _with_swap(record) else code,
        direction=line.direction,
        shares=line.shares,
        price=None if line.price is not None and line.price < 0 else line.price,
        security=line.title_as_filed,
        underlying=_underlying(record),
        owned_before=owned.get((line.report.id, line.path)),
        kind=kind,
        underlying_shares=_underlying_shares(record) if kind is not Kind.STOCK else None,
        strike=_value(record, "conversion_or_exercise_price") if kind is not Kind.STOCK else None,
        expires=_value(record, "expiration_date") if kind is not Kind.STOCK else None,
        by_unit=kind is not Kind.STOCK,
        low=low,
        high=high,
        source=f"{line.report.accession or line.report.id}, {line.place}",
    )


def _with_swap(record: Any) -> bool:
    return bool(record.coding and record.coding.equity_swap)


def _kind(line: Line) -> Kind:
    title = line.title_as_filed
    if _PUT.search(title):
        return Kind.PUT
    return Kind.CALL if _CALL.search(title) else Kind.CONVERTIBLE


def _value(record: Any, name: str) -> Any:
    cell = getattr(record, name, None)
    return cell.value if cell else None


def _underlying(record: Any) -> str:
    under = getattr(record, "underlying", None)
    return " ".join((under.title.value or "").split()) if under and under.title else ""


def _underlying_shares(record: Any) -> Decimal | None:
    under = getattr(record, "underlying", None)
    found: Decimal | None = under.shares.value if under and under.shares else None
    return found or None


def _range(line: Line) -> tuple[Decimal | None, Decimal | None]:
    """The range of a weighted average price as its footnote has it, if the price lies in it."""
    amounts = getattr(line.record, "amounts", None)
    if line.price is None or amounts is None or not amounts.price_per_share or not amounts.price_per_share.footnotes:
        return None, None
    for note in line.notes:
        if "weighted" not in note.lower() or not any(word in note.lower() for word in _RANGES):
            continue
        found = _RANGE.search(note)
        if found is not None:
            low, high = sorted(Decimal(figure.replace(",", "")) for figure in found.groups())
            if low <= line.price <= high:
                return low, high
    return None, None
