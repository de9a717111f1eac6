"""Colours of the terminal form, or none."""

from __future__ import annotations

import msgspec


class Paint(msgspec.Struct, frozen=True):
    """Wraps text in the terminal's own colours if `color` is true. The text must hold no escapes of its own."""

    color: bool

    def bold(self, text: str) -> str:
        """A title."""
        return self._wrap("1", text)

    def dim(self, text: str) -> str:
        """A label or small print."""
        return self._wrap("2", text)

    def data(self, text: str) -> str:
        """What was filled in."""
        return self._wrap("36", text)

    def note(self, text: str) -> str:
        """Footnotes and remarks."""
        return self._wrap("32", text)

    def alarm(self, text: str) -> str:
        """What must not be overlooked."""
        return self._wrap("1;31", text)

    def _wrap(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text.strip() else text
