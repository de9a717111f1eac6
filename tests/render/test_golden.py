"""Each form in each look it had, drawn and compared with a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from section16.form.document import OwnershipDocument
from section16.form.edition import Look, plain_look
from section16.render.html import html
from section16.render.print_form import print_form
from section16.render.status import status_of
from section16.render.terminal_text import terminal_text

Sample = Callable[[str], OwnershipDocument]
Golden = Callable[[str, str], None]

NAMES = sorted(path.stem for path in (Path(__file__).parent / "documents").glob("*.xml"))

IN_EVERY_LOOK = [
    (name, look)
    for name, form in (("form3-2026-derivative", "3"), ("form4a-2026-joint", "4"), ("form5-2026-late", "5"))
    for look in Look
    if plain_look(look, form) is look
]


def _form(html_page: str) -> str:
    """What stands in the body: the style sheet is compared once."""
    return html_page[html_page.index("<body") :]


def test_there_are_documents_to_draw() -> None:
    assert {name[:5] for name in NAMES} == {"form3", "form4", "form5"}


@pytest.mark.parametrize("name", NAMES)
def test_the_page_in_the_look_of_its_time(name: str, sample: Sample, golden: Golden) -> None:
    document = sample(name)
    page = html(print_form(document), status_of(document, source=f"{name}.xml"))
    golden(f"{name}.html", _form(page))


@pytest.mark.parametrize(("name", "look"), IN_EVERY_LOOK)
def test_the_page_in_every_look(name: str, look: Look, sample: Sample, golden: Golden) -> None:
    golden(f"{name}-in-{look}.html", _form(html(print_form(sample(name), look), None)))


def test_a_whole_page_with_its_policy_and_style(sample: Sample, golden: Golden) -> None:
    document = sample("form4-2003-tax-withholding")
    status = status_of(
        document,
        accession="9999000001-22-000001",
        accepted_at=datetime(2022, 9, 2, 18, 3, 51),  # noqa: DTZ001 - EDGAR's own time carries no zone
    )
    golden("whole-page.html", html(print_form(document), status))


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("name", NAMES)
def test_the_terminal_form(name: str, width: int, sample: Sample, golden: Golden) -> None:
    document = sample(name)
    status = status_of(document, source=f"{name}.xml")
    golden(f"{name}-{width}.txt", terminal_text(print_form(document), width, status=status))
