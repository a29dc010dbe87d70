"""Compiling everything once, so that later commands answer at once."""

from __future__ import annotations

import datetime as dt

from synodos.schedule import sampling
from synodos.schedule.paths.compiling import SMALL
from synodos.schedule.paths.critical_path import critical_path
from synodos.schedule.types import Edge, Network, Node, Rules


def warm() -> None:
    """Compile the passes through large networks, and what risk samples with; machine code is kept between processes."""
    count = SMALL + 1
    nodes = tuple(Node(str(place), str(place), "nobody", (), duration=1) for place in range(count))
    edges = tuple(Edge(place, place + 1) for place in range(count - 1))
    critical_path(Network(dt.date(2000, 1, 1), nodes, edges, schedules=(Rules("warm", "Warm", 0),)))
    sampling.warm()
