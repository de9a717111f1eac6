"""The words of a submission's header in its two styles, and the fact that each stands for.

The label style (`COMPANY CONFORMED NAME:`) is that of full submissions, the tag style (`<CONFORMED-NAME>`) that of
`.nc` files and header pages; submissions of the 1990s mix them. Source: EDGAR Public Dissemination Service Technical
Specification (tags), and the headers of published filings of 2000 to 2025 (labels).
"""

from __future__ import annotations

from typing import Final

TOP: Final = 0
FILER: Final = 1
ADDRESS: Final = 2
FORMER_NAME: Final = 3
OPENS_FILER: Final = 4
OPENS_ADDRESS: Final = 5
OPENS_FORMER_NAME: Final = 6
"""Where a word belongs: fields of the submission, a party, an address, a former name; and what opens the last three."""

ROLES: Final = {
    "ISSUER": "issuer",
    "REPORTING-OWNER": "reporting-owner",
    "SUBJECT-COMPANY": "subject-company",
    "SUBJECT COMPANY": "subject-company",
    "FILED-BY": "filed-by",
    "FILED BY": "filed-by",
    "FILED-FOR": "filed-for",
    "FILED FOR": "filed-for",
    "FILER": "filer",
    "SERIAL-COMPANY": "serial-company",
    "SERIAL COMPANY": "serial-company",
    "DEPOSITOR": "depositor",
    "SECURITIZER": "securitizer",
}
"""The words that open a party's block, and the role they give it."""

_TOP: Final = {
    "ACCEPTANCE-DATETIME": "accepted_at",
    "ACCESSION NUMBER": "accession",
    "ACCESSION-NUMBER": "accession",
    "CONFORMED SUBMISSION TYPE": "form_type",
    "TYPE": "form_type",
    "PUBLIC DOCUMENT COUNT": "document_count",
    "PUBLIC-DOCUMENT-COUNT": "document_count",
    "CONFORMED PERIOD OF REPORT": "period",
    "PERIOD": "period",
    "FILED AS OF DATE": "filed_on",
    "FILING-DATE": "filed_on",
    "DATE AS OF CHANGE": "changed_on",
    "DATE-OF-FILING-DATE-CHANGE": "changed_on",
}
_FILER: Final = {
    "COMPANY CONFORMED NAME": "name",
    "CONFORMED-NAME": "name",
    "CENTRAL INDEX KEY": "cik",
    "CIK": "cik",
    "STANDARD INDUSTRIAL CLASSIFICATION": "sic",
    "ASSIGNED-SIC": "sic",
    "ORGANIZATION NAME": "organization_name",
    "ORGANIZATION-NAME": "organization_name",
    "IRS NUMBER": "irs_number",
    "IRS-NUMBER": "irs_number",
    "EIN": "irs_number",
    "STATE OF INCORPORATION": "state_of_incorporation",
    "STATE-OF-INCORPORATION": "state_of_incorporation",
    "FISCAL YEAR END": "fiscal_year_end",
    "FISCAL-YEAR-END": "fiscal_year_end",
    "RELATIONSHIP": "relationship",
    "FORM TYPE": "form_type",
    "FORM-TYPE": "form_type",
    "SEC ACT": "act",
    "ACT": "act",
    "SEC FILE NUMBER": "file_number",
    "FILE-NUMBER": "file_number",
    "FILM NUMBER": "film_number",
    "FILM-NUMBER": "film_number",
}
_ADDRESS: Final = {
    "STREET 1": "street1",
    "STREET1": "street1",
    "STREET 2": "street2",
    "STREET2": "street2",
    "CITY": "city",
    "STATE": "state",
    "ZIP": "zip",
    "BUSINESS PHONE": "phone",
    "PHONE": "phone",
}
_FORMER_NAME: Final = {
    "FORMER CONFORMED NAME": "name",
    "FORMER-CONFORMED-NAME": "name",
    "DATE OF NAME CHANGE": "changed_on",
    "DATE-CHANGED": "changed_on",
}
_ADDRESS_BLOCKS: Final = {
    "BUSINESS ADDRESS": "business_address",
    "BUSINESS-ADDRESS": "business_address",
    "MAIL ADDRESS": "mail_address",
    "MAIL-ADDRESS": "mail_address",
}
_FORMER_NAME_BLOCKS: Final = dict.fromkeys(("FORMER COMPANY", "FORMER-COMPANY", "FORMER NAME", "FORMER-NAME"), "")

WORDS: Final = {
    word: (place, fact)
    for place, facts in (
        (TOP, _TOP),
        (FILER, _FILER),
        (ADDRESS, _ADDRESS),
        (FORMER_NAME, _FORMER_NAME),
        (OPENS_FILER, ROLES),
        (OPENS_ADDRESS, _ADDRESS_BLOCKS),
        (OPENS_FORMER_NAME, _FORMER_NAME_BLOCKS),
    )
    for word, fact in facts.items()
}
"""Every known label and tag: its place, and the name of the fact (of a role or address block, where it is kept)."""

LINE_STARTS: Final = {indent + word: known for word, known in WORDS.items() for indent in ("", "\t", "\t\t")}
"""The same by what stands before the colon of a line in label style, indentation included: one look-up a line."""
