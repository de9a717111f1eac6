"""Tables as text that can be pasted anywhere: columns by blanks, a rule below the headings, no frame, no colour."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence


def plain_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Collection[str] = (), keep: Collection[str] = ()
) -> Iterator[str]:
    """Lines of a table; columns in `right` stand to the right, empty ones are left out unless in `keep`."""
    used = [place for place, name in enumerate(headings) if name in keep or any(row[place] for row in rows)]
    widths = {place: max(len(row[place]) for row in (headings, *rows)) for place in used}
    for line in (headings, None, *rows):
        cells = [
            "-" * widths[place]
            if line is None
            else (line[place].rjust if headings[place] in right else line[place].ljust)(widths[place])
            for place in used
        ]
        yield "  ".join(cells).rstrip()
