"""The upper part of the form in HTML: header with its check boxes, the numbered boxes, and the list of all owners."""

from __future__ import annotations

from functools import cache
from typing import Final

from section16.render import layouts
from section16.render.markup import Template, escape, slot
from section16.render.printed import CheckBox, FormLayout, PrintedForm, PrintedOwner, PrintedRelationship

_LINK: Final = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&amp;CIK="
_BOXES: Final = {
    True: '<span class="box" role="img" aria-label="Checked">X</span>',
    False: '<span class="box" role="img" aria-label="Not checked">&nbsp;&nbsp;</span>',
}
_MARKS: Final = {
    True: '<span class="FormData" role="img" aria-label="Checked">X</span>',
    False: '<span role="img" aria-label="Not checked"></span>',
}


def header_html(form: PrintedForm) -> str:
    """The table at the top: name of the form, title, OMB box, check boxes."""
    boxes = {box.key: _BOXES[bool(getattr(form, box.key))] for box in form.layout.boxes}
    return _header(form.layout).fill(name=escape(form.name), **boxes)


def boxes_html(form: PrintedForm) -> str:
    """The numbered boxes, with the first owner in them, and the 10b5-1 block of the look that has one."""
    sheet = form.layout
    owner = form.owners[0] if form.owners else _NOBODY
    foreign = form.issuer.foreign_symbol
    boxes = _boxes(sheet).fill(
        owner=owner_html(owner, sheet),
        issuer=_party(form.issuer.cik, form.issuer.name),
        symbol=escape(form.issuer.symbol),
        foreign_symbol=f"[{escape(foreign)}]" if foreign else "",
        relationship=_relationship_html(owner.relationship),
        period=escape(form.period),
        amendment=escape(form.amendment_date),
        joint=_JOINT[form.joint],
    )
    if sheet.plan_block is None:
        return boxes
    return boxes + _plan_block(sheet.plan_block).fill(plan=_BOXES[bool(form.plan)])


def owners_html(form: PrintedForm) -> str:
    """All owners one below the other, where there are more than one."""
    if not form.joint:
        return ""
    cells = "".join([f"<tr><td>\n{owner_html(owner, form.layout)}</td></tr>\n" for owner in form.owners])
    return f'<table class="owners" role="presentation"><tbody>\n{cells}</tbody></table>\n'


def owner_html(owner: PrintedOwner, sheet: FormLayout) -> str:
    """Box 1 with one owner."""
    return _owner(sheet.zip_code, sheet.country).fill(
        owner=_party(owner.cik, owner.name),
        street1=escape(owner.street1),
        street2=escape(owner.street2),
        city=escape(owner.city),
        state=escape(owner.state),
        zip_code=escape(owner.zip_code),
        country=escape(owner.country),
    )


_NOBODY: Final = PrintedOwner()


def _party(cik: str, name: str) -> str:
    """A name, linked where the CIK is known. Where the name is missing the style sheet shows the CIK instead."""
    if not cik:
        return f'<span class="FormData">{escape(name)}</span>'
    cik = cik.zfill(10)
    return f'<a href="{_LINK}{cik}" data-cik="{cik}" rel="noreferrer">{escape(name)}</a>'


def _relationship_html(relationship: PrintedRelationship) -> str:
    return _RELATIONSHIP.fill(
        director=_MARKS[relationship.director],
        ten_percent=_MARKS[relationship.ten_percent],
        officer=_MARKS[relationship.officer],
        other=_MARKS[relationship.other],
        officer_title=escape(relationship.officer_title),
        other_text=escape(relationship.other_text),
    )


def italic(text: str) -> str:
    """A fixed line of the form with its `see` in italics."""
    return text.replace(" see ", " <i>see</i> ").replace(" See ", " <i>See</i> ")


@cache
def _header(sheet: FormLayout) -> Template:
    rows = 1 + len(sheet.boxes)
    pursuant = "<br>".join(f'<span class="MedSmallFormText">{line}</span>' for line in layouts.PURSUANT)
    checks = "".join(
        f'<tr class="check"><td>{slot(box.key)}</td><td class="SmallFormText">{italic(box.text)}</td></tr>\n'
        for box in sheet.boxes
    )
    return Template(
        f"""<table class="head" role="presentation">
<colgroup><col width="2%"><col width="18%"><col width="60%"><col width="20%"></colgroup>
<tbody><tr>
<td colspan="2" class="FormName">{slot("name")}</td>
<td rowspan="{rows}"><span class="FormTitle">{layouts.AGENCY}</span><br>\
<span class="MedSmallFormText">{layouts.CITY}</span><br><br><span class="FormTitle">{sheet.title}</span><br><br>\
{pursuant}</td>
<td rowspan="{rows}"><table class="omb" role="presentation"><tbody>
<tr><td class="FormTextC">{layouts.OMB_APPROVAL}</td></tr>
<tr><td><table role="presentation"><tbody>
<tr><td class="SmallFormText">{layouts.OMB_NUMBER}</td><td class="SmallFormTextR">{sheet.omb_number}</td></tr>
<tr><td class="SmallFormText" colspan="2">{layouts.OMB_BURDEN[0]}</td></tr>
<tr><td class="SmallFormText">{layouts.OMB_BURDEN[1]}</td><td class="SmallFormTextR">{sheet.burden_hours}</td></tr>
</tbody></table></td></tr>
</tbody></table></td>
</tr>
{checks}</tbody></table>
""",
    )


