"""`section16 check` and `section16 rules`: outputs, exit codes, what is accepted."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from section16.cli import check as check_module
from section16.cli import check_output, options
from section16.findings import Severity
from section16.rules.catalogue import by_id, exported
from section16.rules.checking import Judged
from section16.samples import Sample, sample_bytes

if TYPE_CHECKING:
    from tests.cli.conftest import Command

EXAMPLES = files("section16.rules") / "examples"


def example(rule: str, outcome: str = "fail") -> bytes:
    return (EXAMPLES / rule / f"{outcome}.xml").read_bytes()


@pytest.fixture(autouse=True)
def _day_of_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which the examples were signed: later their drafts would be late."""
    monkeypatch.setattr(check_module, "eastern_today", lambda: date(2026, 4, 15))


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A sound draft, one that EDGAR refuses, one it warns of, one worth a note, and a list."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "sound.xml").write_bytes(example("R-OWN-2", "pass"))
    (folder / "refused.xml").write_bytes(example("R-OWN-2"))
    (folder / "warned.xml").write_bytes(example("R-HDR-3"))
    (folder / "noted.xml").write_bytes(example("R-HDR-14"))
    (folder / "list.csv").write_bytes(b"name\n")
    return folder


def test_a_finding_is_a_line_as_compilers_write_it(section16: Command, drafts: Path) -> None:
    ended = section16("check", drafts / "refused.xml")
    assert ended.code == 1
    (line,) = ended.out.decode().splitlines()
    assert line.startswith(f"{drafts / 'refused.xml'}:14: suspend R-OWN-2: Reporting owner 1, box 5 officer title (")
    assert "reportingOwnerRelationship/officerTitle): The reporting owner is an officer, but" in line
    assert " Write the title " in line
    assert ended.err == "1 checked, 0 without findings, 1 finding\n"


def test_a_sound_report_says_nothing_on_standard_output(section16: Command, drafts: Path) -> None:
    ended = section16("check", drafts / "sound.xml")
    assert (ended.code, ended.out) == (0, b"")
    assert section16("check", "--quiet", drafts / "sound.xml").err == ""


@pytest.mark.parametrize(
    ("name", "fail_on", "code"),
    [
        ("refused", None, 1),
        ("warned", None, 1),
        ("noted", None, 0),
        ("noted", "note", 1),
        ("noted", "odd", 0),
        ("warned", "warn", 1),
        ("warned", "suspend", 0),
        ("refused", "suspend", 1),
    ],
)
def test_the_exit_code_follows_the_gravest(
    section16: Command, drafts: Path, name: str, fail_on: str | None, code: int
) -> None:
    words = ["--fail-on", fail_on] if fail_on else []
    assert section16("check", drafts / f"{name}.xml", *words).code == code


def test_json_has_the_shape_of_the_contract(section16: Command, drafts: Path) -> None:
    ended = section16("check", drafts, "--format", "json")
    given = json.loads(ended.out)
    assert list(given) == ["files"]
    names = ["noted", "refused", "sound", "warned"]
    assert [one["file"] for one in given["files"]] == [str(drafts / f"{name}.xml") for name in names]
    assert [one["verdict"] for one in given["files"]] == ["accept", "suspend", "accept", "accept"]
    assert all(list(one) == ["file", "verdict", "findings"] for one in given["files"])
    (finding,) = given["files"][1]["findings"]
    keys = ["rule", "severity", "source", "where", "path", "line", "message", "mend", "basis", "cites"]
    assert list(finding) == keys
    assert (finding["rule"], finding["severity"], finding["source"], finding["line"]) == (
        "R-OWN-2",
        "suspend",
        "edgar",
        14,
    )
    assert given["files"][2]["findings"] == []


def test_json_of_nothing_that_can_be_read_is_json(section16: Command, broken: Path) -> None:
    ended = section16("check", broken, "--format", "json")
    assert ended.code == 3
    assert json.loads(ended.out) == {"files": []}
    assert "XML_NOT_WELL_FORMED" in ended.err


def test_a_failing_file_is_named_and_the_rest_goes_on(section16: Command, drafts: Path, broken: Path) -> None:
    ended = section16("check", broken, drafts / "sound.xml")
    assert ended.code == 1
    assert f"{broken}: error: XML_NOT_WELL_FORMED" in ended.err


def test_many_end_with_a_table_by_rule_on_stderr(section16: Command, drafts: Path) -> None:
    lines = section16("check", drafts).err.splitlines()
    assert lines[0].split() == ["rule", "severity", "findings", "files", "says"]
    assert [line.split()[:4] for line in lines[1:-1]] == [
        ["R-OWN-2", "suspend", "1", "1"],
        ["R-HDR-3", "warn", "1", "1"],
        ["R-HDR-14", "note", "1", "1"],
    ]
    assert lines[-1] == "4 checked, 1 without findings, 3 findings, 1 passed over, no filing"


