"""`archive sync` and `archive watch` against a stand-in, at the true pace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import typer

from section16.archive import open_archive
from section16.cli.archive_sync import sync, watch
from section16.cli.exits import Exit, code_of
from section16.errors import ConflictError, Section16Error, UsageError
from section16.samples import generate, write_samples
from section16.sources.opening import edgar_client
from section16.standin import busiest_second
from section16.standin.running import Standin, running

FIRST, LAST = date(2006, 5, 15), date(2006, 5, 19)
CONTACT = "Example Research analyst@example.com"
RUN = """
import sys, typer
from pathlib import Path
from section16.cli.archive_sync import sync
try:
    sync(archive=Path(sys.argv[1]), edgar=sys.argv[2], contact=sys.argv[3], since=sys.argv[4], until=sys.argv[5])
except typer.Exit as end:
    sys.exit(end.exit_code)
"""


@pytest.fixture(scope="module")
def standin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standin]:
    """A stand-in of one week, with EDGAR's rule on rates."""
    folder = tmp_path_factory.mktemp("published") / "filings"
    write_samples((one for one in generate(1500, 5) if FIRST <= one.filed_on <= LAST), folder)
    with running(folder) as found:
        yield found


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECTION16_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("SECTION16_SETTINGS", str(tmp_path / "settings.toml"))
    for name in ("CONTACT", "EDGAR", "ARCHIVE"):
        monkeypatch.delenv(f"SECTION16_{name}", raising=False)


def ended(command: Callable[[], None]) -> Exit:
    """How a command ends."""
    try:
        command()
    except typer.Exit as end:
        return Exit(end.exit_code)
    return Exit.DONE


def held(archive: Path) -> int:
    with open_archive(archive, create=False) as opened:
        return int(opened.ledger.connection.execute("select count(*) from filings").fetchone()[0])


def test_two_syncs_at_once_keep_one_pace_and_each_brings_all(standin: Standin, tmp_path: Path) -> None:
    arguments = [standin.url, CONTACT, str(FIRST), str(LAST)]
    command = [sys.executable, "-c", RUN, str(tmp_path / "other"), *arguments]
    other = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    own = ended(
        lambda: sync(archive=tmp_path / "own", edgar=standin.url, contact=CONTACT, since=str(FIRST), until=str(LAST))
    )
    assert (own, other.wait()) == (Exit.DONE, 0)
    assert held(tmp_path / "own") == held(tmp_path / "other") == standin.public
    assert {request.status for request in standin.requests} <= {200, 304}
    assert busiest_second(request.time for request in standin.requests) <= 10


def test_a_plan_is_said_and_nothing_fetched(
    standin: Standin, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECTION16_CONTACT", CONTACT)
    monkeypatch.setenv("SECTION16_EDGAR", standin.url)
    archive = tmp_path / "archive"
    end = ended(lambda: sync(archive=archive, since=str(FIRST), until=str(LAST), plan=True, as_json=True))
    assert end is Exit.DONE
    facts = json.loads(capsys.readouterr().out)
    assert facts["filings"] == facts["one_by_one"] == standin.public
    assert held(archive) == 0


def test_watching_ends_after_its_rounds(standin: Standin, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    end = ended(lambda: watch(archive=tmp_path / "archive", edgar=standin.url, contact=CONTACT, rounds=1, as_json=True))
    assert end is Exit.DONE
    assert json.loads(capsys.readouterr().out)["problems"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"contact": None}, "CONTACT_MISSING"),
        ({"contact": "nobody"}, "CONTACT_MISSING"),
        ({"since": "yesterday"}, "USAGE"),
        ({"forms": "10-K"}, "USAGE"),
        ({"edgar": "http://10.0.0.1"}, "URL_SCHEME"),
    ],
)
def test_wrong_usage_ends_before_anything_is_asked(tmp_path: Path, arguments: dict[str, str], code: str) -> None:
    usual = {"contact": CONTACT, "edgar": "http://127.0.0.1:9", "since": "-3d"}
    with pytest.raises(UsageError) as refused:
        sync(archive=tmp_path / "archive", **(usual | arguments))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert code_of(refused.value) is Exit.USAGE


def test_an_edgar_that_is_not_there_is_an_outside_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("section16.sources.clock.SystemClock.sleep", lambda _clock, _seconds: None)
    with pytest.raises(Section16Error) as failed:
        sync(archive=tmp_path / "archive", contact=CONTACT, edgar="http://127.0.0.1:9", issuer="320193")
    assert failed.value.code == "EDGAR_FAILED"
    assert code_of(failed.value) is Exit.OUTSIDE


def test_a_second_sync_of_the_same_archive_is_told_to_wait(standin: Standin, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    with edgar_client(CONTACT, archive, edgar=standin.url), pytest.raises(ConflictError) as busy:
        sync(archive=archive, edgar=standin.url, contact=CONTACT)
    assert busy.value.code == "SYNC_BUSY"
