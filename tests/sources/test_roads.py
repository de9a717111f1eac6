from __future__ import annotations

from datetime import date

from section16.sources.roads import spans


def test_days_that_follow_one_another_are_told_as_a_span() -> None:
    friday, monday, tuesday, later = date(2026, 11, 6), date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 16)
    assert spans([later, monday, friday, tuesday]) == [(friday, tuesday), (later, later)]
    assert spans([]) == []
