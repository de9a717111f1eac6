"""Full text: what may be typed, what is found, newest first, wherever a filing stands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import timedelta

import pytest

from section16.archive import Archive, Incoming
from section16.archive.full_text import FILE
from section16.archive.words import match_of
from section16.errors import UsageError
from section16.reading import read

Named = Callable[[list[bytes]], list[Incoming]]


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("option grant", '("option" AND "grant")'),
        ('"weighted average" price', '("weighted average" AND "price")'),
        ("vest*", '("vest"*)'),
        ('"by tru"*', '("by tru"*)'),
        ("gift OR donation", '("gift") OR ("donation")'),
        ("trust NOT revocable", '(("trust") NOT "revocable")'),
        ("trust -revocable", '(("trust") NOT "revocable")'),
        ("10b5-1 or", '("10b5-1" AND "or")'),
        ('text: ^a" NEAR(b', '("text:" AND "^a" AND "NEAR(b")'),
    ],
)
def test_what_is_typed_becomes_quoted_words(typed: str, match: str) -> None:
    assert match_of(typed) == match


@pytest.mark.parametrize("typed", ["", "  ", '"', "* -", "NOT trust", "a OR -b", "x " * 65])
def test_a_search_without_a_word_to_look_for_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        match_of(typed)


def plain_scan(texts: list[bytes], word: str) -> set[tuple[str, str | None]]:
    """What a search for one word must find, by looking at all of it."""
    found: set[tuple[str, str | None]] = set()
    for text in texts:
        filing = read(text)
        notes = filing.document.footnotes.rows if filing.document.footnotes else ()
        pairs = [(note.id, note.text or "") for note in notes] + [(None, filing.document.remarks or "")]
        found |= {(str(filing.accession), name) for name, said in pairs if word in re.split(r"[\W_]+", said.casefold())}
    return found


@pytest.mark.parametrize("word", ["shares", "price", "trust"])
def test_all_places_with_a_word_are_found_in_shards_and_in_the_tail(
    archive: Archive, texts: list[bytes], named: Named, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setattr("section16.archive.adding.TAIL_BATCH", 20)
    archive.add(named(texts[:30]), jobs=1)
    archive.search(word)
    archive.add(named(texts[30:36]), jobs=1)
    found = archive.search(word, limit=10_000)
    assert {(each.accession, each.footnote_id) for each in found} == plain_scan(texts[:36], word)
    moments = [each.public_at for each in found if each.public_at]
    assert moments == sorted(moments, reverse=True)
    assert archive.search(word, limit=3) == found[:3]


def test_what_was_not_public_yet_is_not_found(archive: Archive, texts: list[bytes], named: Named) -> None:
    archive.add(named(texts), jobs=1)
    found = archive.search("shares", limit=10_000)
    moment = found[len(found) // 2].public_at
    assert moment is not None
    known = [each for each in found if each.public_at is not None and each.public_at <= moment]
    assert archive.search("shares", limit=10_000, as_of=moment) == known
    assert archive.search("shares", as_of=moment - timedelta(days=20_000)) == []


def test_a_filing_that_moves_into_a_shard_or_comes_again_is_found_once(
    archive: Archive, texts: list[bytes], named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add(named(texts[:20]), jobs=1)
    before = archive.search("shares", limit=10_000)
    assert before
    monkeypatch.setattr("section16.archive.archive.TAIL_LIMIT", 5)
    archive.add(named(texts[20:21]), jobs=1)
    assert archive.ledger.tail_length() == 0
    again = [each for each in archive.search("shares", limit=10_000) if each in before]
    assert again == before


def test_the_file_is_made_anew_if_it_is_gone_or_no_database(archive: Archive, texts: list[bytes], named: Named) -> None:
    archive.add(named(texts[:10]), jobs=1)
    found = archive.search("shares")
    shutil.rmtree(archive.layout.index)
    assert archive.search("shares") == found
    (archive.layout.index / FILE).write_bytes(b"not a database, but long enough to be read as if it were one" * 99)
    assert archive.search("shares") == found
