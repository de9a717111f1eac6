"""Text made safe to look at."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.render.markup import Template, escape, slot
from section16.render.visible import one_line, shown


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("Common Stock", "Common Stock"),
        ("é — 王 \u00a0x", "é — 王 \u00a0x"),
        ("a\tb\r\nc", "a\tb\r\nc"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\x9b\x7f\x85", r"\x9b\x7f\x85"),
        ("\u202e\u2066\u200f\u061c", r"\u202e\u2066\u200f\u061c"),
        ("\u200b\ufeff\u2060\u00ad", r"\u200b\ufeff\u2060\xad"),
        ("\U000e0041\ud800\ue000", r"\U000e0041\ud800\ue000"),
        ("\u2028\u2029", r"\u2028\u2029"),
    ],
)
def test_what_hides_is_shown_as_an_escape(text: str, visible: str) -> None:
    assert shown(text) == visible


@given(st.text())
def test_what_is_shown_holds_nothing_that_hides(text: str) -> None:
    visible = shown(text)
    assert shown(visible) == visible
    assert not {unicodedata.category(character) for character in visible} & {"Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def test_one_line_folds_blanks_and_line_ends() -> None:
    assert one_line("  a\r\n\tb   c\n") == "a b c"
    assert one_line("a\x1fb") == r"a\x1fb"


def test_markup_is_escaped_once_and_only_where_needed() -> None:
    assert escape("<b> & \"q\" 'a'") == "&lt;b&gt; &amp; \"q\" 'a'"
    assert escape("&amp;") == "&amp;amp;"
    plain = "C/O QUALYS, INC."
    assert escape(plain) is plain


def test_a_template_fills_its_slots_and_misses_none() -> None:
    template = Template(f"<b>{slot('one')}</b>{slot('two')}{slot('one')}")
    assert template.fill(one="1", two="\ufffc") == "<b>1</b>\ufffc1"
    with pytest.raises(KeyError):
        template.fill(one="1")
