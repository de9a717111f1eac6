"""Recognises a source and calls the right reader or writer."""

from section16.reading.filing import Filing, SourceKind
from section16.reading.sources import read
from section16.reading.writing import Format, write

__all__ = ["Filing", "Format", "SourceKind", "read", "write"]
