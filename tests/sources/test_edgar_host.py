from __future__ import annotations

import pytest

from section16.errors import UsageError
from section16.sources.edgar_host import SEC, edgar_host


def test_without_a_setting_it_is_the_sec() -> None:
    assert edgar_host(None) == edgar_host("") == edgar_host("https://www.sec.gov/") == SEC
    assert SEC.address("/Archives/x.txt") == "https://www.sec.gov/Archives/x.txt"
    assert SEC.address("/submissions/CIK0000320193.json") == "https://data.sec.gov/submissions/CIK0000320193.json"


@pytest.mark.parametrize(
    "base", ["http://127.0.0.1:8017", "http://localhost:1", "http://[::1]:9/", "https://mirror.example"]
)
def test_a_stand_in_serves_both_hosts(base: str) -> None:
    host = edgar_host(base)
    assert host.web == host.data == base.rstrip("/")


@pytest.mark.parametrize(
    ("base", "code"),
    [
        ("http://www.sec.gov", "URL_SCHEME"),
        ("http://10.0.0.1", "URL_SCHEME"),
        ("http://127.0.0.1.evil.example", "URL_SCHEME"),
        ("http://2130706433", "URL_SCHEME"),
        ("ftp://127.0.0.1", "URL_SCHEME"),
        ("file:///etc/passwd", "URL_SCHEME"),
        ("https://user@mirror.example", "URL_NOT_ALLOWED"),
        ("https://mirror.example/path", "URL_NOT_ALLOWED"),
        ("https://mirror.example?x", "URL_NOT_ALLOWED"),
        ("https://", "URL_NOT_ALLOWED"),
        ("https://a:x", "URL_NOT_ALLOWED"),
        ("https://[::1", "URL_NOT_ALLOWED"),
    ],
)
def test_other_addresses_are_refused(base: str, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        edgar_host(base)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "/../x", "x", "/a\\b", "/a\r\nHost: b", "/a b", "/a@b", "https://x/"]
)
def test_a_path_never_leaves_the_host(path: str) -> None:
    with pytest.raises(UsageError, match="URL_NOT_ALLOWED"):
        SEC.address(path)


def test_redirects_are_followed_on_the_hosts_alone() -> None:
    assert SEC.allows("https://www.sec.gov/a")
    assert SEC.allows("https://data.sec.gov:443/a")
    for address in (
        "http://www.sec.gov/a",
        "https://www.sec.gov:444/a",
        "https://sec.gov/a",
        "https://www.sec.gov@evil.example/a",
        "https://u@www.sec.gov/a",
        "https://www.sec.gov.evil.example/a",
        "https://[",
    ):
        assert not SEC.allows(address)
