"""PDF without its extra."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from section16.errors import MissingExtraError
from section16.form.document import OwnershipDocument
from section16.render.pdf import pdf
from section16.render.print_form import print_form


def test_without_typst_the_error_names_the_line_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
    sample: Callable[[str], OwnershipDocument],
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'section16\[pdf\]'"):
        pdf(print_form(sample("form5-2026-late")), None)
