"""Whole questions to made-up portfolios: how their time grows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from suite import Suite
from synthetic import portfolio
from timing import Row, peak_mb, slope, timings

from synodos.cooperation import dependence, opportunities
from synodos.language import Portfolio

MOST = 100
"""Opportunities that are listed; all are found and ranked."""
QUESTIONS: dict[str, Callable[[Portfolio], object]] = {
    "opportunities": lambda plans: opportunities(plans, most=MOST),
    "dependence": dependence,
}


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield a row for each question and size."""
    before: dict[str, tuple[int, float]] = {}
    for size in sizes:
        plans = portfolio(size)
        asked = {name: lambda ask=ask, plans=plans: ask(plans) for name, ask in QUESTIONS.items()}
        timings(asked, 1)  # the first call of a process imports what it needs
        for name, timing in timings(asked, rounds).items():
            seconds = timing.median_s
            growth = slope(before.get(name), (size, seconds))
            before[name] = (size, seconds)
            yield Row(name, size, seconds, None, None, None, None, None, growth, peak_mb(), "", timing.spread)


SUITE = Suite(
    "questions",
    "Whole questions",
    """\
Made-up portfolios of n records of 10 + n^0.4 agencies over 30 years, with missions, elements, interests and offers in
nearly the mix of the portfolio of 2011. All opportunities are found and ranked, and the 100 best put into words. Needs
and supplies that meet grow faster than the records: at 100,000 records there are more than ten million pairs.""",
    ("case", "n", "ours_s", "slope", "rss_mb"),
    (1_000, 10_000, 100_000),
    measured,
)
