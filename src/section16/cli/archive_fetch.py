"""What `archive sync` and `archive watch` do: one call each, and its answer for people or programs."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from section16.archive import Archive, open_archive
from section16.archive.layout import archive_folder
from section16.cli.exits import Exit, say
from section16.cli.interruption import stoppable
from section16.cli.settings import setting
from section16.cli.standard_output import write_json
from section16.errors import MissingExtraError, UsageError, excerpt, visible

if TYPE_CHECKING:
    from section16.sources.client import EdgarClient
    from section16.sources.planning import Wish
    from section16.sources.roads import Plan
    from section16.sources.syncing import Synced
    from section16.sources.watching import Round

USUAL_DAYS: Final = 30
"""Days back that a sync without --since covers."""

_BACK: Final = re.compile(r"-([0-9]{1,5})d", re.ASCII)
_SKEW: Final = 60.0
_MANY: Final = 2


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line asks for, in its own words."""

    since: str | None = None
    until: str | None = None
    forms: str = "3,4,5"
    issuer: str | None = None
    owner: str | None = None
    plan_only: bool = False
    originals: bool = False


def sync(
    archive: Path | None, order: Order, *, contact: str | None, edgar: str | None, as_json: bool, quiet: bool
) -> Exit:
    """Plan, say so, and unless only that was asked for, fetch. Raises as `plan` and `sync` of the sources."""
    with _client(archive, contact, edgar) as client, open_archive(archive) as opened:
        from section16.sources.planning import plan as make_plan  # noqa: PLC0415 - an extra
        from section16.sources.syncing import Sync  # noqa: PLC0415

        taker = _dataset_taker(opened)
        wish = _wish(order, client)
        if taker is None:
            wish = msgspec.structs.replace(wish, originals=True)
        planned = make_plan(opened, client, wish)
        _say_plan(planned, client, order, as_json=as_json, quiet=quiet)
        if order.plan_only:
            return _end(planned.problems)
        with stoppable(_MANY) as stopping, _bar(planned.filings, quiet=quiet) as advance:
            run = Sync(opened, client, add_dataset=taker, progress=advance, stopping=stopping)
            try:
                run.run(planned)
            finally:
                _say_done(run.done, client, as_json=as_json, quiet=quiet)
    return Exit.INTERRUPTED if run.done.is_stopped else _end([*run.done.problems, *run.done.missing])


def watch(
    archive: Path | None,
    order: Order,
    *,
    every: float,
    rounds: int | None,
    contact: str | None,
    edgar: str | None,
    as_json: bool,
    quiet: bool,
) -> Exit:
    """Look again and again until Ctrl-C or for so many rounds; a line for each round that brought something."""
    problems = 0
    with _client(archive, contact, edgar) as client, open_archive(archive) as opened:
        from section16.sources.watching import watch as rounds_of  # noqa: PLC0415 - an extra

        wish = _wish(order, client)
        since = wish.since if order.since else None
        with stoppable(_MANY) as stopping:
            for one in rounds_of(
                opened, client, forms=wish.forms, since=since, every=every, stopping=stopping, count=rounds
            ):
                problems += len(one.problems)
                _say_round(one, as_json=as_json, quiet=quiet)
    return _end(range(problems)) if rounds else Exit.DONE


@contextmanager
def _client(archive: Path | None, contact: str | None, edgar: str | None) -> Iterator[EdgarClient]:
    """The client of this user for an archive. Raises MissingExtraError without the extra [sync]."""
    if importlib.util.find_spec("httpx2") is None:
        raise MissingExtraError.of("sync", "fetching from EDGAR")
    from section16.sources.opening import edgar_client  # noqa: PLC0415 - an extra
    from section16.sources.roads import duration  # noqa: PLC0415

    def say_wait(words: str, seconds: float) -> None:
        say(f"{visible(words)}; asking again in {duration(seconds)}")

    who = contact if contact is not None else setting("contact").text
    where = edgar if edgar is not None else setting("edgar").text
    with edgar_client(who, archive_folder(archive), edgar=where or None, waiting=say_wait) as client:
        yield client


