"""What a network is put together from, before places replace ids."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from synodos.language import LinkType
from synodos.schedule.types import ELAPSED, Node


class Wire(NamedTuple):
    """A link between two nodes, by their ids."""

    predecessor: str
    successor: str
    type: LinkType = "finish-start"
    lag: int = 0
    calendar: int = ELAPSED
    stated: bool = True
    """Whether an activity states it; what only follows from plans gives way where it would close a loop."""
    essential: bool = True
    """Whether the successor cannot do without the predecessor."""


@dataclass
class Draft:
    """Nodes by id, the links between them in the order in which they were found, and what the reader has to know."""

    nodes: dict[str, Node] = field(default_factory=dict)
    wires: dict[Wire, None] = field(default_factory=dict)
    remarks: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def note(self, topic: str, *items: str) -> None:
        """Keep a remark, with what it concerns, once."""
        self.remarks[topic].update(dict.fromkeys(items))

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence for each topic, with all that it concerns."""
        return tuple(topic + (f": {'; '.join(items)}." if items else ".") for topic, items in self.remarks.items())
