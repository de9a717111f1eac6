"""The commands: each translates its options and makes one call, importing only then what it needs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from section16.cli.archive import app as archive_app
from section16.cli.archive import sql
from section16.cli.exits import Exit, code_of, complain, end_unknown
from section16.cli.law_options import (
    Acquired,
    ChoseDate,
    Closings,
    Code,
    Covered,
    Discretionary,
    DueSources,
    Filed,
    FirstRegistered,
    Foreign,
    Form,
    Happened,
    Ics,
    Ipo,
    Jurisdiction,
    LastPurchase,
    LastSale,
    LateOnly,
    Left,
    Notified,
    Plan,
    Registration,
    RegulationOf,
    Role,
    RoleWord,
    Section12,
    Traded,
    TradesFile,
    YearEnd,
    Years,
)
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
from section16.cli.shortswing_options import (
    Became,
    ForeignIssuer,
    FromSources,
    LastDay,
    LeftOn,
    OneClass,
    OneOwner,
    Outstanding,
    Registered,
    StatusOf,
    TradeSources,
    WhatIfTrade,
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

    _end(run_show(sources, edition=edition, full=full, as_json=as_json, in_browser=in_browser, quiet=quiet))


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
    _end(run_convert(sources, Format(to.value), output, options, overwrite=overwrite, jobs=processes, quiet=quiet))


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

    _end(
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

    _end(run_rules(rule, as_json=as_json))


@app.command(rich_help_panel=_REPORTS)
def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="The original.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="The amendment, or any other report.", show_default=False)],
    as_json: Json = False,
    spelling: Annotated[bool, typer.Option("--spelling", help="Also where 1000 became 1000.00.")] = False,
) -> None:
    """Line-by-line difference of two reports; exit code 1 if there is one."""
    from section16.cli.diff import diff as run_diff  # noqa: PLC0415

    _end(run_diff(a, b, as_json=as_json, spelling=spelling))


@app.command(rich_help_panel=_REPORTS)
def schema() -> None:
    """The JSON Schema of our JSON."""
    from section16.cli.standard_output import write_json  # noqa: PLC0415
    from section16.reading.filing_json import filing_schema  # noqa: PLC0415

    write_json(filing_schema())


@app.command(rich_help_panel=_LAW)
def due(  # noqa: PLR0917 - the facts of a trade, an event or a year, all given by name
    sources: DueSources = None,
    form: Form = None,
    year_end: YearEnd = None,
    filed: Filed = None,
    closings: Closings = None,
    late_only: LateOnly = False,
    as_json: Json = False,
    as_ics: Ics = False,
    quiet: Quiet = False,
    traded: Traded = None,
    notified: Notified = None,
    plan: Plan = False,
    discretionary: Discretionary = False,
    chose_date: ChoseDate = False,
    code: Code = None,
    acquired: Acquired = None,
    trades: TradesFile = None,
    event: Happened = None,
    ipo: Ipo = False,
    registration: Registration = None,
    role: Role = RoleWord.DIRECTOR,
    left: Left = None,
    last_purchase: LastPurchase = None,
    last_sale: LastSale = None,
    registered: FirstRegistered = None,
    foreign: Foreign = False,
    jurisdiction: Jurisdiction = None,
    covered: Covered = None,
    regulation_of: RegulationOf = None,
) -> None:
    """When a report is due, step by step; of filed reports, whether they came in time."""
    if sources:
        given = [form, year_end, filed, traded, notified, plan, code, trades, event, ipo, registration, left, as_ics]
        if any(given):
            raise UsageError("USAGE", "files are judged by what they say: give no dates with them")
        from section16.cli.due_filed import due_filed  # noqa: PLC0415

        _end(due_filed(sources, closings=closings, foreign=foreign, late_only=late_only, as_json=as_json, quiet=quiet))
        return
    from section16.cli.due import Asked  # noqa: PLC0415
    from section16.cli.due import due as run_due  # noqa: PLC0415

    _end(
        run_due(
            Asked(
                form=form and form.value,
                traded=traded,
                notified=notified,
                plan=plan,
                discretionary=discretionary,
                chose_date=chose_date,
                code=code,
                direction=None if acquired is None else "AD"[not acquired],
                event=event,
                registration=registration.value if registration else (Section12.LISTED.value if ipo else None),
                year_end=year_end,
                trades=trades,
                role=role.value,
                left=left,
                last_purchase=last_purchase,
                last_sale=last_sale,
                registered=registered,
                foreign=foreign,
                jurisdiction=jurisdiction,
                covered=None if covered is None else covered.value == "yes",
                regulation_of=regulation_of,
                filed=filed,
                closings=closings,
                as_json=as_json,
                as_ics=as_ics,
            )
        )
    )


@app.command(rich_help_panel=_LAW)
def calendar(years: Years = None, closings: Closings = None, as_json: Json = False, as_ics: Ics = False) -> None:
    """Days on which the SEC is closed, with reasons, and where the exchanges differ."""
    from section16.cli.calendar import calendar as run_calendar  # noqa: PLC0415

    _end(run_calendar(years or [], closings=closings, as_json=as_json, as_ics=as_ics))


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

    _end(run_codes(code, as_json=as_json))


@app.command(rich_help_panel=_TRYING)
def generate(
    count: Count, output: NewFolder, seed: Seed = None, as_: As = Shape.SUBMISSION, quiet: Quiet = False
) -> None:
    """Make filings of fictional issuers and people, for trying things out."""
    from section16.cli.generate import generate as run_generate  # noqa: PLC0415
    from section16.cli.settings import whole_number  # noqa: PLC0415

    chosen = whole_number("seed") if seed is None else seed
    _end(run_generate(count, chosen, output, "xml" if as_ is Shape.XML else "submission", quiet=quiet))


@app.command(rich_help_panel=_LAW)
def fills(  # noqa: PLR0917 - the options of the contract, all given by name
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILLS.csv", help="The broker's table as CSV, or - for standard input.", show_default=False
        ),
    ],
    owned: Annotated[
        str | None, typer.Option("--owned", metavar="N", help="Shares owned before the first trade, of one position.")
    ] = None,
    balances: Annotated[
        str | None,
        typer.Option("--balances", metavar="FILE", help="Of several: CSV with security, ownership, nature, owned."),
    ] = None,
    security: Annotated[
        str | None, typer.Option("--security", metavar="TITLE", help="Title of the security, if the table has none.")
    ] = None,
    side: Annotated[str | None, typer.Option("--side", metavar="buy|sell", help="If the table doesn't say.")] = None,
    ownership: Annotated[
        str | None, typer.Option("--ownership", metavar="D|I", help="Direct or indirect; D if the table doesn't say.")
    ] = None,
    nature: Annotated[
        str | None, typer.Option("--nature", metavar="TEXT", help="Nature of indirect ownership, such as By Spouse.")
    ] = None,
    plan_adopted: Annotated[
        str | None,
        typer.Option("--plan-adopted", metavar="DATE", help="All trades are of a Rule 10b5-1 plan of that day."),
    ] = None,
    decimals: Annotated[
        int | None,
        typer.Option("--decimals", min=2, max=4, metavar="N", help="Decimals of the average price; 4 unless set."),
    ] = None,
    each_day: Annotated[bool, typer.Option("--each-day", help="A report for each day, not one for all.")] = False,
    like: Annotated[
        str | None, typer.Option("--like", metavar="SRC", help="An earlier report: drafts get its issuer and person.")
    ] = None,
    closings: Closings = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write drafts, as .json or .xml.")
    ] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """A broker's fills as lines of Form 4: one-dollar bands, average prices, footnotes, balances."""
    from section16.cli.fills import Options  # noqa: PLC0415
    from section16.cli.fills import fills as run_fills  # noqa: PLC0415

    options = Options(
        owned=owned,
        balances=balances,
        security=security,
        side=side,
        ownership=ownership,
        nature=nature,
        plan_adopted=plan_adopted,
        decimals=decimals,
        each_day=each_day,
        like=like,
        closings=closings,
        output=output,
        overwrite=overwrite,
    )
    _end(run_fills(source, options, as_json=as_json, quiet=quiet))


