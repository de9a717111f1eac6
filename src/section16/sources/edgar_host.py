"""Which hosts are EDGAR: the SEC's own, or one that the settings name, such as a stand-in on this machine.

Requests go to these and to no others, redirects included. `http` is for a loopback address alone, and only where it is
the one that was set; certificates are always checked.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

import msgspec

from section16.errors import UsageError, excerpt

_PATH: Final = re.compile(r"/[A-Za-z0-9._~/?&=%,:+-]*", re.ASCII)
_ON_DATA_HOST: Final = "/submissions/"


class EdgarHost(msgspec.Struct, frozen=True, kw_only=True):
    """The two hosts of EDGAR, as `https://www.sec.gov`, without a slash at the end; one may stand for both."""

    web: str
    data: str

    @property
    def names(self) -> frozenset[str]:
        """The hosts' names, with their port where they have one, and the SEC's own, which its feeds always write."""
        return frozenset({urlsplit(self.web).netloc, urlsplit(self.data).netloc, "www.sec.gov"})

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine."""
        return urlsplit(self.web).scheme == "http"

    def address(self, path: str) -> str:
        """The address of a path (`/...`). Raises UsageError URL_NOT_ALLOWED for one that leaves the host."""
        if not _PATH.fullmatch(path) or path.startswith("//") or ".." in path:
            raise UsageError("URL_NOT_ALLOWED", f"'{excerpt(path)}' is no path on EDGAR")
        return f"{self.data if path.startswith(_ON_DATA_HOST) else self.web}{path}"

    def allows(self, address: str) -> bool:
        """Whether a full address, such as a redirect's, lies on one of the hosts, by the same scheme."""
        try:
            return _origin(urlsplit(address)) in {_origin(urlsplit(self.web)), _origin(urlsplit(self.data))}
        except ValueError:
            return False


SEC: Final = EdgarHost(web="https://www.sec.gov", data="https://data.sec.gov")


def edgar_host(base: str | None) -> EdgarHost:
    """The hosts for a base address as a person gives it, the SEC's for none.

    Raises UsageError: URL_SCHEME (neither https nor http on a loopback address), URL_NOT_ALLOWED (a user, a path, a
    query, no host).
    """
    if not base:
        return SEC
    try:
        parts = urlsplit(base.strip())
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise _odd(base) from None
    if parts.scheme not in {"https", "http"} or (parts.scheme == "http" and not _is_loopback(host or "")):
        mend = "Use https; http is for a stand-in on this machine"
        raise UsageError("URL_SCHEME", f"'{excerpt(base)}' is no address that EDGAR may have", mend=mend)
    if not host or "@" in parts.netloc or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise _odd(base)
    origin = f"{parts.scheme}://{parts.netloc}"
    return SEC if origin == SEC.web else EdgarHost(web=origin, data=origin)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    if "@" in parts.netloc:
        raise ValueError(parts.netloc)
    return parts.scheme, parts.hostname or "", parts.port or usual


def _odd(base: str) -> UsageError:
    mend = "Give a scheme and a host alone, such as http://127.0.0.1:8017"
    return UsageError("URL_NOT_ALLOWED", f"'{excerpt(base)}' is no address of a host", mend=mend)
