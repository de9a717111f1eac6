"""Watching the stand-in's feed of newest filings: no gaps, no doubles, whatever happens between the rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.edgar.containers import OWNERSHIP_FORMS
from section16.samples import generate, write_samples
from section16.sources.day_notes import is_fetched
from section16.sources.edgar_host import edgar_host
from section16.sources.watching import Watch, watch
from section16.standin.running import Standin, running

if TYPE_CHECKING:
    from tests.sources.conftest import MakeClient, MemoryKeeper, PlayedClock

    from section16.sources.client import EdgarClient

FIRST, LAST = date(2006, 5, 8), date(2006, 5, 19)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Filings of two weeks."""
    found = tmp_path_factory.mktemp("published") / "filings"
    write_samples((one for one in generate(1500, 5) if FIRST <= one.filed_on <= LAST), found)
    return found


@pytest.fixture
def standin(folder: Path) -> Iterator[Standin]:
    """A stand-in that has published nothing yet."""
    with running(folder, rate_rule=False, hold=10_000) as found:
        yield found


@pytest.fixture
def client(standin: Standin, client_of: MakeClient, clock: PlayedClock) -> EdgarClient:
    clock._begin = datetime(2006, 5, 8, 12, 0, tzinfo=UTC)
    return client_of(host=edgar_host(standin.url))


def advance(clock: PlayedClock, standin: Standin, count: int) -> None:
    """Publish so many filings and move the clock to half a minute after the last of them."""
    standin.publish(count)
    newest = standin.scanned.catalogue.filings[standin.public - 1].accepted_at
    clock.sleep(max(0.0, (newest.astimezone(UTC) + timedelta(seconds=30) - clock.now()).total_seconds()))


def test_filings_come_once_each_as_they_are_published(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper, clock: PlayedClock
) -> None:
    watcher = Watch(keeper, client, since=FIRST, workers=1)
    came: list[str] = []
    total = len(standin.scanned.catalogue)
    while standin.public < total:
        advance(clock, standin, 3)
        one = watcher.round()
        assert one.problems == ()
        came += one.new
        assert len(came) == standin.public
    assert sorted(came) == sorted(keeper.files)
    assert watcher.round().new == ()


def test_days_that_ended_are_proved_by_their_index(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper, clock: PlayedClock
) -> None:
    watcher = Watch(keeper, client, since=FIRST, workers=1)
    advance(clock, standin, 10_000)
    one = watcher.round()
    assert is_fetched(keeper, standin.scanned.catalogue.filings[0].accepted_at.date(), OWNERSHIP_FORMS)
    assert one.owed_since >= LAST - timedelta(days=4)


def test_a_long_absence_leaves_no_gap_though_the_feed_is_short(
    folder: Path, client_of: MakeClient, keeper: MemoryKeeper, clock: PlayedClock
) -> None:
    clock._begin = datetime(2006, 5, 8, 12, 0, tzinfo=UTC)
    with running(folder, rate_rule=False, hold=10_000, feed_entries=4) as standin:
        client = client_of(host=edgar_host(standin.url))
        advance(clock, standin, 1)
        assert len(Watch(keeper, client, since=FIRST, workers=1).round().new) == 1
        advance(clock, standin, 10_000)
        clock.sleep(86_400 * 3)
        one = Watch(keeper, client, workers=1).round()
        assert not one.is_whole
        assert len(keeper.files) == len(standin.scanned.catalogue)


@pytest.mark.parametrize(
    "fault",
    [
        "403=0.2",
        "429=0.2",
        "5xx=0.3",
        "truncated=0.3",
        "wrong-length=0.3",
        "corrupt=0.2",
        "block-page=0.2",
        "empty-list=0.4",
    ],
)
def test_with_each_fault_the_same_filings_come(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper, clock: PlayedClock, fault: str
) -> None:
    standin.set_faults(fault)
    watcher = Watch(keeper, client, since=FIRST, workers=1)
    total = len(standin.scanned.catalogue)
    came: list[str] = []
    while standin.public < total:
        advance(clock, standin, 5)
        came += watcher.round().new
    clock.sleep(86_400 * 4)
    came += watcher.round().new
    assert len(came) == len(set(came)) == total
    assert set(keeper.files) == set(came)


def test_an_outage_is_a_problem_of_its_round_only(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper, clock: PlayedClock
) -> None:
    watcher = Watch(keeper, client, since=FIRST, workers=1)
    advance(clock, standin, 4)
    standin.set_faults("outage")
    one = watcher.round()
    assert "EDGAR_FAILED" in one.problems[0]
    assert keeper.files == {}
    standin.set_faults()
    assert len(watcher.round().new) == 4


def test_a_filing_in_the_feed_that_is_not_there_yet_is_waited_for(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper, clock: PlayedClock
) -> None:
    watcher = Watch(keeper, client, since=FIRST, workers=1)
    advance(clock, standin, 2)
    watcher.round()
    before = watcher._note()
    advance(clock, standin, 1)
    late = standin.scanned.catalogue.filings[2].accession
    standin.set_faults(f"404@*{late}.txt")
    one = watcher.round()
    assert any(late in words for words in one.problems)
    assert watcher._note().until == before.until
    standin.set_faults()
    assert late in watcher.round().new
    assert watcher._note().until > before.until


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("after", range(6))
def test_a_kill_between_any_two_writes_is_made_up_for(
    standin: Standin,
    client: EdgarClient,
    keeper: MemoryKeeper,
    clock: PlayedClock,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    left = after
    writes: dict[str, Callable[..., object]] = {name: getattr(keeper, name) for name in ("add", "note")}

    def counted(name: str) -> Callable[..., object]:
        def write(*arguments: object) -> object:
            nonlocal left
            if not left:
                raise Killed
            left -= 1
            return writes[name](*arguments)

        return write

    came: list[str] = []
    with monkeypatch.context() as patched:
        for name in writes:
            patched.setattr(keeper, name, counted(name))
        try:
            while True:
                advance(clock, standin, 3)
                came += Watch(keeper, client, since=FIRST, workers=1).round().new
        except Killed:
            pass
    advance(clock, standin, 10_000)
    clock.sleep(86_400 * 4)
    Watch(keeper, client, since=FIRST, workers=1).round()
    assert len(keeper.files) == len(standin.scanned.catalogue)
    assert len(came) == len(set(came))


def test_rounds_keep_their_rhythm_and_end_when_asked(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper, clock: PlayedClock
) -> None:
    advance(clock, standin, 1)
    began = clock.monotonic()
    assert len(list(watch(keeper, client, since=FIRST, every=60, count=3, workers=1))) == 3
    assert 120 <= clock.monotonic() - began < 125
    assert list(watch(keeper, client, stopping=lambda: True)) == []
