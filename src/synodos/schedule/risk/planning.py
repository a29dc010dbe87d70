"""What is known of a network before it is sampled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from synodos.language import Portfolio
from synodos.schedule.risk.clock import Clock
from synodos.schedule.risk.correlating import Together, together
from synodos.schedule.risk.costs import Priced, priced
from synodos.schedule.risk.defaults import Defaults
from synodos.schedule.risk.strikes import Event, events, is_open
from synodos.schedule.risk.uncertain import Duration, durations
from synodos.schedule.types import CriticalPath, Network, Node


@dataclass(frozen=True)
class Plan:
    """What is known of a network before it is sampled.

    Attributes
    ----------
    network : Network
        Without the links to what its successors can do without.
    path : CriticalPath
        Of the network.
    durations : tuple of Duration
        For each node.
    events : tuple of Event
        What may happen.
    together : tuple of Together
        Stated correlations.
    within : float
        Correlation within an agency.
    priced : Priced or None
        Costs.
    defaults : Defaults
        What stands in where nothing is stated.
    """

    network: Network
    path: CriticalPath
    durations: tuple[Duration, ...]
    events: tuple[Event, ...]
    together: tuple[Together, ...]
    within: float
    priced: Priced | None
    defaults: Defaults

    @property
    def order(self) -> tuple[int, ...]:
        """Places of the nodes, predecessors first."""
        return self.path.order

    @cached_property
    def clock(self) -> Clock:
        """Days from the day of knowledge."""
        return Clock.of(self.network)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Agencies that answer for something."""
        held = {node.agency for node in self.network.nodes if is_open(node)}
        return tuple(sorted(held | {event.agency for event in self.events if event.agency}))

    @cached_property
    def waits(self) -> Mapping[int, int]:
        """For each milestone that events delay, or that launch periods hold, the row in which it waits to be ready."""
        delayed = {
            place
            for event in self.events
            for strike in event.strikes
            if strike.effect == "delay"
            for place in strike.places
            if not self.network.nodes[place].remaining
        }
        delayed |= {place for place, node in enumerate(self.network.nodes) if holds_back(node)}
        found, row_ = {}, 0
        for place in self.order:
            if place in delayed:
                found[place] = row_
                row_ += 1
            row_ += 1
        return found

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """For each node its row in the model."""
        found, row_ = [0] * len(self.order), 0
        for place in self.order:
            row_ += place in self.waits
            found[place] = row_
            row_ += 1
        return tuple(found)

    @property
    def size(self) -> int:
        """Rows of the model."""
        return len(self.order) + len(self.waits)


def plan(
    path: CriticalPath,
    portfolio: Portfolio,
    defaults: Defaults,
    within: float | None = None,
) -> Plan:
    """Return what the network of a path, its records and the defaults say about uncertainty.

    Raises
    ------
    ValueError
        If stated correlations cannot hold (code `risk.correlation`).
    """
    within = defaults.number("correlation") if within is None else within
    network = path.network
    spreads = durations(network, portfolio, defaults)
    return Plan(
        network=network,
        path=path,
        durations=spreads,
        events=events(network, portfolio, defaults),
        together=together(network, portfolio, [one.spread is not None for one in spreads], within),
        within=within,
        priced=priced(network, portfolio),
        defaults=defaults,
    )


def holds_back(node: Node) -> bool:
    """Return whether launch periods can hold a node back."""
    return bool(node.periods) and node.actual_start is None and is_open(node)
