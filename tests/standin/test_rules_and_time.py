from __future__ import annotations

from datetime import timedelta

import pytest

from section16.errors import UsageError
from section16.standin.catalogue import Catalogue
from section16.standin.fair_access import RateRule, busiest_second, declares_contact
from section16.standin.publication import Publication


def test_the_busiest_second_counts_any_second_not_those_of_the_clock() -> None:
    assert busiest_second([]) == 0
    assert busiest_second([0.0, 0.5, 0.999]) == 3
    assert busiest_second([0.0, 1.0, 2.0]) == 1
    assert busiest_second([5.9, 0.6, 0.7, 0.8, 1.0, 1.5, 1.59]) == 6


@pytest.mark.parametrize(
    ("agent", "declared"),
    [
        ("Sample Company AdminContact@sample.com", True),
        ("me <me@example.co.uk>", True),
        ("", False),
        ("Mozilla/5.0 (X11)", False),
        ("python-httpx/0.28", False),
        ("me@localhost", False),
    ],
)
def test_a_contact_is_an_address_of_e_mail(agent: str, declared: bool) -> None:
    assert declares_contact(agent) is declared


def test_ten_in_a_second_pass_and_the_eleventh_brings_a_block() -> None:
    now = [0.0]
    rule = RateRule(block=600, clock=lambda: now[0])
    for number in range(50):
        now[0] = number * 0.101
        assert rule.refuses_for() is None
    now[0] = 4.95
    assert rule.refuses_for() == 600
    now[0] = 5.0 + 300
    assert rule.refuses_for() == 300
    now[0] = 4.95 + 600
    assert rule.refuses_for() is None


def test_held_back_filings_come_when_they_are_published(catalogue: Catalogue) -> None:
    publication = Publication(catalogue, hold=10)
    assert publication.public == 50
    held = catalogue.filings[50]
    assert publication.view().filing(held.accession) is None
    assert publication.publish(1) == 51
    assert publication.view().filing(held.accession) == held
    assert next(iter(publication.view().newest())) == held
    assert publication.publish(100) == 60
    assert publication.publish(-5) == 60


def test_lists_show_nothing_that_is_held_back(catalogue: Catalogue) -> None:
    view = Publication(catalogue, hold=25).view()
    public = set(catalogue.filings[:35])
    assert set(view.newest()) == public
    assert {filing for day in view.days() for filing in view.of_day(day) or ()} == public
    assert {filing for cik in catalogue.parties() for filing in view.of_party(cik) or ()} == public
    quarters = {(day.year, (day.month + 2) // 3) for day in view.days()}
    assert {filing for of in quarters for filing in view.of_quarter(*of) or ()} == public


def test_a_replay_publishes_in_the_filings_own_rhythm(catalogue: Catalogue) -> None:
    now = [1_000.0]
    publication = Publication(catalogue, replay=60, clock=lambda: now[0])
    first, third = catalogue.filings[0], catalogue.filings[2]
    assert publication.public == 0
    now[0] += 1.001 / 60
    assert publication.public == 1
    wait = (third.accepted_at - first.accepted_at).total_seconds()
    now[0] += (wait - 1) / 60
    assert publication.public == 2
    now[0] += 2 / 60
    assert publication.public == 3


def test_in_a_replay_a_day_s_index_comes_with_the_next_day(catalogue: Catalogue) -> None:
    now = [0.0]
    publication = Publication(catalogue, replay=1, clock=lambda: now[0])
    first = catalogue.filings[0]
    now[0] = 2.0
    assert publication.public == 1
    assert publication.view().of_day(first.filed_on) is None
    midnight = (first.accepted_at + timedelta(days=1)).replace(hour=0, minute=0, second=0)
    if first.filed_on > first.accepted_at.date():
        midnight += first.filed_on - first.accepted_at.date()
    now[0] = (midnight - first.accepted_at).total_seconds() + 2
    assert first in (publication.view().of_day(first.filed_on) or [])


def test_a_replay_after_a_hold_begins_at_the_first_filing_held_back(catalogue: Catalogue) -> None:
    now = [0.0]
    publication = Publication(catalogue, hold=5, replay=1, clock=lambda: now[0])
    assert publication.public == 55
    now[0] = 1.5
    assert publication.public == 56


@pytest.mark.parametrize(("hold", "replay"), [(-1, None), (0, 0.0), (0, -2.0), (0, float("nan"))])
def test_a_hold_and_a_speed_are_sensible(catalogue: Catalogue, hold: int, replay: float | None) -> None:
    with pytest.raises(UsageError):
        Publication(catalogue, hold=hold, replay=replay)
