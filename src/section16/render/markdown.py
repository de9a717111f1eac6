r"""The form as Markdown: the tables and lines of the page that sec.gov serves, as a converter of web pages writes them.

The notation: `<br>` for a line in a box, `<u>` around a name or date, `<hr/>` for a rule, `<input checked=""
type="checkbox"/>` before a marked box and nothing before an unmarked one, ` <sup>(1)</sup>` for a footnote mark, `\$`
before money. The officer's title and the other text stand on two lines, an empty street is an empty line. Table II
without rows has its upper headings only, save those of the two dates. `markdown_text` keeps third-party words words.

`read_markdown` reads it back to the same printed form. What a form does not print cannot come back:

- `schemaVersion`, `issuerCik`, `rptOwnerCik`, `rptOwnerCcc`, `rptOwnerStateDescription`, `rptOwnerGoodAddress`, and
  `reportingOwnerRelationship` of all owners but the first;
- `transactionTimeliness`, save L beside form type 5 on Form 5 and the footnotes of it on Form 4; `transactionFormType`
  where no mark tells it; the whole `transactionCoding` of a line that shows neither code nor mark;
- `/A` of an amendment without the date of its original; a transaction that fills no cell of its own (a holding then);
- whether a box not marked was `0` or missing, spellings of numbers and dates, zones, blanks; edition X0101's own names;
- outside the schema: which of two alternatives a lone footnote mark annotates (a number of securities then), whose the
  marks are where two fields share a cell, ids of footnotes that are bare numbers (`1` reads as `F1`), a text such as
  `1,000` where a number belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from section16.render import layouts
from section16.render.city_line import CityLine, city_line_markdown
from section16.render.markdown_foot import foot_lines
from section16.render.markdown_text import (
    escaped,
    spelled,
    spelled_number,
)
from section16.render.page_words import MONEY_COLUMNS, WORD_COLUMNS
from section16.render.printed import (
    CheckBox,
    Column,
    FormLayout,
    PrintedCell,
    PrintedForm,
    PrintedOwner,
    PrintedRelationship,
    PrintedTable,
    TableLayout,
)

_MARKED: Final = '<input checked="" type="checkbox"/> '
_RULE: Final = "<hr/> "
_BREAK: Final = "<br>"
_DATE: Final = re.compile(r"\d\d/\d\d/\d{4}", re.ASCII)
_LIST_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")
_OWNER_LABEL: Final = re.compile(r"\((?=(?:Last|Street|City|Country)\))", re.IGNORECASE)
_DATE_COLUMNS: Final = frozenset({"exercisable", "expiration"})
_NOBODY: Final = PrintedOwner()


def markdown(form: PrintedForm) -> str:
    """Return the form as Markdown, one line break at its end."""
    return "\n\n".join([*_head(form), _boxes(form), *_plan_block(form), *_tables(form), *foot_lines(form)]) + "\n"


def _head(form: PrintedForm) -> Iterator[str]:
    sheet = form.layout
    if form.name != sheet.name:
        yield f"**{escaped(form.name)}**"
    yield _rows(
        [
            [layouts.OMB_APPROVAL, ""],
            [layouts.OMB_NUMBER, sheet.omb_number],
            [" ".join(layouts.OMB_BURDEN), sheet.burden_hours],
        ],
    )
    yield f"**{sheet.title}**"
    for box in sheet.boxes:
        yield _check_box(form, box)
    yield " ".join(layouts.PURSUANT)


def _check_box(form: PrintedForm, box: CheckBox) -> str:
    return (_MARKED if getattr(form, box.key) else "") + box.text


def _plan_block(form: PrintedForm) -> Iterator[str]:
    if form.layout.plan_block is not None:
        yield f"**{form.layout.plan_block.heading}**"
        yield _check_box(form, form.layout.plan_block)


def _rows(rows: Sequence[Sequence[str]]) -> str:
    """Write a table: the first of the rows is its head."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + "--|" * len(rows[0]), *body])


def _boxes(form: PrintedForm) -> str:
    sheet, owner = form.layout, form.owners[0] if form.owners else _NOBODY
    foreign = [] if sheet.foreign_symbol is None else [_underlined(sheet.foreign_symbol, form.issuer.foreign_symbol)]
    name, symbol = escaped(form.issuer.name), escaped(form.issuer.symbol)
    issuer = f"{sheet.issuer}{_BREAK}<u>{' '.join(part for part in (name, '[', symbol, ']') if part)}</u>"
    period = _underlined(sheet.period, form.period)
    amendment = _underlined(sheet.amendment, form.amendment_date)
    relationship, joint = _relationship(sheet, owner.relationship), _joint(form)
    box_1 = _owner(sheet, owner)
    if sheet.form == "3":
        return _rows(
            [
                [""] * 4,
                [box_1, period, issuer, ""],
                *([["", "", cell, ""] for cell in foreign]),
                ["", "", relationship, amendment],
                ["", "", "", joint],
            ],
        )
    middle = [[box_1, issuer, relationship], *(["", cell, ""] for cell in foreign)]
    return _rows([[""] * 3, *middle, ["", period, ""], ["", amendment, joint]])


