"""What the answer rests on: rules applied that were not read again (basis memory), and facts taken for granted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from section16.compliance.short_swing.answer import Step
from section16.compliance.short_swing.decisions import Decision
from section16.compliance.short_swing.lots import Lot
from section16.compliance.short_swing.trade import Insider, Kind
from section16.law.matching_codes import leading_code
from section16.positions import Split


def assumptions(
    lots: Sequence[Lot], decisions: Sequence[Decision], insider: Insider, splits: Sequence[Split]
) -> Iterator[Step]:
    """The assumptions that bear on these trades."""
    yield from _of_the_clock()
    yield from _of_the_person(decisions, insider)
    yield Step(
        text="Prices are gross of commissions; dividends received are not added.",
        cites="courts have allowed deducting the one and have sometimes added the other",
        basis="memory",
    )
    yield Step(
        text="Shares held directly and indirectly are matched together; losses are not netted.",
        cites="Smolowe v. Delendo, 136 F.2d 231 (2d Cir. 1943); Gratz v. Claughton, 187 F.2d 46 (2d Cir. 1951)",
        basis="rule",
    )
    if any(lot.trade.pecuniary_share != 1 for lot in lots):
        yield Step(text="Only the person's pecuniary share counts.", cites="Rule 16a-1(a)(2)", basis="memory")
    if splits:
        yield Step(
            text="Before a split, trades are restated: shares times its factor, price divided by it.", basis="memory"
        )
    yield from _of_codes(lots)
    yield from _of_derivatives(lots)


def _of_the_clock() -> Iterator[Step]:
    yield Step(
        text="A pair matches through two days before the day with the same number six months after the earlier trade.",
        cites="Colonial Realty v. MacWilliams, 512 F.2d 1187 (2d Cir. 1975)",
        basis="rule",
    )
    yield Step(
        text="Counted forward from the earlier trade date; trades of one day match, weekends and holidays count. "
        "Where the sixth month has no such day, its last day stands in (narrow reading).",
        cites="Stella v. Graham-Paige, 132 F. Supp. 100 (S.D.N.Y. 1955), Jammies v. Nowinski, 700 F. Supp. 189 "
        "(S.D.N.Y. 1988), as others report them",
        basis="memory",
    )


def _of_the_person(decisions: Sequence[Decision], insider: Insider) -> Iterator[Step]:
    if insider.status is None and not insider.foreign:
        yield Step(text="The person is taken for a director or officer; nothing said otherwise.")
    if insider.only_owns:
        yield Step(
            text="A trade counts if more than 10% was owned just before it, by owned_before and outstanding as given.",
            cites="423 U.S. 232 (1976); 404 U.S. 418 (1972)",
            basis="memory",
        )
    elif insider.left is None and insider.became is None and decisions:
        yield Step(text="The person was an insider at one end of each pair: no date of entry or exit is given.")


def _of_codes(lots: Sequence[Lot]) -> Iterator[Step]:
    codes = {leading_code(lot.trade.code) for lot in lots}
    if "U" in codes:
        text = "A tender in a change of control is a sale: neither Rule 16b-3(e) nor 16b-7 exempts it."
        yield Step(text=text, cites="Rules 16b-3(e), 16b-7", basis="memory")
    if "L" in codes:
        yield Step(text="A small acquisition is matched, its report is deferred.", cites="Rule 16a-6", basis="memory")
    if any(lot.series[:1] == ("swap",) for lot in lots):
        text = "An equity swap is a derivative security, measured by the stock's market price, else by the price given."
        yield Step(text=text, cites="Rule 16b-6(c)(2)", basis="memory")


def _of_derivatives(lots: Sequence[Lot]) -> Iterator[Step]:
    derivative = [lot for lot in lots if lot.series]
    if not derivative:
        return
    yield Step(
        text="Buying a call or writing a put is a purchase of the stock, writing a call or buying a put a sale.",
        cites="Rule 16b-6(a)",
        basis="rule",
    )
    yield Step(
        text="Identical derivative securities (kind, strike, expiration) are matched at the prices paid and received; "
        "others, and with stock, at the difference in the stock's market price: a cap, valuations may show less.",
        cites="Rule 16b-6(c)(1) and (2)",
        basis="memory",
    )
    if any(lot.trade.kind in {Kind.CALL, Kind.PUT} and not lot.trade.by_unit for lot in derivative):
        yield Step(text="Prices of calls and puts are for each underlying share, as premiums are quoted.")
    if any(lot.trade.underlying_shares is None for lot in derivative):
        yield Step(text="A derivative security without underlying_shares is for one share each.", basis="memory")
    if any(not lot.trade.expires and lot.trade.strike is None for lot in derivative):
        yield Step(text="Derivative securities of one kind and title without strike and expiration are identical.")
    if any(lot.expired for lot in derivative):
        yield Step(
            text="The end of a written option within six months is matched with its writing, at most for the premium.",
            cites="Rule 16b-6(d); Roth v. Goldman Sachs, 740 F.3d 865 (2d Cir. 2014)",
            basis="memory",
        )
