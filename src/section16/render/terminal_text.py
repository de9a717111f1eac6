"""The form for a terminal of any width: the boxes, both tables, explanation, signatures and small print.

Wide tables fold and nothing is cut; what a filing contains can neither command nor confuse the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from section16.render import layouts
from section16.render.folding import columns_of, fold, pad
from section16.render.paint import Paint
from section16.render.printed import PrintedForm, PrintedOwner
from section16.render.status import Status, StatusKind
from section16.render.terminal_tables import table_lines
from section16.render.visible import one_line

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

NARROWEST: Final = 20
"""Columns below which no terminal is served."""

_THREE_BOXES: Final = 96
"""Columns from which on the boxes stand side by side, unless a word is too long for that."""

_Box = list[str]
"""The label of a box, then its lines."""


def terminal_text(form: PrintedForm, width: int = 80, *, color: bool = False, status: Status | None = None) -> str:
    """The form in lines of at most `width` columns (at least 20), with a line end after the last."""
    width = max(width, NARROWEST)
    paint = Paint(color)
    rule = paint.dim("-" * width)
    lines = [
        *_status(status, width, paint),
        *_header(form, width, paint),
        rule,
        *_boxes(form, width, paint),
        *_plan_block(form, width, paint),
        rule,
        *table_lines(form.table1, width, paint),
        "",
        *table_lines(form.table2, width, paint),
        *_owners(form, width, paint),
        "",
        *_explanation(form, width, paint),
        "",
        *_signatures(form, width, paint),
        "",
        *[paint.dim(line) for text in layouts.small_print(form.layout) for line in fold(text, width, hanging=2)],
    ]
    return "\n".join(line.rstrip(" ") for line in lines) + "\n"


class FormView:
    """A form that rich prints as wide as the console."""

    def __init__(self, form: PrintedForm, status: Status | None = None) -> None:
        """Show `form`, with what it is above it."""
        self.form = form
        self.status = status

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the form in the console's width and, if it has them, colours."""
        from rich.text import Text  # noqa: PLC0415 - rich is slow to load, and plain text does without it

        color = console.is_terminal and not console.no_color
        text = terminal_text(self.form, options.max_width, color=color, status=self.status)
        yield Text.from_ansi(text, end="")


def _status(status: Status | None, width: int, paint: Paint) -> list[str]:
    if status is None:
        return []
    style = paint.alarm if status.kind in {StatusKind.DRAFT, StatusKind.TEST} else paint.dim
    return [*[style(line) for line in fold(status.words, width)], ""]


def _header(form: PrintedForm, width: int, paint: Paint) -> list[str]:
    sheet = form.layout
    omb = f"{layouts.OMB_NUMBER} {sheet.omb_number}. {' '.join(layouts.OMB_BURDEN)} {sheet.burden_hours}"
    lines = [
        *[paint.bold(line) for line in fold(form.name, width)],
        *fold(f"{layouts.AGENCY}, {layouts.CITY}", width),
        *[paint.bold(line) for line in fold(sheet.title, width)],
        *[paint.dim(line) for line in fold(" ".join(layouts.PURSUANT), width)],
        *[paint.dim(line) for line in fold(f"{layouts.OMB_APPROVAL}. {omb}", width)],
    ]
    for box in sheet.boxes:
        lines += fold(f"{_mark(getattr(form, box.key))} {box.text}", width, hanging=4)
    return lines


def _plan_block(form: PrintedForm, width: int, paint: Paint) -> list[str]:
    block = form.layout.plan_block
    if block is None:
        return []
    head = [paint.bold(line) for line in fold(block.heading or "", width)]
    return ["", *head, *fold(f"{_mark(form.plan)} {block.text}", width, hanging=4)]


def _boxes(form: PrintedForm, width: int, paint: Paint) -> list[str]:
    columns = _columns(form)
    room = (width - 2 * len(_BAR)) // 3
    words = (word for column in columns for box in column for line in box for word in one_line(line).split(" "))
    if width < _THREE_BOXES or max(map(columns_of, words)) > room - _INDENT - _HANGING:
        return [line for column in columns for box in column for line in _box_lines(box, width, paint)]
    plain = Paint(color=False)
    sides = [[line for box in column for line in _box_lines(box, room, plain)] for column in columns]
    return [_BAR.join(pad(line, room) for line in level) for level in zip_longest(*sides, fillvalue="")]


