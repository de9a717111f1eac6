"""What people type to search footnotes and remarks, made into a question that SQLite's full text search takes.

    option grant            both words, anywhere in the text
    "weighted average"      the words side by side
    vest*                   words that begin so
    gift OR donation        either; AND binds tighter, and is what stands between words anyway
    trust NOT revocable     the first without the second; -revocable says the same

Every word is put between quotes, so that nothing typed is ever read as an operator of the database.
"""

from __future__ import annotations

import re
from typing import Final

from section16.errors import UsageError

_PART: Final = re.compile(r'(-?)"([^"]*)"(\*?)|(\S+)')
_WORDS: Final = re.compile(r"\w")
_MOST: Final = 64
"""Words in one search."""


def match_of(typed: str) -> str:
    """The question for `match`. Raises UsageError if there is no word to be found in what was typed."""
    groups: list[tuple[list[str], list[str]]] = [([], [])]
    negative = False
    for count, part in enumerate(_PART.finditer(typed)):
        minus, phrase, star, word = part.groups()
        if count >= _MOST:
            raise UsageError("USAGE", f"a search takes at most {_MOST} words")
        if word in {"AND", "OR", "NOT"}:
            negative = word == "NOT"
            if word == "OR":
                groups.append(([], []))
            continue
        term, minus = (
            (_word(word), "-" if word.startswith("-") else "") if phrase is None else (_term(phrase, star), minus)
        )
        if term:
            groups[-1][1 if minus or negative else 0].append(term)
        negative = False
    groups = [group for group in groups if group != ([], [])]
    if not groups or not all(positive for positive, _ in groups):
        mend = 'Give a word, a "phrase in quotes" or a beginning*; NOT leaves out what others would find'
        raise UsageError("USAGE", "there is no word to look for", mend=mend)
    return " OR ".join([_joined(*group) for group in groups])


def _joined(positive: list[str], negative: list[str]) -> str:
    together = "(" + " AND ".join(positive) + ")"
    for each in negative:
        together = f"({together} NOT {each})"
    return together


def _word(typed: str) -> str:
    bare = typed.lstrip("-")
    return _term(bare.rstrip("*"), "*" if bare.endswith("*") else "")


def _term(words: str, star: str) -> str:
    """A quoted term, nothing if no letter or digit is in it."""
    clean = words.replace("\0", " ").replace('"', " ").strip()
    return f'"{clean}"{star}' if _WORDS.search(clean) else ""
