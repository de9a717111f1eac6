"""Sync against the stand-in: what it plans, what it fetches, what it remembers, with each fault and after each stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

import httpx2
import msgspec
import pytest

from section16.edgar.containers import OWNERSHIP_FORMS
from section16.edgar.dissemination_paths import quarterly_index_path
from section16.edgar.filing_index import IndexLine
from section16.edgar.filing_index_writer import write_index
from section16.errors import RemoteError, UsageError
from section16.samples import generate, write_samples
from section16.sources.day_notes import day_note, is_fetched, list_digest
from section16.sources.edgar_host import edgar_host
from section16.sources.planning import Wish, forms_named, plan
from section16.sources.roads import Costs, Plan, duration
from section16.sources.syncing import Synced, sync
from section16.standin.running import Standin, running

if TYPE_CHECKING:
    from tests.sources.conftest import MakeClient, MemoryKeeper, PlayedClock

    from section16.sources.client import EdgarClient


FIRST, LAST = date(2006, 4, 24), date(2006, 5, 19)
Answers = Callable[[httpx2.Request], httpx2.Response]
Sound = dict[Costs, tuple[dict[str, bytes], dict[str, str]]]
ALL = Wish(since=FIRST, until=LAST)
ONE_BY_ONE = Costs(feed_worth=1e9, dataset_worth=1e9)
BY_FEED = Costs(feed_worth=0, dataset_worth=1e9)


@pytest.fixture(scope="module")
def standin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standin]:
    """A stand-in that publishes two months, without the rule on rates: time is played here."""
    folder = tmp_path_factory.mktemp("published") / "filings"
    write_samples((one for one in generate(1500, 5) if FIRST <= one.filed_on <= LAST), folder)
    with running(folder, rate_rule=False) as found:
        yield found


@pytest.fixture(scope="module")
def sound() -> Sound:
    """What a sync without faults leaves, by its costs."""
    return {}


@pytest.fixture
def now(clock: PlayedClock) -> None:
    """The day after the last."""
    clock._begin = datetime(2006, 5, 20, 15, 0, tzinfo=UTC)


@pytest.fixture
def client(standin: Standin, client_of: MakeClient, now: None) -> EdgarClient:  # noqa: ARG001 - sets the clock
    standin.set_faults()
    return client_of(host=edgar_host(standin.url))


@pytest.fixture
def whole(standin: Standin, client: EdgarClient, keeper: MemoryKeeper) -> MemoryKeeper:
    """The archive as a sync without faults leaves it."""
    run(keeper, client)
    assert len(keeper.files) == standin.public > 10
    return keeper


def run(keeper: MemoryKeeper, client: EdgarClient, wish: Wish = ALL, costs: Costs = ONE_BY_ONE) -> Synced:
    return sync(keeper, plan(keeper, client, wish, costs), client, workers=1)


def test_a_sync_brings_all_and_marks_the_days(whole: MemoryKeeper, client: EdgarClient) -> None:
    note = day_note(whole, date(2006, 5, 15))
    assert note is not None
    assert note.forms == tuple(sorted(OWNERSHIP_FORMS))
    assert plan(whole, client, ALL).filings == 0
    assert plan(whole, client, ALL).days == ()


def test_a_second_sync_changes_nothing(whole: MemoryKeeper, client: EdgarClient) -> None:
    files, notes, adds = dict(whole.files), dict(whole.notes), whole.adds
    run(whole, client)
    assert (whole.files, whole.notes, whole.adds) == (files, notes, adds)


FAULTS = [
    "delay=5ms:0.3",
    "slow=300kB/s:0.1",
    "403=0.2",
    "429=0.2",
    "404=0.1@/Archives/edgar/data/*",
    "5xx=0.3",
    "truncated=0.3",
    "wrong-length=0.3",
    "rebuilt=0.3",
    "corrupt=0.2",
    "block-page=0.1",
    "empty-list=0.3",
    "redirect=0.2",
    "clock-skew=300s",
]


@pytest.mark.parametrize("costs", [ONE_BY_ONE, BY_FEED], ids=["one by one", "by feed"])
@pytest.mark.parametrize("fault", FAULTS)
def test_with_each_fault_the_archive_ends_the_same(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper, fault: str, costs: Costs, sound: Sound
) -> None:
    if costs not in sound:
        run(keeper, client, costs=costs)
        sound[costs] = dict(keeper.files), dict(keeper.notes)
        keeper.files.clear()
        keeper.notes.clear()
    standin.set_faults(fault)
    done = run(keeper, client, costs=costs)
    assert (keeper.files, keeper.notes) == sound[costs]
    assert (done.problems, done.missing) == ([], [])


def test_an_outage_stops_a_sync_and_the_next_goes_on(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper
) -> None:
    planned = plan(keeper, client, ALL, ONE_BY_ONE)
    standin.set_faults("outage")
    with pytest.raises(RemoteError, match="EDGAR_FAILED"):
        sync(keeper, planned, client, workers=1)
    standin.set_faults()
    run(keeper, client)
    assert len(keeper.files) == standin.public


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("after", [0, 1, 2, 5, 8, 13])
def test_a_kill_after_any_write_loses_and_doubles_nothing(
    client: EdgarClient, keeper: MemoryKeeper, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    everything = plan(keeper, client, ALL).days
    left = after
    writes = {name: getattr(keeper, name) for name in ("add", "note")}

    def counted(name: str) -> Callable[..., object]:
        def write(*arguments: object) -> object:
            nonlocal left
            if not left:
                raise Killed
            left -= 1
            return writes[name](*arguments)

        return write

    with monkeypatch.context() as patched:
        for name in writes:
            patched.setattr(keeper, name, counted(name))
        with pytest.raises(Killed):
            run(keeper, client)
    for part in everything:
        if is_fetched(keeper, part.day, OWNERSHIP_FORMS):
            assert {filing.accession for filing in part.listed} <= keeper.files.keys()
    before = dict(keeper.files)
    done = run(keeper, client)
    assert done.added.known == 0
    assert before.items() <= keeper.files.items()
    assert plan(keeper, client, ALL).filings == 0


def test_a_stop_that_was_asked_for_keeps_what_came(client: EdgarClient, keeper: MemoryKeeper) -> None:
    planned = plan(keeper, client, ALL, ONE_BY_ONE)
    done = sync(keeper, planned, client, workers=1, stopping=lambda: len(keeper.files) >= 5)
    assert done.is_stopped
    assert 5 <= len(keeper.files) == done.fetched < planned.filings


def test_several_workers_bring_the_same(client: EdgarClient, keeper: MemoryKeeper, standin: Standin) -> None:
    sync(keeper, plan(keeper, client, ALL, ONE_BY_ONE), client, workers=4)
    assert len(keeper.files) == standin.public


def test_a_day_done_for_some_forms_is_open_for_the_others(client: EdgarClient, keeper: MemoryKeeper) -> None:
    threes = msgspec.structs.replace(ALL, forms=forms_named("3"))
    run(keeper, client, threes)
    day = date(2006, 5, 15)
    assert is_fetched(keeper, day, {"3"})
    assert not is_fetched(keeper, day, {"3", "4"})
    run(keeper, client)
    assert is_fetched(keeper, day, OWNERSHIP_FORMS)
    run(keeper, client, threes)
    assert is_fetched(keeper, day, OWNERSHIP_FORMS)


@pytest.mark.parametrize(
    "fault", ["block-page@*/master.20060515.idx", "empty-list@*/master.20060515.idx", "5xx@*15.idx"]
)
def test_a_day_without_a_sound_index_is_never_marked(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper, fault: str
) -> None:
    standin.set_faults(fault)
    try:
        done = run(keeper, client)
    except RemoteError:
        done = None
    assert not is_fetched(keeper, date(2006, 5, 15), OWNERSHIP_FORMS)
    assert done is None or any("2006-05-15" in words for words in done.problems)


def test_a_filing_that_edgar_lists_and_lacks_is_said_and_asked_for_again(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper
) -> None:
    gone = plan(keeper, client, ALL).days[-1].lacking[0]
    standin.set_faults(f"404@*{gone.accession}.txt")
    assert run(keeper, client).missing == [gone.accession]
    standin.set_faults()
    assert run(keeper, client).missing == []
    assert gone.accession in keeper.files


def test_a_filing_that_is_not_there_at_first_is_asked_for_again(
    standin: Standin, client: EdgarClient, keeper: MemoryKeeper
) -> None:
    standin.set_faults("404=1x")
    assert run(keeper, client).missing == []
    assert len(keeper.files) == standin.public


def test_a_filers_list_brings_its_filings_and_marks_no_day(
    client: EdgarClient, keeper: MemoryKeeper, standin: Standin
) -> None:
    some = plan(keeper, client, ALL).days[-1].listed[0]
    for filer in some.ciks:
        run(keeper, client, Wish(issuer=filer))
    assert some.accession in keeper.files
    assert 0 < len(keeper.files) < standin.public
    assert keeper.notes == {}
    assert plan(keeper, client, Wish(issuer=some.ciks[0], owner=some.ciks[-1])).filings == 0
    with pytest.raises(UsageError, match="no company for the symbol"):
        plan(keeper, client, Wish(issuer="ZZZZZ"))


def test_the_hash_of_a_day_does_not_depend_on_the_index(client: EdgarClient, keeper: MemoryKeeper) -> None:
    daily = plan(keeper, client, ALL).days
    client.clock._begin = datetime(2006, 7, 10, 15, 0, tzinfo=UTC)  # type: ignore[attr-defined] # the quarter is over
    quarterly = plan(keeper, client, msgspec.structs.replace(ALL, until=date(2006, 6, 30))).days
    by_day = {part.day: list_digest(part.listed) for part in quarterly}
    assert daily
    for part in daily:
        assert by_day[part.day] == list_digest(part.listed)


def quarter_of_lines(count: int) -> bytes:
    lines = [
        IndexLine(
            form="4",
            company=f"COMPANY {number}",
            cik=str(number + 1),
            filed_on=date(2023, 4, 3 + number % 20),
            accession=f"{number // 2:010}-23-000001",
        )
        for number in range(count)
    ]
    return write_index(lines, "master", date(2023, 6, 30))


def published(
    index: bytes, others: Mapping[str, bytes] = MappingProxyType({})
) -> Callable[[httpx2.Request], httpx2.Response]:
    """An EDGAR with one quarter's index and whatever else is named by the last part of its path."""
    files = {quarterly_index_path(2023, 2).rpartition("/")[2]: index, **others}

    def answer(request: httpx2.Request) -> httpx2.Response:
        name = request.url.path.rpartition("/")[2]
        data = files.get(name)
        if name == "index.json" and "Feed" not in request.url.path:
            data = None
        return httpx2.Response(200 if data else 404, stream=httpx2.ByteStream(data or b""))

    return answer


