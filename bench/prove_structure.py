"""Proof of structure: we find a fault exactly where the SEC's schemas refuse, over spoiled documents of all six types.

    python bench/prove_structure.py --schemas DIR --cases 40000 --seed 16 [--documents DIR]
    python bench/prove_structure.py --schemas DIR --seed 16 --case 1234           one case again, with its document

DIR holds the schemas of the EDGAR Ownership XML Technical Specification 5.5 (ownership4Document.xsd.xml and the
others), which the SEC publishes; $SECTION16_SCHEMAS names it, too. Figures go to results/structure_differential.json.
Exit status 1 if the two differ anywhere but in the exceptions of docs/rules-differential.md, 2 without the schemas.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import time
from pathlib import Path
from typing import NamedTuple

from lxml import etree

import documents
import machine
from section16.samples import generate, sample_bytes
from structure_documents import FORMS, full, up_to_date
from structure_judge import Schemas, Verdict, judge
from structure_mutations import MUTATIONS

GENERATED = 400
REAL = 400
LISTED = frozenset({"agree", "refuse", "not read", "blanks around a date"})


class Case(NamedTuple):
    """One spoiled document, and what was done to it."""

    data: bytes
    done: tuple[str, ...]


def filed_documents(folder: Path | None) -> list[bytes]:
    """Generated filings, and real ones of a folder, as they were filed."""
    filed = [sample_bytes(sample, "xml") for sample in generate(GENERATED, 16)]
    return filed + ([path.read_bytes() for path in documents.files(folder, most=REAL)] if folder else [])


def sound_documents(schemas: Schemas, filed: list[bytes]) -> list[bytes]:
    """The documents to spoil, each sound: the six full ones many times over, filed ones brought up to date."""
    renewed = [up_to_date(etree.fromstring(source)) for source in filed]
    sound = [data for data in renewed if schemas.refusal(data) is None]
    return [full(form) for form in FORMS] * max(1, len(sound) // 12) + sound


def case(seed: int, number: int, sound: list[bytes]) -> Case:
    """The document number `number` of a seed: always the same."""
    chance = random.Random(f"{seed}:{number}")
    root = etree.fromstring(chance.choice(sound))
    other = etree.fromstring(chance.choice(sound))
    done = [chance.choice(MUTATIONS) for _ in range(chance.choice((1, 1, 1, 1, 2, 3)))]
    for mutate in done:
        try:
            mutate(root, chance, other)
        except ValueError:  # not a text that XML can hold
            continue
    return Case(etree.tostring(root), tuple(mutate.__name__ for mutate in done))


def run(
    schemas: Schemas, filed: list[bytes], sound: list[bytes], seed: int, cases: int
) -> tuple[collections.Counter[str], list[str]]:
    """Count the outcomes of the documents as filed, the sound ones and `cases` spoiled ones; tell where they differ."""
    outcomes: collections.Counter[str] = collections.Counter()
    differ: list[str] = []

    def note(label: str, verdict: Verdict) -> None:
        outcomes[verdict.outcome] += 1
        if verdict.outcome not in LISTED:
            differ.append(f"{label}: {verdict.outcome}: {verdict.words}")

    for number, data in enumerate(dict.fromkeys([*filed, *sound])):
        note(f"document {number}", judge(data, schemas))
    for number in range(cases):
        spoiled = case(seed, number, sound)
        note(f"case {number} ({', '.join(spoiled.done)})", judge(spoiled.data, schemas))
    return outcomes, differ


def main() -> None:
    """Run the cases, print and keep the figures, end with status 1 where the two differ."""
    parser = argparse.ArgumentParser(description="Findings of structure beside the SEC's schemas.")
    parser.add_argument("--cases", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--schemas", type=Path, default=os.environ.get("SECTION16_SCHEMAS"))
    parser.add_argument("--documents", type=Path, help="folder of real filings to spoil, beside the generated ones")
    parser.add_argument("--case", type=int, help="only this case, with its document")
    arguments = parser.parse_args()
    if arguments.schemas is None:
        parser.exit(
            2,
            "prove_structure: not run, because it needs the SEC's schemas. Take ownership3Document.xsd.xml and the "
            "others from the EDGAR Ownership XML Technical Specification (sec.gov/edgar/filer-information/"
            "current-edgar-technical-specifications) and name their folder with --schemas DIR or $SECTION16_SCHEMAS.\n",
        )
    if not (arguments.schemas / "ownership4Document.xsd.xml").is_file():
        parser.exit(2, f"prove_structure: not run, because {arguments.schemas} has no ownership4Document.xsd.xml\n")
    schemas = Schemas(arguments.schemas)
    filed = filed_documents(arguments.documents)
    sound = sound_documents(schemas, filed)
    if arguments.case is not None:
        spoiled = case(arguments.seed, arguments.case, sound)
        print(
            spoiled.data.decode(), spoiled.done, judge(spoiled.data, schemas), schemas.refusal(spoiled.data), sep="\n"
        )
        return
    begun = time.perf_counter()
    outcomes, differ = run(schemas, filed, sound, arguments.seed, arguments.cases)
    figures = {
        "cases": arguments.cases,
        "seed": arguments.seed,
        "documents": len({*filed, *sound}),
        "documents_are": "generated and real filings" if arguments.documents else "generated filings",
        "outcomes": dict(outcomes.most_common()),
        "differences": len(differ),
        "seconds": round(time.perf_counter() - begun, 1),
        "versions": machine.versions("lxml", "section16"),
        "libxml2": ".".join(map(str, etree.LIBXML_VERSION)),
    }
    for name, figure in figures.items():
        print(f"{name:<16} {figure}")
    print(*differ[:40], sep="\n")
    machine.keep("structure_differential", figures)
    if differ:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
