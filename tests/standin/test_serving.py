from __future__ import annotations

import gzip
import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from section16.edgar import dissemination_paths as paths
from section16.edgar.newest_filings import read_newest
from section16.errors import ConflictError, StorageError, UsageError
from section16.standin import Standin, busiest_second, running
from section16.standin.catalogue import Listed

AGENT = {"User-Agent": "Test test@example.com"}


class Got:
    """An answer as it came over the wire; `whole` says whether all that was promised arrived."""

    def __init__(self, status: int, headers: http.client.HTTPMessage, body: bytes, *, whole: bool) -> None:
        self.status = status
        self.headers = headers
        self.body = body
        self.whole = whole


def ask(here: Standin, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Got:
    connection = http.client.HTTPConnection(here.url.removeprefix("http://"), timeout=10)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {**AGENT, **sent})
        answer = connection.getresponse()
        try:
            return Got(answer.status, answer.headers, answer.read(), whole=True)
        except http.client.IncompleteRead as error:
            return Got(answer.status, answer.headers, error.partial, whole=False)
    finally:
        connection.close()


@pytest.fixture(scope="module")
def shared(folder: Path) -> Iterator[Standin]:
    with running(folder, rate_rule=False, hold=5) as here:
        yield here


@pytest.fixture
def here(shared: Standin) -> Iterator[Standin]:
    """A stand-in without the rate rule; faults that a test switches on are off again after it."""
    yield shared
    shared.set_faults()


def filing(here: Standin) -> Listed:
    return here.scanned.catalogue.filings[0]


def address(one: Listed) -> str:
    return paths.submission_path(str(one.parties[0].cik), one.accession)


def stored(one: Listed) -> bytes:
    return Path(one.place.path).read_bytes()


def test_a_filing_comes_as_it_lies_in_the_folder(here: Standin) -> None:
    got = ask(here, address(filing(here)))
    assert (got.status, got.body) == (200, stored(filing(here)))
    assert got.headers["Content-Length"] == str(len(got.body))
    assert abs(parsedate_to_datetime(got.headers["Date"]).timestamp() - time.time()) < 5


