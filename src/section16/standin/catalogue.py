"""What there is to serve: a light list of filings, found by accession number, day and party. No bytes of filings.

Filings stand in the order of acceptance, and a position is a place in that order, so "what was public by then" is a
number: all positions below it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import msgspec

from section16.edgar.dissemination_paths import quarter_of


class Party(msgspec.Struct, frozen=True, gc=False):
    """An issuer or reporting owner of a filing: `role` is the header's word in lower case."""

    cik: int
    name: str
    role: str


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a filing's bytes are: a whole file, or (`length` above 0) a deflated piece of one."""

    path: str
    offset: int = 0
    length: int = 0


class Listed(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A filing as indexes and feeds tell of it. `accepted_at` carries Eastern time; `size` is of the full submission.

    `document` is the file name of the report inside the submission, `viewer` the folder in which EDGAR shows it as a
    page (`xslF345X05`), `ticker` the issuer's first symbol.
    """

    accession: str
    form: str
    filed_on: date
    accepted_at: datetime
    period: date | None
    parties: tuple[Party, ...]
    size: int
    document: str
    viewer: str
    ticker: str
    place: Place

    @property
    def nodash(self) -> str:
        """The accession number as the name of a folder."""
        return self.accession.replace("-", "")


class Catalogue:
    """Filings in the order of acceptance, and the quarterly data sets that lie among them."""

    def __init__(self, filings: Iterable[Listed], data_sets: Mapping[str, Path] | None = None) -> None:
        """Sort the filings and index them; of two with one accession number the first is taken."""
        by_accession: dict[str, Listed] = {}
        for filing in filings:
            by_accession.setdefault(filing.accession, filing)
        self.filings = sorted(by_accession.values(), key=lambda filing: (filing.accepted_at, filing.accession))
        self.data_sets = dict(data_sets or {})
        self._position = {filing.accession: at for at, filing in enumerate(self.filings)}
        self._days: dict[date, array[int]] = {}
        self._parties: dict[int, array[int]] = {}
        for at, filing in enumerate(self.filings):
            self._days.setdefault(filing.filed_on, array("L")).append(at)
            for cik in {party.cik for party in filing.parties}:
                self._parties.setdefault(cik, array("L")).append(at)

    def __len__(self) -> int:
        """How many filings there are, public or not yet."""
        return len(self.filings)

    def view(self, public: int, finished_before: datetime | None = None, *, empty: bool = False) -> View:
        """Return what is public of it; see `View`."""
        return View(self, public, finished_before, empty=empty)

    def position(self, accession: str) -> int | None:
        """Return the filing's place in the order of acceptance."""
        return self._position.get(accession)

    def days(self) -> Mapping[date, array[int]]:
        """Return the positions of each filing date."""
        return self._days

    def parties(self) -> Mapping[int, array[int]]:
        """Return the positions of each party."""
        return self._parties


class View:
    """The public part of a catalogue: the first `public` filings.

    `finished_before` hides the indexes of days that were not over by then. An `empty` view knows what exists but lists
    none of it: EDGAR's answers when it has lost its mind.
    """

    def __init__(
        self, catalogue: Catalogue, public: int, finished_before: datetime | None = None, *, empty: bool = False
    ) -> None:
        """See the class."""
        self.catalogue = catalogue
        self.public = public
        self.finished_before = finished_before
        self.empty = empty

    def filing(self, accession: str) -> Listed | None:
        """Return a public filing by its accession number."""
        position = self.catalogue.position(accession)
        return None if position is None or position >= self.public else self.catalogue.filings[position]

    def days(self) -> list[date]:
        """Return the filing dates of which there is a daily index, in order."""
        return [day for day, positions in sorted(self.catalogue.days().items()) if self._is_out(day, positions)]

    def of_day(self, day: date) -> list[Listed] | None:
        """Return the filings of a filing date in the order of acceptance; None if there is no index of it."""
        positions = self.catalogue.days().get(day)
        return None if positions is None or not self._is_out(day, positions) else self._public(positions)

    def of_quarter(self, year: int, quarter: int) -> list[Listed] | None:
        """Return the filings of a quarter by filing date; None if there is no index of it."""
        days = [day for day in self.days() if day.year == year and quarter_of(day) == quarter]
        return [filing for day in days for filing in self.of_day(day) or ()] if days else None

    def whole_quarters(self) -> set[tuple[int, int]]:
        """Return the quarters, as year and number, of which every filing is public."""
        quarters: dict[tuple[int, int], bool] = {}
        for day, positions in self.catalogue.days().items():
            of = (day.year, quarter_of(day))
            whole = self._is_out(day, positions) and positions[-1] < self.public
            quarters[of] = quarters.get(of, True) and whole
        return {of for of, whole in quarters.items() if whole}

    def of_party(self, cik: int) -> list[Listed] | None:
        """Return the filings that name a party, newest first; None if EDGAR does not know it."""
        positions = self.catalogue.parties().get(cik)
        if positions is None or positions[0] >= self.public:
            return None
        return self._public(positions)[::-1]

    def newest(self) -> Iterator[Listed]:
        """Yield the filings from the newest back."""
        if not self.empty:
            for position in range(self.public - 1, -1, -1):
                yield self.catalogue.filings[position]

    def issuers(self) -> list[tuple[Party, str]]:
        """Return each issuer that has a symbol, with its latest, by CIK."""
        found: dict[int, tuple[Party, str]] = {}
        for filing in self.newest():
            for party in filing.parties:
                if party.role == "issuer" and filing.ticker:
                    found.setdefault(party.cik, (party, filing.ticker))
        return [found[cik] for cik in sorted(found)]

    def _is_out(self, day: date, positions: array[int]) -> bool:
        over = self.finished_before is None or day < self.finished_before.date()
        return over and positions[0] < self.public

    def _public(self, positions: array[int]) -> list[Listed]:
        if self.empty:
            return []
        return [self.catalogue.filings[at] for at in positions[: bisect_left(positions, self.public)]]