def _underlined(label: str, text: str) -> str:
    return f"{label}{_BREAK}<u>{escaped(text)}</u>" if text else label


def _owner(sheet: FormLayout, owner: PrintedOwner) -> str:
    lines = [
        layouts.NAME_AND_ADDRESS,
        f"<u>{_box_1_text(owner.name)}</u>",
        _RULE + " ".join(layouts.NAME_PARTS),
        _box_1_text(owner.street1),
        _box_1_text(owner.street2),
        _RULE + layouts.STREET,
        _box_1_labels(city_line_markdown(CityLine(owner.city, owner.state, owner.zip_code))),
        _RULE + " ".join((*layouts.CITY_AND_STATE, sheet.zip_code)),
    ]
    if sheet.country is not None:
        lines += [_box_1_text(owner.country), _RULE + sheet.country]
    return _BREAK.join(lines)


def _box_1_text(text: str) -> str:
    return _box_1_labels(escaped(text))


def _box_1_labels(markdown: str) -> str:
    """Keep a name or street from looking like a label of box 1."""
    return _OWNER_LABEL.sub(r"\\(", markdown)


def _relationship(sheet: FormLayout, relationship: PrintedRelationship) -> str:
    marks = (relationship.director, relationship.ten_percent, relationship.officer, relationship.other)
    director, ten_percent, officer, other = [
        (_MARKED if mark else "") + label for mark, label in zip(marks, layouts.RELATIONSHIPS, strict=True)
    ]
    lines = [f"{sheet.relationship} {layouts.CHECK_ALL}", f"{director} {ten_percent}", f"{officer} {other}"]
    title, text = escaped(relationship.officer_title), escaped(relationship.other_text)
    if text or (title and not relationship.officer):
        lines += [title, text]
    elif title:
        lines.append(title)
    return _BREAK.join(lines)


def _joint(form: PrintedForm) -> str:
    one, many = layouts.FILED_BY
    marks = ("", _MARKED) if form.joint else (_MARKED, "")
    return _BREAK.join([form.layout.joint, marks[0] + one, marks[1] + many])


def _tables(form: PrintedForm) -> Iterator[str]:
    for table in (form.table1, form.table2):
        yield f"**{' '.join(table.layout.title)}**"
        yield _rows([*_headings(table), *_body(table)])
    if form.joint:
        yield _rows([[""], *([_owner(form.layout, owner)] for owner in form.owners)])


def _headings(table: PrintedTable) -> Iterator[list[str]]:
    columns = _headed_columns(table)
    seen: set[str] = set()
    upper = []
    for column in columns:
        upper.append("" if column.group in seen else column.group or column.heading)
        seen.update([column.group] if column.group else ())
    yield upper
    if seen:
        groups = [column.group for column in columns]
        yield [column.heading if column.group and _is_spread(column, groups, table) else "" for column in columns]


def _headed_columns(table: PrintedTable) -> list[Column]:
    """All columns; of Table II without rows only the first of each group, but both dates."""
    columns = list(table.layout.columns)
    if table.rows or table.layout.number == "I":
        return columns
    groups = [column.group for column in columns]
    return [
        column
        for index, column in enumerate(columns)
        if column.group is None or column.key in _DATE_COLUMNS or column.group not in groups[:index]
    ]


def _is_spread(column: Column, groups: list[str | None], table: PrintedTable) -> bool:
    """Whether the column has its own heading below that of its group."""
    return bool(table.rows) or table.layout.number == "I" or groups.count(column.group) > 1


def _body(table: PrintedTable) -> Iterator[list[str]]:
    for row in table.rows:
        yield [_cell(cell, table.layout, index) for index, cell in enumerate(row)]


def _cell(cell: PrintedCell, table: TableLayout, index: int) -> str:
    key = table.columns[index].key
    text = escaped(cell.text)
    if key not in WORD_COLUMNS:
        text = text.replace("(", r"\(")
    if cell.dollar:
        text = rf"\${text}"
    elif key in MONEY_COLUMNS and text.startswith(r"\$"):
        text = spelled("$") + text[2:]
    return " ".join([text, *(f"<sup>({spelled_number(note)})</sup>" for note in cell.notes)]).strip()