@cache
def _boxes(sheet: FormLayout) -> Template:
    """The table of boxes: Form 3 has four columns with the event's date in the second, Forms 4 and 5 have three."""
    rows = _boxes_of_form_3(sheet) if sheet.form == "3" else _boxes_of_forms_4_and_5(sheet)
    widths = (30, 15, 30, 25) if sheet.form == "3" else (35, 35, 30)
    columns = "".join(f'<col width="{width}%">' for width in widths)
    body = "".join(f"<tr>\n{row}</tr>\n" for row in rows)
    return Template(
        f'<table class="boxes" role="presentation">\n<colgroup>{columns}</colgroup>\n<tbody>{body}</tbody></table>\n',
    )


def _boxes_of_forms_4_and_5(sheet: FormLayout) -> list[str]:
    foreign = [] if sheet.foreign_symbol is None else [_cell(_foreign_symbol(sheet.foreign_symbol))]
    return [
        _cell(slot("owner"), rows=3 + len(foreign))
        + _cell(_issuer(sheet))
        + _cell(_relationship(sheet), rows=2 + len(foreign)),
        *foreign,
        _cell(_dated(sheet.period, "period")),
        _cell(_dated(sheet.amendment, "amendment")) + _cell(_label(sheet.joint) + slot("joint")),
    ]


def _boxes_of_form_3(sheet: FormLayout) -> list[str]:
    foreign = [] if sheet.foreign_symbol is None else [_cell(_foreign_symbol(sheet.foreign_symbol), columns=2)]
    return [
        _cell(slot("owner"), rows=3 + len(foreign))
        + _cell(_dated(sheet.period, "period"), rows=3 + len(foreign))
        + _cell(_issuer(sheet), columns=2),
        *foreign,
        _cell(_relationship(sheet), rows=2) + _cell(_dated(sheet.amendment, "amendment")),
        _cell(_label(sheet.joint) + slot("joint")),
    ]


def _cell(content: str, *, rows: int = 1, columns: int = 1) -> str:
    spans = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")
    return f"<td{spans}>\n{content}\n</td>\n"


def _issuer(sheet: FormLayout) -> str:
    label = _label(sheet.issuer.replace(" and ", " <b>and</b> ", 1))
    return f'{label}<br>{slot("issuer")}\n [ <span class="FormData">{slot("symbol")}</span> ]'


def _foreign_symbol(label: str) -> str:
    return f'{_label(label)}<br><span class="FormData">{slot("foreign_symbol")}</span>'


def _relationship(sheet: FormLayout) -> str:
    return f"{_label(sheet.relationship)}<br>{_label(layouts.CHECK_ALL)}{slot('relationship')}"


def _dated(label: str, name: str) -> str:
    return f'{_label(label)}<br><span class="FormData">{slot(name)}</span>'


def _label(text: str) -> str:
    return f'<span class="MedSmallFormText">{text}</span>'


def _small_table(*rows: str, kind: str = "") -> str:
    names = f' class="{kind}"' if kind else ""
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table{names} role="presentation"><tbody>{body}</tbody></table>\n'


def _mark_row(*labels: tuple[str, str]) -> str:
    return "".join(
        f'<td class="mark">{slot(name)}</td><td class="MedSmallFormText">{label}</td>' for name, label in labels
    )


_DIRECTOR, _TEN_PERCENT, _OFFICER, _OTHER = layouts.RELATIONSHIPS
_RELATIONSHIP: Final = Template(
    _small_table(
        _mark_row(("director", _DIRECTOR), ("ten_percent", _TEN_PERCENT)),
        _mark_row(("officer", _OFFICER), ("other", _OTHER)),
        f'<td></td><td><span class="FormData">{slot("officer_title")}</span></td>'
        f'<td></td><td><span class="FormData">{slot("other_text")}</span></td>',
    ),
)
_FILED_BY: Final = Template(
    _small_table(_mark_row(("one", layouts.FILED_BY[0])), _mark_row(("many", layouts.FILED_BY[1]))),
)
_JOINT: Final = {joint: _FILED_BY.fill(one=_MARKS[not joint], many=_MARKS[joint]) for joint in (False, True)}


@cache
def _owner(zip_code: str, country: str | None) -> Template:
    def parts(*cells: str) -> str:
        return "".join(f"<td>{cell}</td>" for cell in cells)

    def data(name: str) -> str:
        return f'<span class="FormData">{slot(name)}</span>'

    labels = [_label(text) for text in (*layouts.CITY_AND_STATE, zip_code)]
    markup = (
        _label(layouts.NAME_AND_ADDRESS.replace("*", "<sup>*</sup>"))
        + _small_table(parts(slot("owner")))
        + "<hr>\n"
        + _small_table(parts(*map(_label, layouts.NAME_PARTS)), kind="third")
        + _small_table(parts(data("street1")), f'<td class="line">{data("street2")}</td>')
        + "<hr>\n"
        + _label(layouts.STREET)
        + _small_table(parts(data("city"), data("state"), data("zip_code")), kind="third")
        + "<hr>\n"
        + _small_table(parts(*labels), kind="third")
    )
    if country is not None:
        markup += _small_table(parts(data("country"))) + "<hr>\n" + _small_table(parts(_label(country)))
    return Template(markup)


@cache
def _plan_block(block: CheckBox) -> Template:
    return Template(
        '<table class="boxes" role="presentation"><colgroup><col width="3%"><col width="97%"></colgroup><tbody>\n'
        f'<tr><td colspan="2" class="MedSmallFormText"><b>{block.heading}</b></td></tr>\n'
        f'<tr><td>{slot("plan")}</td><td class="SmallFormText">{italic(block.text)}</td></tr>\n</tbody></table>\n',
    )
