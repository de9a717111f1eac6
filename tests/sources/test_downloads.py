from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from section16.errors import RemoteError, SourceError
from section16.sources.manners import Manners

if TYPE_CHECKING:
    from tests.sources.conftest import MakeClient, PlayedClock

PATH = "/Archives/edgar/Feed/2023/QTR3/20230703.nc.tar.gz"
FILE = bytes(range(256)) * 400
OTHER = FILE[::-1]


class Cut(httpx2.SyncByteStream):
    """A body whose connection breaks after so many bytes."""

    def __init__(self, data: bytes, after: int) -> None:
        self._data, self._after = data, after

    def __iter__(self) -> Iterator[bytes]:
        yield self._data[: self._after]
        if self._after < len(self._data):
            raise httpx2.RemoteProtocolError("cut")


class Server:
    """A file that may be asked for in parts; the first `cuts` answers break off after a third of what is due."""

    def __init__(self, cuts: int = 0, ranges: bool = True, etag: str = '"a"') -> None:
        self.data, self.etag, self.cuts, self.ranges = FILE, etag, cuts, ranges
        self.asked: list[str | None] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        wanted = request.headers.get("range")
        self.asked.append(wanted)
        start = 0
        if wanted and self.ranges and request.headers["if-range"] == self.etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        rest = self.data[start:]
        after = len(rest) // 3 if self.cuts > 0 else len(rest)
        self.cuts -= 1
        headers = {"ETag": self.etag, "Content-Length": str(len(rest))}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(self.data) - 1}/{len(self.data)}"
        return httpx2.Response(206 if start else 200, headers=headers, stream=Cut(rest, after))


def test_a_broken_download_goes_on_where_it_stopped(client_of: MakeClient) -> None:
    server = Server(cuts=5)
    assert client_of(server).download(PATH, Path.read_bytes) == FILE
    assert server.asked[0] is None
    starts = [int(str(wanted)[6:-1]) for wanted in server.asked[1:]]
    assert len(starts) == 5
    assert starts == sorted(set(starts))


def test_the_next_process_goes_on_where_a_killed_one_stopped(client_of: MakeClient) -> None:
    server = Server(cuts=1)
    with pytest.raises(RemoteError):
        client_of(server, manners=Manners(tries=1), name="same").download(PATH, Path.read_bytes)
    assert client_of(server, name="same").download(PATH, Path.read_bytes) == FILE
    assert server.asked == [None, f"bytes={len(FILE) // 3}-"]


def test_a_file_that_changed_meanwhile_comes_anew(client_of: MakeClient) -> None:
    server = Server(cuts=1)
    with pytest.raises(RemoteError):
        client_of(server, manners=Manners(tries=1), name="same").download(PATH, Path.read_bytes)
    server.data, server.etag = OTHER, '"b"'
    assert client_of(server, name="same").download(PATH, Path.read_bytes) == OTHER


@pytest.mark.parametrize("server", [Server(cuts=1, ranges=False), Server(cuts=1, etag='W/"weak"')])
def test_without_parts_everything_comes_again(client_of: MakeClient, server: Server) -> None:
    assert client_of(server).download(PATH, Path.read_bytes) == FILE


def test_a_part_that_was_not_asked_for_is_refused(client_of: MakeClient) -> None:
    server = Server(cuts=1)

    def wrong(request: httpx2.Request) -> httpx2.Response:
        response = server(request)
        if response.status_code == 206 and len(server.asked) == 2:
            response.headers["Content-Range"] = f"bytes 0-{len(FILE) - 1}/{len(FILE)}"
        return response

    assert client_of(wrong).download(PATH, Path.read_bytes) == FILE


def test_a_file_that_its_reader_refuses_is_fetched_anew(client_of: MakeClient) -> None:
    server = Server()
    server.data = OTHER

    def read(file: Path) -> bytes:
        data = file.read_bytes()
        if data != FILE:
            server.data = FILE
            raise SourceError("CONTAINER_MALFORMED", "damaged")
        return data

    assert client_of(server).download(PATH, read) == FILE
    assert server.asked == [None, None]


def test_what_was_read_is_not_left_behind(client_of: MakeClient, tmp_path: Path) -> None:
    client_of(Server(), name="c").download(PATH, Path.read_bytes)
    assert list((tmp_path / "c" / "parts").iterdir()) == []


def test_a_file_over_the_limit_stops_at_the_limit(client_of: MakeClient) -> None:
    with pytest.raises(SourceError) as refused:
        client_of(Server()).download(PATH, Path.read_bytes, limit=1000)
    assert refused.value.code == "LIMIT_SIZE"


class Trickle(httpx2.SyncByteStream):
    """A body that comes at a byte a second of played time."""

    def __init__(self, clock: PlayedClock) -> None:
        self._clock = clock

    def __iter__(self) -> Iterator[bytes]:
        for number in range(len(FILE)):
            self._clock.sleep(1)
            yield FILE[number : number + 1]


def test_a_trickle_is_given_up_and_taken_up_again(client_of: MakeClient, clock: PlayedClock) -> None:
    server = Server()

    def slow_first(request: httpx2.Request) -> httpx2.Response:
        response = server(request)
        if len(server.asked) == 1:
            return httpx2.Response(200, headers=response.headers, stream=Trickle(clock))
        return response

    assert client_of(slow_first).download(PATH, Path.read_bytes) == FILE
    assert 100 < int(str(server.asked[1])[6:-1]) < 200


def test_a_feed_that_is_not_there_is_said_so(client_of: MakeClient) -> None:
    with pytest.raises(RemoteError, match="NOT_PUBLISHED"):
        client_of(lambda _: httpx2.Response(404, stream=httpx2.ByteStream(b""))).download(PATH, Path.read_bytes)


def test_a_block_page_is_no_file(client_of: MakeClient, clock: PlayedClock) -> None:
    server = Server()

    def blocked_first(request: httpx2.Request) -> httpx2.Response:
        if not server.asked:
            server.asked.append(None)
            page = httpx2.ByteStream(b"<html>Undeclared Automated Tool</html>")
            return httpx2.Response(403, stream=page)
        return server(request)

    began = clock.monotonic()
    assert client_of(blocked_first).download(PATH, Path.read_bytes) == FILE
    assert clock.monotonic() - began >= 60
