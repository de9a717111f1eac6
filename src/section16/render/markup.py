"""HTML building blocks: escaping, and templates split once and filled often."""

from __future__ import annotations

from typing import Final

from section16.render.visible import shown

_EDGE: Final = "\ufffc"


def slot(name: str) -> str:
    """Return what stands in a template where the value `name` goes."""
    return f"{_EDGE}{name}{_EDGE}"


def escape(text: str) -> str:
    """Return third-party text for a text node, never for an attribute: markup escaped, hidden characters visible."""
    if not text.isprintable():
        text = shown(text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


class Template:
    """A piece of markup with named slots. A name may stand in several."""

    __slots__ = ("_names", "_parts")

    def __init__(self, markup: str) -> None:
        """Split `markup` at its slots."""
        self._parts = markup.split(_EDGE)
        self._names = self._parts[1::2]

    def fill(self, **values: str) -> str:
        """Return the markup with the values, escaped by the caller, in its slots. KeyError if one is missing."""
        whole = self._parts.copy()
        whole[1::2] = map(values.__getitem__, self._names)
        return "".join(whole)
