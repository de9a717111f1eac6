"""`section16 codes`: the official lists."""

from __future__ import annotations

import msgspec

from section16 import codes as lists
from section16.cli.exits import Exit
from section16.cli.outputs import joined, write_out
from section16.errors import UsageError, excerpt


def codes(code: str | None, *, as_json: bool) -> Exit:
    """Print every transaction code, or all that one code means. Raises UsageError for a code of no list."""
    if code is None:
        found: list[object] = list(lists.transaction_codes().values())
    else:
        wanted = code.strip().upper()
        looked_up = (lists.transaction_code(wanted), lists.place(wanted), lists.document_type(wanted))
        found = [one for one in looked_up if one is not None]
    if not found:
        message = f"{excerpt(code or '')!r} is no transaction code, place or document type"
        raise UsageError("CODE_UNKNOWN", message, mend="section16 codes lists the transaction codes")
    if as_json:
        write_out(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    elif code is None:
        write_out(joined(f"{one.code}  {one.meaning}" for one in lists.transaction_codes().values()))
    else:
        write_out(joined(line for one in found for line in _lines(one)))
    return Exit.DONE


def _lines(record: object) -> list[str]:
    values = msgspec.to_builtins(record)
    shown = {name: value for name, value in values.items() if value not in (None, "", [], {})}
    return [f"{name.replace('_', ' ')}: {_words(value)}" for name, value in shown.items()] + [""]


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(one)}" for name, one in value.items())
    return str(value)
