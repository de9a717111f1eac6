"""The accession number: EDGAR's key of one submission.

Ten digits, two, and six (`0001209191-22-048889`): the CIK of the account that logged in to send it, the year, and a
running number. The sender is a filer or an agent; the number says nothing about issuer or owner. File names carry the
hyphens, folder names do not; without is the compact form, with is the presented one.
"""

from __future__ import annotations

import re

from section16.errors import IdentifierError, excerpt

_SHAPE = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}|[0-9]{18}", re.ASCII)


def compact(text: str) -> str:
    """Return `text` without hyphens and without blanks around it, as folder names have it; nothing is checked."""
    return text.strip().replace("-", "")


def validate(text: str) -> str:
    """Return the compact form, 18 digits, of an accession number written with both hyphens or with none.

    Raises:
        IdentifierError: `ACCESSION_INVALID`.
    """
    if not _SHAPE.fullmatch(text.strip()):
        raise IdentifierError(
            "ACCESSION_INVALID",
            f"'{excerpt(text)}' is not an accession number",
            mend="An accession number looks like 0001234567-26-000001",
        )
    return compact(text)


def is_valid(text: str) -> bool:
    """Say whether `validate` takes `text`."""
    return _SHAPE.fullmatch(text.strip()) is not None


def format(text: str) -> str:
    """Return an accession number with its hyphens, as headers, file names and people write it.

    Raises:
        IdentifierError: `ACCESSION_INVALID`, as `validate`.
    """
    digits = validate(text)
    return f"{digits[:10]}-{digits[10:12]}-{digits[12:]}"
