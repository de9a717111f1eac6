"""The line of a source on which a path of the document stands; worked out only if somebody asks."""

from __future__ import annotations

from functools import cached_property

from section16.edgar.ownership_lines import ElementLines
from section16.edgar.submission_text import read_submission_text
from section16.errors import SourceError
from section16.reading import Filing, SourceKind


class Lines:
    """Lines of one filing. What is no XML, or XML inside base64, has none."""

    def __init__(self, filing: Filing) -> None:
        """Remember the filing; it is parsed for lines when first asked for one."""
        self._filing = filing

    def of(self, path: str) -> int | None:
        """Line (from 1) of the element at `path`; of an element that is missing, the line of the one around it."""
        elements, before = self._elements
        line = elements.of(path) if elements else None
        return None if line is None else before + line

    @cached_property
    def _elements(self) -> tuple[ElementLines | None, int]:
        """The elements of the XML, and how many lines of the source stand before it."""
        content, kind = self._filing.content, self._filing.kind
        try:
            if kind in {SourceKind.OWNERSHIP_XML, SourceKind.SUBMISSION_FILE}:
                return ElementLines(content), 0
            if kind in {SourceKind.FULL_TEXT, SourceKind.NC}:
                xml = read_submission_text(content).primary
                return ElementLines(xml), content.count(b"\n", 0, max(content.find(xml), 0))
        except SourceError:
            pass
        return None, 0
