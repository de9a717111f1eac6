"""What would close a gap: a footnote in the next Form 4, an amendment, or a late report. Drafts as text and data.

Which of them is right depends on a fact that reports don't tell, so each draft says what must be true for it. Rules
A-1 (an amendment shows the corrected line and says what changed), A-2 (it speaks as of the original's date), A-3
(reports between the error and its discovery need no amendment; the next one corrects the balance in a footnote), A-5
(a transaction first reported after its due date is late), T-3 (changes that need no report).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

import msgspec

from section16.positions import Chain, Continuity, Link

_EXEMPT: Final = "16a-9 (split, stock dividend), 16a-11 (dividend reinvestment), 16a-12 (domestic relations order), "
_EXEMPT_MORE: Final = "16a-13 (form of ownership only) or 16b-3(c) (tax-conditioned plan)"
_GUIDE: Final = "guide"
_SIMPLE: Final = frozenset({1, 2, 3})
_MOST: Final = 100
"""Splits beyond one for a hundred are rare, and a number that large fits by chance."""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One way to close a gap.

    `kind` is `split`, `footnote` (on the next Form 4), `amendment` or `late_report`; `if_` is what must be true, `text`
    the draft. For an amendment `accession`, `place` and the figures tell what to correct. `basis` and `cites` are those
    of the rule it follows.
    """

    kind: str
    if_: str = msgspec.field(name="if")
    text: str
    form: str
    accession: str | None = None
    place: str | None = None
    owned_as_filed: Decimal | None = None
    owned_corrected: Decimal | None = None
    cites: str
    basis: str


def corrections(chain: Chain, at: int) -> list[Correction]:
    """Return the ways to close the gap of a link, the likeliest first; none for a link without a gap."""
    link = chain.links[at]
    if link.status is not Continuity.GAP or link.gap is None:
        return []
    found = list(_all(chain, at, link, link.gap))
    if _comes_back(chain, at):
        found = sorted(found, key=lambda one: one.kind != "amendment")
    split = _split(link)
    return [split, *found] if split is not None else found


def _split(link: Link) -> Correction | None:
    """A split whose factor is simple and leaves nothing over."""
    expected, before = link.expected, link.statement.before
    if not expected or not before or expected < 0 or before < 0:
        return None
    factor = Fraction(before) / Fraction(expected)
    if factor.denominator not in _SIMPLE and factor.numerator != 1:
        return None
    if max(factor.numerator, factor.denominator) > _MOST:
        return None
    words = f"{factor.numerator}-for-{factor.denominator}"
    return Correction(
        kind="split",
        if_=f"there was a {words} split before {link.statement.first}",
        text=f"Nothing is to be corrected: give the split as data (its day, {words}).",
        form="",
        cites="Rule 16a-9: splits and pro-rata stock dividends need no report",
        basis="memory",
    )


def _all(chain: Chain, at: int, link: Link, gap: Decimal) -> Iterator[Correction]:
    since, number = chain.links[at - 1].statement.last, figure(abs(gap))
    title = link.statement.lines[0].title_as_filed or "securities"
    first, verb = link.statement.first, "acquired" if gap > 0 else "disposed of"
    exempt = f"the {number} were {verb} between {since} and {first} without a duty to report: "
    change = f"Includes {number} shares acquired" if gap > 0 else f"Reflects a decrease of {number} shares"
    yield Correction(
        kind="footnote",
        if_=f"{exempt}Rule {_EXEMPT}{_EXEMPT_MORE}",
        text=f"{change} since {since} in transactions exempt from reporting under Rule [16a-...].",
        form="4",
        cites="T-3: changes exempt from Section 16(a) are rolled into column 5 with a footnote",
        basis=_GUIDE,
    )
    yield _amendment(chain, at, link, gap)
    way = "A" if gap > 0 else "D"
    yield Correction(
        kind="late_report",
        if_=f"the {number} were {verb} between {since} and {first} in a transaction that should have been reported",
        text=f"Report it now on Form 4 (on Form 5 what was due on Form 5): {title}, ({way}), {number} shares, with the "
        f"day and price of the transaction. It counts as a late transaction.",
        form="4",
        cites="D-3, D-11, A-5: what was missed is reported when found, and is late for Item 405",
        basis=_GUIDE,
    )


def _amendment(chain: Chain, at: int, link: Link, gap: Decimal) -> Correction:
    """Correct the figure of this report; the one before may be wrong as well, which the text says."""
    statement, before = link.statement, chain.links[at - 1].statement
    last = statement.lines[-1]
    after = statement.after
    right = None if after is None else after - gap
    figures = f"{figure(right)} instead of {figure(after)}" if right is not None and after is not None else "the figure"
    other = figure(before.after + gap) if before.after is not None else "another figure"
    text = (
        f"Form {_base(statement.report.document_type)}/A of the report of {statement.report.public}: {last.place}, "
        f'amount owned: {figures}. Footnote: "This amendment corrects the amount of securities beneficially owned '
        f'following the reported transaction, which was misstated." Or correct it on the next Form 4, with a footnote. '
        f"If it is the report of {before.report.public} that is wrong, it should have said {other}."
    )
    return Correction(
        kind="amendment",
        if_="nothing was acquired or disposed of, and the amount owned was misstated",
        text=text,
        form=f"{_base(statement.report.document_type)}/A",
        accession=statement.report.accession,
        place=last.place,
        owned_as_filed=after,
        owned_corrected=right if right is not None and right >= 0 else None,
        cites="A-1, A-2, A-3: an amendment shows the corrected line as of its date; later reports need none",
        basis=_GUIDE,
    )


def _comes_back(chain: Chain, at: int) -> bool:
    """Whether the next report takes the gap back: then this one was misstated."""
    later = chain.links[at + 1] if at + 1 < len(chain.links) else None
    gap = chain.links[at].gap
    return later is not None and gap is not None and later.gap == -gap


def _base(document_type: str) -> str:
    return document_type.removesuffix("/A") or "4"


def figure(amount: Decimal | None) -> str:
    """A number as people write it, thousands with commas; "?" for an unknown one."""
    if amount is None:
        return "?"
    return f"{amount.normalize():,f}"
