"""Ways to break the structure of an ownership document, each of which its schema may or may not notice.

A mutation changes the tree it is given, in place; `other` is the root of another document, of any form.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

Mutation = Callable[[Element, random.Random, Element], None]

_NUMBERS = (
    "0", "0.00", "-0", "-1", "+1", ".5", "5.", ".", "-", "1e3", "6,690", "$1", "(1)", "66.90300", "66.90301", "0001",
    "999999999999.9999", "999999999999.99990", "1000000000000", "000000000000000000000000001", "1.00000", "1.23456",
    " 5 ", "\n5\t", "", " ", "NaN", "INF", "1_0", "\u0663", "1 0", "123456789012.12345", "12345678901234567",
)  # fmt: skip
_DATES = (
    "2026-02-29", "2024-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-04-31", "04/14/2026", "2026-4-14",
    "2026-04-14Z", "2026-04-14-05:00", "2026-04-14+14:00", "2026-04-14+14:01", "2026-04-14+5:00", "0000-01-01",
    "0001-01-01", "9999-12-31", "12026-01-01", "02026-01-01", "-2026-01-01", "20260414", "2026-04-14T00:00:00", "",
    " ", " 2026-04-14", "2026-04-14\n", "\u0662026-04-14", "2026-04-14 Z", "1900-02-29", "2000-02-29", "-0004-02-29",
)  # fmt: skip
_YES_NO = ("1", "0", "true", "false", "True", "TRUE", "yes", "X", "", " ", " 1 ", "\ttrue\n", "01", "2", "1\u00a0")
_CODES = (
    "A", "D", "I", "P", "S", "K", "V", "B", "N", "Z", "a", "", " ", " A", "A ", "AD", "3", "4", "5", "6", "E", "L", "|",
    "e", " E ", "EL", "X0609", "X06", "3/A", "4/A", "5/A", "4 ", "F1", "NY", "ny", "B5", "2J", "A6", "X0", "X1", "I7",
    "US", "  ", "   ", "NY ", "C 1", "0000000001", "00000000001", "12a", "N/A",
)  # fmt: skip
_LENGTHS = (0, 1, 5, 7, 8, 9, 10, 11, 14, 15, 30, 31, 40, 41, 50, 51, 60, 61, 80, 100, 101, 150, 151, 255, 256, 1000,
            1001, 2000, 2001)  # fmt: skip
_LETTERS = ("x", "7", " ", "\u00e9", "&", "\n", "-")
_IDS = (
    "F0",
    "F1",
    "F2",
    "F3",
    "F9",
    "F10",
    "F99",
    "F100",
    "F01",
    "f1",
    "1",
    "",
    " F1 ",
    "F1\t",
    "F1 F2",
    "note",
    "\u00c91",
)
_ATTRIBUTES = ("id", "nil", "class", "value", "{urn:x}a", "{http://www.w3.org/XML/1998/namespace}lang")
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_STRAY = ("x", " 10 ", ".", "\u00a0", "\u0085", "\u2003", "&", "]]", "  ", "\n\t")
_UNKNOWN = ("somethingNew", "Value", "rptOwnerCounrty", "returnCopy", "b", "nonDerivativeSecurity", "{urn:x}issuer")


def _elements(root: Element) -> list[Element]:
    return list(root.iter(etree.Element))


def _inner(root: Element, chance: random.Random) -> Element:
    return chance.choice(_elements(root)[1:] or [root])


def _named(root: Element, chance: random.Random, *names: str) -> Element | None:
    found = list(root.iter(*names))
    return chance.choice(found) if found else None


def _leaf(root: Element, chance: random.Random) -> Element:
    return chance.choice([element for element in _elements(root) if not len(element)] or [root])


def remove(root: Element, chance: random.Random, _other: Element) -> None:
    """One element gone."""
    element = _inner(root, chance)
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def double(root: Element, chance: random.Random, _other: Element) -> None:
    """One element twice, beside itself or at the end."""
    element = _inner(root, chance)
    if (parent := element.getparent()) is not None:
        parent.insert(chance.choice((parent.index(element), len(parent))), deepcopy(element))


def shuffle(root: Element, chance: random.Random, _other: Element) -> None:
    """Two elements of one parent in each other's place."""
    parent = chance.choice([element for element in _elements(root) if len(element) > 1] or [root])
    children = list(parent)
    if len(children) > 1:
        child = children.pop(chance.randrange(len(children)))
        parent.remove(child)
        parent.insert(chance.randrange(len(children) + 1), child)


