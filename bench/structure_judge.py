"""Our findings of structure beside the verdict of the SEC's schemas, for one document.

The schemas are not part of this package; their folder is named by the caller. libxml2 (through lxml) reads them. What
it is known to judge otherwise, and why, stands in docs/rules-differential.md.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

import section16
from section16.findings import Finding, Severity, Source
from section16.rules import check
from structure_documents import FORMS

DANGLING = "R-FN-3"
BLANKS_AROUND_A_DATE = "R-HDR-21"
_PADDED = re.compile(r"[ \t\r\n]*([^ \t\r\n]+)[ \t\r\n]*")


class Verdict(NamedTuple):
    """The outcome of one comparison.

    `outcome`: both `agree` that it is sound, both `refuse` it, it is `not read` by us and refused by the schema, there
    are `blanks around a date`; or the two differ: `missed`, `false alarm`.
    """

    outcome: str
    refused: bool
    words: str = ""


class Schemas:
    """The six schemas of a folder."""

    def __init__(self, folder: Path) -> None:
        """Read them. Raises OSError if one is missing."""
        paths = {form: folder / f"ownership{form.replace('/', '')}Document.xsd.xml" for form in FORMS}
        self._schemas = {form: etree.XMLSchema(etree.parse(path)) for form, path in paths.items()}

    def refusal(self, data: bytes) -> str | None:
        """Why the schema of the document's own type refuses it; None if it does not. No type is refused by all."""
        root = etree.fromstring(data, _parser())
        form = str(root.xpath("string(documentType)")).strip()
        schema = self._schemas[form if form in FORMS else "4"]
        if schema.validate(root):
            return None
        error = schema.error_log.last_error
        return error.message if error is not None else "refused"


def _parser() -> etree.XMLParser[Element]:
    return etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False)


def judge(data: bytes, schemas: Schemas) -> Verdict:
    """Compare both verdicts on one document. Errors of the reader are an outcome, too."""
    refusal = schemas.refusal(data)
    try:
        findings = check(section16.read(data), as_="disseminated", edition="current")
    except section16.Section16Error as error:
        return Verdict("not read" if refusal is not None else "false alarm", refusal is not None, str(error))
    ours = [finding for finding in findings if is_structural(finding)]
    if bool(ours) == (refusal is not None):
        return Verdict("refuse" if ours else "agree", refused=refusal is not None)
    if ours:
        return Verdict("false alarm", refused=False, words=f"{ours[0].rule} {ours[0].path}: {ours[0].message}")
    if any(one.rule == BLANKS_AROUND_A_DATE for one in findings) and schemas.refusal(without_blanks(data)) is None:
        return Verdict("blanks around a date", refused=True)
    return Verdict("missed", refused=True, words=refusal or "")


def is_structural(finding: Finding) -> bool:
    """Whether a finding says that the schema refuses the document, dangling references aside."""
    wrong = finding.severity is Severity.SUSPEND and finding.source is Source.SCHEMA
    return wrong and finding.rule != DANGLING


def without_blanks(data: bytes) -> bytes:
    """The document with the blanks around its dates removed."""
    root = etree.fromstring(data, _parser())
    for element in root.iter(etree.Element):
        found = _PADDED.fullmatch(element.text or "")
        if found and re.match(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}", found[1]):
            element.text = found[1]
    return etree.tostring(root)
