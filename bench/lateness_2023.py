"""How late reports are: every filing of a folder, or of a .tar archive, judged as `section16 due SRC` does.

    python bench/lateness_2023.py [--documents DIR|FILE.tar.xz] [--samples 10]

Without `--documents` it reads generated filings, whose lateness is made up. It keeps counts by form, a histogram of the
business days late, the reasons of what can't be said, and seeded samples of late and of punctual reports with the days
they were judged by, to be checked by hand.
"""

from __future__ import annotations

import argparse
import random
import re
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import documents
import machine
import section16
from section16.compliance.lateness import ReportLateness, lateness
from section16.errors import Section16Error

GENERATED = 1500
SEED = 2023
BANDS = ((1, 1), (2, 2), (3, 5), (6, 10), (11, 20), (21, 60), (61, 250), (251, 10_000))


def contents(source: Path) -> Iterator[bytes]:
    """The files of a folder or an archive, in the order of their names."""
    if source.is_dir():
        yield from (path.read_bytes() for path in documents.files(source, (".txt", ".xml", ".nc")))
        return
    with tarfile.open(source) as archive:
        members = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        for name in sorted(members):
            file = members[name]
            if file is not None:
                yield file.read()


def judged(source: Path) -> Iterator[ReportLateness]:
    """What is to be said of each filing; what is none is passed over."""
    for data in contents(source):
        try:
            filing = section16.read(data)
        except Section16Error:
            continue
        yield lateness(filing)


def sample(one: ReportLateness) -> dict[str, Any]:
    """The facts that a person checks: the line that decided, and the days."""
    line = max(one.lines, key=lambda line: line.late_days or 0, default=None)
    return {
        "accession": one.report.accession,
        "form": one.report.document_type,
        "traded": str(line.traded) if line else str(one.report.period),
        "code": line.code if line else "",
        "due": str(line.due if line else one.due),
        "filed": str(one.filed),
        "late_days": one.late_days,
    }


def reason(one: ReportLateness) -> str:
    """The reason with its particulars taken out."""
    words = re.sub(r"Table II? line \d+: ", "", one.why)
    words = re.sub(r"\d{4}-\d\d-\d\d", "DAY", words)
    return re.sub(r" \(\$[^)]*\)", "", words)


def figures(results: list[ReportLateness], samples: int) -> dict[str, Any]:
    """Counts by form and state, bands of lateness, reasons, samples."""
    states: dict[str, Counter[str]] = {}
    for one in results:
        states.setdefault(one.report.document_type, Counter())[one.state.value] += 1
    late = [one for one in results if one.late]
    punctual = [one for one in results if one.late is False and one.lines]
    lines = Counter(line.state.value for one in results for line in one.lines)
    codes = Counter(line.code for one in late for line in one.lines if line.state.value == "late")
    chance = random.Random(SEED)
    return {
        "filings": len(results),
        "by_form": {form: dict(counts) for form, counts in sorted(states.items())},
        "lines": dict(lines),
        "late_lines_by_code": dict(codes.most_common()),
        "late_days": {_named(*band): sum(band[0] <= (one.late_days or 0) <= band[1] for one in late) for band in BANDS},
        "cannot_be_said": dict(Counter(reason(one) for one in results if one.late is None).most_common()),
        "marks_that_disagree": sum(one.disagrees for one in results),
        "sample_late": [sample(one) for one in chance.sample(late, min(samples, len(late)))],
        "sample_on_time": [sample(one) for one in chance.sample(punctual, min(samples, len(punctual)))],
    }


def _named(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def main() -> None:
    """Judge, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--samples", type=int, default=10)
    options = parser.parse_args()
    source = options.documents or documents.generated(GENERATED, "submission")
    begun = time.perf_counter()
    found = figures(list(judged(source)), options.samples)
    seconds = round(time.perf_counter() - begun, 1)
    for name, figure in found.items():
        print(f"{name:<20} {figure}")
    machine.keep("lateness_2023", {"kind": "given" if options.documents else "generated", "seconds": seconds, **found})


if __name__ == "__main__":
    main()
