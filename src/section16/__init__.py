"""section16: the reports that insiders of public companies owe under Section 16 of the US Securities Exchange Act.

    filing = section16.read("form4.xml")
    filing.document.table_one[0].amounts.shares.value
    section16.write(filing, "html")
    section16.open_archive("archive").sql("select count(*) from filings").fetchone()

Everything is imported when first asked for, so that `import section16` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from section16.archive import open_archive
    from section16.edgar.containers import Attachment, Filer
    from section16.errors import ConflictError, MissingExtraError, Section16Error, SourceError, StorageError, UsageError
    from section16.findings import Finding, Severity
    from section16.form.cells import Noted, Plain
    from section16.form.document import Footnote, Issuer, OwnershipDocument, OwnerSignature, ReportingOwner
    from section16.form.edition import Look
    from section16.form.rows import (
        DerivativeHolding,
        DerivativeTransaction,
        NonDerivativeHolding,
        NonDerivativeTransaction,
    )
    from section16.reading.filing import Filing
    from section16.reading.for_submission import Answers
    from section16.reading.sources import read
    from section16.reading.writing import Format, write
    from section16.rules.checking import check

__version__ = "0.1.0"

_HOMES = {
    "Answers": "reading.for_submission",
    "Attachment": "edgar.containers",
    "ConflictError": "errors",
    "DerivativeHolding": "form.rows",
    "DerivativeTransaction": "form.rows",
    "Filer": "edgar.containers",
    "Filing": "reading.filing",
    "Finding": "findings",
    "Footnote": "form.document",
    "Format": "reading.writing",
    "Issuer": "form.document",
    "Look": "form.edition",
    "MissingExtraError": "errors",
    "NonDerivativeHolding": "form.rows",
    "NonDerivativeTransaction": "form.rows",
    "Noted": "form.cells",
    "OwnerSignature": "form.document",
    "OwnershipDocument": "form.document",
    "Plain": "form.cells",
    "ReportingOwner": "form.document",
    "Section16Error": "errors",
    "Severity": "findings",
    "SourceError": "errors",
    "StorageError": "errors",
    "UsageError": "errors",
    "check": "rules.checking",
    "open_archive": "archive",
    "read": "reading.sources",
    "write": "reading.writing",
}

__all__ = [
    "Answers",
    "Attachment",
    "ConflictError",
    "DerivativeHolding",
    "DerivativeTransaction",
    "Filer",
    "Filing",
    "Finding",
    "Footnote",
    "Format",
    "Issuer",
    "Look",
    "MissingExtraError",
    "NonDerivativeHolding",
    "NonDerivativeTransaction",
    "Noted",
    "OwnerSignature",
    "OwnershipDocument",
    "Plain",
    "ReportingOwner",
    "Section16Error",
    "Severity",
    "SourceError",
    "StorageError",
    "UsageError",
    "check",
    "open_archive",
    "read",
    "write",
]


def __getattr__(name: str) -> Any:
    """Import a public name from its room when first asked for."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
