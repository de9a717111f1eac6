"""Which filing an amendment amends, as far as the two say it themselves. SQL only; judgment of lines comes later.

The original has the issuer, the period, the form and the filing date that the amendment states, is no amendment itself,
and has a reporting owner in common with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

PAIRS: Final = "amendment_pairs"
"""Table of the index: each amendment with each filing that could be its original."""

SAYS: Final = "one row an amendment, with the filing it amends"
COLUMNS: Final = {
    "accession": "accession number of the amendment",
    "original_accession": "of the filing it amends; null unless exactly one fits",
    "status": "matched, none or several: how many filings fit by issuer, period, form, filing date and an owner",
}
"""Columns of the view `amendments` and what they are."""


def pairs(amending: str, originals: str, owners: str) -> str:
    """SQL of `accession, original` from relations of the shape of `filings` (twice) and `owners`."""
    return (
        "select distinct a.accession as accession, a.original as original from ("
        "select x.accession, o.accession as original "
        f"from (select * from {amending} where document_type in ('3/A', '4/A', '5/A')) x join {originals} o "
        "on o.issuer_cik = x.issuer_cik and o.filed_on = x.date_of_original_submission "
        "and o.period_of_report = x.period_of_report and o.document_type = x.document_type[1]) a "
        f"join {owners} p on p.accession = a.accession "
        f"join {owners} q on q.accession = a.original and q.rpt_owner_cik = p.rpt_owner_cik"
    )


def view(found: Sequence[str], *, only_public: bool) -> str:
    """SQL of the view from all pairs, given in parts; with `only_public` originals outside `filings` don't count."""
    known = " semi join (select accession as original from filings) using (original)" if only_public else ""
    together = " union ".join([f"select accession, original from ({part})" for part in found])
    return (
        "select f.accession, case when count(p.original) = 1 then min(p.original) end as original_accession, "
        "case count(p.original) when 0 then 'none' when 1 then 'matched' else 'several' end as status "
        "from (select accession from filings where document_type in ('3/A', '4/A', '5/A')) f "
        f"left join (select * from ({together}){known}) p using (accession) group by f.accession"
    )
