"""What a rule is: its id, who objects, on which forms, the text it rests on, its words, and the test.

The function of a rule only finds places: it gets a :class:`section16.rules.report.Report`, yields :class:`Place`, sees
no XML, clock or other rule, and never raises. `rule` pins the facts beside it; the catalogue names the modules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from section16.findings import Severity, Source

if TYPE_CHECKING:
    from section16.rules.report import Report

FORMS = ("3", "3/A", "4", "4/A", "5", "5/A")


class Place(msgspec.Struct, frozen=True):
    """Where a rule objects: in the printed form's words, in the XML, and if need be in words of its own.

    `message` and `mend` stand in place of the rule's where the place knows better what is wrong, `source` where the
    rule has two halves and this is the one that the schema cannot see.
    """

    where: str
    path: str | None = None
    message: str | None = None
    mend: str | None = None
    source: Source | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule of the catalogue.

    `on` are the document types it speaks of. `submitted` rules hold only for documents that are still to be sent.
    `between` rules judge a report by earlier ones and say nothing of a report alone.
    `basis` says how sure the reference is of it (spec, rule, guide, seen, derived, memory). `aliases` are ids under
    which other references know the same fact. `find` is the test.
    """

    id: str
    severity: Severity
    source: Source
    says: str
    mend: str
    cites: tuple[str, ...]
    basis: str
    find: Callable[[Report], Iterator[Place]]
    on: tuple[str, ...] = FORMS
    aliases: tuple[str, ...] = ()
    submitted: bool = False
    between: bool = False

    @property
    def name(self) -> str:
        """The rule as a phrase: the name of its function."""
        return self.find.__name__.replace("_", " ")


Find = Callable[["Report"], Iterator[Place]]


def rule(  # noqa: PLR0913 - the facts of a rule
    id: str,  # noqa: A002 - a rule's word
    severity: Severity,
    source: Source,
    *,
    says: str,
    mend: str,
    cites: str | tuple[str, ...],
    basis: str,
    on: str = " ".join(FORMS),
    aliases: str = "",
    submitted: bool = False,
    between: bool = False,
) -> Callable[[Find], Rule]:
    """Make a rule of the function below it: `@rule("R-OWN-5", SUSPEND, EDGAR, says=..., mend=..., cites=..., ...)`.

    `on` lists document types, "4 4/A 5 5/A"; `aliases` ids, both divided by blanks.
    """

    def decorate(find: Find) -> Rule:
        return Rule(
            id=id,
            severity=severity,
            source=source,
            says=says,
            mend=mend,
            cites=(cites,) if isinstance(cites, str) else cites,
            basis=basis,
            find=find,
            on=tuple(on.split()),
            aliases=tuple(aliases.split()),
            submitted=submitted,
            between=between,
        )

    return decorate
