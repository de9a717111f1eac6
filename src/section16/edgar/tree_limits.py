"""Limits on a parsed tree: depth, elements, attributes, names, namespaces. Those on its bytes are in `safe_xml`."""

from __future__ import annotations

from typing import Final

from lxml import etree

from section16 import limits
from section16.edgar.safe_xml import local_name
from section16.errors import SourceError, excerpt

_too_deep: Final = etree.XPath(f"({'/*' * (limits.XML_DEPTH + 1)})[1]")
_MOST_DECLARED: Final = 4 * limits.OWNERSHIP_XML_BYTES


def refuse_excess(root: etree._Element) -> None:
    """Raise SourceError LIMIT_DEPTH, LIMIT_COUNT or LIMIT_SIZE for a tree over one of the limits on XML."""
    for deep in _too_deep(root):
        message = f"elements stand deeper than {limits.XML_DEPTH} inside one another"
        raise SourceError("LIMIT_DEPTH", message, line=deep.sourceline)
    count = 0
    for count, node in enumerate(root.iter(), start=1):
        if count > limits.XML_ELEMENTS:
            message = f"more than {limits.XML_ELEMENTS:,} elements"
            raise SourceError("LIMIT_COUNT", message, line=node.sourceline)
        if isinstance(node.tag, str) and (len(node.tag) > limits.XML_NAME_CHARACTERS or node.attrib):
            _refuse_names(node)
    _refuse_namespaces(root, count)


def _refuse_names(node: etree._Element) -> None:
    if len(node.attrib) > limits.XML_ATTRIBUTES:
        message = f"an element has {len(node.attrib):,} attributes, over the limit of {limits.XML_ATTRIBUTES}"
        raise SourceError("LIMIT_COUNT", message, line=node.sourceline, path=excerpt(local_name(node)))
    names = [local_name(node), *(str(name).rpartition("}")[2] for name in node.attrib)]
    if any(len(name) > limits.XML_NAME_CHARACTERS for name in names):
        message = f"a name is longer than {limits.XML_NAME_CHARACTERS} characters"
        raise SourceError("LIMIT_SIZE", message, line=node.sourceline)


def _refuse_namespaces(root: etree._Element, count: int) -> None:
    """Every element kept by itself repeats the declarations in scope: so their length times the elements is bounded."""
    declared = {what for _, what in etree.iterwalk(root, events=("start-ns",)) if what is not None}
    if len(declared) > limits.XML_ATTRIBUTES:
        message = f"{len(declared):,} namespace declarations, over the limit of {limits.XML_ATTRIBUTES}"
        raise SourceError("LIMIT_COUNT", message)
    if count * sum(len(prefix) + len(uri) for prefix, uri in declared) > _MOST_DECLARED:
        raise SourceError("LIMIT_SIZE", "the names of the namespaces are too long for so many elements")
