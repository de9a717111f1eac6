"""SARIF logs by the requirements of the SARIF 2.1.0 schema, and names of files that are hard to write down."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from section16.cli import check_output
from section16.rules.catalogue import by_id, rules

if TYPE_CHECKING:
    from tests.cli.conftest import Command

EXAMPLES = files("section16.rules") / "examples"
AWKWARD = "a b:c#d?%ä.xml"


def _object(required: str = "", **properties: Any) -> dict[str, Any]:
    """An object with these properties and no others, as the schema has them."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def _list_of(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


TEXT = {"type": "string", "minLength": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = _object("text", text=TEXT)
NUMBER = {"type": "integer", "minimum": 1}
LOCATION = _object(
    physicalLocation=_object(artifactLocation=_object(uri=TEXT), region=_object("startLine", startLine=NUMBER)),
    logicalLocations=_list_of(_object(name=TEXT, fullyQualifiedName=TEXT)),
)
RULE = _object(
    "id",
    id=TEXT,
    name=TEXT,
    shortDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=_object(level=LEVEL),
    properties={"type": "object"},
)
RESULT = _object(
    "message",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations=_list_of(LOCATION),
    suppressions=_list_of(_object("kind", kind={"enum": ["inSource", "external"]}, justification=TEXT)),
)
RUN = _object(
    "tool",
    tool=_object("driver", driver=_object("name", name=TEXT, version=TEXT, rules=_list_of(RULE))),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=_list_of(RESULT),
)
LOG = _object("version runs", **{"$schema": TEXT}, version={"const": "2.1.0"}, runs=_list_of(RUN))


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    """The failing document of every rule that judges a report alone."""
    for rule in rules():
        for file in (EXAMPLES / rule.id).iterdir():
            if file.name.startswith("fail.") and file.is_file():
                (tmp_path / f"{rule.id}.{file.name.partition('.')[2]}").write_bytes(file.read_bytes())
    return tmp_path


def test_the_log_of_every_rule_is_sarif(section16: Command, failing: Path) -> None:
    log = json.loads(section16("check", failing, "--single", "--format", "sarif").out)
    jsonschema.validate(log, LOG)
    (run,) = log["runs"]
    told = run["tool"]["driver"]["rules"]
    alone = {rule.id for rule in rules() if not rule.between}
    assert {rule["id"] for rule in told} >= alone
    assert len({rule["id"] for rule in told}) == len(told)
    for result in run["results"]:
        rule = told[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["defaultConfiguration"]["level"] == result["level"]
        assert by_id()[rule["id"]].says == rule["shortDescription"]["text"]
        (location,) = result["locations"]
        uri = urlsplit(location["physicalLocation"]["artifactLocation"]["uri"])
        assert uri.scheme == "file"
        assert Path(unquote(uri.path)).is_file()


def test_an_awkward_name_is_a_uri(section16: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(AWKWARD).write_bytes((EXAMPLES / "R-OWN-2" / "fail.xml").read_bytes())
    log = json.loads(section16("check", AWKWARD, "--format", "sarif").out)
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%20b%3Ac%23d%3F%25%C3%A4.xml"


def test_a_log_of_nothing_found_is_sarif(section16: Command, tmp_path: Path) -> None:
    (tmp_path / "sound.xml").write_bytes((EXAMPLES / "L-10" / "pass.xml").read_bytes())
    log = json.loads(section16("check", tmp_path, "--format", "sarif").out)
    jsonschema.validate(log, LOG)
    assert log["runs"][0]["results"] == []


@pytest.mark.parametrize("form", [form.value for form in check_output.OutputFormat])
def test_a_name_that_is_no_text_can_be_told(section16: Command, tmp_path: Path, form: str) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.xml")
    try:
        Path(path).write_bytes((EXAMPLES / "R-OWN-2" / "fail.xml").read_bytes())
    except OSError:
        pytest.skip("this file system takes text only")
    ended = section16("check", path, "--format", form)
    assert ended.code == 1
    assert b"R-OWN-2" in ended.out
    assert b"bad" in ended.out