app.command(rich_help_panel=_TRYING)(standin)
app.command(rich_help_panel=_ARCHIVE)(sql)


@app.command(rich_help_panel=_LAW)
def item405(  # noqa: PLR0917 - the options of the contract, all given by name
    issuer: Annotated[
        str, typer.Argument(metavar="ISSUER", help="The issuer's CIK or trading symbol.", show_default=False)
    ],
    year: Annotated[
        int,
        typer.Option(
            "--year", min=1994, max=2099, metavar="Y", help="The fiscal year, by its last day.", show_default=False
        ),
    ],
    more: Annotated[list[str] | None, typer.Argument(metavar="[SRC...]", help="More sources.", hidden=True)] = None,
    source: Annotated[
        list[str] | None, typer.Option("--from", metavar="SRC...", help="The issuer's reports: files or folders.")
    ] = None,
    fiscal_year_end: Annotated[
        str | None,
        typer.Option("--fiscal-year-end", metavar="MM-DD", help="As the reports' headers say, else 12-31."),
    ] = None,
    known_failure: Annotated[
        list[str] | None,
        typer.Option(
            "--known-failure", metavar="PERSON: WHAT", help='A report never filed, such as "1234567: Form 3".'
        ),
    ] = None,
    form_5: Annotated[
        bool, typer.Option("--form5", help="Who owes a Form 5, and statements that none is due (--text).")
    ] = False,
    events: Annotated[
        str | None, typer.Option("--events", metavar="FILE", help="For --form5: what happened, as CSV.")
    ] = None,
    closings: Closings = None,
    as_json: Json = False,
    as_text: Annotated[bool, typer.Option("--text", help="The words drafted, not the table.")] = False,
    quiet: Quiet = False,
) -> None:
    """Who reported late in a fiscal year (Item 405 of Regulation S-K), with the words drafted."""
    from section16.cli.item405 import Options  # noqa: PLC0415
    from section16.cli.item405 import item405 as run_item405  # noqa: PLC0415

    options = Options(
        year=year,
        sources=[*(source or ()), *(more or ())],
        year_end=fiscal_year_end,
        known_failures=known_failure or (),
        form_5=form_5,
        events=events,
        closings=closings,
    )
    _end(run_item405(issuer, options, as_json=as_json, as_text=as_text, quiet=quiet))


