"""Whether what EDGAR sent is the filing asked for, and whole: an error page or a cut text never passes for one.

What stands in the filing is the archive's business, which keeps what it cannot read in quarantine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from section16.edgar.submission_text import looks_like_submission_text
from section16.errors import SourceError

_HEAD: Final = 4096
_END: Final = re.compile(
    rb"</(?:SEC-DOCUMENT|IMS-DOCUMENT|SUBMISSION)>\s*(?:-----END PRIVACY-ENHANCED MESSAGE-----\s*)?\Z"
)
_TAIL: Final = 256


def whole_submission(accession: str) -> Callable[[bytes], bytes]:
    """Return a check that hands on the full text of that accession number (with hyphens).

    The check raises SourceError: CONTAINER_MALFORMED (cut, damaged, no such text), CONTAINER_MISMATCH (another's).
    """

    def check(data: bytes) -> bytes:
        if not looks_like_submission_text(data) or b"\0" in data:
            raise SourceError("CONTAINER_MALFORMED", f"what EDGAR sent for {accession} is no submission text")
        if accession.encode() not in data[:_HEAD]:
            raise SourceError("CONTAINER_MISMATCH", f"what EDGAR sent for {accession} is another filing")
        if not _END.search(data, max(0, len(data) - _TAIL)):
            raise SourceError("CONTAINER_MALFORMED", f"what EDGAR sent for {accession} was cut")
        return data

    return check
