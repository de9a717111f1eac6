"""The real `archive sync` and `watch` under faults and a kill; `bench/prove_sync_faults.py` tries all of them."""

from __future__ import annotations

import sys

import pytest

from prove_sync_faults import Bench

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed as groups")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("faults"), seed=16, days=2)


@pytest.fixture(scope="module")
def whole(bench: Bench) -> object:
    assert bench.case("sync", "sound", (), None).codes == [0]
    return bench.held("sync-sound")


@pytest.mark.parametrize(("what", "fault"), [("sync", "404=1x"), ("watch", "truncated=0.3")])
def test_under_a_fault_the_same_archive_comes(bench: Bench, whole: object, what: str, fault: str) -> None:
    case = bench.case(what, fault.partition("=")[0], (fault,), whole)
    assert case.same
    assert case.codes[-1] == 0
    assert case.busiest <= 10


def test_a_sync_that_was_killed_goes_on(bench: Bench, whole: object) -> None:
    case = bench.killed(3, whole, longest=1.5)
    assert case.same
    assert case.codes[-1] == 0


def test_an_edgar_without_any_index_does_not_end_well(bench: Bench) -> None:
    case = bench.case("sync", "none", ("404@*index*",), None, runs=1)
    assert case.codes == [1]
