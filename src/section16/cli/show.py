"""`section16 show`: one form in the terminal, or one line for each of many."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from section16.cli.exits import Exit, code_of, complain, say
from section16.cli.inputs import Input, inputs_of, read_input
from section16.cli.outputs import joined, write_out
from section16.cli.progress import progress
from section16.errors import Section16Error, visible
from section16.reading import Filing, write
from section16.render.terminal_text import terminal_text

_NOT_FILINGS = frozenset({"NOT_OWNERSHIP", "EMPTY_FILING"})
_WIDTH_OF_A_FILE = 100
_NARROWEST, _WIDEST = 40, 200


def show(  # noqa: PLR0913 - one for each option of the command
    sources: Sequence[str], *, edition: str | None, full: bool, as_json: bool, in_browser: bool, quiet: bool
) -> Exit:
    """Show every input; return the exit code. Raises Section16Error for what stops everything."""
    inputs = inputs_of(sources)
    single = len(inputs) == 1
    shown, failed = 0, []
    for source in progress(inputs, len(inputs), "reading", quiet=quiet or not sys.stdout.isatty()):
        try:
            filing = read_input(source)
            text = _shown(filing, source, edition, full=full or single, as_json=as_json, single=single)
        except Section16Error as error:
            if source.in_folder and error.code in _NOT_FILINGS:
                continue
            failed.append(error)
            complain(error, "" if single else source.path)
            continue
        shown += 1
        write_out(text)
        if in_browser:
            open_in_browser(filing, edition)
    if not failed:
        return _nothing(inputs) if not shown else Exit.DONE
    return Exit.FOUND if shown else code_of(failed[0])


def _nothing(inputs: Sequence[Input]) -> Exit:
    say(f"no filing among {len(inputs):,} files")
    return Exit.UNREADABLE


def _shown(  # noqa: PLR0913
    filing: Filing, source: Input, edition: str | None, *, full: bool, as_json: bool, single: bool
) -> bytes:
    if as_json:
        from section16.reading.filing_json import filing_to_json  # noqa: PLC0415 - only this needs it

        value = filing_to_json(filing) | {"sentence": filing.sentence}
        return _json(value, one_line=not single)
    if not full:
        return joined([one_line(filing, source.path)])
    return joined(_form(filing, edition))


def _json(value: object, *, one_line: bool) -> bytes:
    encoded = msgspec.json.encode(value)
    return (encoded if one_line else msgspec.json.format(encoded, indent=2)) + b"\n"


def _form(filing: Filing, edition: str | None) -> Iterator[str]:
    yield filing.sentence
    yield ""
    yield terminal_text(filing.printed(edition), width(), color=colored(), status=filing.status).rstrip("\n")
    for note in filing.notes:
        yield f"{note.severity}: {visible(note.where)}: {visible(note.message)}"


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
