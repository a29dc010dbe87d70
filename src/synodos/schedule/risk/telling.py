"""What a study has to tell beside its figures: evidence, assumptions, remarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from synodos.schedule.questions.wording import finish_day
from synodos.schedule.risk.answer import UsedDefault
from synodos.schedule.risk.firm import hard_dates
from synodos.schedule.risk.planning import Plan
from synodos.schedule.risk.strikes import Ground, is_open
from synodos.schedule.types import Network


def evidence(plan: Plan) -> tuple[str, ...]:
    """Return the records that a study rests on, as `kind:id`."""
    records = [record for node in plan.network.nodes for record in node.records]
    records += [f"agreement:{node.agreement}" for node in plan.network.nodes if node.agreement]
    records += [record for event in plan.events for record in event.records]
    return tuple(dict.fromkeys(records))


def assumed(plan: Plan, used: tuple[UsedDefault, ...]) -> tuple[str, ...]:
    """Return in sentences what is not stated but assumed."""
    found = []
    for one in used:
        count = f" ({len(one.for_nodes)} times)" if one.for_nodes else ""
        mark = "a default with judgement in it" if one.judgement else "a default"
        found.append(f"{one.says[:1].upper()}{one.says[1:]}{count}: {mark}. {one.source}")
    of_nodes = Counter(said for node in plan.network.nodes if is_open(node) for said in node.assumed)
    found += [f"Assumed for {count} of the activities: {said}." for said, count in of_nodes.items()]
    if any(event.kind == "commitment" for event in plan.events):
        found.append(
            "A commitment that is not kept delays, or takes away, what its owner has to do for the missions and "
            "elements that it is given to; the delay counts once on every chain of that work. Under a binding "
            "agreement in force it counts as agreed at least."
        )
    return tuple(found)


def rests_on_defaults_only(plan: Plan, place: int) -> bool:
    """Return whether no agency gave a duration or a spread for the work that leads to a node."""
    nodes = plan.network.nodes
    work = [nodes[at] for at in Ground(plan.network).before((place,)) if nodes[at].remaining and is_open(nodes[at])]
    return all(node.coarse and node.spread is None for node in work)


def notes(network: Network, plan: Plan, told: int, used: tuple[UsedDefault, ...]) -> tuple[str, ...]:
    """Return what the reader has to know of a network, as it was given and as it is planned, and of the defaults."""
    said = (*network.notes, *plan.path.notes, *_of_network(network, plan, told), *_of_hard_dates(network, plan))
    return tuple(dict.fromkeys((*said, *_of_costs(plan), *_of_defaults(plan), *_of_hindsight(used))))


def _of_network(network: Network, plan: Plan, told: int) -> Iterator[str]:
    """Yield what is not done as the network says."""
    nodes = plan.network.nodes
    enhancing = sum(not edge.essential for edge in network.edges)
    if enhancing:
        yield f"Links to what a plan can do without do not hold it back here ({enhancing})."
    if any(tie.type == "as-late-as-possible" for node in nodes for tie in node.ties):
        yield "Work that is planned as late as possible is taken to start as soon as it can."
    if any(node.type == "level-of-effort" and node.cost_per_day for node in nodes):
        yield "A level of effort costs as much as its planned duration says, also where it has to last longer."
    events = sum(node.type == "launch" or node.type.endswith("milestone") for node in nodes if is_open(node))
    if events > told:
        yield f"{told} of {events} launches and milestones are told: launches and the earliest come first."
    if any(not one.shares_factor for one in plan.together):
        yield "Where stated correlations leave no room for it, activities share no common factor of their agency."


def _of_costs(plan: Plan) -> Iterator[str]:
    """Yield what is missing from the cost."""
    if plan.priced is None:
        yield "No cost is stated: there is no joint confidence of cost and date."
        return
    if plan.priced.not_comparable:
        names = ", ".join(plan.network.nodes[at].name for at in plan.priced.not_comparable)
        yield f"Costs that are not comparable in {plan.priced.currency} are left out: {names}."
    if plan.priced.without:
        count = len(plan.priced.without)
        yield f"Work that states no cost ({count} of the activities) comes on top of the cost that is shown."


def _of_defaults(plan: Plan) -> Iterator[str]:
    """Yield what the defaults do to the answer."""
    by_default = sum(bool(one.default) for one in plan.durations)
    if by_default > 1:
        yield (
            "The default growth of durations is that of whole projects. Taken for each of several parts that have to "
            "be ready together, it makes the whole later than those projects were; if all parts grew alike (the row of "
            "other defaults with full correlation) it would be as late as they."
        )


def _of_hindsight(used: tuple[UsedDefault, ...]) -> Iterator[str]:
    """Yield that defaults know more than was known."""
    late = [one.hindsight_to for one in used if one.hindsight_to is not None]
    if late:
        yield (
            f"The defaults rest on sources up to {max(late)}, after the day of knowledge: they know more of how plans "
            "fare than anybody did then."
        )


def _of_hard_dates(network: Network, plan: Plan) -> Iterator[str]:
    """Yield what becomes of hard dates."""
    found = list(hard_dates(network))
    if found:
        yield "Hard dates hold no work back from being late here: where what comes before is late, they pass."
    ends = {"must-start": plan.path.early_start, "must-finish": plan.path.early_finish}
    missed = [
        f"{network.nodes[at].name} ({finish_day(tie.at or 0)})"
        for at, tie in found
        if ends[tie.type][at] > (tie.at or 0)
    ]
    if missed:
        yield f"These hard dates cannot be met even if everything goes to plan: {', '.join(missed)}."
