r"""The fast way from bytes to a document: patterns and straight-line code compiled from the field table.

It takes what nearly every report is: ASCII, known elements in the official order, nothing else. Each group of the
form is one pattern, so a report that the patterns cover from the first byte to the last is well-formed: every start
tag has its end tag by construction, and no text holds `<`, a control character, `]]>` or a reference that is not one.
Anything else (unknown or doubled elements, other order, comments, stray text, attributes, other encodings, or XML
that isn't) raises :class:`Unusual`, and the parser and `careful_reader` decide. On what both take they agree, held by
tests over real, generated and broken reports.

All repetitions are possessive, so the time is linear in the size of the input whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

from section16.form.cells import Noted, Plain
from section16.form.document import Footnote, Footnotes, OwnershipDocument
from section16.form.field_table import Field, Kind, plan
from section16.form.values import read_boolean, read_date, read_decimal, read_text


class Unusual(Exception):  # noqa: N818 - a signal between two readers, never seen by a caller
    """The bytes hold something that the compiled reader does not take."""


class _Shared(dict[str, Any]):
    """Cells by their short texts, made when first met; emptied when full, so that memory stays flat."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        self.make = make

    def __missing__(self, text: str) -> Any:
        made = self.make(text)
        if len(text) > _LONGEST_SHARED:
            return made
        if len(self) >= _MOST_CELLS:
            self.clear()
        self[text] = made
        return made


_MOST_CELLS: Final = 4096
_LONGEST_SHARED: Final = 256
_LARGEST: Final = 262_144
"""Bytes. So few cannot hold more elements than limits.XML_ELEMENTS."""
_BLANKS: Final = r"[ \t\n]*+"
_TEXT: Final = r"[^<\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_ID: Final = r'[^"<&\x00-\x1f]*+'
_REFERENCES: Final = rf'(?:<footnoteId id="{_ID}"(?: ?/>|></footnoteId>){_BLANKS})*+'
_CAUGHT: Final = rf"(/(?=>)|>{_TEXT}(?=<))"
_ENCODING: Final = r" encoding=([\"'])(?i:utf-8|us-ascii|iso-8859-1|windows-1252)\2"
_HEAD: Final = re.compile(rf"(?:<\?xml version=([\"'])1\.0\1(?:{_ENCODING})? ?\?>)?+{_BLANKS}")
_IDS: Final = re.compile(r'"([^"]*)"')
_ENTITY: Final = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));|&")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_FIRST_PLAIN_CHARACTER: Final = 0x20
_FIRST_SURROGATE: Final = 0xD800


def read_usual(data: bytes) -> OwnershipDocument:
    """Return the document of usual bytes. Raises Unusual for any other."""
    if len(data) > _LARGEST or not data.isascii():
        raise Unusual
    text = data.decode("ascii")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "]]>" in text:
        raise Unusual
    head = _HEAD.match(text)
    values, end = _reader()(text, head.end() if head else 0, "&" in text)
    if text[end:].strip(" \t\n"):
        raise Unusual
    return OwnershipDocument(**values)


