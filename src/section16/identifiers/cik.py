"""The Central Index Key: the number EDGAR gives to everyone who files or is filed about.

One to ten digits (the `CIK` type of ownershipDocumentCommon.xsd). XML and JSON pad it with zeros to ten, folder
addresses leave them out; here the bare number is the compact form and ten digits the presented one.
"""

from __future__ import annotations

import re

from section16.errors import IdentifierError, excerpt

_DIGITS = re.compile(r"[0-9]{1,10}", re.ASCII)


def compact(text: str) -> str:
    """Return `text` without blanks around it, the letters `CIK` before it, and leading zeros; nothing is checked."""
    return _written(text).lstrip("0")


def validate(text: str) -> str:
    """Return the compact form of a CIK.

    Raises:
        IdentifierError: `CIK_INVALID`, when it is not one to ten digits, or is zero, which names nobody.
    """
    number = compact(text)
    if not number or not _DIGITS.fullmatch(_written(text)):
        raise IdentifierError(
            "CIK_INVALID",
            f"'{excerpt(text)}' is not a CIK",
            mend="A CIK is a number of one to ten digits",
        )
    return number


def is_valid(text: str) -> bool:
    """Say whether `validate` takes `text`."""
    try:
        validate(text)
    except IdentifierError:
        return False
    return True


def format(text: str) -> str:
    """Return a CIK with ten digits, as XML and JSON carry it.

    Raises:
        IdentifierError: `CIK_INVALID`, as `validate`.
    """
    return validate(text).zfill(10)


def _written(text: str) -> str:
    """Return the digits as written, zeros included."""
    return text.strip().upper().removeprefix("CIK").lstrip(" #:")
