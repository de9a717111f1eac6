"""The types a document in a submission may have: the ownership document itself and what rides with it."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from section16.codes.official_list import OfficialList, make_list, read_table

LONGEST_TYPE = 20
"""Characters of a document type, suffix included."""


class DocumentType(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One type: what it is called, whether EDGAR publishes it, and how many one submission may have."""

    code: str
    name: str
    kind: Literal["primary", "attachment"]
    published: bool
    at_most: int


@cache
def document_types() -> OfficialList[DocumentType]:
    """Return the types by code: the six of the forms and their amendments, then the attachments'."""
    table = read_table("document_types")
    return make_list(DocumentType, table["types"], table)


def document_type(text: str) -> DocumentType | None:
    """Return the type that `text` names; None where it names none of these.

    A suffix that begins with a period may follow an attachment's type (`EX-99.agreement`), 20 characters in all.
    """
    stem, period, _ = text.partition(".")
    found = document_types().get(stem)
    if found is None or len(text) > LONGEST_TYPE or (period and found.kind == "primary"):
        return None
    return found


def is_ownership_type(text: str) -> bool:
    """Say whether `text` is one of 3, 3/A, 4, 4/A, 5 and 5/A: a form type, a submission type, a primary document's."""
    found = document_type(text)
    return found is not None and found.kind == "primary"
