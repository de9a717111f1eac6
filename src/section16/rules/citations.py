"""The texts that rules rest on, cited the same way everywhere."""

from __future__ import annotations

from typing import Final

_SPECIFICATION: Final = "EDGAR Ownership XML Technical Specification 5.5 (March 2026)"


def specification(what: str) -> str:
    """A place in the SEC's specification of the ownership document and the submission file around it."""
    return f"{_SPECIFICATION}, {what}"
