"""The commands: each translates its options and makes one call, importing only then what it needs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from section16.cli import law_commands
from section16.cli.archive import app as archive_app
from section16.cli.archive import sql
from section16.cli.exits import code_of, complain, end, end_unknown
from section16.cli.options import (
    Against,
    As,
    CccFile,
    Count,
    Edition,
    FailOn,
    FindingsAs,
    FindingsFormat,
    FormatName,
    ForWhom,
    IssuerCik,
    Jobs,
    Json,
    JudgedAs,
    JudgedBy,
    NewFolder,
    NonUs,
    Output,
    Overwrite,
    OwnerCiks,
    PlanBox,
    Quiet,
    Seed,
    Shape,
    Single,
    Sources,
    SplitsFile,
    To,
)
from section16.cli.standin import standin
from section16.errors import Section16Error, UsageError

app = typer.Typer(
    name="section16",
    help="Reports of corporate insiders under Section 16 of the Securities Exchange Act: Forms 3, 4 and 5.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_REPORTS, _LAW, _ARCHIVE, _TRYING = "One report or many", "The law", "All reports", "Trying things out"

app.add_typer(archive_app, rich_help_panel=_ARCHIVE)


@app.command(rich_help_panel=_REPORTS)
def show(
    sources: Sources,
    edition: Edition = None,
    full: Annotated[bool, typer.Option("--full", help="Each form whole, also of several inputs.")] = False,
    as_json: Json = False,
    in_browser: Annotated[bool, typer.Option("--open", help="Also open the form in the browser.")] = False,
    quiet: Quiet = False,
) -> None:
    """Show a form in the terminal, and say it in one sentence; of several inputs a line each."""
    from section16.cli.show import show as run_show  # noqa: PLC0415

    end(run_show(sources, edition=edition, full=full, as_json=as_json, in_browser=in_browser, quiet=quiet))


@app.command(rich_help_panel=_REPORTS)
def convert(  # noqa: PLR0917 - the options of the contract, all given by name
    sources: Sources,
    to: To,
    output: Output = None,
    edition: Edition = None,
    for_: ForWhom = None,
    issuer_cik: IssuerCik = None,
    owner_cik: OwnerCiks = None,
    plan_box: PlanBox = None,
    non_us: NonUs = None,
    ccc_file: CccFile = None,
    overwrite: Overwrite = False,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Convert filings: ownership XML, submission file, JSON, Markdown, HTML, PDF, text, CSV."""
    _refuse_unused(for_, to, issuer_cik, owner_cik, plan_box, non_us, ccc_file)
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
    options = {"edition": edition, "answers": answers}
    processes = jobs or whole_number("jobs")
    end(run_convert(sources, Format(to.value), output, options, overwrite=overwrite, jobs=processes, quiet=quiet))


def _refuse_unused(for_: ForWhom, to: FormatName, *given: object) -> None:
    """Answers for a submission make no sense without one. Raises UsageError."""
    if for_ and to not in {FormatName.XML, FormatName.SUBMISSION}:
        raise UsageError("USAGE", "--for submission goes with --to xml or --to submission")
    if any(given) and not for_ and to is not FormatName.SUBMISSION:
        message = "--issuer-cik, --owner-cik, --10b5-1, --non-us and --ccc-file are for submissions"
        raise UsageError("USAGE", message, mend="Add --for submission")


@app.command(rich_help_panel=_REPORTS)
def check(  # noqa: PLR0917 - the options of the contract, all given by name
    sources: Sources,
    as_: JudgedAs = None,
    edition: JudgedBy = None,
    form: FindingsFormat = FindingsAs.TEXT,
    fail_on: FailOn = None,
    single: Single = False,
    splits: SplitsFile = None,
    against: Against = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
) -> None:
    """Say what is wrong with reports: by EDGAR's rules, by law, and in all likelihood."""
    from section16.cli.check import check as run_check  # noqa: PLC0415
    from section16.cli.check_output import OutputFormat  # noqa: PLC0415
    from section16.cli.settings import whole_number  # noqa: PLC0415
    from section16.findings import Severity  # noqa: PLC0415

    end(
        run_check(
            sources,
            as_=as_ and as_.value,
            edition=edition and edition.value,
            form=OutputFormat(form.value),
            fail_on=Severity(fail_on.value) if fail_on else Severity.LAW,
            single=single,
            splits=splits,
            against=against,
            jobs=jobs or whole_number("jobs"),
            quiet=quiet,
        )
    )


