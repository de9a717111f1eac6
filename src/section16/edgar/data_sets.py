"""The layout of the SEC's quarterly Insider Transactions Data Sets: members, columns, where in a report each stands.

A place is a path of attributes from the record of the report (`section16.form`). A column with footnotes is followed by
one of the same name and `_FN`. Names, order and spelling (`EXCERCISE_DATE`) are those of the files of 2024; other
spellings that were seen or are documented are aliases, so files are read by their header row, never by position.
Description: FORM_345_readme.htm and FORM_345_metadata.json in the zips, which differ from the files in the cases named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

ACCESSION: Final = "ACCESSION_NUMBER"
"""The first column of every member."""

RELATIONSHIPS: Final = (
    ("is_director", "Director"),
    ("is_officer", "Officer"),
    ("is_ten_percent_owner", "TenPercentOwner"),
    ("is_other", "Other"),
)
"""Boxes of an owner's relationship and the words that stand for them in RPTOWNER_RELATIONSHIP, joined by commas."""

MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
"""Of days as the data sets write them: `30-SEP-2024`."""

DECIMAL_PLACES: Final = 2
"""To which the data sets round every number."""


class Column(msgspec.Struct, frozen=True):
    """A column: name, place of its value, place of the footnotes in its `_FN` column ("" if it has none), aliases.

    A column without `place` holds footnotes alone, under its own name.
    """

    name: str
    place: str
    footnotes: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its own columns in the file: of the value, of the footnotes."""
        if not self.place:
            return (self.name,)
        return (self.name, f"{self.name}_FN") if self.footnotes else (self.name,)


class Member(msgspec.Struct, frozen=True):
    """A member of the zip: the name of its table, the column that numbers its rows ("" if none does), its columns."""

    table: str
    columns: tuple[Column, ...]
    number: str = ""

    @property
    def header(self) -> list[str]:
        """Its header row."""
        head = [ACCESSION, *([self.number] if self.number else [])]
        return [*head, *[name for column in self.columns for name in column.names]]


class Header(msgspec.Struct, frozen=True):
    """A header row, understood: positions of the columns by the names of the layout, names that are missing, or new."""

    positions: dict[str, int]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


def _columns(*pairs: str) -> tuple[Column, ...]:
    """Columns from `NAME place`, or `NAME+ place` where `_FN` follows."""
    made = []
    for pair in pairs:
        name, place = pair.split()
        noted = name.endswith("+")
        name = name.rstrip("+")
        made.append(Column(name, place, place if noted else "", _ALIASES.get(name, ())))
    return tuple(made)


_ALIASES: Final = {
    "FORM3_HOLDINGS_REPORTED": ("FORM3_HOLDING_REPORTED",),  # the readme
    "EXCERCISE_DATE": ("EXERCISE_DATE",),
    "EXERCISE_DATE": ("EXCERCISE_DATE",),
    "EQUITY_SWAP_TRANS_CD_FN": ("EQUITY_SWAP_INVOLVED_FN",),  # the metadata
}
_CODE_NOTES: Final = Column("EQUITY_SWAP_TRANS_CD_FN", "", "coding.footnotes", _ALIASES["EQUITY_SWAP_TRANS_CD_FN"])
_FORM_TYPE: Final = Column("TRANS_FORM_TYPE", "coding.form_type", "coding.footnotes")
_DEALT: Final = (
    *_columns(
        "TRANS_DATE+ transaction_date",
        "DEEMED_EXECUTION_DATE+ deemed_execution_date",
        "TRANS_FORM_TYPE coding.form_type",
        "TRANS_CODE coding.code",
        "EQUITY_SWAP_INVOLVED coding.equity_swap",
    ),
    _CODE_NOTES,
    *_columns("TRANS_TIMELINESS+ timeliness", "TRANS_SHARES+ amounts.shares"),
)
_PRICED: Final = _columns(
    "TRANS_PRICEPERSHARE+ amounts.price_per_share", "TRANS_ACQUIRED_DISP_CD+ amounts.acquired_disposed"
)
_UNDERLYING: Final = _columns(
    "EXPIRATION_DATE+ expiration_date",
    "UNDLYNG_SEC_TITLE+ underlying.title",
    "UNDLYNG_SEC_SHARES+ underlying.shares",
    "UNDLYNG_SEC_VALUE+ underlying.value",
)
_HELD: Final = _columns(
    "SHRS_OWND_FOLWNG_TRANS+ owned_after.shares_owned",
    "VALU_OWND_FOLWNG_TRANS+ owned_after.value_owned",
    "DIRECT_INDIRECT_OWNERSHIP+ ownership.direct_or_indirect",
    "NATURE_OF_OWNERSHIP+ ownership.nature",
)
_TITLE: Final = _columns("SECURITY_TITLE+ title")
_STRIKE: Final = _columns("CONV_EXERCISE_PRICE+ conversion_or_exercise_price")

SUBMISSION: Final = Member(
    "SUBMISSION",
    _columns(
        "FILING_DATE filed_on",
        "PERIOD_OF_REPORT period_of_report",
        "DATE_OF_ORIG_SUB date_of_original_submission",
        "NO_SECURITIES_OWNED no_securities_owned",
        "NOT_SUBJECT_SEC16 not_subject_to_section16",
        "FORM3_HOLDINGS_REPORTED form3_holdings_reported",
        "FORM4_TRANS_REPORTED form4_transactions_reported",
        "DOCUMENT_TYPE document_type",
        "ISSUERCIK issuer.cik",
        "ISSUERNAME issuer.name",
        "ISSUERTRADINGSYMBOL issuer.trading_symbol",
        "REMARKS remarks",
        "AFF10B5ONE aff10b5_one",
    ),
)
REPORTING_OWNER: Final = Member(
    "REPORTINGOWNER",
    _columns(
        "RPTOWNERCIK id.cik",
        "RPTOWNERNAME id.name",
        "RPTOWNER_RELATIONSHIP relationship",
        "RPTOWNER_TITLE relationship.officer_title",
        "RPTOWNER_TXT relationship.other_text",
        "RPTOWNER_STREET1 address.street1",
        "RPTOWNER_STREET2 address.street2",
        "RPTOWNER_CITY address.city",
        "RPTOWNER_STATE address.state",
        "RPTOWNER_ZIPCODE address.zip_code",
        "RPTOWNER_STATE_DESC address.state_description",
        "FILE_NUMBER file_number",
    ),
)
NON_DERIVATIVE_TRANSACTION: Final = Member("NONDERIV_TRANS", (*_TITLE, *_DEALT, *_PRICED, *_HELD), "NONDERIV_TRANS_SK")
NON_DERIVATIVE_HOLDING: Final = Member("NONDERIV_HOLDING", (*_TITLE, _FORM_TYPE, *_HELD), "NONDERIV_HOLDING_SK")
DERIVATIVE_TRANSACTION: Final = Member(
    "DERIV_TRANS",
    (
        *_TITLE,
        *_STRIKE,
        *_DEALT,
        *_columns("TRANS_TOTAL_VALUE+ amounts.total_value"),
        *_PRICED,
        *_columns("EXCERCISE_DATE+ exercise_date"),
        *_UNDERLYING,
        *_HELD,
    ),
    "DERIV_TRANS_SK",
)
DERIVATIVE_HOLDING: Final = Member(
    "DERIV_HOLDING",
    (*_TITLE, *_STRIKE, _FORM_TYPE, *_columns("EXERCISE_DATE+ exercise_date"), *_UNDERLYING, *_HELD),
    "DERIV_HOLDING_SK",
)
FOOTNOTE: Final = Member("FOOTNOTES", _columns("FOOTNOTE_ID id", "FOOTNOTE_TXT text"))
OWNER_SIGNATURE: Final = Member("OWNER_SIGNATURE", _columns("OWNERSIGNATURENAME name", "OWNERSIGNATUREDATE date"))

MEMBERS: Final = {
    member.table: member
    for member in (
        SUBMISSION,
        REPORTING_OWNER,
        NON_DERIVATIVE_TRANSACTION,
        NON_DERIVATIVE_HOLDING,
        DERIVATIVE_TRANSACTION,
        DERIVATIVE_HOLDING,
        FOOTNOTE,
        OWNER_SIGNATURE,
    )
}
"""The members by their tables' names, in the order of the readme."""

OPTIONAL: Final = frozenset({"AFF10B5ONE"})
"""Columns that only newer copies have: their absence is no fault."""


def understand(member: Member, header: Sequence[str]) -> Header:
    """Find the columns of a member in the header row of a file."""
    found = {name.strip().strip("\ufeff").upper(): at for at, name in reversed(list(enumerate(header)))}
    positions: dict[str, int] = {}
    taken: set[str] = set()
    aliases = _spellings(member)
    for name in member.header:
        spelled = next((each for each in (name, *aliases.get(name, ())) if each in found), None)
        if spelled is not None:
            positions[name] = found[spelled]
            taken.add(spelled)
    missing = [name for name in member.header if name not in positions and name not in OPTIONAL]
    return Header(positions, tuple(missing), tuple([name for name in found if name not in taken]))


def _spellings(member: Member) -> dict[str, tuple[str, ...]]:
    """Other names of a member's columns, those of their footnotes included."""
    found: dict[str, tuple[str, ...]] = {}
    for column in member.columns:
        found[column.name] = column.aliases
        if column.place and column.footnotes:
            found[f"{column.name}_FN"] = tuple([f"{alias}_FN" for alias in column.aliases])
    return found
