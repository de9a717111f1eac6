"""An answer before it is sent, and how the request's conditions shape it: not changed, a part of it, gzipped.

RFC 9110: If-None-Match before If-Modified-Since, If-Range before Range, one range at a time; what is asked for in parts
is never gzipped, so that parts of several requests fit together.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

import msgspec

from section16.standin.kept_files import KeptFile, KeptFiles

HTML: Final = "text/html"
TEXT: Final = "text/plain"
JSON: Final = "application/json"
ATOM: Final = "application/atom+xml"
XML: Final = "text/xml"
GZIP: Final = "application/x-gzip"
ZIP: Final = "application/zip"
_PACKED: Final = frozenset({GZIP, ZIP})
_WORTH_PACKING: Final = 256
_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What an address holds. `modified` is when it last changed; `mark` makes the ETag of equal content another one."""

    content: bytes | KeptFile
    media_type: str = HTML
    modified: datetime | None = None
    status: int = 200
    mark: str = ""

    @property
    def size(self) -> int:
        """Bytes of the content."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size

    @property
    def tag(self) -> str:
        """The ETag: from the content alone, so that equal content has an equal one."""
        content = self.content
        digest = hashlib.sha256(content).hexdigest()[:32] if isinstance(content, bytes) else content.tag
        return f'"{digest}{self.mark}"'


class Prepared(msgspec.Struct, frozen=True):
    """An answer as it goes out: `length` bytes of `content` from `start`."""

    status: int
    headers: dict[str, str]
    content: bytes | KeptFile = b""
    start: int = 0
    length: int = 0


def prepare(answer: Answer, asked: Mapping[str, str], kept: KeptFiles) -> Prepared:
    """Return what goes out for a request with the headers `asked` (names in lower case)."""
    headers = {"content-type": answer.media_type}
    if answer.status != 200:  # noqa: PLR2004 - the status of every answer that holds what was asked for
        return _whole(answer.status, headers, answer.content, answer.size)
    headers |= {"etag": answer.tag, "accept-ranges": "bytes", "cache-control": "no-cache"}
    if answer.modified is not None:
        headers["last-modified"] = http_date(answer.modified)
    if answer.media_type not in _PACKED:
        headers["vary"] = "Accept-Encoding"
    if _is_known(answer, asked):
        del headers["content-type"]
        return Prepared(304, headers)
    part = _part(answer, asked)
    if part is not None:
        return _partial(answer, headers, *part)
    if _wants_gzip(asked) and answer.media_type not in _PACKED and answer.size >= _WORTH_PACKING:
        content = answer.content
        packed = gzip.compress(content, 6, mtime=0) if isinstance(content, bytes) else kept.gzipped(content)
        headers |= {"content-encoding": "gzip", "etag": f'{answer.tag[:-1]}-gzip"'}
        return _whole(200, headers, packed, len(packed) if isinstance(packed, bytes) else packed.size)
    return _whole(200, headers, answer.content, answer.size)


def http_date(moment: datetime) -> str:
    """Return a moment as HTTP writes it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _whole(status: int, headers: dict[str, str], content: bytes | KeptFile, size: int) -> Prepared:
    return Prepared(status, {**headers, "content-length": str(size)}, content, 0, size)


def _is_known(answer: Answer, asked: Mapping[str, str]) -> bool:
    tags = asked.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return bool(known & {"*", answer.tag, f'{answer.tag[:-1]}-gzip"'})
    since = _moment(asked.get("if-modified-since"))
    return since is not None and answer.modified is not None and answer.modified.replace(microsecond=0) <= since


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _part(answer: Answer, asked: Mapping[str, str]) -> tuple[int, int] | None:
    """Return the part asked for as first byte and one behind the last; None for all of it. (0, 0) cannot be given."""
    wanted = _RANGE.fullmatch(asked.get("range", "").replace(" ", ""))
    condition = asked.get("if-range")
    if wanted is None or not (wanted[1] or wanted[2]):
        return None
    if condition is not None and condition.strip() != answer.tag:
        since = _moment(condition)
        if since is None or answer.modified is None or answer.modified.replace(microsecond=0) != since:
            return None
    size = answer.size
    if not wanted[1]:
        last = int(wanted[2])
        return (max(0, size - last), size) if last and size else (0, 0)
    first = int(wanted[1])
    end = min(size, int(wanted[2]) + 1) if wanted[2] else size
    if wanted[2] and int(wanted[2]) < first:
        return None
    return (first, end) if first < size else (0, 0)


def _partial(answer: Answer, headers: dict[str, str], first: int, end: int) -> Prepared:
    if end == 0:
        return Prepared(416, {"content-range": f"bytes */{answer.size}", "content-length": "0"})
    length = end - first
    headers |= {"content-range": f"bytes {first}-{end - 1}/{answer.size}", "content-length": str(length)}
    return Prepared(206, headers, answer.content, first, length)


def _wants_gzip(asked: Mapping[str, str]) -> bool:
    for one in asked.get("accept-encoding", "").lower().split(","):
        coding, _, quality = one.partition(";")
        if coding.strip() == "gzip":
            return quality.replace(" ", "") not in {"q=0", "q=0.0"}
    return False
