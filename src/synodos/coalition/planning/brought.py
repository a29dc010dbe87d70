"""What several members bring by missions of their own, so that its development could be shared but has no cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from synodos.coalition.planning.setting import Setting
from synodos.language import Mission


def tell_brought_by_missions(setting: Setting) -> None:
    """Tell which capabilities missions of several members bring themselves: what these cost apart is not stated."""
    agencies: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mission in setting.missions.values():
        for place in _bodies(setting, mission):
            for capability in mission.provides:
                agencies[capability, place].add(mission.owner)
    capabilities, places = setting.portfolio.capabilities, setting.portfolio.destinations
    for (capability, place), owners in sorted(agencies.items()):
        if len(owners) > 1:
            names = ", ".join(sorted(map(setting.portfolio.agency_name, owners)))
            setting.note(
                "Missions of several members bring these themselves; without a building block and its cost no saving "
                "of a common development is counted",
                f"{capabilities.label(capability)}, {places.label(place)} ({names})",
            )


def _bodies(setting: Setting, mission: Mission) -> Iterator[str]:
    """Yield the bodies that a mission goes to."""
    tree = setting.portfolio.destinations
    yield from {(place, *tree.ancestors(place))[-1] for place in mission.destinations}
