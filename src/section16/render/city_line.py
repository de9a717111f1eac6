"""The line of box 1 that holds city, state and postal code, where a picture shows them as one text.

    FOSTER CITY CA 94404   <->   FOSTER CITY | CA | 94404

It is split at the last two-character place code that EDGAR knows. Our own Markdown puts a wider blank (`&ensp;`)
between the parts of a line that would be split otherwise than it was joined.
"""

from __future__ import annotations

from typing import NamedTuple

from section16.codes.places import is_place
from section16.render.markdown_text import escaped, folded, plain

_WIDE_BLANK = "&ensp;"


class CityLine(NamedTuple):
    """What stands over (City), (State) and (Zip); `""` for an empty place."""

    city: str
    state: str
    zip_code: str


def split_city_line(text: str) -> CityLine | None:
    """Split at the last known place code; `None` if there is none in a line that is not empty."""
    words = text.split(" ")
    if words == [""]:
        return CityLine("", "", "")
    last = next((index for index in reversed(range(len(words))) if is_place(words[index])), None)
    if last is None:
        return None
    return CityLine(" ".join(words[:last]), words[last], " ".join(words[last + 1 :]))


def city_line_markdown(parts: CityLine) -> str:
    """Write the line as the SEC's page reads, with wide blanks where it would not be split into the same parts."""
    parts = CityLine(*map(folded, parts))
    line = " ".join(part for part in parts if part)
    between = " " if split_city_line(line) == parts else _WIDE_BLANK
    return between.join(escaped(part) for part in parts if part or between == _WIDE_BLANK)


def read_city_line(markdown: str) -> CityLine | None:
    """Read the line as it stands in Markdown; `None` if it cannot be split."""
    parts = markdown.split(_WIDE_BLANK)
    if len(parts) == len(CityLine._fields):
        return CityLine(*map(plain, parts))
    return split_city_line(plain(markdown))
