"""Reports made for tests from a few words: `made("4", "2026-03-04", ["S 2026-03-02 D1000 @10 =19000"])`.

A line is a code (`H` for a holding), the day, A or D with the shares, the price, what is owned after, and then in
square brackets what differs from direct common stock: `[I By Trust]`, `[II Option 5 2030-01-01]`, `[title Class B]`,
`[note 3]`. A number given as `?` is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

from msgspec.structs import replace

import section16
from section16.reading import Filing

_LINE = re.compile(
    r"(?P<code>\w)(?: (?P<day>\d{4}-\d\d-\d\d))?(?: (?P<ad>[AD])(?P<shares>[\d.?]+))?(?: @(?P<price>[\d.?]+))?"
    r"(?: =(?P<owned>[\d.?]+))?(?P<more>(?: \[[^]]*\])*)"
)


def made(  # noqa: PLR0913 - each keyword is a cell of the form
    form: str,
    filed: str,
    lines: Sequence[str] = (),
    *,
    notes: Sequence[str] = (),
    original: str = "",
    period: str = "",
    owners: Sequence[str] = ("22",),
    issuer: str = "11",
    number: int | None = None,
    left: bool = False,
    loose: bool = False,
) -> Filing:
    """A published report. `number` tells reports of one day apart; `loose` leaves out the facts of its filing."""
    days = [found["day"] for line in lines if (found := _LINE.fullmatch(line)) and found["day"]]
    on = period or min(days, default=filed)
    one = "".join(_row(line) for line in lines if "[II " not in line)
    two = "".join(_row(line) for line in lines if "[II " in line)
    people = "".join(
        f"<reportingOwner><reportingOwnerId><rptOwnerCik>{cik}</rptOwnerCik><rptOwnerName>OWNER {cik}</rptOwnerName>"
        "</reportingOwnerId><reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>"
        "</reportingOwner>"
        for cik in owners
    )
    texts = "".join(f'<footnote id="F{at}">{text}</footnote>' for at, text in enumerate(notes, 1))
    xml = (
        f"<ownershipDocument><schemaVersion>X0609</schemaVersion><documentType>{form}</documentType>"
        f"<periodOfReport>{on}</periodOfReport>"
        + (f"<dateOfOriginalSubmission>{original}</dateOfOriginalSubmission>" if original else "")
        + ("<notSubjectToSection16>1</notSubjectToSection16>" if left else "")
        + f"<issuer><issuerCik>{issuer}</issuerCik><issuerName>ISSUER {issuer}</issuerName></issuer>{people}"
        f"<nonDerivativeTable>{one}</nonDerivativeTable><derivativeTable>{two}</derivativeTable>"
        f"<footnotes>{texts}</footnotes><ownerSignature><signatureName>x</signatureName>"
        f"<signatureDate>{filed}</signatureDate></ownerSignature></ownershipDocument>"
    )
    filing = section16.read(xml.encode())
    if loose:
        return filing
    day = date.fromisoformat(filed)
    accepted = datetime(day.year, day.month, day.day, 16, number or 0, tzinfo=timezone(timedelta(hours=-4)))
    told = (number or 0) + day.toordinal() * 100
    return replace(filing, accession=f"0009990001-26-{told % 10**6:06}", filed_on=day, accepted_at=accepted)


def _row(text: str) -> str:
    found = _LINE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    more = re.findall(r"\[([^]]*)\]", found["more"])
    nature = next((each[1:].strip() for each in more if re.match(r"I( |$)", each)), "")
    title = next((each[6:] for each in more if each.startswith("title ")), "Common Stock")
    notes = "".join(f'<footnoteId id="F{each[5:]}"/>' for each in more if each.startswith("note "))
    natural = "".join(f'<footnoteId id="F{each[7:]}"/>' for each in more if each.startswith("nature "))
    held = "I" if any(re.match(r"I( |$)", each) for each in more) else "D"
    series = next((each.split()[1:] for each in more if each.startswith("II ")), None)
    kind = "holding" if found["code"] == "H" else "transaction"
    prefix = "nonDerivative" if series is None else "derivative"
    parts = [f"<securityTitle><value>{title if series is None else series[0]}</value></securityTitle>"]
    if series is not None:
        parts.append(_cell("conversionOrExercisePrice", series[1]))
    if kind == "transaction":
        parts.append(_cell("transactionDate", found["day"] or "?"))
        parts.append(
            f"<transactionCoding><transactionFormType>4</transactionFormType><transactionCode>{found['code']}"
            "</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding><transactionAmounts>"
            + _cell("transactionShares", found["shares"] or "?")
            + _cell("transactionPricePerShare", found["price"] or "?")
            + _cell("transactionAcquiredDisposedCode", found["ad"] or "?")
            + "</transactionAmounts>"
        )
    if series is not None:
        parts.append(_cell("expirationDate", series[2]))
    owned = f"<value>{found['owned']}</value>" if found["owned"] not in {None, "?"} else ""
    parts.append(
        "<postTransactionAmounts><sharesOwnedFollowingTransaction>"
        f"{owned}{notes}</sharesOwnedFollowingTransaction></postTransactionAmounts><ownershipNature>"
        f"<directOrIndirectOwnership><value>{held}</value></directOrIndirectOwnership>"
    )
    if nature:
        parts.append(f"<natureOfOwnership><value>{nature}</value>{natural}</natureOfOwnership>")
    element = f"{prefix}{kind.capitalize()}"
    return f"<{element}>{''.join(parts)}</ownershipNature></{element}>"


def _cell(name: str, value: str) -> str:
    return "" if value == "?" else f"<{name}><value>{value}</value></{name}>"
