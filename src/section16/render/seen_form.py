"""What a reader of a page has seen on it, put together to the form as printed. For Markdown and HTML alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from section16.findings import Finding
from section16.form.edition import Look
from section16.render import layouts
from section16.render.page_words import FormNumber
from section16.render.picture import PictureNote, ReadPicture, picture_note
from section16.render.printed import (
    FormLayout,
    PrintedFootnote,
    PrintedForm,
    PrintedIssuer,
    PrintedOwner,
    PrintedSignature,
    PrintedTable,
)
from section16.render.transcription import transcribe


class Foot(msgspec.Struct, frozen=True, kw_only=True):
    """The lower part of a form: explanation, remarks (`None` without their heading), signatures."""

    no_securities_owned: bool = False
    footnotes: tuple[PrintedFootnote, ...] = ()
    remarks: str | None = None
    signatures: tuple[PrintedSignature, ...] = ()


class SeenForm(msgspec.Struct, frozen=True, kw_only=True):
    """Everything seen on a page.

    `name` is what stands large at the top if it names no known form. `marks` tells the check boxes that are there, by
    the key of :class:`CheckBox`, and whether each is marked. `plan_block` tells that the 10b5-1 box stands in a block
    of its own, `abroad` that the page has a place for a foreign symbol or country. `first` is the owner in box 1,
    `listed` are those after Table II, `joint` the mark in box 6. A table is `None` if the page has none.
    """

    form: FormNumber
    name: str | None
    marks: Mapping[str, bool]
    plan_block: bool
    abroad: bool
    first: PrintedOwner
    listed: Sequence[PrintedOwner]
    joint: bool
    issuer: PrintedIssuer
    period: str
    amendment_date: str
    table1: PrintedTable | None
    table2: PrintedTable | None
    foot: Foot


def seen_layout(seen: SeenForm) -> FormLayout:
    """Return the layout of the page: its form, in the look that its boxes tell."""
    return layouts.layout(seen.form, _look(seen))


def _look(seen: SeenForm) -> Look:
    if seen.abroad:
        return Look.Y2026_03
    if seen.form == "3" or "plan" not in seen.marks:
        return Look.Y2003
    return Look.Y2023_03 if seen.plan_block else Look.Y2023_07


def printed_form(seen: SeenForm) -> PrintedForm:
    """Return the form as printed on the page."""
    sheet = seen_layout(seen)
    boxes = [*sheet.boxes, *([sheet.plan_block] if sheet.plan_block else [])]
    owners = _owners(seen)
    return PrintedForm(
        layout=sheet,
        name=seen.name or sheet.name,
        **{box.key: seen.marks.get(box.key, False) for box in boxes},
        owners=() if owners == (PrintedOwner(),) else owners,
        issuer=seen.issuer,
        period=seen.period,
        amendment_date=seen.amendment_date,
        table1=seen.table1 or PrintedTable(layout=sheet.table1),
        table2=seen.table2 or PrintedTable(layout=sheet.table2),
        no_securities_owned=seen.foot.no_securities_owned,
        footnotes=seen.foot.footnotes,
        remarks=seen.foot.remarks,
        signatures=seen.foot.signatures,
    )


def _owners(seen: SeenForm) -> tuple[PrintedOwner, ...]:
    """All owners once. The list after Table II begins with the owner of box 1 again, with what else it knows."""
    if not seen.listed:
        return (seen.first,)
    listed = list(seen.listed)
    if listed[0].name == seen.first.name:
        del listed[0]
    return (seen.first, *listed)


def read_picture(seen: SeenForm, notes: Sequence[Finding]) -> ReadPicture:
    """Return the document that the page shows; `notes` are the reader's own, those about its contents are added."""
    form = printed_form(seen)
    document, of_contents = transcribe(form)
    return ReadPicture(document=document, look=form.look, notes=(*of_contents, *_of_owners(seen), *notes))


def _of_owners(seen: SeenForm) -> Iterator[Finding]:
    if seen.joint and not seen.listed:
        yield picture_note(PictureNote.MISSING_OWNERS, seen_layout(seen).joint)
