"""The EDGAR client: asks within EDGAR's access rules, and gives whole, checked answers or a clear error.

Every request names who asks, waits for its turn in the pace of all processes, and goes to the hosts that were set.
What fails is asked for again with growing waits; after a block all processes of the user hold still. A reader given
with a request judges the answer: an error page or an empty list where data should be counts as a failure, is not kept
in the cache, and never stands for "nothing there".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Final, Self, TypeVar
from urllib.parse import urljoin

import httpx2

from section16 import limits
from section16.errors import RemoteError, SourceError, UsageError, excerpt
from section16.sources.clock import Clock, SystemClock
from section16.sources.downloads import Download
from section16.sources.edgar_host import SEC, EdgarHost
from section16.sources.exchange import Reply, ask, is_missing, opened
from section16.sources.manners import AskAgainError, Manners, Patience, Trouble, http_date
from section16.sources.pace import Pace
from section16.sources.page_cache import PageCache, storage_failed

T = TypeVar("T")

_CONTACT: Final = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,200}", re.ASCII)
_ADDRESS: Final = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[A-Za-z]{2,}", re.ASCII)
_REDIRECTS: Final = 3
_NOTICED: Final = 5.0
_OK, _NOT_MODIFIED, _PARTIAL = 200, 304, 206
_MOVED: Final = (301, 302, 303, 307, 308)


class EdgarClient:
    """Asks EDGAR. May be used by several threads at once; close it at the end, or use it in a `with`."""

    def __init__(
        self,
        contact: str,
        *,
        pace: Pace,
        folder: Path,
        host: EdgarHost = SEC,
        clock: Clock | None = None,
        manners: Manners | None = None,
        transport: httpx2.BaseTransport | None = None,
        random: Random | None = None,
    ) -> None:
        """`contact` names who asks, with an e-mail address, as EDGAR wants; `folder` keeps pages and parts of files.

        Raises UsageError CONTACT_MISSING for a contact without one, StorageError.
        """
        agent = declared_contact(contact)
        self.host, self.clock, self.manners = host, clock or SystemClock(), manners or Manners()
        self.skew: float | None = None
        """Seconds by which EDGAR's clock is ahead of this machine's, as its last answer said."""
        self.requests = 0
        self.waiting: Callable[[str, float], None] = lambda _words, _seconds: None
        """Told why, and for how many seconds, when a wait before the next try is one that people notice."""
        self._pace, self._random = pace, random or Random()  # noqa: S311 - spreads waits, keeps no secret
        self._pages = PageCache(folder / "pages")
        self._parts = folder / "parts"
        timeout = httpx2.Timeout(self.manners.idle, connect=self.manners.connect)
        self._http = httpx2.Client(
            headers={"User-Agent": agent, "Accept-Encoding": "gzip", "Accept": "*/*"},
            timeout=timeout,
            transport=transport,
            follow_redirects=False,
            trust_env=not host.is_local,
        )

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections and the file of the pace."""
        self._http.close()
        self._pace.close()

    def get(
        self,
        path: str,
        read: Callable[[bytes], T],
        *,
        limit: int = limits.JSON_BYTES,
        is_kept: bool = False,
        is_listed: bool = False,
    ) -> T:
        """Return what `read` makes of the answer for `path`.

        `is_kept` asks only for what has changed. `is_listed` says that EDGAR itself names the file, so that an answer
        of "not there" is asked again before it is believed.

        `read` raises SourceError for an answer that it cannot use, which is then asked for again, and raised if it
        stays so. Raises RemoteError: NOT_PUBLISHED (no such file), EDGAR_BLOCKED, EDGAR_FAILED; SourceError LIMIT_SIZE;
        UsageError URL_NOT_ALLOWED for a path that leaves the hosts. A redirect that does is not followed.
        """
        address = self.host.address(path)

        def attempt() -> T:
            kept = self._pages.find(address) if is_kept else None
            reply = self._asked(address, kept.conditions if kept else {}, limit, is_listed=is_listed)
            if kept is not None and reply.status == _NOT_MODIFIED:
                return read(kept.body)
            if reply.status != _OK:
                raise AskAgainError(Trouble.UNUSABLE, f"EDGAR answered {reply.status}")
            found = read(reply.body)
            if is_kept:
                self._pages.keep(address, reply.body, reply.headers)
            return found

        return self._persist(path, attempt)

    def download(self, path: str, read: Callable[[Path], T], *, limit: int = limits.DOWNLOAD_BYTES) -> T:
        """Return what `read` makes of the file that a large answer is put in; the file goes when it was read.

        What came stays for the next process if this one is killed. A file that `read` refuses by a SourceError is
        fetched anew, and the error raised if it stays so. Raises as `get`, and StorageError.
        """
        address = self.host.address(path)
        download = Download(self._parts, address, limit)
        patience = Patience(self.manners, self._random)

        def attempt() -> T:
            before = download.size
            try:
                if not download.is_whole:
                    self._take(download, address)
            except AskAgainError:
                if download.size > before:
                    patience.renew()
                raise
            try:
                found = read(download.file)
            except OSError as error:
                raise storage_failed(error, download.file) from None
            except SourceError:
                download.forget()
                raise
            download.forget()
            return found

        return self._persist(path, attempt, patience)

    def _take(self, download: Download, address: str) -> None:
        with self._opened(address, download.headers) as response:
            if response.status_code in _MOVED:
                raise AskAgainError(Trouble.UNUSABLE, "EDGAR redirects a large file, which is not followed")
            if response.status_code == 404:  # noqa: PLR2004 - HTTP's word for it
                raise AskAgainError(Trouble.MISSING, "EDGAR does not have it")
            download.take(response, self.clock, self.manners)

    @contextmanager
    def _opened(self, address: str, headers: dict[str, str]) -> Iterator[httpx2.Response]:
        self.requests += 1
        with opened(self._http, self._pace, address, headers) as response:
            self._compare_clocks(response.headers.get("date"))
            yield response

    def _asked(self, address: str, conditions: dict[str, str], limit: int, *, is_listed: bool) -> Reply:
        """The answer, redirects followed within the hosts. Raises as `get`, and AskAgainError."""
        for _ in range(_REDIRECTS + 1):
            self.requests += 1
            reply = ask(self._http, self._pace, address, conditions, limit, self.manners, self.clock)
            self._compare_clocks(reply.headers.get("date"))
            if is_missing(reply):
                if is_listed:
                    raise AskAgainError(Trouble.MISSING, "EDGAR does not have it")
                raise _not_published(address)
            if reply.status not in _MOVED:
                return reply
            address = self._moved(address, reply.headers.get("location", ""))
        raise AskAgainError(Trouble.UNUSABLE, "EDGAR redirects in a circle")

    def _moved(self, address: str, location: str) -> str:
        try:
            target = urljoin(address, location)
        except ValueError:
            target = ""
        if not location or not self.host.allows(target):
            words = f"EDGAR redirects to '{excerpt(location)}', which is not one of its hosts; nothing was asked there"
            raise AskAgainError(Trouble.UNUSABLE, words)
        return target

    def _persist(self, path: str, attempt: Callable[[], T], patience: Patience | None = None) -> T:
        """Make attempts until one succeeds or patience ends."""
        patience = patience or Patience(self.manners, self._random)
        while True:
            refused: SourceError | None = None
            try:
                return attempt()
            except AskAgainError as failure:
                failed = failure
            except SourceError as error:
                if error.code.startswith("LIMIT_"):
                    raise
                refused, failed = error, AskAgainError(Trouble.UNUSABLE, error.message)
            wait = patience.wait_after(failed)
            if wait is None:
                raise refused or _given_up(failed, path)
            if wait >= _NOTICED:
                self.waiting(failed.words, wait)
            if failed.trouble is Trouble.BLOCKED:
                self._pace.hold(wait)
            else:
                self.clock.sleep(wait)

    def _compare_clocks(self, header: str | None) -> None:
        moment = http_date(header)
        if moment is not None:
            self.skew = (moment - self.clock.now()).total_seconds()


def declared_contact(contact: str) -> str:
    """The contact as it goes into requests. Raises UsageError CONTACT_MISSING for one without an e-mail address."""
    words = contact.strip()
    if not _CONTACT.fullmatch(words) or not _ADDRESS.search(words):
        raise UsageError(
            "CONTACT_MISSING",
            "EDGAR wants to know who asks: a name or company and an e-mail address",
            mend="Give --contact 'Name name@example.com', or set SECTION16_CONTACT",
        )
    return words


def _not_published(address: str) -> RemoteError:
    return RemoteError("NOT_PUBLISHED", "EDGAR has no such file", path=address)


def _given_up(failure: AskAgainError, path: str) -> RemoteError:
    if failure.trouble is Trouble.MISSING:
        return _not_published(path)
    if failure.trouble is Trouble.BLOCKED:
        mend = "Wait ten minutes or more, then run again: it goes on where it stopped"
        return RemoteError("EDGAR_BLOCKED", f"EDGAR keeps refusing: {failure.words}", path=path, mend=mend)
    mend = "Run again later: it goes on where it stopped"
    return RemoteError("EDGAR_FAILED", f"no usable answer after several tries: {failure.words}", path=path, mend=mend)
