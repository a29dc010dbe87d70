"""Lines: building blocks that one member develops and others join, each step of sharing at its cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from synodos.coalition.planning.drafting import Choice, Draft, spread
from synodos.coalition.planning.figures import Figure
from synodos.coalition.planning.needs import Block
from synodos.coalition.planning.setting import Setting

FIRST_JOINER: Final = 2
"""Rank of the first that joins: the builder is the first that shares."""
LATER_JOINER: Final = 3
"""Rank of the second that joins, at which budgets also count all later ones: what they pay is less."""


@dataclass
class Line:
    """One development of a building block that may be shared, or one that exists.

    Attributes
    ----------
    key : str
        The block's key; a further development of the same block bears a number.
    block : Block
    figure : Figure
    able : tuple of str
        Players that could develop it; of what exists, its owner.
    users : tuple of str
        Players that could join, in the order in which they do: who joins first pays the first step of sharing.
    builds : dict of str to list of (int or None, int)
        For each builder the year in which it is ready, and the place of that choice.
    joins : dict of str to list of int
        For each user the places of the choices to join, by rank.
    """

    key: str
    block: Block
    figure: Figure
    able: tuple[str, ...]
    users: tuple[str, ...]
    builds: dict[str, list[tuple[int | None, int]]] = field(default_factory=dict)
    joins: dict[str, list[int]] = field(default_factory=dict)

    def used_by(self, agency: str) -> list[int]:
        """Return the choices by each of which an agency has a part in it."""
        return [*(place for _, place in self.builds.get(agency, ())), *self.joins.get(agency, ())]

    def ready_by(self, year: int | None) -> list[int]:
        """Return the choices by each of which it is ready in a year."""
        return [
            place
            for found in self.builds.values()
            for ready, place in found
            if ready is None or year is None or ready <= year
        ]


def step_cost(setting: Setting, line: Line, rank: int) -> tuple[float, float]:
    """Return what it costs that one more shares a line: the transaction, and the reserve that the first sets aside."""
    given = setting.assumptions
    step = float(rank**given.exponent - (rank - 1) ** given.exponent)
    interfaces = max(1, len(line.block.record.interfaces))
    transaction = line.figure.amount * (step + given.interface_share * interfaces)
    reserve = (1 - setting.kept(line.block)) * line.figure.amount if rank == FIRST_JOINER else 0.0
    return transaction, reserve


def add_line(
    draft: Draft,
    setting: Setting,
    line: Line,
    years: Sequence[int | None],
    *,
    priced: bool,
) -> None:
    """Add the choices of a line, and the rows that keep their order.

    Parameters
    ----------
    draft : Draft
    setting : Setting
    line : Line
        Without its choices yet.
    years : sequence of int or None
        Years in which a builder may have it ready; None where no year matters.
    priced : bool
        Whether costs lessen what is gained; else budgets bound them.

    Notes
    -----
    Where costs lessen the gain, those that join do so in one order, and each at the rank that follows from it: paths
    through a network, so that the linear program finds whole numbers although each further step costs less. Where
    budgets bound them, whoever joins first sets aside the first step, and all others the second, of which each pays
    what its own step costs: a little less than the budgets allow for.
    """
    if not line.block.exists:
        _add_builds(draft, setting, line, years, priced=priced)
    _add_joins(draft, setting, line, priced=priced)


def _add_builds(draft: Draft, setting: Setting, line: Line, years: Sequence[int | None], *, priced: bool) -> None:
    """Add the choices to develop it: one builder, in one year."""
    cost = draft.counted(line.figure.amount)
    record = line.block.record
    length = setting.figures.years(record) if not hasattr(record, "offered_to") else 1
    for agency in line.able:
        begun = setting.begun(record) and agency == line.block.owner
        for year in years:
            paid = [(None, cost)] if year is None else spread(cost, year, length, setting.first_year, begun=begun)
            if draft.affordable(agency, paid):
                place = draft.add(Choice("build", line.key, agency, year), gain=-cost if priced else 0, needs=(agency,))
                line.builds.setdefault(agency, []).append((year, place))
                draft.spend(place, agency, paid)
    draft.bind(dict.fromkeys(line.ready_by(None), 1), 1)


def _add_joins(draft: Draft, setting: Setting, line: Line, *, priced: bool) -> None:
    """Add the choices to join it, and what binds them."""
    exists = line.block.exists
    joiners = [one for one in line.users if one != line.block.owner or not exists]
    joiners = [one for one in joiners if exists or set(line.able) != {one}]
    by_rank: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for position, agency in enumerate(joiners):
        last = position + FIRST_JOINER if priced else min(len(joiners) + 1, LATER_JOINER)
        for rank in range(FIRST_JOINER, last + 1):
            place = _add_join(draft, setting, line, agency, rank, priced=priced)
            if place is not None:
                by_rank[rank].append((position, place))
        draft.bind(dict.fromkeys(line.used_by(agency), 1), 1)
    first = [place for _, place in by_rank[FIRST_JOINER]]
    if exists:
        draft.bind(dict.fromkeys(first, 1), 1)
    elif first:
        draft.at_most(first, line.ready_by(None))
    for rank in range(LATER_JOINER, len(joiners) + FIRST_JOINER):
        for position, place in by_rank[rank]:
            before = [other for at, other in by_rank[rank - 1] if at != position and (at < position or not priced)]
            alike = [other for at, other in by_rank[rank] if at <= position] if priced else [place]
            draft.at_most(alike, before)


def _add_join(draft: Draft, setting: Setting, line: Line, agency: str, rank: int, *, priced: bool) -> int | None:
    """Add the choice to join at a rank, if the agency could pay for it."""
    cost = draft.counted(sum(step_cost(setting, line, rank)))
    owner = (line.block.owner,) if line.block.exists else ()
    choice = Choice("join", line.key, agency, rank=rank)
    paid = [(None, cost)] if priced else evenly(cost, setting)
    if not draft.affordable(agency, paid):
        return None
    place = draft.add(choice, gain=-cost if priced else 0, needs=(agency, *owner))
    line.joins.setdefault(agency, []).append(place)
    draft.spend(place, agency, paid)
    return place


def evenly(amount: int, setting: Setting) -> list[tuple[int | None, int]]:
    """Return an amount by year, evenly over all years that are planned: sharing costs as long as it lasts."""
    each, more = divmod(amount, setting.assumptions.years)
    return [(setting.first_year + at, each + (at < more)) for at in range(setting.assumptions.years)]
