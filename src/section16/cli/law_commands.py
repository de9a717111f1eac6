"""The commands of the law: due dates, the calendar, fills, holdings, the year end, short-swing profit."""

from __future__ import annotations

from typing import Annotated

import typer

from section16.cli.exits import end
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
    Json,
    Overwrite,
    Quiet,
    Sources,
    SplitsFile,
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
from section16.errors import UsageError


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

        end(due_filed(sources, closings=closings, foreign=foreign, late_only=late_only, as_json=as_json, quiet=quiet))
        return
    from section16.cli.due import Asked  # noqa: PLC0415
    from section16.cli.due import due as run_due  # noqa: PLC0415

    end(
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


def calendar(years: Years = None, closings: Closings = None, as_json: Json = False, as_ics: Ics = False) -> None:
    """Days on which the SEC is closed, with reasons, and where the exchanges differ."""
    from section16.cli.calendar import calendar as run_calendar  # noqa: PLC0415

    end(run_calendar(years or [], closings=closings, as_json=as_json, as_ics=as_ics))


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
    end(run_fills(source, options, as_json=as_json, quiet=quiet))


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
    end(run_item405(issuer, options, as_json=as_json, as_text=as_text, quiet=quiet))


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

    end(
        run_holdings(
            sources, owner=owner, events=events, splits=splits, as_of=as_of, as_json=as_json, full=full, quiet=quiet
        )
    )


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
    end(run_shortswing([*(sources or ()), *(source or ())], options, as_json=as_json, quiet=quiet))
