"""The stand-in's own address, by which faults are switched and filings published while it runs. It needs the token.

GET  /_standin/state                                     what is public, which faults are on, how many requests came
POST /_standin/faults    {"faults": ["429=0.1"]}         these faults and no others
POST /_standin/publish   {"count": 5}                    the next five filings held back become public
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Final

import msgspec

from section16.errors import Section16Error
from section16.standin.answers import JSON, Prepared
from section16.standin.faults import Fault, Faults
from section16.standin.publication import Publication
from section16.standin.request_log import RequestLog

_LONGEST: Final = 100_000


class _Orders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    faults: list[str] | None = None
    count: int | None = None


class Control:
    """Answers under `/_standin/`."""

    def __init__(self, token: str, faults: Faults, publication: Publication, log: RequestLog) -> None:
        """Obey whoever sends `token` as bearer."""
        self._token = token
        self._faults = faults
        self._publication = publication
        self._log = log

    async def answer(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
    ) -> Prepared:
        """Return the answer to one request; every refusal says why."""
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return _json(401, {"error": "send the token that was printed at the start: Authorization: Bearer TOKEN"})
        if method == "GET" and path == "/_standin/state":
            return _json(200, self._state())
        if method != "POST" or path not in {"/_standin/faults", "/_standin/publish"}:
            return _json(404, {"error": "GET state, POST faults or POST publish"})
        try:
            orders = msgspec.json.decode(await _body(receive), type=_Orders)
            if path == "/_standin/faults":
                self._faults.set(orders.faults or [])
            else:
                self._publication.publish(orders.count or 0)
        except Section16Error as error:
            return _json(400, error.as_dict())
        except (msgspec.MsgspecError, ValueError) as error:
            return _json(400, {"error": str(error)})
        return _json(200, self._state())

    def _state(self) -> dict[str, object]:
        return {
            "public": self._publication.public,
            "filings": len(self._publication.catalogue),
            "faults": [shown(fault) for fault in self._faults.on],
            "requests": len(self._log),
        }


def shown(fault: Fault) -> str:
    """Return a fault as `read_fault` reads it; amounts in seconds or bytes a second."""
    unit = "B/s" if fault.name == "slow" else "s"
    amount = None if fault.amount is None else f"{fault.amount:f}".rstrip("0").rstrip(".") + unit
    first = None if fault.first is None else f"{fault.first}x"
    share = None if fault.share == 1 else f"{fault.share:g}"
    parts = ":".join(part for part in (amount, share, first) if part)
    return fault.name + (f"={parts}" if parts else "") + ("" if fault.paths == "*" else f"@{fault.paths}")


async def _body(receive: Callable[[], Awaitable[MutableMapping[str, Any]]]) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if len(body) > _LONGEST:
            raise ValueError("the order is too long")
        if not message.get("more_body"):
            return body


def _json(status: int, content: object) -> Prepared:
    encoded = msgspec.json.encode(content)
    headers = {"content-type": JSON, "content-length": str(len(encoded))}
    return Prepared(status, headers, encoded, 0, len(encoded))