@app.command(rich_help_panel=_REPORTS)
def rules(
    rule: Annotated[
        str | None, typer.Argument(metavar="ID", help="One rule, with its examples.", show_default=False)
    ] = None,
    as_json: Json = False,
) -> None:
    """The rules of check, or one of them explained."""
    from section16.cli.rules import rules as run_rules  # noqa: PLC0415

    end(run_rules(rule, as_json=as_json))


@app.command(rich_help_panel=_REPORTS)
def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="The original.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="The amendment, or any other report.", show_default=False)],
    as_json: Json = False,
    spelling: Annotated[bool, typer.Option("--spelling", help="Also where 1000 became 1000.00.")] = False,
) -> None:
    """Line-by-line difference of two reports; exit code 1 if there is one."""
    from section16.cli.diff import diff as run_diff  # noqa: PLC0415

    end(run_diff(a, b, as_json=as_json, spelling=spelling))


@app.command(rich_help_panel=_REPORTS)
def schema() -> None:
    """The JSON Schema of our JSON."""
    from section16.cli.standard_output import write_json  # noqa: PLC0415
    from section16.reading.filing_json import filing_schema  # noqa: PLC0415

    write_json(filing_schema())


@app.command(rich_help_panel=_REPORTS)
def codes(
    code: Annotated[
        str | None,
        typer.Argument(metavar="CODE", help="A transaction code, a place or a document type.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Transaction codes, or what one code means."""
    from section16.cli.codes import codes as run_codes  # noqa: PLC0415

    end(run_codes(code, as_json=as_json))


@app.command(rich_help_panel=_TRYING)
def generate(
    count: Count, output: NewFolder, seed: Seed = None, as_: As = Shape.SUBMISSION, quiet: Quiet = False
) -> None:
    """Make filings of fictional issuers and people, for trying things out."""
    from section16.cli.generate import generate as run_generate  # noqa: PLC0415
    from section16.cli.settings import whole_number  # noqa: PLC0415

    chosen = whole_number("seed") if seed is None else seed
    end(run_generate(count, chosen, output, "xml" if as_ is Shape.XML else "submission", quiet=quiet))


_LAW_COMMANDS = (
    law_commands.due,
    law_commands.calendar,
    law_commands.fills,
    law_commands.holdings,
    law_commands.shortswing,
    law_commands.item405,
)
for _command in _LAW_COMMANDS:
    app.command(rich_help_panel=_LAW)(_command)
app.command(rich_help_panel=_TRYING)(standin)
app.command(rich_help_panel=_ARCHIVE)(sql)


@app.command(rich_help_panel=_TRYING)
def doctor(as_json: Json = False) -> None:
    """What is installed, and where each setting comes from."""
    from section16.cli.doctor import doctor as run_doctor  # noqa: PLC0415

    end(run_doctor(as_json=as_json))


def _print_version(value: bool) -> None:
    if value:
        from section16.cli.doctor import version_line  # noqa: PLC0415
        from section16.cli.standard_output import joined, write_out  # noqa: PLC0415

        write_out(joined([version_line()]))
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Version, and dates of the lists.")
    ] = False,
) -> None:
    """Options before the command."""


def run() -> None:
    """Run the command line; every end is an exit code."""
    try:
        app(prog_name="section16")
    except Section16Error as error:
        complain(error)
        sys.exit(code_of(error))
    except Exception as error:  # noqa: BLE001 - the last door
        end_unknown(error)
