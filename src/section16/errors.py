"""What section16 raises when it cannot go on. What it reports and carries on from is in `findings`.

    Section16Error                   catch this one to catch them all
    ├── SourceError                  an input was refused: XML_*, LIMIT_*, NOT_OWNERSHIP, CONTAINER_*, JSON_INVALID ...
    ├── IdentifierError              also a ValueError: not a CIK, a CCC, an accession number or a trading symbol
    ├── UsageError                   the call or the command line asks for what cannot be done
    │   └── MissingExtraError        an optional part is not installed; names the pip line that brings it
    ├── ConflictError                the state of things forbids it: output exists, two inputs with one name
    ├── StorageError                 a disk or a file on it failed
    └── RemoteError                  an outside system, such as EDGAR, failed or refused

An error is one line of at most 300 characters: code, words, place, mend. Text that comes from an input is repeated at
most 80 characters long (`excerpt`) and never with control, direction-changing or invisible characters (`visible`), so
that an error can be printed on any terminal and written to any log. Exit codes and HTTP statuses belong to the doors.
"""

from __future__ import annotations

from functools import partial
from typing import Any

LONGEST_LINE = 300
"""Characters of an error's one line, place and mend included."""

LONGEST_EXCERPT = 80
"""Characters of an input that an error repeats, after escaping."""

_LONGEST_PATH = 120
_LONGEST_MEND = 140


def visible(text: str) -> str:
    r"""Return `text` on one line, every character that does not show, or that moves others, written as an escape.

    Control characters, line ends, direction changes, zero-width and tag characters, lone surrogates and blanks other
    than the common one become `\x1b`, `\u202e` and the like; everything else stays.
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def excerpt(source: str | bytes, limit: int = LONGEST_EXCERPT) -> str:
    """Return the beginning of an input as it may be shown: visible, at most `limit` characters, an ellipsis if cut."""
    beginning = source[: limit + 1]
    if isinstance(beginning, bytes):
        beginning = beginning.decode("utf-8", errors="backslashreplace")
    return _cut(visible(beginning), limit)


def _cut(text: str, limit: int) -> str:
    """Return `text`, or where it is longer its first `limit - 1` characters and an ellipsis."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


class Section16Error(Exception):
    """The base of every error raised on purpose by this package.

    `code` is a stable word in capitals that programs compare; `message` says what is wrong, `mend` what to do about
    it. `path` is the place in a document (`ownershipDocument/issuer/issuerCik`) or a file; `line` and `column` count
    from 1.
    All texts are made visible and cut here; a raiser that repeats an input passes it through `excerpt` first.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        mend: str | None = None,
    ) -> None:
        """Keep the parts; of a long path the end stays, since it names the place."""
        super().__init__(code, message)
        self.code = code
        self.message = _cut(visible(message), LONGEST_LINE)
        self.path = None if path is None else _cut(visible(path)[::-1], _LONGEST_PATH)[::-1]
        self.line = line
        self.column = column
        self.mend = None if mend is None else _cut(visible(mend), _LONGEST_MEND)

    @property
    def where(self) -> dict[str, str | int]:
        """The known parts of the place: `line` and `column` (from 1), `path`; empty where nothing is known."""
        parts: dict[str, str | int | None] = {"line": self.line, "column": self.column, "path": self.path}
        return {name: part for name, part in parts.items() if part is not None}

    def __str__(self) -> str:
        """Return `CODE: message (place). Mend` in at most 300 characters; the message gives way first."""
        numbers = [f"{name} {part}" for name, part in self.where.items() if name != "path"]
        place = ", ".join([*numbers, self.path] if self.path else numbers)
        tail = (f" ({place})" if place else "") + (f". {self.mend}" if self.mend else "")
        return _cut(f"{self.code}: {self.message}", LONGEST_LINE - len(tail)) + tail

    def as_dict(self) -> dict[str, dict[str, object]]:
        """Return the one JSON shape of an error: `{"error": {"code", "message", "where", "mend"}}`; unknown is null."""
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "where": self.where or None,
                "mend": self.mend,
            },
        }

    def __reduce__(self) -> tuple[Any, ...]:
        """Cross a process border whole; the inherited way would lose the keyword arguments."""
        kind = partial(type(self), path=self.path, line=self.line, column=self.column, mend=self.mend)
        return kind, (self.code, self.message)


class SourceError(Section16Error):
    """An input was refused: not what it claims to be, not well-formed, hostile, or over a limit."""


class IdentifierError(Section16Error, ValueError):
    """A text is not the identifier it should be."""


class UsageError(Section16Error):
    """The call or the command line asks for something that cannot be done."""


class MissingExtraError(UsageError):
    """An optional part of section16 is not installed."""

    @classmethod
    def of(cls, extra: str, purpose: str) -> MissingExtraError:
        """Return the error that says `purpose` needs `section16[extra]`, with the pip line that brings it."""
        return cls(
            "EXTRA_MISSING",
            f"{purpose} needs the extra [{extra}]",
            mend=f"Install it: pip install 'section16[{extra}]'",
        )


class ConflictError(Section16Error):
    """The state of things forbids it: an output that exists, two inputs with one output name."""


class StorageError(Section16Error):
    """A disk, or a file on it, failed while reading or writing."""


class RemoteError(Section16Error):
    """An outside system failed, refused, or gave an answer that cannot be used."""
