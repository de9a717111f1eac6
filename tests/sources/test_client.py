from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import httpx2
import pytest

from section16.errors import RemoteError, SourceError, UsageError
from section16.sources.client import declared_contact
from section16.sources.manners import Manners

if TYPE_CHECKING:
    from tests.sources.conftest import MakeClient, PlayedClock

PATH = "/Archives/edgar/full-index/2023/QTR2/master.idx"
Answer = Callable[[httpx2.Request], httpx2.Response]
BLOCK_PAGE = b"<!DOCTYPE html><html><body><h1>Request Rate Threshold Exceeded</h1></body></html>"


def wanted(data: bytes) -> bytes:
    """A reader that takes one answer and no other."""
    if data != b"data":
        raise SourceError("INDEX_INVALID", "not the data")
    return data


def reply(status: int = 200, content: bytes = b"", **headers: str) -> Answer:
    """An answer as it comes over the line: made anew each time, its body still to be read."""
    named = {"Content-Length": str(len(content))} | {name.replace("_", "-"): value for name, value in headers.items()}

    def make(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(status, headers=named, stream=httpx2.ByteStream(content))

    return make


def failing(error: Exception) -> Answer:
    def fail(_: httpx2.Request) -> httpx2.Response:
        raise error

    return fail


class Script:
    """EDGAR as a list of answers, the last repeated; keeps the requests."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer(request)


def good() -> Answer:
    return reply(200, b"data")


def packed(data: bytes, packing: str = "gzip") -> Answer:
    return reply(200, data, Content_Encoding=packing)


class Dripping(httpx2.SyncByteStream):
    """A body that comes a byte every ten seconds of played time."""

    def __init__(self, clock: PlayedClock) -> None:
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(100):
            self._clock.sleep(10)
            yield b"x"


def test_every_request_says_who_asks(client_of: MakeClient) -> None:
    script = Script(good())
    assert client_of(script).get(PATH, wanted) == b"data"
    (request,) = script.requests
    assert request.headers["user-agent"] == "Example Research analyst@example.com"
    assert str(request.url) == f"https://www.sec.gov{PATH}"


@pytest.mark.parametrize("contact", ["", "  ", "Example Research", "a@b", "x@y.com\r\nHost: evil", "é@x.com"])
def test_without_a_contact_nothing_is_asked(contact: str) -> None:
    with pytest.raises(UsageError) as refused:
        declared_contact(contact)
    assert refused.value.code == "CONTACT_MISSING"


@pytest.mark.parametrize(
    "fault",
    [
        reply(500),
        reply(503, b"<html>busy</html>"),
        failing(httpx2.ConnectError("refused")),
        failing(httpx2.ReadTimeout("slow")),
        failing(httpx2.RemoteProtocolError("cut")),
        reply(200, b"data, but another's"),
        reply(200, b"dat", Content_Length="4"),
        reply(200, b"<html>maintenance</html>"),
        reply(200, b""),
        reply(206, b"data"),
        packed(b"data"),
        packed(gzip.compress(b"data")[:-5]),
        packed(gzip.compress(b"data") + b"more"),
    ],
)
def test_a_fault_is_asked_about_again(client_of: MakeClient, clock: PlayedClock, fault: Answer) -> None:
    script = Script(fault, good())
    assert client_of(script).get(PATH, wanted) == b"data"
    assert len(script.requests) == 2
    assert 0.2 < sum(clock.slept) < 2


def test_a_body_has_the_length_announced(client_of: MakeClient) -> None:
    script = Script(reply(200, b"dat", Content_Length="4"), reply(200, b"dates", Content_Length="4"), good())
    assert client_of(script).get(PATH, lambda data: data) == b"data"


def test_packed_answers_are_unpacked_and_bounded(client_of: MakeClient) -> None:
    assert client_of(Script(packed(gzip.compress(b"data")))).get(PATH, wanted) == b"data"
    bomb = Script(packed(gzip.compress(bytes(50_000_000))))
    with pytest.raises(SourceError) as refused:
        client_of(bomb, name="bomb").get(PATH, wanted, limit=1_000_000)
    assert refused.value.code == "LIMIT_SIZE"
    assert len(bomb.requests) == 1


def test_other_packing_than_asked_for_is_refused(client_of: MakeClient) -> None:
    with pytest.raises(RemoteError, match="EDGAR_FAILED"):
        client_of(Script(packed(zlib.compress(b"data"), "deflate"))).get(PATH, wanted)


def test_waits_grow_are_spread_and_end(client_of: MakeClient, clock: PlayedClock) -> None:
    script = Script(reply(500))
    with pytest.raises(RemoteError) as failed:
        client_of(script).get(PATH, wanted)
    assert failed.value.code == "EDGAR_FAILED"
    assert len(script.requests) == 8
    waits = [wait for wait in clock.slept if wait > 0.2]
    assert len(waits) == 7
    for number, wait in enumerate(waits):
        assert 0.25 * 2**number <= wait <= 0.5 * 2**number


@pytest.mark.parametrize("status", [403, 429])
def test_a_block_is_waited_out_as_told(client_of: MakeClient, clock: PlayedClock, status: int) -> None:
    script = Script(reply(status, Retry_After="90"), good())
    began = clock.monotonic()
    assert client_of(script).get(PATH, wanted) == b"data"
    assert 90 <= clock.monotonic() - began < 101


def test_a_block_without_a_word_is_a_minute_then_ten(client_of: MakeClient, clock: PlayedClock) -> None:
    script = Script(reply(403))
    began = clock.monotonic()
    with pytest.raises(RemoteError) as failed:
        client_of(script).get(PATH, wanted)
    assert failed.value.code == "EDGAR_BLOCKED"
    assert len(script.requests) == 5
    assert 1320 <= clock.monotonic() - began < 1460


def test_a_wait_that_people_notice_is_told(client_of: MakeClient) -> None:
    told: list[tuple[str, float]] = []
    client = client_of(Script(reply(500), reply(403), good()))
    client.waiting = lambda words, seconds: told.append((words, seconds))
    client.get(PATH, wanted)
    ((words, seconds),) = told
    assert words == "EDGAR answered 403"
    assert 60 <= seconds < 67


def test_a_block_page_with_status_200_is_a_block(client_of: MakeClient, clock: PlayedClock) -> None:
    script = Script(reply(200, BLOCK_PAGE), good())
    assert client_of(script).get(PATH, lambda data: data) == b"data"
    assert clock.monotonic() > 1060


def test_a_block_holds_other_clients_of_the_same_user(
    client_of: MakeClient, clock: PlayedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: float) -> None:
        raise KeyboardInterrupt

    blocked = client_of(Script(reply(429, Retry_After="300")), name="same")
    with monkeypatch.context() as patched:
        patched.setattr(clock, "sleep", killed)
        with pytest.raises(KeyboardInterrupt):
            blocked.get(PATH, wanted)
    began = clock.monotonic()
    client_of(Script(good()), name="same").get(PATH, wanted)
    assert clock.monotonic() - began >= 300


def test_an_answer_that_never_ends_is_given_up(client_of: MakeClient, clock: PlayedClock) -> None:
    script = Script(lambda _: httpx2.Response(200, stream=Dripping(clock)), good())
    assert client_of(script).get(PATH, wanted) == b"data"
    assert sum(wait == 10 for wait in clock.slept) < 20


def test_what_is_not_there_is_said_at_once_and_asked_again_where_edgar_lists_it(client_of: MakeClient) -> None:
    missing = Script(reply(404))
    with pytest.raises(RemoteError, match="NOT_PUBLISHED"):
        client_of(missing).get(PATH, wanted)
    assert len(missing.requests) == 1
    for_a_moment = Script(reply(404), good())
    assert client_of(for_a_moment, name="b").get(PATH, wanted, is_listed=True) == b"data"


def test_a_folder_without_the_file_may_answer_403(client_of: MakeClient) -> None:
    answer = reply(403, b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')
    with pytest.raises(RemoteError, match="NOT_PUBLISHED"):
        client_of(Script(answer)).get(PATH, wanted)


def test_a_redirect_is_followed_on_the_same_hosts_only(client_of: MakeClient) -> None:
    inside = Script(reply(301, Location="/Archives/b"), good())
    assert client_of(inside).get(PATH, wanted) == b"data"
    assert str(inside.requests[1].url) == "https://www.sec.gov/Archives/b"
    for number, place in enumerate(["https://evil.example/x", "http://www.sec.gov/x", "//evil.example", "https://["]):
        outside = Script(reply(302, Location=place))
        with pytest.raises(RemoteError, match="not one of its hosts"):
            client_of(outside, name=f"outside{number}").get(PATH, wanted)
        assert {request.url.host for request in outside.requests} == {"www.sec.gov"}


def test_a_circle_of_redirects_ends(client_of: MakeClient) -> None:
    script = Script(reply(302, Location=PATH))
    with pytest.raises(RemoteError, match="circle"):
        client_of(script).get(PATH, wanted)


def conditional(request: httpx2.Request) -> httpx2.Response:
    if request.headers.get("if-none-match") == '"one"':
        return reply(304, ETag='"one"')(request)
    return reply(200, b"data", ETag='"one"')(request)


def test_what_has_not_changed_is_not_sent_twice(client_of: MakeClient) -> None:
    script = Script(conditional)
    client = client_of(script)
    assert [client.get(PATH, wanted, is_kept=True) for _ in range(3)] == [b"data"] * 3
    assert [request.headers.get("if-none-match") for request in script.requests] == [None, '"one"', '"one"']


def test_an_unusable_answer_is_never_kept(client_of: MakeClient) -> None:
    bad = reply(200, b"<html>busy</html>", ETag='"bad"')
    script = Script(bad, conditional)
    client = client_of(script)
    client.get(PATH, wanted, is_kept=True)
    assert [request.headers.get("if-none-match") for request in script.requests] == [None, None]


def test_a_damaged_cache_counts_as_none(client_of: MakeClient) -> None:
    script = Script(conditional)
    client = client_of(script)
    client.get(PATH, wanted, is_kept=True)
    for page in client._pages._folder.glob("*.page"):
        page.write_bytes(b"other")
    assert client.get(PATH, wanted, is_kept=True) == b"data"
    assert "if-none-match" not in script.requests[1].headers


def test_the_clocks_are_compared(client_of: MakeClient) -> None:
    client = client_of(Script(reply(200, b"data", Date="Wed, 10 Jul 2024 15:05:00 GMT")))
    client.get(PATH, wanted)
    assert client.skew == pytest.approx(300, abs=2)


def test_no_more_than_the_pace_even_when_all_fails(client_of: MakeClient, clock: PlayedClock) -> None:
    script = Script(reply(500))
    client = client_of(script, manners=Manners(first_wait=0.0001, longest_wait=0.0001, tries=100))
    began = clock.monotonic()
    with pytest.raises(RemoteError):
        client.get(PATH, wanted)
    assert clock.monotonic() - began > 99 / 8
