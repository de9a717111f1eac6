"""The screens whose answers must come at once, as questions in SQL, with the plain scans that they spare."""

from __future__ import annotations

from typing import Final

NEWEST: Final = "timestamp '2026-09-27'"

_NET: Final = (
    "select quarter, count(*) filter (net > 0) as buying, count(*) filter (net < 0) as selling, sum(net) as net "
    "from ({}) group by quarter order by quarter"
)
_SCANNED: Final = (
    "select date_trunc('quarter', filed_on)::date as quarter, issuer_cik, "
    "sum(case transaction_code when 'P' then value else -value end) as net "
    "from transactions where transaction_code in ('P', 'S') and form_table = 'I' "
    "and document_type in ('3', '4', '5') {} group by all"
)

SCREENS: Final = {
    "officer purchases of 100,000 dollars and more, 30 days, 3 insiders": (
        "select issuer_cik, any_value(issuer_name) as issuer, count(distinct rpt_owner_cik) as insiders, "
        f"sum(value) as bought from transactions where public_at > {NEWEST} - interval 30 day "
        "and transaction_code = 'P' and is_officer and value >= 100000 group by issuer_cik "
        "having count(distinct rpt_owner_cik) >= 3 order by bought desc"
    ),
    "the same as a join of three tables": (
        "select t.issuer_cik, any_value(f.issuer_name) as issuer, count(distinct o.rpt_owner_cik) as insiders, "
        "sum(t.value) as bought from transactions t join filings f using (accession) join owners o using (accession) "
        f"where t.public_at > {NEWEST} - interval 30 day and f.public_at > {NEWEST} - interval 30 day "
        f"and o.public_at > {NEWEST} - interval 30 day and t.transaction_code = 'P' and o.is_officer "
        "and t.value >= 100000 group by t.issuer_cik having count(distinct o.rpt_owner_cik) >= 3 order by bought desc"
    ),
    "history of an insider": (
        "select filed_on, issuer_name, transaction_code, transaction_shares, transaction_price_per_share, "
        "shares_owned_following_transaction from transactions_by_owner where by_owner_cik = {owner} "
        "order by public_at desc"
    ),
    "page of an issuer": (
        "select filed_on, rpt_owner_name, transaction_code, transaction_shares, transaction_price_per_share, value "
        "from transactions_by_issuer where issuer_cik = {issuer} order by public_at desc limit 50"
    ),
    "one filing by its accession number and day": (
        "select * from filings where accession = '{accession}' and public_at = timestamp '{moment}'"
    ),
    "net buyers by quarter, last year": _NET.format(
        "select quarter, bought - sold as net from issuer_quarters where quarter >= date '2025-07-01'"
    ),
    "net buyers by quarter, all": _NET.format("select quarter, bought - sold as net from issuer_quarters"),
}

SCANS: Final = {
    "net buyers by quarter, last year": _NET.format(_SCANNED.format("and filed_on >= date '2025-07-01'")),
    "net buyers by quarter, all": _NET.format(_SCANNED.format("")),
    "footnotes with a phrase": "select count(*) from footnotes where footnote like '%weighted average price%'",
}
"""The same questions without what is kept for them."""

PHRASES: Final = ("weighted average price", '"weighted average price"', "trust remainder", "rule 10b5-1 OR gift")
BEGINNINGS: Final = ("vest*",)
"""Searches for words that begin so: all places of all such words are put together before the newest is known."""
