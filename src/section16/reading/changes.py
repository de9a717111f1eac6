"""What a comparison of two reports finds: changes, each with its place, and all of them as text for a terminal."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from section16.render.folding import fold
from section16.render.paint import Paint

_BLANK: Final = "(blank)"


class ChangeKind(StrEnum):
    """What happened to a place between the first report and the second."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference.

    `place` speaks the printed form's words ("Table I line 3, column 4 Amount"), `path` is the XML's, entries counted
    from 1; both are those of the second report, of something removed those of the first. `before` and `after` are the
    texts as filed, None where there is none; of what moved they are its places. `same_value` marks another spelling of
    the same value (13334 and 13334.00).
    """

    place: str
    path: str
    kind: ChangeKind
    before: str | None
    after: str | None
    same_value: bool = False


class Difference(msgspec.Struct, frozen=True):
    """All changes in the order of the form; false in a condition if there are none. msgspec writes it as JSON."""

    changes: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)


def difference_text(difference: Difference, width: int = 100, *, color: bool = False) -> str:
    """The changes in lines of at most `width` columns, each place over `- before` and `+ after`; "" without any.

    What a report holds can neither command nor confuse the terminal.
    """
    paint = Paint(color)
    blocks = ["\n".join(_block(change, max(width, 20), paint)) for change in difference.changes]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _block(change: Change, width: int, paint: Paint) -> list[str]:
    aside = " (same value, other spelling)" if change.same_value else ""
    lines = [paint.bold(line) for line in fold(change.place + aside, width, hanging=2)]
    if change.kind is ChangeKind.MOVED:
        return lines + [paint.dim(line) for line in fold(f"~ moved, was {change.before}", width, hanging=2)]
    if change.before is not None:
        lines += [paint.alarm(line) for line in fold(f"- {change.before.strip() or _BLANK}", width, hanging=2)]
    if change.after is not None:
        lines += [paint.note(line) for line in fold(f"+ {change.after.strip() or _BLANK}", width, hanging=2)]
    return lines
