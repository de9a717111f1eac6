"""What insiders bought and sold, summed by quarter: the summary kept with the index, so that no question reads all lines.

Open-market purchases and sales (codes P and S) of Table I in original reports, by the quarter in which they were filed,
the issuer and the first reporting owner. Only counts and sums are kept, so that parts can be added and taken away.
"""

from __future__ import annotations

from typing import Final

QUARTERS: Final = "insider_quarters"
"""Table of the index, and view."""

SAYS: Final = "one row an insider, issuer and quarter with open-market trades in Table I of original reports"
COLUMNS: Final = {
    "quarter": "first day of the calendar quarter in which it was filed",
    "issuer_cik": "CIK of the issuer",
    "rpt_owner_cik": "CIK of the first reporting owner",
    "purchases": "transactions of code P",
    "sales": "transactions of code S",
    "bought": "sum of their values, prices that stand in a footnote left out; 0 if there is none",
    "sold": "the same for sales",
}
"""Columns of the view and what they are."""

_KEY: Final = "quarter, issuer_cik, rpt_owner_cik"
_SUMS: Final = ("purchases", "sales", "bought", "sold")
_SUM: Final = "DECIMAL(38,12)"


def summary(transactions: str) -> str:
    """SQL of the summary of a relation of the shape of `transactions`."""
    return (
        "select date_trunc('quarter', filed_on)::date as quarter, issuer_cik, rpt_owner_cik, "
        "count(*) filter (transaction_code = 'P') as purchases, count(*) filter (transaction_code = 'S') as sales, "
        f"coalesce(sum(value) filter (transaction_code = 'P'), 0)::{_SUM} as bought, "
        f"coalesce(sum(value) filter (transaction_code = 'S'), 0)::{_SUM} as sold "
        f"from {transactions} where transaction_code in ('P', 'S') and form_table = 'I' "
        "and document_type in ('3', '4', '5') "
        "and filed_on is not null and issuer_cik is not null and rpt_owner_cik is not null group by all"
    )


def adjusted(kept: str, *, more: list[str], less: list[str]) -> str:
    """SQL of a kept summary with relations of transactions added that came since, and such taken away that are gone."""
    if not more and not less:
        return f"select {_KEY}, {', '.join(_SUMS)} from {kept}"
    parts = [summary(each) for each in more]
    negative = ", ".join([f"-{name} as {name}" for name in _SUMS])
    parts += [f"select {_KEY}, {negative} from ({summary(each)})" for each in less]
    names = f"{_KEY}, {', '.join(_SUMS)}"
    change = " union all ".join([f"select {names} from ({part})" for part in parts])
    total = ", ".join([f"sum({name})::{'BIGINT' if at < 2 else _SUM} as {name}" for at, name in enumerate(_SUMS)])  # noqa: PLR2004 - counts, then sums
    touched = f"(select distinct {_KEY} from ({change}))"
    return (
        f"select {names} from {kept} anti join {touched} using ({_KEY}) union all "
        f"select {_KEY}, {total} from (select {names} from {kept} semi join {touched} using ({_KEY}) "
        f"union all {change}) group by {_KEY} having sum(purchases) + sum(sales) > 0"
    )
