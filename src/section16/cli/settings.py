"""Settings: what they are, and where each one's value comes from.

An option of a command beats the environment, that beats the settings file, and that the default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from section16.errors import StorageError, UsageError, excerpt


class Setting(msgspec.Struct, frozen=True):
    """One setting: its key in the file, what it is for, its default."""

    key: str
    purpose: str
    default: Callable[[], str]

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"SECTION16_{self.key.upper()}"


class Value(msgspec.Struct, frozen=True):
    """What a setting is, and where that comes from."""

    text: str
    origin: str


SETTINGS: Final = (
    Setting("jobs", "processes of convert and check", lambda: str(os.cpu_count() or 1)),
    Setting("closings", "file of further closings for due and calendar", str),
    Setting("contact", "who asks EDGAR in archive sync and watch: name and e-mail address", str),
    Setting("edgar", "address of another EDGAR, such as a stand-in", str),
    Setting("seed", "seed of generate", lambda: "16"),
)


def settings_file(environment: Mapping[str, str] = os.environ) -> Path:
    """`$SECTION16_SETTINGS`, else `section16/settings.toml` in the user's folder for settings."""
    named = environment.get("SECTION16_SETTINGS")
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415 - only where a setting is asked for

    return platformdirs.user_config_path("section16") / "settings.toml"


def setting(key: str, environment: Mapping[str, str] = os.environ) -> Value:
    """The value of a setting and its origin. Raises UsageError or StorageError for a file that cannot be used."""
    known = next(one for one in SETTINGS if one.key == key)
    if known.variable in environment:
        return Value(environment[known.variable], f"environment variable {known.variable}")
    path = settings_file(environment)
    given = _from_file(path)
    if key in given:
        return Value(str(given[key]), str(path))
    return Value(known.default(), "default")


def whole_number(key: str) -> int:
    """A setting that is a whole number. Raises UsageError if it is not."""
    value = setting(key)
    if not value.text.isdecimal():
        raise UsageError("USAGE", f"the setting {key} is '{excerpt(value.text)}', not a whole number ({value.origin})")
    return int(value.text)


def _from_file(path: Path) -> dict[str, object]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError("STORAGE_FAILED", f"the settings file cannot be read: {type(error).__name__}") from None
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError("USAGE", f"the settings file is not TOML: {excerpt(str(error))}", path=str(path)) from None
    unknown = set(given) - {one.key for one in SETTINGS}
    if unknown:
        known = ", ".join(one.key for one in SETTINGS)
        message = f"unknown setting '{excerpt(min(unknown))}'"
        raise UsageError("USAGE", message, path=str(path), mend=f"Known: {known}")
    return given
