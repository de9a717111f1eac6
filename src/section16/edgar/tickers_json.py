"""The SEC's list of trading symbols and the companies they stand for: `company_tickers.json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from section16.edgar.json_tree import not_of_shape, read_object, text_of
from section16.errors import IdentifierError
from section16.identifiers import cik

_WHAT: Final = "a list of trading symbols"


class Ticker(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A trading symbol as the SEC writes it (`BRK-B`), the CIK of its company, and the company's name."""

    cik: str
    ticker: str
    title: str


def read_tickers(data: bytes) -> list[Ticker]:
    """Return the list in its order. Raises SourceError INDEX_INVALID or LIMIT_SIZE."""
    return [_ticker(key, item) for key, item in read_object(data, _WHAT).items()]


def write_tickers(tickers: Iterable[Ticker]) -> bytes:
    """Return the list as the SEC writes it, numbered from 0. Raises IdentifierError."""
    return msgspec.json.encode(
        {
            str(number): {"cik_str": int(cik.validate(one.cik)), "ticker": one.ticker, "title": one.title}
            for number, one in enumerate(tickers)
        }
    )


def _ticker(key: str, item: object) -> Ticker:
    if not isinstance(item, dict):
        raise not_of_shape(_WHAT, key)
    try:
        number = cik.validate(text_of(item.get("cik_str")))
    except IdentifierError:
        raise not_of_shape(_WHAT, key) from None
    return Ticker(cik=number, ticker=text_of(item.get("ticker")), title=text_of(item.get("title")))
