"""Findings as text in a compiler's style, as JSON, as SARIF 2.1.0, as annotations of a GitHub workflow."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import quote

import msgspec

import section16
from section16.cli.standard_output import joined, write_json, write_out
from section16.errors import Section16Error, visible
from section16.findings import Finding, Severity
from section16.rules.catalogue import by_id

_KEYS: Final = ("rule", "severity", "source", "where", "path", "line", "message", "mend", "basis", "cites")
_SARIF: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {
    Severity.SUSPEND: "error",
    Severity.WARN: "warning",
    Severity.LAW: "error",
    Severity.ODD: "warning",
    Severity.NOTE: "note",
}


class OutputFormat(StrEnum):
    """Values of --format."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class Checked(msgspec.Struct, frozen=True):
    """One input, checked: EDGAR's verdict, findings that count, accepted ones with their reasons; or why it failed."""

    path: str
    verdict: str = "accept"
    findings: tuple[Finding, ...] = ()
    accepted: tuple[tuple[Finding, str], ...] = ()
    error: Section16Error | None = None
    is_passed_over: bool = False


class Output(Protocol):
    """Takes results one after another and puts them on standard output."""

    def add(self, one: Checked) -> None:
        """Take the result of one input."""

    def end(self) -> None:
        """No more come."""


def output_of(form: OutputFormat) -> Output:
    """The output of a format."""
    if form is OutputFormat.JSON:
        return JsonOutput()
    if form is OutputFormat.SARIF:
        return SarifOutput()
    return LineOutput(text_lines if form is OutputFormat.TEXT else github_lines)


class LineOutput:
    """Lines, as they come."""

    def __init__(self, lines_of: Any) -> None:
        """Keep the function from a result to its lines."""
        self._lines_of = lines_of

    def add(self, one: Checked) -> None:
        """Write the lines of a result."""
        lines = list(self._lines_of(one))
        if lines:
            write_out(joined(lines))

    def end(self) -> None:
        """Nothing is left to write."""


def text_lines(one: Checked) -> Iterator[str]:
    """`FILE:LINE: severity RULE: where (path): message mend`, a line each."""
    for finding in one.findings:
        yield f"{_position(one, finding)}: {finding.severity} {finding.rule}: {_words(finding)}"
    for finding, reason in one.accepted:
        because = f"accepted because {visible(reason)}"
        yield f"{_position(one, finding)}: accepted {finding.rule}: {_words(finding)} ({because})"


def _position(one: Checked, finding: Finding) -> str:
    return visible(one.path) + (f":{finding.line}" if finding.line else "")


def _words(finding: Finding) -> str:
    where = finding.where + (f" ({finding.path})" if finding.path else "")
    return f"{visible(where)}: {visible(_sentences(finding))}"


def _sentences(finding: Finding) -> str:
    """The message and how to mend it, each ended with a period."""
    said = [text.strip() for text in (finding.message, finding.mend) if text and text.strip()]
    return " ".join(text if text[-1] in ".!?" else f"{text}." for text in said)


def github_lines(one: Checked) -> Iterator[str]:
    """Workflow commands: `::error file=...,line=...,title=...::message`."""
    for finding in one.findings:
        level = _LEVELS[finding.severity].replace("note", "notice")
        facts = {"file": one.path, "line": str(finding.line or 1), "title": f"{finding.rule} ({finding.severity})"}
        given = ",".join(f"{name}={_escaped(value, property_=True)}" for name, value in facts.items())
        yield f"::{level} {given}::{_escaped(f'{finding.where}: {_sentences(finding)}')}"


def _escaped(text: str, *, property_: bool = False) -> str:
    """Text as a workflow command takes it."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text


class JsonOutput:
    """One object, a file a line, written as they come."""

    def __init__(self) -> None:
        """Begin with no file written."""
        self._begun = False

    def add(self, one: Checked) -> None:
        """Write the result of one file."""
        write_out((b",\n" if self._begun else b'{"files": [\n') + msgspec.json.encode(file_json(one)))
        self._begun = True

    def end(self) -> None:
        """Close the object."""
        write_out(b"\n]}\n" if self._begun else b'{"files": []}\n')


def file_json(one: Checked) -> dict[str, Any]:
    """One file of the JSON output; `accepted` only where a sidecar accepts something."""
    found: dict[str, Any] = {
        "file": one.path.encode("utf-8", "backslashreplace").decode(),  # a name may hold bytes that are no text
        "verdict": one.verdict,
        "findings": [finding_json(finding) for finding in one.findings],
    }
    if one.accepted:
        found["accepted"] = [finding_json(finding) | {"because": reason} for finding, reason in one.accepted]
    return found


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding under its names, in their order."""
    return {key: getattr(finding, key) for key in _KEYS}


class SarifOutput:
    """A SARIF log of one run, written at the end: it begins with the rules."""

    def __init__(self) -> None:
        """Begin without results."""
        self._results: list[dict[str, Any]] = []
        self._rules: dict[str, Finding] = {}

    def add(self, one: Checked) -> None:
        """Keep the results of one file."""
        for finding in one.findings:
            self._results.append(self._result(one, finding))
        for finding, reason in one.accepted:
            suppression = {"kind": "external", "justification": reason}
            self._results.append(self._result(one, finding) | {"suppressions": [suppression]})

    def _result(self, one: Checked, finding: Finding) -> dict[str, Any]:
        self._rules.setdefault(finding.rule, finding)
        return {
            "ruleId": finding.rule,
            "ruleIndex": list(self._rules).index(finding.rule),
            "level": _LEVELS[finding.severity],
            "message": {"text": f"{finding.where}: {_sentences(finding)}"},
            "locations": [_location(one.path, finding)],
        }

    def end(self) -> None:
        """Write the log."""
        write_json(sarif_log(list(self._rules.values()), self._results))


def sarif_log(found: Sequence[Finding], results: list[dict[str, Any]]) -> dict[str, Any]:
    """A log with the rules of `found`, in that order, and the results."""
    driver = {"name": "section16", "version": section16.__version__, "rules": [_sarif_rule(one) for one in found]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _sarif_rule(finding: Finding) -> dict[str, Any]:
    rule = by_id()[finding.rule]
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.name.split()),
        "shortDescription": {"text": rule.says},
        "help": {"text": f"{rule.mend} ({'; '.join(rule.cites)})"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"severity": rule.severity, "source": rule.source, "basis": rule.basis},
    }


def uri_of(path: str) -> str:
    """A path as SARIF takes it: an absolute one as `file:` URI, any other relative, both percent-encoded."""
    place = Path(path)
    return place.as_uri() if place.is_absolute() else quote(os.fsencode(place.as_posix()))


def _location(path: str, finding: Finding) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": uri_of(path)}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    logical = {"name": finding.where} | ({"fullyQualifiedName": finding.path} if finding.path else {})
    return {"physicalLocation": place, "logicalLocations": [logical]}
