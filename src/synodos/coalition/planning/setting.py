"""What both games share: who plays, which missions lie ahead, what they need, and where it could come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from synodos.coalition.planning.assumptions import Assumptions
from synodos.coalition.planning.figures import Figure, Figures, MissingFigure, Planned
from synodos.coalition.planning.needs import Block, Need, Supplies, needs_of
from synodos.coalition.planning.periods import Leaving, leaving
from synodos.coalition.shares.game import MOST_PLAYERS, GameError
from synodos.language import FLYING, IDLE, WITHHELD, Commitment, Element, Mission, Offer, Portfolio
from synodos.schedule import default_defaults

UNSEEN: Final = f"agency:{WITHHELD}"
"""What meets a need where the viewer may not see what it is."""
BODIES: Final = frozenset({"agency", "intergovernmental"})
"""Sorts of actors that plan missions of their own."""
BEGUN: Final = frozenset({"approved", "in-development"})
"""Statuses of plans on which money is spent already."""


@dataclass(frozen=True)
class Sources:
    """Where what a plan of an agency needs could come from.

    Attributes
    ----------
    free : tuple of Block or None
        What meets it without another player: the agency's own that exists, and what agencies that do not play bring.
        None stands for what meets it in any year.
    blocks : tuple of Block
        Building blocks of players that have to be developed, and what exists and is another player's.
    missions : tuple of str
        Missions of players that have to fly for it.
    friends : tuple of str
        Other players whose flying missions meet it.
    owed_by : tuple of str
        Players that owe it, the agency itself among them, without a building block that is named.
    """

    free: tuple[Block | None, ...]
    blocks: tuple[Block, ...]
    missions: tuple[str, ...]
    friends: tuple[str, ...]
    owed_by: tuple[str, ...]


@dataclass
class Setting:
    """A portfolio as it is planned with.

    Attributes
    ----------
    portfolio : Portfolio
    assumptions : Assumptions
    notes : dict of str to list of str
        What a reader has to know, with what it is said of.
    weights : mapping of str to float, optional
        How much each objective counts for who asks, in place of how much players declared to care for it.
    """

    portfolio: Portfolio
    assumptions: Assumptions
    notes: dict[str, list[str]] = field(default_factory=dict)
    weights: Mapping[str, float] | None = None
    _missing: dict[tuple[str, str], MissingFigure] = field(default_factory=dict)
    _needs: dict[str, tuple[Need, ...]] = field(default_factory=dict)
    _kept: dict[str, float] = field(default_factory=dict)

    @cached_property
    def players(self) -> tuple[str, ...]:
        """Agencies that may plan together, in the order of their ids where none are given."""
        given = self.assumptions.players
        if given:
            unknown = [one for one in given if one not in self.portfolio.agencies]
            if unknown or len(set(given)) < len(given):
                message = f"coalition.players: expected agencies of the portfolio, each once; found {', '.join(given)}"
                raise GameError(message)
            return given
        found = tuple(sorted(self._members or self._planners))
        if len(found) > MOST_PLAYERS:
            found = tuple(one for one in found if one in self._active)
        if not 1 <= len(found) <= MOST_PLAYERS:
            message = (
                f"coalition.players: expected 1 to {MOST_PLAYERS} agencies that are members of the mechanism or have "
                f"plans; found {len(found)}; name the players"
            )
            raise GameError(message)
        return found

    @property
    def _members(self) -> list[str]:
        """Members of the mechanism on the day of knowledge."""
        rows = self.portfolio.agencies.values()
        day = self.portfolio.known_on
        return [one.id for one in rows if one.member_since is not None and one.member_since.latest <= day]

    @property
    def _planners(self) -> list[str]:
        """Agencies and intergovernmental bodies that own a mission or an element."""
        owners = {one.owner for table in (self.portfolio.missions, self.portfolio.elements) for one in table.values()}
        return [one.id for one in self.portfolio.agencies.values() if one.id in owners and one.actor in BODIES]

    @property
    def _active(self) -> set[str]:
        """Owners of missions that lie ahead and of building blocks."""
        ahead = {one.owner for one in self.portfolio.missions.values() if one.status not in FLYING | IDLE}
        return ahead | {block.owner for block in self.supplies.blocks.values()}

    @cached_property
    def figures(self) -> Figures:
        """Costs and budgets."""
        return Figures(self.portfolio, self.assumptions)

    @cached_property
    def supplies(self) -> Supplies:
        """What could meet needs."""
        return Supplies(self.portfolio)

    @cached_property
    def first_year(self) -> int:
        """First year that is planned."""
        given = self.assumptions.first_year
        return self.portfolio.known_on.year + 1 if given is None else given

    @property
    def last_year(self) -> int:
        """Last year that is planned."""
        return self.first_year + self.assumptions.years - 1

    @cached_property
    def missions(self) -> Mapping[str, Mission]:
        """Missions of the players that lie ahead, by key."""
        table = self.portfolio.missions
        owned = [table[key] for key in sorted(table) if table[key].owner in self.players]
        for one in owned:
            if one.status == "deferred":
                self.note("Deferred by their own agency, and so not planned", one.name)
        return {f"mission:{one.id}": one for one in owned if one.status not in FLYING | IDLE}

    def note(self, text: str, of: str = "") -> None:
        """Keep something that a reader has to know."""
        said = self.notes.setdefault(text, [])
        if of and of not in said:
            said.append(of)

    def told(self) -> tuple[str, ...]:
        """Return what a reader has to know, in sentences."""
        return tuple(f"{text}: {', '.join(of)}." if of else f"{text}." for text, of in self.notes.items())

    def miss(self, key: str, what: Literal["cost", "budget"], why: str, *wanted_by: str) -> None:
        """Keep a figure that is missing."""
        kind, _, name = key.partition(":")
        record = self.portfolio.tables.get(kind, {}).get(name)
        before = self._missing.get((key, what))
        wanted = sorted({*(before.wanted_by if before else ()), *wanted_by})
        owner = record.owner if record is not None else name
        self._missing[key, what] = MissingFigure(key, getattr(record, "name", name), owner, what, why, tuple(wanted))

    def missing(self) -> tuple[MissingFigure, ...]:
        """Return the figures that are missing, those that most want first."""
        return tuple(sorted(self._missing.values(), key=lambda one: (-len(one.wanted_by), one.record, one.what)))

    def plan(self, key: str) -> Planned | None:
        """Return a mission or an element by its key."""
        kind, _, name = key.partition(":")
        return (self.portfolio.missions if kind == "mission" else self.portfolio.elements).get(name)

    def needs(self, plan: Planned | Offer) -> tuple[Need, ...]:
        """Return what a plan cannot do without; an offer stands as it is."""
        if isinstance(plan, Offer):
            return ()
        key = f"{plan.kind}:{plan.id}"
        if key not in self._needs:
            unknown = self.assumptions.unknown_needs == "essential"
            self._needs[key] = needs_of(self.portfolio, plan, unknown=unknown)
            for need in self._needs[key]:
                if need.now == UNSEEN and plan.owner in self.players:
                    self._tell_unseen(plan, need)
        return self._needs[key]

    def _tell_unseen(self, plan: Mission | Element, need: Need) -> None:
        """Tell that something meets a need that may not be seen: nobody can say here what it costs."""
        label = self.portfolio.capabilities.label(need.capability)
        self.note("Something that may not be seen meets these needs; it is taken to be there", f"{label} ({plan.name})")
        self.miss(need.plan, "cost", f"what meets its need of {label} may not be seen", plan.owner)

    def figure(self, block: Block) -> Figure | None:
        """Return what a building block costs."""
        return self.figures.of(block.record) if isinstance(block.record, Element) else None

    def why_none(self, block: Block) -> str:
        """Return in words why a building block has no figure."""
        if isinstance(block.record, Element):
            return self.figures.why_none(block.record)
        return "an offer states no cost"

    def sources(self, need: Need, agency: str, year: int | None = None) -> Sources:
        """Return where what a plan of an agency needs could come from, and be there in a year; None: in any."""
        free: list[Block | None] = []
        blocks: list[Block] = []
        for block in self.supplies.serving(need):
            if block.key != need.now and not self._stands_in(block, need, year):
                continue
            if block.owner == agency and block.exists:
                free.append(block)
            elif block.owner in self.players:
                if not block.exists or self._given_to(block, agency, need):
                    blocks.append(block)
            elif block.key == need.now or (block.exists and self._open_to(block, agency)):
                free.append(block)
        kind, _, name = need.now.partition(":")
        missions: tuple[str, ...] = ()
        friends: tuple[str, ...] = ()
        owed: tuple[str, ...] = ()
        if kind == "agency":
            owed = (name,) if name in self.players else ()
            free += [] if owed else [None]
        elif kind == "mission":
            missions, friends, stands = self._flying(name, agency)
            free += [None] if stands else []
        elif kind and need.now not in self.supplies.blocks:
            free.append(None)  # named, though the viewer may not see whose it is
        return Sources(tuple(free), tuple(blocks), missions, friends, owed)

    def _stands_in(self, block: Block, need: Need, year: int | None) -> bool:
        """Return whether a block could take the place of what meets a need now: it comes in time, and is as large."""
        if not block.in_time(year, self.portfolio.known_on.year):
            return False
        now = self.supplies.blocks.get(need.now)
        costs = [figure.amount for one in (now, block) if one and (figure := self.figure(one)) and not figure.part]
        return len(costs) < len(("now", "then")) or max(costs) <= self.assumptions.cost_ratio * min(costs)

    def _flying(self, name: str, agency: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """Return the mission that has to fly, the player whose mission flies, or whether it stands without a player."""
        mission = self.portfolio.missions[name]
        if f"mission:{name}" in self.missions:
            return (f"mission:{name}",), (), False
        if mission.owner in self.players and mission.owner != agency:
            return (), (mission.owner,), False
        return (), (), True

    def _given_to(self, block: Block, agency: str, need: Need) -> bool:
        """Return whether a member lets another use what exists: an element always, an offer if it is made to it."""
        return not isinstance(block.record, Offer) or block.key == need.now or self._open_to(block, agency)

    @staticmethod
    def _open_to(block: Block, agency: str) -> bool:
        """Return whether something is offered to an agency."""
        if isinstance(block.record, Offer):
            return not block.record.offered_to or agency in block.record.offered_to
        return block.record.capacity_to_share is not None

    def kept(self, block: Block) -> float:
        """Return how likely the owner's word for a building block is kept: the least firm of its commitments to it."""
        if block.key not in self._kept:
            chances = [self._chance(one) for one in self.commitments(block)]
            self._kept[block.key] = min(chances) if chances else self._unstated(block)
        return self._kept[block.key]

    def commitments(self, block: Block) -> tuple[Commitment, ...]:
        """Return the commitments of an owner to a building block."""
        found = self.portfolio.commitments.values()
        return tuple(one for one in found if one.owner == block.owner and block.record.id in one.to)

    def _chance(self, commitment: Commitment) -> float:
        """Return the chance that a commitment is kept: as stated, else that of its level."""
        if commitment.kept_probability is not None:
            return commitment.kept_probability
        self.note("Chance to be kept by the level of the commitment", f"{commitment.name} ({commitment.level})")
        return self._level(commitment.level)

    def _unstated(self, block: Block) -> float:
        """Return the chance that an owner's word is kept where it states no commitment."""
        level = self.assumptions.unstated_commitment
        self.note("No commitment is stated to these, which may be shared", block.name)
        return 1.0 if level == "kept" else self._level(level)

    @staticmethod
    def _level(level: str) -> float:
        """Return the chance that a commitment of a level is kept."""
        return default_defaults().kept[level].value

    def leaves(self, mission: Mission) -> Leaving:
        """Return when a mission can leave; on any day where nothing can be computed."""
        from synodos.schedule import LaunchError, body  # looks among the planets

        try:
            found = leaving(mission, self.first_year)
        except LaunchError as error:
            self.note("No launch periods could be computed, so these may leave on any day", f"{mission.name} ({error})")
            return Leaving()
        if found.assumed:
            name = f"{mission.name} ({body(found.target).name})"
            self.note("Launch periods are taken as the destination suggests", name)
        return found

    def begun(self, plan: Planned | Offer) -> bool:
        """Return whether money is spent on a plan already."""
        return not isinstance(plan, Offer) and plan.status in BEGUN
