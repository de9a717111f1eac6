"""`section16 show`: one form in the terminal, or one line for each of many."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.inputs import Input, inputs_of, is_no_filing, read_input
from section16.cli.interruption import stoppable
from section16.cli.progress import progress
from section16.cli.standard_output import joined, write_json, write_out
from section16.errors import Section16Error, StorageError, UsageError, visible
from section16.findings import Finding, Source
from section16.reading import Filing, SourceKind, write
from section16.reading.filing import chosen_look
from section16.render.terminal_text import terminal_text

_WIDTH_OF_A_FILE = 100
_NARROWEST, _WIDEST = 40, 200


def show(
    sources: Sequence[str], *, edition: str | None, full: bool, as_json: bool, in_browser: bool, quiet: bool
) -> Exit:
    """Show every input; return the exit code. Raises Section16Error for what stops everything."""
    if edition:
        chosen_look(edition, None)
    inputs = inputs_of(sources)
    single = len(inputs) == 1
    if in_browser and not single:
        raise UsageError("USAGE", f"--open takes one input, not {len(inputs):,}")
    shown = 0
    failed: list[Section16Error] = []
    with stoppable(len(inputs)) as stopping:
        for source in progress(inputs, len(inputs), "reading", quiet=quiet or sys.stdout.isatty()):
            if stopping():
                say(f"interrupted: {shown:,} of {len(inputs):,} shown")
                return Exit.INTERRUPTED
            try:
                filing = read_input(source)
                _print(filing, source, edition, full=full or single, as_json=as_json, single=single)
            except StorageError:
                raise
            except Section16Error as error:
                if not is_no_filing(source, error):
                    failed.append(error)
                    complain(error, source.path if source.in_folder or not single else "")
                continue
            shown += 1
            if in_browser:
                open_in_browser(filing, edition)
    if not failed:
        return _nothing(inputs) if not shown else Exit.DONE
    return Exit.FOUND if shown else code_of(failed[0])


def _nothing(inputs: Sequence[Input]) -> Exit:
    say(f"no filing among {len(inputs):,} files")
    return Exit.UNREADABLE


def _print(filing: Filing, source: Input, edition: str | None, *, full: bool, as_json: bool, single: bool) -> None:
    if as_json:
        from section16.reading.filing_json import filing_to_json  # noqa: PLC0415 - only this needs it

        said = {"sentence": filing.sentence, "notes": filing.notes}
        write_json(filing_to_json(filing) | said, one_line=not single)
    elif full:
        write_out(joined([*_form(filing, edition), *([] if single else [""])]))
    else:
        write_out(joined([one_line(filing, source.path)]))


def _form(filing: Filing, edition: str | None) -> Iterator[str]:
    yield filing.sentence
    yield ""
    yield terminal_text(filing.printed(edition), width(), color=colored(), status=filing.status).rstrip("\n")
    yield from note_lines(filing.notes)
    yield from finding_lines(filing)


def note_lines(notes: Iterable[Finding]) -> list[str]:
    """What reading could not carry or had to mend, a line each."""
    return [f"{note.severity}: {visible(note.where)}: {visible(note.message)}" for note in notes]


def finding_lines(filing: Filing) -> list[str]:
    """What is wrong with it, a line each; `section16 check` says how to mend it.

    A picture is taken as what was published, and its structure is of our making: notes say what it does not carry.
    """
    from section16.rules import check  # noqa: PLC0415 - only a whole form is checked

    pictured = filing.kind in {SourceKind.MARKDOWN, SourceKind.HTML}
    found = check(filing, as_="disseminated" if pictured else None)
    return [
        f"{one.severity} {one.rule}: {visible(one.where)}: {visible(one.message)}"
        for one in found
        if not (pictured and one.source is Source.SCHEMA)
    ]


def one_line(filing: Filing, path: str) -> str:
    """Accession (or file), form, issuer, owner, sentence."""
    document = filing.document
    owners = [owner.name or owner.cik or "?" for owner in document.reporting_owners]
    more = f" and {len(owners) - 1} more" if len(owners) > 1 else ""
    issuer = document.issuer
    parts = [
        filing.accession or path,
        f"Form {(document.document_type or '?').strip()}",
        (issuer.name or issuer.trading_symbol or issuer.cik or "?") if issuer else "?",
        (owners[0] if owners else "?") + more,
        filing.sentence,
    ]
    return "  ".join(visible(part.strip()) for part in parts)


def width() -> int:
    """Columns of the window; of a file or pipe, a hundred."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return _WIDTH_OF_A_FILE
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))


def colored() -> bool:
    """Whether to use colour: on a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def open_in_browser(filing: Filing, edition: str | None) -> None:
    """Write the form as a page for this user alone, and open it."""
    import tempfile  # noqa: PLC0415
    import webbrowser  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="section16-"))
    page = folder / "form.html"
    page.write_bytes(write(filing, "html", edition=edition))
    if not webbrowser.open(page.as_uri()):
        say(f"no browser could be opened; the page is {page}")
