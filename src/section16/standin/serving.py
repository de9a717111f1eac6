"""The stand-in as a web application: rules, faults, conditions, and the bytes on their way. ASGI, no framework.

Only GET and HEAD, only for a host name of the loopback, so that no web page elsewhere can ask through a browser.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO, Final
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from section16.standin.addresses import Edgar
from section16.standin.answers import HTML, Prepared, http_date, prepare
from section16.standin.control import Control
from section16.standin.fair_access import RateRule, declares_contact
from section16.standin.faults import Came, Faults, status_of
from section16.standin.kept_files import KeptFile
from section16.standin.pages import block_page, error_page, rate_page
from section16.standin.request_log import Request, RequestLog
from section16.standin.struck import struck

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_PIECE: Final = 256 * 1024
_SLOW_PIECES: Final = 10
"""Pieces a second in which a slow body comes."""
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_MOST_PARAMETERS: Final = 50
_RETRY_AFTER: Final = 1.0
_WORDS: Final = {
    403: "You may not have this.",
    404: "There is nothing at this address.",
    500: "Something went wrong here.",
    502: "The server behind this one gave no sensible answer.",
    503: "The service is unavailable at the moment.",
    504: "The server behind this one did not answer in time.",
}


class Asked(msgspec.Struct, frozen=True):
    """A request as it came: `headers` have names in lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    arrived: float


class Application:
    """EDGAR's dissemination side as an ASGI application."""

    def __init__(
        self,
        edgar: Edgar,
        faults: Faults,
        log: RequestLog,
        control: Control,
        *,
        rate_rule: RateRule | None = None,
        agent_rule: bool = True,
    ) -> None:
        """Serve `edgar`; without `rate_rule` or `agent_rule` anyone may ask for anything at any speed."""
        self._edgar = edgar
        self._faults = faults
        self._log = log
        self._control = control
        self._rate_rule = rate_rule
        self._agent_rule = agent_rule

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        asked = _asked(scope)
        if not _is_loopback(asked.headers.get("host", "")):
            await _send_all(send, _refusal(400, error_page(400, "Ask for this by the name of the loopback.")), asked)
        elif asked.path.startswith("/_standin/"):
            await _send_all(send, await self._control.answer(asked.method, asked.path, asked.headers, receive), asked)
        else:
            await self._answer(asked, receive, send)

    async def _answer(self, asked: Asked, receive: Receive, send: Send) -> None:
        """Answer as EDGAR, rules and faults applied, and log it, also where the client goes away or we fail."""
        self._log.begin()
        request = Request(time=asked.arrived, method=asked.method, path=asked.path)
        try:
            request = await self._answered(asked, receive, send)
        finally:
            self._log.add(request)

    async def _answered(self, asked: Asked, receive: Receive, send: Send) -> Request:
        began = time.monotonic()
        came = self._faults.befall(f"{asked.path}?{asked.query}" if asked.query else asked.path)
        prepared, refused = self._refused(asked), ""
        if "outage" in came:
            await _drop(receive, send)
            status, sent = 0, 0
        else:
            if prepared is not None:
                refused, came = ("contact" if prepared.status == 403 else "rate"), {}  # noqa: PLR2004
            if "delay" in came:
                await asyncio.sleep(came["delay"].amount or 0)
            if prepared is None:
                prepared = await asyncio.to_thread(self._prepare, asked, came)
            status, sent = prepared.status, await _send_faulty(send, receive, prepared, asked, came)
        return _logged(asked, status, sent, time.monotonic() - began, came, refused)

    def _refused(self, asked: Asked) -> Prepared | None:
        """Return EDGAR's refusal, if one of its rules is broken. Every request counts."""
        seconds = self._rate_rule.refuses_for() if self._rate_rule else None
        if seconds is not None:
            return _refusal(429, rate_page(), {"retry-after": str(seconds)})
        if self._agent_rule and asked.path != "/" and not declares_contact(asked.headers.get("user-agent", "")):
            return _refusal(403, block_page())
        return None

    def _prepare(self, asked: Asked, came: Mapping[str, Came]) -> Prepared:
        """Return what goes out, faults in its content included. Reads files and may take its time."""
        if asked.method not in {"GET", "HEAD"}:
            return _refusal(405, error_page(405, "Nothing can be sent here."), {"allow": "GET, HEAD"})
        status = status_of(dict(came))
        if status is not None:
            wait = came[str(status)].amount or _RETRY_AFTER
            headers = {"retry-after": f"{max(1, round(wait))}"} if status in {429, 503} else {}
            return _refusal(status, rate_page() if status == 429 else error_page(status, _WORDS[status]), headers)  # noqa: PLR2004
        if "redirect" in came:
            return _refusal(302, b"", {"location": f"https://www.example.invalid{asked.path}"})
        answer = self._edgar.answer(asked.path, _parameters(asked.query), empty="empty-list" in came)
        return prepare(struck(answer, came), asked.headers, self._edgar.kept)