def _wish(order: Order, client: EdgarClient) -> Wish:
    from section16.sources.clock import edgar_day  # noqa: PLC0415 - an extra
    from section16.sources.planning import Wish, forms_named  # noqa: PLC0415

    today = edgar_day(client.clock)
    usual = None if order.issuer or order.owner else today - timedelta(days=USUAL_DAYS)
    return Wish(
        since=_day(order.since, today) if order.since else usual,
        until=_day(order.until, today) if order.until else None,
        forms=forms_named(order.forms),
        issuer=order.issuer,
        owner=order.owner,
        originals=order.originals,
    )


def _day(words: str, today: date) -> date:
    """A day as `2024-01-31` or `-30d`. Raises UsageError."""
    if back := _BACK.fullmatch(words):
        return max(today - timedelta(days=int(back[1])), date(1993, 1, 1))
    try:
        return date.fromisoformat(words)
    except ValueError:
        message = f"'{excerpt(words)}' is no day"
        raise UsageError("USAGE", message, mend="Write 2024-01-31, or -30d for thirty days ago") from None


def _dataset_taker(archive: Archive) -> Callable[[Path, str], object] | None:
    """The archive's way to take a quarterly data set, where it has one; without it they are left out of plans."""
    taker: Callable[[Path, str], object] | None = getattr(archive, "add_dataset", None)
    return taker


def _say_plan(plan: Plan, client: EdgarClient, order: Order, *, as_json: bool, quiet: bool) -> None:
    if as_json and order.plan_only:
        write_json(plan.as_json())
        return
    if not quiet or order.plan_only:
        for line in plan.words():
            say(line)
    for problem in plan.problems if order.plan_only else ():
        say(f"problem: {problem}")
    if client.skew is not None and abs(client.skew) > _SKEW:
        direction = "behind" if client.skew > 0 else "ahead of"
        say(f"warning: this machine's clock is {abs(client.skew):,.0f} seconds {direction} EDGAR's")


def _say_done(done: Synced, client: EdgarClient, *, as_json: bool, quiet: bool) -> None:
    for problem in done.problems:
        say(f"problem: {problem}")
    if as_json:
        write_json(_facts(done, client))
        return
    for number in done.missing:
        say(f"{number}: EDGAR lists it and does not have it")
    if not quiet:
        added = done.added
        parts = [f"{added.new:,} new", f"{added.joined + added.known:,} known", f"{added.rejected:,} in quarantine"]
        stopped = "stopped; run again to go on: " if done.is_stopped else ""
        say(f"{stopped}{done.fetched:,} filings fetched ({', '.join(parts)}), {done.days:,} days done")


def _facts(done: Synced, client: EdgarClient) -> dict[str, Any]:
    return {
        "fetched": done.fetched,
        **msgspec.structs.asdict(done.added),
        "days": done.days,
        "datasets": done.datasets,
        "missing": done.missing,
        "problems": done.problems,
        "requests": client.requests,
        "stopped": done.is_stopped,
    }


def _say_round(one: Round, *, as_json: bool, quiet: bool) -> None:
    for problem in one.problems:
        say(f"problem: {problem}")
    if as_json:
        write_json(one, one_line=True)
    elif one.new and not quiet:
        say(f"{len(one.new):,} new: {', '.join(one.new[:5])}{' ...' if len(one.new) > 5 else ''}")  # noqa: PLR2004


def _end(problems: Any) -> Exit:
    return Exit.FOUND if len(problems) else Exit.DONE


@contextmanager
def _bar(total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A progress bar with rate and remaining time on a terminal, else nothing."""
    if quiet or not total or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only long work on a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("fetching", total=total)
        yield lambda count: bar.advance(task, count)
