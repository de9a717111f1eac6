"""Ways to spoil a filing that is still XML: elements, values, attributes.

Each changes the tree it is given, in place, taking parts from another filing's where it needs some.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from lxml import etree
from lxml.etree import _Element as Element

from byte_mutations import MARK

Mutation = Callable[[Element, random.Random, Element], None]
"""`mutate(root, random, other)`: changes the tree of `root`; `other` is the root of another filing."""

MOST_ADDED = 6_000_000
"""Bytes that doubling adds at most: beyond the reader's limit for a document, and no more."""

_TEXTS = (
    *("", " ", "\n\t", "0", "0.00", "1e9", "NaN", "-5", "+5", "1_000", "1,000.00", "9" * 41, "9" * 50_000, ".5", "5."),
    *("\u0663", "\uff11\uff10", "2023-02-30", "0000-00-00", "9999-12-31", "2022-09-01-05:00", "2022-09-01Z"),
    *(
        "2022-09-01+99:99",
        "09/01/2022",
        "true",
        "TRUE",
        "yes",
        "F1",
        "F1 F2",
        "__proto__",
        "X9999",
        "4/A",
        "6",
        "D",
        "I",
    ),
    *("A6", "'; drop table x; --", "=1+1", "@x", MARK, "&amp;", "a\u202eb", "e\u0301", "\U000e0041", "\u200b", "\x7f"),
    *("\x85", "|", "(1)", "**", "# h", "\\", "`", "[x](javascript:alert(16))", "x" * 5000),
)
_POISONS = (
    MARK,
    f'">{MARK}',
    f"'{MARK}",
    f"]]>{MARK}",
    "[x](javascript:alert(16))",
    "a\u202eb\u2066",
    "\u200b",
    "|*_`~#",
)


def parsed(data: bytes) -> Element | None:
    """The root element, or `None` where the bytes are no XML."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _any(root: Element, chance: random.Random) -> Element:
    return chance.choice(list(root.iter(etree.Element)))


def _inner(root: Element, chance: random.Random) -> Element:
    """Any element but the root, where there is one."""
    return chance.choice(list(root.iter(etree.Element))[1:] or [root])


def remove_element(root: Element, chance: random.Random, _other: Element) -> None:
    """One element and all in it gone."""
    element = _inner(root, chance)
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def double_element(root: Element, chance: random.Random, _other: Element) -> None:
    """One element standing twice, sometimes many times over, as long as that stays around the largest size allowed."""
    element = _inner(root, chance)
    times = min(chance.choice((1, 1, 1, 2, 40, 400)), 1 + MOST_ADDED // len(etree.tostring(element)))
    if (parent := element.getparent()) is not None:
        for _ in range(times):
            parent.insert(parent.index(element), _copy(element))


def move_element(root: Element, chance: random.Random, _other: Element) -> None:
    """One element put somewhere else, but never into itself."""
    element, target = _inner(root, chance), _any(root, chance)
    if element is not root and element not in {target, *target.iterancestors()}:
        target.insert(chance.randrange(len(target) + 1), element)


def rename_element(root: Element, chance: random.Random, other: Element) -> None:
    """One element under another's name, an unknown one, or one in a namespace."""
    names = (str(_any(other, chance).tag), "value", "somethingNew", "{urn:x}issuer", "x" * 127, "x" * 200, "_.-")
    _any(root, chance).tag = chance.choice(names)


def empty_element(root: Element, chance: random.Random, _other: Element) -> None:
    """One element without its content."""
    element = _inner(root, chance)
    for child in list(element):
        element.remove(child)
    element.text = chance.choice((None, "", " \n"))


def change_text(root: Element, chance: random.Random, _other: Element) -> None:
    """One element's text replaced by an odd or hostile one."""
    _set_text(_inner(root, chance), chance.choice(_TEXTS))


def poison_texts(root: Element, chance: random.Random, _other: Element) -> None:
    """Every fourth text joined by markup, a script link, direction changes or table and emphasis marks."""
    for element in list(root.iter(etree.Element)):
        if not len(element) and element.text and chance.random() < 0.25:
            _set_text(element, element.text + chance.choice(_POISONS))


def exchange_value(root: Element, chance: random.Random, other: Element) -> None:
    """One element's text taken from any element of another filing."""
    _set_text(_inner(root, chance), _any(other, chance).text or "")


def transplant(root: Element, chance: random.Random, other: Element) -> None:
    """A whole element of another filing put anywhere."""
    target = _any(root, chance)
    target.insert(chance.randrange(len(target) + 1), _copy(_inner(other, chance)))


def add_attribute(root: Element, chance: random.Random, _other: Element) -> None:
    """Attributes: unknown, many, doubled ids, dangling footnotes."""
    element = _any(root, chance)
    for number in range(chance.choice((1, 1, 1, 17, 40))):
        name = chance.choice(("id", "xml-lang", "{urn:x}a", "nil", f"a{number}"))
        element.set(name, chance.choice(("F1", "F2", "F99", "f1", "", MARK, "javascript:alert(16)")))


def interrupt_text(root: Element, chance: random.Random, _other: Element) -> None:
    """A comment, a processing instruction or an element in the middle of a text."""
    element = _inner(root, chance)
    text = element.text or "10"
    middle = len(text) // 2
    node = chance.choice((etree.Comment(" x "), etree.ProcessingInstruction("x", "y"), etree.Element("b")))
    element.text, node.tail = text[:middle], text[middle:]
    element.insert(0, node)


def nest(root: Element, chance: random.Random, _other: Element) -> None:
    """One element wrapped in itself, up to a hundred deep."""
    element = _inner(root, chance)
    for _ in range(chance.choice((1, 2, 10, 30, 100))):
        inner = etree.SubElement(element, str(element.tag))
        inner.text, element = element.text, inner


def _copy(element: Element) -> Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))


def _set_text(element: Element, text: str) -> None:
    try:
        element.text = text
    except ValueError:  # not a character of XML
        element.text = "?"


ELEMENTS: tuple[Mutation, ...] = (
    remove_element, double_element, move_element, rename_element, empty_element, change_text, change_text, poison_texts,
    exchange_value, exchange_value, transplant, add_attribute, interrupt_text, nest,
)  # fmt: skip
