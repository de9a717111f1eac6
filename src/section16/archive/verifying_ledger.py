"""The ledger verified: is it sound, and does nothing in it contradict the rest?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, Final

from section16.archive.ledger import expected_schema
from section16.archive.verifying_shards import Fault
from section16.errors import excerpt

Ask = Callable[..., sqlite3.Cursor]
"""`execute` of the ledger's connection."""

LISTED: Final = 20
"""Records of one kind of fault that are named one by one."""

RESTORE: Final = "Restore the archive's folder from a backup"

_CONTRADICTIONS: Final = (
    (
        (
            "select key from filings f where shard is null and not exists "
            "(select 1 from tail t where t.place = f.place and t.key = f.key and t.rows is not null)"
        ),
        "the ledger has the filing in its tail, but its rows are not there",
    ),
    (
        (
            "select key from tail t where rows is not null and not exists "
            "(select 1 from filings f where f.key = t.key and f.shard is null and f.place = t.place)"
        ),
        "rows in the tail stand for no filing",
    ),
    (
        (
            "select hex(sha256) from containers c where shard is null and not exists "
            "(select 1 from tail t where t.sha256 = c.sha256 and t.place = c.place)"
        ),
        "the ledger has the container in its tail, but its bytes are not there",
    ),
    (
        (
            "select hex(sha256) from tail t where not exists "
            "(select 1 from containers c where c.sha256 = t.sha256 and c.shard is null and c.place = t.place)"
        ),
        "bytes in the tail belong to no container",
    ),
    (
        "select alias from aliases a where not exists (select 1 from filings f where f.key = a.key)",
        "the alias is that of no filing",
    ),
    (
        (
            "select key from filings f where exists "
            "(select 1 from retired r where r.shard = f.shard and r.place = f.place)"
        ),
        "the rows that stand for the filing are listed as counting no longer",
    ),
    (
        "select key from containers c where not exists (select 1 from filings f where f.key = c.key)",
        "a container belongs to no filing",
    ),
    (
        (
            "select key from filings f where length(document) > 0 and not exists (select 1 from containers c "
            "where c.key = f.key and c.shard is f.shard and c.place = f.place)"
        ),
        "the container whose rows stand for the filing is not listed",
    ),
)
"""Questions that find records which contradict others, and what is wrong with what they find."""


def damage(ask: Ask, *, quick: bool) -> Iterator[Fault]:
    """What stands in the way of asking the ledger anything further; `quick` leaves its indexes out."""
    said = [row[0] for row in ask(f"pragma {'quick_check' if quick else 'integrity_check'}({LISTED})")]
    if said != ["ok"]:
        for line in said:
            yield Fault("ledger", f"SQLite says: {excerpt(line)}", RESTORE)
        return
    held: set[Any] = set(ask("select type, name, sql from sqlite_schema where sql is not null"))
    if held != expected_schema():
        yield Fault("ledger", "its tables are not those that section16 makes", RESTORE)


def contradictions(ask: Ask) -> Iterator[Fault]:
    """What the ledger's own records say of one another, where that cannot be."""
    for table, row, parent, _ in ask("pragma foreign_key_check").fetchmany(LISTED):
        yield Fault(f"ledger {table} {row}", f"it names a record of {parent} that is not there", RESTORE)
    for question, message in _CONTRADICTIONS:
        for (record,) in ask(f"{question} limit {LISTED}"):
            yield Fault(record, message, RESTORE)
