"""The published vectors: due days, the six months of Section 16, days of lateness."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from section16 import law
from section16.law.six_months import Reading, within_six_months

VECTORS: dict[str, list[list[Any]]] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("traded", "due"), VECTORS["form4"])
def test_a_form_4_is_due_on_the_second_business_day(traded: str, due: str) -> None:
    assert law.form_4_due(day(traded)) == day(due)


@pytest.mark.parametrize(("traded", "told", "due"), VECTORS["form4_plan"])
def test_a_plan_s_trade_counts_from_the_notice_up_to_the_cap(traded: str, told: str, due: str) -> None:
    assert law.form_4_due(day(traded), deemed=day(told)) == day(due)


@pytest.mark.parametrize(("event", "due"), VECTORS["form3"])
def test_a_form_3_is_due_after_ten_days(event: str, due: str) -> None:
    assert law.form_3_due(day(event)) == day(due)


@pytest.mark.parametrize(("year_end", "due"), VECTORS["form5"])
def test_a_form_5_is_due_after_45_days(year_end: str, due: str) -> None:
    assert law.form_5_due(day(year_end)) == day(due)


@pytest.mark.parametrize(("one", "other", "matched"), VECTORS["match"])
def test_trades_match_within_less_than_six_months(one: str, other: str, matched: bool) -> None:
    for reading in Reading:
        assert within_six_months(day(one), day(other), reading) is matched
        assert within_six_months(day(other), day(one), reading) is matched


@pytest.mark.parametrize(("one", "other", "narrow", "wide"), VECTORS["match_month_end"])
def test_month_ends_have_two_readings(one: str, other: str, narrow: bool, wide: bool) -> None:
    assert within_six_months(day(one), day(other)) is narrow
    assert within_six_months(day(one), day(other), Reading.WIDE) is wide


@pytest.mark.parametrize(("due", "filed", "business", "calendar"), VECTORS["late"])
def test_lateness_counts_business_days(due: str, filed: str, business: int, calendar: int) -> None:
    assert law.business_days_after(day(due), day(filed)) == business
    assert (day(filed) - day(due)).days == calendar
