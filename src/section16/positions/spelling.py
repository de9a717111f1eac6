"""Titles of securities and natures of ownership, spelled alike so that two reports can be compared.

`Common Stock, $0.01 par value` and `Common stock` are one class; `By ABC Partners, L.P.` and `ABC PARTNERS LP` are one
holder. What filers mean beyond the spelling ("By Trust", "By family trust") is not guessed.
"""

from __future__ import annotations

import re
from typing import Final

_MARKS: Final = re.compile(r"[^\w$.%]+")
_FIGURE: Final = re.compile(r"(?:us)?\$?(?:\d+\.?\d*|\.\d+)|us\$|\$")
_NOTE_MARK: Final = re.compile(r"\(\s*\d{1,2}\s*\)")
_BEFORE_PAR: Final = frozenset({"no", "without", "with", "a", "having", "nominal"})
_AFTER_PAR: Final = frozenset({"value", "of", "per", "share", "each", "usd"})
_LEADING: Final = ("by", "the")
_SEE: Final = frozenset({"see", "footnote", "footnotes", "note", "notes"})
_BETWEEN_NUMBERS: Final = frozenset({"and", "through", "to"})
_SHORT: Final = 3


def folded_title(text: str) -> str:
    """The title in small letters, singular, without par value, footnote marks and punctuation."""
    words = [word.strip(".") for word in _MARKS.sub(" ", _NOTE_MARK.sub(" ", text.lower())).split()]
    words = _without_par([word for word in words if word])
    return " ".join([_singular(word) for word in words])


def folded_nature(text: str) -> str:
    """The nature in small letters without a leading "by", dots, punctuation and possessive marks.

    Of `See footnotes 3 and 4` the numbers are left out, which differ from report to report, and of a 401(k) plan the
    day of its statement.
    """
    plain = text.lower().replace(".", "").replace("'s", "").replace("’s", "").replace("401(k)", "401k ")
    words = _MARKS.sub(" ", plain).split()
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    if words and (words[0] in _SEE or "401k" in words):
        words = [_singular(word) for word in words if not word.isdigit() and word not in _BETWEEN_NUMBERS]
    return " ".join(words)


def _without_par(words: list[str]) -> list[str]:
    """Take out `par value $0.01 per share` and what belongs to it; a title that is nothing else stays."""
    if "par" not in words:
        return words
    at = words.index("par")
    first, last = at, at + 1
    while first > 0 and (words[first - 1] in _BEFORE_PAR or _FIGURE.fullmatch(words[first - 1])):
        first -= 1
    while last < len(words) and (words[last] in _AFTER_PAR or _FIGURE.fullmatch(words[last])):
        last += 1
    return words[:first] + words[last:] or words


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORT and word.endswith("s") and not word.endswith("ss") else word
