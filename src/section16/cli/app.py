"""The commands and their options."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated, Optional

import typer

from section16.cli.exits import Exit, code_of, complain, end_unknown, say
from section16.errors import Section16Error

app = typer.Typer(
    name="section16",
    help="Reports of corporate insiders under Section 16 of the Securities Exchange Act: Forms 3, 4 and 5.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


_SOURCES = "Files or folders, or - for standard input. The kind is told from the bytes."
_EDITION = "Draw in this look (2003, 2023-03, 2023-07, 2026-03) or schema version (X0508)."
_Sources = Annotated[list[str], typer.Argument(metavar="SRC...", help=_SOURCES, show_default=False)]
_Edition = Annotated[Optional[str], typer.Option("--edition", metavar="EDITION", help=_EDITION)]  # noqa: UP045
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
_Json = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]


@app.command()
def show(
    sources: _Sources,
    edition: _Edition = None,
    full: Annotated[bool, typer.Option("--full", help="Each form whole, also of several inputs.")] = False,  # noqa: FBT002
    as_json: _Json = False,  # noqa: FBT002
    in_browser: Annotated[bool, typer.Option("--open", help="Also open the form in the browser.")] = False,  # noqa: FBT002
    quiet: _Quiet = False,  # noqa: FBT002
) -> None:
    """Show a form in the terminal, and say it in one sentence; of several inputs a line each."""
    from section16.cli.show import show as run_show  # noqa: PLC0415 - each command brings its own imports

    _end(run_show(sources, edition=edition, full=full, as_json=as_json, in_browser=in_browser, quiet=quiet))


@app.command()
def convert(  # noqa: PLR0913 - the options of the contract
    sources: _Sources,
    to: Annotated[FormatName, typer.Option("--to", help="What to write.", show_default=False)],
    output: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--output", "-o", metavar="FILE|DIR", help="Where to; one input goes to standard output without."),
    ] = None,
    edition: _Edition = None,
    for_: Annotated[
        Optional[For],  # noqa: UP045
        typer.Option("--for", help="XML as EDGAR wants to receive it: nothing that EDGAR inserts."),
    ] = None,
    issuer_cik: Annotated[Optional[str], typer.Option(metavar="N", help="CIK of the issuer, if missing.")] = None,  # noqa: UP045
    owner_cik: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="N", help="CIK of each reporting owner, in order, if missing."),
    ] = None,
    plan_box: Annotated[Optional[YesNo], typer.Option("--10b5-1", help="Answer to aff10b5One, if missing.")] = None,  # noqa: UP045
    non_us: Annotated[
        Optional[YesNo],  # noqa: UP045
        typer.Option("--non-us", help="Answer to rptOwnerNonUSAddressFlag, if missing."),
    ] = None,
    ccc_file: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--ccc-file", metavar="FILE", help="Lines of CIK and CCC, mode 0600; else SECTION16_CCC_<CIK>."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that exist.")] = False,  # noqa: FBT002
    jobs: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--jobs", min=1, metavar="N", help="Processes; as many as there are cores unless set."),
    ] = None,
    quiet: _Quiet = False,  # noqa: FBT002
) -> None:
    """Convert filings: ownership XML, submission file, JSON, Markdown, HTML, PDF, text, CSV."""
    from section16.cli.answers import confirmation_codes, yes_or_no  # noqa: PLC0415
    from section16.cli.convert import convert as run_convert  # noqa: PLC0415
    from section16.cli.settings import whole_number  # noqa: PLC0415
    from section16.reading import Format  # noqa: PLC0415
    from section16.reading.for_submission import Answers  # noqa: PLC0415

    answers = None
    if for_ or to is FormatName.SUBMISSION:
        answers = Answers(
            issuer_cik=issuer_cik,
            owner_ciks=tuple(owner_cik or ()),
            cccs=confirmation_codes(ccc_file),
            plan_box=yes_or_no(plan_box),
            non_us=yes_or_no(non_us),
        )
    _refuse_unused(for_, to, issuer_cik, owner_cik, plan_box, non_us, ccc_file)
    _end(
        run_convert(
            sources,
            Format(to.value),
            output,
            {"edition": edition, "answers": answers},
            overwrite=overwrite,
            jobs=jobs or whole_number("jobs"),
            quiet=quiet,
        )
    )


def _refuse_unused(for_: For | None, to: FormatName, *given: object) -> None:
    """Answers for a submission make no sense without one."""
    from section16.errors import UsageError  # noqa: PLC0415

    if for_ and to not in {FormatName.XML, FormatName.SUBMISSION}:
        raise UsageError("USAGE", "--for submission goes with --to xml or --to submission")
    if any(given) and not for_ and to is not FormatName.SUBMISSION:
        message = "--issuer-cik, --owner-cik, --10b5-1, --non-us and --ccc-file are for submissions"
        raise UsageError("USAGE", message, mend="Add --for submission")


@app.command()
def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="The original.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="The amendment, or any other report.", show_default=False)],
    as_json: _Json = False,  # noqa: FBT002
    spelling: Annotated[bool, typer.Option("--spelling", help="Also where 1000 became 1000.00.")] = False,  # noqa: FBT002
) -> None:
    """Line-by-line difference of two reports; exit code 1 if there is one."""
    from section16.cli.diff import diff as run_diff  # noqa: PLC0415

    _end(run_diff(a, b, as_json=as_json, spelling=spelling))


@app.command()
def schema() -> None:
    """The JSON Schema of our JSON."""
    import msgspec  # noqa: PLC0415

    from section16.cli.outputs import write_out  # noqa: PLC0415
    from section16.reading.filing_json import filing_schema  # noqa: PLC0415

    write_out(msgspec.json.format(msgspec.json.encode(filing_schema()), indent=2) + b"\n")


@app.command()
def codes(
    code: Annotated[Optional[str], typer.Argument(metavar="CODE", show_default=False)] = None,  # noqa: UP045
    as_json: _Json = False,  # noqa: FBT002
) -> None:
    """Transaction codes, or what one code means: a transaction code, a place, a document type."""
    from section16.cli.codes import codes as run_codes  # noqa: PLC0415

    _end(run_codes(code, as_json=as_json))


@app.command()
def generate(  # noqa: PLR0913 - the options of the contract
    count: Annotated[int, typer.Option("--count", min=1, metavar="N", help="How many filings.", show_default=False)],
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="A new or empty folder.", show_default=False)],
    seed: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option("--seed", min=0, metavar="S", help="The same seed makes the same filings."),
    ] = None,
    as_: Annotated[Shape, typer.Option("--as", help="Full submissions, or their XML alone.")] = Shape.SUBMISSION,
    quiet: _Quiet = False,  # noqa: FBT002
) -> None:
    """Make filings of fictional issuers and people, for trying things out."""
    from section16.cli.generate import generate as run_generate  # noqa: PLC0415
    from section16.cli.settings import whole_number  # noqa: PLC0415

    chosen = whole_number("seed") if seed is None else seed
    _end(run_generate(count, chosen, output, as_.value, quiet=quiet))


@app.command()
def doctor(as_json: _Json = False) -> None:  # noqa: FBT002
    """What is installed, and where each setting comes from."""
    from section16.cli.doctor import doctor as run_doctor  # noqa: PLC0415

    _end(run_doctor(as_json=as_json))


def _print_version(value: bool) -> None:  # noqa: FBT001 - typer's callback
    if value:
        from section16.cli.doctor import version_line  # noqa: PLC0415

        print(version_line())
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Version, and dates of the lists.")
    ] = False,  # noqa: FBT002
) -> None:
    """Options before the command."""


def _end(code: Exit) -> None:
    if code:
        raise typer.Exit(int(code))


def run() -> None:
    """Run the command line; every end is an exit code."""
    try:
        app()
    except Section16Error as error:
        complain(error)
        sys.exit(code_of(error))
    except KeyboardInterrupt:
        say("interrupted")
        sys.exit(Exit.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(Exit.DONE)
    except Exception as error:  # noqa: BLE001 - the last door
        end_unknown(error)
