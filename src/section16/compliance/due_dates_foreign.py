"""What directors and officers of foreign private issuers owe, and which of them the Commission's orders exempt.

Official texts: Holding Foreign Insiders Accountable Act; Release 34-104903 of 27 February 2026; the exemptive orders,
whose jurisdictions are dated data in `section16.law.foreign_insiders`. The exemption is judged for each person.
"""

from __future__ import annotations

from datetime import date

import msgspec

from section16 import law
from section16.compliance.due_date import DueDate, Step, nothing_owed
from section16.errors import UsageError, excerpt
from section16.law import foreign_insiders


class ForeignInsider(msgspec.Struct, frozen=True, kw_only=True):
    """An insider of a foreign private issuer.

    `jurisdiction` is where the issuer is incorporated (`CA`, `Germany`'s `DE`, a name). `covered` says whether the
    person himself reports under a qualifying regulation, in English within two business days of its posting there;
    None: not known. `regulation_of` is the jurisdiction of that regulation, if it is another. `role` is `director`,
    `officer` or `ten-percent`. `left` is the day he left.
    """

    jurisdiction: str | None = None
    covered: bool | None = None
    regulation_of: str | None = None
    role: str = "director"
    left: date | None = None


def foreign_step(person: ForeignInsider) -> tuple[Step, ...]:
    """Why a person of a foreign private issuer does report."""
    first = law.effective("foreign_insiders")
    text = f"directors and officers of foreign private issuers report since {first.since}, as domestic ones do"
    steps = [Step(text=text, date=first.since, cites=first.cites, basis=first.basis)]
    return (*steps, *_not_exempt(person))


def no_report_owed(form: str, event: date, person: ForeignInsider) -> DueDate | None:
    """The answer that nothing is owed, with the reason; None if a report is owed.

    `event` is the day of the trade, of a Form 3 that on which he became an insider, of a Form 5 the fiscal year end.
    Raises UsageError.
    """
    _known_role(person.role)
    first = law.effective("foreign_insiders")
    if person.role == "ten-percent":
        text = "ten-percent owners of a foreign private issuer don't report merely as such"
        return nothing_owed(form, [Step(text=text, date=None, cites="Rule 16a-2; Release 34-104903", basis="guide")])
    if form != "3" and event < first.since:
        what = "trades" if form == "4" else "fiscal years that ended"
        text = f"{what} before {first.since} at an issuer that is registered already are not reported"
        assumed = [
            "the issuer had a registered class; at a later first registration the look-back of six months applies"
        ]
        return nothing_owed(
            form, [Step(text=text, date=first.since, cites=first.cites, basis=first.basis)], assumptions=assumed
        )
    if form == "3" and person.left is not None and person.left < first.since:
        text = f"left on {person.left}, before foreign insiders began to report"
        return nothing_owed(form, [Step(text=text, date=person.left, cites=first.cites, basis=first.basis)])
    return _exempt(form, max(event, first.since), person)


def _exempt(form: str, day: date, person: ForeignInsider) -> DueDate | None:
    home = _listed(person.jurisdiction)
    other = _listed(person.regulation_of) if person.regulation_of else home
    if home is None or other is None or person.covered is not True:
        return None
    since = max(home.order.since, other.order.since)
    if day < since:
        return None
    regulation = other.jurisdiction
    text = (
        f"exempt: the issuer is incorporated in {home.jurisdiction.name}, and the person reports under the regulation "
        f"of {regulation.name} ({regulation.regulation})"
    )
    cites = home.order.cites if home.order is other.order else f"{home.order.cites}; {other.order.cites}"
    conditions = Step(text=f"all of: {'; '.join(foreign_insiders.CONDITIONS)}", date=None, cites=cites, basis="guide")
    return nothing_owed(
        form,
        [Step(text=text, date=since, cites=cites, basis="guide"), conditions],
        assumptions=[
            "the reports under it are public in English within two business days of their posting",
            *(
                []
                if regulation.regulation_basis != "memory"
                else ["the regulation's name is from memory: see the order"]
            ),
        ],
    )


def _not_exempt(person: ForeignInsider) -> tuple[Step, ...]:
    """What the orders say of a person they don't exempt, or of whom a fact is missing."""
    home = _listed(person.jurisdiction)
    orders = foreign_insiders.orders()
    cites = "; ".join(order.cites for order in orders)
    if person.jurisdiction is None:
        text = "no exemption was considered: the issuer's jurisdiction isn't given"
    elif home is None:
        text = f"{excerpt(person.jurisdiction)} is in no exemptive order known on {foreign_insiders.orders_as_of()}"
    elif person.covered is None:
        text = (
            f"{home.jurisdiction.name} is listed; exempt only if the person himself reports under the home regulation"
        )
    elif not person.covered:
        text = f"{home.jurisdiction.name} is listed, but the home regulation doesn't cover this person: he files"
    else:
        text = f"the order that lists it came on {home.order.since}: not exempt before"
    return (Step(text=text, date=None, cites=cites, basis="guide"),)


def _listed(place: str | None) -> foreign_insiders.Listed | None:
    return None if place is None else foreign_insiders.listed(place)


def _known_role(role: str) -> None:
    if role not in {"director", "officer", "ten-percent"}:
        raise UsageError("USAGE", f"'{excerpt(role)}' is no role", mend="director, officer or ten-percent")
