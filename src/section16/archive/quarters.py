"""What insiders bought and sold, summed by quarter: kept with the index, so that no such question reads all lines.

Open-market purchases and sales (codes P and S) of Table I in original reports, by the quarter in which they were filed:
of each insider of an issuer, and of each issuer. Only counts and sums are kept, so that parts can be added and taken
away.
"""

from __future__ import annotations

from typing import Final

_PERIOD_AND_ISSUER: Final = {
    "quarter": "first day of the calendar quarter in which it was filed",
    "issuer_cik": "CIK of the issuer",
}
_COUNTS: Final = {"purchases": "transactions of code P", "sales": "transactions of code S"}
_SUMS: Final = {
    "bought": "sum of the values of purchases; prices that stand in a footnote are left out",
    "sold": "the same of sales",
}
_OWNER: Final = {"rpt_owner_cik": "CIK of the first reporting owner"}
_TRADES: Final = "open-market trades (codes P and S) in Table I of original reports"

KEYS: Final = {
    "insider_quarters": ("quarter", "issuer_cik", "rpt_owner_cik"),
    "issuer_quarters": ("quarter", "issuer_cik"),
}
"""Tables of the index, and views, with the columns that tell their rows apart."""

SAYS: Final = {
    "insider_quarters": f"one row an insider of an issuer and quarter with {_TRADES}",
    "issuer_quarters": f"one row an issuer and quarter with {_TRADES}",
}
COLUMNS: Final = {
    "insider_quarters": _PERIOD_AND_ISSUER | _OWNER | _COUNTS | _SUMS,
    "issuer_quarters": _PERIOD_AND_ISSUER | _COUNTS | _SUMS,
}
"""Columns of the views and what they are."""

_NUMBER: Final = "DECIMAL(38,12)"
_VALUES: Final = {
    "purchases": "count(*) filter (transaction_code = 'P')",
    "sales": "count(*) filter (transaction_code = 'S')",
    "bought": f"coalesce(sum(value) filter (transaction_code = 'P'), 0)::{_NUMBER}",
    "sold": f"coalesce(sum(value) filter (transaction_code = 'S'), 0)::{_NUMBER}",
}


def summary(name: str, transactions: str) -> str:
    """SQL of a summary of a relation of the shape of `transactions`."""
    columns = {"quarter": "date_trunc('quarter', filed_on)::date"} | {key: key for key in KEYS[name][1:]} | _VALUES
    return (
        f"select {', '.join([f'{made} as {column}' for column, made in columns.items()])} from {transactions} "
        "where transaction_code in ('P', 'S') and form_table = 'I' and document_type in ('3', '4', '5') "
        "and filed_on is not null and issuer_cik is not null and rpt_owner_cik is not null group by all"
    )


def adjusted(name: str, kept: str, *, more: list[str], less: list[str]) -> str:
    """SQL of a kept summary, with transactions (relations) added that came since, and taken away that are gone."""
    columns, key = ", ".join(COLUMNS[name]), ", ".join(KEYS[name])
    if not more and not less:
        return f"select {columns} from {kept}"
    negative = ", ".join([*KEYS[name], *[f"-{value} as {value}" for value in _VALUES]])
    parts = [f"select {columns} from ({summary(name, each)})" for each in more]
    parts += [f"select {negative} from ({summary(name, each)})" for each in less]
    change = " union all ".join(parts)
    totals = [f"sum({value})::BIGINT as {value}" for value in _COUNTS]
    totals += [f"sum({value})::{_NUMBER} as {value}" for value in _SUMS]
    touched = f"(select distinct {key} from ({change}))"
    return (
        f"select {columns} from {kept} anti join {touched} using ({key}) union all "
        f"select {key}, {', '.join(totals)} from (select {columns} from {kept} semi join {touched} using ({key}) "
        f"union all {change}) group by {key} having sum(purchases) + sum(sales) > 0"
    )
