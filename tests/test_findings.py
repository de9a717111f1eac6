from __future__ import annotations

import msgspec
import pytest

from section16.findings import Finding, Severity, Source


def a_finding() -> Finding:
    return Finding(
        rule="R-OWN-2",
        severity=Severity.SUSPEND,
        source=Source.EDGAR,
        where="box 5",
        message="officer without a title",
    )


def test_severities_are_ordered_by_who_objects() -> None:
    by_gravity = sorted(Severity, key=lambda severity: severity.gravity, reverse=True)
    assert by_gravity == ["suspend", "warn", "law", "odd", "note"]
    assert Severity.NOTE.gravity == 0


def test_a_finding_is_a_value() -> None:
    assert a_finding() == a_finding()
    assert len({a_finding(), a_finding()}) == 1
    with pytest.raises(AttributeError):
        a_finding().rule = "R-OWN-3"  # type: ignore[misc]


def test_its_json_has_the_ten_fields_of_the_contract() -> None:
    written = msgspec.json.decode(msgspec.json.encode(a_finding()))
    assert written == {
        "rule": "R-OWN-2",
        "severity": "suspend",
        "source": "edgar",
        "where": "box 5",
        "path": None,
        "line": None,
        "message": "officer without a title",
        "mend": None,
        "basis": None,
        "cites": [],
    }
    assert msgspec.json.decode(msgspec.json.encode(a_finding()), type=Finding) == a_finding()
