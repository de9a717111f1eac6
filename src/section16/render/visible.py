r"""Third-party text made safe to look at: nothing in it may hide, move its neighbours or command a terminal.

Control characters, direction changes, zero-width and tag characters, lone surrogates and unassigned characters become
escapes as Python writes them (`\x1b`, `\u202e`); tab and line ends stay, and so do all other characters and blanks.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_LAYOUT: Final = "\t\n\r"


def shown(text: str) -> str:
    r"""Return `text` with every character that does not show itself written as an escape: `\x1b`, `\u202e`."""
    if text.isprintable():
        return text
    return "".join([character if _shows(character) else _escape(character) for character in text])


def one_line(text: str) -> str:
    """Return `text` made visible, each run of blanks, tabs and line ends as one blank, none at the ends."""
    if not text.isprintable():
        text = shown(text).translate(_LINE_ENDS)
    return " ".join([word for word in text.split(" ") if word])


_LINE_ENDS: Final = dict.fromkeys(map(ord, _LAYOUT), " ")


def _shows(character: str) -> bool:
    return character.isprintable() or character in _LAYOUT or unicodedata.category(character) == "Zs"


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
