"""Where each element of an ownership document stands in its XML: from path to line."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from section16.edgar.safe_xml import local_name, parse

_STEP: Final = re.compile(r"([^\[]+)(?:\[([0-9]+)\])?")


class ElementLines:
    """The lines of one XML. Raises SourceError when made, as `safe_xml.parse` does."""

    def __init__(self, xml: bytes) -> None:
        """Parse the XML once; paths are looked up in it as they are asked for."""
        self._root = parse(xml)

    def of(self, path: str) -> int | None:
        """Line (from 1) of the element at a path: `ownershipDocument/reportingOwner[2]/reportingOwnerId`.

        Without a number the first of its name is meant. Of an element that is missing, the line of the one around it
        counts; None if the root has another name.
        """
        steps = path.split("/")
        if local_name(self._root) != steps[0]:
            return None
        element = self._root
        for step in steps[1:]:
            child = _child(element, step)
            if child is None:
                break
            element = child
        return element.sourceline


def _child(parent: etree._Element, step: str) -> etree._Element | None:
    """The child that a step of a path names: `reportingOwner[2]`."""
    found = _STEP.fullmatch(step)
    if found is None:
        return None
    left = int(found[2] or 1)
    for child in parent:
        if local_name(child) == found[1]:
            left -= 1
            if not left:
                return child
    return None
