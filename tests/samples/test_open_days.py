from __future__ import annotations

from datetime import date

import pytest

from section16.samples.open_days import open_days


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2022, 9, 1), date(2022, 9, 6)),
        (date(2026, 6, 17), date(2026, 6, 22)),
        (date(2021, 12, 29), date(2022, 1, 3)),
        (date(2019, 6, 18), date(2019, 6, 20)),
        (date(2023, 11, 8), date(2023, 11, 13)),
        (date(2024, 3, 27), date(2024, 3, 29)),
    ],
)
def test_two_business_days_skip_weekends_and_federal_holidays(day: date, due: date) -> None:
    assert open_days().after(day, 2) == due


@pytest.mark.parametrize(
    "day", [date(2026, 7, 3), date(2024, 3, 29), date(2024, 12, 24), date(2025, 1, 9), date(2026, 10, 31)]
)
def test_nobody_trades_or_files_on_a_day_that_is_or_may_be_closed(day: date) -> None:
    calendar = open_days()
    assert calendar.busy_until(day) < day < calendar.busy_from(day)


def test_an_open_day_is_its_own_next_and_last() -> None:
    calendar = open_days()
    assert calendar.busy_from(date(2026, 3, 18)) == calendar.busy_until(date(2026, 3, 18)) == date(2026, 3, 18)
    assert calendar.after(date(2026, 3, 18), 0) == date(2026, 3, 18)
