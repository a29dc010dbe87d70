"""Whole questions to made-up portfolios: how their time grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from synthetic import portfolio
from timing import Row, medians, peak_mb, slope

from synodos.cooperation import dependence, opportunities
from synodos.language import Portfolio

MOST = 100
"""Opportunities that are listed; all are found and ranked."""
QUESTIONS: dict[str, Callable[[Portfolio], object]] = {
    "opportunities": lambda plans: opportunities(plans, most=MOST),
    "dependence": dependence,
}


def measured(names: list[str], sizes: list[int], rounds: int) -> Iterator[Row]:
    """Yield a row for each question and size."""
    before: dict[str, tuple[int, float]] = {}
    for size in sizes:
        plans = portfolio(size)
        asked = {name: lambda ask=QUESTIONS[name], plans=plans: ask(plans) for name in names}
        medians(asked, 1)  # the first call of a process imports what it needs
        for name, seconds in medians(asked, rounds).items():
            growth = slope(before.get(name), (size, seconds))
            before[name] = (size, seconds)
            yield Row(name, size, seconds, None, None, None, None, None, growth, peak_mb(), "")
