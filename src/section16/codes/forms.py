"""The three forms: their titles and the figures in their OMB box."""

from __future__ import annotations

from functools import cache

import msgspec

from section16.codes.official_list import OfficialList, make_list, read_table


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One form: number, title, OMB control number, and the estimated average burden in hours, as printed."""

    code: str
    title: str
    omb_number: str
    hours_per_response: str


@cache
def forms() -> OfficialList[Form]:
    """Return the three forms by number."""
    table = read_table("forms")
    return make_list(Form, table["forms"], table)


def form(form_type: str) -> Form | None:
    """Return the form of a form type, amendment or not (`4`, `4/A`); None for any other text."""
    return forms().get(form_type.removesuffix("/A"))
