"""Schedule risk as it is asked for; what answers is loaded only then."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from synodos.language import Portfolio
    from synodos.schedule.risk.answer import Risk
    from synodos.schedule.risk.defaults import Defaults
    from synodos.schedule.risk.sampled import Executor, Progress
    from synodos.schedule.types import Network


def risk(  # noqa: PLR0913 - what a caller may choose, each by its name
    network: Network,
    portfolio: Portfolio,
    *,
    target: str | None = None,
    iterations: int = 10_000,
    seed: int = 1,
    threads: int | None = None,
    executor: Executor | None = None,
    agency_correlation: float | None = None,
    date: dt.date | None = None,
    budget: float | None = None,
    confidence: float | None = None,
    defaults: Defaults | None = None,
    progress: Progress | None = None,
    only_dates: bool = False,
) -> Risk:
    """Return how sure the dates of a network are, and who and what moves them.

    Parameters
    ----------
    network : Network
    portfolio : Portfolio
        From which the network was made, as its viewer may see it: its risks, commitments, rates and agencies count.
    target : str, optional
        Node that drivers, shares and indices refer to, or a mission: then it is its launch. Without it the launch that
        comes last, or where there is none the node that finishes last.
    iterations : int
        Positive.
    seed : int
        0 to 2^32 - 1. The same seed gives the same answer; more iterations extend those of fewer.
    threads : int, optional
        As many as the machine has processors, if not given. The answer is the same to the bit on any number.
    executor : Executor, optional
        A Dask client, or an executor of `concurrent.futures`, that runs the iterations of the main run.
    agency_correlation : float, optional
        Correlation of the durations within one agency, 0 to 1; without it the default.
    date : datetime.date, optional
        Last day by which cost and date should be kept together; without it the planned date of the target, else its
        deterministic one.
    budget : float, optional
        What it may cost, in the currency of the answer; without it the cost if everything goes to plan.
    confidence : float, optional
        Joint confidence that a plan should have, 0 to 1; without it the default.
    defaults : Defaults, optional
        What stands in where nothing is stated; without it what the package ships.
    progress : callable, optional
        Told of the main run how many iterations are done, and of how many.
    only_dates : bool
        Whether to leave out what takes runs of its own: drivers, the delay by agency, other defaults, and what would
        sharpen the answer.

    Returns
    -------
    Risk
        If interrupted (Ctrl-C), from the iterations done until then, and without what was still to be asked.

    Raises
    ------
    ValueError
        If the network is empty, the target is not in it or is reached already, an argument is out of range, or stated
        correlations cannot hold.
    KeyboardInterrupt
        If interrupted before the first iterations are done.

    Notes
    -----
    Links to what their successors can do without bound nothing here: a mission flies without its enhancements.
    """
    from synodos.schedule.risk.study import study

    return study(
        network,
        portfolio,
        target=target,
        iterations=iterations,
        seed=seed,
        threads=threads,
        executor=executor,
        agency_correlation=agency_correlation,
        date=date,
        budget=budget,
        confidence=confidence,
        defaults=defaults,
        progress=progress,
        only_dates=only_dates,
    )
