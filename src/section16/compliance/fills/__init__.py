"""Broker fills into the lines of Form 4: the fewest one-dollar bands, exact average prices, footnotes, balances.

    table = read_fills(text)                    CSV text into fills, faults with row and column
    answer = form_lines(table.fills, table.balances)
    document = draft(answer.reports[0])         a Form 4 that everything else here can check, draw and write

Official text: SEC staff letter of 25 June 2008 to the Society of Corporate Secretaries. Open-market purchases and sales
through a broker only (codes P and S): what else happened on the day stands on lines of its own.
"""

from section16.compliance.fills.bands import Band, bands
from section16.compliance.fills.draft import draft
from section16.compliance.fills.fill import Fill, Position
from section16.compliance.fills.lines import Balances, FillLine
from section16.compliance.fills.reports import FillAnswer, FillReport, Note, Step, form_lines
from section16.compliance.fills.table import FillTable, Given, read_balances, read_fills

__all__ = [
    "Balances",
    "Band",
    "Fill",
    "FillAnswer",
    "FillLine",
    "FillReport",
    "FillTable",
    "Given",
    "Note",
    "Position",
    "Step",
    "bands",
    "draft",
    "form_lines",
    "read_balances",
    "read_fills",
]
