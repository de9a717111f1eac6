"""Arguments and options that commands share, and the words that some of them take.

Typer reads these at run time, so an optional value is written `Optional[...]`, which every version of it understands.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class FormatName(StrEnum):
    """Formats of convert; `section16.reading.Format` without its imports, held equal by a test."""

    XML = "xml"
    SUBMISSION = "submission"
    JSON = "json"
    MD = "md"
    HTML = "html"
    PDF = "pdf"
    TEXT = "text"
    CSV = "csv"


class For(StrEnum):
    """What convert --for takes."""

    SUBMISSION = "submission"


class YesNo(StrEnum):
    """An answer."""

    YES = "yes"
    NO = "no"


class Shape(StrEnum):
    """What generate writes."""

    SUBMISSION = "submission"
    XML = "xml"


class FindingsAs(StrEnum):
    """Formats of check; `section16.cli.check_output.OutputFormat` without its imports, held equal by a test."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class JudgedWord(StrEnum):
    """What check --as takes; `section16.rules.checking.Judged` without its imports."""

    SUBMISSION = "submission"
    DISSEMINATED = "disseminated"


class EditionWord(StrEnum):
    """What check --edition takes."""

    CURRENT = "current"
    OWN = "own"


class SeverityWord(StrEnum):
    """What check --fail-on takes; `section16.findings.Severity` without its imports."""

    SUSPEND = "suspend"
    WARN = "warn"
    LAW = "law"
    ODD = "odd"
    NOTE = "note"


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SRC...",
        help="Files, folders, - for standard input; of the archive: an accession number, issuer:CIK, owner:CIK or its "
        "folder; an address on EDGAR. The kind is told from the bytes.",
        show_default=False,
    ),
]
Edition = Annotated[
    str | None,
    typer.Option(
        "--edition",
        metavar="EDITION",
        help="Draw in this look (2003, 2023-03, 2023-07, 2026-03) or schema version (X0508).",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what fails or was assumed.")]

To = Annotated[FormatName, typer.Option("--to", help="What to write.", show_default=False)]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE|DIR", help="Where to; one input goes to standard output without."),
]
ForWhom = Annotated[
    For | None,
    typer.Option("--for", help="XML as EDGAR wants to receive it: nothing that EDGAR inserts."),
]
IssuerCik = Annotated[str | None, typer.Option("--issuer-cik", metavar="N", help="CIK of the issuer, if missing.")]
OwnerCiks = Annotated[
    list[str] | None,
    typer.Option("--owner-cik", metavar="N", help="CIK of each reporting owner, in order, if missing."),
]
PlanBox = Annotated[YesNo | None, typer.Option("--10b5-1", help="Answer to aff10b5One, if missing.")]
NonUs = Annotated[YesNo | None, typer.Option("--non-us", help="Answer to rptOwnerNonUSAddressFlag, if missing.")]
CccFile = Annotated[
    str | None,
    typer.Option("--ccc-file", metavar="FILE", help="Lines of CIK and CCC, mode 0600; else SECTION16_CCC_<CIK>."),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace files that exist.")]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, metavar="N", help="Processes; as many as there are cores unless set."),
]

Count = Annotated[int, typer.Option("--count", min=1, metavar="N", help="How many filings.", show_default=False)]
NewFolder = Annotated[
    str, typer.Option("--output", "-o", metavar="DIR", help="A new or empty folder.", show_default=False)
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, metavar="S", help="The same seed makes the same filings.")]
As = Annotated[Shape, typer.Option("--as", help="Full submissions, or their XML alone.")]

JudgedAs = Annotated[
    JudgedWord | None,
    typer.Option(
        "--as", help="Judge as a document to be sent, or as EDGAR published it; told from the source without."
    ),
]
JudgedBy = Annotated[
    EditionWord | None,
    typer.Option("--edition", help="Judge by the rules of March 2026 or those of its own schema version."),
]
FindingsFormat = Annotated[FindingsAs, typer.Option("--format", help="How to write the findings.")]
Single = Annotated[bool, typer.Option("--single", help="Judge each report alone, not by the others given.")]
Against = Annotated[
    Path | None,
    typer.Option("--against", metavar="DIR", help="An archive, whose filings of the same persons are judged along."),
]
SplitsFile = Annotated[
    str | None, typer.Option("--splits", metavar="FILE", help="CSV date,factor of splits between reports.")
]
FailOn = Annotated[
    SeverityWord | None,
    typer.Option("--fail-on", help="Exit with 1 from this severity on; from law on without."),
]
