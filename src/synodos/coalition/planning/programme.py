"""The plan of a group: who builds what, which missions fly when, what is shared, and what it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from synodos.coalition.planning.assumptions import Assumed, GameName
from synodos.coalition.planning.figures import MissingFigure, Terms
from synodos.coalition.sharing.contributions import Contribution


@dataclass(frozen=True)
class Build:
    """A building block that members develop, or that is there and is shared.

    Attributes
    ----------
    record : str
        What is built, as `element:id`; for a copy that an agency develops for itself, the block that it is like.
    name : str
    builder : str
        Member that develops it, or whose it is.
    able : tuple of str
        Members that could develop it: the builder first.
    exists : bool
        Whether it is there already, so that nothing has to be developed.
    ready : int or None
        Year in which it has to be ready; None where it exists, or no year is stated.
    cost : float
        Of its development; 0 where it exists.
    figure : str
        Record that its cost rests on, as `element:id` or `estimate:id`; empty where there is no figure.
    estimated : bool
        Whether that is an estimate by analogy.
    partners : tuple of str
        Members that use it beside the builder.
    serves : tuple of str
        Plans whose needs it meets, as `kind:id`.
    transaction : float
        What sharing it costs on top.
    reserve : float
        Set aside because a commitment may fail.
    replaces : tuple of (str, str)
        Agencies that would have developed something alone, with what: only in the game of savings.
    """

    record: str
    name: str
    builder: str
    able: tuple[str, ...]
    exists: bool
    ready: int | None
    cost: float
    figure: str
    estimated: bool
    partners: tuple[str, ...]
    serves: tuple[str, ...]
    transaction: float
    reserve: float
    replaces: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Flight:
    """A mission that flies.

    Attributes
    ----------
    mission : str
        As `mission:id`.
    name : str
    agency : str
        Its lead.
    year : int or None
        Year of its flight; None where no date is stated.
    opens, closes : date or None
        Its launch period, where it has one.
    cost : float or None
        Of the mission itself; None where it has no figure, or where it is the same alone and together.
    figure : str
        Record that the cost rests on; empty where there is none.
    estimated : bool
        Whether that is an estimate by analogy.
    partners : tuple of str
        Other members that meet needs of it.
    objectives : tuple of str
        Objectives that it serves.
    """

    mission: str
    name: str
    agency: str
    year: int | None
    opens: dt.date | None
    closes: dt.date | None
    cost: float | None
    figure: str
    estimated: bool
    partners: tuple[str, ...]
    objectives: tuple[str, ...]


@dataclass(frozen=True)
class Unplanned:
    """A building block that members need and nothing can be planned for, since what it costs is not known.

    Attributes
    ----------
    record : str
        As `element:id` or `offer:id`.
    name : str
    agency : str
        Whose it is: the needs are met by it, as declared.
    wanted_by : tuple of str
        Members that would have to develop something like it alone.
    serves : tuple of str
        Plans whose needs it meets, as `kind:id`.
    why : str
        Why there is no figure.
    """

    record: str
    name: str
    agency: str
    wanted_by: tuple[str, ...]
    serves: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Grounded:
    """A mission of a member that the plan does not fly, or cannot tell of.

    Attributes
    ----------
    mission : str
        As `mission:id`.
    name : str
    agency : str
    reasons : tuple of str
        In words.
    """

    mission: str
    name: str
    agency: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Spending:
    """What an agency spends in a year.

    Attributes
    ----------
    agency : str
    year : int
    amount : float
    budget : float or None
        What it may spend; None where budgets do not bind.
    """

    agency: str
    year: int
    amount: float
    budget: float | None


@dataclass(frozen=True)
class Reached:
    """An objective that is reached.

    Attributes
    ----------
    objective : str
        Term of the common goals and objectives.
    label : str
    weight : float
        How much the members together care for it.
    missions : tuple of str
        Missions that fly and serve it.
    """

    objective: str
    label: str
    weight: float
    missions: tuple[str, ...]


@dataclass(frozen=True)
class Programme:
    """The best plan of a group.

    Attributes
    ----------
    game : {"savings", "programme"}
    group : tuple of str
        Agencies that plan together.
    terms : Terms or None
        Currency and price year of all amounts; None where no amount can be compared.
    worth : float
        What is saved, in the terms, or the weight of the objectives that are reached and that nobody reaches alone, for
        all members who care for each.
    proven : bool
        Whether no plan is better.
    flights : tuple of Flight
        By year.
    builds : tuple of Build
        What is shared first.
    unplanned : tuple of Unplanned
        Savings: building blocks without a figure, for which things stay as they are declared. Programme: none; missions
        that wait for such a block are among the grounded ones.
    spending : tuple of Spending
        By agency and year. What lies in no year that is known is left out of it, and stands in `costs`.
    costs : tuple of (str, float)
        What each member spends in all.
    alone_cost : tuple of (str, float)
        Savings: what each would spend on building blocks alone. Programme: nothing.
    alone_worth : tuple of (str, float)
        Programme: how much of what each member cares for it reaches alone. Savings: nothing.
    transaction, reserve : float
        What sharing costs on top, and what is set aside because commitments may fail; both are within `costs`.
    reached : tuple of Reached
        Objectives, the weightiest first.
    grounded : tuple of Grounded
        Missions of members that do not fly, or that nothing can be told of.
    contributions : tuple of Contribution
        What the members bring, and who is able to.
    missing : tuple of MissingFigure
        Figures without which the answer is a lower bound.
    assumptions : tuple of Assumed
    notes : tuple of str
        What a reader has to know.
    evidence : tuple of str
        Records that the plan rests on, as `kind:id`.
    """

    game: GameName
    group: tuple[str, ...]
    terms: Terms | None
    worth: float
    proven: bool
    flights: tuple[Flight, ...]
    builds: tuple[Build, ...]
    unplanned: tuple[Unplanned, ...]
    spending: tuple[Spending, ...]
    costs: tuple[tuple[str, float], ...]
    alone_cost: tuple[tuple[str, float], ...]
    alone_worth: tuple[tuple[str, float], ...]
    transaction: float
    reserve: float
    reached: tuple[Reached, ...]
    grounded: tuple[Grounded, ...]
    contributions: tuple[Contribution, ...]
    missing: tuple[MissingFigure, ...]
    assumptions: tuple[Assumed, ...]
    notes: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def unit(self) -> Literal["money", "weight of objectives"]:
        """What the worth is counted in."""
        return "money" if self.game == "savings" else "weight of objectives"

    @property
    def cost(self) -> float:
        """What the members spend together."""
        return sum(amount for _, amount in self.costs)

    @cached_property
    def shared(self) -> tuple[Build, ...]:
        """Building blocks that several members use."""
        return tuple(one for one in self.builds if one.partners)

    @cached_property
    def taking_part(self) -> Mapping[str, tuple[str, ...]]:
        """Agencies that take part in each plan that comes about, by its bare id."""
        found = {one.mission.partition(":")[2]: (one.agency, *one.partners) for one in self.flights}
        for one in self.builds:
            key = one.record.partition(":")[2]
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), one.builder, *one.partners)))
        for left in self.unplanned:
            if left.agency in self.group:
                found[left.record.partition(":")[2]] = tuple(dict.fromkeys((left.agency, *left.wanted_by)))
        return found
