"""Filings without end, the same for the same seed.

Several blocks of companies are told at once, taking turns by chance; each block is in the order of acceptance, so an
amendment always follows its original and an insider's reports follow one another. How many are asked for changes
nothing in those that come.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count as counted
from typing import Final

from section16.edgar.containers import Attachment, DocumentFacts
from section16.errors import UsageError
from section16.samples.chance import Chance
from section16.samples.histories import History
from section16.samples.powers_of_attorney import power_of_attorney
from section16.samples.reports import Report, make_document
from section16.samples.sample import Sample

_AT_ONCE: Final = 4
_MOST: Final = 100_000_000
"""Filings of one seed. Blocks are numbered in six digits of the accession number; this many need fewer."""


def generate(count: int, seed: int) -> Iterator[Sample]:
    """Yield `count` filings of fictional issuers and people. Memory stays flat however many.

    The same seed gives the same filings, to the byte, on every system; fewer are the beginning of more.

    Raises:
        UsageError: `USAGE`, at the first filing, for a count below 0 or above 100 million.
    """
    if not 0 <= count <= _MOST:
        raise UsageError("USAGE", f"{count:,} filings cannot be generated", mend=f"Ask for up to {_MOST:,}")
    turns = Chance(seed, "turns")
    blocks = counted()
    telling = [_told(seed, next(blocks)) for _ in range(_AT_ONCE)]
    made = 0
    while made < count:
        turn = turns.below(_AT_ONCE)
        sample = next(telling[turn], None)
        if sample is None:
            telling[turn] = _told(seed, next(blocks))
        else:
            made += 1
            yield sample


def _told(seed: int, block: int) -> Iterator[Sample]:
    """Yield the filings of one block, numbered in their order by the year, with gaps as of an agent who files more."""
    chance = Chance(seed, "numbers", block)
    numbers: dict[int, int] = {}
    for report in History(seed, block).published():
        year = report.filed_on.year
        number = numbers[year] = numbers.get(year, 0) + chance.between(1, 9)
        report.accession = f"9999{block:06d}-{year % 100:02d}-{number:06d}"
        yield _sample(report, chance)


def _sample(report: Report, chance: Chance) -> Sample:
    insider, form_type = report.insider, report.form_type
    company, habits = insider.company, insider.habits
    film = f"{report.filed_on.year % 100:02d}{chance.below(10_000_000):07d}"
    owners = tuple([person.filer(form_type, company.file_number, film) for person in insider.people])
    description = habits.description
    return Sample(
        accession=report.accession,
        form=form_type,
        document=make_document(report),
        filed_on=report.filed_on,
        accepted_at=report.accepted_at,
        original=report.amends.accession if report.amends else None,
        faults=report.faults,
        filers=(*owners, company.filer),
        primary=DocumentFacts(
            type=form_type,
            sequence="1",
            name=habits.file_name.format(form=report.form, number=chance.between(100_000, 9_999_999)),
            description=description.format(form=form_type) if description else None,
        ),
        attachments=_exhibits(report),
    )


def _exhibits(report: Report) -> tuple[Attachment, ...]:
    insider = report.insider
    if not report.exhibit or insider.attorney is None or report.amends is not None:
        return ()
    return (
        Attachment(
            type="EX-24",
            sequence="2",
            name="ex24.txt",
            description="POWER OF ATTORNEY",
            content=power_of_attorney(insider, report.signed_on).encode("ascii"),
        ),
    )
