"""The data files of the law: TOML beside the modules, entries in order of the day since which they hold."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from typing import Any, Protocol, TypeVar


class Dated(Protocol):
    """What has a first day."""

    @property
    def since(self) -> date:
        """The first day."""


Entry = TypeVar("Entry", bound=Dated)


def read_table(name: str) -> dict[str, Any]:
    """The contents of `name`.toml beside this module."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def on(entries: Sequence[Entry], day: date) -> Entry:
    """The entry that held on `day`; the first one reaches back to the beginning."""
    return next((entry for entry in reversed(entries) if entry.since <= day), entries[0])
