"""Sampling: how do dates and cost spread, and what drives the spread?"""

from synodos.schedule.sampling.coalitions import (
    ByCoalition,
    DelayShares,
    finish_by_coalition,
    shapley_delay,
    shapley_values,
)
from synodos.schedule.sampling.correlation import correlation_faults
from synodos.schedule.sampling.model import (
    ELAPSED,
    NOBODY,
    Activities,
    Calendars,
    Cluster,
    Costs,
    Effect,
    Family,
    LaunchPeriods,
    LinkKind,
    Links,
    Marginals,
    Model,
    Risks,
)
from synodos.schedule.sampling.running import Progress, run, run_blocks, warm
from synodos.schedule.sampling.sample import Sample, kept_iterations, merge

__all__ = [
    "ELAPSED",
    "NOBODY",
    "Activities",
    "ByCoalition",
    "Calendars",
    "Cluster",
    "Costs",
    "DelayShares",
    "Effect",
    "Family",
    "LaunchPeriods",
    "LinkKind",
    "Links",
    "Marginals",
    "Model",
    "Progress",
    "Risks",
    "Sample",
    "correlation_faults",
    "finish_by_coalition",
    "kept_iterations",
    "merge",
    "run",
    "run_blocks",
    "shapley_delay",
    "shapley_values",
    "warm",
]
