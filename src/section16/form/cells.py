"""What one place on the form can hold.

Nearly every cell of Tables I and II is a value with footnotes, so it is one type, :class:`Noted`. The
header's own dates and yes/no boxes are :class:`Plain`. Both keep the text as filed beside the value that
could be read from it: `13334.00` stays `13334.00`, a blank stays blank, and what cannot be read is `None`
with its text, never a guess. Source of the shapes: EDGAR Ownership XML Technical Specification 5.5,
ownershipDocumentCommon.xsd.xml.
"""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")


class Other(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Something the field table does not know, word for word, with its place.

    `at` is the position among the parent's children (elements, comments, processing instructions and
    stray text all count). `xml` is the markup as it stood, text escaped. `within` names the list-valued
    child (a table, `footnotes`) that holds it, if it does not stand directly in the record. `of` names the
    element whose value was read from it: the element is known, but carries attributes, comments or markup.
    """

    at: int
    xml: str
    within: str | None = None
    of: str | None = None


class Extra(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a record holds beyond the official form, and the order of its children where it is unusual.

    `attributes` are (name, value) pairs, declarations of namespaces among them (`xmlns`, `xmlns:prefix`). An
    element with a prefix is held without it, under an `xmlns` of the same namespace. `order` lists the XML
    names of the known children as they stood, only where that differs from the field table's order.
    """

    attributes: tuple[tuple[str, str], ...] = ()
    other: tuple[Other, ...] = ()
    order: tuple[str, ...] | None = None


class Noted(msgspec.Struct, Generic[T], frozen=True, kw_only=True, gc=False):
    """A cell: a value with footnotes.

    `text` is the value as filed, `""` if the value element is blank, `None` if there is none (an empty
    cell, or a footnote standing alone). `value` is what could be read from it, else `None`. `footnotes`
    are ids (`F1`) in document order.
    """

    value: T | None = None
    text: str | None = None
    footnotes: tuple[str, ...] = ()
    extra: Extra | None = None


class Plain(msgspec.Struct, Generic[T], frozen=True, kw_only=True, gc=False):
    """A bare element of the header: the text as filed and the date or yes/no that could be read from it.

    True in a condition only if the value is: a date, or a box that is checked.
    """

    value: T | None = None
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.value)
