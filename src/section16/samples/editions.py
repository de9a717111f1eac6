"""Which schema version EDGAR writes into a report, by form and filing day, and what each version can hold.

Sources: the versions seen in published reports and the days on which the SEC's viewer changed. What Form 3 carries
since 18 March 2026 was not seen: X0307 follows from the number of its stylesheet in specification 5.5 (3_X07).
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import Final

from section16.samples.open_days import FIRST_DAY

_FORMS_4_AND_5: Final = (
    (FIRST_DAY, "X0101"),
    (date(2003, 7, 28), "X0201"),
    (date(2004, 2, 9), "X0202"),
    (date(2007, 2, 12), "X0203"),
    (date(2008, 6, 26), "X0303"),
    (date(2011, 8, 1), "X0304"),
    (date(2012, 3, 19), "X0305"),
    (date(2012, 6, 4), "X0306"),
    (date(2023, 3, 20), "X0407"),
    (date(2023, 7, 17), "X0508"),
    (date(2026, 3, 18), "X0609"),
)
_FORM_3: Final = (
    (FIRST_DAY, "X0101"),
    (date(2003, 7, 28), "X0201"),
    (date(2004, 2, 9), "X0202"),
    (date(2007, 2, 12), "X0203"),
    (date(2011, 8, 1), "X0204"),
    (date(2012, 3, 19), "X0205"),
    (date(2012, 6, 4), "X0206"),
    (date(2026, 3, 18), "X0307"),
)

TABLES_SINCE: Final = date(2003, 7, 28)
"""From this day lines stand in tables, with holdings among them; before, directly under the root."""
PLAN_BOX_SINCE: Final = date(2023, 3, 20)
"""From this day Forms 4 and 5 have the element of the 10b5-1 box."""
NO_SECURITIES_SINCE: Final = date(2012, 6, 4)
"""From this day Form 3 says whether securities are owned."""
FOREIGN_SINCE: Final = date(2026, 3, 18)
"""From this day there are elements for foreign symbols and addresses abroad, and foreign issuers' insiders file."""
PLAN_RULE_ADOPTED: Final = date(2023, 2, 27)
"""A plan adopted from this day on is one that the 10b5-1 box asks for (SEC staff, C&DI 120.31)."""
PLAN_RULE_APPLIES: Final = date(2023, 4, 1)
"""The box has to be checked on reports filed from this day on (Form 4, instruction 10)."""
GIFTS_ON_FORM_4_SINCE: Final = date(2023, 2, 27)
"""From this day a gift given away is due on Form 4; before, on Form 5 or earlier by choice (Release 33-11138)."""


def schema_version(form: str, filed_on: date) -> str:
    """Return the version of a report on form `3`, `4` or `5` filed on a day, FIRST_DAY or later."""
    versions = _FORM_3 if form == "3" else _FORMS_4_AND_5
    return versions[bisect_right(versions, (filed_on, "Z")) - 1][1]