def test_what_is_asked_for_again_is_answered_with_not_modified(here: Standin) -> None:
    first = ask(here, address(filing(here)))
    again = ask(here, address(filing(here)), If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    since = ask(here, address(filing(here)), If_Modified_Since=first.headers["Last-Modified"])
    assert since.status == 304
    assert here.requests[-1].conditional


def test_a_large_file_comes_in_parts_that_fit(here: Standin) -> None:
    path = paths.daily_feed_path(filing(here).filed_on)
    whole = ask(here, path)
    assert whole.headers["Content-Type"] == "application/x-gzip"
    half = len(whole.body) // 2
    rest = ask(here, path, Range=f"bytes={half}-", If_Range=whole.headers["ETag"])
    assert rest.status == 206
    assert whole.body[:half] + rest.body == whole.body
    assert ask(here, path, Range="bytes=99999999-").status == 416


def test_an_index_is_gzipped_on_its_way(here: Standin) -> None:
    path = paths.daily_index_path(filing(here).filed_on)
    packed = ask(here, path, Accept_Encoding="gzip, deflate")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == ask(here, path).body


def test_head_has_the_headers_alone_and_nothing_can_be_sent(here: Standin) -> None:
    head = ask(here, address(filing(here)), "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(filing(here).size)
    assert ask(here, address(filing(here)), "POST", "x").status == 405
    assert ask(here, address(filing(here)), "DELETE").status == 405


def test_who_does_not_say_who_it_is_gets_403(here: Standin) -> None:
    got = ask(here, address(filing(here)), User_Agent="curl/8")
    assert got.status == 403
    assert here.requests[-1].refused == "contact"
    assert ask(here, "/", User_Agent="a browser").status == 200


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1.example.com", "localhost@example.com:80", ""])
def test_a_page_elsewhere_can_not_ask_through_a_browser(here: Standin, host: str) -> None:
    assert ask(here, "/", Host=host).status == 400


def test_the_eleventh_request_in_a_second_brings_a_block(folder: Path) -> None:
    with running(folder, block=0.6) as here:
        started = time.monotonic()
        statuses = [ask(here, "/files/company_tickers.json").status for _ in range(12)]
        assert time.monotonic() - started < 1, "the machine is too slow to break the rule"
        assert statuses == [200] * 10 + [429] * 2
        refused = ask(here, "/files/company_tickers.json")
        assert (refused.status, refused.headers["Retry-After"]) == (429, "1")
        time.sleep(1.1)
        assert ask(here, "/files/company_tickers.json").status == 200
        assert [request.refused for request in here.requests][10:13] == ["rate"] * 3
        assert busiest_second(request.time for request in here.requests) >= 11


@pytest.mark.parametrize("status", [403, 404, 429, 500, 502, 503, 504])
def test_a_fault_of_status(here: Standin, status: int) -> None:
    here.set_faults(f"{status}=1x")
    got = ask(here, address(filing(here)))
    assert got.status == status
    assert got.headers["Content-Type"] == "text/html"
    assert ("Retry-After" in got.headers) == (status in {429, 503})
    assert ask(here, address(filing(here))).status == 200
    assert here.requests[-2].faults == (str(status),)


def test_how_long_to_wait_can_be_said(here: Standin) -> None:
    here.set_faults("429=7s")
    assert ask(here, "/files/company_tickers.json").headers["Retry-After"] == "7"


def test_a_truncated_answer_breaks_off(here: Standin) -> None:
    here.set_faults("truncated=1x")
    got = ask(here, address(filing(here)))
    assert not got.whole
    assert got.headers["Content-Length"] == str(filing(here).size)
    assert len(got.body) < filing(here).size
    assert stored(filing(here)).startswith(got.body)
    rest = ask(here, address(filing(here)), Range=f"bytes={len(got.body)}-")
    assert got.body + rest.body == stored(filing(here))


def test_a_wrong_length_looks_whole(here: Standin) -> None:
    here.set_faults("wrong-length")
    got = ask(here, address(filing(here)))
    assert got.whole
    assert got.headers["Content-Length"] == str(len(got.body))
    assert len(got.body) < filing(here).size


@pytest.mark.parametrize("fault", ["changed", "corrupt", "rebuilt"])
def test_content_that_is_another(here: Standin, fault: str) -> None:
    tag = ask(here, address(filing(here))).headers["ETag"]
    here.set_faults(fault)
    got = ask(here, address(filing(here)))
    assert (got.body == stored(filing(here))) == (fault == "rebuilt")
    assert len(got.body) == filing(here).size
    assert got.headers["ETag"] != tag


def test_a_rest_of_something_rebuilt_is_sent_whole(here: Standin) -> None:
    path = paths.daily_feed_path(filing(here).filed_on)
    tag = ask(here, path).headers["ETag"]
    here.set_faults("rebuilt")
    assert ask(here, path, Range="bytes=10-", If_Range=tag).status == 200


def test_slow_bytes_and_a_late_answer_take_their_time(here: Standin) -> None:
    here.set_faults("slow=40kB/s")
    started = time.monotonic()
    assert ask(here, address(filing(here))).body == stored(filing(here))
    assert time.monotonic() - started >= filing(here).size / 40_000 * 0.9
    here.set_faults("delay=150ms")
    started = time.monotonic()
    assert ask(here, "/").status == 200
    assert 0.15 <= time.monotonic() - started < 2


def test_an_outage_gives_no_answer_at_all(here: Standin) -> None:
    here.set_faults("outage")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        ask(here, "/")
    assert here.requests[-1].status == 0
    here.set_faults()
    assert ask(here, "/").status == 200


def test_a_block_page_and_an_empty_list_are_served_with_200(here: Standin) -> None:
    here.set_faults("block-page")
    got = ask(here, paths.TICKERS_PATH)
    assert (got.status, got.headers["Content-Type"]) == (200, "text/html")
    here.set_faults("empty-list")
    got = ask(here, paths.newest_path("4", 0, 40))
    assert (got.status, read_newest(got.body)) == (200, [])
    assert ask(here, address(filing(here))).body == stored(filing(here))


def test_a_skewed_clock_and_a_way_elsewhere(here: Standin) -> None:
    here.set_faults("clock-skew=-10m")
    date = parsedate_to_datetime(ask(here, "/").headers["Date"]).timestamp()
    assert 590 < time.time() - date < 610
    here.set_faults("redirect")
    got = ask(here, address(filing(here)))
    assert (got.status, got.headers["Location"]) == (302, f"https://www.example.invalid{address(filing(here))}")


def test_faults_of_one_seed_are_the_same_whoever_asks_when(folder: Path) -> None:
    def run(seed: int, order: int) -> dict[str, int]:
        with running(folder, rate_rule=False, faults=["5xx=0.3", "404=0.1"], fault_seed=seed) as here:
            wanted = [address(one) for one in here.scanned.catalogue.filings][::order]
            with ThreadPoolExecutor(4) as pool:
                return dict(zip(wanted, pool.map(lambda path: ask(here, path).status, wanted), strict=True))

    first = run(1, 1)
    assert {200, 404} < set(first.values())
    assert run(1, -1) == first
    assert run(2, 1) != first


def order(here: Standin, path: str, body: str | None = None, token: str | None = None) -> Got:
    bearer = f"Bearer {here.token if token is None else token}"
    return ask(here, f"/_standin/{path}", "GET" if body is None else "POST", body, Authorization=bearer)


def test_whoever_has_the_token_switches_faults_and_publishes(here: Standin) -> None:
    assert json.loads(order(here, "faults", '{"faults": ["429=0.5", "delay=10ms@/a*"]}').body)["faults"] == [
        "429=0.5",
        "delay=0.01s@/a*",
    ]
    here.set_faults()
    held = here.scanned.catalogue.filings[here.public]
    assert ask(here, address(held)).status == 404
    assert json.loads(order(here, "publish", '{"count": 1}').body)["public"] == here.public
    assert ask(here, address(held)).body == stored(held)
    assert json.loads(order(here, "state").body)["filings"] == 60


@pytest.mark.parametrize("token", ["", "wrong", "ÿ"])
def test_nobody_else_does(here: Standin, token: str) -> None:
    got = order(here, "faults", '{"faults": ["outage"]}', token=token)
    assert got.status == 401
    assert here.token.encode() not in got.body
    assert ask(here, "/").status == 200


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("faults", '{"faults": ["nonsense"]}', 400),
        ("faults", '{"faults": 3}', 400),
        ("faults", '{"fault": []}', 400),
        ("publish", "nonsense", 400),
        ("publish", "x" * 200_000, 400),
        ("publish", None, 404),
        ("elsewhere", "{}", 404),
    ],
)
def test_orders_that_make_no_sense_are_refused(here: Standin, path: str, body: str | None, status: int) -> None:
    got = order(here, path, body)
    assert (got.status, "error" in json.loads(got.body)) == (status, True)


