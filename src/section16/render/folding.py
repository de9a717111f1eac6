"""Text folded to a number of terminal columns: no word is cut unless it is wider than the line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from section16.render.visible import one_line


def columns_of(text: str) -> int:
    """How many columns a terminal needs for `text`: two for wide characters of East Asia, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(character) for character in text)


def _columns_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def fold(text: str, width: int, *, indent: int = 0, hanging: int = 0) -> list[str]:
    """Lines of at most `width` columns, the first indented by `indent`, the others by `indent + hanging`.

    At least one line is returned, an empty one if there is no text.
    """
    lines: list[str] = []
    line, used, begun = " " * indent, indent, False
    for word in _pieces(one_line(text), max(width - indent - hanging, 1)):
        size = columns_of(word)
        if begun and used + 1 + size > width:
            lines.append(line)
            line, used = " " * (indent + hanging), indent + hanging
        elif begun:
            line, used = f"{line} ", used + 1
        line, used, begun = line + word, used + size, True
    return [*lines, line]


def _pieces(text: str, width: int) -> Iterator[str]:
    """The words, one that is wider than a line in as many pieces as it needs."""
    for word in text.split(" "):
        piece, used = "", 0
        for character in word if columns_of(word) > width else ():
            size = _columns_of(character)
            if piece and used + size > width:
                yield piece
                piece, used = "", 0
            piece, used = piece + character, used + size
        yield piece or word


def pad(text: str, width: int, *, centered: bool = False) -> str:
    """The text filled with blanks to `width` columns."""
    missing = max(width - columns_of(text), 0)
    left = missing // 2 if centered else 0
    return " " * left + text + " " * (missing - left)
