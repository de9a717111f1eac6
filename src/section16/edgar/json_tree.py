"""EDGAR's JSON to plain Python values, bounded: bytes, depth, objects only where objects are due.

A page that is no JSON at all, such as an error page in HTML, is INDEX_INVALID like an index that is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from section16 import limits
from section16.errors import SourceError


def read_object(data: bytes, what: str) -> Mapping[str, Any]:
    """Return the JSON object in `data`, which should be `what`. Raises SourceError LIMIT_SIZE or INDEX_INVALID."""
    if len(data) > limits.JSON_BYTES:
        raise SourceError("LIMIT_SIZE", f"{what} has {len(data):,} bytes, over the limit of {limits.JSON_BYTES:,}")
    try:
        tree = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        mend = "EDGAR may have answered with an error page: ask again later"
        raise SourceError("INDEX_INVALID", f"this is no JSON, and no {what}", mend=mend) from None
    if not isinstance(tree, dict):
        raise not_of_shape(what)
    return tree


def not_of_shape(what: str, place: str = "") -> SourceError:
    """The error for JSON that is not of the shape known."""
    return SourceError("INDEX_INVALID", f"the JSON has not the shape of {what}", path=place or None)


def text_of(value: object) -> str:
    """A value that should be text: numbers are written out, anything else is empty."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
