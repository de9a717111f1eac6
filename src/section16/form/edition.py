"""Editions of the form: the schema version as filed, and the printed look that follows from it.

The look changed on 20 March 2023 (10b5-1 box in its own block), 17 July 2023 (box in the header) and
18 March 2026 (foreign symbol, country line). Form 3 has two looks only. Versions have the shape `Xvvss`;
`vv` is the number of the SEC's viewer.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Final

from section16.form.document import OwnershipDocument


class Look(StrEnum):
    """How the printed form looked, by the date it began."""

    Y2003 = "2003"
    Y2023_03 = "2023-03"
    Y2023_07 = "2023-07"
    Y2026_03 = "2026-03"


_VERSION: Final = re.compile(r"X([0-9]{2})[0-9]{2}")
_SINCE: Final = (
    (date(2026, 3, 18), Look.Y2026_03),
    (date(2023, 7, 17), Look.Y2023_07),
    (date(2023, 3, 20), Look.Y2023_03),
)
_LOOKS: Final = frozenset(look.value for look in Look)
_CHANGES: Final = {"04": Look.Y2023_03, "05": Look.Y2023_07}


def look_of_version(version: str, form: str | None) -> Look | None:
    """The look of a schema version (`X0306` -> 2003); `None` if it is no version."""
    found = _VERSION.fullmatch(version.strip())
    if found is None:
        return None
    viewer = found[1]
    if form == "3":
        return Look.Y2003 if viewer <= "02" else Look.Y2026_03
    if viewer <= "03":
        return Look.Y2003
    return _CHANGES.get(viewer, Look.Y2026_03)


def look_of_day(day: date, form: str | None) -> Look:
    """The look in use on a filing day."""
    look = next((look for since, look in _SINCE if day >= since), Look.Y2003)
    return plain_look(look, form)


def plain_look(look: Look, form: str | None) -> Look:
    """The look a form really has: Form 3 did not change in 2023."""
    return Look.Y2003 if form == "3" and look in {Look.Y2023_03, Look.Y2023_07} else look


def look_of(document: OwnershipDocument, filed_on: date | None = None) -> Look:
    """The look to draw a document in.

    By its schema version; without one by elements of 2026, else by the filing day, else the (last)
    signature date, else the period of report, else the newest look.
    """
    form = document.form
    if document.schema_version and (look := look_of_version(document.schema_version, form)):
        return look
    if _has_2026_elements(document):
        return Look.Y2026_03
    day = filed_on or _day_of(document)
    return look_of_day(day, form) if day else Look.Y2026_03


def edition_look(edition: str, form: str | None) -> Look | None:
    """The look named by a look (`2023-07`) or a schema version (`X0508`); `None` if it is neither."""
    if edition in {look.value for look in Look}:
        return plain_look(Look(edition), form)
    return look_of_version(edition, form)


def _has_2026_elements(document: OwnershipDocument) -> bool:
    if document.issuer and document.issuer.foreign_trading_symbol is not None:
        return True
    addresses = [owner.address for owner in document.reporting_owners if owner.address]
    return any(
        element is not None
        for address in addresses
        for element in (address.non_us, address.non_us_state, address.country)
    )


def _day_of(document: OwnershipDocument) -> date | None:
    signed = [signature.date.value for signature in document.signatures if signature.date and signature.date.value]
    if signed:
        return max(signed)
    return document.period_of_report.value if document.period_of_report else None
