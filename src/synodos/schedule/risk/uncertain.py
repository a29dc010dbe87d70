"""How long each activity may take: as stated, or by default."""

from __future__ import annotations

from dataclasses import dataclass

from synodos.language import Portfolio, Spread
from synodos.schedule.risk.defaults import Defaults
from synodos.schedule.risk.spreads import Row, certain, row
from synodos.schedule.risk.strikes import is_open
from synodos.schedule.types import ELAPSED, MINUTES_PER_DAY, Network, Node


@dataclass(frozen=True)
class Duration:
    """The remaining duration of one node.

    Attributes
    ----------
    planned_days : float
        In days of its calendar.
    spread : Spread or None
        None: certain.
    default : str
        Name of the default that the spread is; empty: stated, or certain.
    """

    planned_days: float
    spread: Spread | None
    default: str

    @property
    def relative(self) -> bool:
        """Whether the spread is a factor."""
        return self.spread is not None and self.spread.of == "factor"

    @property
    def row(self) -> Row:
        """Its row of marginals."""
        return certain(1.0 if self.relative else self.planned_days) if self.spread is None else row(self.spread)


def durations(network: Network, portfolio: Portfolio, defaults: Defaults) -> tuple[Duration, ...]:
    """Return the remaining duration of every node; what is done, and milestones, take none."""
    return tuple(_duration(network, node, portfolio, defaults) for node in network.nodes)


def _duration(network: Network, node: Node, portfolio: Portfolio, defaults: Defaults) -> Duration:
    """Return the remaining duration of one node."""
    left = node.duration if node.actual_start is None else node.remaining
    planned = left / minutes_per_day(network, node.calendar) if is_open(node) else 0.0
    if not is_open(node) or node.type != "task":
        return Duration(planned, None, "")
    if node.spread is not None:
        return Duration(planned, node.spread, "")
    if not planned:
        return Duration(planned, None, "")
    name = "instrument-duration" if _is_instrument(node, portfolio) else "duration"
    return Duration(planned, defaults.spread(name), name)


def _is_instrument(node: Node, portfolio: Portfolio) -> bool:
    """Return whether a node makes an instrument ready."""
    element = portfolio.elements.get(node.leads_to or "")
    return element is not None and "instrument" in (element.form or "")


def minutes_per_day(network: Network, calendar: int) -> int:
    """Return the working minutes that one day of a duration counts."""
    return MINUTES_PER_DAY if calendar == ELAPSED else network.calendars[calendar].minutes_per_day
