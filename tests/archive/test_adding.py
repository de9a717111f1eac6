"""What a reader relies on: nothing added twice, nothing lost, nothing in the way of the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from section16.archive import Archive, Incoming
from section16.archive import adding as adding_room
from section16.errors import UsageError
from section16.form.rows import is_transaction
from section16.reading import read
from section16.standin.full_text import daily_feed_file

from .conftest import loose

Named = Callable[[list[bytes]], list[Incoming]]
TABLES = ("filings", "owners", "transactions", "holdings", "footnotes", "footnote_references", "signatures", "filers")


def count(archive: Archive, table: str) -> int:
    (found,) = archive.sql(f"select count(*) from {table}").fetchone() or (0,)
    return int(found)


def counts(archive: Archive) -> dict[str, int]:
    return {table: count(archive, table) for table in TABLES}


@pytest.fixture(params=["tail", "shards"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A few filings go into the tail, many into shards: both must behave alike."""
    if request.param == "shards":
        monkeypatch.setattr(adding_room, "TAIL_BATCH", 0)
        monkeypatch.setattr(adding_room, "SHARD_FILES", 7)
    return str(request.param)


@pytest.mark.usefixtures("way")
class TestEitherWay:
    def test_every_row_of_every_filing_is_there(self, archive: Archive, texts: list[bytes], named: Named) -> None:
        added = archive.add(named(texts), jobs=1)
        documents = [read(text).document for text in texts]
        lines = [line for document in documents for line in (*document.table_one, *document.table_two)]
        assert added.new == len(texts) == count(archive, "filings")
        assert count(archive, "transactions") == sum(is_transaction(line) for line in lines)
        assert count(archive, "holdings") == sum(not is_transaction(line) for line in lines)
        assert count(archive, "owners") == sum(len(document.reporting_owners) for document in documents)
        assert count(archive, "footnotes") == sum(
            len(document.footnotes.rows) for document in documents if document.footnotes
        )

    def test_the_bytes_come_back_as_they_were(self, archive: Archive, texts: list[bytes], named: Named) -> None:
        archive.add(named(texts), jobs=1)
        for text in texts:
            accession = read(text).accession or ""
            assert archive.original(accession) == text
            assert archive.original(accession.replace("-", "")) == text

    def test_adding_again_changes_nothing(self, archive: Archive, texts: list[bytes], named: Named) -> None:
        archive.add(named(texts), jobs=1)
        before, generation = counts(archive), archive.ledger.generation()
        again = archive.add(named(texts), jobs=1)
        assert (again.new, again.known, again.files) == (0, len(texts), len(texts))
        assert counts(archive) == before
        assert archive.ledger.generation() == generation

    def test_one_bad_file_is_kept_aside_and_the_rest_goes_on(
        self, archive: Archive, texts: list[bytes], named: Named
    ) -> None:
        bad = [b"", b"<html>Access denied</html>", texts[3][: len(texts[3]) // 2]]
        added = archive.add(named([*texts[:5], *bad, *texts[5:]]), jobs=1)
        assert (added.new, added.rejected) == (len(texts), len(bad))
        kept = archive.ledger.connection.execute("select code, message, size from quarantine").fetchall()
        assert sorted(size for _, _, size in kept) == sorted(map(len, bad))
        assert all(code and message for code, message, _ in kept)

    def test_a_loose_report_becomes_an_alias_of_its_filing_whichever_comes_first(
        self, archive: Archive, texts: list[bytes], named: Named
    ) -> None:
        first, second = texts[:10], texts[10:20]
        archive.add(named([loose(text) for text in first]), jobs=1)
        added = archive.add(named(first + second), jobs=1)
        assert (added.new, added.joined) == (len(second), len(first))
        added = archive.add(named([loose(text) for text in second]), jobs=1)
        assert (added.new, added.joined) == (0, len(second))
        assert count(archive, "filings") == len(first) + len(second)
        assert archive.status().aliases == len(first) + len(second)
        keys = archive.sql("select accession from filings").fetchall()
        assert not [key for (key,) in keys if key.startswith("sha256:")]

    def test_another_report_under_the_same_number_is_kept_and_listed_and_the_first_stays(
        self, archive: Archive, texts: list[bytes], named: Named
    ) -> None:
        text = texts[0]
        name = read(text).document.reporting_owners[0].name or ""
        other = text.replace(
            f"<rptOwnerName>{name}</rptOwnerName>".encode(), b"<rptOwnerName>Somebody Else</rptOwnerName>"
        )
        assert other != text
        archive.add(named([text]), jobs=1)
        added = archive.add(named([other]), jobs=1)
        assert (added.new, added.conflicts) == (0, 1)
        accession = read(text).accession or ""
        assert archive.original(accession) == text
        assert [problem.accession for problem in archive.status().problems if "another report" in problem.message] == [
            accession
        ]
        assert count(archive, "filings") == 1

    def test_what_the_reader_of_an_as_of_time_sees_was_public_then(
        self, archive: Archive, texts: list[bytes], named: Named
    ) -> None:
        archive.add(named(texts), jobs=1)
        moments = sorted(moment for text in texts if (moment := read(text).accepted_at))
        middle = moments[len(moments) // 2]
        for table in TABLES:
            rows = archive.sql(f"select distinct accession from {table}", as_of=middle).fetchall()
            seen = {key for (key,) in rows}
            public = {read(text).accession for text in texts if (at := read(text).accepted_at) and at <= middle}
            assert seen <= public
        assert archive.sql("select count(*) from filings", as_of=middle).fetchone() == (
            sum(moment <= middle for moment in moments),
        )

    def test_numbers_are_exact(self, archive: Archive, texts: list[bytes], named: Named) -> None:
        archive.add(named(texts), jobs=1)
        columns = "accession, form_table, line, transaction_shares, transaction_price_per_share, value"
        found = {row[:3]: row[3:] for row in archive.sql(f"select {columns} from transactions").fetchall()}
        for text in texts:
            filing = read(text)
            for table, lines in (("I", filing.document.table_one), ("II", filing.document.table_two)):
                for line, row in enumerate(lines, 1):
                    if is_transaction(row):
                        shares, price = (_number(row, name) for name in ("shares", "price_per_share"))
                        value = None if shares is None or price is None else shares * price
                        assert found[filing.accession, table, line] == (shares, price, value)


def _number(row: Any, name: str) -> Decimal | None:
    cell = getattr(row.amounts, name) if row.amounts else None
    return cell.value if cell else None


def test_a_richer_container_stands_for_its_filing_also_where_an_index_was_made_before(
    archive: Archive, texts: list[bytes], named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding_room, "TAIL_BATCH", 0)
    archive.add(named([loose(text) for text in texts]), jobs=1)
    archive.index()
    monkeypatch.setattr(adding_room, "TAIL_BATCH", 256)
    archive.add(named(texts[:8]), jobs=1)
    assert count(archive, "filings") == len(texts)
    found = archive.sql("select accession from filings where source = 'full text'").fetchall()
    assert {key for (key,) in found} == {read(text).accession for text in texts[:8]}
    for name in ("transactions_by_issuer", "transactions"):
        assert count(archive, name) == count(archive, "transactions")


def test_a_joint_report_is_found_under_each_owner_and_counted_once(
    archive: Archive, texts: list[bytes], named: Named
) -> None:
    archive.add(named(texts), jobs=1)
    expected = archive.sql(
        "select count(*) from transactions t join (select distinct accession, rpt_owner_cik from owners) o "
        "using (accession)"
    ).fetchone()
    assert archive.sql("select count(*) from transactions_by_owner").fetchone() == expected


def test_the_tail_is_folded_into_a_shard_without_loss(
    archive: Archive, texts: list[bytes], named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add(named(texts[:30]), jobs=1)
    before = counts(archive)
    monkeypatch.setattr("section16.archive.archive.TAIL_LIMIT", 10)
    archive.add(named(texts[:31]), jobs=1)
    after = archive.status()
    assert (after.tail, after.shards, after.filings) == (0, 1, 31)
    assert counts(archive)["filings"] == before["filings"] + 1
    for text in texts[:31]:
        assert archive.original(read(text).accession or "") == text


def test_several_processes_add_what_one_adds(
    archive: Archive, texts: list[bytes], named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding_room, "TAIL_BATCH", 0)
    monkeypatch.setattr(adding_room, "SHARD_FILES", 15)
    added = archive.add(named(texts), jobs=2)
    assert added.new == len(texts) == count(archive, "filings")


def test_what_was_never_published_is_refused_and_its_codes_are_not_kept(
    archive: Archive, named: Named, texts: list[bytes]
) -> None:
    submitted = loose(texts[0]).replace(b"</rptOwnerCik>", b"</rptOwnerCik><rptOwnerCcc>abc$1234</rptOwnerCcc>")
    added = archive.add(named([submitted]), jobs=1)
    assert added.rejected == 1
    for file in archive.layout.root.rglob("*"):
        assert not file.is_file() or b"abc$1234" not in file.read_bytes()


@pytest.mark.parametrize(
    "question",
    [
        "delete from filings",
        "create table x as select 1",
        "copy filings to 'x.csv'",
        "attach 'x.db'",
        "install httpfs",
        "set memory_limit='1MB'",
        "select 1; select 2",
        "select * from read_csv('pyproject.toml')",
        "select * from read_text('pyproject.toml')",
        "select nonsense",
        "",
    ],
)
def test_only_reading_questions_are_answered(archive: Archive, question: str) -> None:
    with pytest.raises(UsageError):
        archive.sql(question).fetchall()


def test_a_text_that_cannot_be_read_as_its_column_is_null_and_stands_word_for_word(
    archive: Archive, texts: list[bytes], named: Named
) -> None:
    text = next(text for text in texts if b"<transactionDate>" in text)
    day = text.split(b"<transactionDate>")[1].split(b"<value>")[1].split(b"</value>")[0]
    odd = text.replace(b"<value>" + day + b"</value>", b"<value>31 February</value>")
    archive.add(named([odd]), jobs=1)
    found = archive.sql("select transaction_date, unread from transactions order by form_table, line").fetchall()
    assert (None, '{"transaction_date": "31 February"}') in found


def test_an_acceptance_time_is_kept_on_the_clock_and_as_a_moment(
    archive: Archive, texts: list[bytes], named: Named
) -> None:
    archive.add(named(texts), jobs=1)
    for text in texts:
        filing = read(text)
        assert filing.accepted_at is not None
        row = archive.sql(
            f"select accepted_at, public_at from filings where accession = '{filing.accession}'"
        ).fetchone()
        assert row is not None
        eastern = filing.accepted_at.astimezone(ZoneInfo("America/New_York"))
        assert row[0] == eastern.replace(tzinfo=None)
        assert row[1] == filing.accepted_at.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        assert isinstance(row[1], datetime)


def test_a_number_with_more_places_than_a_column_holds_is_not_rounded(
    archive: Archive, texts: list[bytes], named: Named
) -> None:
    text = next(
        text for text in texts if b"<transactionPricePerShare><value>" in text.replace(b"\n", b"").replace(b" ", b"")
    )
    head, tail = text.split(b"<transactionPricePerShare>", 1)
    value = tail.split(b"<value>")[1].split(b"</value>")[0]
    long = text.replace(b"<value>" + value + b"</value>", b"<value>1.00000000000000001</value>", 1)
    assert head
    assert isinstance(Decimal(value.decode()), Decimal)
    archive.add(named([long]), jobs=1)
    rows = archive.sql("select unread from transactions union all select unread from holdings").fetchall()
    assert any(unread and "1.00000000000000001" in unread for (unread,) in rows)


@pytest.mark.parametrize("order", list(permutations(("full", "untimed", "nc", "xml"))))
def test_in_whatever_order_the_containers_of_a_filing_come_the_richest_header_stands(
    archive: Archive, texts: list[bytes], order: tuple[str, ...]
) -> None:
    text = texts[2]
    untimed = b"\n".join(line for line in text.splitlines() if not line.startswith(b"<ACCEPTANCE-DATETIME>"))
    shapes = {"full": text, "untimed": untimed, "nc": daily_feed_file(text), "xml": loose(text)}
    added = [archive.add([Incoming(name=name, data=shapes[name])], jobs=1) for name in order]
    assert [(one.new, one.joined) for one in added] == [(1, 0), (0, 1), (0, 1), (0, 1)]
    assert archive.sql("select source, accepted_at is null from filings").fetchall() == [("full text", False)]
    assert archive.verify(jobs=1).clean
