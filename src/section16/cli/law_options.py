"""The options of `due` and `calendar`. Typer reads these at run time."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from section16.cli.options import YesNo


class FormNumber(StrEnum):
    """The forms."""

    THREE = "3"
    FOUR = "4"
    FIVE = "5"


class RoleWord(StrEnum):
    """Why someone reports."""

    DIRECTOR = "director"
    OFFICER = "officer"
    TEN_PERCENT = "ten-percent"


class Section12(StrEnum):
    """How a class is registered."""

    LISTED = "12b"
    BY_SIZE = "12g"


_TRADE, _FORM_3, _STATUS, _ABROAD = "A trade", "Form 3", "Time in office", "Foreign private issuers"

DueSources = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SRC...]", help="Filed reports: were they in time?", show_default=False),
]
Form = Annotated[FormNumber | None, typer.Option("--form", help="The form; told by the dates given without.")]
Traded = Annotated[str | None, typer.Option("--traded", metavar="D", help="Day of the trade.", rich_help_panel=_TRADE)]
Notified = Annotated[
    str | None,
    typer.Option("--notified", metavar="D", help="Day the insider was told of it.", rich_help_panel=_TRADE),
]
Plan = Annotated[
    bool, typer.Option("--plan", help="Under a 10b5-1 plan; the insider didn't choose the day.", rich_help_panel=_TRADE)
]
Discretionary = Annotated[
    bool, typer.Option("--discretionary", help="Rule 16b-3(f); the day wasn't chosen.", rich_help_panel=_TRADE)
]
ChoseDate = Annotated[
    bool, typer.Option("--chose-date", help="The insider chose the day: no deemed date.", rich_help_panel=_TRADE)
]
Code = Annotated[str | None, typer.Option("--code", metavar="X", help="Transaction code.", rich_help_panel=_TRADE)]
Acquired = Annotated[
    bool | None, typer.Option("--acquired/--disposed", help="Which way (gifts).", rich_help_panel=_TRADE)
]
TradesFile = Annotated[
    str | None,
    typer.Option(
        "--trades",
        metavar="FILE",
        help="CSV date,code,acquired_disposed,shares,price: each trade's due day, small acquisitions too.",
        rich_help_panel=_TRADE,
    ),
]
Happened = Annotated[
    str | None, typer.Option("--event", metavar="D", help="Day of becoming an insider.", rich_help_panel=_FORM_3)
]
Ipo = Annotated[
    bool, typer.Option("--ipo", help="First registration by listing: due that day.", rich_help_panel=_FORM_3)
]
Registration = Annotated[
    Section12 | None, typer.Option("--registration", help="First registration of a class.", rich_help_panel=_FORM_3)
]
YearEnd = Annotated[str | None, typer.Option("--year-end", metavar="D", help="End of the fiscal year (Form 5).")]
Role = Annotated[RoleWord, typer.Option("--role", help="Why the person reports.", rich_help_panel=_STATUS)]
Left = Annotated[str | None, typer.Option("--left", metavar="D", help="Day of leaving.", rich_help_panel=_STATUS)]
LastPurchase = Annotated[
    str | None,
    typer.Option("--last-purchase", metavar="D", help="Last non-exempt purchase.", rich_help_panel=_STATUS),
]
LastSale = Annotated[
    str | None, typer.Option("--last-sale", metavar="D", help="Last non-exempt sale.", rich_help_panel=_STATUS)
]
FirstRegistered = Annotated[
    str | None,
    typer.Option("--registered", metavar="D", help="Issuer's first registration.", rich_help_panel=_STATUS),
]
Foreign = Annotated[bool, typer.Option("--foreign", help="A foreign private issuer.", rich_help_panel=_ABROAD)]
Jurisdiction = Annotated[
    str | None,
    typer.Option("--jurisdiction", metavar="J", help="Where it is incorporated (CA, DE).", rich_help_panel=_ABROAD),
]
Covered = Annotated[
    YesNo | None,
    typer.Option(
        "--covered-by-home-regulation", help="The person reports under a home regulation.", rich_help_panel=_ABROAD
    ),
]
RegulationOf = Annotated[
    str | None,
    typer.Option(
        "--regulation-of", metavar="J", help="Jurisdiction of that regulation, if another.", rich_help_panel=_ABROAD
    ),
]
Filed = Annotated[
    str | None,
    typer.Option("--filed", metavar="D|T", help="Filed then: in time? Eastern time without an offset."),
]
Closings = Annotated[
    str | None,
    typer.Option("--closings", metavar="FILE", help="TOML file of further days on which the SEC is closed."),
]
LateOnly = Annotated[bool, typer.Option("--late", help="Of SRC only the late ones.")]
Ics = Annotated[bool, typer.Option("--ics", help="iCalendar instead of text.")]
Years = Annotated[
    list[int] | None, typer.Option("--year", metavar="Y", help="The year; several may be given.", show_default=False)
]
