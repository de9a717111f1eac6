"""Patterns and code of the compiled reader, written from the field table.

Each group of the form becomes one pattern with one function around it, the root a function that calls the others in
the official order. What the code calls (cells, numbers, footnotes, the signal for bytes it does not take) is handed in
by `compiled_reader`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from section16.form.document import Footnote, OwnershipDocument
from section16.form.field_table import Field, Kind, plan

BLANKS: Final = r"[ \t\n]*+"
TEXT: Final = r"[^<\x00-\x08\x0b\x0c\x0e-\x1f]*+"
ID: Final = r'[^"<&\x00-\x1f]*+'
_REFERENCES: Final = rf'(?:<footnoteId id="{ID}"(?: ?/>|></footnoteId>){BLANKS})*+'
_CAUGHT: Final = rf"(/(?=>)|>{TEXT}(?=<))"


def compile_reader(scope: Mapping[str, Any]) -> Callable[..., Any]:
    """Write, compile and return the reader of the root: `(text, at, entities) -> (values, end)`.

    Only names and numbers of the field table get into the code, never anything from a document. `scope` is what the
    code calls.
    """
    writer = _Writer(scope)
    writer.root()
    exec(compile("\n".join(writer.lines), "<field table>", "exec"), writer.scope)  # noqa: S102
    return writer.scope["read_root"]  # type: ignore[no-any-return]


class _Writer:
    """Writes a function for each record that stands by itself, and one for the root that calls them."""

    def __init__(self, scope: Mapping[str, Any]) -> None:
        self.lines: list[str] = []
        self.scope = dict(scope)
        self._names: list[str] = []
        """Names of the groups of the pattern in hand: t... a text, n... references, p... a presence."""

    def root(self) -> None:
        """The root: runs of single fields as one pattern each, everything else by its own function."""
        start, end = f"<{OwnershipDocument.element}>", f"</{OwnershipDocument.element}>"
        self.scope["skip"] = re.compile(BLANKS).match
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
        self._function(name, rf"<{element}>{BLANKS}{inside}</{element}>{BLANKS}", expression)

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
            inside = rf"(?:<value{_CAUGHT}(?:</value)?+>{BLANKS})?+({_REFERENCES})"
            expression = f"({self._cell(field, text, notes)} if {present} is not None else None)"
        elif field.kind is Kind.GROUP:
            inside, expression = self._group(field.records[0])
            expression = f"({expression} if {self._name('p')} is not None else None)"
        else:
            text = self._name("t")
            plain = f"plain_{field.value_type.__name__}[{text}[1:]] if {text} else None"
            expression = f"({plain})" if field.kind is Kind.PLAIN else f"({text} and {text}[1:])"
            return rf"(?:<{name}{_CAUGHT}(?:</{name})?+>{BLANKS})?+", expression
        return rf"(?:<{name}(?:/>|>{BLANKS}{inside}</{name}>)(){BLANKS})?+", expression

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
