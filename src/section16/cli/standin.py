"""`section16 standin`: a local EDGAR, until Ctrl-C."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from section16.cli.exits import Exit, say
from section16.cli.options import Quiet, Seed
from section16.errors import UsageError

if TYPE_CHECKING:
    from section16.standin import Standin

_BLOCK_SECONDS = 600.0
_GLANCE = 0.2


def standin(  # noqa: PLR0917 - all given by name
    folder: Annotated[
        str | None,
        typer.Argument(
            metavar="FOLDER", help="Full submissions, .nc files, reports as XML, data-set zips.", show_default=False
        ),
    ] = None,
    generate: Annotated[
        int | None, typer.Option("--generate", min=1, metavar="N", help="Serve N fictional filings instead.")
    ] = None,
    seed: Seed = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="PORT", help="0 takes any free one.")] = 0,
    fault: Annotated[
        list[str] | None,
        typer.Option("--fault", metavar="FAULT", help="delay=2s, 429=0.1, truncated=1x ...; may be repeated."),
    ] = None,
    fault_seed: Annotated[
        int, typer.Option("--fault-seed", min=0, metavar="S", help="The same seed brings the same faults.")
    ] = 0,
    hold: Annotated[
        int, typer.Option("--hold", min=0, metavar="N", help="Hold the newest N filings back until published.")
    ] = 0,
    replay: Annotated[
        float | None,
        typer.Option("--replay", metavar="SPEED", help="Publish by the filings' own clock, SPEED times as fast."),
    ] = None,
    log: Annotated[
        str | None, typer.Option("--log", metavar="FILE", help="Append each request as a JSON line.")
    ] = None,
    block: Annotated[
        float, typer.Option("--block", min=0, metavar="SECONDS", help="Refuse everything so long after a rush.")
    ] = _BLOCK_SECONDS,
    rate_rule: Annotated[
        bool, typer.Option("--rate-rule/--no-rate-rule", help="Refuse more than ten requests in a second.")
    ] = True,
    agent_rule: Annotated[
        bool, typer.Option("--agent-rule/--no-agent-rule", help="Refuse a User-Agent without an e-mail address.")
    ] = True,
    quiet: Quiet = False,
) -> None:
    """A local EDGAR to rehearse against: indexes, feeds, lists and filings, with faults on demand. Ctrl-C ends it."""
    if (folder is None) == (generate is None):
        raise UsageError("USAGE", "a folder of filings or --generate N is needed, one of them")
    from section16.cli.progress import progress  # noqa: PLC0415
    from section16.cli.settings import whole_number  # noqa: PLC0415
    from section16.standin import Manners, running  # noqa: PLC0415

    manners = Manners(
        faults=fault or (),
        fault_seed=fault_seed,
        hold=hold,
        replay=replay,
        rate_rule=rate_rule,
        agent_rule=agent_rule,
        block=block,
        log=Path(log) if log else None,
        port=port,
    )
    chosen = whole_number("seed") if seed is None else seed
    count = generate or 0
    watched = running(
        folder,
        generate=count,
        seed=chosen,
        manners=manners,
        shown=lambda samples: progress(samples, count, "generating", quiet=quiet),
    )
    with watched as here:
        _introduce(here, quiet=quiet)
        _wait()
        if not quiet:
            say(f"ended; requests: {len(here.requests):,}")
    raise typer.Exit(int(Exit.DONE))


def _introduce(here: Standin, *, quiet: bool) -> None:
    """Print the address on stdout, and on stderr what is served and how to use it."""
    from section16.cli.standard_output import joined, write_out  # noqa: PLC0415

    scanned = here.scanned
    if scanned.passed_over:
        say(f"files passed over: {scanned.passed_over:,}, the first {scanned.first}")
    if not quiet:
        order = f"curl -H 'Authorization: Bearer {here.token}' {here.url}/_standin"
        say(f"public filings: {here.public:,} of {len(scanned.catalogue):,}")
        say(f"use it:      section16 archive sync --edgar {here.url} --contact you@example.com")
        if here.public < len(scanned.catalogue):
            day = scanned.catalogue.filings[here.public].filed_on
            say(f"watch it:    section16 archive watch --edgar {here.url} --contact you@example.com --since {day}")
        say(f"its state:   {order}/state")
        say(f'its faults:  {order}/faults -d \'{{"faults": ["429=0.1"]}}\'')
        say(f"to publish:  {order}/publish -d '{{\"count\": 1}}'")
        say("Ctrl-C ends it.")
    write_out(joined([here.url]))


def _wait() -> None:
    """Wait for Ctrl-C or for being told to end."""
    ended = threading.Event()
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        while not ended.wait(_GLANCE):
            continue
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
