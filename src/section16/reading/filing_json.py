"""The JSON of a filing: `{"schema": 1, "form", "edition", "look", "document", "filing"}`, and back.

The document's shape is `section16.form.json_shape`'s, the filing's `filing_facts`'. A plain XML file has no filing
facts: `filing` is null. `form` and `edition` repeat what the document says; reading goes by the document.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

import msgspec

from section16 import limits
from section16.errors import SourceError, excerpt
from section16.form.checked_json import Json, object_at, refuse
from section16.form.edition import Look
from section16.form.json_shape import from_json, to_json
from section16.reading.filing import Filing, SourceKind
from section16.reading.filing_facts import FilingJson, facts_from, facts_of

SCHEMA: Final = 1
_KEYS: Final = ("schema", "form", "edition", "look", "document", "filing")
_SHOWN: Final = ("sentence", "notes")
"""What `show --json` adds."""


def filing_to_json(filing: Filing) -> Json:
    """Return the JSON values of a filing."""
    return {
        "schema": SCHEMA,
        "form": filing.document.form,
        "edition": filing.edition,
        "look": filing.drawn_look().value,
        "document": to_json(filing.document),
        "filing": msgspec.to_builtins(facts_of(filing)),
    }


def write_filing_json(filing: Filing, *, indent: int | None = 2) -> bytes:
    """Return a filing as JSON in UTF-8, one line if `indent` is None."""
    encoded = msgspec.json.encode(filing_to_json(filing))
    return encoded if indent is None else msgspec.json.format(encoded, indent=indent) + b"\n"


_BYTE: Final = re.compile(r" \(byte ([0-9]+)\)$")


def _not_json(words: str, text: bytes) -> SourceError:
    """What the decoder says, with the line and column of the byte at which it stopped."""
    message = f"not JSON: {excerpt(_BYTE.sub('', words))}"
    at = _BYTE.search(words)
    if at is None:
        return SourceError("JSON_INVALID", message)
    before = text[: int(at[1])]
    column = len(before) - (before.rfind(b"\n") + 1) + 1
    return SourceError("JSON_INVALID", message, line=before.count(b"\n") + 1, column=column)


def read_filing_json(data: bytes) -> Filing:
    """Return the filing that JSON of ours says.

    Raises SourceError LIMIT_SIZE, LIMIT_DEPTH or JSON_INVALID, with the path of the fault.
    """
    if len(data) > limits.JSON_BYTES:
        message = f"the JSON has {len(data):,} bytes, over the limit of {limits.JSON_BYTES:,}"
        raise SourceError("LIMIT_SIZE", message)
    text = data.removeprefix(codecs.BOM_UTF8)
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(str(error), text) from None
    _refuse_deep(value)
    given = _known(value)
    document = from_json(given["document"])
    return Filing(
        document=document,
        kind=SourceKind.JSON,
        look=_look(given.get("look")),
        content=data,
        **facts_from(given.get("filing"), document),
    )


def filing_schema() -> Json:
    """JSON Schema of what `filing_to_json` returns."""
    from section16.form.json_schema import json_schema  # noqa: PLC0415 - no reading or writing needs it

    return json_schema(msgspec.json.schema(FilingJson))


def _known(value: object) -> Json:
    """The outermost object, if it is a filing of the schema known here."""
    if not isinstance(value, dict) or not {"schema", "document"} <= value.keys():
        raise SourceError("JSON_INVALID", "not a filing: an object with schema and document is expected")
    given = object_at("", value)
    if given["schema"] != SCHEMA or isinstance(given["schema"], bool):
        message = f"schema {excerpt(repr(given['schema']))} is not known, only {SCHEMA} is"
        raise SourceError("JSON_INVALID", message, path="schema")
    unknown = given.keys() - {*_KEYS, *_SHOWN}
    if unknown:
        message = f"unknown key '{excerpt(min(unknown))}'; known are {', '.join(_KEYS)}"
        raise SourceError("JSON_INVALID", message)
    return given


def _look(value: object) -> Look | None:
    if value is None:
        return None
    if not isinstance(value, str) or value not in set(Look):
        refuse("look", f"null or one of {', '.join(Look)}", value)
    return Look(value)


def _refuse_deep(value: object) -> None:
    level = [value]
    for _ in range(limits.JSON_DEPTH):
        level = [
            child
            for parent in level
            for child in (parent.values() if isinstance(parent, dict) else parent if isinstance(parent, list) else ())
        ]
        if not level:
            return
    message = f"objects and lists stand deeper than {limits.JSON_DEPTH} inside one another"
    raise SourceError("LIMIT_DEPTH", message)