_BAR: Final = " | "
_INDENT: Final = 3
_HANGING: Final = 4


def _box_lines(box: _Box, width: int, paint: Paint) -> list[str]:
    (label, *lines) = box
    drawn = [paint.dim(line) for line in fold(label, width, hanging=_INDENT)]
    return [
        *drawn,
        *[paint.data(line) for text in lines for line in fold(text, width, indent=_INDENT, hanging=_HANGING)],
    ]


def _columns(form: PrintedForm) -> tuple[list[_Box], list[_Box], list[_Box]]:
    """The boxes as they stand beside each other on the form: left, middle, right."""
    sheet = form.layout
    owner = _labelled(layouts.NAME_AND_ADDRESS, owner_lines(form.owners[0] if form.owners else PrintedOwner()))
    issuer = form.issuer
    name = issuer.name or (f"CIK {issuer.cik}" if issuer.cik else "")
    issuer_box = _labelled(sheet.issuer, [f"{name} [ {issuer.symbol} ]"])
    foreign = [] if sheet.foreign_symbol is None else [_labelled(sheet.foreign_symbol, [issuer.foreign_symbol])]
    period = _labelled(sheet.period, [form.period])
    amendment = _labelled(sheet.amendment, [form.amendment_date])
    joint = _labelled(sheet.joint, _filed_by(form))
    relationship = _labelled(f"{sheet.relationship} {layouts.CHECK_ALL}", _relationship(form))
    if sheet.form == "3":
        return [owner], [period, issuer_box, *foreign], [relationship, amendment, joint]
    return [owner], [issuer_box, *foreign, period, amendment], [relationship, joint]


def _labelled(label: str, lines: Sequence[str]) -> _Box:
    return [label, *[line for line in lines if line]]


def owner_lines(owner: PrintedOwner) -> list[str]:
    """Name and address, a line each; the CIK where the name is missing."""
    name = owner.name or (f"CIK {owner.cik}" if owner.cik else "")
    place = " ".join(part for part in (owner.city, owner.state, owner.zip_code) if part)
    return [line for line in (name, owner.street1, owner.street2, place, owner.country) if line]


def _relationship(form: PrintedForm) -> list[str]:
    one = (form.owners[0] if form.owners else PrintedOwner()).relationship
    director, ten_percent, officer, other = layouts.RELATIONSHIPS
    return [
        f"{_mark(one.director)} {director}",
        f"{_mark(one.ten_percent)} {ten_percent}",
        f"{_mark(one.officer)} {officer} {one.officer_title}",
        f"{_mark(one.other)} {other} {one.other_text}",
    ]


def _filed_by(form: PrintedForm) -> list[str]:
    one, many = layouts.FILED_BY
    return [f"{_mark(not form.joint)} {one}", f"{_mark(form.joint)} {many}"]


def _mark(marked: object) -> str:
    return "[X]" if marked else "[ ]"


def _owners(form: PrintedForm, width: int, paint: Paint) -> list[str]:
    if not form.joint:
        return []
    lines = []
    for owner in form.owners:
        lines += ["", *_box_lines(_labelled(layouts.NAME_AND_ADDRESS, owner_lines(owner)), width, paint)]
    return lines


def _explanation(form: PrintedForm, width: int, paint: Paint) -> list[str]:
    lines = [paint.bold(layouts.EXPLANATION)]
    if form.no_securities_owned:
        lines += [paint.note(line) for line in fold(layouts.NO_SECURITIES, width)]
    for note in form.footnotes:
        text = f"{note.number}. {note.text}" if note.number else note.text
        lines += [paint.note(line) for line in fold(text, width, hanging=3)]
    if form.remarks is not None:
        lines += [paint.bold(layouts.REMARKS), *[paint.note(line) for line in fold(form.remarks, width)]]
    return lines


def _signatures(form: PrintedForm, width: int, paint: Paint) -> list[str]:
    lines = [
        paint.data(line)
        for one in form.signatures
        for line in fold(f"{one_line(one.name)}  {one_line(one.date)}", width, hanging=2)
    ]
    return [*lines, *[paint.dim(line) for line in fold("   ".join(layouts.SIGNATURE), width)]]
