r"""The lower part of the form as Markdown: explanation, remarks, signatures, small print.

A signature line ends in its date, so a date at the end of any other line is escaped (`09/02\/2022`); a signature
without a readable date stands underlined, name and date apart. No line of a filer's can be taken for a heading of the
form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from section16.render import layouts
from section16.render.markdown_text import (
    escaped,
    escaped_paragraph,
    folded,
    spelled,
    spelled_number,
    without_late_date,
)
from section16.render.page_words import HEADING_WORDS
from section16.render.printed import PrintedForm

_DATE: Final = re.compile(r"\d\d/\d\d/\d{4}", re.ASCII)
_LIST_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")


def foot_lines(form: PrintedForm) -> Iterator[str]:
    """Write everything below the tables, a paragraph each."""
    yield f"**{layouts.EXPLANATION}**"
    if form.no_securities_owned:
        yield layouts.NO_SECURITIES
    yield from _footnotes(form)
    if form.remarks is not None:
        yield f"**{layouts.REMARKS}**"
        if remarks := folded(form.remarks):
            yield without_late_date(_unlike_headings(escaped_paragraph(remarks)))
    for signature in form.signatures:
        yield _signature(folded(signature.name), folded(signature.date))
    for line in (" ".join(layouts.SIGNATURE), *layouts.small_print(form.layout)):
        yield escaped(line)


def _footnotes(form: PrintedForm) -> Iterator[str]:
    """`1. text`: a list where the numbers run on, else the full stop is escaped, so that no viewer counts anew."""
    expected: str | None = form.footnotes[0].number if form.footnotes else None
    for note in form.footnotes:
        runs_on = note.number == expected and _LIST_NUMBER.fullmatch(note.number) is not None
        expected = str(int(note.number) + 1) if runs_on else None
        number = f"{note.number}." if runs_on else rf"{spelled_number(note.number)}\."
        yield without_late_date(f"{number} {escaped_paragraph(note.text)}".rstrip(" "))


def _signature(name: str, date: str) -> str:
    """`name MM/DD/YYYY`; underlined apart where the date is another text, or missing."""
    if _DATE.fullmatch(date):
        return _unlike_headings(escaped_paragraph(f"{name} {date}"))
    return f"<u>{escaped(name)}</u> <u>{escaped(date)}</u>"


def _unlike_headings(markdown: str) -> str:
    """Keep a paragraph from being taken for a heading of the form."""
    if HEADING_WORDS.match(markdown) is None:
        return markdown
    first = markdown.removeprefix("\\")[0]
    return spelled(first) + markdown.removeprefix("\\")[1:]