QUARTER = Wish(since=date(2023, 4, 1), until=date(2023, 6, 30))


def planned(
    client_of: MakeClient,
    keeper: MemoryKeeper,
    count: int,
    wish: Wish = QUARTER,
    others: Mapping[str, bytes] = MappingProxyType({}),
) -> Plan:
    return plan(keeper, client_of(published(quarter_of_lines(count), others)), wish)


def test_a_quarter_of_a_hundred_thousand_entries_is_planned_in_five_seconds(
    client_of: MakeClient, keeper: MemoryKeeper
) -> None:
    client = client_of(published(quarter_of_lines(100_000)))
    began = time.process_time()
    found = plan(keeper, client, QUARTER)
    assert time.process_time() - began < 4
    assert found.filings == 50_000
    assert found.words() == ["50,000 filings, about 104 minutes"]


def test_what_is_there_is_not_in_the_plan(client_of: MakeClient, keeper: MemoryKeeper) -> None:
    keeper.files = {f"{number:010}-23-000001": b"" for number in range(100)}
    assert planned(client_of, keeper, 1000).filings == 400


DATASETS = {
    "insider-transactions-data-sets": b'<a href="/files/structureddata/data/x/2023q2_form345.zip">2023 Q2</a>',
}


def test_a_whole_quarter_that_takes_long_comes_as_its_data_set(client_of: MakeClient, keeper: MemoryKeeper) -> None:
    found = planned(client_of, keeper, 20_000, others=DATASETS)
    assert [part.path for part in found.datasets] == ["/files/structureddata/data/x/2023q2_form345.zip"]
    assert found.days == ()
    assert found.words()[0] == "10,000 filings, about 3 seconds"
    assert "rounded to cents" in found.words()[1]


