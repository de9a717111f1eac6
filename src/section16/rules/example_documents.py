"""The examples of a rule: a document that passes and one that fails, shipped with the package.

Of a rule between reports each is a folder of documents, which are shown one after another.
"""

from __future__ import annotations

import difflib
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec


class Examples(msgspec.Struct, frozen=True):
    """The text of both documents; `name` is the file name of the failing one, which tells its kind."""

    passing: str
    failing: str
    name: str

    def difference(self) -> list[str]:
        """From the passing document to the failing one: lines with `-`, `+` or a blank before them."""
        lines = list(difflib.unified_diff(self.passing.splitlines(), self.failing.splitlines(), lineterm="", n=1))
        return [line for line in lines[2:] if not line.startswith("@@")]


def examples(rule_id: str) -> Examples | None:
    """Return the examples of a rule by its id; None if it has none."""
    folder = files("section16.rules") / "examples" / rule_id
    found = {file.name.partition(".")[0]: file for file in folder.iterdir()} if folder.is_dir() else {}
    if not {"pass", "fail"} <= set(found):
        return None
    return Examples(_text(found["pass"]), _text(found["fail"]), found["fail"].name)


def _text(file: Traversable) -> str:
    if file.is_dir():
        return "\n".join([_text(one) for one in sorted(file.iterdir(), key=lambda one: one.name)])
    return file.read_text(encoding="utf-8")
