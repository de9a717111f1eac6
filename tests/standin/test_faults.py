from __future__ import annotations

import gzip
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from section16.errors import UsageError
from section16.standin.answers import GZIP, TEXT, ZIP, Answer
from section16.standin.control import shown
from section16.standin.faults import FAULTS, Came, Fault, Faults, read_fault
from section16.standin.struck import struck


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("429=0.1", Fault("429", share=0.1)),
        ("delay=2s", Fault("delay", 2.0)),
        ("delay=50ms:0.5", Fault("delay", 0.05, share=0.5)),
        ("slow=2kB/s", Fault("slow", 2000.0)),
        ("truncated=1x@/Archives/*", Fault("truncated", first=1, paths="/Archives/*")),
        ("429=5s:2x", Fault("429", 5.0, first=2)),
        ("outage", Fault("outage")),
        ("outage=2m", Fault("outage", 120.0)),
        ("clock-skew=-90s", Fault("clock-skew", -90.0)),
        ("5xx=1", Fault("5xx")),
        ("503", Fault("503")),
    ],
)
def test_a_fault_is_read_from_its_words_and_shown_in_them(text: str, fault: Fault) -> None:
    assert read_fault(text) == fault
    assert read_fault(shown(fault)) == fault


@pytest.mark.parametrize(
    "text",
    [
        "",
        "delays=2s",
        "delay",
        "delay=0.5",
        "slow=2s",
        "delay=2kB/s",
        "429=2",
        "429=-0.1",
        "403=2s",
        "delay=-1s",
        "429=0x1",
        "slow=0B/s",
    ],
)
def test_other_words_are_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError):
        read_fault(text)


def test_the_page_of_the_stand_in_lists_every_fault(repository: Path) -> None:
    page = (repository / "docs" / "standin.md").read_text(encoding="utf-8")
    cells = " ".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))
    assert [name for name in FAULTS if f"`{name}" not in cells] == []


def test_a_fault_comes_as_often_as_its_share_says_and_the_same_in_every_run() -> None:
    def run(seed: int) -> list[bool]:
        faults = Faults(["429=0.2"], seed)
        return [bool(faults.befall(f"/Archives/edgar/data/1/{number}.txt")) for number in range(2_000)]

    assert 340 < sum(run(1)) < 460
    assert run(1) == run(1)
    assert run(1) != run(2)


def test_what_befalls_an_address_does_not_depend_on_what_else_is_asked_for() -> None:
    alone, among = Faults(["5xx=0.5"]), Faults(["5xx=0.5"])
    of_alone = [alone.befall("/a") for _ in range(20)]
    of_among = []
    for number in range(20):
        among.befall(f"/other/{number}")
        of_among.append(among.befall("/a"))
    assert of_alone == of_among
    assert {name for came in of_alone for name in came} == {"500", "502", "503", "504"}


def test_the_first_requests_of_each_address_are_counted_for_themselves() -> None:
    faults = Faults(["truncated=2x@/Archives/*"])
    assert [
        bool(faults.befall(path)) for path in ("/Archives/a", "/Archives/a", "/Archives/b", "/Archives/a", "/c")
    ] == [
        True,
        True,
        True,
        False,
        False,
    ]
    faults.set(["truncated=1x"])
    assert faults.befall("/Archives/a")


def test_an_outage_ends_when_its_time_is_over() -> None:
    now = [100.0]
    faults = Faults(["outage=10s"], clock=lambda: now[0])
    assert "outage" in faults.befall("/a")
    now[0] = 111.0
    assert not faults.befall("/a")
    faults.set(["outage=10s"])
    assert "outage" in faults.befall("/a")


def test_wrong_words_change_nothing() -> None:
    faults = Faults(["delay=1s"])
    with pytest.raises(UsageError):
        faults.set(["404", "nonsense"])
    assert faults.on == (Fault("delay", 1.0),)


def came(name: str, chance: float = 0.5) -> dict[str, Came]:
    return {name: Came(name, None, chance)}


XML = Answer(content=b"<a><value>1250</value><value> 3.50</value></a>\n" * 20, media_type=TEXT)


def body(answer: Answer) -> bytes:
    assert isinstance(answer.content, bytes)
    return answer.content


def test_a_changed_document_differs_in_a_digit_of_a_value_and_in_its_tag() -> None:
    changed = struck(XML, came("changed"))
    differing = [(one, other) for one, other in zip(body(XML), body(changed), strict=True) if one != other]
    assert len(differing) == 1
    assert all(chr(byte).isdigit() for byte in differing[0])
    assert changed.tag != XML.tag


def test_a_corrupt_answer_has_a_nul() -> None:
    assert body(struck(XML, came("corrupt"))).count(b"\0") == 1


def test_a_cut_answer_is_shorter_and_otherwise_the_same() -> None:
    cut = body(struck(XML, came("wrong-length", 0.25)))
    assert len(cut) == len(body(XML)) // 4
    assert body(XML).startswith(cut)


def test_a_rebuilt_answer_has_the_same_content_in_other_bytes() -> None:
    packed = Answer(content=gzip.compress(b"content", mtime=0), media_type=GZIP)
    rebuilt = struck(packed, came("rebuilt"))
    assert body(rebuilt) != body(packed)
    assert gzip.decompress(body(rebuilt)) == b"content"
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("a.tsv", "x\n")
    zipped = Answer(content=file.getvalue(), media_type=ZIP)
    rebuilt = struck(zipped, came("rebuilt"))
    assert body(rebuilt) != body(zipped)
    with zipfile.ZipFile(BytesIO(body(rebuilt))) as read:
        assert read.testzip() is None
        assert read.read("a.tsv") == b"x\n"
    plain = struck(XML, came("rebuilt"))
    assert (body(plain), plain.tag == XML.tag) == (body(XML), False)


def test_a_block_page_is_html_in_the_place_of_data_and_errors_stay_errors() -> None:
    blocked = struck(XML, came("block-page"))
    assert blocked.status == 200
    assert b"Undeclared Automated Tool" in body(blocked)
    missing = Answer(content=b"", status=404)
    assert struck(missing, came("block-page")) is missing
