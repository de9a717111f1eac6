from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.edgar.uuencoded import decode, encode, is_own_encoding, looks_uuencoded

# "begin" of a real shape: 45 bytes a line, blanks left off at line ends, an empty last line.
CAT = b"begin 644 cat.txt\n#0V%T\n\nend"


def test_a_uuencoded_text_decodes_and_is_encoded_alike() -> None:
    assert decode(CAT).content == b"Cat"
    assert encode(b"Cat", "cat.txt") == CAT
    assert is_own_encoding(CAT, b"Cat", "cat.txt")


@given(st.binary(max_size=500), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_any_bytes_survive_and_any_line_end_does(content: bytes, line_end: bytes) -> None:
    text = encode(content, "a.jpg")
    assert is_own_encoding(text, content, "a.jpg")
    assert decode(text).content == content
    assert decode(text.replace(b"\n", line_end)).content == content


def test_blanks_left_off_at_a_lines_end_are_read_as_blanks() -> None:
    assert decode(b"begin 644 zeros\n+0\n\nend").content == bytes([0x40]) + bytes(10)


def test_the_grave_accent_stands_for_a_blank() -> None:
    assert decode(b"begin 644 zeros\n#````\n`\nend").content == bytes(3)


def test_what_fills_the_last_group_is_of_no_account() -> None:
    assert decode(b"begin 644 one\n!0P\n\nend").content == b"C"
    assert decode(b"begin 644 one\n!0_V0\n\nend").content == b"C"
    assert not is_own_encoding(b"begin 644 one\n!0_V0\n\nend", b"C", "one")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (CAT.removesuffix(b"end"), "no 'end' line"),
        (encode(bytes(range(90)), "cut.jpg")[:100], "no 'end' line"),
        (b"", "no 'begin' line"),
        (b"begin with prose\nend", "no 'begin' line"),
        (CAT.replace(b"#0V%T", b"#0V%T0V%T"), "line 2 is not uuencoded, or says a wrong length"),
        (CAT.replace(b"#0V%T", b"#0V\x80T"), "line 2 is not uuencoded, or says a wrong length"),
        (CAT.replace(b"#0V%T", b"no code"), "line 2 is not uuencoded, or says a wrong length"),
        (CAT.replace(b"\n\nend", b"\n\n#0V%T\nend"), "line 4 is not uuencoded, or says a wrong length"),
        (CAT + b"\n" + CAT, "text behind its 'end' line"),
        (CAT + b"\nand a word", "text behind its 'end' line"),
    ],
)
def test_anything_else_is_a_fault_and_gives_no_bytes(text: bytes, fault: str) -> None:
    decoded = decode(text)
    assert (decoded.fault, decoded.content) == (fault, b"")


def test_code_that_swells_is_a_fault() -> None:
    decoded = decode(b"begin 644 bomb\n" + b"M\n" * 10_000 + b"\nend")
    assert decoded.fault is not None
    assert decoded.content == b""


def test_a_path_in_the_first_line_is_only_text() -> None:
    assert decode(CAT.replace(b"cat.txt", b"../../etc/passwd")).content == b"Cat"
    assert decode(CAT.replace(b"644", b"4755")).content == b"Cat"


@pytest.mark.parametrize("text", [b"begin at the beginning", b"begins 644 x", b"begin 644\n", b"The begin 644 x", b""])
def test_prose_with_the_word_begin_does_not_look_uuencoded(text: bytes) -> None:
    assert not looks_uuencoded(text)
