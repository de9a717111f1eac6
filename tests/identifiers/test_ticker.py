from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section16.errors import IdentifierError
from section16.identifiers import ticker

WRITTEN = {
    "QLYS": ("QLYS",),
    "qlys": ("QLYS",),
    " QLYS ": ("QLYS",),
    "$QLYS": ("QLYS",),
    '"QLYS"': ("QLYS",),
    "(SIRI)": ("SIRI",),
    "NYSE: KRC": ("KRC",),
    "NASDAQ:RMR": ("RMR",),
    "(Nasdaq: AAPL)": ("AAPL",),
    "NYSE AMERICAN: UAMY": ("UAMY",),
    "NYSE/TRN": ("TRN",),
    "NTIP-NYSE": ("NTIP",),
    "SCIA.OB": ("SCIA",),
    "QLYS US Equity": ("QLYS",),
    "N O G": ("NOG",),
    "NYSE: BRK/B": ("BRK.B",),
    "BRK-B": ("BRK.B",),
    "BRK–B": ("BRK.B",),
    "BRK B": ("BRK.B",),
    "BRK.B": ("BRK.B",),
    "ACRG.A.U": ("ACRG.A.U",),
    "2330.TW": ("2330.TW",),
    "7203": ("7203",),
    "BFA, BFB": ("BFA", "BFB"),
    "HEI, HEI.A": ("HEI", "HEI.A"),
    "LSXMA; LSXMB; LSXMK": ("LSXMA", "LSXMB", "LSXMK"),
    "MOGA/MOGB": ("MOGA", "MOGB"),
    "Z AND ZG": ("Z", "ZG"),
    "BIO BIOB": ("BIO", "BIOB"),
    "TSX: RY; NYSE: RY": ("RY",),
    "N/A": (),
    "n/a": (),
    "N.A.": (),
    "None": (),
    "[None]": (),
    "-": (),
    "": (),
    "NASDAQ": (),
    "1314152": (),
    "ctb$news20": (),
    "GPAC II": (),
}


@pytest.mark.parametrize(("text", "symbols"), WRITTEN.items(), ids=repr)
def test_what_filers_write_becomes_symbols(text: str, symbols: tuple[str, ...]) -> None:
    assert ticker.symbols(text) == symbols
    assert ticker.compact(text) == ", ".join(symbols)
    assert ticker.is_valid(text) == (len(symbols) == 1)


def test_none_and_several_are_refused_each_in_its_words() -> None:
    with pytest.raises(IdentifierError, match="no trading symbol"):
        ticker.validate("N/A")
    with pytest.raises(IdentifierError, match="several symbols"):
        ticker.format("BFA, BFB")


@given(st.text(max_size=40) | st.text(alphabet="ABNOQZ19 .-/,;:$()&", max_size=20))
def test_a_symbol_once_found_is_found_again_as_it_is(text: str) -> None:
    for symbol in ticker.symbols(text):
        assert ticker.symbols(symbol) == (symbol,)
        assert symbol.isascii()