def move(root: Element, chance: random.Random, _other: Element) -> None:
    """One element put somewhere else."""
    element, target = _inner(root, chance), chance.choice(_elements(root))
    if element is not root and element not in {target, *target.iterancestors()}:
        target.insert(chance.randrange(len(target) + 1), element)


def rename(root: Element, chance: random.Random, other: Element) -> None:
    """One element under another name, known or not."""
    names = [*_UNKNOWN, *(str(element.tag) for element in chance.sample(_elements(other), 5))]
    chance.choice(_elements(root)).tag = chance.choice(names)


def empty(root: Element, chance: random.Random, _other: Element) -> None:
    """One element with nothing in it, or blanks only."""
    element = _inner(root, chance)
    for child in list(element):
        element.remove(child)
    element.text = chance.choice((None, "", " ", "\n"))


def replace_text(root: Element, chance: random.Random, _other: Element) -> None:
    """One text by a number, date, yes or no, or code: right or wrong, at home or not."""
    _leaf(root, chance).text = chance.choice(chance.choice((_NUMBERS, _DATES, _YES_NO, _CODES)))


def replace_alike(root: Element, chance: random.Random, _other: Element) -> None:
    """One text by another of its type."""
    leaf = _leaf(root, chance)
    text = leaf.text or ""
    alike = _DATES if text[4:5] == "-" else _YES_NO if text in {"0", "1", "true", "false"} else _CODES
    leaf.text = chance.choice(_NUMBERS if text.replace(".", "").isdigit() and len(text) > 1 else alike)


def lengthen(root: Element, chance: random.Random, _other: Element) -> None:
    """One text of a length at or beside a limit."""
    _leaf(root, chance).text = chance.choice(_LETTERS) * chance.choice(_LENGTHS)


def pad(root: Element, chance: random.Random, _other: Element) -> None:
    """Blanks before or behind one text."""
    leaf = _leaf(root, chance)
    blank = chance.choice((" ", "\n", "\t", "  ", "\u00a0"))
    leaf.text = chance.choice((f"{blank}{leaf.text or ''}", f"{leaf.text or ''}{blank}"))


def add_text(root: Element, chance: random.Random, _other: Element) -> None:
    """Text between elements."""
    element = _inner(root, chance)
    text = chance.choice(_STRAY)
    if chance.random() < 0.5 and len(element):
        element.text = text
    else:
        element.tail = text


def add_attribute(root: Element, chance: random.Random, _other: Element) -> None:
    """An attribute, one that XML Schema allows anywhere among them."""
    legal = (_INSTANCE + "schemaLocation", _INSTANCE + "noNamespaceSchemaLocation", _INSTANCE + "nil", _INSTANCE + "x")
    name = chance.choice((*_ATTRIBUTES, *legal))
    chance.choice(_elements(root)).set(name, chance.choice(("F1", "", "1", "urn:x a.xsd")))


def add_node(root: Element, chance: random.Random, _other: Element) -> None:
    """A comment, an instruction or an unknown element, in front of or inside something."""
    element = chance.choice(_elements(root))
    nodes = (etree.Comment(" x "), etree.ProcessingInstruction("x", "y"), etree.Element(chance.choice(_UNKNOWN)))
    node = chance.choice(nodes)
    if not len(element) and (text := element.text):
        middle = len(text) // 2
        element.text, node.tail = text[:middle], text[middle:]
        element.insert(0, node)
    else:
        element.insert(chance.randrange(len(element) + 1), node)


