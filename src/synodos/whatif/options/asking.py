"""What could be done after a change: the question and its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from synodos.language import Change, Portfolio, Step
    from synodos.whatif.options.defaults import OptionDefaults
    from synodos.whatif.options.types import Options

MOST: Final = 12
"""Options of the front that are judged in full and listed, unless asked otherwise."""


def options(
    portfolio: Portfolio,
    change: Change | Sequence[Step],
    *,
    most: int = MOST,
    iterations: int = 2_000,
    seed: int = 1,
    defaults: OptionDefaults | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Options:
    """Return what could be done after a change, the best option first.

    Parameters
    ----------
    portfolio : Portfolio
        Before the change, as its viewer may see it.
    change : Change or sequence of Step
        What happens.
    most : int
        Options of the front to list, 1 or more; the best are kept.
    iterations : int
        Monte Carlo iterations for the chance of each listed option; 0: chances are left out.
    seed : int
        0 to 2^32 - 1; the same seed gives the same answer.
    defaults : OptionDefaults, optional
        Lead times and weights; default: those that the package ships.
    progress : callable, optional
        Told how many missions were searched and options judged, and of how many; of options the most that are
        expected, until the search has found them.

    Returns
    -------
    Options
        Without an open requirement or a stopped mission there is nothing to do, and no option.

    Raises
    ------
    ValueError
        If a step names what the portfolio does not have, or `most` or `iterations` is out of range.

    Notes
    -----
    Every open requirement of the missions concerned is taken over by an agency that states the capability, or
    developed by the lead or a partner, or left out where the mission flies without it; missions may wait, fly with
    another of the same lead, be led by a partner where their lead leaves, or be given up. The combinations are
    searched mission by mission, providers before those that wait for them; a partial combination goes when another
    with the same missions flying is no worse in dates, cost, objectives, dependence and obstacles. What each needs
    in time is the sum of lead times; dates and launch periods are those of the schedule.
    """
    if most < 1 or iterations < 0:
        message = f"options: expected most of 1 or more and iterations of 0 or more; found {most} and {iterations}"
        raise ValueError(message)
    from synodos.whatif.options.question import answered

    return answered(
        portfolio, change, most=most, iterations=iterations, seed=seed, defaults=defaults, progress=progress
    )
