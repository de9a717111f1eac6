"""The lines of a report as positions ask about them: each line's facts, the report's, and the position it speaks of.

A position is what one balance runs in: issuer, owner group (all owners of a report together), table, class of
security, direct or indirect, nature of ownership; in Table II also the exercise price and the expiration date. Official
text: Forms 4 and 5, columns 5 to 7 of Table I and 9 to 11 of Table II; each form of ownership is a line of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import msgspec

from section16.form.cells import Noted
from section16.form.document import OwnershipDocument
from section16.form.rows import OwnershipNature, PostTransactionAmounts, Row, UnderlyingSecurity, is_transaction
from section16.identifiers import cik
from section16.positions.spelling import folded_nature, folded_title
from section16.reading.filing import Filing
from section16.reading.report_parts import table_lines

_UNSAID: Final[Noted[Any]] = Noted()
_NOWHERE: Final = OwnershipNature()
_NOTHING: Final = PostTransactionAmounts()
_DIGEST: Final = 12


class ReportFacts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The head of one report.

    `id` is the accession number, without one `sha256:` and the digest of the bytes. CIKs have no leading zeros, owners
    are sorted. `original_filed_on` is the date of the original in an amendment's box 4. What isn't known is None.
    """

    id: str
    accession: str | None
    document_type: str
    form: str | None
    issuer: str
    issuer_name: str
    owners: tuple[str, ...]
    owner_names: tuple[str, ...]
    filed_on: date | None
    accepted_at: datetime | None
    signed_on: date | None
    period: date | None
    original_filed_on: date | None
    has_left: bool

    @property
    def is_amendment(self) -> bool:
        """Whether the document type ends in /A."""
        return self.document_type.endswith("/A")

    @property
    def public(self) -> date | None:
        """The day filed; of what doesn't say, the last day signed."""
        return self.filed_on or self.signed_on

    @property
    def order(self) -> tuple[date, float, bool, str]:
        """What to sort reports by: public day, acceptance, originals before amendments, id. Unknown comes first."""
        accepted = self.accepted_at.timestamp() if self.accepted_at else 0.0
        return self.public or date.min, accepted, self.is_amendment, self.id


class Position(msgspec.Struct, frozen=True, order=True, gc=False):
    """What one balance runs in. Words are folded; `noted` is a digest of the footnotes that tell owners apart.

    `strike` and `expires` are "" where Table II doesn't give them as values, and in Table I.
    """

    issuer: str
    owners: tuple[str, ...]
    table: str
    title: str
    held: str
    nature: str = ""
    noted: str = ""
    strike: str = ""
    expires: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line. `number` counts the lines of its table from 1; `place` says the same in print.

    `shares` is the amount (of Table II also a total value, then `in_dollars`), `owned` what is owned after it, in
    dollars where `owned_in_dollars`; Form 3 gives the underlying shares in Table II. `notes` are the texts of the
    footnotes that the line refers to. A fact that isn't given, or unreadably, is None (dates, numbers) or "" (words).
    """

    report: ReportFacts
    position: Position
    kind: str
    number: int
    place: str
    path: str
    record: Row
    traded: date | None = None
    deemed: date | None = None
    form_type: str = ""
    code: str = ""
    direction: str = ""
    shares: Decimal | None = None
    in_dollars: bool = False
    price: Decimal | None = None
    owned: Decimal | None = None
    owned_in_dollars: bool = False
    notes: tuple[str, ...] = ()

    @property
    def signed(self) -> Decimal | None:
        """The amount with the sign of column A or D: acquired is added, disposed of is taken away."""
        if self.shares is None or self.direction not in {"A", "D"}:
            return None
        return self.shares if self.direction == "A" else -self.shares

    @property
    def title_as_filed(self) -> str:
        """The title of the security with its blanks folded."""
        return _word(self.record.title)

    @property
    def nature_as_filed(self) -> str:
        """The nature of indirect ownership with its blanks folded; "" if there is none."""
        return _word((self.record.ownership or _NOWHERE).nature)

    @property
    def order(self) -> tuple[date, tuple[date, float, bool, str], str, int]:
        """What to sort lines by: day traded, the report's order, table, number."""
        return self.traded or date.min, self.report.order, self.position.table, self.number


def report_facts(filing: Filing) -> ReportFacts:
    """The head of a filing's report."""
    document = filing.document
    signed = [each.date.value for each in document.signatures if each.date and each.date.value]
    owners = {cik.compact(each.cik): each.name or "" for each in document.reporting_owners if each.cik}
    numbers = sorted(owners)
    issuer = document.issuer
    return ReportFacts(
        id=filing.accession or _digest_of(filing),
        accession=filing.accession,
        document_type=(document.document_type or "").strip(),
        form=document.form,
        issuer=cik.compact(issuer.cik) if issuer and issuer.cik else "",
        issuer_name=(issuer.name or "" if issuer else "").strip(),
        owners=tuple(numbers),
        owner_names=tuple([owners[number] for number in numbers]),
        filed_on=filing.filed_on,
        accepted_at=filing.accepted_at,
        signed_on=max(signed, default=None),
        period=_day(document, "period_of_report"),
        original_filed_on=_day(document, "date_of_original_submission"),
        has_left=bool(document.not_subject_to_section16),
    )


