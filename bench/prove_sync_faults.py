"""`archive sync` and `archive watch` against a stand-in with each fault on: the same archive as without any.

    python bench/prove_sync_faults.py [--kills 20] [--seed 16]

Each case is the real command in a process of its own, over some days of generated filings, run again while it ends with
another code than 0. Its archive must hold the same filings, bytes and rows as one that was made without faults, and
the stand-in must never have had more than ten requests in a second. Some syncs are killed at moments drawn from the
seed and run again. The result stands in results/sync_faults.json.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec

import machine
from section16.archive import open_archive
from section16.samples import generate, write_samples
from section16.standin import busiest_second
from section16.standin.running import Standin, running

POOL = 3000
"""Generated filings of which those of the fullest days in a row are published."""

DAYS = 4
"""Days in a row: few enough to be read from the index of each."""

BLOCK = 2.0
"""Seconds for which the stand-in refuses everything after too many requests."""

RUNS = 4
"""Times a command is run at most until it ends well."""

FAULTS: dict[str, tuple[str, ...]] = {
    "403": ("403=0.03",),
    "404": ("404=1x",),
    "429": ("429=1s:0.1",),
    "5xx": ("5xx=0.2",),
    "truncated": ("truncated=0.3",),
    "wrong-length": ("wrong-length=0.3",),
    "slow": ("slow=20kB/s:0.3",),
    "delay": ("delay=300ms:0.3",),
    "rebuilt": ("rebuilt=0.5",),
    "corrupt": ("corrupt=0.3",),
    "empty-list": ("empty-list=1x",),
    "block-page": ("block-page=1x@*index*", "block-page=1x@/cgi-bin/*"),
    "redirect": ("redirect=0.2",),
    "clock-skew": ("clock-skew=90s",),
    "outage, then back": ("outage=3s",),
}
"""Every fault by which a sound answer can still be had, and how often it comes."""

SHORT = """
import sys
from section16.sources import client
made = client.Manners
client.Manners = lambda: made(first_wait=0.05, longest_wait=1.0, block_waits=(1.0, 1.0, 2.0, 2.0), idle=5.0)
from section16.cli import main
sys.argv = ["section16", *sys.argv[1:]]
main()
"""
"""The command with shorter waits after failures; the pace of requests is the usual one."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One case: how often the command ran, in how many seconds, how many requests came, how many in one second."""

    name: str
    runs: int
    codes: list[int]
    seconds: float
    requests: int
    busiest: int
    same: bool

    @property
    def good(self) -> bool:
        """Whether it kept what is promised."""
        return self.same and self.busiest <= 10 and self.codes[-1] == 0


