"""A submission's header written from its facts, in the label style of full submissions or the tag style of `.nc` files.

The lines, their order and their tabs are those of EDGAR's own headers of 2023. A fact that is None has no line, a blank
one has a line without a value. What an industry number means does not stand in the facts; it is given beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from section16.edgar.containers import Address, Filer, FormerName, SubmissionText
from section16.edgar.sgml_header import EASTERN
from section16.errors import SourceError, excerpt

_LABEL_ROLES: Final = {
    "reporting-owner": "REPORTING-OWNER:\t",
    "issuer": "ISSUER:\t\t",
    "subject-company": "SUBJECT COMPANY:\t",
    "filed-by": "FILED BY:\t\t",
    "filed-for": "FILED FOR:\t\t",
    "serial-company": "SERIAL COMPANY:\t",
}
# label with its tabs, tag, fact
_DATA: Final = (
    ("COMPANY CONFORMED NAME:\t\t\t", "CONFORMED-NAME", "name"),
    ("CENTRAL INDEX KEY:\t\t\t", "CIK", "cik"),
    ("STANDARD INDUSTRIAL CLASSIFICATION:\t", "ASSIGNED-SIC", "sic"),
    ("ORGANIZATION NAME:           \t", "ORGANIZATION-NAME", "organization_name"),
    ("IRS NUMBER:\t\t\t\t", "IRS-NUMBER", "irs_number"),
    ("STATE OF INCORPORATION:\t\t\t", "STATE-OF-INCORPORATION", "state_of_incorporation"),
    ("FISCAL YEAR END:\t\t\t", "FISCAL-YEAR-END", "fiscal_year_end"),
)
_VALUES: Final = (
    ("FORM TYPE:\t\t", "FORM-TYPE", "form_type"),
    ("SEC ACT:\t\t", "ACT", "act"),
    ("SEC FILE NUMBER:\t", "FILE-NUMBER", "file_number"),
    ("FILM NUMBER:\t\t", "FILM-NUMBER", "film_number"),
)
_ADDRESS: Final = (
    ("STREET 1:\t\t", "STREET1", "street1"),
    ("STREET 2:\t\t", "STREET2", "street2"),
    ("CITY:\t\t\t", "CITY", "city"),
    ("STATE:\t\t\t", "STATE", "state"),
    ("ZIP:\t\t\t", "ZIP", "zip"),
    ("BUSINESS PHONE:\t\t", "PHONE", "phone"),
)


def label_header(submission: SubmissionText, document_count: int, industries: Mapping[str, str]) -> str:
    r"""Return the header of a full submission, from `<SEC-DOCUMENT>` to `</SEC-HEADER>`, lines ended by `\n`.

    `industries` gives the words that stand before an industry number (`{"3720": "AIRCRAFT & PARTS"}`).

    Raises:
        SourceError: `CONTAINER_MALFORMED` if a fact holds a line end, which would begin a line of its own.
    """
    name, filed = submission.accession or "", _digits(submission.filed_on)
    lines = [f"<SEC-DOCUMENT>{name}.txt : {filed}", f"<SEC-HEADER>{name}.hdr.sgml : {filed}"]
    if submission.accepted_at is not None:
        lines.append(f"<ACCEPTANCE-DATETIME>{_digits(submission.accepted_at)}")
    top = (
        ("ACCESSION NUMBER:\t\t", submission.accession),
        ("CONFORMED SUBMISSION TYPE:\t", submission.form_type),
        ("PUBLIC DOCUMENT COUNT:\t\t", str(document_count)),
        ("CONFORMED PERIOD OF REPORT:\t", _digits(submission.period)),
        ("FILED AS OF DATE:\t\t", filed),
        ("DATE AS OF CHANGE:\t\t", _digits(submission.changed_on)),
    )
    lines += [label + one_line(value) for label, value in top if value]
    for filer in submission.filers:
        lines += _label_filer(filer, industries)
    return "\n".join([*lines, "</SEC-HEADER>", ""])


def tag_header(submission: SubmissionText, document_count: int) -> str:
    r"""Return the header of a `.nc` file, from `<SUBMISSION>` to the last party, lines ended by `\n`.

    Raises:
        SourceError: `CONTAINER_MALFORMED` as `label_header`.
    """
    top = (
        ("ACCEPTANCE-DATETIME", _digits(submission.accepted_at)),
        ("ACCESSION-NUMBER", submission.accession),
        ("TYPE", submission.form_type),
        ("PUBLIC-DOCUMENT-COUNT", str(document_count)),
        ("PERIOD", _digits(submission.period)),
        ("FILING-DATE", _digits(submission.filed_on)),
        ("DATE-OF-FILING-DATE-CHANGE", _digits(submission.changed_on)),
    )
    lines = ["<SUBMISSION>", *(f"<{tag}>{one_line(value)}" for tag, value in top if value)]
    for filer in submission.filers:
        lines += _tag_filer(filer)
    return "\n".join([*lines, ""])


def _label_filer(filer: Filer, industries: Mapping[str, str]) -> Iterator[str]:
    person = filer.role == "reporting-owner"
    yield ""
    yield _LABEL_ROLES.get(filer.role) or one_line(filer.role.upper()) + ":\t"
    yield from ("", "\tOWNER DATA:\t" if person else "\tCOMPANY DATA:\t")
    for label, _, fact in _DATA:
        value: str | None = getattr(filer, fact)
        if fact == "sic" and value is not None:
            value = f"{industries.get(value, '')} [{value}]"
        if value is not None:
            yield f"\t\t{label}{one_line(value)}"
    if filer.relationship is not None:
        yield f"<RELATIONSHIP>{one_line(filer.relationship)}"
    yield from _label_block("FILING VALUES:", _label_fields(filer, _VALUES, act=True))
    for heading, address in (("BUSINESS ADDRESS:\t", filer.business_address), ("MAIL ADDRESS:\t", filer.mail_address)):
        if address is not None:
            yield from ("", f"\t{heading}", *_label_fields(address, _ADDRESS))
    for former in filer.former_names:
        yield from ("", "\tFORMER NAME:\t" if person else "\tFORMER COMPANY:\t")
        yield from _former_lines(former, "\t\tFORMER CONFORMED NAME:\t", "\t\tDATE OF NAME CHANGE:\t")


def _label_block(heading: str, lines: list[str]) -> list[str]:
    return ["", f"\t{heading}", *lines] if lines else []


def _label_fields(record: Filer | Address, fields: tuple[tuple[str, str, str], ...], *, act: bool = False) -> list[str]:
    given = [(label, fact, getattr(record, fact)) for label, _, fact in fields]
    return [
        f"\t\t{label}{f'19{value} Act' if act and fact == 'act' and value else one_line(value)}"
        for label, fact, value in given
        if value is not None
    ]


def _tag_filer(filer: Filer) -> Iterator[str]:
    role, data = one_line(filer.role.upper()), "OWNER-DATA" if filer.role == "reporting-owner" else "COMPANY-DATA"
    yield f"<{role}>"
    yield from _tag_block(data, _tag_fields(filer, _DATA))
    if filer.relationship is not None:
        yield f"<RELATIONSHIP>{one_line(filer.relationship)}"
    if values := _tag_fields(filer, _VALUES):
        yield from _tag_block("FILING-VALUES", values)
    for tag, address in (("BUSINESS-ADDRESS", filer.business_address), ("MAIL-ADDRESS", filer.mail_address)):
        if address is not None:
            yield from _tag_block(tag, _tag_fields(address, _ADDRESS))
    for former in filer.former_names:
        yield from _tag_block("FORMER-COMPANY", _former_lines(former, "<FORMER-CONFORMED-NAME>", "<DATE-CHANGED>"))
    yield f"</{role}>"


def _tag_block(tag: str, lines: list[str]) -> list[str]:
    return [f"<{tag}>", *lines, f"</{tag}>"]


def _tag_fields(record: Filer | Address, fields: tuple[tuple[str, str, str], ...]) -> list[str]:
    given = [(tag, getattr(record, fact)) for _, tag, fact in fields]
    return [f"<{tag}>{one_line(value)}" for tag, value in given if value is not None]


def _former_lines(former: FormerName, name: str, changed_on: str) -> list[str]:
    lines = [] if former.name is None else [name + one_line(former.name)]
    return lines if former.changed_on is None else [*lines, changed_on + _digits(former.changed_on)]


def _digits(moment: date | None) -> str:
    """Return a day as YYYYMMDD, a time as YYYYMMDDHHMMSS on the Eastern clock, nothing as nothing."""
    if isinstance(moment, datetime):
        return f"{moment.astimezone(EASTERN):%Y%m%d%H%M%S}"
    return f"{moment:%Y%m%d}" if moment else ""


def one_line(value: str) -> str:
    """Return `value`, which must stand on one line of a submission text.

    Raises:
        SourceError: `CONTAINER_MALFORMED` if it holds a line end.
    """
    if "\n" in value or "\r" in value:
        raise SourceError(
            "CONTAINER_MALFORMED",
            f"'{excerpt(value)}' holds a line end and cannot stand in one line of a submission",
            mend="Write it on one line",
        )
    return value
