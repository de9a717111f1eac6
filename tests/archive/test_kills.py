"""A run that is killed at any moment loses nothing it had acknowledged; `bench/prove_kills.py` tries many more."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kill_cases import run_case

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed as groups")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, texts: list[bytes]) -> Path:
    folder = tmp_path_factory.mktemp("source")
    for number, text in enumerate(texts[:24]):
        (folder / f"{number:04}.txt").write_bytes(text)
    return folder


@pytest.mark.parametrize("seed", [2, 3])
def test_a_killed_run_keeps_what_it_acknowledged_and_completes_when_run_again(
    seed: int, source: Path, tmp_path: Path
) -> None:
    case = run_case(seed, source, tmp_path, longest=0.8)
    assert case.faults == []
    assert case.acknowledged <= case.there <= 24