def test_sarif_is_a_log_of_one_run(section16: Command, drafts: Path) -> None:
    (drafts / "refused.xml.accept").write_text("# section16: accept R-OWN-2 because the title comes later\n")
    log = json.loads(section16("check", drafts, "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert run["tool"]["driver"]["name"] == "section16"
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"].endswith(".xml")
        assert location["physicalLocation"]["region"]["startLine"] > 0
    (accepted,) = [one for one in run["results"] if "suppressions" in one]
    assert accepted["suppressions"] == [{"kind": "external", "justification": "the title comes later"}]


def test_github_annotations_are_escaped(section16: Command, tmp_path: Path) -> None:
    path = tmp_path / "a,b:c.xml"
    path.write_bytes(example("R-OWN-2"))
    (line,) = section16("check", path, "--format", "github").out.decode().splitlines()
    assert line.startswith(f"::error file={tmp_path}/a%2Cb%3Ac.xml,line=14,title=R-OWN-2 (suspend)::Reporting owner 1")


def test_what_is_accepted_is_listed_and_not_counted(section16: Command, drafts: Path) -> None:
    path = drafts / "refused.xml"
    Path(f"{path}.accept").write_text("\n# a note\n# section16: accept R-OWN-2 because the title comes later\n")
    ended = section16("check", path)
    assert ended.code == 0
    assert f"{path}:14: accepted R-OWN-2: " in ended.out.decode()
    assert ended.out.decode().endswith("(accepted because the title comes later)\n")
    assert ended.err == "1 checked, 1 without findings, 1 accepted\n"
    (file,) = json.loads(section16("check", path, "--format", "json").out)["files"]
    assert (file["verdict"], file["findings"]) == ("suspend", [])
    assert [(one["rule"], one["because"]) for one in file["accepted"]] == [("R-OWN-2", "the title comes later")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("# section16: accept R-OWN-2", "no reason is given for accepting R-OWN-2 (line 2"),
        ("# section16: accept R-OWN-2 because  ", "no reason is given"),
        ("# section16: accept R-XYZ-1 because why not", "there is no rule R-XYZ-1 (line 2"),
        ("# section16: ignore R-OWN-2", "this accepts nothing"),
        ("R-OWN-2", "this accepts nothing"),
    ],
)
def test_an_acceptance_names_a_rule_and_a_reason(section16: Command, drafts: Path, line: str, words: str) -> None:
    (drafts / "refused.xml.accept").write_text(f"\n{line}\n")
    ended = section16("check", drafts / "refused.xml")
    assert ended.code == 2
    assert words in ended.err
    assert section16("check", drafts).code == 1


def test_standard_input_and_the_ways_to_judge(section16: Command) -> None:
    draft = example("R-OWN-4")
    assert section16("check", "-", stdin=draft).out.startswith(b"-:10: suspend R-OWN-4: ")
    assert section16("check", "-", "--as", "disseminated", stdin=draft).code == 0
    assert section16("check", "-", "--as", "published", stdin=draft).code == 2
    older = draft.replace(b"<documentType>", b"<schemaVersion>X0306</schemaVersion><documentType>", 1)
    older = older.replace(b"<aff10b5One>0</aff10b5One>", b"")
    assert section16("check", "-", stdin=older).code == 0
    assert b"R-HDR-8" in section16("check", "-", "--edition", "current", stdin=older).out


def test_many_in_processes_give_what_one_process_gives(
    section16: Command, samples: list[Sample], tmp_path: Path
) -> None:
    for sample in samples[:80]:
        (tmp_path / f"{sample.name}.txt").write_bytes(sample_bytes(sample, "submission"))
    one = section16("check", tmp_path, "--format", "json", "--jobs", "1")
    two = section16("check", tmp_path, "--format", "json", "--jobs", "2")
    assert one == two
    assert len(json.loads(one.out)["files"]) == 80


def test_several_are_judged_by_one_another_unless_single(section16: Command, tmp_path: Path) -> None:
    for place in (EXAMPLES / "L-102" / "fail").iterdir():
        (tmp_path / place.name).write_bytes(place.read_bytes())
    both = section16("check", tmp_path / "2.xml", tmp_path / "1.xml")
    assert f"{tmp_path}/2.xml:4: odd L-102: " in both.out.decode()
    assert b"L-102" not in section16("check", tmp_path, "--single").out
    assert b"L-102" not in section16("check", tmp_path / "2.xml").out
    found = json.loads(section16("check", tmp_path, "--format", "json").out)["files"]
    assert [[one["rule"] for one in file["findings"]] for file in found] == [[], ["L-102"]]
    (tmp_path / "2.xml.accept").write_text("# section16: accept L-102 because it was asked for\n")
    assert b"accepted L-102" in section16("check", tmp_path).out


def test_show_says_what_is_wrong_after_the_form(section16: Command, drafts: Path) -> None:
    last = section16("show", drafts / "refused.xml").out.decode().splitlines()[-1]
    assert last.startswith("suspend R-OWN-2: Reporting owner 1, box 5 officer title: ")


def test_the_catalogue_lists_every_rule(section16: Command) -> None:
    listed = section16("rules").out.decode().splitlines()
    assert [line.split()[0] for line in listed[::2]] == [rule["id"] for rule in exported()]
    assert json.loads(section16("rules", "--json").out) == json.loads(json.dumps(exported()))


def test_a_rule_is_explained_with_both_examples(section16: Command) -> None:
    text = section16("rules", "r-own-2").out.decode()
    for words in ("R-OWN-2  officer has a title", "To mend:", "suspend", "all forms", "cites", "<officerTitle>Chief"):
        assert words in text
    given = json.loads(section16("rules", "R-OWN-2", "--json").out)
    assert given["examples"]["passing"].encode() == example("R-OWN-2", "pass")
    assert given["examples"]["failing"].encode() == example("R-OWN-2")


def test_an_alias_finds_its_rule(section16: Command) -> None:
    aliases = [(alias, rule.id) for rule in set(by_id().values()) for alias in rule.aliases]
    for alias, rule in aliases[:3]:
        assert section16("rules", alias).out.decode().startswith(rule)
    assert section16("rules", "R-NONE").code == 2


def test_the_words_of_options_are_those_of_the_engine() -> None:
    assert [one.value for one in options.SeverityWord] == [one.value for one in Severity]
    assert [one.value for one in options.FindingsAs] == [one.value for one in check_output.OutputFormat]
    assert [one.value for one in options.JudgedWord] == [one.value for one in Judged]
