"""JSON values from outside, taken only as what they should be.

Every refusal is a SourceError JSON_INVALID that names the place: `document.issuer.issuer_cik`.
"""

from __future__ import annotations

from typing import Any, NoReturn

from section16.errors import SourceError, excerpt

Json = dict[str, Any]

_MEND = "See section16 schema for the shape"


def refuse(path: str, wanted: str, value: object) -> NoReturn:
    """Raise SourceError JSON_INVALID: `wanted` was expected at `path`, and `value` stands there."""
    raise SourceError("JSON_INVALID", f"{wanted} expected, not {_shown(value)}", path=path, mend=_MEND)


def _shown(value: object) -> str:
    """A value in a few words, however large or deep it is."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return repr(excerpt(value))
    names = {None: "null", True: "true", False: "false"}
    return names[value] if value is None or isinstance(value, bool) else f"a {type(value).__name__}"


def object_at(path: str, value: object) -> Json:
    """Return a copy of the object at `path`."""
    if not isinstance(value, dict):
        refuse(path, "an object", value)
    return dict(value)


def list_at(path: str, value: object) -> list[Any]:
    """Return the list at `path`."""
    if not isinstance(value, list):
        refuse(path, "a list", value)
    return value


def text_at(path: str, value: object) -> str:
    """Return the text at `path`."""
    if not isinstance(value, str):
        refuse(path, "a text", value)
    return value


def texts_at(path: str, value: object) -> tuple[str, ...]:
    """Return the list of texts at `path`."""
    return tuple([text_at(f"{path}[{index}]", one) for index, one in enumerate(list_at(path, value))])


def nothing_left(path: str, given: Json, allowed: str) -> None:
    """Refuse what is left of an object after its known keys were taken."""
    if given:
        refuse(path, f"only {allowed}", next(iter(given)))
