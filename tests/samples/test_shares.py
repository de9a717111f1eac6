"""The mix of the filings against the figures of real ones: all of the third quarter of 2024, and Forms 4 of 2023."""

from __future__ import annotations

from collections import Counter
from statistics import mean, median

import pytest

from section16.edgar.ownership_xml import write_ownership_xml
from section16.form.cells import Plain
from section16.form.document import OwnershipDocument, ReportingOwnerRelationship
from section16.form.rows import DerivativeTransaction, NonDerivativeTransaction
from section16.samples import Sample, sample_bytes


def share(counts: Counter[str], name: str) -> float:
    return counts[name] / counts.total()


@pytest.fixture(scope="module")
def forms_4(filings: list[Sample]) -> list[OwnershipDocument]:
    return [sample.document for sample in filings if sample.form == "4"]


@pytest.mark.parametrize(
    ("form", "real", "tolerance"),
    [("4", 0.902, 0.02), ("3", 0.079, 0.02), ("4/A", 0.0144, 0.006), ("3/A", 0.0024, 0.002), ("5", 0.0017, 0.002)],
)
def test_forms(form: str, real: float, tolerance: float, filings: list[Sample]) -> None:
    assert share(Counter(sample.form for sample in filings), form) == pytest.approx(real, abs=tolerance)


def test_half_of_the_forms_3_report_nothing_owned(filings: list[Sample]) -> None:
    first = [sample.document for sample in filings if sample.form == "3"]
    nothing = [document for document in first if not document.table_one and not document.table_two]
    assert len(nothing) / len(first) == pytest.approx(0.508, abs=0.07)
    stated = [document for document in first if document.schema_version in {"X0206", "X0307"}]
    assert all(bool(document.no_securities_owned) == (document in nothing) for document in stated)


def codes(documents: list[OwnershipDocument], table: str) -> Counter[str]:
    rows = [row for document in documents for row in getattr(document, table)]
    coded = [row.coding for row in rows if isinstance(row, NonDerivativeTransaction | DerivativeTransaction)]
    return Counter(coding.code for coding in coded if coding and coding.code)


@pytest.mark.parametrize(
    ("code", "real", "tolerance"),
    [
        ("S", 0.259, 0.06),
        ("A", 0.241, 0.05),
        ("F", 0.198, 0.04),
        ("M", 0.150, 0.03),
        ("P", 0.074, 0.03),
        ("G", 0.021, 0.01),
    ],
)
def test_codes_of_table_one(code: str, real: float, tolerance: float, forms_4: list[OwnershipDocument]) -> None:
    assert share(codes(forms_4, "table_one"), code) == pytest.approx(real, abs=tolerance)


@pytest.mark.parametrize(("code", "real", "tolerance"), [("A", 0.455, 0.13), ("M", 0.400, 0.08), ("J", 0.035, 0.02)])
def test_codes_of_table_two(code: str, real: float, tolerance: float, forms_4: list[OwnershipDocument]) -> None:
    assert share(codes(forms_4, "table_two"), code) == pytest.approx(real, abs=tolerance)


def test_every_code_in_use_occurs(forms_4: list[OwnershipDocument]) -> None:
    assert set(codes(forms_4, "table_one")) >= set("SAFMPGJDCXIL")
    assert set(codes(forms_4, "table_two")) >= set("AMJCDSPX")


def test_lines_footnotes_and_size(forms_4: list[OwnershipDocument]) -> None:
    lines = [len(document.table_one) + len(document.table_two) for document in forms_4]
    footnotes = [len(document.footnote_texts) for document in forms_4]
    lengths = [len(text) for document in forms_4 for text in document.footnote_texts.values()]
    sizes = [len(write_ownership_xml(document)) for document in forms_4[::3]]
    assert mean(lines) == pytest.approx(2.76, abs=0.4)
    assert mean(footnotes) == pytest.approx(2.49, abs=0.4)
    assert mean(lengths) == pytest.approx(256, abs=30)
    assert mean(sizes) == pytest.approx(6_595, abs=600)
    assert median(sizes) == pytest.approx(4_878, abs=800)
    assert max(lines) > 15


