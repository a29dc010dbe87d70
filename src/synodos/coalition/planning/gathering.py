"""Which missions could fly at all, in which years, and which building blocks could be there for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from synodos.coalition.planning.figures import Figure
from synodos.coalition.planning.lines import Line
from synodos.coalition.planning.needs import Block, Need
from synodos.coalition.planning.periods import Leaving
from synodos.coalition.planning.setting import Setting
from synodos.language import Element, Mission, Offer


@dataclass
class Flying:
    """A mission that could fly.

    Attributes
    ----------
    key : str
    mission : Mission
    figure : Figure
    leaves : Leaving
    years : tuple of int
        Years that are considered.
    places : dict of int to int
        The choice to fly in a year.
    """

    key: str
    mission: Mission
    figure: Figure
    leaves: Leaving
    years: tuple[int, ...] = ()
    places: dict[int, int] = field(default_factory=dict)


def that_could_fly(setting: Setting, grounded: dict[str, list[str]]) -> dict[str, Flying]:
    """Return the missions that have a figure and may leave."""
    found = {}
    for key, mission in setting.missions.items():
        figure = setting.figures.of(mission)
        if figure is None or figure.part:
            why = setting.figures.why_none(mission)
            setting.miss(key, "cost", why, mission.owner)
            grounded[key].append(f"its cost is missing ({why})")
            continue
        found[key] = Flying(key, mission, figure, setting.leaves(mission))
    return found


class Blocks:
    """Building blocks that missions could use, and the years in which all of it can be there."""

    def __init__(self, setting: Setting, flying: dict[str, Flying]) -> None:
        """Find what could be used, from the missions down."""
        self.setting, self.flying = setting, flying
        self.figures: dict[str, Figure] = {}
        self.blocks: dict[str, Block] = {}
        self.able: dict[str, list[str]] = defaultdict(list)
        self.users: dict[str, list[str]] = defaultdict(list)
        self.earliest: dict[str, int] = {}

    def settle(self, grounded: dict[str, list[str]]) -> None:
        """Leave out missions that cannot fly in any group, and find the years of all others."""
        while True:
            self._collect()
            lost = {key: why for key, one in self.flying.items() if (why := self._why_not(one))}
            for key, why in lost.items():
                grounded[key] += why
                del self.flying[key]
            if not lost:
                return

    def _collect(self) -> None:
        """Find who could develop and use what."""
        for table in (self.figures, self.blocks, self.able, self.users, self.earliest):
            table.clear()
        pending = [(need, one.mission.owner) for one in self.flying.values() for need in self.needs(one.mission)]
        seen = set()
        while pending:
            need, agency = pending.pop()
            if (need, agency) in seen:
                continue
            seen.add((need, agency))
            for block in self.candidates(need, agency):
                self.blocks[block.key] = block
                if agency not in self.users[block.key]:
                    self.users[block.key].append(agency)
                figure = self.setting.figure(block)
                if figure is not None:
                    self.figures[block.key] = figure
                builders = (block.owner, *((agency,) if block.key == need.now else ()))
                for builder in () if block.exists else builders:
                    if builder not in self.able[block.key]:
                        self.able[block.key].append(builder)
                        pending += [(one, builder) for one in self.needs(block.record)]

    def needs(self, plan: Mission | Element | Offer) -> tuple[Need, ...]:
        """Return what a plan needs."""
        return self.setting.needs(plan)

    def candidates(self, need: Need, agency: str) -> list[Block]:
        """Return the blocks that could meet a need: what exists, and what has a figure to develop it by."""
        sources = self.setting.sources(need, agency)
        return [one for one in sources.blocks if one.exists or self._figure(one) is not None]

    def _figure(self, block: Block) -> Figure | None:
        """Return what it costs to develop a block, where the whole is stated."""
        figure = self.setting.figure(block)
        return None if figure is None or figure.part else figure

    def included(self, need: Need, agency: str) -> bool:
        """Return whether the plan's own cost pays for what meets a need: its owner brings it, without a figure."""
        plan = self.setting.plan(need.plan)
        if plan is None or plan.owner != agency:
            return False
        block = self.setting.supplies.blocks.get(need.now)
        if block is None:
            return need.now == f"agency:{agency}"
        return block.owner == agency and not block.exists and self._figure(block) is None

    def _why_not(self, one: Flying) -> list[str]:
        """Return why a mission cannot fly in any group, and find its years where it can."""
        reasons = [why for need in self.needs(one.mission) if (why := self._why_unmet(need, one.mission.owner, ()))]
        if reasons:
            return reasons
        setting = self.setting
        owner = one.mission.owner
        ready = [self._first(need, owner, (one.key,)) - need.later_years for need in self.needs(one.mission)]
        first = max([first_year(setting, one.mission), *ready])
        allowed = [year for year in range(first, setting.last_year + 1) if one.leaves.allows(year)]
        one.years = tuple(allowed[: setting.assumptions.flight_years])
        if one.years:
            return []
        period = " that has a launch period" if one.leaves.bound else ""
        return [f"it has no year{period} from {first}, when it could be ready, to {setting.last_year}"]

    def _why_unmet(self, need: Need, agency: str, path: tuple[str, ...]) -> str:
        """Return why nobody could meet a need; empty where somebody could."""
        setting = self.setting
        sources = setting.sources(need, agency)
        wanted = setting.assumptions.providers_per_need
        label = setting.portfolio.capabilities.label(need.capability)
        found = len(sources.free) + self.included(need, agency) + len(sources.friends)
        found += sum(1 for key in sources.missions if key in self.flying)
        possible = (one for one in self.candidates(need, agency) if self._possible(one, path))
        found += sum(1 if one.exists else len(self.able[one.key]) for one in possible)
        if found >= wanted:
            return ""
        for block in sources.blocks:
            if not block.exists and self._figure(block) is None:
                setting.miss(block.key, "cost", setting.why_none(block), agency, block.owner)
        for owner in sources.owed_by:
            if owner != agency:
                why = f"{setting.portfolio.agency_name(owner)} brings {label}, and no building block or cost is named"
                setting.miss(need.plan, "cost", why, agency, owner)
        without = [one.name for one in sources.blocks if not one.exists and self._figure(one) is None]
        told = f"; without a figure: {', '.join(without)}" if without else ""
        number = "nobody provides" if not found else f"{found} of {wanted} providers are there for"
        return f"{number} {label}{told}"

    def _possible(self, block: Block, path: tuple[str, ...]) -> bool:
        """Return whether somebody could develop a block with all that it needs."""
        if block.exists or block.key in path:
            return True
        needs = self.needs(block.record) if isinstance(block.record, Element) else ()
        return any(
            not any(self._why_unmet(need, builder, (*path, block.key)) for need in needs)
            for builder in self.able[block.key]
        )

    def _first(self, need: Need, agency: str, path: tuple[str, ...]) -> int:
        """Return the first year in which a need could be met."""
        setting = self.setting
        sources = setting.sources(need, agency)
        if self.included(need, agency) or sources.friends:
            return setting.first_year
        years = [_there(setting, block) for block in sources.free]
        years += [
            max(first_year(setting, self.flying[key].mission), setting.first_year)
            for key in sources.missions
            if key in self.flying and key not in path
        ]
        years += [self._ready(one, path) for one in self.candidates(need, agency)]
        return min(years, default=setting.first_year)

    def _ready(self, block: Block, path: tuple[str, ...]) -> int:
        """Return the first year in which a block can be used."""
        setting = self.setting
        if block.exists or block.key in path or not isinstance(block.record, Element):
            return _there(setting, block)
        if block.key not in self.earliest:
            own = block.record.available
            if own is not None and not own.opens_early:
                year = max(setting.first_year, own.earliest.year)
            else:
                users = (one.mission for one in self.flying.values())
                wanted = [first_year(setting, mission) for mission in users if _names(setting, mission, block)]
                years = setting.figures.years(block.record)
                year = min(wanted, default=setting.first_year + years - 1)
            deeper = (*path, block.key)
            below = [self._first(need, block.owner, deeper) - need.later_years for need in self.needs(block.record)]
            self.earliest[block.key] = max([year, *below])
        return self.earliest[block.key]

    def years_of(self, key: str) -> tuple[int, ...]:
        """Return the years in which a block may be made ready: those in which a mission that could use it flies."""
        first = self._ready(self.blocks[key], ())
        if first > self.setting.last_year:
            return ()
        later = sorted(year for year in {year for one in self.flying.values() for year in one.years} if year > first)
        return (first, *later)[: self.setting.assumptions.flight_years]

    def lines(self) -> Iterator[Line]:
        """Yield the lines of blocks that have a figure."""
        setting = self.setting
        for key, figure in sorted(self.figures.items()):
            block = self.blocks[key]
            able = (block.owner,) if block.exists else tuple(dict.fromkeys(self.able[key]))
            users = tuple(one for one in setting.players if one in self.users[key])
            number = 1 if block.exists else min(len(able), setting.assumptions.providers_per_need)
            for at in range(number):
                yield Line(key if not at else f"{key}#{at + 1}", block, figure, able, users)


def _there(setting: Setting, block: Block | None) -> int:
    """Return the first year in which something that exists can be used."""
    window = block.record.available if block else None
    return setting.first_year if window is None else max(setting.first_year, window.earliest.year)


def _names(setting: Setting, mission: Mission, block: Block) -> bool:
    """Return whether a mission names a block for one of its needs."""
    return any(need.now == block.key for need in setting.needs(mission))


def first_year(setting: Setting, mission: Mission) -> int:
    """Return the first year in which a mission could fly: as planned, else after the time of a development."""
    planned = mission.planned
    if planned is None or planned.opens_early:
        return setting.first_year + setting.figures.years(mission) - 1
    return max(setting.first_year, planned.earliest.year)
