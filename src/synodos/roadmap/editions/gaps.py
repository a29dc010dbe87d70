"""What missions of an edition cannot do without, and nobody supplies."""

from __future__ import annotations

from dataclasses import dataclass

from synodos.language import Portfolio
from synodos.roadmap.comparing.compare import Comparison


@dataclass(frozen=True, slots=True)
class EditionGap:
    """A capability that nobody supplies where a mission needs it.

    Attributes
    ----------
    capability, label : str
        The term, and what it says.
    scenarios, missions : tuple of str
        Where it is needed, by id.
    worked_on_by : tuple of str
        Agencies that work on it or state an interest in it; empty: nobody does.
    """

    capability: str
    label: str
    scenarios: tuple[str, ...]
    missions: tuple[str, ...]
    worked_on_by: tuple[str, ...]


def gaps(portfolio: Portfolio, comparison: Comparison) -> tuple[EditionGap, ...]:
    """Return the gaps of all scenarios together: first those on which nobody works, then by how many missions need it.

    What a mission would only gain by, and could do without, is no gap.
    """
    scenarios: dict[str, dict[str, None]] = {}
    missions: dict[str, dict[str, None]] = {}
    work: dict[str, set[str]] = {}
    for one in comparison.scenarios:
        for mission in one.readiness.missions:
            for need in mission.needs:
                if need.stage == "nobody" and need.essential is not False:
                    scenarios.setdefault(need.capability, {})[one.id] = None
                    missions.setdefault(need.capability, {})[mission.mission] = None
                    work.setdefault(need.capability, set()).update(doing.agency for doing in need.work)
    found = (
        EditionGap(
            capability=key,
            label=portfolio.capabilities.label(key),
            scenarios=tuple(scenarios[key]),
            missions=tuple(missions[key]),
            worked_on_by=tuple(sorted(work[key])),
        )
        for key in missions
    )
    return tuple(sorted(found, key=lambda gap: (bool(gap.worked_on_by), -len(gap.missions), gap.capability)))
