"""The page of the form in a real browser: printed, and with hostile text in every name."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from section16.form.document import OwnershipDocument
from section16.render.html import html
from section16.render.print_form import print_form

Sample = Callable[[str], OwnershipDocument]
Report = Callable[..., OwnershipDocument]

_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--disable-dev-shm-usage"),
)
_HOSTILE = "<script src='{0}/s'></script><img src='{0}/i' onerror='fetch(\"{0}/e\")'><iframe src='{0}/f'></iframe>"


@pytest.fixture
def browse(chromium: Path, tmp_path: Path) -> Callable[..., str]:
    """Open a page; return what the browser prints on its standard output."""

    def run(page: str, *options: str) -> str:
        (tmp_path / "form.html").write_text(page, encoding="utf-8")
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        command = [str(chromium), *_QUIET, profile, *options, (tmp_path / "form.html").as_uri()]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        return done.stdout

    return run


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback: its address, and the paths that anybody asked it for."""
    paths: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


def test_an_ordinary_form_4_prints_on_one_page_of_letter_paper_across(
    browse: Callable[..., str], sample: Sample, poppler: Path, tmp_path: Path
) -> None:
    document = sample("form4-2003-tax-withholding")
    printed = tmp_path / "form.pdf"
    browse(html(print_form(document), None), "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    facts = subprocess.run([poppler / "pdfinfo", printed], check=True, capture_output=True, text=True).stdout
    assert "792 x 612 pts (letter)" in facts
    assert "Pages:           1\n" in facts
    words = subprocess.run([poppler / "pdftotext", printed, "-"], check=True, capture_output=True, text=True).stdout
    assert "currently valid OMB Number." in words


def test_hostile_names_run_nothing_and_load_nothing(
    browse: Callable[..., str], report: Report, asked: tuple[str, list[str]]
) -> None:
    address, paths = asked
    hostile = _HOSTILE.format(address).replace("<", "&lt;")
    owner = (
        f"<reportingOwner><reportingOwnerId><rptOwnerName>{hostile}</rptOwnerName></reportingOwnerId></reportingOwner>"
    )
    body = f"<issuer><issuerName>{hostile}</issuerName></issuer>{owner}<remarks>{hostile}</remarks>"
    shown = browse(html(print_form(report(body)), None), "--dump-dom")
    assert "&lt;iframe" in shown
    assert "<iframe" not in shown
    assert "<img" not in shown
    assert paths == []


def test_the_listener_hears_a_page_that_does_load_something(
    browse: Callable[..., str], asked: tuple[str, list[str]]
) -> None:
    address, paths = asked
    browse(f"<!DOCTYPE html><img src='{address}/i'>", "--dump-dom")
    assert paths == ["/i"]
