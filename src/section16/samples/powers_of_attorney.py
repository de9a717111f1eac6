"""The power of attorney that rides with a Form 3 as exhibit 24, when someone else signs from then on."""

from __future__ import annotations

from datetime import date
from typing import Final

from section16.samples.insiders import Insider
from section16.samples.vocabulary import long_date

_TEXT: Final = """\
POWER OF ATTORNEY

Know all by these presents that the undersigned hereby makes, constitutes and
appoints

    {attorney}

as the undersigned's true and lawful attorney-in-fact, with full power of
substitution, to act in the name and on behalf of the undersigned with respect
to the securities of

    {company} (the "Company").

The attorney-in-fact may prepare, sign and file with the United States
Securities and Exchange Commission reports on Forms 3, 4 and 5, and amendments
of them, under Section 16(a) of the Securities Exchange Act of 1934 and the
rules under it, and may do whatever is needed to obtain and keep the codes for
filing them electronically.

The undersigned acknowledges that neither the attorney-in-fact nor the Company
assumes any of the undersigned's responsibilities to comply with Section 16 of
the Securities Exchange Act of 1934.

This power of attorney remains in force until the undersigned is no longer
required to file such reports with respect to the Company, unless the
undersigned revokes it earlier in a signed writing delivered to the
attorney-in-fact.

Signed on {day}.

    /s/ {insider}"""


def power_of_attorney(insider: Insider, signed_on: date) -> str:
    """Return the text of the exhibit: the insider appoints the attorney who signs the reports."""
    return _TEXT.format(
        attorney=insider.attorney,
        company=insider.company.name,
        day=long_date(signed_on),
        insider=insider.leads.spoken,
    )
