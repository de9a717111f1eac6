"""Generated filings that nobody spoiled are sound: no rule objects but for the notes that are explained here."""

from __future__ import annotations

from collections import Counter

import section16
from section16.rules import check
from section16.samples import generate, sample_bytes

EXPLAINED = {
    "L-70": "plan trades of which the broker told the insider a day later, as half of all filers report them",
    "AN-TICKER": "issuers without a symbol, some of which write N/A",
}
"""The notes that sound filings may have, and why."""


def test_two_thousand_sound_filings_have_no_finding() -> None:
    found: Counter[str] = Counter()
    sound = [sample for sample in generate(2_100, 20_261_122) if not sample.faults]
    assert len(sound) > 2_000
    for sample in sound:
        found.update(one.rule for one in check(section16.read(sample_bytes(sample, "submission"))))
    assert set(found) <= set(EXPLAINED), found
    assert found.total() < len(sound) / 50


def test_the_same_filings_without_their_container_have_none_either() -> None:
    for sample in generate(400, 3):
        if not sample.faults:
            found = check(section16.read(sample_bytes(sample, "xml")))
            assert {one.rule for one in found} <= set(EXPLAINED), (sample.accession, found)
