"""Numbers and marks that name filers, filings and securities.

A module for each, with the same four verbs: `compact` strips what carries no meaning, `validate` returns the compact
form or raises `IdentifierError`, `is_valid` asks, `format` presents.
"""

from section16.identifiers import accession, ccc, cik, ticker

__all__ = ["accession", "ccc", "cik", "ticker"]