def _asked(scope: Scope) -> Asked:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    query = scope["query_string"].decode("latin-1")
    return Asked(scope["method"], unquote(scope["raw_path"].decode("latin-1")), query, headers, time.time())


def _is_loopback(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in _LOOPBACK
    except ValueError:
        return False


def _parameters(query: str) -> dict[str, str]:
    try:
        return {name: values[-1] for name, values in parse_qs(query, max_num_fields=_MOST_PARAMETERS).items()}
    except ValueError:
        return {}


def _refusal(status: int, content: bytes, headers: Mapping[str, str] | None = None) -> Prepared:
    length = len(content)
    fixed = {"content-type": HTML, "content-length": str(length)}
    return Prepared(status, {**fixed, **(headers or {})}, content, 0, length)


async def _send_faulty(send: Send, receive: Receive, prepared: Prepared, asked: Asked, came: Mapping[str, Came]) -> int:
    """Send an answer as the faults of transport let it; return how many bytes of the body went out."""
    skew = came["clock-skew"].amount if "clock-skew" in came else None
    if "truncated" in came and prepared.length and asked.method == "GET":
        part = int(came["truncated"].chance * prepared.length)
        sent = await _send(send, msgspec.structs.replace(prepared, length=part), asked, skew=skew, ends=False)
        await _drop(receive, send)
        return sent
    rate = came["slow"].amount if "slow" in came else None
    return await _send(send, prepared, asked, skew=skew, rate=rate)


async def _send_all(send: Send, prepared: Prepared, asked: Asked) -> None:
    await _send(send, prepared, asked)


async def _send(
    send: Send,
    prepared: Prepared,
    asked: Asked,
    *,
    skew: float | None = None,
    rate: float | None = None,
    ends: bool = True,
) -> int:
    """Send status, headers and body; `rate` in bytes a second; a body that does not `end` stays open."""
    date = datetime.now(UTC) + timedelta(seconds=skew or 0)
    headers = {**prepared.headers, "date": http_date(date), "server": "section16-standin"}
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": prepared.status, "headers": encoded})
    sent = 0
    if asked.method != "HEAD":
        async for piece in _pieces(prepared, rate):
            if rate:
                await asyncio.sleep(len(piece) / rate)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            sent += len(piece)
    if ends:
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    return sent


async def _pieces(prepared: Prepared, rate: float | None) -> AsyncIterator[bytes]:
    size = max(1, int(rate / _SLOW_PIECES)) if rate else _PIECE
    content, at, end = prepared.content, prepared.start, prepared.start + prepared.length
    if isinstance(content, bytes):
        for start in range(at, end, size):
            yield content[start : min(end, start + size)]
        return
    file = await asyncio.to_thread(_opened, content, at)
    try:
        while at < end:
            piece = await asyncio.to_thread(file.read, min(size, end - at))
            if not piece:
                return
            at += len(piece)
            yield piece
    finally:
        file.close()


def _opened(content: KeptFile, at: int) -> BinaryIO:
    file = content.path.open("rb")
    file.seek(at)
    return file


async def _drop(receive: Receive, send: Send) -> None:
    """Break the connection, as a failing network does. Servers keep it behind `send`; one that does not answers 500."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.close()
        while (await receive())["type"] != "http.disconnect":
            continue


def _logged(asked: Asked, status: int, sent: int, seconds: float, came: Mapping[str, Came], refused: str) -> Request:
    return Request(
        time=asked.arrived,
        method=asked.method,
        path=asked.path,
        query=asked.query,
        status=status,
        bytes=sent,
        seconds=round(seconds, 6),
        faults=tuple(came),
        refused=refused,
        agent=asked.headers.get("user-agent", ""),
        range=asked.headers.get("range", ""),
        conditional="if-none-match" in asked.headers or "if-modified-since" in asked.headers,
    )
