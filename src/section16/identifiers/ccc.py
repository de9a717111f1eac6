"""The CIK Confirmation Code: the secret with which EDGAR lets a filer's forms through.

Eight characters, capitals and small letters told apart, among them at least one digit and one of `@ # $ *` (EDGAR's
common schema). It stands only in what is sent to EDGAR, never in what EDGAR publishes. No message made here repeats
one, and `format` presents it masked.
"""

from __future__ import annotations

import re

from section16.errors import IdentifierError

_SHAPE = re.compile(r"(?=.*[0-9])(?=.*[@#$*])[A-Za-z0-9@#$*]{8}", re.ASCII)


def compact(text: str) -> str:
    """Return `text` without blanks around it; the case of letters counts and stays. Nothing is checked."""
    return text.strip()


def validate(text: str) -> str:
    """Return the CCC itself, as it is to be sent.

    Raises:
        IdentifierError: `CCC_INVALID`, without repeating the text, when it does not have the shape of a CCC.
    """
    code = compact(text)
    if not _SHAPE.fullmatch(code):
        raise IdentifierError(
            "CCC_INVALID",
            "a CCC does not have the shape EDGAR asks for",
            mend="A CCC has eight letters, digits and signs, at least one digit and at least one of @ # $ *",
        )
    return code


def is_valid(text: str) -> bool:
    """Say whether `validate` takes `text`; whether EDGAR takes it, only EDGAR knows."""
    return _SHAPE.fullmatch(compact(text)) is not None


def format(text: str) -> str:
    """Return eight asterisks, the only way a CCC is ever shown.

    Raises:
        IdentifierError: `CCC_INVALID`, as `validate`.
    """
    return "*" * len(validate(text))
