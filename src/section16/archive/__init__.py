"""The archive of all reports: original bytes kept whole, exact columns, questions in milliseconds.

    with open_archive("archive") as archive:
        archive.add([Incoming(name="0001.txt", data=data)])
        archive.sql("select count(*) from transactions").fetchone()

Everything is imported when first asked for: where an archive lies is asked by commands that never open it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from section16.archive.archive import Archive, open_archive
    from section16.archive.incoming import Added, Incoming

_HOMES = {"Added": "incoming", "Archive": "archive", "Incoming": "incoming", "open_archive": "archive"}

__all__ = ["Added", "Archive", "Incoming", "open_archive"]


def __getattr__(name: str) -> Any:
    """Import a public name from its module when first asked for."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
