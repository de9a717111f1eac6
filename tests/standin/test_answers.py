from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from section16.standin.answers import GZIP, TEXT, Answer, Prepared, http_date, prepare
from section16.standin.kept_files import KeptFile, KeptFiles

WORDS = b"0123456789" * 100
CHANGED = datetime(2024, 5, 8, 18, 5, 37, 250_000, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path: Path) -> KeptFiles:
    return KeptFiles(tmp_path)


@pytest.fixture(params=["bytes", "file"])
def answer(request: pytest.FixtureRequest, kept: KeptFiles) -> Answer:
    content: bytes | KeptFile = WORDS
    if request.param == "file":
        content = kept.get("words", lambda target: target.write(WORDS))
    return Answer(content=content, media_type=TEXT, modified=CHANGED)


def sent(prepared: Prepared) -> bytes:
    content = prepared.content if isinstance(prepared.content, bytes) else prepared.content.bytes()
    return content[prepared.start : prepared.start + prepared.length]


def test_a_whole_answer_says_its_length_its_tag_and_its_time(answer: Answer, kept: KeptFiles) -> None:
    whole = prepare(answer, {}, kept)
    assert whole.status == 200
    assert sent(whole) == WORDS
    assert whole.headers["content-length"] == "1000"
    assert whole.headers["etag"] == answer.tag
    assert whole.headers["last-modified"] == "Wed, 08 May 2024 18:05:37 GMT"
    assert whole.headers["accept-ranges"] == "bytes"


def test_equal_bytes_have_an_equal_tag_wherever_they_lie(kept: KeptFiles) -> None:
    file = kept.get("words", lambda target: target.write(WORDS))
    assert Answer(content=WORDS).tag == Answer(content=file).tag
    assert Answer(content=WORDS + b"!").tag != Answer(content=WORDS).tag


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"if-none-match": "{tag}"}, 304),
        ({"if-none-match": 'W/{tag}, "other"'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"other"'}, 200),
        ({"if-modified-since": http_date(CHANGED)}, 304),
        ({"if-modified-since": "Wed, 08 May 2024 18:05:36 GMT"}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-none-match": '"other"', "if-modified-since": http_date(CHANGED)}, 200),
    ],
)
def test_what_is_known_is_not_sent_again(answer: Answer, kept: KeptFiles, asked: dict[str, str], status: int) -> None:
    prepared = prepare(answer, {name: value.replace("{tag}", answer.tag) for name, value in asked.items()}, kept)
    assert prepared.status == status
    assert len(sent(prepared)) == (0 if status == 304 else 1000)
    assert prepared.headers["etag"] == answer.tag


@pytest.mark.parametrize(
    ("wanted", "expected", "shown"),
    [
        ("bytes=0-9", WORDS[:10], "bytes 0-9/1000"),
        ("bytes=990-", WORDS[990:], "bytes 990-999/1000"),
        ("bytes=-5", WORDS[-5:], "bytes 995-999/1000"),
        ("bytes=-5000", WORDS, "bytes 0-999/1000"),
        ("bytes=995-5000", WORDS[995:], "bytes 995-999/1000"),
    ],
)
def test_a_part_is_sent_as_a_part(answer: Answer, kept: KeptFiles, wanted: str, expected: bytes, shown: str) -> None:
    part = prepare(answer, {"range": wanted, "accept-encoding": "gzip"}, kept)
    assert part.status == 206
    assert sent(part) == expected
    assert part.headers["content-range"] == shown
    assert part.headers["content-length"] == str(len(expected))
    assert "content-encoding" not in part.headers


@pytest.mark.parametrize("wanted", ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
def test_a_part_behind_the_end_can_not_be_had(answer: Answer, kept: KeptFiles, wanted: str) -> None:
    refused = prepare(answer, {"range": wanted}, kept)
    assert (refused.status, refused.headers["content-range"]) == (416, "bytes */1000")


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "lines=0-1", "bytes=9-3", "bytes=-", ""])
def test_other_ranges_bring_the_whole(answer: Answer, kept: KeptFiles, wanted: str) -> None:
    assert prepare(answer, {"range": wanted}, kept).status == 200


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("{tag}", 206),
        (http_date(CHANGED), 206),
        ('"other"', 200),
        ("Wed, 08 May 2024 18:05:36 GMT", 200),
        ("junk", 200),
    ],
)
def test_a_part_of_something_else_is_not_sent(answer: Answer, kept: KeptFiles, condition: str, status: int) -> None:
    asked = {"range": "bytes=10-", "if-range": condition.replace("{tag}", answer.tag)}
    assert prepare(answer, asked, kept).status == status


@pytest.mark.parametrize("accepted", ["gzip", "deflate, gzip;q=0.5", "GZIP, br"])
def test_text_is_gzipped_for_who_takes_it(answer: Answer, kept: KeptFiles, accepted: str) -> None:
    packed = prepare(answer, {"accept-encoding": accepted}, kept)
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(sent(packed)) == WORDS
    assert packed.headers["content-length"] == str(len(sent(packed)))
    assert packed.headers["etag"] != answer.tag
    assert prepare(answer, {"if-none-match": packed.headers["etag"]}, kept).status == 304


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "x-gzip-like"])
def test_others_get_it_plain(answer: Answer, kept: KeptFiles, accepted: str) -> None:
    assert "content-encoding" not in prepare(answer, {"accept-encoding": accepted}, kept).headers


def test_what_is_packed_is_not_packed_again(kept: KeptFiles) -> None:
    packed = Answer(content=gzip.compress(WORDS), media_type=GZIP)
    assert "content-encoding" not in prepare(packed, {"accept-encoding": "gzip"}, kept).headers


def test_a_kept_file_is_made_once_and_a_failed_one_leaves_nothing(kept: KeptFiles, tmp_path: Path) -> None:
    made = []

    def make(target: BinaryIO) -> None:
        made.append(target.write(WORDS))

    assert kept.get("a", make) == kept.get("a", make)
    assert len(made) == 1

    def fail(target: BinaryIO) -> None:
        target.write(WORDS)
        raise OSError("no room")

    with ThreadPoolExecutor(8) as pool:
        assert len({file.path for file in pool.map(lambda _: kept.get("c", make), range(40))}) == 1
    assert len(made) == 2

    before = sorted(tmp_path.iterdir())
    with pytest.raises(OSError, match="no room"):
        kept.get("b", fail)
    assert sorted(tmp_path.iterdir()) == before


def test_only_so_many_files_are_kept(tmp_path: Path) -> None:
    kept = KeptFiles(tmp_path)
    for number in range(500):
        kept.get(number, lambda target: target.write(b"x"))
    assert len(list(tmp_path.iterdir())) == 400
