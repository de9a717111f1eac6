"""The options of `shortswing`. Typer reads these at run time."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class StatusWord(StrEnum):
    """What --status takes; `section16.compliance.short_swing.Status` without its imports, held equal by a test."""

    DIRECTOR = "director"
    OFFICER = "officer"
    TEN_PERCENT = "ten-percent"


_PERSON = "The person"

TradeSources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TRADES.csv|SRC...",
        help="A table of trades, or a person's reports: files or folders.",
        show_default=False,
    ),
]
FromSources = Annotated[list[str] | None, typer.Option("--from", metavar="SRC", help="Reports; may be repeated.")]
OneOwner = Annotated[str | None, typer.Option("--owner", metavar="CIK", help="Whose, where reports are of several.")]
WhatIfTrade = Annotated[
    str | None,
    typer.Option("--what-if", metavar="TRADE", help='A planned trade: "S 5000 @ 20.00 on 2026-03-03".'),
]
LastDay = Annotated[str | None, typer.Option("--as-of", metavar="D", help="Only trades up to this day.")]
OneClass = Annotated[bool, typer.Option("--one-class", help="All securities are one class, whatever their titles.")]
StatusOf = Annotated[
    StatusWord | None,
    typer.Option("--status", help="Director or officer unless said, or as reported.", rich_help_panel=_PERSON),
]
Became = Annotated[
    str | None, typer.Option("--became", metavar="D", help="First day as an insider.", rich_help_panel=_PERSON)
]
LeftOn = Annotated[
    str | None, typer.Option("--left", metavar="D", help="Last day as an insider.", rich_help_panel=_PERSON)
]
Registered = Annotated[
    str | None,
    typer.Option(
        "--registered",
        metavar="D",
        help="The issuer's first registration, if the person became subject by it.",
        rich_help_panel=_PERSON,
    ),
]
Outstanding = Annotated[
    str | None,
    typer.Option(
        "--outstanding",
        metavar="N",
        help="Shares outstanding, for a ten-percent owner, where the trades don't say.",
        rich_help_panel=_PERSON,
    ),
]
ForeignIssuer = Annotated[
    bool,
    typer.Option(
        "--foreign-issuer", help="A foreign private issuer: Section 16(b) is not applied.", rich_help_panel=_PERSON
    ),
]
