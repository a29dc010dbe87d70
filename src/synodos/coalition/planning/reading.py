"""A solved model read back as a plan in words and amounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from synodos.coalition.planning.case import PlanningCase
from synodos.coalition.planning.drafting import Choice
from synodos.coalition.planning.lines import FIRST_JOINER, Line, step_cost
from synodos.coalition.planning.programme import Build
from synodos.coalition.sharing.contributions import Contribution, ContributionSort

Ints = NDArray[np.int64]


@dataclass
class Ledger:
    """What each agency spends in each year.

    Attributes
    ----------
    amounts : dict of (str, int or None) to float
        By agency and year; None where no year is known.
    """

    amounts: dict[tuple[str, int | None], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, agency: str, amount: float, years: Iterable[int | None]) -> None:
        """Add an amount, evenly over years."""
        span = list(years)
        for year in span:
            self.amounts[agency, year] += amount / len(span)

    def of(self, agency: str) -> float:
        """Return what an agency spends in all."""
        return sum(amount for (one, _), amount in self.amounts.items() if one == agency)


@dataclass(frozen=True)
class Chosen:
    """The choices of a plan.

    Attributes
    ----------
    case : PlanningCase
    values : array of int64
        How often each choice is made.
    """

    case: PlanningCase
    values: Ints

    def made(self, sort: str) -> Iterator[tuple[int, Choice]]:
        """Yield the choices of a sort that are made, with their places."""
        for place, choice in enumerate(self.case.draft.choices):
            if choice.sort == sort and self.values[place]:
                yield place, choice

    def builder(self, line: Line) -> tuple[str, int | None, int] | None:
        """Return who develops a line, by when, and the place of that choice; None where it is not developed."""
        found = (
            (agency, year, place)
            for agency, built in line.builds.items()
            for year, place in built
            if self.values[place]
        )
        return next(found, None)

    def joined(self, line: Line) -> list[tuple[str, int]]:
        """Return who joins a line, with the rank at which each does."""
        choices = self.case.draft.choices
        made = [
            (choices[place].rank, self.case.players.index(agency), agency)
            for agency, places in line.joins.items()
            for place in places
            if self.values[place]
        ]
        return [(agency, rank) for rank, (_, _, agency) in enumerate(sorted(made), start=FIRST_JOINER)]


Shared = tuple[Line, str, int | None, list[tuple[str, int]]]
"""A line, who has it, when it is ready, and who joins it at which rank."""


def shared_lines(chosen: Chosen, lines: Mapping[str, Line]) -> Iterator[Shared]:
    """Yield the lines that are developed or shared."""
    for line in lines.values():
        joined = chosen.joined(line)
        if line.block.exists:
            if joined:
                yield line, line.block.owner, None, joined
            continue
        built = chosen.builder(line)
        if built is not None:
            yield line, built[0], built[1], joined


def build_of(
    chosen: Chosen,
    row: Shared,
    group: tuple[str, ...],
    *,
    serves: Iterable[str],
    replaces: Iterable[tuple[str, str]] = (),
) -> Build:
    """Return a line as a building block of a plan."""
    line, builder, ready, joined = row
    steps = [step_cost(chosen.case.setting, line, rank) for _, rank in joined]
    return Build(
        record=line.block.key,
        name=line.block.name,
        builder=builder,
        able=tuple(dict.fromkeys((builder, *(one for one in line.able if one in group)))),
        exists=line.block.exists,
        ready=ready,
        cost=0.0 if line.block.exists else line.figure.amount,
        figure=line.figure.record,
        estimated=line.figure.estimated,
        partners=tuple(agency for agency, _ in joined),
        serves=tuple(sorted(set(serves))),
        transaction=sum(transaction for transaction, _ in steps),
        reserve=sum(reserve for _, reserve in steps),
        replaces=tuple(sorted(replaces)),
    )


def contributions_of(case: PlanningCase, builds: Iterable[Build]) -> Iterator[Contribution]:
    """Yield what members bring by developing building blocks, and by what it costs them to share."""
    seen: dict[str, int] = defaultdict(int)
    for one in builds:
        if one.cost:
            seen[one.record] += 1
            number = f"#{seen[one.record]}" if seen[one.record] > 1 else ""
            yield Contribution(f"{one.record}{number}", one.name, _sort(case, one), one.cost, one.able)


def _sort(case: PlanningCase, build: Build) -> ContributionSort:
    """Return what sort of thing a building block is."""
    block = case.setting.supplies.blocks[build.record]
    covers = case.setting.portfolio.capabilities.covers
    return "launch" if any(covers("launch", one) for one in block.record.provides) else "element"