def lines_of(filing: Filing, report: ReportFacts | None = None) -> tuple[Line, ...]:
    """The lines of a filing, Table I first, in document order. `report` is its head if that is known already."""
    head = report or report_facts(filing)
    texts = filing.document.footnote_texts
    parts = [part for table in ("I", "II") for part in table_lines(filing.document, table)]
    numbers = {"I": 0, "II": 0}
    lines = []
    for part in parts:
        table = part.table or "I"
        numbers[table] += 1
        row: Row = part.record
        facts = _transaction(row) if is_transaction(row) else {"kind": "holding"}
        lines.append(
            Line(
                report=head,
                position=position_of(row, table, head, texts),
                number=numbers[table],
                place=part.place,
                path=part.path,
                record=row,
                notes=tuple(texts[name] for name in dict.fromkeys(_references(row)) if name in texts),
                **_owned(row),
                **facts,
            )
        )
    return tuple(lines)


def position_of(row: Row, table: str, report: ReportFacts, texts: Mapping[str, str]) -> Position:
    """The position that a line speaks of.

    The nature says through whom an indirect holding is held; of direct ones the holder is the owner. Footnotes tell two
    trusts apart, and in a joint report who holds directly.
    """
    ownership = row.ownership or _NOWHERE
    held = _word(ownership.direct_or_indirect)
    indirect, joint = held != "D", len(report.owners) > 1
    cells = [ownership.nature, ownership.direct_or_indirect] if indirect or joint else []
    names = [name for cell in cells if cell for name in cell.footnotes]
    strike = getattr(row, "conversion_or_exercise_price", None) or _UNSAID
    expires = getattr(row, "expiration_date", None) or _UNSAID
    return Position(
        issuer=report.issuer,
        owners=report.owners,
        table=table,
        title=folded_title(_word(row.title)),
        held=held,
        nature=folded_nature(_word(ownership.nature)) if indirect else "",
        noted=_digest(sorted({" ".join(texts.get(name, "").lower().split()) for name in names})),
        strike="" if strike.value is None else format(strike.value.normalize(), "f"),
        expires=expires.value.isoformat() if expires.value else "",
    )


def _transaction(row: Any) -> dict[str, Any]:
    coding, amounts = row.coding, row.amounts
    total = amounts.total_value if amounts else None
    shares = amounts.shares if amounts else None
    return {
        "kind": "transaction",
        "traded": (row.transaction_date or _UNSAID).value,
        "deemed": (row.deemed_execution_date or _UNSAID).value,
        "form_type": (coding.form_type or "").strip() if coding else "",
        "code": (coding.code or "").strip() if coding else "",
        "direction": _word(amounts.acquired_disposed) if amounts else "",
        "shares": (shares or total or _UNSAID).value,
        "in_dollars": shares is None and total is not None,
        "price": (amounts.price_per_share or amounts.transaction_value or _UNSAID).value if amounts else None,
    }


def _owned(row: Row) -> dict[str, Any]:
    """What is owned after; a holding of Form 3 in Table II has the underlying shares in its place."""
    owned = row.owned_after or _NOTHING
    under: UnderlyingSecurity | None = getattr(row, "underlying", None) if row.owned_after is None else None
    shares, value = owned.shares_owned, owned.value_owned
    if under is not None and not is_transaction(row):
        shares, value = under.shares, under.value
    return {"owned": (shares or value or _UNSAID).value, "owned_in_dollars": shares is None and value is not None}


def _references(record: Any) -> list[str]:
    """Ids of the footnotes that a line refers to anywhere, in the order of the form."""
    found: list[str] = []
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, tuple):
            found += value
        elif name != "extra" and isinstance(value, msgspec.Struct):
            found += _references(value)
    return found


def _word(cell: Noted[str] | None) -> str:
    return " ".join(cell.value.split()) if cell and cell.value else ""


def _day(document: OwnershipDocument, attribute: str) -> date | None:
    box = getattr(document, attribute)
    found: date | None = box.value if box else None
    return found


def _digest(texts: list[str]) -> str:
    return _sha256("\n".join(texts).encode())[:_DIGEST] if texts else ""


def _digest_of(filing: Filing) -> str:
    return "sha256:" + _sha256(filing.content or repr(filing.document).encode())


def _sha256(content: bytes) -> str:
    from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL; most reports need no digest

    return sha256(content).hexdigest()
