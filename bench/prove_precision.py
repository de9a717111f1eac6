"""How often each rule speaks on a folder of filings, and which findings to check by hand for docs/rule-precision.md.

    python bench/prove_precision.py --documents DIR [DIR ...]              hits and reports by rule
    python bench/prove_precision.py --documents DIR --rule L-34 --show 20  a sample of a rule's findings and their lines

Reports are judged as they come (published ones by their own edition). One that lies there in two containers counts
once, in the one that knows its filing date. Figures go to results/rule_precision.json. Whether a finding is right only
a reader can say; the table in docs/ keeps what readers said. Without --documents: generated filings.
"""

from __future__ import annotations

import argparse
import collections
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import documents
import machine
import section16
from section16.findings import Finding, Severity
from section16.reading import Filing
from section16.rules import check
from section16.rules.catalogue import rules

_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")
_SUFFIXES = (".txt", ".nc", ".xml")
_GENERATED = 2000

Hit = tuple[Path, Filing, Finding]


def reports(folders: Sequence[Path], most: int | None) -> Iterator[tuple[Path, Filing]]:
    """Each report of the folders once, with its file; what can't be read is left out."""
    found = [path for folder in folders for path in documents.files(folder, _SUFFIXES)]
    ordered = sorted(found, key=lambda path: _SUFFIXES.index(path.suffix))
    seen: set[str] = set()
    for path in ordered:
        number = _ACCESSION.search(path.name)
        key = number[0] if number else str(path)
        if key in seen or (most is not None and len(seen) >= most):
            continue
        try:
            filing = section16.read(path)
        except section16.Section16Error:
            continue
        seen.add(key)
        yield path, filing


def hits(folders: Sequence[Path], most: int | None) -> tuple[int, dict[str, list[Hit]]]:
    """The number of reports read, and the findings by rule."""
    found: dict[str, list[Hit]] = collections.defaultdict(list)
    count = 0
    for path, filing in reports(folders, most):
        count += 1
        for finding in check(filing):
            found[finding.rule].append((path, filing, finding))
    return count, found


def table(count: int, found: dict[str, list[Hit]]) -> list[dict[str, object]]:
    """One row a rule: hits, reports with one, and their share of all reports."""
    rows: list[dict[str, object]] = []
    for rule in rules():
        concerned = {path for path, _, _ in found.get(rule.id, [])}
        rows.append(
            {
                "rule": rule.id,
                "severity": rule.severity.value,
                "source": rule.source.value,
                "hits": len(found.get(rule.id, [])),
                "reports": len(concerned),
                "percent": round(100 * len(concerned) / count, 2) if count else 0.0,
                "name": rule.name,
            }
        )
    return rows


def show(sample: Sequence[Hit]) -> None:
    """Prints findings with what a reader needs to judge them: the report's sentence, its lines, its footnotes."""
    for path, filing, finding in sample:
        print(f"\n{path.name}  {finding.where}: {finding.message}")
        print(f"    {filing.sentence} Filed {filing.filed_on}.")
        document = filing.document
        for row in (*document.table_one, *document.table_two):
            print(f"    {_line(row)}")
        for name, text in document.footnote_texts.items():
            print(f"    {name} {' '.join(text.split())[:200]}")


def _line(row: object) -> str:
    """The values of a line in the order of the form."""
    values: list[str] = []
    _values(row, values)
    return " | ".join(values)


def _values(record: object, values: list[str]) -> None:
    text = getattr(record, "text", None)
    if isinstance(record, str) or text:
        values.append(str(record if isinstance(record, str) else text))
        return
    for name in getattr(record, "__struct_fields__", ()):
        if name != "extra":
            _values(getattr(record, name), values)


def main() -> None:
    """Reads the folders, prints the table or a sample, keeps the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, nargs="+", help="folders of filings; default: generated ones")
    parser.add_argument("--cases", type=int, help="the most reports to read")
    parser.add_argument("--rule", help="print findings of this rule instead of the table")
    parser.add_argument("--show", type=int, default=20, help="how many of them")
    parser.add_argument("--seed", type=int, default=16, help="which of them")
    options = parser.parse_args()
    folders = options.documents or [documents.generated(min(options.cases or _GENERATED, _GENERATED), "submission")]
    count, found = hits(folders, options.cases)
    if options.rule:
        every = found.get(options.rule, [])
        show(random.Random(options.seed).sample(every, min(options.show, len(every))))
        return
    rows = table(count, found)
    for row in sorted(rows, key=_gravest_first):
        print(f"{row['rule']:13} {row['severity']:8}{row['hits']:7} hits in {row['reports']:6} reports  {row['name']}")
    kept = {"of": "generated filings" if options.documents is None else "real filings", "reports": count, "rules": rows}
    print(f"{count} reports; figures in {machine.keep('rule_precision', kept).name}")


def _gravest_first(row: dict[str, object]) -> tuple[int, str]:
    return -Severity(str(row["severity"])).gravity, str(row["rule"])


if __name__ == "__main__":
    main()
