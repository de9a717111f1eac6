"""Where each element of an ownership document stands in its XML: path to line."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from section16.edgar.safe_xml import local_name, parse


def line_numbers(xml: bytes) -> dict[str, int]:
    """Return the line (from 1) of each element by its path, `ownershipDocument/reportingOwner[2]/reportingOwnerId`.

    The first of its name stands under its path with `[1]` and without. Raises SourceError as `safe_xml.parse` does.
    """
    root = parse(xml)
    found = {local_name(root): root.sourceline or 1}
    _collect(root, local_name(root), found)
    return found


def _collect(parent: etree._Element, path: str, found: dict[str, int]) -> None:
    counts: Counter[str] = Counter()
    for child in parent:
        name = local_name(child)
        if not name:
            continue
        counts[name] += 1
        line = child.sourceline or 1
        numbered = f"{path}/{name}[{counts[name]}]"
        found[numbered] = line
        _collect(child, numbered, found)
        if counts[name] == 1:
            found[f"{path}/{name}"] = line
            _collect(child, f"{path}/{name}", found)
