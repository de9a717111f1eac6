"""One ownership document: bytes to record and back.

Reads what filers submit and what EDGAR publishes, of every edition. `write_ownership_xml` has one canonical
spelling: an XML declaration, four blanks of indentation, one element a line, ASCII with numeric references (UTF-8
only where a kept name, comment or instruction can be written in no other way).
"""

from __future__ import annotations

from itertools import count
from typing import Final

from section16.edgar.careful_reader import read_careful
from section16.edgar.compiled_reader import Unusual, read_usual
from section16.edgar.ownership_writer import write_ownership_xml
from section16.edgar.safe_xml import local_name, parse
from section16.errors import SourceError, excerpt
from section16.form.document import OwnershipDocument

_WORTH_COMPILING: Final = 8
"""Reports. The patterns take longer to compile than a few reports take to read carefully."""
_reports_read: Final = count()

__all__ = ["read_ownership_xml", "write_ownership_xml"]


def read_ownership_xml(data: bytes) -> OwnershipDocument:
    """Return the document in `data`, whatever is wrong with it, as long as it is a well-formed ownershipDocument.

    Raises SourceError: NOT_OWNERSHIP for another root element, and the codes of `safe_xml.parse`.
    """
    if next(_reports_read) >= _WORTH_COMPILING:
        try:
            return read_usual(data)
        except Unusual:
            pass
    root = parse(data)
    if local_name(root) != OwnershipDocument.element:
        message = f"the root element is {excerpt(local_name(root))!r}, not ownershipDocument"
        raise SourceError("NOT_OWNERSHIP", message, line=root.sourceline)
    return read_careful(root)