@pytest.mark.parametrize(
    ("count", "wish"),
    [
        (2_000, QUARTER),
        (20_000, msgspec.structs.replace(QUARTER, originals=True)),
        (20_000, msgspec.structs.replace(QUARTER, since=date(2023, 4, 2))),
        (20_000, msgspec.structs.replace(QUARTER, until=date(2023, 6, 29))),
    ],
)
def test_short_partial_and_original_quarters_come_one_by_one(
    client_of: MakeClient, keeper: MemoryKeeper, count: int, wish: Wish
) -> None:
    found = planned(client_of, keeper, count, wish, DATASETS)
    assert found.datasets == ()
    assert found.filings == count // 2


def test_a_data_set_is_taken_once_and_counts_as_the_quarter(client_of: MakeClient, keeper: MemoryKeeper) -> None:
    others = DATASETS | {"2023q2_form345.zip": b"PK of the quarter"}
    client = client_of(published(quarter_of_lines(20_000), others))
    taken: list[tuple[bytes, str]] = []
    done = sync(
        keeper,
        plan(keeper, client, QUARTER),
        client,
        add_dataset=lambda file, origin: taken.append((file.read_bytes(), origin)),
    )
    assert taken == [(b"PK of the quarter", "https://www.sec.gov/files/structureddata/data/x/2023q2_form345.zip")]
    assert (done.datasets, done.problems) == (1, [])
    assert plan(keeper, client, QUARTER).filings == 0
    assert plan(keeper, client, msgspec.structs.replace(QUARTER, originals=True)).filings == 10_000