def test_a_submission_is_longer_than_its_document_by_the_header(filings: list[Sample]) -> None:
    plain = [sample for sample in filings[:400] if not sample.attachments and len(sample.filers) == 2]
    longer = [len(sample_bytes(sample, "submission")) - len(sample_bytes(sample, "xml")) for sample in plain]
    assert 1_200 < mean(longer) < 1_700


def test_owners_and_roles(filings: list[Sample]) -> None:
    alone = sum(1 for sample in filings if len(sample.document.reporting_owners) == 1)
    assert alone / len(filings) == pytest.approx(0.967, abs=0.025)
    assert max(len(sample.document.reporting_owners) for sample in filings) > 7
    boxes = [sample.document.reporting_owners[0].relationship for sample in filings]
    officers = sum(1 for box in boxes if box and box.is_officer and not box.is_director)
    directors = sum(1 for box in boxes if box and box.is_director and not box.is_officer)
    assert officers / len(filings) == pytest.approx(0.419, abs=0.08)
    assert directors / len(filings) == pytest.approx(0.383, abs=0.08)


def test_direct_and_indirect_and_a_footnote_for_a_value(forms_4: list[OwnershipDocument]) -> None:
    one = [row for document in forms_4 for row in document.table_one if isinstance(row, NonDerivativeTransaction)]
    direct = [row for row in one if row.ownership and row.ownership.direct_or_indirect and not row.ownership.nature]
    assert len(direct) / len(one) == pytest.approx(0.806, abs=0.09)
    two = [row for document in forms_4 for row in document.table_two if isinstance(row, DerivativeTransaction)]
    for cell, real in (("exercise_date", 0.782), ("expiration_date", 0.571), ("conversion_or_exercise_price", 0.51)):
        noted = [row for row in two if getattr(row, cell).text is None and getattr(row, cell).footnotes]
        assert len(noted) / len(two) == pytest.approx(real, abs=0.15), cell


def test_spelling_boxes_and_remarks(filings: list[Sample], forms_4: list[OwnershipDocument]) -> None:
    spelled = [document.reporting_owners[0].relationship for document in forms_4]
    words = [box for box in spelled if box and any(one and one.text in {"true", "false"} for one in answers(box))]
    assert len(words) / len(forms_4) == pytest.approx(0.09, abs=0.05)
    leaving = [document for document in forms_4 if document.not_subject_to_section16]
    assert len(leaving) / len(forms_4) == pytest.approx(0.026, abs=0.01)
    assert sum(1 for document in forms_4 if document.remarks) / len(forms_4) == pytest.approx(0.076, abs=0.025)
    boxed = [sample.document for sample in filings if sample.document.aff10b5_one is not None]
    assert sum(1 for document in boxed if document.aff10b5_one) / len(boxed) == pytest.approx(0.077, abs=0.04)
    assert sum(1 for document in forms_4 if document.derivative_table is None) / len(forms_4) == pytest.approx(
        0.32, abs=0.06
    )


def answers(box: ReportingOwnerRelationship) -> list[Plain[bool] | None]:
    return [box.is_director, box.is_officer, box.is_ten_percent_owner, box.is_other]


def test_all_editions_since_2003_occur(filings: list[Sample]) -> None:
    editions = Counter(sample.document.schema_version for sample in filings)
    forms_4_and_5 = {"X0101", "X0201", "X0202", "X0203", "X0303", "X0304", "X0305", "X0306", "X0407", "X0508", "X0609"}
    assert set(editions) >= forms_4_and_5 | {"X0206", "X0307"}
    assert editions.most_common(1)[0][0] == "X0306"
    assert editions["X0609"] > len(filings) / 50
