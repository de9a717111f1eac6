"""What the benches read: generated filings by default, or any folder of real ones.

Generated filings are fictional and the same on every machine, so anyone can repeat a run. Real ones are what counts:
get some from EDGAR and name their folder with `--documents`.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path

import machine

GENERATED = Path(__file__).resolve().parent.parent / "build" / "bench-documents"
SEED = 16

_FORM = re.compile(rb"<documentType>\s*([345](?:/A)?)\s*<")


def generated(count: int, kind: str, seed: int = SEED) -> Path:
    """A fresh folder of `count` generated filings; `kind` is `xml` or `submission`."""
    folder = GENERATED / f"{kind}-{count}-{seed}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    wanted = ["--count", str(count), "--seed", str(seed), "--as", kind]
    subprocess.run([*machine.command(), "generate", *wanted, "-o", str(folder)], check=True, stdout=subprocess.DEVNULL)
    return folder


def files(folder: Path, suffixes: tuple[str, ...] = (".xml",), most: int | None = None) -> list[Path]:
    """The files below a folder that end in one of `suffixes`, sorted; of more than `most`, a sample with a fixed seed.

    Raises:
        SystemExit: there is none.
    """
    found = sorted(path for path in folder.rglob("*") if path.suffix in suffixes and path.is_file())
    if not found:
        raise SystemExit(f"{folder}: no {' or '.join(suffixes)} file below it")
    if most is not None and len(found) > most:
        found = sorted(random.Random(SEED).sample(found, most))
    return found


def form_of(data: bytes) -> str:
    """The form type that an ownership XML states (`4`, `3/A`); `4` if it states none."""
    stated = _FORM.search(data)
    return stated[1].decode() if stated else "4"


def listing(paths: list[Path], target: Path) -> Path:
    """Writes the `form<TAB>path` lines that `reader_process.py` takes, and returns the file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = (f"{form_of(path.read_bytes())}\t{path.resolve()}\n" for path in paths)
    target.write_text("".join(lines), encoding="utf-8")
    return target
