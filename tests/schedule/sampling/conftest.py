"""A plan with everything in it."""

import numpy as np
import pytest

from synodos.schedule.sampling import (
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


@pytest.fixture(scope="session")
def plan():
    """Return a plan with everything in it."""
    n = 40
    random = np.random.default_rng(4)
    links = [
        (int(before), v, LinkKind(int(random.integers(0, 4))) if v % 9 == 0 else LinkKind.FINISH_START, 0.0, -1)
        for v in range(1, n)
        for before in set(random.integers(max(v - 8, 0), v, 2).tolist())
    ]
    families = [(Family.PERT, 0.8, 1, 2), (Family.LOGNORMAL, 1.1, 0.3), (Family.TRIANGULAR, 0.9, 1, 1.4)]
    activities = Activities.of(
        random.uniform(5, 50, n),
        duration=Marginals.of([families[v % 3] for v in range(n)]),
        relative=np.ones(n, bool),
        group=np.arange(n) % 3,
        loading=np.where(np.arange(n) < 4, 0, 0.5),
        calendar=np.where(np.arange(n) % 5, -1, 0),
    )
    risks = Risks(
        np.array([7, 8, 9], np.uint32),
        np.array([0.3, 0.5, 0.02]),
        np.array([0, 1, 2]),
        np.array([Effect.MULTIPLY, Effect.DELAY, Effect.REMOVE]),
        Marginals.of([(Family.UNIFORM, 1, 1.5), (Family.UNIFORM, 5, 50), (Family.FIXED, 0)]),
        np.array([0, 2, 4, 5]),
        np.array([3, 11, 11, 30, 35]),
    )
    opens = np.arange(5) * 150.0
    work = np.concatenate(([0.0], np.cumsum(np.resize([1, 1, 1, 1, 1, 0, 0], 3000))))[None]
    return Model(
        activities,
        Links.of(n, links),
        np.array([n // 2, n - 1]),
        np.array([1, 2, 3], np.uint32),
        Calendars(0.0, 1.0, work),
        risks,
        LaunchPeriods(np.array([n - 3]), np.array([0, 5]), opens, opens + 40),
        (Cluster(np.arange(3), np.array([[1, 0.5, 0.2], [0.5, 1, 0.1], [0.2, 0.1, 1]])),),
        Costs(
            np.full(n, 10.0),
            np.full(n, 2.0),
            np.arange(n) % 2 == 0,
            Marginals.of([(Family.TRIANGULAR, 0.9, 1, 1.5)] * n),
            Marginals.fixed(np.ones(n)),
        ),
    )
