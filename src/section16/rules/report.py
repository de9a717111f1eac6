"""A report as rules see it: the document, how it is judged, and its parts with their places, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from section16.edgar.containers import Attachment
from section16.edgar.submission_file import SubmissionFile
from section16.form.cells import Noted
from section16.form.document import OwnershipDocument
from section16.form.edition import Look
from section16.form.field_table import plan
from section16.reading import Filing
from section16.reading.printed_place import box_place, column_place, sentence_start
from section16.reading.report_parts import Part, reporting_owners, signatures, table_lines
from section16.rules import footnote_references
from section16.rules.footnote_references import Reference
from section16.rules.rule import Place
from section16.rules.structure_plan import Era, era_of
from section16.rules.transactions import Holding, Transaction, holdings, references, transactions

if TYPE_CHECKING:
    from section16.rules.history import History

CURRENT_SCHEMA = "X0609"

T = TypeVar("T")


class Report:
    """One filing under judgement.

    `submitted`: judged as a document that is still to be sent (else as EDGAR published it). `schema_version`: the
    edition whose rules hold. `as_of`: the day on which a document that is still to be sent is judged, if that
    matters. `earlier` is what earlier reports of the owners said, None where they aren't at hand. `lines` are
    Table I's and Table II's lines with their places.
    """

    def __init__(self, filing: Filing, *, submitted: bool, schema_version: str, as_of: date | None = None) -> None:
        """Take the filing and how it is judged."""
        self.filing = filing
        self.submitted = submitted
        self.schema_version = schema_version
        self._known: dict[Callable[[Report], Any], Any] = {}
        self.as_of = as_of
        self.earlier: History | None = None

    @property
    def document(self) -> OwnershipDocument:
        """The document."""
        return self.filing.document

    @cached_property
    def document_type(self) -> str:
        """`4/A`; "" if the document doesn't say."""
        return (self.document.document_type or "").strip()

    @cached_property
    def form(self) -> str | None:
        """`3`, `4`, `5`, or None."""
        return self.document.form

    @property
    def filed_on(self) -> date | None:
        """The filing date, if the container says."""
        return self.filing.filed_on

    @property
    def accepted_at(self) -> datetime | None:
        """The acceptance time, if the container says."""
        return self.filing.accepted_at

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Exhibits and other documents that came with it."""
        return self.filing.attachments

    @property
    def submission(self) -> SubmissionFile | None:
        """The submission file, if it came in one."""
        return self.filing.submission

    @property
    def look(self) -> Look:
        """The printed look, for places."""
        return self.filing.drawn_look()

    @cached_property
    def era(self) -> Era:
        """The era of the schema version whose rules hold; Form 3 counts its versions by itself."""
        return era_of(self.schema_version, self.form)

    @cached_property
    def lines_1(self) -> Sequence[Part]:
        """Lines of Table I."""
        return table_lines(self.document, "I")

    @cached_property
    def lines_2(self) -> Sequence[Part]:
        """Lines of Table II."""
        return table_lines(self.document, "II")

    @cached_property
    def lines(self) -> Sequence[Part]:
        """Lines of both tables in document order, Table I first."""
        return [*self.lines_1, *self.lines_2]

    @cached_property
    def owners(self) -> Sequence[Part]:
        """The reporting owners."""
        return reporting_owners(self.document)

    @cached_property
    def signatures(self) -> Sequence[Part]:
        """The signatures."""
        return signatures(self.document)

    @cached_property
    def transactions(self) -> Sequence[Transaction]:
        """The transaction lines of both tables, with their facts read."""
        return transactions(self.lines)

    @cached_property
    def holdings(self) -> Sequence[Holding]:
        """The holding lines of both tables, with their facts read."""
        return holdings(self.lines)

    @cached_property
    def signed_on(self) -> date | None:
        """The last date beside a signature: a report isn't filed before it is signed."""
        dates = [part.record.date.value for part in self.signatures if part.record.date and part.record.date.value]
        return max(dates, default=None)

    @cached_property
    def footnotes(self) -> Mapping[str, str]:
        """Footnote texts by id, in small letters with single blanks, to look for words in."""
        texts = self.document.footnote_texts
        return {name: _plain_words(text) for name, text in texts.items()}

    @cached_property
    def remarks(self) -> str:
        """The remarks in small letters with single blanks; "" if there are none."""
        return _plain_words(self.document.remarks or "")

    @cached_property
    def words(self) -> str:
        """All footnotes and the remarks, in small letters with single blanks, a line each."""
        return "\n".join([*self.footnotes.values(), self.remarks])

    def explains(self, line: Part) -> str:
        """The footnotes that a line refers to, as in `footnotes`, a line each; "" if there are none."""
        if not self.footnotes:
            return ""
        return "\n".join([self.footnotes.get(name, "") for name in references(line.record)])

    def notes_of(self, *cells: Noted[Any] | None) -> str:
        """The footnotes of some cells, as in `footnotes`, a line each; "" if there are none."""
        names = [name for cell in cells if cell for name in cell.footnotes]
        return "\n".join([self.footnotes.get(name, "") for name in names])

    @cached_property
    def footnote_references(self) -> Sequence[Reference]:
        """The fields of both tables that refer to footnotes."""
        return list(footnote_references.references(self.lines))

    def once(self, work: Callable[[Report], T]) -> T:
        """What `work` says of this report, worked out once: for facts that several rules of a module share."""
        if work not in self._known:
            self._known[work] = work(self)
        known: T = self._known[work]
        return known

    def box(self, attribute: str, message: str | None = None, mend: str | None = None) -> Place:
        """A place of the header: a field of the document itself."""
        field = next(field for field in plan(OwnershipDocument).fields if field.attribute == attribute)
        where = sentence_start(box_place(self.form, field))
        return Place(where, f"ownershipDocument/{field.name}", message, mend)

    def column(self, line: Part, *elements: str, message: str | None = None, mend: str | None = None) -> Place:
        """A place in a table: the line and the column that prints the field named by XML elements below the line."""
        record: Any = type(line.record)
        field = None
        for element in elements:
            field = plan(record).by_name[element]
            record = field.records[0] if field.records else record
        where = line.place
        if field is not None:
            where = f"{line.place}, {column_place(self.form, line.table or 'I', field)}"
        return Place(where, "/".join((line.path, *elements)), message, mend)

    def owner(self, owner: Part, *elements: str, message: str | None = None, mend: str | None = None) -> Place:
        """A place in a reporting owner's part of the header, named by XML elements below `reportingOwner`."""
        record: Any = type(owner.record)
        where = owner.place
        for element in elements:
            field = plan(record).by_name[element]
            where = f"{owner.place}, {box_place(self.form, field)}"
            record = field.records[0] if field.records else record
        return Place(where, "/".join((owner.path, *elements)), message, mend)


def _plain_words(text: str) -> str:
    """A text in small letters with single blanks; most are written so, and folding costs."""
    text = text.lower().strip()
    return " ".join(text.split()) if "\n" in text or "  " in text or "\t" in text else text
