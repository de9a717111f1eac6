r"""Text inside Markdown: third-party words written so that they stay words, and read back exactly.

Written: a backslash before what Markdown, GitHub's tables and math would take for markup (``\ ` * _ [ ] | $ ~``),
`&lt;` and `&gt;` for angle brackets, `&amp;` where a reference would begin, a numeric reference for every character
that does not print (line ends, no-break blanks, direction changes), and a backslash inside web addresses so that none
becomes a link. Blanks are folded. Read: the same, and what other converters leave out or add. Source of the notation:
CommonMark 0.31 (backslash escapes, entity and numeric references) and GitHub's tables.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_SPECIAL: Final = re.compile(r"[\\`*_\[\]|$~]|[<>]|&(?=#?\w+;)|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE)
_AS_REFERENCE: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_BLOCK_START: Final = re.compile(r"[#+=:-]")
_LIST_START: Final = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
_LATE_DATE: Final = re.compile(r"(\d{1,2}/\d{1,2})/(\d{4})$", re.ASCII)

_TAGS: Final = re.compile(r"</?(?:u|b|i|a|em|strong|span|font|small|sup|sub|br|hr|input|p|div)\b[^<>]*>", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])|&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_BOLD: Final = re.compile(r"(\*\*|__)((?:(?!\1).)+)\1", re.DOTALL)
_LAST_CHARACTER: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def folded(text: str) -> str:
    """Return the text with every run of blanks and line ends as one blank, none around it. No-break blanks stay."""
    return _BLANKS.sub(" ", text).strip(" ")


def escaped(text: str) -> str:
    r"""Return third-party text, folded, as it stands in a Markdown cell: `a|b <i> $5` -> `a\|b &lt;i&gt; \$5`."""
    text = _SPECIAL.sub(_escape_one, folded(text))
    return text if text.isprintable() else "".join(map(_printable, text))


def escaped_paragraph(text: str) -> str:
    r"""Return third-party text as a paragraph: nothing at its beginning makes a list, heading or rule."""
    text = escaped(text)
    if _BLOCK_START.match(text):
        return f"\\{text}"
    return _LIST_START.sub(r"\1\\\2", text, count=1) if _LIST_START.match(text) else text


def without_late_date(markdown: str) -> str:
    r"""Return escaped text that does not end like a signature line: `... 09/02/2022` -> `... 09/02\/2022`."""
    return _LATE_DATE.sub(r"\1\\/\2", markdown)


def spelled(character: str) -> str:
    """Return one character as a numeric reference, which no notation takes for anything but text."""
    return f"&#{ord(character)};"


def _escape_one(found: re.Match[str]) -> str:
    character = found[0]
    return _AS_REFERENCE.get(character) or f"\\{character}"


def _printable(character: str) -> str:
    return character if character.isprintable() else spelled(character)


def plain(markdown: str) -> str:
    """Return the text that a piece of Markdown shows: tags and bold marks gone, escapes and references resolved."""
    text = folded(_TAGS.sub(" ", markdown))
    if (bold := _BOLD.fullmatch(text)) is not None:
        text = bold[2].strip()
    return _ESCAPED.sub(_resolve, text)


def _resolve(found: re.Match[str]) -> str:
    if found[1]:
        return found[1]
    name = found[2]
    if name[0] != "#":
        return html5.get(f"{name};", found[0])
    number = int(f"0{name[1:]}", 16) if name[1] in "xX" else int(name[1:])
    if number > _LAST_CHARACTER or number in _SURROGATES or _NO_TEXT.match(chr(number)):
        return found[0]
    return chr(number)


def forbidden_character(text: str) -> re.Match[str] | None:
    """Find the first character that no form can hold, since XML 1.0 has no place for it (NUL and its like)."""
    return _NO_TEXT.search(text)


def without_forbidden(text: str) -> str:
    """Return the text with the mark for what cannot be shown in place of characters that no form can hold."""
    return _NO_TEXT.sub("\ufffd", text)


def spelled_number(number: str) -> str:
    """Return a footnote's number as it stands in a mark or before its text; an odd one without blanks or signs."""
    return "".join(
        character if character.isascii() and character.isalnum() else spelled(character) for character in number
    )
