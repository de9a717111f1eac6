"""XML whose lines were cut at a fixed width when it was stored, through tags and words (many filings of 2003 and 2004).

Only a text that does not parse as it stands is mended so; the stored bytes are kept.
"""

from __future__ import annotations

from collections import Counter

_USUAL_WIDTH = 120


def join_wrapped_lines(xml: bytes) -> bytes:
    """Return `xml` with every line end removed that a cut at full width put there; no blank is added or taken.

    The width is that of the longest line, since a cut leaves none longer, or 120 columns if more lines have exactly
    that. A shorter line ended of its own accord and stays; so do CR and CRLF ends, which are not counted as columns.
    """
    lines = xml.splitlines(keepends=True)
    widths = Counter(len(line.rstrip(b"\r\n")) for line in lines)
    if not widths:
        return xml
    longest = max(widths)
    width = _USUAL_WIDTH if widths[_USUAL_WIDTH] > widths[longest] else longest
    return b"".join(
        content if len(content := line.rstrip(b"\r\n")) >= width and number < len(lines) else line
        for number, line in enumerate(lines, start=1)
    )