@app.command(rich_help_panel=_LAW)
def holdings(
    sources: Sources,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="CIK", help="One owner; without, all of the sources.")
    ] = None,
    events: Annotated[
        str | None, typer.Option("--events", metavar="FILE", help="CSV of changes that no report tells of.")
    ] = None,
    splits: SplitsFile = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="D", help="As known on that day; without, as of the last report.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Every step of every position.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Positions rolled forward from report to report: balances, gaps, and drafts that would close them."""
    from section16.cli.holdings import holdings as run_holdings  # noqa: PLC0415

    _end(
        run_holdings(
            sources, owner=owner, events=events, splits=splits, as_of=as_of, as_json=as_json, full=full, quiet=quiet
        )
    )


@app.command(rich_help_panel=_LAW)
def shortswing(  # noqa: PLR0917 - the options of the contract, all given by name
    sources: TradeSources = None,
    source: FromSources = None,
    owner: OneOwner = None,
    what_if: WhatIfTrade = None,
    as_of: LastDay = None,
    splits: SplitsFile = None,
    one_class: OneClass = False,
    status: StatusOf = None,
    became: Became = None,
    left: LeftOn = None,
    registered: Registered = None,
    outstanding: Outstanding = None,
    foreign: ForeignIssuer = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Short-swing profit under Section 16(b): the exact maximum with its proof, and what a planned trade would do."""
    from section16.cli.shortswing import Options  # noqa: PLC0415
    from section16.cli.shortswing import shortswing as run_shortswing  # noqa: PLC0415

    options = Options(
        owner=owner,
        status=status and status.value,
        became=became,
        left=left,
        registered=registered,
        outstanding=outstanding,
        foreign=foreign,
        splits=splits,
        as_of=as_of,
        what_if=what_if,
        one_class=one_class,
    )
    _end(run_shortswing([*(sources or ()), *(source or ())], options, as_json=as_json, quiet=quiet))


@app.command(rich_help_panel=_TRYING)
def doctor(as_json: Json = False) -> None:
    """What is installed, and where each setting comes from."""
    from section16.cli.doctor import doctor as run_doctor  # noqa: PLC0415

    _end(run_doctor(as_json=as_json))


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


def _end(code: Exit) -> None:
    if code:
        raise typer.Exit(int(code))


def run() -> None:
    """Run the command line; every end is an exit code."""
    try:
        app(prog_name="section16")
    except Section16Error as error:
        complain(error)
        sys.exit(code_of(error))
    except Exception as error:  # noqa: BLE001 - the last door
        end_unknown(error)
