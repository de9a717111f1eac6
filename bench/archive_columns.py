"""Filings made as columns, millions of them, straight into the shards of an archive: for timing questions.

Shares of forms, codes, rows, owners, roles and footnotes are those of real filings from 2003 to 2026; the words of
footnotes come from generated filings. The same seed gives the same columns. There are no original bytes,
so only questions can be asked of such an archive.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb

from section16.archive import open_archive
from section16.archive.shards import quoted
from section16.archive.tables import PLACE, Table, tables
from section16.samples import generate

SHARD = 16_384
"""Filings in a shard, as after compaction."""

ISSUERS, OWNERS_EACH = 15_000, 20
DAYS = 8490
"""From 2003-06-30 to 2026-09-27."""

_RANDOM = "(hash({seed}::bigint * 1000003 + {key}) >> 11)::double / 9007199254740992"

_ROLES = "case when {u} < .419 then 1 when {u} < .788 then 2 when {u} < .884 then 3 when {u} < .929 then 4 else 6 end"
"""1 officer, 2 director, 4 ten-percent owner, added up."""

_CODES_ONE = "SSSSSSSSSSSSSAAAAAAAAAAAAFFFFFFFFFFMMMMMMMPPPPGJDC"
_CODES_TWO = "MMMMMMMMMMMMMMMMMMMMMMAAAAAAAAAAAAAAAAAAADDDCCCJPXS"


def chance(seed: int, key: str = "n") -> str:
    """SQL of a number from 0 to 1 that depends on a whole number alone."""
    return _RANDOM.format(seed=seed, key=key)


FILINGS = f"""
select n, ('9999' || lpad((n // 1000000)::text, 6, '0') || '-26-' || lpad((n % 1000000)::text, 6, '0')) as accession,
    ({chance(1)}) as kind, ({chance(2)}) as lines, ({chance(3)}) as part, ({chance(4)}) as notes,
    floor({ISSUERS} * pow({chance(5)}, 2))::bigint as issuer,
    issuer * {OWNERS_EACH} + floor({OWNERS_EACH} * {chance(6)})::bigint as owner,
    timestamp '2003-06-30 14:00:00' + to_seconds(floor(n::double / {{total}} * {DAYS})::bigint * 86400
        + floor(36000 * {chance(7)})::bigint) as public_at,
    case when kind < .902 then '4' when kind < .981 then '3' when kind < .9954 then '4/A' when kind < .9978 then '3/A'
        when kind < .9995 then '5' else '5/A' end as document_type,
    document_type like '3%' as initial,
    case when initial then 0 when lines < .15 then 0 when lines < .5 then 1 when lines < .74 then 2
        when lines < .86 then 3 when lines < .96 then 5 when lines < .99 then 9 else 24 end as transaction_count,
    case when initial then (case when part < .5 then 0 else 2 end) when part < .72 then 0 when part < .9 then 1
        when part < .97 then 3 else 6 end as holding_count,
    case when notes < .2 then 0 when notes < .4 then 1 when notes < .62 then 2 when notes < .8 then 3
        when notes < .9 then 5 when notes < .97 then 7 else 11 end as footnote_count,
    {_ROLES.format(u=f"({chance(8, 'owner')})")} as role
from range({{first}}, {{last}}) t(n)
"""

SHARED = {
    PLACE: f"(n % {SHARD})::integer",
    "accession": "accession",
    "form_type": "document_type",
    "document_type": "document_type",
    "schema_version": "'X0508'",
    "period_of_report": "(public_at - interval 2 day)::date",
    "date_of_original_submission": "case when document_type like '%/A' then (public_at - interval 30 day)::date end",
    "issuer_cik": "1000000 + issuer",
    "issuer_name": "'ISSUER ' || issuer || ' INC'",
    "issuer_trading_symbol": "'Q' || issuer",
    "aff10b5_one": "part < .077",
    "filed_on": "public_at::date",
    "public_at": "public_at",
    "accepted_at": "public_at - interval 4 hour",
    "changed_on": "public_at::date",
    "source": "'full text'",
    "rpt_owner_cik": "1500000 + owner",
    "rpt_owner_name": "'OWNER ' || owner",
    "owner_count": "case when kind < .967 then 1 else 3 end",
    "is_director": "role & 2 > 0",
    "is_officer": "role & 1 > 0",
    "is_ten_percent_owner": "role & 4 > 0",
    "is_other": "false",
    "officer_title": "case when role & 1 > 0 "
    "then ['Chief Executive Officer', 'CFO', 'SVP, General Counsel'][owner % 3 + 1] end",
    "transaction_count": "transaction_count",
    "holding_count": "holding_count",
    "footnote_count": "footnote_count",
    "attachment_count": "0",
}

_ROW = "(n * 32 + k)"
_LINE = {
    "form_table": f"case when {chance(11, _ROW)} < .7 then 'I' else 'II' end",
    "line": "k::integer",
    "security_title": f"case when {chance(12, _ROW)} < .56 then 'Common Stock' "
    "else 'Class ' || (owner % 9) || ' Common Stock' end",
    "direct_or_indirect_ownership": f"case when {chance(13, _ROW)} < .806 then 'D' else 'I' end",
    "nature_of_ownership": f"case when {chance(13, _ROW)} >= .806 then 'By Trust ' || (owner % 50) end",
    "shares_owned_following_transaction": f"floor(1000000 * pow({chance(14, _ROW)}, 3))",
}

OWN = {
    "transactions": _LINE
    | {
        "transaction_date": "(public_at - interval 2 day)::date",
        "transaction_form_type": "'4'",
        "transaction_code": f"case when {chance(11, _ROW)} < .7 then '{_CODES_ONE}'[1 + floor({len(_CODES_ONE)} * "
        f"{chance(15, _ROW)})::int] else '{_CODES_TWO}'[1 + floor({len(_CODES_TWO)} * {chance(15, _ROW)})::int] end",
        "equity_swap_involved": "false",
        "transaction_shares": f"floor(20000 * pow({chance(16, _ROW)}, 4)) + 1",
        "transaction_price_per_share": f"case when {chance(17, _ROW)} < .29 then 0 when {chance(17, _ROW)} < .9 then "
        f"round(300 * pow({chance(18, _ROW)}, 3), 2) end",
        "transaction_acquired_disposed_code": f"case when {chance(15, _ROW)} < .497 then 'A' else 'D' end",
        "value": f"(floor(20000 * pow({chance(16, _ROW)}, 4)) + 1)::decimal(38, 12) * case "
        f"when {chance(17, _ROW)} < .29 then 0 when {chance(17, _ROW)} < .9"
        f" then round(300 * pow({chance(18, _ROW)}, 3), 2)::decimal(9, 2) end",
    },
    "holdings": _LINE,
    "owners": {
        "ordinal": "k::integer",
        "rpt_owner_cik": "1500000 + owner + k - 1",
        "rpt_owner_name": "'OWNER ' || (owner + k - 1)",
        "rpt_owner_state": "'CA'",
    },
    "footnotes": {
        "ordinal": "k::integer",
        "footnote_id": "'F' || k",
        "footnote": f"pool[1 + floor(len(pool) * {chance(19, _ROW)})::int] || ' ' || round(90 * {chance(18, _ROW)}, 4)",
    },
    "footnote_references": {
        "form_table": "'I'",
        "line": "1::integer",
        "column_name": "case when k % 2 = 0 then 'transaction_price_per_share' else 'security_title' end",
        "ordinal": "1::integer",
        "footnote_id": "'F' || (1 + k % 3)",
    },
    "signatures": {
        "ordinal": "1::integer",
        "signature_name": "'/s/ OWNER ' || owner",
        "signature_date": "public_at::date",
    },
    "filers": {
        "ordinal": "k::integer",
        "role": "case when k = 1 then 'issuer' else 'reporting-owner' end",
        "cik": "case when k = 1 then 1000000 + issuer else 1500000 + owner end",
        "name": "case when k = 1 then 'ISSUER ' || issuer || ' INC' else 'OWNER ' || owner end",
        "film_number": "(23000000 + n)::text",
    },
}
"""What a table's row does not take over from its filing: `n` is the filing's number, `k` the row's within it."""

COUNTS = {
    "transactions": "transaction_count",
    "holdings": "holding_count",
    "owners": "case when kind < .967 then 1 else 3 end",
    "footnotes": "footnote_count",
    "footnote_references": "case when footnote_count > 0 then (footnote_count * 1.8)::int else 0 end",
    "signatures": "1",
    "filers": "2",
}


def question(table: Table, total: int, first: int, last: int) -> str:
    """SQL of a table's rows for the filings from `first` to before `last` of `total`."""
    filings = FILINGS.format(total=total, first=first, last=last)
    own = OWN.get(table.name, {})
    columns = [
        f"({own.get(column.name, SHARED.get(column.name, 'null'))})::{column.type} as {column.name}"
        for column in table.columns
    ]
    if table.name == "filings":
        return f"select {', '.join(columns)} from ({filings})"
    pool = ", (select list(note order by note) as pool from pool)" if table.name == "footnotes" else ""
    rows = f"select f.*, unnest(range(1, ({COUNTS[table.name]})::int + 1)) as k from ({filings}) f"
    return f"select {', '.join(columns)} from ({rows}) {pool}"


def words(count: int = 1500) -> list[str]:
    """Footnotes of generated filings, each once."""
    notes = {
        note.text.strip()
        for sample in generate(count, seed=16)
        if sample.document.footnotes
        for note in sample.document.footnotes.rows
        if note.text
    }
    return sorted(notes)


def make(folder: Path, total: int) -> Iterator[int]:
    """Make an archive of `total` filings in `folder`; yields how many are made. The index is not."""
    with contextlib.closing(duckdb.connect()) as connection:
        connection.execute("create table pool as select unnest(?) as note", [words()])
        with open_archive(folder) as archive, archive.writer() as ledger:
            for number, first in enumerate(range(0, total, SHARD), 1):
                last = min(first + SHARD, total)
                shard = archive.layout.shards / f"s{number:08}-made"
                shard.mkdir(parents=True)
                counts = {
                    name: _write(connection, question(table, total, first, last), shard / f"{name}.parquet")
                    for name, table in tables().items()
                }
                with ledger.change():
                    ledger.list_shard(
                        name=shard.name,
                        source="original",
                        days=[],
                        counts=counts,
                        digests={name: hashlib.sha256(name.encode()).hexdigest() for name in counts},
                        size=sum(file.stat().st_size for file in shard.iterdir()),
                        derivation=1,
                    )
                    ledger.grow()
                yield last


def _write(connection: duckdb.DuckDBPyConnection, rows: str, target: Path) -> int:
    written = connection.execute(
        f"copy ({rows}) to {quoted(target)} (format parquet, compression zstd, compression_level 3)"
    ).fetchone()
    return int(written[0]) if written else 0


def counted(folder: Path) -> dict[str, int]:
    """Rows of each table, from the archive's ledger."""
    totals = dict.fromkeys(tables(), 0)
    with open_archive(folder, create=False) as archive:
        found = archive.ledger.connection.execute("select counts from shards").fetchall()
    for (counts,) in found:
        for name, count in json.loads(counts).items():
            totals[name] += count
    return totals