def _resolved(text: str) -> str:
    """`text` with its references resolved."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    named, decimal, hexadecimal = reference.groups()
    if named:
        return _NAMED[named]
    if decimal or hexadecimal:
        number = int(decimal) if decimal else int(hexadecimal, 16)
        if _FIRST_PLAIN_CHARACTER <= number < _FIRST_SURROGATE or number in {9, 10, 13}:
            return chr(number)
    raise Unusual


def _ids(references: str) -> tuple[str, ...]:
    return tuple(_IDS.findall(references))


def _noted(cell: Noted[Any], references: str) -> Noted[Any]:
    return Noted(value=cell.value, text=cell.text, footnotes=_ids(references))


def _footnotes(text: str, at: int, entities: bool) -> tuple[list[Footnote], int]:  # noqa: FBT001
    match = _FOOTNOTE.match
    notes = []
    while found := match(text, at):
        words = found[2] or ""
        notes.append(Footnote(id=found[1], text=_resolved(words) if entities else words))
        at = found.end()
    return notes, at


_FOOTNOTE: Final = re.compile(rf'<footnote id="({_ID})"(?:/>|>({_TEXT})</footnote>){_BLANKS}')
_SCOPE: Final[Mapping[str, Any]] = {
    "cell_str": _Shared(lambda text: Noted(value=read_text(text), text=text)),
    "cell_date": _Shared(lambda text: Noted(value=read_date(text), text=text)),
    "plain_date": _Shared(lambda text: Plain(value=read_date(text), text=text)),
    "plain_bool": _Shared(lambda text: Plain(value=read_boolean(text), text=text)),
    "read_decimal": read_decimal,
    "read_footnotes": _footnotes,
    "resolved": _resolved,
    "ids": _ids,
    "noted": _noted,
    "Noted": Noted,
    "Unusual": Unusual,
    "Footnotes": Footnotes,
}


@cache
def _reader() -> Callable[..., Any]:
    """Write, compile and return the reader of the root, with everything below it.

    Only names and numbers of the field table get into the code, never anything from a document.
    """
    writer = _Writer()
    writer.root()
    exec(compile("\n".join(writer.lines), "<field table>", "exec"), writer.scope)  # noqa: S102
    return writer.scope["read_root"]  # type: ignore[no-any-return]


class _Writer:
    """Writes a function for each record that stands by itself, and one for the root that calls them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.scope: dict[str, Any] = dict(_SCOPE)
        self._names: list[str] = []
        """Names of the groups of the pattern in hand: t... a text, n... references, p... a presence."""

    def root(self) -> None:
        """The root: runs of single fields as one pattern each, everything else by its own function."""
        start, end = f"<{OwnershipDocument.element}>", f"</{OwnershipDocument.element}>"
        self.scope["skip"] = re.compile(_BLANKS).match
        body = [
            "def read_root(text, at, entities):",
            "    values = {}",
            f"    if not text.startswith({start!r}, at): raise Unusual",
            f"    at = skip(text, at + {len(start)}).end()",
        ]
        run: list[Field] = []
        for field in plan(OwnershipDocument).fields:
            if field.kind in {Kind.TEXT, Kind.PLAIN, Kind.GROUP}:
                run.append(field)
                continue
            self._run(run, body)
            run = []
            (self._repeated if field.kind is Kind.GROUPS else self._table)(field, body)
        self._run(run, body)
        body += [f"    if not text.startswith({end!r}, at): raise Unusual", f"    return values, at + {len(end)}"]
        self.lines += body

    def _run(self, fields: list[Field], body: list[str]) -> None:
        if not fields:
            return
        name = f"run_{fields[0].attribute}"
        parts = [self._field(field) for field in fields]
        items = [f"{field.attribute!r}: {value}" for field, (_, value) in zip(fields, parts, strict=True)]
        self._function(name, "".join(pattern for pattern, _ in parts), "{" + ", ".join(items) + "}")
        body += [f"    one, at = {name}(text, at, entities)", "    values.update(one)"]

    def _repeated(self, field: Field, body: list[str]) -> None:
        (record,) = field.records
        self._record(record)
        body += [
            f"    if text.startswith('<{field.name}>', at):",
            "        many = []",
            f"        while text.startswith('<{field.name}>', at):",
            f"            one, at = read_{record.__name__}(text, at, entities)",
            "            many.append(one)",
            f"        values[{field.attribute!r}] = tuple(many)",
        ]

    def _table(self, field: Field, body: list[str]) -> None:
        table = field.table
        assert table is not None  # noqa: S101 - only tables come here
        self.scope[table.__name__] = table
        start, end = f"<{field.name}>", f"</{field.name}>"
        body += [
            f"    if text.startswith('<{field.name}/>', at):",
            f"        values[{field.attribute!r}] = {table.__name__}()",
            f"        at = skip(text, at + {len(start) + 1}).end()",
            f"    elif text.startswith({start!r}, at):",
            "        many = []",
            f"        at = skip(text, at + {len(start)}).end()",
            *self._lines_of(field),
            f"        if not text.startswith({end!r}, at): raise Unusual",
            f"        at = skip(text, at + {len(end)}).end()",
            f"        values[{field.attribute!r}] = {table.__name__}(rows=tuple(many))",
        ]

    def _lines_of(self, field: Field) -> list[str]:
        """The loop over the lines of a table."""
        if field.records == (Footnote,):
            return ["        many, at = read_footnotes(text, at, entities)"]
        loop = ["        while True:"]
        for number, record in enumerate(field.records):
            self._record(record)
            loop += [
                f"            {'elif' if number else 'if'} text.startswith('<{plan(record).element}>', at):",
                f"                one, at = read_{record.__name__}(text, at, entities)",
            ]
        return [*loop, "            else: break", "            many.append(one)"]

    def _record(self, record: type) -> None:
        name = f"read_{record.__name__}"
        if name in self.scope:
            return
        self.scope[name] = None
        element = plan(record).element
        inside, expression = self._group(record)
        self._function(name, rf"<{element}>{_BLANKS}{inside}</{element}>{_BLANKS}", expression)

    def _function(self, name: str, pattern: str, expression: str) -> None:
        """A function `(text, at, entities) -> (value, end)` for what a pattern takes."""
        names, self._names = self._names, []
        self.scope[f"match_{name}"] = re.compile(pattern).match
        self.lines += [
            f"def {name}(text, at, entities):",
            f"    found = match_{name}(text, at)",
            "    if found is None: raise Unusual",
            f"    {', '.join(names)}, = found.groups()",
            "    if entities:",
            *[f"        if {text} and '&' in {text}: {text} = resolved({text})" for text in names if text[0] == "t"],
            f"    return {expression}, found.end()",
        ]

    def _name(self, letter: str) -> str:
        self._names.append(f"{letter}{len(self._names)}")
        return self._names[-1]

    def _group(self, record: type) -> tuple[str, str]:
        """Pattern of what stands inside a group, and expression of its record."""
        self.scope[record.__name__] = record
        fields = plan(record).fields
        parts = [self._field(field) for field in fields]
        arguments = [f"{field.attribute}={value}" for field, (_, value) in zip(fields, parts, strict=True)]
        return "".join(pattern for pattern, _ in parts), f"{record.__name__}({', '.join(arguments)})"

    def _field(self, field: Field) -> tuple[str, str]:
        """Pattern of an optional field, and expression of its value.

        A text is caught with the one character before it: `>`, or `/` of an empty-element tag. A presence is an
        empty group behind the element.
        """
        name = field.name
        if field.kind is Kind.NOTES:
            notes = self._name("n")
            return f"({_REFERENCES})", f"(ids({notes}) if {notes} else ())"
        if field.kind is Kind.CELL:
            text, notes, present = self._name("t"), self._name("n"), self._name("p")
            inside = rf"(?:<value{_CAUGHT}(?:</value)?+>{_BLANKS})?+({_REFERENCES})"
            expression = f"({self._cell(field, text, notes)} if {present} is not None else None)"
        elif field.kind is Kind.GROUP:
            inside, expression = self._group(field.records[0])
            expression = f"({expression} if {self._name('p')} is not None else None)"
        else:
            text = self._name("t")
            plain = f"plain_{field.value_type.__name__}[{text}[1:]] if {text} else None"
            expression = f"({plain})" if field.kind is Kind.PLAIN else f"({text} and {text}[1:])"
            return rf"(?:<{name}{_CAUGHT}(?:</{name})?+>{_BLANKS})?+", expression
        return rf"(?:<{name}(?:/>|>{_BLANKS}{inside}</{name}>)(){_BLANKS})?+", expression

    @staticmethod
    def _cell(field: Field, text: str, notes: str) -> str:
        """Expression of a cell that is there."""
        bare = f"(Noted(footnotes=ids({notes})) if {notes} else Noted())"
        if field.value_type is Decimal:  # numbers seldom come twice
            read = f"value=read_decimal({text} := {text}[1:]), text={text}"
            value = f"Noted({read}, footnotes=ids({notes}) if {notes} else ())"
        else:
            shared = f"cell_{field.value_type.__name__}[{text}[1:]]"
            value = f"(noted({shared}, {notes}) if {notes} else {shared})"
        return f"({value} if {text} else {bare})"
