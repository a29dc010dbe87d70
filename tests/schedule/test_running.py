"""A small network is walked through as plain Python; a large one, or one walked through often, compiled."""

import numpy as np
import pytest

from synodos.schedule.paths import passes, running
from synodos.schedule.paths.compiling import SMALL
from synodos.schedule.paths.flat import flattened
from synodos.schedule.paths.passes import topology
from synodos.schedule.paths.walk import Dates
from tests.schedule.works import relay


def fill(_, dates, column, number):
    for place in range(len(column)):
        dates.start[place] = dates.finish[place] = dates.begin[place] = column[place] = number


@pytest.mark.parametrize(
    ("small", "times", "compiles"), [(4, 1, False), (3, 1, True), (2_000, 250_000, False), (2_000, 250_001, True)]
)
def test_what_is_large_or_walked_through_often_is_compiled_and_fills_the_same_lists(
    monkeypatch, small, times, compiles
):
    monkeypatch.setattr(running, "SMALL", small)
    asked = []
    monkeypatch.setattr(running, "compiled", lambda kernel, *_: asked.append(kernel) or kernel)
    dates, column = Dates([0, 0], [0, 0], [0, 0]), [0, 0]
    running.Runner(flattened(relay()), times).run(fill, dates, column, 7)
    assert (dates, column) == (Dates([7, 7], [7, 7], [7, 7]), [7, 7])
    assert bool(asked) == compiles


def test_the_fast_passes_are_compiled_for_more_than_a_small_number_of_nodes(monkeypatch):
    def refuse(*_):
        raise LookupError

    monkeypatch.setattr(passes, "compiled", refuse)
    ends = np.arange(SMALL + 1)
    assert len(topology(ends[:-2], ends[1:-1], SMALL).order) == SMALL
    with pytest.raises(LookupError):
        topology(ends[:-1], ends[1:], SMALL + 1)
