"""Which trades count: by code, exemption and the person's status, each with its reason.

A trade counts for certain, counts if a fact is so (it is then `asked`), or is left out. What depends on the other end
of a match (the tail after leaving, the look-back before registration) is judged there, in `lots`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import msgspec

from section16.compliance.short_swing.trade import Insider, Kind, Trade
from section16.law.matching_codes import (
    ACQUIRED,
    DISPOSED,
    PLAN_CODES,
    CodeRule,
    code_rules,
    leading_code,
)

TEN_PERCENT: Final = Decimal("0.1")


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a trade is left out or asked about, with the text that says so. `cites` is "" for a fact that is missing."""

    why: str
    cites: str = ""
    basis: str = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a trade.

    `left_out`: why it doesn't count. `asked`: the facts that are missing. `can_count`: whether it can be reckoned with
    if they are so.
    """

    trade: Trade
    left_out: Reason | None = None
    asked: tuple[Reason, ...] = ()
    can_count: bool = True

    @property
    def is_certain(self) -> bool:
        """Whether it counts whatever is still asked about others."""
        return self.left_out is None and not self.asked and self.can_count

    @property
    def may_count(self) -> bool:
        """Whether it counts at least if what is asked is so."""
        return self.left_out is None and self.can_count


def decide(trade: Trade, insider: Insider) -> Decision:
    """Say whether a trade counts."""
    reason = _left_out(trade, insider)
    if reason is not None:
        return Decision(trade=trade, left_out=reason)
    asked = tuple(_asked(trade, insider))
    return Decision(trade=trade, asked=asked, can_count=_can_count(trade))


def _left_out(trade: Trade, insider: Insider) -> Reason | None:
    if insider.foreign:
        why = "the issuer is a foreign private issuer: its insiders report, but Section 16(b) doesn't reach them"
        return Reason(why=why, cites="Rule 3a12-3(b); Release 34-104903", basis="guide")
    if insider.became and trade.day < insider.became and not _looked_back_at(insider):
        why = f"before becoming an insider on {insider.became}; there is no look-back but for a first registration"
        return Reason(why=why, cites="Rule 16a-2(a)", basis="guide")
    if insider.only_owns and insider.registered and trade.day < insider.registered:
        why = f"before the first registration on {insider.registered}; a ten-percent owner has no look-back"
        return Reason(why=why, cites="Rule 16a-2(c)", basis="guide")
    if insider.only_owns and insider.left and trade.day > insider.left:
        return Reason(why="after leaving; a ten-percent owner has no tail", cites="Rule 16a-2(b)", basis="guide")
    return _by_code(trade, insider) or _by_stake(trade, insider)


def _looked_back_at(insider: Insider) -> bool:
    """Whether the person became an insider by the issuer's first registration itself: then `settled` looks back."""
    return insider.became == insider.registered and not insider.only_owns


def _by_code(trade: Trade, insider: Insider) -> Reason | None:
    rule = _rule(trade)
    if rule.counts == "no" and trade.exempt is not False:
        return Reason(why=rule.why, cites=rule.cites, basis=rule.basis)
    code = leading_code(trade.code)
    if trade.exempt and not (insider.only_owns and code in PLAN_CODES):
        return Reason(why="exempt, as the table says", cites=rule.cites if rule.counts == "ask" else "", basis="")
    if code == "O" and trade.kind is not Kind.STOCK and trade.direction == "D":
        why = "the option itself, used up by an exercise that counts with its stock"
        return Reason(why=why, cites=rule.cites, basis=rule.basis)
    if code == "H" and trade.price is not None and not trade.price:
        return Reason(why="a long derivative that ended for no value", cites="Rule 16b-6(d)", basis="memory")
    return None


def _by_stake(trade: Trade, insider: Insider) -> Reason | None:
    """A ten-percent owner counts at an end only if he owned more than ten percent just before it."""
    if not insider.only_owns or trade.owned_before is None or not trade.outstanding:
        return None
    if trade.owned_before > trade.outstanding * TEN_PERCENT:
        return None
    owned = f"owned {trade.owned_before:f} of {trade.outstanding:f} before it, not more than 10%"
    cites = "Foremost-McKesson v. Provident, 423 U.S. 232 (1976)"
    if not trade.is_purchase:
        cites = "Reliance Electric v. Emerson, 404 U.S. 418 (1972)"
    return Reason(why=owned, cites=cites, basis="rule")


def _asked(trade: Trade, insider: Insider) -> Iterator[Reason]:
    """The facts that are missing."""
    code, rule = leading_code(trade.code), _rule(trade)
    counts = rule.owner or rule.counts if insider.only_owns else rule.counts
    if counts == "no":
        why = f"whether the code or 'not exempt' is right: code {code} is exempt by its nature ({rule.why})"
        yield Reason(why=why, cites=rule.cites, basis=rule.basis)
    if counts == "ask" and trade.exempt is None and code != "E":
        yield Reason(why=rule.why, cites=rule.cites, basis=rule.basis)
    if trade.exempt and insider.only_owns and code in PLAN_CODES:
        why = "by which rule it is exempt: Rule 16b-3 is not open to a person who is only a ten-percent owner"
        yield Reason(why=why, cites="Huppe v. WPCS, 670 F.3d 214 (2d Cir. 2012)", basis="rule")
    yield from _asked_of_direction(trade, code)
    if trade.price is None and not _needs_no_price(trade):
        yield Reason(why="the price")
    if insider.only_owns and (trade.owned_before is None or not trade.outstanding):
        why = "whether more than 10% was owned just before it: shares owned before, and outstanding"
        yield Reason(why=why, cites="Exchange Act s. 16(b); 423 U.S. 232", basis="rule")
    if trade.kind is Kind.CONVERTIBLE and trade.underlying_shares is None:
        yield Reason(why="the number of underlying shares")
    if code == "E" and trade.kind is Kind.STOCK:
        yield Reason(why="which option expired: a call or a put, its strike and its expiration date")


def _asked_of_direction(trade: Trade, code: str) -> Iterator[Reason]:
    if code == "E":
        return
    if trade.direction not in {"A", "D"}:
        yield Reason(why="whether it was acquired or disposed of")
    elif code in (ACQUIRED if trade.direction == "D" else DISPOSED):
        said = "acquired" if trade.direction == "A" else "disposed of"
        yield Reason(why=f"whether code {code} or '{said}' is right: they contradict each other")


def _needs_no_price(trade: Trade) -> bool:
    code = leading_code(trade.code)
    return code == "E" or (code == "O" and trade.strike is not None)


def _can_count(trade: Trade) -> bool:
    """Whether enough is known to reckon with it at all."""
    code = leading_code(trade.code)
    if code == "E":
        return trade.kind is not Kind.STOCK
    known = trade.direction in {"A", "D"} and (trade.price is not None or _needs_no_price(trade))
    return known and not (trade.kind is Kind.CONVERTIBLE and not trade.underlying_shares)


def _rule(trade: Trade) -> CodeRule:
    return code_rules()[leading_code(trade.code)]