class Bench:
    """The filings that are published, and a folder for archives."""

    def __init__(self, work: Path, seed: int, days: int = DAYS) -> None:
        """Write the filings of the days."""
        self.work, self.filings = work, work / "filings"
        made = Counter(one.filed_on for one in generate(POOL, seed))
        self.first = max(made, key=lambda day: sum(made[day + timedelta(number)] for number in range(days)))
        self.last = self.first + timedelta(days - 1)
        write_samples((one for one in generate(POOL, seed) if self.first <= one.filed_on <= self.last), self.filings)

    @contextmanager
    def standin(self, faults: Sequence[str] = ()) -> Iterator[Standin]:
        """A stand-in with EDGAR's rules."""
        with running(self.filings, faults=faults, fault_seed=7, block=BLOCK) as found:
            yield found

    def command(self, name: str, what: str, url: str) -> list[str]:
        """The words of a command on the archive `name`."""
        own = ["--archive", str(self.work / name), "--edgar", url, "--contact", "Example analyst@example.com"]
        days = ["--since", str(self.first)]
        more = [*days, "--until", str(self.last)] if what == "sync" else [*days, "--rounds", "1"]
        return [sys.executable, "-c", SHORT, "archive", what, "--quiet", *own, *more]

    def environment(self, name: str) -> dict[str, str]:
        """The state of each case is its own, so that cases do not wait for one another's blocks."""
        return os.environ | {"SECTION16_STATE": str(self.work / f"state-{name}")}

    def case(self, what: str, fault: str, faults: Sequence[str], whole: object, runs: int = RUNS) -> Case:
        """Run a command under faults until it ends well."""
        name = f"{what}-{fault}".replace(" ", "").replace(",", "-")
        codes: list[int] = []
        began = time.monotonic()
        with self.standin(faults) as here:
            while len(codes) < runs and codes[-1:] != [0]:
                done = subprocess.run(
                    self.command(name, what, here.url), env=self.environment(name), capture_output=True, check=False
                )
                codes.append(done.returncode)
            requests = here.requests
        return Case(
            name=f"{what}: {fault}",
            runs=len(codes),
            codes=codes,
            seconds=round(time.monotonic() - began, 1),
            requests=len(requests),
            busiest=busiest_second(request.time for request in requests),
            same=self.held(name) == whole,
        )

    def killed(self, seed: int, whole: object, longest: float) -> Case:
        """Kill a sync at a moment drawn from `seed`, then run it to its end."""
        name, draw = f"killed-{seed}", random.Random(seed)
        began = time.monotonic()
        with self.standin() as here:
            words, environment = self.command(name, "sync", here.url), self.environment(name)
            child = subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)
            try:
                child.wait(draw.uniform(0.3, longest))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
            codes = [child.wait()]
            codes.append(subprocess.run(words, env=environment, capture_output=True, check=False).returncode)
            requests = here.requests
        return Case(
            name=f"killed: {seed}",
            runs=2,
            codes=codes,
            seconds=round(time.monotonic() - began, 1),
            requests=len(requests),
            busiest=busiest_second(request.time for request in requests),
            same=self.held(name) == whole,
        )

    def held(self, name: str) -> object:
        """What an archive holds: each filing with the hashes of its bytes, rows of every table, whether it is sound."""
        try:
            with open_archive(self.work / name, create=False) as opened:
                execute = opened.ledger.connection.execute
                containers = execute("select key, hex(sha256) from containers order by key, sha256").fetchall()
                tables = ("filings", "owners", "transactions", "holdings", "footnotes", "signatures", "filers")
                rows = [opened.sql(f"select count(*) from {table}").fetchone() for table in tables]
                aside = len(opened.quarantined())
                return containers, rows, aside, opened.verify(jobs=1).clean
        except Exception as error:  # noqa: BLE001 - whatever it is, it is another archive
            return repr(error)


def matrix(bench: Bench, kills: int, seed: int, chosen: Sequence[str]) -> list[Case]:
    """All cases; the first is the sound sync that the others are compared with."""
    sound = bench.case("sync", "sound", (), None)
    whole = bench.held("sync-sound")
    cases = [msgspec.structs.replace(sound, same=not isinstance(whole, str))]
    for what in ("sync", "watch"):
        for fault in chosen:
            cases.append(bench.case(what, fault, FAULTS[fault], whole))
            say(cases[-1])
    for number in range(kills):
        cases.append(bench.killed(seed * 1000 + number, whole, sound.seconds))
        say(cases[-1])
    return cases


def say(case: Case) -> None:
    """One line."""
    word = "good" if case.good else "BAD "
    print(
        f"{word} {case.name:28} {case.seconds:6.1f} s {case.requests:5} requests, busiest {case.busiest:2} {case.codes}"
    )


def main() -> int:
    """Run the cases; exit code 1 if one is not as promised."""
    parser = argparse.ArgumentParser(description="Sync and watch under every fault.")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=16)
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        cases = matrix(Bench(Path(folder), asked.seed), asked.kills, asked.seed, tuple(FAULTS))
    figures = {
        "cases": len(cases),
        "good": sum(case.good for case in cases),
        "busiest_second": max(case.busiest for case in cases),
        "requests": sum(case.requests for case in cases),
        "runs_needed": {case.name: case.runs for case in cases if case.runs > 1 and not case.name.startswith("killed")},
        "killed": sum(case.name.startswith("killed") and case.codes[0] < 0 for case in cases),
        "seconds": round(time.monotonic() - began, 1),
    }
    for name, figure in figures.items():
        print(f"{name:<16} {figure}")
    machine.keep("sync_faults", {"seed": asked.seed, **figures})
    return 0 if all(case.good for case in cases) else 1


if __name__ == "__main__":
    sys.exit(main())
