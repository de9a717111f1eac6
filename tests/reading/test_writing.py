from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec
import pytest

import section16
from section16.errors import SourceError, UsageError
from section16.form.edition import Look
from section16.reading import Filing, Format, read, write
from section16.reading.writing import Options, write_said

BEGINNINGS = {
    "xml": b"<?xml",
    "submission": b"<?xml",
    "json": b'{\n  "schema": 1',
    "md": b"",
    "html": b"<!doctype html",
    "pdf": b"%PDF-",
    "text": b"",
    "csv": b"",
}


@pytest.fixture(scope="module")
def filing(full_text: bytes) -> Filing:
    return read(full_text)


def test_every_format_is_tried() -> None:
    assert set(BEGINNINGS) == {one.value for one in Format}


@pytest.mark.parametrize("form", [one for one in Format if one is not Format.PDF])
def test_every_kind_of_source_is_written_in_every_format(form: Format, shapes: dict[str, bytes]) -> None:
    for kind, data in shapes.items():
        written = write(read(data), form)
        assert written.lower().startswith(BEGINNINGS[form].lower()), kind
        assert written.endswith(b"\n") or form is Format.HTML, kind


def test_pdf_is_written(filing: Filing) -> None:
    pytest.importorskip("typst")
    assert write(filing, "pdf").startswith(b"%PDF-")


def test_what_is_written_is_read_again_as_the_same_report(shapes: dict[str, bytes]) -> None:
    filing = read(shapes["full text"])
    for form in ("xml", "json"):
        assert read(write(filing, form)).document == filing.document
    assert read(write(filing, "md")).document.table_one is not None
    rows = list(csv.DictReader(io.StringIO(write(filing, "csv").decode(), newline="")))
    tables = [filing.document.table_one, filing.document.table_two]
    assert len(rows) == sum(len(table) for table in tables)


@pytest.mark.parametrize(("edition", "look"), [(one.value, one) for one in Look] + [("X0508", Look.Y2023_07)])
def test_an_edition_is_a_look_or_a_schema_version(edition: str, look: Look, amendment_xml: bytes) -> None:
    filing = read(amendment_xml)
    assert filing.drawn_look(edition) is look
    assert write(filing, "html", edition=edition) == write(filing, "html", edition=look.value)


@pytest.mark.parametrize("form", list(Format))
def test_an_unknown_edition_is_refused_with_the_known_ones(form: Format, filing: Filing) -> None:
    for edition in ("1999", "X05081", "newest"):
        with pytest.raises(UsageError, match="2023-07"):
            write(filing, form, edition=edition)
        with pytest.raises(UsageError, match="2023-07"):
            filing.drawn_look(edition)


def test_an_unknown_format_or_option_is_refused(filing: Filing) -> None:
    with pytest.raises(UsageError, match="known are xml, submission, json, md, html, pdf, text, csv"):
        write(filing, "docx")
    with pytest.raises(UsageError, match="colour"):
        write(filing, "text", colour=True)


def test_text_fits_the_width(filing: Filing) -> None:
    for width in (60, 100, 160):
        assert max(map(len, write(filing, "text", width=width).decode().splitlines())) <= width


def test_a_document_with_a_character_xml_cannot_hold_is_not_written(filing: Filing) -> None:
    bad = msgspec.structs.replace(filing, document=msgspec.structs.replace(filing.document, remarks="\x07"))
    for form in ("xml", "submission"):
        with pytest.raises(SourceError):
            write(bad, form)


def test_writing_says_nothing_where_nothing_was_assumed(filing: Filing) -> None:
    for form in ("xml", "json", "md", "html", "text", "csv"):
        assert write_said(filing, form)[1] == ()
    assert Options().answers is None


def test_a_notebook_shows_the_form(filing: Filing, tmp_path: Path) -> None:
    page = filing._repr_html_()
    assert page == write(filing, "html").decode()
    assert str(filing) == write(filing, "text", width=80).decode()
    assert repr(filing).startswith(f"<Filing {filing.accession}: Form {filing.form_type}, ")
    (tmp_path / "a.xml").write_bytes(section16.write(filing, "xml"))
    assert repr(section16.read(tmp_path / "a.xml")).startswith("<Filing ownership xml: Form ")


def test_an_edition_as_filed_is_null_where_there_is_none() -> None:
    assert read(b"<ownershipDocument/>").edition is None
    assert read(b"<ownershipDocument><schemaVersion> X0306 </schemaVersion></ownershipDocument>").edition == "X0306"