def test_every_request_is_a_line_of_the_log(folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    with running(folder, log=log, faults=["404=1x@/files/*"]) as here:
        before = time.time()
        ask(here, "/files/company_tickers.json?a=b")
        ask(here, address(filing(here)), Range="bytes=0-99")
        order(here, "state")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(line["path"], line["status"]) for line in lines] == [
        ("/files/company_tickers.json", 404),
        (address(here.scanned.catalogue.filings[0]), 206),
    ]
    assert lines[0]["query"] == "a=b"
    assert lines[0]["faults"] == ["404"]
    assert (lines[1]["range"], lines[1]["bytes"], lines[1]["agent"]) == ("bytes=0-99", 100, AGENT["User-Agent"])
    assert all(before <= line["time"] <= time.time() for line in lines)


def test_generated_filings_are_served_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with running(generate=20, seed=4) as here:
        assert here.public == 20
        assert ask(here, address(filing(here))).body.startswith(b"<SEC-DOCUMENT>")
        assert any(tmp_path.iterdir())
    assert not any(tmp_path.iterdir())
    with pytest.raises(ConnectionRefusedError):
        ask(here, "/")


def test_a_port_that_is_taken_and_manners_that_are_none_are_said(here: Standin, folder: Path) -> None:
    with pytest.raises(ConflictError, match="PORT_TAKEN"), running(folder, port=int(here.url.rpartition(":")[2])):
        pass
    with pytest.raises(StorageError), running(folder, log=folder):
        pass
    with pytest.raises(UsageError), running(folder, haste=True):
        pass
    with pytest.raises(UsageError), running(folder, faults=["nonsense"]):
        pass
