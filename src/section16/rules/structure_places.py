"""The faults of a report's structure by rule, worked out once for all rules of structure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from section16.reading import SourceKind
from section16.rules.report import Report
from section16.rules.rule import FORMS, Place
from section16.rules.structure_ids import MISSING
from section16.rules.structure_walk import structural_faults


def structure(report: Report, rule_id: str) -> Sequence[Place]:
    """Return the places at which the structure of a report breaks a rule."""
    return report.once(_by_rule).get(rule_id, ())


def _by_rule(report: Report) -> Mapping[str, Sequence[Place]]:
    known = report.document_type if report.document_type in FORMS else ""
    pictured = report.filing.kind is SourceKind.HTML
    found: dict[str, list[Place]] = {}
    for fault in structural_faults(report.document, known, report.era):
        if not (pictured and fault.kind == MISSING):  # the form does not print all that was filed
            found.setdefault(fault.rule, []).append(fault.place(report.form))
    return found
