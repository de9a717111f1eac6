"""The proof of structure for an older edition: Forms 4 of X0303 to X0306, each by its own edition and by its schema.

    python bench/structure_of_x03.py --schema ownership4Document.xsd.xml --documents DIR --cases 5000 --seed 5

The schema is the SEC's of those years, with the file that it includes beside it; DIR holds Forms 4 as published. Prints
the counts and the first differences; exit status 1 if there are any.
"""

from __future__ import annotations

import argparse
import collections
import random
import re
from pathlib import Path

from lxml import etree

import documents
import section16
from section16.rules import check
from structure_judge import BLANKS_AROUND_A_DATE, is_structural
from structure_mutations import MUTATIONS

EDITION = re.compile(rb"<schemaVersion>X030[3-6]</schemaVersion>\s*<documentType>4</documentType>")
SHOWN = 20


def outcome(data: bytes, schema: etree.XMLSchema) -> str:
    """What the two say of one document; `another edition` if it is no longer a Form 4 of these."""
    if EDITION.search(data) is None:
        return "another edition"
    refused = not schema.validate(etree.fromstring(data, etree.XMLParser(resolve_entities=False, collect_ids=False)))
    try:
        findings = check(section16.read(data), as_="disseminated", edition="own")
    except section16.Section16Error:
        return "not read" if refused else "false alarm"
    if any(is_structural(finding) for finding in findings):
        return "refuse" if refused else "false alarm"
    if refused and any(finding.rule == BLANKS_AROUND_A_DATE for finding in findings):
        return "blanks around a date"
    return "missed" if refused else "agree"


def spoiled(seed: int, number: int, sound: list[bytes]) -> bytes:
    """A document with one or two changes: always the same for a seed and number."""
    chance = random.Random(f"{seed}:{number}")
    root, other = etree.fromstring(chance.choice(sound)), etree.fromstring(chance.choice(sound))
    for mutate in [chance.choice(MUTATIONS) for _ in range(chance.choice((1, 1, 1, 2)))]:
        try:
            mutate(root, chance, other)
        except ValueError:  # not a text that XML can hold
            continue
    return etree.tostring(root)


def main() -> None:
    """Judge the documents as they are, then spoiled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schema", type=Path, required=True)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    schema = etree.XMLSchema(etree.parse(options.schema))
    filed = [data for path in documents.files(options.documents) if EDITION.search(data := path.read_bytes())]
    if not filed:
        parser.exit(2, "no Form 4 of X0303 to X0306 in that folder\n")
    counts: collections.Counter[str] = collections.Counter()
    differ: list[str] = []
    cases = [*filed, *(spoiled(options.seed, number, filed) for number in range(options.cases))]
    for number, data in enumerate(cases, start=-len(filed)):
        said = outcome(data, schema)
        counts[said] += 1
        if said in {"missed", "false alarm"}:
            differ.append(f"case {number}: {said}")
    print(f"{len(filed)} documents, {options.cases} cases, seed {options.seed}: {dict(counts.most_common())}")
    print(*differ[:SHOWN], sep="\n", end="\n" if differ else "")
    if differ:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
