"""An official list: records by code, with the source they were taken from and the day they were true."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from typing import Any, Generic, TypeVar

import msgspec

Entry = TypeVar("Entry")
Entry_co = TypeVar("Entry_co", covariant=True)


class OfficialList(Mapping[str, Entry_co], Generic[Entry_co]):
    """A read-only mapping from code to record, in the list's own order.

    `source` names the official text, `as_of` the day on which the list stood in it as it stands here.
    """

    __slots__ = ("_entries", "as_of", "source")

    def __init__(self, entries: Mapping[str, Entry_co], *, source: str, as_of: date) -> None:
        """Keep `entries` by code."""
        self._entries = dict(entries)
        self.source = source
        self.as_of = as_of

    def __getitem__(self, code: str) -> Entry_co:
        """Return the record of `code`; a KeyError says that the list does not have it."""
        return self._entries[code]

    def __iter__(self) -> Iterator[str]:
        """Go through the codes in the list's order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Count the codes."""
        return len(self._entries)

    def __repr__(self) -> str:
        """Name the source, the day and the number of codes."""
        return f"<{len(self)} codes of {self.source}, {self.as_of}>"


def read_table(name: str) -> dict[str, Any]:
    """Return the contents of `name`.toml beside this module."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def make_list(
    kind: type[Entry], entries: Mapping[str, Mapping[str, object]], table: Mapping[str, Any]
) -> OfficialList[Entry]:
    """Return the official list of `entries`, each made a record of `kind` with its `code`; `table` names the source.

    A field that a record does not have, or has with another type, is an error of the data file (`msgspec`'s own).
    """
    records = {code: msgspec.convert({"code": code, **entry}, kind, strict=True) for code, entry in entries.items()}
    return OfficialList(records, source=table["source"], as_of=table["as_of"])
