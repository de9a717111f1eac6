from __future__ import annotations

import ast
import re
from pathlib import Path

CODE = re.compile(r"[A-Z]{3,}(?:_[A-Z]+)*")


def texts(tree: ast.AST) -> set[str]:
    """Every text in a module that looks like a code."""
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str) and CODE.fullmatch(value)}


def raised(tree: ast.AST) -> set[str]:
    """Every code that stands first in the making of an error."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    makers = (call for call in calls if ast.unparse(call.func).endswith("Error"))
    return {code for call in makers for code in texts(call.args[0])}


def test_the_page_of_error_codes_has_every_code_raised_and_no_other(repository: Path) -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (repository / "src").rglob("*.py")]
    page = (repository / "docs" / "errors.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| `([A-Z_]+)` \| .+ \| (\w+) \|$", page)
    documented = [code for code, _ in rows]
    assert documented == sorted(set(documented))
    assert set().union(*map(raised, trees)) - set(documented) == set(), "docs/errors.md lacks these"
    assert set(documented) - set().union(*map(texts, trees)) == set(), "docs/errors.md has these for nothing"
