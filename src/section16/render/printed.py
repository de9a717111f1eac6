"""The form as printed: what stands in which box, column and line, independent of any output format.

Two halves. The fixed words of a form in one look, its *layout* (:class:`FormLayout`, data in `layouts`), and what was
filled in (:class:`PrintedForm`). Every text that was filled in is as printed: dates MM/DD/YYYY, numbers with thousands
separators, blanks around it trimmed, nothing escaped. A text that is no date or number where one belongs stands as
filed. `print_form` makes a printed form from a document; the readers of Markdown and HTML make one from a page.

Source: the forms as sec.gov shows them (folders xslF345X02 to xslF345X06).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from section16.form.edition import Look

Align = Literal["left", "center"]


class Column(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One column of Table I or II.

    `key` names the column the same way on every form and look: `title`, `date`, `deemed`, `code`, `early` (the V
    column), `amount`, `acquired_disposed`, `price`, `owned`, `ownership`, `nature`, and in Table II `conversion`,
    `acquired`, `disposed`, `exercisable`, `expiration`, `underlying_title`, `underlying_amount`. `heading` is the
    column's own heading; `group` the heading above it that it shares with its neighbours of the same `group`. `width`
    is in per cent of the table.
    """

    key: str
    heading: str
    width: int
    align: Align = "center"
    group: str | None = None


class TableLayout(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """Table I or Table II of a form: the lines of its title, and its columns from left to right."""

    number: Literal["I", "II"]
    title: tuple[str, ...]
    columns: tuple[Column, ...]


class CheckBox(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """A box of the header. `key` is the field of :class:`PrintedForm` that marks it; `heading` may stand above it."""

    key: Literal["exit_box", "form3_holdings", "form4_transactions", "plan"]
    text: str
    heading: str | None = None


class FormLayout(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """The words that a form has before anybody fills it in.

    `look` is the look by name; Form 3 has only `2003` and `2026-03`. `boxes` stand in the header, in order;
    `plan_block` instead between box 6 and Table I (look 2023-03). `issuer`, `foreign_symbol`, `relationship`,
    `period`, `amendment` and `joint` are the labels of the numbered boxes; `foreign_symbol` and `country` are `None`
    where the look has no such place. `instruction` is the number of the instruction that the small print names.
    """

    form: Literal["3", "4", "5"]
    look: Look
    name: str
    title: str
    omb_number: str
    burden_hours: str
    boxes: tuple[CheckBox, ...]
    plan_block: CheckBox | None
    issuer: str
    foreign_symbol: str | None
    relationship: str
    period: str
    amendment: str
    joint: str
    zip_code: str
    country: str | None
    table1: TableLayout
    table2: TableLayout
    instruction: str


class PrintedCell(msgspec.Struct, frozen=True, gc=False):
    """One cell of a table: its text, whether a `$` stands before it, and the footnote marks after it.

    `notes` are the marks without parentheses (`1` for F1), in document order. An empty cell is `PrintedCell()`; a
    footnote standing alone has no text and no `$`.
    """

    text: str = ""
    dollar: bool = False
    notes: tuple[str, ...] = ()


class PrintedTable(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Table I or II filled in: one cell for each column of the layout in every row, rows in document order.

    The layout is that of the form, except where a Form 3 holds transactions: those would not fit, so the table is
    then printed as Form 4 prints it.
    """

    layout: TableLayout
    rows: tuple[tuple[PrintedCell, ...], ...] = ()


class PrintedRelationship(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Box 5 (Form 3: box 4): the four marks, the officer's title and the other text."""

    director: bool = False
    ten_percent: bool = False
    officer: bool = False
    other: bool = False
    officer_title: str = ""
    other_text: str = ""


class PrintedOwner(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One reporting person as box 1 shows it. `""` is an empty line.

    `cik` holds only digits, `""` if unknown. `state` is what stands over "(State)": the two-character code, or the
    state or territory in words for an address outside the United States (look 2026-03). `country` is the name over
    "(Country)"; `country_code` is its code where known, and is not printed. `relationship` is printed for the first
    owner only.
    """

    cik: str = ""
    name: str = ""
    street1: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip_code: str = ""
    country: str = ""
    country_code: str = ""
    relationship: PrintedRelationship = PrintedRelationship()


class PrintedIssuer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Box 2 (Form 3: box 3) and 2a (3a): the issuer's name and symbols. `cik` holds only digits, `""` if unknown."""

    cik: str = ""
    name: str = ""
    symbol: str = ""
    foreign_symbol: str = ""


class PrintedFootnote(msgspec.Struct, frozen=True, gc=False):
    """One line of the explanation: `number` as in the marks (`1` for F1), `""` if the footnote has no id."""

    number: str
    text: str


class PrintedSignature(msgspec.Struct, frozen=True, gc=False):
    """One signature and its date."""

    name: str
    date: str


class PrintedForm(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A whole form filled in.

    `name` is what stands large at the top, `FORM 4`; a document that names no known form is drawn in the layout of
    Form 4 and `name` repeats what it says. A box is `None` where the look has no such box. `owners` holds everybody in
    order: the first stands in box 1, and where there are more than one all stand again after Table II (`joint`).
    `remarks` is `None` if the element is absent, `""` if the heading stands over an empty line.
    `no_securities_owned` prints a sentence at the head of the explanation (Form 3).
    """

    layout: FormLayout
    name: str
    exit_box: bool | None = None
    form3_holdings: bool | None = None
    form4_transactions: bool | None = None
    plan: bool | None = None
    owners: tuple[PrintedOwner, ...] = ()
    issuer: PrintedIssuer = PrintedIssuer()
    period: str = ""
    amendment_date: str = ""
    table1: PrintedTable
    table2: PrintedTable
    no_securities_owned: bool = False
    footnotes: tuple[PrintedFootnote, ...] = ()
    remarks: str | None = None
    signatures: tuple[PrintedSignature, ...] = ()

    @property
    def form(self) -> Literal["3", "4", "5"]:
        """The form of the layout."""
        return self.layout.form

    @property
    def look(self) -> Look:
        """The look of the layout."""
        return self.layout.look

    @property
    def joint(self) -> bool:
        """Whether more than one reporting person files (box 6)."""
        return len(self.owners) > 1
