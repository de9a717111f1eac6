"""`section16 item405`: who reported late in a fiscal year, and what is owed on Form 5."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.inputs import inputs_of, is_no_filing, read_input
from section16.cli.item405_text import print_405, print_form_5
from section16.cli.law_inputs import calendar_with
from section16.cli.table_text import read_text
from section16.compliance.fiscal_year import FiscalYear, fiscal_year
from section16.compliance.item_405 import KnownFailure, item_405
from section16.compliance.year_end import year_end
from section16.compliance.year_end_events import Event, read_events
from section16.errors import Section16Error, UsageError, excerpt, visible
from section16.identifiers import cik, ticker
from section16.law.fiscal_years import month_and_day
from section16.reading import Filing


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says; texts as typed."""

    year: int
    sources: Sequence[str]
    year_end: str | None = None
    known_failures: Sequence[str] = ()
    form_5: bool = False
    events: str | None = None
    closings: str | None = None


def item405(issuer: str, options: Options, *, as_json: bool, as_text: bool, quiet: bool) -> Exit:
    """Print the table, its JSON or the drafted words. Raises Section16Error."""
    if not options.sources:
        raise UsageError("USAGE", "there are no reports to look at", mend="Give --from and files or folders of reports")
    wanted = _wanted(issuer)
    events = _events(options)
    if events is None:
        return Exit.UNREADABLE
    filings, failed = _filings(options.sources, wanted)
    if not filings and failed and not events:
        return code_of(failed[0])
    year = _year(options, filings, quiet=quiet)
    if not filings:
        say(f"no report of {visible(issuer)} among the sources")
    calendar = calendar_with(options.closings)
    if options.form_5:
        print_form_5(year_end(filings, year, events, calendar=calendar), as_json=as_json, as_text=as_text)
    else:
        failures = [_failure(text) for text in options.known_failures]
        print_405(item_405(filings, year, failures, calendar=calendar), as_json=as_json, as_text=as_text)
    return Exit.FOUND if failed else Exit.DONE


def _wanted(issuer: str) -> str:
    """A CIK without zeros, or a trading symbol. Raises UsageError for what is neither."""
    if cik.is_valid(issuer):
        return cik.compact(issuer)
    if ticker.is_valid(issuer):
        return ticker.compact(issuer)
    message = f"'{excerpt(issuer)}' is neither a CIK nor a trading symbol"
    raise UsageError("USAGE", message, mend="Give the issuer first: section16 item405 LNQY --year 2025 --from DIR")


def _filings(sources: Sequence[str], wanted: str) -> tuple[list[Filing], list[Section16Error]]:
    """The issuer's reports among the sources, and what could not be read. Raises UsageError for an ambiguous symbol."""
    found: list[Filing] = []
    failed: list[Section16Error] = []
    for source in inputs_of(sources):
        try:
            filing = read_input(source)
        except Section16Error as error:
            if not is_no_filing(source, error):
                failed.append(error)
                complain(error, source.path)
            continue
        if _is_of(filing, wanted):
            found.append(filing)
    issuers = sorted(
        {cik.compact(one.document.issuer.cik) for one in found if one.document.issuer and one.document.issuer.cik}
    )
    if len(issuers) > 1:
        message = f"{wanted} is the symbol of several issuers: {', '.join(issuers)}"
        raise UsageError("USAGE", message, mend="Give the issuer's CIK")
    return found, failed


def _is_of(filing: Filing, wanted: str) -> bool:
    issuer = filing.document.issuer
    if issuer is None:
        return False
    if wanted.isdecimal():
        return bool(issuer.cik) and cik.compact(issuer.cik or "") == wanted
    return wanted in ticker.symbols(issuer.trading_symbol or "")


def _year(options: Options, filings: Sequence[Filing], *, quiet: bool) -> FiscalYear:
    """The fiscal year asked for; its end as told, else as the reports' headers say, else 31 December."""
    if options.year_end is not None:
        known = month_and_day(options.year_end)
        if known is None:
            message = f"--fiscal-year-end '{excerpt(options.year_end)}' is no month and day"
            raise UsageError("USAGE", message, mend="Give MM-DD, such as 12-31")
        return fiscal_year(options.year, *known)
    headers = {filer.fiscal_year_end for one in filings for filer in one.filers if filer.role == "issuer"}
    ends = {end for end in map(month_and_day, headers) if end is not None}
    end = ends.pop() if len(ends) == 1 else (12, 31)
    if not quiet and end != (12, 31):
        say(f"the fiscal year ends on {end[0]:02}-{end[1]:02}, as the headers of the reports say")
    elif not quiet and not headers - {None}:
        say("assumed: the fiscal year ends on 12-31; --fiscal-year-end says otherwise")
    elif ends:
        say("warning: the headers of the reports name several fiscal year ends; 12-31 is taken (--fiscal-year-end)")
    return fiscal_year(options.year, *end)


def _events(options: Options) -> list[Event] | None:
    """Events of the file; None where cells of it cannot be read, each said. Raises SourceError."""
    if options.events is None:
        return []
    if not options.form_5:
        raise UsageError("USAGE", "--events goes with --form5")
    table = read_events(read_text(options.events), options.events)
    for fault in table.faults:
        complain(fault, options.events)
    if table.unused:
        say(f"columns not used: {visible(', '.join(table.unused))}")
    return None if table.faults else list(table.events)


def _failure(text: str) -> KnownFailure:
    """`PERSON: WHAT`, the person a CIK or a name. Raises UsageError."""
    who, _, what = (part.strip() for part in text.partition(":"))
    if not who or not what:
        message = f"--known-failure '{excerpt(text)}' does not say who failed to file what"
        raise UsageError("USAGE", message, mend='Give PERSON: WHAT, such as "1234567: Form 3"')
    return KnownFailure(cik=cik.compact(who), what=what) if cik.is_valid(who) else KnownFailure(name=who, what=what)
