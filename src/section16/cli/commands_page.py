"""The page `docs/commands.md`, from the commands themselves: `python -m section16.cli.commands_page`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from typer.main import get_command

from section16.cli.app import app
from section16.cli.exits import MEANINGS
from section16.cli.settings import SETTINGS
from section16.cli.standard_output import joined, write_out

_HEAD: Final = """\
# Commands

Written by `make docs` from the commands themselves. Data goes to standard output, everything else to standard error.
`SRC` is a file, a folder (all files below it, hidden ones aside) or `-` for standard input; what it holds is told from
its bytes: ownership XML, full submission text, `.nc` file, submission file, our JSON, the form as Markdown or as the
HTML of the SEC's site.
"""


def commands_page() -> str:
    """Return the page as Markdown."""
    group: Any = get_command(app)
    context = group.context_class(group, info_name="section16")
    lines = [_HEAD, *_section("section16", group, context)]
    for name, command in group.commands.items():
        lines += _section(f"section16 {name}", command, command.context_class(command, info_name=name, parent=context))
    lines += ["## Exit codes", "", "| code | means |", "|---|---|"]
    lines += [f"| {code.value} | {words} |" for code, words in MEANINGS.items()]
    lines += [
        "",
        "## Settings",
        "",
        _SETTINGS,
        "",
        "| setting | environment | what for | default |",
        "|---|---|---|---|",
    ]
    defaults = {"jobs": "as many as there are cores"}
    lines += [
        f"| `{one.key}` | `{one.variable}` | {one.purpose} | {defaults.get(one.key) or one.default()} |"
        for one in SETTINGS
    ]
    return "\n".join(lines) + "\n"


_SETTINGS: Final = """\
An option beats the environment, that beats the settings file (`$SECTION16_SETTINGS`, else `section16/settings.toml`
in the user's folder for settings), and that the default; `section16 doctor` shows where each comes from. `NO_COLOR`
turns colour off, `COLUMNS` sets the width of a form, `SECTION16_DEBUG=1` prints the whole story of an unexpected
error."""


def _section(title: str, command: Any, context: Any) -> Iterator[str]:
    """Heading, usage, help, and a table of arguments and options."""
    yield from (f"## {title}", "", "```", context.get_usage().removeprefix("Usage: "), "```", "", command.help, "")
    records = [record for param in command.get_params(context) if (record := param.get_help_record(context))]
    yield from ("| | |", "|---|---|")
    for spelling, words in records:
        yield f"| `{_cell(spelling)}` | {_cell(words)} |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


if __name__ == "__main__":
    write_out(joined([commands_page().rstrip("\n")]))