def test_a_feed_is_the_road_only_where_it_is_quicker(client_of: MakeClient, keeper: MemoryKeeper) -> None:
    items = [
        {"name": f"2023040{day}.nc.tar.gz", "size": size} for day, size in ((3, "40 MB"), (4, "2 GB"), (5, "40 MB"))
    ]
    listing = msgspec.json.encode({"directory": {"item": items}})
    found = planned(
        client_of, keeper, 40_000, msgspec.structs.replace(QUARTER, originals=True), {"index.json": listing}
    )
    assert [part.day.day for part in found.days if part.feed] == [3, 5]
    small = planned(client_of, keeper, 4_000, msgspec.structs.replace(QUARTER, originals=True), {"index.json": listing})
    assert not any(part.feed for part in small.days)


@pytest.mark.parametrize("size", [1, 5, 100])
def test_a_cut_index_of_a_quarter_marks_nothing(client_of: MakeClient, keeper: MemoryKeeper, size: int) -> None:
    client = client_of(published(quarter_of_lines(1000).rstrip()[:-size]))
    found = plan(keeper, client, QUARTER)
    assert (found.filings, found.days) == (0, ())
    assert "INDEX_INVALID" in found.problems[0]


@pytest.mark.parametrize(
    ("since", "until", "absent"),
    [
        (date(2023, 1, 1), date(2023, 6, 30), ["2023 quarter 1"]),
        (date(2023, 4, 1), date(2023, 12, 31), []),
        (date(2022, 7, 1), date(2022, 12, 31), ["2022 quarter 3", "2022 quarter 4"]),
    ],
    ids=["a gap", "no further", "none at all"],
)
def test_a_quarter_without_an_index_is_a_problem_unless_edgar_goes_no_further(
    client_of: MakeClient, keeper: MemoryKeeper, since: date, until: date, absent: list[str]
) -> None:
    index = quarter_of_lines(100)

    def answer(request: httpx2.Request) -> httpx2.Response:
        is_there = "2023/QTR2/master" in request.url.path
        return httpx2.Response(200 if is_there else 404, stream=httpx2.ByteStream(index if is_there else b""))

    found = plan(keeper, client_of(answer), Wish(since=since, until=until, originals=True))
    assert [words.split(":")[0].removeprefix("index of ") for words in found.problems] == absent


def test_a_sync_over_days_needs_a_first_day(client_of: MakeClient, keeper: MemoryKeeper) -> None:
    with pytest.raises(UsageError):
        planned(client_of, keeper, 10, Wish())


@pytest.mark.parametrize(
    ("words", "forms"), [("4", {"4", "4/A"}), (" 3,5/A ", {"3", "3/A", "5/A"}), ("3,4,5", set(OWNERSHIP_FORMS))]
)
def test_a_form_brings_its_amendments(words: str, forms: set[str]) -> None:
    assert forms_named(words) == forms


@pytest.mark.parametrize("words", ["", "10-K", "4,424B5", "4/B"])
def test_other_forms_are_refused(words: str) -> None:
    with pytest.raises(UsageError):
        forms_named(words)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (59, "59 seconds"),
        (540, "9 minutes"),
        (7_000, "117 minutes"),
        (9_000, "2 hours"),
        (5e5, "6 days"),
    ],
)
def test_durations_are_said_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words
