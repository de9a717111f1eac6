"""Which spellings are numbers, dates and yes/no: those of EDGAR's schemas, and no other."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.form.values import read_boolean, read_date, read_decimal, read_text
from section16.limits import NUMBER_DIGITS

XML_BLANKS = " \t\r\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("0.00", "0.00"),
        ("13334.00", "13334.00"),
        ("00", "0"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+5", "5"),
        ("999999999999.9999", "999999999999.9999"),
        (" \n5\t\r ", "5"),
        ("9" * NUMBER_DIGITS, "9" * NUMBER_DIGITS),
        ("9" * 20 + "." + "1" * 20, "9" * 20 + "." + "1" * 20),
        ("." + "1" * NUMBER_DIGITS, "." + "1" * NUMBER_DIGITS),
    ],
)
def test_numbers(text: str, value: str) -> None:
    read = read_decimal(text)
    assert read == Decimal(value)
    assert str(read) == str(Decimal(value))  # the places too


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".", "-5", "-0", "+-5", "++5", "5-", "1,000", "1_000", "$5", "(5)", "5%", "1e9", "1E9"),
        *("1e400", "1e-400", "1e1000000000", "NaN", "nan", "sNaN", "inf", "Infinity", "-Infinity", "0x10", "0b1"),
        *("1.2.3", "1 2", "5 .0", "5f", "\uff11\uff10", "\u0663", "5\u0663", "\u00b2", "\u2460", "\u4e00"),
        *("\u00a05", "5\u2003", "5\x85", "5\x00", "five", "9" * (NUMBER_DIGITS + 1), "9" * NUMBER_DIGITS + ".1"),
        *("." + "1" * (NUMBER_DIGITS + 1), "9" * 50_000, "N/A"),
    ],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_decimal(text) is None


@given(st.text(alphabet="0123456789.+-eE_, \nNa\uff11", max_size=12))
def test_a_number_is_what_the_pattern_says(text: str) -> None:
    spelt = re.fullmatch(r"\+?([0-9]+(\.[0-9]*)?|\.[0-9]+)", text.strip(XML_BLANKS))
    assert read_decimal(text) == (Decimal(text.strip(XML_BLANKS)) if spelt else None)


@given(st.decimals(min_value=0, max_value=10**15, places=4))
def test_every_number_of_the_form_keeps_its_places(number: Decimal) -> None:
    text = f"{number:f}"
    assert str(read_decimal(text)) == str(Decimal(text))


@pytest.mark.parametrize(
    "text",
    [
        "2022-09-01",
        "2022-09-01Z",
        "2022-09-01-05:00",
        "2022-09-01+00:00",
        "2022-09-01+13:59",
        "2022-09-01-14:00",
        " 2022-09-01 ",
        "\n2022-09-01-05:00\t",
    ],
)
def test_a_zone_never_moves_the_day(text: str) -> None:
    assert read_date(text) == date(2022, 9, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("0001-01-01", date.min),
        ("9999-12-31", date.max),
        ("1934-06-06", date(1934, 6, 6)),
    ],
)
def test_days_at_the_edges_are_read(text: str, day: date) -> None:
    assert read_date(text) == day
    assert read_date(f"{text}-14:00") == day  # no arithmetic, so nothing overflows
    assert read_date(f"{text}+14:00") == day


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "2022-02-30", "2023-02-29", "2022-13-01", "2022-00-10", "2022-01-00", "2022-04-31"),
        *("0000-01-01", "0000-00-00", "10000-01-01", "-2022-09-01", "+2022-09-01", "2022-9-1", "22-09-01"),
        *("20220901", "2022-W35-4", "2022-W01-1", "2022W354", "2022-244", "2022244", "09/01/2022", "2022/09/01"),
        *("2022.09.01", "2022-09-01T00:00:00", "2022-09-01 00:00", "2022-09-01+14:01", "2022-09-01+99:99"),
        *("2022-09-01-05:60", "2022-09-01-5:00", "2022-09-01+0500", "2022-09-01z", "2022-09-01EST"),
        *("\uff12\uff10\uff12\uff12-09-01", "2022-0\u0669-01", "2022\u221209\u221201", "2022-09-01\x00", "today"),
        *("2022 -09-01", "2022-09-\n01", "2022-09-01" * 10_000),
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text) is None


@given(st.text(alphabet="0123456789-W/ T:Z+\uff11", max_size=16))
def test_a_day_is_what_the_pattern_says(text: str) -> None:
    day = read_date(text)
    if day is not None:
        assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?", text.strip(XML_BLANKS))
        assert day.isoformat() == text.strip(XML_BLANKS)[:10]


@given(st.dates())
def test_every_day_is_read(day: date) -> None:
    assert read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), ("true", True), ("0", False), ("false", False), (" 1\n", True)]
)
def test_yes_and_no(text: str, value: bool) -> None:
    assert read_boolean(text) is value


@pytest.mark.parametrize(
    "text", ["", " ", "TRUE", "True", "yes", "Y", "X", "no", "on", "01", "-1", "2", "\uff11", "\xa01", "1 1"]
)
def test_anything_else_is_neither(text: str) -> None:
    assert read_boolean(text) is None


def test_a_text_without_its_blanks_and_a_blank_one_is_none() -> None:
    assert read_text("  By  spouse\n") == "By  spouse"
    assert read_text(" \n\t") is None
    assert read_text("") is None
