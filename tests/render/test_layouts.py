"""Layouts: every field has its place, and each look has the places of its time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from section16.form.document import Footnotes, OwnershipDocument
from section16.form.edition import Look
from section16.form.field_table import Kind, plan
from section16.render import columns, layouts
from section16.render.print_form import print_form
from section16.render.printed import FormLayout

GROUPS = {Kind.GROUP, Kind.GROUPS, Kind.ROWS}
ALL = [layouts.layout(form, look) for form in "345" for look in Look]


def _leaves(record: type) -> Iterator[str]:
    """The elements of a record that hold a value or a reference themselves."""
    for field in plan(record).fields:
        if field.kind not in GROUPS or Footnotes in field.records:
            yield field.name
        for inner in field.records:
            if field.kind in GROUPS and inner is not Footnotes and hasattr(inner, "element"):
                yield from _leaves(inner)


def test_every_field_of_the_form_is_printed_somewhere_or_listed_as_unprinted() -> None:
    printed = {name for names in columns.FEEDS.values() for name in names} | set(layouts.PLACES)
    fields = set(_leaves(OwnershipDocument)) - {"footnotes"}
    assert fields - printed - set(layouts.UNPRINTED) == set()


def test_no_place_is_kept_for_a_field_that_does_not_exist() -> None:
    fields = set(_leaves(OwnershipDocument)) | {"footnote"}
    named = {name for names in columns.FEEDS.values() for name in names} | set(layouts.PLACES) | set(layouts.UNPRINTED)
    assert named <= fields
    assert not set(layouts.UNPRINTED) & (set(layouts.PLACES) | {n for names in columns.FEEDS.values() for n in names})


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: f"{layout.form}-{layout.look}")
def test_every_column_is_known_and_the_widths_fill_the_table(layout: FormLayout) -> None:
    for table in (layout.table1, layout.table2):
        keys = [column.key for column in table.columns]
        assert set(keys) <= set(columns.FEEDS)
        assert len(set(keys)) == len(keys)
        assert 90 <= sum(column.width for column in table.columns) <= 102


def test_a_column_that_feeds_from_a_field_stands_on_every_form_that_has_the_field() -> None:
    shown = {form: _shown(layouts.layout(form, Look.Y2026_03)) for form in "345"}
    in_tables = {name for names in columns.FEEDS.values() for name in names}
    for record in (plan(OwnershipDocument).by_name[name].records for name in ("nonDerivativeTable", "derivativeTable")):
        for row in record:
            for name, forms in _forms_of(row):
                for form in forms if name in in_tables else ():
                    assert name in shown[form], f"{name} on Form {form}"


def _shown(layout: FormLayout) -> set[str]:
    keys = [column.key for table in (layout.table1, layout.table2) for column in table.columns]
    return {name for key in keys for name in columns.FEEDS[key]}


def _forms_of(record: type) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field in plan(record).fields:
        yield field.name, tuple(field.item.on)
        for inner in field.records if field.kind is Kind.GROUP else ():
            yield from _forms_of(inner)


def test_the_plan_box_came_in_a_block_of_its_own_and_moved_into_the_header() -> None:
    old, block, header = (layouts.layout("4", look) for look in (Look.Y2003, Look.Y2023_03, Look.Y2023_07))
    assert [box.key for box in old.boxes] == ["exit_box"]
    assert old.plan_block is None
    assert [box.key for box in block.boxes] == ["exit_box"]
    assert block.plan_block is not None
    assert block.plan_block.heading == "Rule 10b5-1(c) Transaction Indication"
    assert [box.key for box in header.boxes] == ["exit_box", "plan"]
    assert header.plan_block is None


def test_the_foreign_symbol_and_the_country_line_came_in_2026() -> None:
    for form, box in (("3", "3a"), ("4", "2a"), ("5", "2a")):
        before, after = layouts.layout(form, Look.Y2023_07), layouts.layout(form, Look.Y2026_03)
        assert (before.foreign_symbol, before.country, before.zip_code) == (None, None, "(Zip)")
        assert (after.foreign_symbol, after.country) == (f"{box}. Foreign Trading Symbol", "(Country)")
        assert after.zip_code == "(Zip/Postal Code)"


def test_form_3_has_no_boxes_and_two_looks() -> None:
    assert {layouts.layout("3", look).look for look in Look} == {Look.Y2003, Look.Y2026_03}
    assert all(not layouts.layout("3", look).boxes for look in Look)


def test_an_unknown_form_is_drawn_in_the_layout_of_form_4_under_its_own_name() -> None:
    printed = print_form(OwnershipDocument(document_type="6"))
    assert (printed.form, printed.name) == ("4", "FORM 6")
    assert print_form(OwnershipDocument()).name == "FORM ?"
