"""What leads into launches and elements whose agencies declare no activities for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from synodos.language import WITHHELD, Element, LinkType, Mission, Offer, Requirement, requirements
from synodos.schedule.networks.drafting import Draft, Wire
from synodos.schedule.networks.reach import FLOWN, GONE, Stock
from synodos.schedule.networks.ready import Ready
from synodos.schedule.types import ELAPSED, Node

if TYPE_CHECKING:
    from synodos.schedule.networks.reach import Plans

CLOSED = frozenset({"closed", "withdrawn"})
"""Standings of an offer that no longer stands."""


@dataclass(frozen=True)
class Coarse:
    """Adds nodes and links for plans to a draft that holds the declared activities.

    Attributes
    ----------
    draft : Draft
        What is added to.
    stock : Stock
        The records.
    plans : mapping of str to Element or Mission
        Plans that the network takes in.
    stands_for : mapping of str to str
        Node that stands for each milestone that was joined.
    """

    draft: Draft
    stock: Stock
    plans: Plans
    stands_for: Mapping[str, str]

    def add(self) -> None:
        """Add launches, then elements, then what leads into them: what missions require before what elements do."""
        missions = [plan for plan in self.plans.values() if isinstance(plan, Mission) and plan.status not in GONE]
        elements = [plan for plan in self.plans.values() if isinstance(plan, Element) and plan.status not in GONE]
        for mission in missions:
            self._add_launch(mission)
        for element in elements:
            if not self._declared(element):
                self._put(self._ready.element(element))
        both: list[Element | Mission] = [*missions, *elements]
        for plan in both:
            if plan.status not in FLOWN:
                self._add_requirements(plan)
        for mission in missions:
            self._add_own_work(mission)
        late = [plan.name for plan in both if plan.status == "deferred"]
        if late:
            self.draft.note("Deferred, and taken here as if work went on", *late)

    @cached_property
    def _ready(self) -> Ready:
        """What makes the nodes."""
        return Ready(self.draft, self.stock.portfolio, self.plans)

    @cached_property
    def _after(self) -> Mapping[str, frozenset[str]]:
        """For each declared node those that cannot come before it is done."""
        found: dict[str, set[str]] = defaultdict(set)
        for wire in self.draft.wires:
            if wire.stated and wire.type.startswith("finish"):
                found[wire.predecessor].add(wire.successor)
        return {key: frozenset(successors) for key, successors in found.items()}

    def _declared(self, plan: Element | Mission) -> list[Node]:
        """Return the nodes of the activities that lead to a plan."""
        keys = (self.stands_for.get(one.id, one.id) for one in self.stock.leading_to.get(plan.id, ()))
        found = (self.draft.nodes[key] for key in dict.fromkeys(keys) if key in self.draft.nodes)
        return [node for node in found if node.type != "level-of-effort"]

    def _last(self, nodes: list[Node]) -> list[Node]:
        """Return those of some nodes that none of the others waits for."""
        among = {node.id for node in nodes}
        return [node for node in nodes if among.isdisjoint(self._after.get(node.id, ()))]

    def _put(self, node: Node) -> str:
        """Add a node, if it is new, and return its id."""
        self.draft.nodes.setdefault(node.id, node)
        return node.id

    def _add_launch(self, mission: Mission) -> None:
        """Make the launch milestone of a mission a launch, or add one that its activities lead into."""
        declared = self._declared(mission)
        launches = self._last([node for node in declared if node.type.endswith("milestone")])
        if not launches:
            launch = self._put(self._ready.launch(mission))
            for node in self._last(declared):
                self.draft.wires[Wire(node.id, launch, stated=False)] = None
            return
        from synodos.schedule.networks.openings import Opening, opening  # looks among the planets

        leaves = Opening() if mission.status in FLOWN else opening(self.draft, self.stock.portfolio, mission)
        for node in launches:
            self.draft.nodes[node.id] = replace(
                node,
                type="launch",
                calendar=ELAPSED,  # a launch keeps no office hours
                leads_to=mission.id,
                periods=leaves.periods,
                intended=leaves.intended,
                assumed=leaves.assumed,
                records=tuple(dict.fromkeys((*node.records, f"mission:{mission.id}"))),
            )

    def _ends_of(self, plan: Element | Mission) -> list[str]:
        """Return the nodes with whose end a plan is there."""
        declared = self._declared(plan)
        if isinstance(plan, Mission):
            return [node.id for node in declared if node.type == "launch"] or [f"launch:{plan.id}"]
        return [node.id for node in self._last(declared)] or [f"develop:{plan.id}"]

    def _add_requirements(self, plan: Element | Mission) -> None:
        """Link what meets the requirements of a plan to its launch, or to its being ready, unless activities say it."""
        ends = self._ends_of(plan)
        kind: LinkType = "finish-finish" if isinstance(plan, Element) else "finish-start"
        for _, requirement in requirements(plan):
            met = list(self._met(plan, requirement))
            essential = requirement.essential is not False
            for successor in ends:
                said = self._before(successor) if met else ()
                for predecessor in met:
                    if predecessor not in said:
                        self.draft.wires[Wire(predecessor, successor, kind, stated=False, essential=essential)] = None

    def _before(self, node: str) -> AbstractSet[str]:
        """Return the nodes that stated links lead from to a node, and the node."""
        pending, seen = [node], {node}
        while pending:
            fresh = self._stated.get(pending.pop(), set()) - seen
            seen |= fresh
            pending.extend(fresh)
        return seen

    @cached_property
    def _stated(self) -> Mapping[str, set[str]]:
        """For each declared node those that it waits for, as activities state."""
        found: dict[str, set[str]] = defaultdict(set)
        for wire in self.draft.wires:
            if wire.stated:
                found[wire.successor].add(wire.predecessor)
        return found

    def _met(self, plan: Element | Mission, requirement: Requirement) -> Iterator[str]:
        """Yield the nodes with whose end a requirement is met."""
        words = f"{plan.name} ({self._ready.words(requirement)})"
        for target in requirement.met_by:
            found = self.stock.plans.get(target) or self.stock.portfolio.offers.get(target)
            if found is None:
                unseen = "is not released" if target == WITHHELD else "is missing"
                self.draft.note(f"What is named for these {unseen}, so no time for it counts", words)
            elif isinstance(found, Offer) and found.standing not in CLOSED:
                yield self._put(self._ready.offer(found))
            elif not isinstance(found, Offer) and found.status not in GONE:
                yield from self._ends_of(found)
            else:
                self.draft.note("What is named for these will not come, so no time for it counts", words)
        if not requirement.met_by and requirement.provider is not None:
            yield self._put(self._ready.owed(plan, requirement))
        elif not requirement.met_by and requirement.essential is not False:
            self.draft.note("Nobody is named for what these require, so no time for it counts", words)

    def _add_own_work(self, mission: Mission) -> None:
        """Add one activity for a mission whose own agency has no other work left for it, and declares none."""
        launch = f"launch:{mission.id}"
        if launch not in self.draft.nodes or mission.status in FLOWN or self._declared(mission):
            return
        before = (self.draft.nodes[wire.predecessor] for wire in self._into.get(launch, ()))
        if not any(node.agency == mission.owner and node.remaining for node in before):
            own = self._put(self._ready.own_work(mission))
            self.draft.wires[Wire(own, launch, stated=False)] = None

    @cached_property
    def _into(self) -> Mapping[str, list[Wire]]:
        """The links into each node, once all requirements are linked."""
        found: dict[str, list[Wire]] = defaultdict(list)
        for wire in self.draft.wires:
            found[wire.successor].append(wire)
        return found
