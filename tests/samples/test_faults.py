"""Every fault that is named is there, and no other: found again in the published documents, without the generator."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from section16.form.document import OwnershipDocument
from section16.form.rows import DerivativeTransaction, NonDerivativeTransaction
from section16.samples import FAULTS, Sample

Transaction = NonDerivativeTransaction | DerivativeTransaction


def transactions(document: OwnershipDocument) -> list[Transaction]:
    return [
        row
        for row in (*document.table_one, *document.table_two)
        if isinstance(row, NonDerivativeTransaction | DerivativeTransaction)
    ]


def days(document: OwnershipDocument) -> list[date]:
    dates = [row.transaction_date.value for row in transactions(document) if row.transaction_date]
    return [day for day in dates if day is not None]


def references(value: object) -> Iterator[str]:
    """Every footnote reference below a record."""
    for name in getattr(value, "__struct_fields__", ()):
        inside = getattr(value, name)
        if name == "footnotes" and isinstance(inside, tuple):
            yield from inside
        elif isinstance(inside, tuple):
            for one in inside:
                yield from references(one)
        else:
            yield from references(inside)


def weekdays(first: date, last: date) -> int:
    """Weekdays after the first day, the last included."""
    return sum(1 for number in range((last - first).days) if (first + timedelta(days=number + 1)).weekday() < 5)


def is_late(sample: Sample, document: OwnershipDocument) -> bool:
    """Well over its time: weekdays alone, with room for holidays."""
    if sample.original or document.period_of_report is None or document.period_of_report.value is None:
        return False
    if document.form == "3":
        return (sample.filed_on - document.period_of_report.value).days > 14
    if document.form == "5":
        rows = (*document.table_one, *document.table_two)
        late_line = any(row.coding and row.coding.form_type in {"3", "4"} for row in rows)
        return late_line or (sample.filed_on - document.period_of_report.value).days > 45
    deemed = [row.deemed_execution_date.value for row in transactions(document) if row.deemed_execution_date]
    started = [*(day for day in deemed if day), *(day for day in days(document) if day <= sample.filed_on)]
    return bool(started) and weekdays(min(started) if not any(deemed) else max(started), sample.filed_on) > 5


def is_swapped(document: OwnershipDocument) -> bool:
    usual = {**dict.fromkeys("PALWCMX", "A"), **dict.fromkeys("SFUD", "D")}
    for table, rows in (("I", document.table_one), ("II", document.table_two)):
        for row in rows:
            if isinstance(row, NonDerivativeTransaction | DerivativeTransaction) and row.coding and row.amounts:
                expected = usual.get(row.coding.code or "")
                if table == "II" and row.coding.code in {"M", "C", "X"}:
                    expected = "D"
                said = row.amounts.acquired_disposed
                if expected and said and said.value != expected:
                    return True
    return False


def miscounts(document: OwnershipDocument) -> bool:
    """A line that doesn't follow from the one before it in the same report."""
    for rows in (document.table_one, document.table_two):
        balances: dict[tuple[object, ...], Decimal] = {}
        for row in rows:
            if row.ownership is None or row.owned_after is None:
                continue
            terms = [getattr(row, name, None) for name in ("conversion_or_exercise_price", "expiration_date")]
            line = (row.title and row.title.text, row.ownership.nature and row.ownership.nature.text)
            key = (*line, *(term and term.text for term in terms))
            amount = row.owned_after.shares_owned or row.owned_after.value_owned
            assert amount is not None
            assert amount.value is not None
            moved = Decimal(0)
            if isinstance(row, NonDerivativeTransaction | DerivativeTransaction) and row.amounts:
                shares = row.amounts.shares or row.amounts.total_value
                direction = row.amounts.acquired_disposed
                assert shares is not None
                assert shares.value is not None
                assert direction is not None
                moved = shares.value if direction.value == "A" else -shares.value
            if key in balances and balances[key] + moved != amount.value:
                return True
            balances[key] = amount.value
    return False


def market_prices(published: list[tuple[Sample, OwnershipDocument]]) -> dict[str, list[tuple[date, str, Decimal]]]:
    """By issuer, in order of time: the prices of sales, purchases and withholdings, and whose they are."""
    prices = defaultdict(list)
    for sample, document in published:
        for row in document.table_one:
            if (
                isinstance(row, NonDerivativeTransaction)
                and row.coding
                and row.coding.code in set("PSFD")
                and row.amounts
            ):
                price = row.amounts.price_per_share or row.amounts.transaction_value
                if price and price.value and document.issuer:
                    prices[document.issuer.cik or ""].append((sample.filed_on, sample.accession, price.value))
    return {issuer: sorted(rows) for issuer, rows in prices.items()}


def priced_in_total(published: list[tuple[Sample, OwnershipDocument]]) -> set[str]:
    """Reports with a price many times that of the reports before or after it."""
    found = set()
    for rows in market_prices(published).values():
        for (_, one, price), (_, other, next_price) in pairwise(rows):
            if price > 11 * next_price:
                found.add(one)
            if next_price > 11 * price:
                found.add(other)
    return found


def faults_found(published: list[tuple[Sample, OwnershipDocument]]) -> dict[str, set[str]]:
    listed = {d.issuer.cik for _, d in published if d.issuer and (d.issuer.trading_symbol or "").startswith("ZZ")}
    in_total = priced_in_total(published)
    seen: set[OwnershipDocument] = set()
    found = {}
    for sample, document in published:
        defined = [footnote.id for footnote in document.footnotes.rows] if document.footnotes else []
        referred = set(references(document.non_derivative_table)) | set(references(document.derivative_table))
        referred |= {note for row in (*document.table_one, *document.table_two) for note in references(row)}
        symbol = document.issuer.trading_symbol if document.issuer else None
        period = document.period_of_report.value if document.period_of_report else None
        signs = {
            "acquired-disposed-swapped": is_swapped(document),
            "arithmetic": miscounts(document) and not is_swapped(document),
            "duplicate": document in seen,
            "future-date": any(day > sample.filed_on for day in days(document)),
            "late": is_late(sample, document),
            "missing-footnote": not referred <= set(defined),
            "period-not-earliest": document.form == "4" and bool(days(document)) and period != min(days(document)),
            "placeholder-symbol": symbol in {"N/A", "NONE", "-"} and document.issuer and document.issuer.cik in listed,
            "total-as-price": sample.accession in in_total,
            "unreferenced-footnote": not set(defined) <= referred,
        }
        seen.add(document)
        found[sample.accession] = {name for name, sign in signs.items() if sign}
    return found


@pytest.fixture(scope="module")
def found(published: list[tuple[Sample, OwnershipDocument]]) -> dict[str, set[str]]:
    return faults_found(published)


def test_the_faults_listed_are_found_and_no_others(
    published: list[tuple[Sample, OwnershipDocument]], found: dict[str, set[str]]
) -> None:
    wrong = {
        sample.accession: (sample.faults, found[sample.accession])
        for sample, _ in published
        if set(sample.faults) != found[sample.accession]
    }
    assert not wrong


def test_about_three_in_a_hundred_filings_have_a_fault(filings: list[Sample]) -> None:
    assert 0.02 < sum(1 for sample in filings if sample.faults) / len(filings) < 0.04
    assert max(len(sample.faults) for sample in filings) == 1


def test_every_fault_occurs(filings: list[Sample]) -> None:
    named = Counter(fault for sample in filings for fault in sample.faults)
    assert set(named) == set(FAULTS)
    assert named.most_common(1)[0][0] == "late"
