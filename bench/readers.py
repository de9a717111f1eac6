"""The sides of the reading race: bytes of one ownership XML in, the side's own object out.

Every side is asked for everything it offers of a Form 3, 4 or 5 (owners, transactions, holdings, footnotes) through its
documented calls only. The packages live in environments of their own (`environments.py`), so each function imports
inside itself (that is what `noqa: PLC0415` allows here).
"""

from __future__ import annotations

import importlib.metadata
import socket
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NoReturn

Read = Callable[[bytes, str], object]
"""`read(data, form)`: the document's bytes and its form type (`4`, `3/A`) to whatever the side makes of it."""


def no_network() -> None:
    """Makes every outgoing connection of this process fail at once, so that no side can time the internet."""

    def refuse(*_: object, **__: object) -> NoReturn:
        message = "the bench runs without a network"
        raise ConnectionRefusedError(message)

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.socket.connect_ex = refuse  # type: ignore[method-assign]


def section16() -> Read:
    """Our reader: a complete `Filing`."""
    import section16  # noqa: PLC0415

    return lambda data, _form: section16.read(data)


def lxml() -> Read:
    """The floor: a bare tree with the parser settings of our reader, nothing taken out of it."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_blank_text=True)
    return lambda data, _form: etree.fromstring(data, parser)


def edgartools() -> Read:
    """The leading library.

    `Ownership.from_xml` asks the SEC's servers once per reporting owner whether the name is a company's; that look-up
    is answered here with a constant, as parsing alone is to be timed.
    """
    from edgar.ownership import Ownership, owners  # type: ignore[import-not-found]  # noqa: PLC0415

    not_a_company = SimpleNamespace(data=SimpleNamespace(is_company=False))
    owners.Entity = lambda _cik: not_a_company

    def read(data: bytes, _form: str) -> object:
        return Ownership.from_xml(data.decode("utf-8", "replace"))

    return read


def datamule() -> Read:
    """The one other library that reads every field: all of its tables, as rows."""
    from datamule.document.document import Document  # type: ignore[import-not-found]  # noqa: PLC0415

    def read(data: bytes, form: str) -> list[Any]:
        document = Document(
            type=form,
            content=data,
            filename="document.xml",
            accession="0000000000-00-000000",
            filing_date="2000-01-01",
        )
        return [table.data for table in document.tables.tables]

    return read


SIDES: dict[str, Callable[[], Read]] = {
    "section16": section16,
    "lxml": lxml,
    "edgartools": edgartools,
    "datamule": datamule,
}


def version(side: str) -> str:
    """The installed version of a side's package, in the environment of this process."""
    return importlib.metadata.version(side)
