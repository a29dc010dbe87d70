"""Who does what the date of a mission hangs on, as the critical path says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from synodos.language import Portfolio, PortfolioError
from synodos.law.types import Fact

ON_PATH = "on_critical_path"


def driven(portfolio: Portfolio, missions: Iterable[str]) -> Mapping[str, tuple[Fact, ...]]:
    """Return for each mission who does work that is not done yet on its critical path, with the records of the work.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    missions : iterable of str
        Ids of missions.

    Returns
    -------
    mapping of str to tuple of Fact
        Facts `on_critical_path(agency)`; missions for which the portfolio states no activities are left out, since a
        path through coarse work of assumed length tells nothing of who holds the date.
    """
    if not portfolio.activities:
        return {}
    found = ((mission, _on_path(portfolio, mission)) for mission in missions)
    return {mission: facts for mission, facts in found if facts}


def _on_path(portfolio: Portfolio, mission: str) -> tuple[Fact, ...]:
    """Return who works on the critical path of one mission; nothing if a part of the path is assumed."""
    from synodos.schedule import critical_path, network  # looks among activities, where there are any

    try:
        net = network(portfolio, [mission])
    except PortfolioError:  # activities that wait for each other have no path; the schedule tells it
        return ()
    if all(node.coarse for node in net.nodes):
        return ()
    path = critical_path(net)
    on_it = zip(net.nodes, path.on_longest_path, strict=True)
    driving = [node for node, drives in on_it if drives and node.remaining > 0]
    if any(node.coarse or node.assumed for node in driving):
        return ()
    work: dict[str, tuple[str, ...]] = {}
    for node in driving:
        work[node.agency] = (*work.get(node.agency, ()), *node.records)
    return tuple(Fact(ON_PATH, (agency,), tuple(dict.fromkeys(records))) for agency, records in work.items())
