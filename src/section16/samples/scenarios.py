"""What a day brings: which dealings come together on one Form 4, and how often, by the filer's standing.

The shares follow the sets of transaction codes found together on 10,459 Forms 4 of 2023 (`F|M` there is vesting with
withholding here), shared out among officers, directors and holders as their offices suggest. The first dealing of a
scenario decides whether it can happen at all; the others join in where they can.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from section16.samples import dealings as shares
from section16.samples import derivative_dealings as derivatives
from section16.samples.chance import Mix
from section16.samples.insiders import Standing
from section16.samples.trading_days import Day

Dealing = Callable[[Day], bool]

# dealings, weight among officers, among directors, among holders
_SCENARIOS: Final[tuple[tuple[tuple[Dealing, ...], float, float, float], ...]] = (
    ((shares.award,), 12, 27.0, 0),
    ((derivatives.grant,), 9.5, 19.0, 0),
    ((shares.sell,), 8.0, 5.0, 34),
    ((shares.withhold,), 19, 0.5, 0),
    ((shares.buy,), 5.0, 7.0, 36),
    ((derivatives.vest_units, shares.withhold), 19, 1, 0),
    ((shares.award, shares.withhold), 7.0, 0, 0),
    ((derivatives.exercise_options, shares.sell), 17.0, 10.0, 0),
    ((shares.award, derivatives.grant), 2.2, 1.2, 0),
    ((derivatives.vest_units,), 2.5, 8.0, 0),
    ((derivatives.exercise_options,), 2.5, 2.5, 0),
    ((derivatives.exercise_options, shares.withhold), 1.6, 0, 0),
    ((derivatives.accrue,), 0.3, 2.5, 0),
    ((derivatives.accrue, derivatives.vest_units), 0.6, 3.0, 0),
    ((derivatives.accrue, derivatives.vest_units, shares.withhold), 1.6, 0, 0),
    ((shares.award, shares.withhold, derivatives.grant), 1.6, 0, 0),
    ((derivatives.vest_units, shares.withhold, shares.sell), 0.7, 0, 0),
    ((shares.withhold, shares.sell), 0.6, 0, 0),
    ((shares.give,), 1.3, 1.6, 1.5),
    ((shares.give, shares.sell), 0.2, 0.1, 0),
    ((shares.transfer,), 0.9, 1.0, 12),
    ((derivatives.transfer_derivative,), 1.3, 1.3, 6),
    ((shares.surrender,), 1.4, 0.8, 0),
    ((derivatives.settle_in_cash,), 0.8, 1.6, 0),
    ((derivatives.settle_through_shares,), 0.6, 0.3, 0),
    ((derivatives.convert,), 4.0, 3.4, 16),
    ((derivatives.convert, shares.sell), 2.0, 1.2, 6),
    ((derivatives.trade_warrants,), 0, 0, 12),
    ((derivatives.exercise_warrants,), 0, 0, 4),
    ((derivatives.swap,), 0, 0, 3),
    ((shares.move_in_plan,), 0.22, 0, 0),
    ((shares.inherit,), 0.05, 0.05, 0.1),
    ((shares.buy_little,), 0.12, 0.18, 0),
    ((shares.tender,), 0.1, 0.1, 0.3),
)
_COLUMNS: Final = {Standing.OFFICER: 1, Standing.DIRECTOR: 2, Standing.HOLDER: 3}
_BY_STANDING: Final[dict[Standing, Mix[tuple[Dealing, ...]]]] = {
    standing: Mix((row[0], row[column]) for row in _SCENARIOS)  # type: ignore[misc]
    for standing, column in _COLUMNS.items()
}
_TRIES: Final = 6
_MATCHED: Final = 0.04
"""How often someone who sells also buys, or the other way: short-swing profits are rare."""


def fill(day: Day) -> None:
    """Let something happen to the day's insider: a scenario that can, of six drawn, else a plain grant or purchase."""
    insider = day.insider
    mix = _BY_STANDING[insider.standing]
    against = shares.sell if insider.buys else shares.buy
    for _ in range(_TRIES):
        scenario = day.chance.drawn(mix)
        if against in scenario and not day.chance.happens(_MATCHED):
            scenario = _turned(scenario, against)
        if scenario[0](day):
            for dealing in scenario[1:]:
                dealing(day)
            return
    if insider.standing is Standing.HOLDER:
        shares.buy(day)
    else:
        shares.award(day)


def _turned(scenario: tuple[Dealing, ...], against: Dealing) -> tuple[Dealing, ...]:
    """Return the scenario with a sale for a purchase, or a purchase for a sale that stands alone; else without it."""
    if against is shares.buy:
        return (shares.sell,)
    return (shares.buy,) if scenario == (shares.sell,) else tuple(one for one in scenario if one is not against)
