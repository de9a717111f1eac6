"""What insiders own, computed again from the published documents alone."""

from __future__ import annotations

from decimal import Decimal

from section16.form.document import OwnershipDocument
from section16.form.rows import Row
from section16.samples import Sample

Key = tuple[str | None, ...]


def text(cell: object) -> str | None:
    return getattr(cell, "text", None)


def key(table: str, row: Row) -> Key:
    """What tells one balance from another: title, way of holding, terms of a derivative security."""
    ownership = row.ownership
    assert ownership is not None
    terms = [getattr(row, name, None) for name in ("conversion_or_exercise_price", "exercise_date", "expiration_date")]
    return (table, text(row.title), text(ownership.direct_or_indirect), text(ownership.nature), *map(text, terms))


def owned(row: Row) -> Decimal:
    """The amount after the line; on Form 3 Table II has only the underlying shares."""
    amounts = getattr(row, "owned_after", None)
    cell = amounts and (amounts.shares_owned or amounts.value_owned)
    if cell is None:
        underlying = row.underlying  # type: ignore[union-attr]
        assert underlying is not None
        cell = underlying.shares
    assert cell is not None
    assert cell.value is not None
    return Decimal(cell.value)


def moved(row: Row) -> Decimal:
    """Shares acquired, or disposed of with a minus."""
    amounts = row.amounts  # type: ignore[union-attr]
    assert amounts is not None
    cell = amounts.shares or amounts.total_value
    assert cell is not None
    assert cell.value is not None
    return Decimal(cell.value if text(amounts.acquired_disposed) == "A" else -cell.value)


def rolled(balances: dict[Key, Decimal], document: OwnershipDocument) -> tuple[dict[Key, Decimal], list[str]]:
    """Carry balances through a report; name the lines that don't follow from them."""
    after, wrong = dict(balances), []
    for table, rows in (("I", document.table_one), ("II", document.table_two)):
        for number, row in enumerate(rows, 1):
            line = key(table, row)
            if row.kind == "transaction":
                expected: Decimal | None = after.get(line, Decimal(0)) + moved(row)
            else:
                late = row.coding is not None and row.coding.form_type == "3"
                expected = owned(row) if document.form == "3" or late else after.get(line)
            if owned(row) != expected:
                wrong.append(f"table {table} line {number}: {owned(row)}, expected {expected}")
            assert owned(row) >= 0
            after[line] = owned(row)
    return after, wrong


def test_every_amount_owned_follows_from_what_was_reported_before(
    published: list[tuple[Sample, OwnershipDocument]],
) -> None:
    balances: dict[tuple[str | None, ...], dict[Key, Decimal]] = {}
    before: dict[str, dict[Key, Decimal]] = {}
    lines = 0
    for sample, document in published:
        if "duplicate" in sample.faults:
            continue
        issuer = document.issuer
        assert issuer is not None
        who = (issuer.cik, *(owner.cik for owner in document.reporting_owners))
        start = before[sample.original] if sample.original else balances.get(who, {})
        before[sample.accession] = start
        balances[who], wrong = rolled({} if document.form == "3" else start, document)
        lines += len(document.table_one) + len(document.table_two)
        if {"arithmetic", "acquired-disposed-swapped"} & set(sample.faults):
            assert wrong, f"{sample.accession} adds up in spite of {sample.faults}"
        else:
            assert not wrong, f"{sample.accession} {wrong}"
    assert lines > 4_000


def test_an_exercise_moves_as_many_shares_in_both_tables(published: list[tuple[Sample, OwnershipDocument]]) -> None:
    exercises = 0
    for sample, document in published:
        if sample.faults:
            continue
        for code in "MCX":
            moves = [
                sorted((str(text(row.transaction_date)), abs(moved(row))) for row in rows if is_coded(row, code))  # type: ignore[union-attr]
                for rows in (document.table_one, document.table_two)
            ]
            assert moves[0] == moves[1], sample.accession
            exercises += len(moves[0])
    assert exercises > 200


def is_coded(row: Row, code: str) -> bool:
    return row.kind == "transaction" and row.coding is not None and row.coding.code == code
