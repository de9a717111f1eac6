from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.errors import StorageError, UsageError
from section16.sources.clock import SystemClock
from section16.sources.pace import Pace

if TYPE_CHECKING:
    from tests.sources.conftest import PlayedClock

TURNS = """
import sys, time
from pathlib import Path
from section16.sources.pace import Pace
pace = Pace(Path(sys.argv[1]), per_second=10)
for _ in range(int(sys.argv[2])):
    with pace.turn():
        print(time.monotonic(), flush=True)
"""


def most_in_a_second(moments: list[float]) -> int:
    ordered = sorted(moments)
    return max(sum(start <= one < start + 1 for one in ordered) for start in ordered)


def test_turns_come_evenly_at_the_pace_set(tmp_path: Path, clock: PlayedClock) -> None:
    pace = Pace(tmp_path / "pace", per_second=8, clock=clock)
    moments = []
    for _ in range(40):
        with pace.turn():
            moments.append(clock.monotonic())
    assert most_in_a_second(moments) == 8
    assert 4.8 < moments[-1] - moments[0] < 5.2


def test_requests_long_under_way_count_until_a_second_after_their_answer(tmp_path: Path, clock: PlayedClock) -> None:
    pace = Pace(tmp_path / "pace", per_second=10, clock=clock)
    under_way = [pace.turn() for _ in range(10)]
    for turn in under_way:
        turn.__enter__()
    clock.sleep(30)
    for turn in under_way:
        turn.__exit__(None, None, None)
    answered = clock.monotonic()
    with pace.turn():
        assert clock.monotonic() > answered + 1


def test_the_eleventh_waits_while_ten_are_under_way(tmp_path: Path, clock: PlayedClock) -> None:
    pace = Pace(tmp_path / "pace", per_second=10, clock=clock)
    under_way = [pace.turn() for _ in range(10)]
    for turn in under_way:
        turn.__enter__()
    began = clock.monotonic()
    with pace.turn():  # nobody answers: the turns are given up after their longest time
        assert clock.monotonic() > began + 100


def test_a_hold_stops_all_who_share_the_file(tmp_path: Path, clock: PlayedClock) -> None:
    one, other = Pace(tmp_path / "pace", clock=clock), Pace(tmp_path / "pace", clock=clock)
    began = clock.monotonic()
    one.hold(600)
    one.hold(60)
    with other.turn():
        assert clock.monotonic() >= began + 600


def test_what_a_restart_left_behind_holds_nobody(tmp_path: Path, clock: PlayedClock) -> None:
    clock.sleep(1_000_000)
    before = Pace(tmp_path / "pace", clock=clock)
    before.hold(60)
    with before.turn():
        clock._passed = 5.0  # the machine's clock begins anew
        with Pace(tmp_path / "pace", clock=clock).turn():
            assert clock.monotonic() < 6


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a process cannot be asked whether it runs")
def test_a_killed_process_gives_its_turns_back(tmp_path: Path, clock: PlayedClock) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    pace = Pace(tmp_path / "pace", per_second=10, clock=clock)
    with pace._writing() as store:
        store.executemany("insert into turns (began, process) values (?, ?)", [(clock.monotonic() - 1, dead.pid)] * 10)
    began = clock.monotonic()
    with pace.turn():
        assert clock.monotonic() < began + 2


def test_three_processes_and_their_threads_share_one_pace(tmp_path: Path) -> None:
    file = tmp_path / "state" / "pace"
    command = [sys.executable, "-c", TURNS, str(file), "5"]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    own: list[float] = []
    pace = Pace(file, per_second=10, clock=SystemClock())

    def take_turns() -> None:
        for _ in range(4):
            with pace.turn():
                own.append(time.monotonic())

    threads = [threading.Thread(target=take_turns) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    moments = own + [float(line) for child in children for line in child.communicate()[0].split()]
    assert len(moments) == 18
    assert most_in_a_second(moments) <= 10


@pytest.mark.parametrize("per_second", [0, -1, 10.5, 1000])
def test_nobody_may_ask_more_than_ten_times_a_second(tmp_path: Path, per_second: float) -> None:
    with pytest.raises(UsageError):
        Pace(tmp_path / "pace", per_second=per_second)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="SECTION16_STATE"):
        Pace(tmp_path / "file" / "pace")
