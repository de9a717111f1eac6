"""`section16 doctor`: what is installed, which lists are in use, where each setting comes from."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

import msgspec

import section16
from section16 import codes
from section16.cli.exits import Exit
from section16.cli.settings import SETTINGS, setting, settings_file
from section16.cli.standard_output import joined, write_json, write_out

_NEWEST_SCHEMA = "X0609"
_PACKAGES = ("lxml", "msgspec", "rich", "typer", "typst")


def version_line() -> str:
    """Version, newest schema version, and date of the code lists."""
    return (
        f"section16 {section16.__version__} (ownership schema to {_NEWEST_SCHEMA}, "
        f"code lists of {codes.transaction_codes().as_of})"
    )


def doctor(*, as_json: bool) -> Exit:
    """Print the report."""
    values = {one.key: setting(one.key) for one in SETTINGS}
    extras = {"pdf": find_spec("typst") is not None}
    if as_json:
        report = {
            "version": section16.__version__,
            "python": platform.python_version(),
            "packages": {name: _version(name) for name in _PACKAGES},
            "extras": extras,
            "settings_file": str(settings_file()),
            "settings": {key: msgspec.to_builtins(value) for key, value in values.items()},
        }
        write_json(report)
        return Exit.DONE
    lines = [version_line(), f"Python {platform.python_version()}"]
    lines += [f"{name} {_version(name) or 'not installed'}" for name in _PACKAGES]
    lines += [f"extra [{name}]: {'there' if there else 'not installed'}" for name, there in extras.items()]
    lines += ["", f"settings file: {settings_file()}{'' if settings_file().exists() else ' (not there)'}"]
    lines += [f"{key} = {value.text}  ({value.origin})" for key, value in values.items()]
    write_out(joined(lines))
    return Exit.DONE


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
