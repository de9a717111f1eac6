"""The form as one self-contained, accessible HTML page.

Words, their order and the tables they stand in are those of the page that sec.gov serves for the form, so that whoever
reads those pages, person or program, reads these; its class names are kept. What the page is (draft, filed, copy)
stands before `main`, outside the form. No script, nothing loaded from elsewhere; the policy in the head forbids both.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

from section16.render import layouts
from section16.render.html_boxes import boxes_html, header_html, italic, owners_html
from section16.render.html_tables import table_html
from section16.render.markup import Template, escape, slot
from section16.render.printed import FormLayout, PrintedForm
from section16.render.status import Status


def html(form: PrintedForm, status: Status | None) -> str:
    """The page. `status` is `None` only where what surrounds the form says already what it is."""
    known = {note.number for note in form.footnotes if note.number.isdecimal() and note.number.isascii()}
    return _page(form.layout).fill(
        name=escape(form.name),
        kind=f" {status.kind}" if status else "",
        status="" if status is None else _STATUS.fill(words=escape(status.words)),
        header=header_html(form),
        boxes=boxes_html(form),
        table1=table_html(form.table1, known),
        table2=table_html(form.table2, known),
        owners=owners_html(form),
        explanation=_explanation(form, known),
        signatures=_signatures(form),
    )


_STATUS: Final = Template(f'<aside aria-label="What this is">{slot("words")}</aside>\n')
_HEAD: Final = (
    '<table class="notes" role="presentation">\n'
    f'<tbody><tr><td class="MedSmallFormText"><b>{layouts.EXPLANATION}</b></td></tr>\n'
)


def _explanation(form: PrintedForm, known: set[str]) -> str:
    """Heading, footnotes in document order, remarks. Of two footnotes with one number the first is linked."""
    unlinked = set(known)
    rows = [_HEAD]
    if form.no_securities_owned:
        rows.append(f'<tr><td class="FootnoteData">{layouts.NO_SECURITIES}</td></tr>\n')
    for note in form.footnotes:
        number = note.number
        if number in unlinked:
            unlinked.discard(number)
            rows.append(f'<tr><td class="FootnoteData" id="note-{number}">{number}. {escape(note.text)}</td></tr>\n')
        else:
            text = f"{escape(number)}. {escape(note.text)}" if number else escape(note.text)
            rows.append(f'<tr><td class="FootnoteData">{text}</td></tr>\n')
    if form.remarks is not None:
        rows.append(
            f'<tr><td class="FormText"><b>{layouts.REMARKS}</b></td></tr>\n'
            f'<tr><td class="FootnoteData">{escape(form.remarks)}</td></tr>\n',
        )
    rows.append("</tbody></table>\n")
    return "".join(rows)


def _signatures(form: PrintedForm) -> str:
    return "".join(
        [
            f'<tr>\n<td></td>\n<td><u><span class="FormData">{escape(one.name)}</span></u></td>\n'
            f'<td><u><span class="FormData">{escape(one.date)}</span></u></td>\n</tr>\n'
            for one in form.signatures
        ],
    )


@cache
def _page(sheet: FormLayout) -> Template:
    style, digest = _style()
    *lines, last = layouts.small_print(sheet)
    notes = "".join(f'<tr><td colspan="3" class="MedSmallFormText">{italic(line)}</td></tr>\n' for line in lines)
    return Template(
        f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{digest}'; base-uri 'none'; \
form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>SEC {slot("name")}</title>
<style>{style}</style>
</head>
<body class="form{sheet.form}{slot("kind")}">
{slot("status")}<main>
<h1>SEC Form {sheet.form}</h1>
{slot("header")}{slot("boxes")}{slot("table1")}{slot("table2")}{slot("owners")}{slot("explanation")}\
<table class="signatures" role="presentation">
<colgroup><col width="60%"><col width="20%"><col width="20%"></colgroup>
<tbody>{slot("signatures")}<tr>
<td></td>
<td class="MedSmallFormText">{layouts.SIGNATURE[0]}</td>
<td class="MedSmallFormText">{layouts.SIGNATURE[1]}</td>
</tr>
{notes}<tr><td colspan="3" class="MedSmallFormText"><b>{last}</b></td></tr>
</tbody></table>
</main>
</body>
</html>
""",
    )


@cache
def _style() -> tuple[str, str]:
    """The style sheet, and the digest by which the page's policy admits it."""
    style = files(__package__).joinpath("form.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    return style, f"sha256-{digest}"
