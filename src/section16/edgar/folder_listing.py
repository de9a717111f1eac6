"""A folder's `index.json`: the files that EDGAR has in a folder of daily indexes or feeds, with their sizes.

Sizes are bytes or, as the folder pages show them, `123 KB`; a name with a separator or `..` is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from section16 import limits
from section16.edgar.json_tree import not_of_shape, read_object, text_of
from section16.errors import SourceError, excerpt

_WHAT: Final = "a folder listing"
_NAME: Final = re.compile(r"(?!\.\.?$)[A-Za-z0-9._ -]{1,255}/?", re.ASCII)
_SIZE: Final = re.compile(r"([0-9]{1,15})(?:\.[0-9]+)?\s*([KMG]?)B?", re.ASCII | re.IGNORECASE)
_UNITS: Final = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
_MODIFIED: Final = "%m/%d/%Y %I:%M:%S %p"


class ListedFile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One file or folder in a listing. `size` is in bytes, rounded where the listing rounds; `modified` has no zone."""

    name: str
    size: int | None = None
    modified: datetime | None = None
    is_folder: bool = False


def read_listing(data: bytes) -> list[ListedFile]:
    """Return what a listing names, in its order.

    Raises SourceError: INDEX_INVALID (no listing, a name with a path in it), LIMIT_SIZE, LIMIT_COUNT.
    """
    directory = read_object(data, _WHAT).get("directory")
    items = directory.get("item") if isinstance(directory, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise not_of_shape(_WHAT, "directory.item")
    if len(items) > limits.LISTED_FILES:
        raise SourceError("LIMIT_COUNT", f"the folder listing has more than {limits.LISTED_FILES:,} files")
    return [_file(item) for item in items]


def write_listing(folder: str, files: Iterable[ListedFile]) -> bytes:
    """Return the `index.json` of a folder, such as `daily-index/2023/QTR3/`."""
    items = [
        {
            "last-modified": one.modified.strftime(_MODIFIED) if one.modified else "",
            "name": one.name,
            "type": "dir" if one.is_folder else "file",
            "href": one.name,
            "size": "" if one.size is None else f"{one.size} B",
        }
        for one in files
    ]
    return msgspec.json.encode({"directory": {"item": items, "name": folder, "parent-dir": "../"}})


def _file(item: Mapping[str, Any]) -> ListedFile:
    name = text_of(item.get("name"))
    if not _NAME.fullmatch(name):
        raise SourceError("INDEX_INVALID", f"'{excerpt(name)}' is no file's name", path="directory.item.name")
    return ListedFile(
        name=name.rstrip("/"),
        size=_size(text_of(item.get("size"))),
        modified=_modified(text_of(item.get("last-modified"))),
        is_folder=name.endswith("/") or item.get("type") in {"dir", "folder.gif"},
    )


def _size(words: str) -> int | None:
    found = _SIZE.fullmatch(words.strip())
    return int(found[1]) * _UNITS[found[2].upper()] if found else None


def _modified(words: str) -> datetime | None:
    for pattern in (_MODIFIED, "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(words, pattern)  # noqa: DTZ007 - the listing names no zone
        except ValueError:
            continue
    return None
