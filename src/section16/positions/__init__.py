"""What several reports say together: which line speaks of which position, what amendments left in force, and chains.

The readers of CSV are imported when first asked for: most who follow positions read none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from section16.positions.adjustments import Change, Split
from section16.positions.amendments import applied, in_force
from section16.positions.applied import Applied, Status
from section16.positions.chains import chains
from section16.positions.lines import Line, Position, ReportFacts, lines_of
from section16.positions.links import Chain, Continuity, Link

if TYPE_CHECKING:
    from section16.positions.reading_adjustments import read_changes, read_splits

_HOMES = {"read_changes": "reading_adjustments", "read_splits": "reading_adjustments"}

__all__ = [
    "Applied",
    "Chain",
    "Change",
    "Continuity",
    "Line",
    "Link",
    "Position",
    "ReportFacts",
    "Split",
    "Status",
    "applied",
    "chains",
    "in_force",
    "lines_of",
    "read_changes",
    "read_splits",
]


def __getattr__(name: str) -> Any:
    """Import a reader from its module when first asked for."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
