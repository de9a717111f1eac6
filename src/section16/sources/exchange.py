"""One request and its answer: bounded in bytes and time, unpacked by us, checked for wholeness.

Nothing is trusted about lengths: a body is whole if it has the length announced and, where packed, its packing ends.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import httpx2
import msgspec

from section16.errors import SourceError
from section16.sources.clock import Clock
from section16.sources.manners import AskAgainError, Manners, Trouble, asked_wait
from section16.sources.pace import Pace

_GZIP: Final = 31
_BLOCK_STATUSES: Final = (403, 429)
_BLOCK_WORDS: Final = (b"Request Rate Threshold Exceeded", b"Undeclared Automated Tool", b"automated tools")
_NOT_THERE: Final = b"<Code>AccessDenied</Code>"
"""Some folders answer 403 with this for a file that does not exist."""
_NOT_MODIFIED: Final = 304
_SERVER_FAULT: Final = 500
_LOOKED_AT: Final = 4096


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A whole answer. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@contextmanager
def opened(http: httpx2.Client, pace: Pace, address: str, headers: Mapping[str, str]) -> Iterator[httpx2.Response]:
    """Send one request in its turn and yield the answer with its body still to come. Raises AskAgainError."""
    request = http.build_request("GET", address, headers=dict(headers))
    try:
        with pace.turn():
            response = http.send(request, stream=True)
        try:
            yield response
        finally:
            response.close()
    except (httpx2.TransportError, httpx2.StreamError, httpx2.InvalidURL) as error:
        raise AskAgainError(Trouble.FAILED, f"{type(error).__name__}: {error}") from None


def ask(
    http: httpx2.Client,
    pace: Pace,
    address: str,
    headers: Mapping[str, str],
    limit: int,
    manners: Manners,
    clock: Clock,
) -> Reply:
    """Return the whole answer of one request, unpacked.

    Raises AskAgainError for what may be asked again, SourceError LIMIT_SIZE for a body over `limit` bytes.
    """
    with opened(http, pace, address, headers) as response:
        given = {name.lower(): value for name, value in response.headers.items()}
        deadline = clock.monotonic() + manners.whole
        packing = "" if response.status_code == _NOT_MODIFIED else given.get("content-encoding", "")
        body = b"".join(_unpacked(_whole(response, clock, deadline, given), packing, limit))
    reply = Reply(status=response.status_code, headers=given, body=body)
    refuse_trouble(reply, clock)
    return reply


def refuse_trouble(reply: Reply, clock: Clock) -> None:
    """Raise AskAgainError for a block and for a server's fault; other statuses are the caller's."""
    asked = asked_wait(reply.headers.get("retry-after"), clock)
    beginning = reply.body[:_LOOKED_AT]
    if reply.status in _BLOCK_STATUSES and _NOT_THERE not in beginning:
        raise AskAgainError(Trouble.BLOCKED, f"EDGAR answered {reply.status}", asked)
    if beginning.lstrip()[:1] == b"<" and any(words in beginning for words in _BLOCK_WORDS):
        raise AskAgainError(Trouble.BLOCKED, "EDGAR answered with the page that tells of a block", asked)
    if reply.status >= _SERVER_FAULT:
        raise AskAgainError(Trouble.FAILED, f"EDGAR answered {reply.status}", asked)


def is_missing(reply: Reply) -> bool:
    """Whether the answer says that there is no such file."""
    gone = (404, 410)
    return reply.status in gone or (reply.status in _BLOCK_STATUSES and _NOT_THERE in reply.body[:_LOOKED_AT])


def _whole(response: httpx2.Response, clock: Clock, deadline: float, headers: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the body as sent. Raises AskAgainError if it takes too long or is not as long as announced."""
    announced = "" if response.status_code == _NOT_MODIFIED else headers.get("content-length", "")
    length = 0  # pieces are taken as they come: to gather larger ones would put off the look at the clock
    for piece in response.iter_raw():
        length += len(piece)
        if clock.monotonic() > deadline:
            raise AskAgainError(Trouble.FAILED, f"the answer was still coming at its time limit, {length:,} bytes in")
        yield piece
    if announced.isdecimal() and int(announced) != length:
        raise AskAgainError(Trouble.FAILED, f"the answer has {length:,} bytes and not the {int(announced):,} announced")


def _unpacked(pieces: Iterator[bytes], packing: str, limit: int) -> Iterator[bytes]:
    """Yield at most `limit` bytes, whatever they were packed into. Raises AskAgainError, SourceError LIMIT_SIZE."""
    if packing not in {"", "identity", "gzip", "x-gzip"}:
        raise AskAgainError(Trouble.UNUSABLE, "the answer is packed in a way that was not asked for")
    unpacker = zlib.decompressobj(_GZIP) if packing.endswith("gzip") else None
    size = 0
    for piece in pieces:
        data = piece
        try:
            if unpacker is not None:
                data = unpacker.decompress(piece, limit - size + 1)
        except zlib.error:
            raise AskAgainError(Trouble.FAILED, "the packed answer is damaged") from None
        size += len(data)
        if size > limit:
            raise SourceError("LIMIT_SIZE", f"the answer has more than {limit:,} bytes")
        yield data
    if unpacker is not None and (not unpacker.eof or unpacker.unused_data):
        raise AskAgainError(Trouble.FAILED, "the packed answer was cut")
