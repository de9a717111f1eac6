"""How the programs that filers use spell what the form leaves open: `1` or `true`, a blank element or none.

The habits are those found together in 10,459 published Forms 4 of 2023, grouped by the program that wrote them; the
weights are its share of filings.
"""

from __future__ import annotations

from typing import Final

import msgspec

from section16.samples.chance import Mix


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """One program's habits.

    `file_name` and `description` are those of the primary document; `{form}` stands for the form's number, `{number}`
    for a number of its own. `truth` and `swap_truth` spell no and yes, the latter for equitySwapInvolved.
    A `blank_` habit writes an element without a value where there is nothing to say; else the element is left out.
    `every_box` writes all four relationship boxes and not only those that are checked.
    """

    file_name: str
    description: str | None = None
    truth: tuple[str, str] = ("0", "1")
    swap_truth: tuple[str, str] = ("0", "1")
    every_box: bool = True
    exit_box: bool = True
    blank_titles: bool = False
    blank_timeliness: bool = False
    blank_deemed: bool = False
    blank_nature: bool = False
    blank_tables: bool = False
    blank_footnotes: bool = False
    blank_remarks: bool = False


_WORDS: Final = ("false", "true")

PROGRAMS: Final = Mix(
    [
        (
            Habits(
                file_name="form{form}_{number}.xml",
                description="FORM {form}",
                blank_titles=True,
                blank_tables=True,
                blank_footnotes=True,
                blank_remarks=True,
            ),
            26,
        ),
        (
            Habits(
                file_name="doc{form}.xml",
                description="FORM {form} SUBMISSION",
                blank_deemed=True,
                blank_footnotes=True,
                blank_remarks=True,
            ),
            23,
        ),
        (
            Habits(
                file_name="form{form}.xml",
                description="PRIMARY DOCUMENT",
                every_box=False,
                exit_box=False,
                blank_timeliness=True,
                blank_footnotes=True,
            ),
            11,
        ),
        (
            Habits(
                file_name="ownership.xml",
                blank_titles=True,
                blank_timeliness=True,
                blank_deemed=True,
            ),
            6,
        ),
        (Habits(file_name="section16.xml", description="PRIMARY DOCUMENT", exit_box=False), 6),
        (Habits(file_name="primary_doc.xml", description="PRIMARY DOCUMENT"), 6),
        (Habits(file_name="doc.xml", every_box=False, exit_box=False, blank_tables=True, blank_footnotes=True), 6),
        (
            Habits(
                file_name="form{form}-{number}.xml",
                truth=_WORDS,
                exit_box=False,
                blank_titles=True,
                blank_nature=True,
                blank_tables=True,
                blank_footnotes=True,
            ),
            3.5,
        ),
        (
            Habits(
                file_name="primarydocument.xml",
                description="PRIMARY DOCUMENT",
                truth=_WORDS,
                swap_truth=_WORDS,
                blank_titles=True,
                blank_timeliness=True,
                blank_deemed=True,
                blank_tables=True,
                blank_footnotes=True,
                blank_remarks=True,
            ),
            3.5,
        ),
        (Habits(file_name="form{form}.xml", truth=_WORDS, every_box=False, exit_box=False), 1.5),
        (
            Habits(
                file_name="r{number}.xml",
                description="OWNERSHIP DOCUMENT",
                blank_titles=True,
                blank_timeliness=True,
                blank_deemed=True,
            ),
            6,
        ),
    ]
)
