"""Who could hurt whom by leaving: the question and its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from synodos.language import Portfolio
    from synodos.whatif.exposure.types import Exposure
    from synodos.whatif.options.defaults import OptionDefaults


def exposure(
    portfolio: Portfolio,
    for_agency: str | None = None,
    *,
    defaults: OptionDefaults | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Exposure:
    """Return who could hurt whom by withdrawing, how much, and what preparation would soften it.

    Every single withdrawal is tried in turn: each agency from all that it shares with others, and from each mission by
    itself.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    for_agency : str, optional
        Only what hurts this agency; default: all.
    defaults : OptionDefaults, optional
        Lead times; default: those that the package ships.
    progress : callable, optional
        Told how many withdrawals were tried, and of how many.

    Raises
    ------
    KeyError
        If the portfolio has no agency `for_agency`.

    Notes
    -----
    A mission stops where something that it cannot do without is no longer met, or it waits for a mission that stops.
    Delays are deterministic: for each requirement the earliest take-over by the lead times that `options` uses, then
    the first launch period of the schedule. A development from nothing that comes after the
    date of the plan gives a date, and nobody to count on. No chances are computed.
    """
    if for_agency is not None and for_agency not in portfolio.agencies:
        raise KeyError(for_agency)
    from synodos.whatif.exposure.trying import tried

    return tried(portfolio, for_agency, defaults, progress)
