"""Spoiled filings by number: case 1234 of seed 16 is the same bytes on every machine.

A case begins as one of the given documents, whatever its shape (ownership XML, full submission, submission file, JSON,
Markdown, HTML), and is spoiled one to four times. Tests take a share of them: `cases(16, 3000, documents)`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

import byte_mutations
import element_mutations

_ENCODINGS = ("utf-8", "utf-8", "utf-8", "us-ascii", "iso-8859-1", "utf-16", "windows-1252")


class Case(NamedTuple):
    """One spoiled filing: its number, the shape it began as, what was done to it in order, its bytes."""

    number: int
    shape: str
    done: tuple[str, ...]
    data: bytes


class Shelf:
    """The documents to begin from, by shape, so that parts are exchanged between equals."""

    def __init__(self, documents: Sequence[bytes]) -> None:
        """Sorts the documents by shape; keeps the order they came in."""
        self.documents = [(shape_of(data), data) for data in documents]
        self._by_shape: dict[str, list[bytes]] = {}
        for shape, data in self.documents:
            self._by_shape.setdefault(shape, []).append(data)

    def equals(self, shape: str) -> list[bytes]:
        """All documents of a shape."""
        return self._by_shape[shape]


def shape_of(data: bytes) -> str:
    """`xml`, `submission file`, `container`, `json`, `html` or `markdown`, of a sound document."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"{"):
        return "json"
    if b"<edgarSubmission" in head:
        return "submission file"
    if b"<ownershipDocument" in head and b"<XML>" not in head:
        return "xml"
    if head[:5].lower() == b"<html" or head[:9].lower() == b"<!doctype":
        return "html"
    return "container" if b"<XML>" in data or b"<SEC-" in head or b"<DOCUMENT>" in head else "markdown"


def case(seed: int, number: int, shelf: Shelf) -> Case:
    """The case of a seed and a number."""
    chance = random.Random(f"{seed}/{number}")
    shape, data = chance.choice(shelf.documents)
    others = shelf.equals(shape)
    done: list[str] = []
    if shape in {"xml", "submission file"} and chance.random() < 0.55:
        data, done = _by_elements(data, chance, others)
        rounds = chance.choice((0, 0, 0, 1))
    else:
        rounds = chance.choice((1, 1, 2, 3))
    for _ in range(rounds):
        mutate = chance.choice(byte_mutations.BYTES)
        data = mutate(data, chance, others)
        done.append(mutate.__name__)
    return Case(number, shape, tuple(done), data)


def cases(seed: int, count: int, documents: Sequence[bytes]) -> Iterator[Case]:
    """The first `count` cases of a seed over the documents, in order."""
    shelf = Shelf(documents)
    return (case(seed, number, shelf) for number in range(count))


def _by_elements(data: bytes, chance: random.Random, others: Sequence[bytes]) -> tuple[bytes, list[str]]:
    """One to three changes of elements, written out again in an encoding that XML allows."""
    root, other = element_mutations.parsed(data), element_mutations.parsed(chance.choice(others))
    if root is None or other is None:
        return data, []
    done = []
    for _ in range(chance.randint(1, 3)):
        mutate = chance.choice(element_mutations.ELEMENTS)
        mutate(root, chance, other)
        done.append(mutate.__name__)
    encoding = chance.choice(_ENCODINGS)
    return etree.tostring(root.getroottree(), encoding=encoding, xml_declaration=True), [*done, encoding]
