"""Trading symbols as filers write them, brought to one spelling for search and comparison.

EDGAR takes any text of 1 to 10 characters as `issuerTradingSymbol` (14 as `issuerForeignTradingSymbol`): `NYSE: KRC`,
`(SIRI)`, `HEI, HEI.A`, `MOGA/MOGB`, `N O G`, `N/A` all stand in real reports. The document keeps what was written. A
symbol is never a key: it is reused, shared and mistyped; the issuer's CIK is the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from section16.errors import IdentifierError, excerpt

_NO_SYMBOL = frozenset({"", "-", "N/A", "N.A.", "NA", "NONE", "NO TICKER", "NOT APPLICABLE", "PRIVATE", "TBD"})
"""What filers write for "has none". `NA` is one issuer's registered symbol too; the text alone cannot tell."""

_EXCHANGES = frozenset(
    {"AMEX", "ASX", "CBOE", "CSE", "LSE", "NASD", "NASDAQ", "NYSE", "OTC", "OTCBB", "OTCQB", "OTCQX", "TSX", "TSXV"},
)
_AROUND = " \"'`“”‘’()[]{}<>$"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))

_SEPARATOR = re.compile(r"[,;]| AND | & ")
_EXCHANGE_BEFORE = re.compile(r"[A-Z][A-Z .-]*:")
_SUFFIX = re.compile(rf"(?: US EQUITY|\.(?:N|OB|OQ|PK)|-(?:{'|'.join(sorted(_EXCHANGES))}))+$")
_CLASS_MARK = re.compile(r"(?P<stem>[A-Z0-9]{2,})[-/ ](?P<mark>[A-Z])")
_SYMBOL = re.compile(r"(?=[0-9.]*[A-Z]|[0-9]{1,6}$)[A-Z0-9]{1,10}(?:\.[A-Z0-9]{1,4}){0,2}")
"""Letters and digits with up to two class or market marks; digits alone up to six, as Asian markets have them."""


def symbols(text: str) -> tuple[str, ...]:
    """Return the symbols in `text` in one spelling (`BRK.B`), in order, each once; none where it names none."""
    return tuple(dict.fromkeys(filter(None, map(_symbol, _pieces(_clean(text))))))


def compact(text: str) -> str:
    """Return the symbols in `text`, joined with `, ` where there are several; empty where it names none."""
    return ", ".join(symbols(text))


def validate(text: str) -> str:
    """Return the one symbol that `text` names.

    Raises:
        IdentifierError: `TICKER_INVALID`, when `text` names no symbol or several.
    """
    found = symbols(text)
    if len(found) != 1:
        raise IdentifierError(
            "TICKER_INVALID",
            f"'{excerpt(text)}' names {'several symbols' if found else 'no trading symbol'}",
            mend="Give one symbol, such as QLYS or BRK.B",
        )
    return found[0]


def is_valid(text: str) -> bool:
    """Say whether `text` names exactly one symbol."""
    return len(symbols(text)) == 1


def format(text: str) -> str:
    """Return the one symbol as it is shown; the compact form is that already.

    Raises:
        IdentifierError: `TICKER_INVALID`, as `validate`.
    """
    return validate(text)


def _clean(text: str) -> str:
    """Return `text` in capitals, blanks folded, dashes alike, quotes, brackets and `$` around it taken off."""
    return " ".join(text.upper().translate(_DASHES).split()).strip(_AROUND)


def _pieces(text: str) -> Iterator[str]:
    """Yield the parts of a cleaned text that may each be a symbol, exchanges before a colon taken off."""
    if text in _NO_SYMBOL:
        return
    for part in _SEPARATOR.split(text):
        piece = _EXCHANGE_BEFORE.sub("", part.strip(_AROUND), count=1).strip(_AROUND)
        for divider in "/ ":
            halves = piece.split(divider)
            if _are_symbols(halves, divider):
                yield from halves
                break
        else:
            yield piece


def _are_symbols(halves: list[str], divider: str) -> bool:
    """Say whether a divided piece is several symbols (`MOGA/MOGB`, `BIO BIOB`) and not one with a mark (`BRK/B`)."""
    if len(halves) == 1 or min(map(len, halves)) < 2:  # noqa: PLR2004 - one letter is a class mark
        return False
    return divider == "/" or all(half.startswith(halves[0]) for half in halves)


def _symbol(piece: str) -> str:
    """Return one piece in the one spelling, or an empty text where it is no symbol."""
    if all(len(letter) == 1 for letter in piece.split(" ")):
        piece = piece.replace(" ", "")
    marked = _CLASS_MARK.fullmatch(piece)
    spelling = _SUFFIX.sub("", f"{marked['stem']}.{marked['mark']}" if marked else piece)
    if spelling in _NO_SYMBOL or spelling in _EXCHANGES:
        return ""
    return spelling if _SYMBOL.fullmatch(spelling) else ""
