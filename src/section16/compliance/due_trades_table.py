"""A table of trades as CSV text, read into trades; the first fault is said with its row and column.

Columns: `date,code,acquired_disposed,shares,price`, and if wanted `security`, `exempt`, `from_issuer`, `reported`,
`plan` (yes or no) and `notified` (a day). Others are passed over. Rows are counted as lines of the file.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from section16.compliance.cells import read_amount, read_code, read_day, read_direction, read_money, read_yes
from section16.compliance.csv_table import Names, TableRow, read_table
from section16.compliance.due_trades import Trade
from section16.errors import SourceError
from section16.law.matching_codes import leading_code

_NEEDED: Final = ("date", "code", "acquired_disposed")
_NAMES: Final[Names] = {
    "date": ("date", "trade date", "traded", "transaction date"),
    "code": ("code", "transaction code"),
    "acquired_disposed": ("acquired_disposed", "a/d", "ad", "a or d", "acquired or disposed"),
    "shares": ("shares", "amount", "quantity", "number of shares"),
    "price": ("price", "price per share"),
    "security": ("security", "class", "title", "security title", "title of security"),
    "exempt": ("exempt",),
    "from_issuer": ("from_issuer", "from the issuer"),
    "reported": ("reported",),
    "plan": ("plan",),
    "notified": ("notified", "notice"),
}


def read_trades(text: str, name: str) -> list[Trade]:
    """Read the trades of CSV text; `name` is what an error calls it. Raises SourceError TABLE_INVALID."""
    return [_trade(row, name) for row in read_table(text, _NAMES, _NEEDED, name).rows]


def _leading(text: str) -> str:
    """The code that a trade is due by: of `P/K`, with an equity swap, the P."""
    return read_code(leading_code(text))


def _trade(row: TableRow, name: str) -> Trade:
    faults: list[SourceError] = row.beyond()
    cell = partial(row.read, faults=faults)
    trade = {
        "day": cell("date", read_day, needed=True),
        "code": cell("code", _leading, needed=True),
        "direction": cell("acquired_disposed", read_direction, needed=True),
        "shares": cell("shares", read_amount),
        "price": cell("price", read_money),
        "exempt": cell("exempt", read_yes),
        "from_issuer": cell("from_issuer", read_yes, default=False),
        "reported": cell("reported", read_yes, default=False),
        "plan": cell("plan", read_yes, default=False),
        "notified": cell("notified", read_day),
    }
    if not faults and trade["notified"] is not None and trade["notified"] < trade["day"]:
        faults.append(row.fault("notified", f"comes before the trade of {trade['day']}"))
    if faults:
        first = faults[0]
        raise SourceError("TABLE_INVALID", first.message, line=first.line, column=first.column, path=name)
    return Trade(**trade, security=row.cells.get("security", ""), row=row.line)
