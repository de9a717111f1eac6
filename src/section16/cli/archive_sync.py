"""`section16 archive sync` and `archive watch`: their options. What they do is in `archive_fetch`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from section16.cli.options import Json, Quiet

Folder = Annotated[
    Optional[Path],  # noqa: UP045 - read by typer at run time
    typer.Option("--archive", metavar="DIR", help="The archive. Else $SECTION16_ARCHIVE, else in your data directory."),
]
Contact = Annotated[
    Optional[str],  # noqa: UP045 - read by typer at run time
    typer.Option(
        "--contact",
        metavar="WHO",
        help="Who asks: a name and an e-mail address, as EDGAR wants. Else $SECTION16_CONTACT.",
    ),
]
Edgar = Annotated[
    Optional[str],  # noqa: UP045 - read by typer at run time
    typer.Option("--edgar", metavar="URL", help="Another EDGAR, such as a stand-in. Else $SECTION16_EDGAR, else SEC."),
]
Since = Annotated[
    Optional[str],  # noqa: UP045 - read by typer at run time
    typer.Option("--since", metavar="DAY", help="First day, 2024-01-31 or -30d."),
]
Until = Annotated[
    Optional[str],  # noqa: UP045 - read by typer at run time
    typer.Option("--until", metavar="DAY", help="Last day. Else today."),
]
Forms = Annotated[str, typer.Option("--forms", metavar="LIST", help="Forms, each with its amendments.")]
Filer = Annotated[
    Optional[str],  # noqa: UP045 - read by typer at run time
    typer.Option("--issuer", metavar="X", help="Reports in this issuer's list: CIK or trading symbol."),
]
Owner = Annotated[
    Optional[str],  # noqa: UP045 - read by typer at run time
    typer.Option("--owner", metavar="X", help="Reports in this owner's list: CIK."),
]


def sync(  # noqa: PLR0917 - all given by name
    archive: Folder = None,
    since: Since = None,
    until: Until = None,
    forms: Forms = "3,4,5",
    issuer: Filer = None,
    owner: Owner = None,
    plan: Annotated[bool, typer.Option("--plan", help="Only say what would be fetched, and how long.")] = False,
    originals: Annotated[
        bool, typer.Option("--originals", help="No quarterly data sets: original filings only, however long.")
    ] = False,
    contact: Contact = None,
    edgar: Edgar = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Fetch from EDGAR what the archive lacks, within EDGAR's access rules. Goes on where it was stopped."""
    from section16.cli.archive_fetch import Order  # noqa: PLC0415
    from section16.cli.archive_fetch import sync as run  # noqa: PLC0415

    order = Order(
        since=since, until=until, forms=forms, issuer=issuer, owner=owner, plan_only=plan, originals=originals
    )
    raise typer.Exit(run(archive, order, contact=contact, edgar=edgar, as_json=as_json, quiet=quiet))


def watch(  # noqa: PLR0917 - all given by name
    archive: Folder = None,
    forms: Forms = "3,4,5",
    since: Since = None,
    every: Annotated[float, typer.Option("--every", min=1, metavar="SECONDS", help="How often to look.")] = 60.0,
    rounds: Annotated[
        Optional[int],  # noqa: UP045 - read by typer at run time
        typer.Option("--rounds", min=1, metavar="N", help="Look so many times, then end."),
    ] = None,
    contact: Contact = None,
    edgar: Edgar = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Fetch the newest filings as they are disseminated, until Ctrl-C: no gaps, no doubles."""
    from section16.cli.archive_fetch import Order  # noqa: PLC0415
    from section16.cli.archive_fetch import watch as run  # noqa: PLC0415

    order = Order(since=since, forms=forms)
    raise typer.Exit(
        run(archive, order, every=every, rounds=rounds, contact=contact, edgar=edgar, as_json=as_json, quiet=quiet)
    )
