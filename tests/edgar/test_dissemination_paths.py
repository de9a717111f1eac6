from __future__ import annotations

from datetime import date

import pytest

from section16.edgar import dissemination_paths as paths
from section16.errors import IdentifierError, SourceError


def test_paths_are_those_of_edgar() -> None:
    day = date(2023, 7, 3)
    assert paths.quarterly_index_path(2023, 2) == "/Archives/edgar/full-index/2023/QTR2/master.gz"
    assert paths.daily_index_path(day, "form") == "/Archives/edgar/daily-index/2023/QTR3/form.20230703.idx"
    assert paths.daily_index_listing_path(2023, 3) == "/Archives/edgar/daily-index/2023/QTR3/index.json"
    assert paths.daily_feed_path(day) == "/Archives/edgar/Feed/2023/QTR3/20230703.nc.tar.gz"
    assert paths.submission_path("0000320193", "000032019323000079") == (
        "/Archives/edgar/data/320193/0000320193-23-000079.txt"
    )
    assert paths.submission_folder_path("320193", "0000320193-23-000079") == (
        "/Archives/edgar/data/320193/000032019323000079/0000320193-23-000079.txt"
    )
    assert paths.submissions_json_path("320193") == "/submissions/CIK0000320193.json"
    assert paths.newest_path("4/A", 100, 100).startswith("/cgi-bin/browse-edgar?action=getcurrent&type=4/A&")


def test_quarters_end_with_their_third_month() -> None:
    assert [paths.quarter_of(date(2023, month, 1)) for month in (1, 3, 4, 6, 7, 9, 10, 12)] == [1, 1, 2, 2, 3, 3, 4, 4]


def test_a_name_is_taken_apart_and_nothing_else_of_it_used() -> None:
    for name in (
        "edgar/data/320193/0000320193-23-000079.txt",
        "/Archives/edgar/data/0000320193/000032019323000079/0000320193-23-000079-index.htm",
        "https://www.sec.gov/Archives/edgar/data/320193/0000320193-23-000079-index.html",
    ):
        assert paths.filing_named(name) == ("320193", "0000320193-23-000079")


def test_odd_parts_make_no_path() -> None:
    with pytest.raises(IdentifierError):
        paths.submission_path("320193/..", "0000320193-23-000079")
    with pytest.raises(IdentifierError):
        paths.submission_path("320193", "../0000320193-23-000079")
    with pytest.raises(SourceError):
        paths.older_page_path("../x.json")
    with pytest.raises(SourceError):
        paths.newest_path("4&start=0", 0, 100)
