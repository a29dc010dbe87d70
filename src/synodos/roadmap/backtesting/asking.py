"""Back-tests as they are asked for; what answers is loaded only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synodos.language import Outcomes, Portfolio

if TYPE_CHECKING:
    from synodos.cooperation import Weights
    from synodos.roadmap.backtesting.answer import Backtest
    from synodos.roadmap.backtesting.confidence import Calibration


def backtest(
    portfolio: Portfolio,
    outcomes: Outcomes,
    *,
    weights: Weights | None = None,
    dealings: int = 2_000,
    seed: int = 1,
) -> Backtest:
    """Return how many of the cooperations that came were proposed, how early, and how many would be by chance.

    Parameters
    ----------
    portfolio : Portfolio
        As it was known before.
    outcomes : Outcomes
        What came after.
    weights : Weights, optional
        What decides on the scores; default: those that the package ships.
    dealings, seed : int
        Random dealings of capabilities and places, and random orders, behind `as_good`, and their seed.

    Raises
    ------
    ValueError
        If the portfolio is later than the list takes it to be, `dealings` is less than 1, or a seed is negative.

    Notes
    -----
    A proposal is a cooperation that came if it names two or more of its agencies and no other, the same capability
    or one below or above it (but for the first level of the tree), and the same destination or one within or around
    it. Years are not asked for. What is about an objective names no capability and hits nothing.
    """
    _check(portfolio, outcomes, dealings, seed)
    from synodos.roadmap.backtesting.study import study  # NumPy is slow to import, so only here

    return study(portfolio, outcomes, weights, dealings, seed)


def calibration(portfolio: Portfolio, outcomes: Outcomes, *, iterations: int = 5_000, seed: int = 1) -> Calibration:
    """Return how often missions flew when the forecast of that day had them fly, beside the agencies' own dates.

    Parameters
    ----------
    portfolio : Portfolio
        As it was known before.
    outcomes : Outcomes
        What became of its missions.
    iterations, seed : int
        Of the Monte Carlo forecast (see `schedule.risk`).

    Raises
    ------
    ValueError
        If the portfolio is later than the list takes it to be, or a number is out of range.

    Notes
    -----
    What was given up, or is still to come, has not flown by a known day: its date is censored there. Counts are
    bounds: at least, as if it never flew; at most, as if it flew at once. A date that is a month or a year lies
    anywhere within it.
    """
    _check(portfolio, outcomes, iterations, seed)
    from synodos.roadmap.backtesting.calibrating import calibrate  # as above

    return calibrate(portfolio, outcomes, iterations, seed)


def _check(portfolio: Portfolio, outcomes: Outcomes, many: int, seed: int) -> None:
    """Refuse a portfolio that could know what came, and numbers out of range."""
    if portfolio.known_on > outcomes.after.latest:
        message = f"the outcomes are those after {outcomes.after}; the portfolio is known on {portfolio.known_on}"
        raise ValueError(message)
    if many < 1 or seed < 0:
        message = f"expected one iteration or dealing at least, and a seed of 0 at least; found {many} and {seed}"
        raise ValueError(message)
