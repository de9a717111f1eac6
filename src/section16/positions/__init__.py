"""What several reports say together: which line speaks of which position, what amendments left in force, and chains."""

from section16.positions.adjustments import Change, Split, read_changes, read_splits
from section16.positions.amendments import applied, in_force
from section16.positions.applied import Applied, Status
from section16.positions.chains import chains
from section16.positions.lines import Line, Position, ReportFacts, lines_of
from section16.positions.links import Chain, Continuity, Link

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
