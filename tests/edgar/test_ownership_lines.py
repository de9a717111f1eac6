from __future__ import annotations

import pytest

from section16.edgar.ownership_lines import ElementLines
from section16.errors import SourceError

XML = b"""<ownershipDocument>
    <issuer>
        <issuerCik>1</issuerCik>
    </issuer>
    <!-- a comment -->
    <reportingOwner><reportingOwnerId/></reportingOwner>
    <reportingOwner>
        <reportingOwnerId/>
    </reportingOwner>
</ownershipDocument>"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("ownershipDocument", 1),
        ("ownershipDocument/issuer/issuerCik", 3),
        ("ownershipDocument/issuer[1]/issuerCik[1]", 3),
        ("ownershipDocument/issuer/issuerName", 2),
        ("ownershipDocument/reportingOwner/reportingOwnerId", 6),
        ("ownershipDocument/reportingOwner[2]", 7),
        ("ownershipDocument/reportingOwner[2]/reportingOwnerId", 8),
        ("ownershipDocument/reportingOwner[3]/reportingOwnerId", 1),
        ("edgarSubmission/edgarDocument", None),
    ],
)
def test_the_line_of_a_path_or_of_what_is_around_it(path: str, line: int | None) -> None:
    assert ElementLines(XML).of(path) == line


def test_what_is_no_xml_has_no_lines() -> None:
    with pytest.raises(SourceError):
        ElementLines(b"<a>")
