"""Documents to draw, and golden files to compare with: `pytest tests/render --refresh-golden` writes them anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from section16.edgar.ownership_xml import read_ownership_xml
from section16.form.document import OwnershipDocument

_HERE = Path(__file__).parent

_EMPTY = """<ownershipDocument><schemaVersion>X0306</schemaVersion><documentType>{form}</documentType>
<periodOfReport>2022-09-01</periodOfReport>{body}</ownershipDocument>"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture(scope="session")
def sample() -> Callable[[str], OwnershipDocument]:
    """Read one of the constructed documents by name."""
    return lambda name: read_ownership_xml((_HERE / "documents" / f"{name}.xml").read_bytes())


@pytest.fixture(scope="session")
def report() -> Callable[..., OwnershipDocument]:
    """Read a document of a form from the XML of what it has to say."""

    def read(body: str = "", form: str = "4") -> OwnershipDocument:
        return read_ownership_xml(_EMPTY.format(form=form, body=body).encode())

    return read


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of a name, or write it."""

    def compare(name: str, text: str) -> None:
        path = _HERE / "golden" / name
        if request.config.getoption("--refresh-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is not there: pytest tests/render --refresh-golden"
        assert text == path.read_text(encoding="utf-8")

    return compare
