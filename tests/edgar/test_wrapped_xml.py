from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.edgar.wrapped_xml import join_wrapped_lines

REPORT = (
    b'<?xml version="1.0"?>\n<ownershipDocument>\n    <footnotes>\n        <footnote id="F1">'
    + b" ".join(b"word%d" % number for number in range(200))
    + b"</footnote>\n    </footnotes>\n</ownershipDocument>"
)


def wrapped(text: bytes, width: int, line_end: bytes = b"\n") -> bytes:
    """Cut every line at `width` columns, as a fixed-width store does."""
    lines = text.split(b"\n")
    return line_end.join(line[at : at + width] for line in lines for at in range(0, max(len(line), 1), width))


@pytest.mark.parametrize("width", [80, 120, 132])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_cut_lines_are_joined_and_others_stay(width: int, line_end: bytes) -> None:
    assert join_wrapped_lines(wrapped(REPORT, width, line_end)) == REPORT.replace(b"\n", line_end)


def test_blanks_at_a_cut_are_neither_lost_nor_added() -> None:
    text = b"<a>" + b"x" * 6 + b" yy</a>"
    assert wrapped(text, 10) == b"<a>xxxxxx \nyy</a>"
    assert join_wrapped_lines(wrapped(text, 10)) == text
    assert join_wrapped_lines(wrapped(b"<a>xxxxxxx yy</a>", 10)) == b"<a>xxxxxxx yy</a>"


def test_one_line_over_the_usual_width_does_not_hide_the_cuts() -> None:
    text = wrapped(REPORT, 120) + b"\n<!-- " + b"-" * 125
    assert join_wrapped_lines(text) == REPORT + b"\n<!-- " + b"-" * 125


def test_the_last_line_and_an_empty_text_stay_as_they_are() -> None:
    assert join_wrapped_lines(b"abc\n") == b"abc\n"
    assert join_wrapped_lines(b"") == b""


@given(st.lists(st.text(alphabet="ab <>", max_size=50), max_size=10), st.integers(5, 20))
def test_a_text_cut_at_any_width_comes_back(lines: list[str], width: int) -> None:
    uneven = [line if len(line) % width else f"{line}c" for line in lines]
    text = "\n".join([*uneven, "x" * (width + 1), *uneven]).encode()
    assert join_wrapped_lines(wrapped(text, width)) == text
