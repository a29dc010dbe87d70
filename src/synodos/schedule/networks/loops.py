"""Loops in a network that is being put together: stated ones are refused, inferred links give way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from synodos.language import Portfolio, PortfolioError, activity_loops, first_loop
from synodos.schedule.networks.drafting import Draft, Wire


def without_loops(draft: Draft, portfolio: Portfolio) -> list[Wire]:
    """Return the wires of a draft without those inferred ones that would close a loop.

    Raises
    ------
    PortfolioError
        With a fault for each loop that links of activities make, if there is one.
    """
    after: dict[str, list[str]] = defaultdict(list)
    for wire in draft.wires:
        if wire.stated:
            after[wire.predecessor].append(wire.successor)
    if first_loop(after):
        raise PortfolioError(activity_loops(portfolio.activities, portfolio.schedules))
    closing = _closing(
        after, dict.fromkeys((wire.predecessor, wire.successor) for wire in draft.wires if not wire.stated)
    )
    for predecessor, successor in closing:
        names = sorted((draft.nodes[predecessor].name, draft.nodes[successor].name))
        draft.note("These need each other, and no order between them is assumed", " and ".join(names))
    return [wire for wire in draft.wires if wire.stated or (wire.predecessor, wire.successor) not in closing]


def _closing(after: dict[str, list[str]], inferred: Collection[tuple[str, str]]) -> dict[tuple[str, str], None]:
    """Return the inferred links that would close a loop, when they are added one by one in their order."""
    if not inferred:
        return {}
    together = {key: list(successors) for key, successors in after.items()}
    for predecessor, successor in inferred:
        together.setdefault(predecessor, []).append(successor)
    if not first_loop(together):  # by far the most often: then none has to be tried on its own
        return {}
    closing: dict[tuple[str, str], None] = {}
    for predecessor, successor in inferred:
        if predecessor == successor or _leads(after, successor, predecessor):
            closing[predecessor, successor] = None
        else:
            after.setdefault(predecessor, []).append(successor)
    return closing


def _leads(after: Mapping[str, Sequence[str]], start: str, goal: str) -> bool:
    """Return whether links lead from one node to another."""
    pending, seen = [start], {start}
    while pending:
        key = pending.pop()
        if key == goal:
            return True
        fresh = [one for one in after.get(key, ()) if one not in seen]
        seen.update(fresh)
        pending.extend(fresh)
    return False