def break_id(root: Element, chance: random.Random, _other: Element) -> None:
    """The id of a footnote or of a reference changed or gone."""
    element = _named(root, chance, "footnote", "footnoteId")
    if element is None:
        return
    if chance.random() < 0.15:
        element.attrib.pop("id", None)
    else:
        element.set("id", chance.choice(_IDS))


def refer(root: Element, chance: random.Random, _other: Element) -> None:
    """References added to anything: one or two, or as many as stand at a limit."""
    element = chance.choice(_elements(root))
    for number in range(chance.choice((1, 1, 1, 2, 96, 97, 98, 99, 100))):
        element.append(etree.Element("footnoteId", id=f"F{number % 3 + 1}"))


def only_notes(root: Element, chance: random.Random, _other: Element) -> None:
    """A value gone, its footnotes left or added."""
    value = _named(root, chance, "value")
    if value is None or (cell := value.getparent()) is None:
        return
    cell.remove(value)
    for _ in range(chance.choice((0, 0, 1, 1, 2, 98, 99, 100)) - len(cell)):
        cell.append(etree.Element("footnoteId", id="F1"))


def crowd(root: Element, chance: random.Random, _other: Element) -> None:
    """Lines, owners, signatures or footnotes as many as stand at their limit."""
    names = (
        "nonDerivativeHolding",
        "derivativeHolding",
        "nonDerivativeTransaction",
        "reportingOwner",
        "ownerSignature",
    )
    element = _named(root, chance, *names, "footnote")
    if element is None or (parent := element.getparent()) is None:
        return
    name = str(element.tag)
    limit = 99 if name == "footnote" else 10 if name in names[3:] else 30
    wanted = limit + chance.choice((-1, 0, 1, 1, 2))
    for number in range(wanted - (len(parent) if parent is not root else len(parent.findall(name)))):
        copy = deepcopy(element)
        if name == "footnote":
            copy.set("id", f"F{number + 4}")
        element.addnext(copy)


def change_type(root: Element, chance: random.Random, _other: Element) -> None:
    """The document said to be of another type."""
    for element in root.findall("documentType"):
        element.text = chance.choice(("3", "3/A", "4", "4/A", "5", "5/A", "6", " 4", "4/a", ""))


def transplant(root: Element, chance: random.Random, other: Element) -> None:
    """An element of another document beside its like, or anywhere."""
    element = deepcopy(_inner(other, chance))
    like = root.find(f".//{element.tag}") if isinstance(element.tag, str) and "{" not in element.tag else None
    if like is not None and (parent := like.getparent()) is not None and chance.random() < 0.6:
        parent.replace(like, element)
    else:
        target = chance.choice(_elements(root))
        target.insert(chance.randrange(len(target) + 1), element)


def swap_choice(root: Element, chance: random.Random, _other: Element) -> None:
    """Shares said as a value or the other way round; sometimes both stand."""
    pairs = {
        "transactionShares": "transactionTotalValue",
        "underlyingSecurityShares": "underlyingSecurityValue",
        "sharesOwnedFollowingTransaction": "valueOwnedFollowingTransaction",
    }
    pairs |= {value: key for key, value in pairs.items()}
    element = _named(root, chance, *pairs)
    if element is None:
        return
    twin = deepcopy(element)
    twin.tag = pairs[str(element.tag)]
    element.addnext(twin)
    if chance.random() < 0.5 and (parent := element.getparent()) is not None:
        parent.remove(element)


MUTATIONS: tuple[Mutation, ...] = (
    remove, remove, double, shuffle, move, rename, empty, replace_text, replace_alike, replace_alike, lengthen, pad,
    add_text, add_attribute, add_node, break_id, refer, only_notes, crowd, change_type, transplant, swap_choice,
)  # fmt: skip
