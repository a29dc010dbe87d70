"""Flights and developments bound to what meets their needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from synodos.coalition.planning.drafting import Choice, Draft
from synodos.coalition.planning.gathering import Blocks, Flying
from synodos.coalition.planning.lines import Line
from synodos.coalition.planning.needs import Need
from synodos.coalition.planning.setting import Setting, Sources


@dataclass(frozen=True)
class _Way:
    """A condition under which a provider meets a need: one of some choices is made.

    Attributes
    ----------
    key : str
        What is provided, or by whom.
    places : list of int
    by_year : bool
        Whether the choices are those up to a year, so that they are others in another year.
    """

    key: str
    places: list[int]
    by_year: bool = False


def _ways(line: Line, agency: str, year: int) -> Iterator[_Way]:
    """Yield the conditions under which an agency can use a line in a year: it has a part in it, and it is ready."""
    if line.block.exists or set(line.builds) != {agency}:
        yield _Way(line.key, line.used_by(agency))
    if not line.block.exists:
        yield _Way(line.key, line.ready_by(year), by_year=True)


class Meeting:
    """Binds flights and developments to what meets their needs."""

    def __init__(self, draft: Draft, flying: Mapping[str, Flying], lines: Mapping[str, Line], blocks: Blocks) -> None:
        """Keep what is bound."""
        self.draft, self.flying, self.blocks = draft, flying, blocks
        self.setting: Setting = blocks.setting
        self.by_block: dict[str, list[Line]] = {}
        for line in lines.values():
            self.by_block.setdefault(line.block.key, []).append(line)
        self.together: dict[str, int] = {}
        self.uses: dict[tuple[str, str, int], int] = {}

    def bind(self) -> None:
        """Bind every flight, and every development of what needs something in turn."""
        for one in self.flying.values():
            for need in self.setting.needs(one.mission):
                self._bind(need, one.mission.owner, dict(one.places))
        for alike in self.by_block.values():
            for line in alike:
                for agency, built in line.builds.items():
                    for need in self.setting.needs(line.block.record):
                        self._bind(need, agency, {year: place for year, place in built if year is not None})
            if len(alike) > 1:
                for agency in alike[0].able:
                    self.draft.bind({place: 1 for line in alike for _, place in line.builds.get(agency, ())}, 1)

    def _bind(self, need: Need, agency: str, places: dict[int, int]) -> None:
        """Bind the choices by year of a plan that needs something to what meets it by then."""
        sources = self.setting.sources(need, agency)
        required = {year: self._required(sources, need, agency, year) for year in places}
        met = {year: list(self._met(sources, need, agency, year + need.later_years)) for year in places}
        only = {tuple(way.key for way in one[0]) for year, one in met.items() if required[year] == len(one) == 1}
        always = len(only) == 1 and all(required[year] == len(one) == 1 for year, one in met.items())
        for year, place in places.items():
            if always:
                by_then = [other for when, other in places.items() if when <= year]
                for way in met[year][0]:
                    self.draft.at_most(by_then if way.by_year else list(places.values()), way.places)
            elif 0 < required[year] <= len(met[year]):
                ways = [self._either(one, agency, year + need.later_years) for one in met[year]]
                for left_out in combinations(range(len(ways)), required[year] - 1):
                    rest = [one for at, way in enumerate(ways) if at not in left_out for one in way]
                    self.draft.at_most([place], rest)
            elif required[year] > 0:
                self.draft.bind({place: 1}, 0)

    def _required(self, sources: Sources, need: Need, agency: str, year: int) -> int:
        """Return how many providers a need lacks in a year beside what meets it without another player."""
        today, due = self.setting.portfolio.known_on.year, year + need.later_years
        free = sum(1 for one in sources.free if one is None or one.there_in(due, today))
        return self.setting.assumptions.providers_per_need - self.blocks.included(need, agency) - free

    def _met(self, sources: Sources, need: Need, agency: str, year: int) -> Iterator[tuple[_Way, ...]]:
        """Yield for each provider what has to be chosen that it meets a need of an agency by a year."""
        for key in sources.missions:
            if key in self.flying:
                flown = [place for when, place in self.flying[key].places.items() if when <= year]
                yield (_Way(key, flown, by_year=True),)
        for owner in sources.friends:
            yield (_Way(owner, [self._with(owner)]),)
        today = self.setting.portfolio.known_on.year
        for block in self.blocks.candidates(need, agency):
            if block.exists and not block.there_in(year, today):
                continue
            if block.exists and block.key not in self.by_block:
                yield (_Way(block.owner, [self._with(block.owner)]),)
            for line in self.by_block.get(block.key, ()):
                ways = tuple(_ways(line, agency, year))
                if all(way.places for way in ways):
                    yield ways

    def _with(self, owner: str) -> int:
        """Return the choice that an agency takes part."""
        if owner not in self.together:
            self.together[owner] = self.draft.add(Choice("together", owner, owner), needs=(owner,))
        return self.together[owner]

    def _either(self, ways: tuple[_Way, ...], agency: str, year: int) -> list[int]:
        """Return the choices by each of which a provider meets a need: one that stands for several."""
        if len(ways) == 1:
            return ways[0].places
        key = ways[0].key, agency, year
        if key not in self.uses:
            place = self.draft.add(Choice("use", ways[0].key, agency, year), needs=(agency,))
            self.uses[key] = place
            for way in ways:
                self.draft.at_most([place], way.places)
        return [self.uses[key]]
