"""Whether a part of a report holds something that the reader kept word for word because it fits nowhere.

What seems to be missing there may be only misspelt or misplaced: the structure's own finding is then enough.
"""

from __future__ import annotations

from typing import Any, Final

_NO_CONTENT: Final = ("<!", "<?")
"""Comments and processing instructions."""


def holds_unread(part: Any) -> bool:
    """Whether a record, table or cell holds unknown, doubled or misplaced elements, or text between elements."""
    extra = part.extra if part is not None else None
    return extra is not None and any(not other.xml.startswith(_NO_CONTENT) for other in extra.other)
