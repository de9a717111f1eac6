"""Who reports about whom: issuer and owners, signatures, symbol, private data.

Official texts: Form 4, General Instructions 4(b)(v) (joint forms) and 6 (signature), boxes 1, 2 and 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from section16.findings import Severity, Source
from section16.identifiers import cik, ticker
from section16.rules.report import Report
from section16.rules.rule import Place, rule
from section16.rules.unread import holds_unread

_COMPANY: Final = re.compile(
    r"\b(?:l\.?l\.?c\.?|l\.?p\.?|inc\.?|corp\.?|corporation|ltd\.?|limited|partners|holdings|fund|trust|plc|gmbh|n\.v\.|s\.a\.)"
    r"(?:/[a-z]+)?(?=$|[ ,/)])"
)
_ATTORNEY: Final = re.compile(r"attorney|power of|poa\b|agent for|\bby:")
_FOR_OTHERS: Final = re.compile(
    r"attorney|power of|on behalf|for (?:itself|himself|herself|each|all)|individually|authori[sz]ed|general partner|"
    r"manag|trustee|director|president|officer|member|partner|;| and |&"
)
_SSN: Final = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])|\bssn\b|social security (?:number|no)")
_TAIL: Final = re.compile(r"[.-]\d{4}(?!\d)|social sec|ssn")
"""How numbers worth a closer look end."""
_NAME_MEND: Final = "Write the owner's name into rptOwnerName."
_STREET_MEND: Final = "Write the street into rptOwnerStreet1; rptOwnerStreet2 takes a second line of it."
_PHONE: Final = re.compile(r"(?<![\d-])\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?![\d-])")
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++\.\w")


@rule(
    "L-43",
    Severity.ODD,
    Source.LIKELY,
    says="The issuer reports about itself.",
    mend="Check the CIK of the reporting owner: it is the issuer's.",
    cites="Exchange Act s. 16(a)(1): directors, officers and owners report, not the issuer",
    basis="rule",
)
def the_issuer_is_not_its_own_insider(report: Report) -> Iterator[Place]:
    """CIKs compared without their zeros."""
    issuer = report.document.issuer
    number = cik.compact(issuer.cik) if issuer and issuer.cik else None
    for owner in report.owners if number else ():
        if owner.record.cik and cik.compact(owner.record.cik) == number:
            yield report.owner(owner, "reportingOwnerId", "rptOwnerCik")


@rule(
    "L-97",
    Severity.NOTE,
    Source.LIKELY,
    says="A company is ticked as an officer.",
    mend="Check box 5: officers are persons. A company can be director by deputization or ten-percent owner.",
    cites="Rule 16a-1(f)",
    basis="guide",
)
def an_officer_is_a_person(report: Report) -> Iterator[Place]:
    """Names with a company's ending; the name is EDGAR's, so only published reports have it."""
    for owner in report.owners:
        tie, name = owner.record.relationship, owner.record.name
        if tie and tie.is_officer and name and _COMPANY.search(name.lower()):
            said = f"{name} is ticked as an officer."
            yield report.owner(owner, "reportingOwnerRelationship", "isOfficer", message=said)


@rule(
    "L-120",
    Severity.ODD,
    Source.LIKELY,
    says="Box 1 is filled in only in part.",
    mend="Fill in the name, and a line of the street.",
    cites="Form 3, 4 or 5, box 1: name and address of the reporting person",
    basis="derived",
)
def box_1_has_a_name_and_a_street(report: Report) -> Iterator[Place]:
    """Published without a name, where EDGAR filled in others; a city without either line of the street.

    An address left out as a whole is none of it, and neither is a part that could not be read.
    """
    issuer = report.document.issuer
    named = bool(issuer and issuer.name) or any(owner.record.name for owner in report.owners)
    for owner in report.owners:
        record = owner.record
        if named and not report.submitted and record.id and _blank(record.name) and not holds_unread(record.id):
            said = "The reporting owner has no name."
            yield report.owner(owner, "reportingOwnerId", "rptOwnerName", message=said, mend=_NAME_MEND)
        home = record.address
        if home and _blank(home.street1) and _blank(home.street2) and not _blank(home.city) and not holds_unread(home):
            said = "The address has a city, but no street."
            yield report.owner(owner, "reportingOwnerAddress", "rptOwnerStreet1", message=said, mend=_STREET_MEND)


def _blank(text: str | None) -> bool:
    return not (text or "").strip()


@rule(
    "AN-TICKER",
    Severity.NOTE,
    Source.LIKELY,
    says="The trading symbol is a placeholder.",
    mend="Enter the symbol if the issuer has one; NONE is what an issuer without one writes.",
    cites="Form 4, box 2: ticker or trading symbol",
    basis="derived",
)
def the_symbol_is_a_symbol(report: Report) -> Iterator[Place]:
    """Symbols that stand for none, other than NONE."""
    issuer = report.document.issuer
    symbol = (issuer.trading_symbol or "").strip() if issuer else ""
    if symbol and symbol not in {"NONE", "None", "none"} and not _plain(symbol) and not ticker.compact(symbol):
        said = f"'{symbol}' is no trading symbol."
        yield Place(
            "Box 2 trading symbol" if report.form != "3" else "Box 3 trading symbol",
            "ownershipDocument/issuer/issuerTradingSymbol",
            said,
        )


def _plain(symbol: str) -> bool:
    """Whether a symbol is a few capitals and no word for nothing: the usual case, told fast."""
    return symbol.isalpha() and symbol.isupper() and symbol not in {"NA", "TBD", "PRIVATE", "NIL"}


@rule(
    "L-44",
    Severity.ODD,
    Source.LAW,
    says="A joint report has fewer signatures than reporting owners.",
    mend="Add a signature by or for each reporting owner.",
    cites="Form 4, General Instructions 4(b)(v) and 6: signed by or for each reporting person",
    basis="memory",
)
def every_owner_signs(report: Report) -> Iterator[Place]:
    """Counted where no signature says that it stands for others, and where exhibits would be seen."""
    owners, signed = len(report.owners), report.signatures
    alone = report.filing.header is None and not report.submitted
    if owners <= len(signed) or not signed or alone:
        return
    if any(_FOR_OTHERS.search((part.record.name or "").lower()) for part in signed) or _exhibits(report):
        return
    said = f"{owners} reporting owners, but {len(signed)} signature{'s' * (len(signed) != 1)}."
    yield Place("Signatures", f"{signed[0].path}", said)


def _exhibits(report: Report) -> bool:
    """Whether an exhibit holds the other signatures, or may."""
    spoken = "exhibit" in report.words or "signature" in report.words
    return spoken or any((attachment.type or "").upper().startswith("EX-99") for attachment in report.attachments)


@rule(
    "L-50",
    Severity.NOTE,
    Source.LAW,
    says="An attorney signs, and no power of attorney comes with the report.",
    mend="Attach it as EX-24 unless one that is still in force was filed before.",
    cites="Form 4, General Instruction 6",
    basis="memory",
    submitted=True,
)
def an_attorney_shows_the_power(report: Report) -> Iterator[Place]:
    """For reports still to be sent, with their submission file; a power filed earlier isn't seen from here."""
    if report.submission is None:
        return
    if any((attachment.type or "").upper().startswith("EX-24") for attachment in report.attachments):
        return
    for part in report.signatures:
        if _ATTORNEY.search((part.record.name or "").lower()):
            yield Place(part.place, f"{part.path}/signatureName")
            return


@rule(
    "L-58",
    Severity.NOTE,
    Source.LIKELY,
    says="Private data is about to be public.",
    mend="Take it out: everything in the report is published and stays so.",
    cites="EDGAR publishes the whole report; use a business address",
    basis="derived",
)
def private_data_stays_private(report: Report) -> Iterator[Place]:
    """Social security numbers, telephone numbers and mail addresses in footnotes, remarks and streets."""
    texts = [("Footnotes and remarks", "ownershipDocument/footnotes", report.words)]
    for owner in report.owners:
        address = owner.record.address
        if address:
            streets = f"{address.street1 or ''} {address.street2 or ''}".lower()
            texts.append((f"{owner.place}, address", f"{owner.path}/reportingOwnerAddress", streets))
    for where, path, text in texts:
        if not _TAIL.search(text) and "@" not in text:
            continue
        for pattern, kind in (
            (_SSN, "a social security number"),
            (_PHONE, "a telephone number"),
            (_MAIL, "a mail address"),
        ):
            if pattern.search(text):
                yield Place(where, path, f"There seems to be {kind}.")
