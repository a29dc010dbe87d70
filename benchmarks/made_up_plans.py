"""Planning models of made-up agencies: who builds which block, which mission flies when, within yearly budgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from synodos.coalition import GroupModel

if TYPE_CHECKING:
    from numpy.random import Generator

YEARS = 2
VALUE, LATER, CONTACT = (200, 1_000), 40, (10, 50)
"""What a mission brings, what it loses by a year, and what it costs to use another's block."""
BLOCK, MISSION = (20, 60), (20, 50)
"""What a block or a mission costs its year's budget."""
LEAST = 40
"""Yearly budget of the smallest agencies."""


class _Drafting:
    """Choices and rows as they are put together."""

    def __init__(self) -> None:
        """Begin with none."""
        self.gains: list[int] = []
        self.needs: list[int] = []
        self.rows: list[tuple[dict[int, int], int]] = []

    def choice(self, gain: int, *needed: int) -> int:
        """Add a choice that can be made once; return its place."""
        self.gains.append(gain)
        self.needs.append(sum(1 << player for player in set(needed)))
        return len(self.gains) - 1

    def row(self, entries: Mapping[int, int], limit: int) -> None:
        """Add a row."""
        if entries:
            self.rows.append((dict(entries), limit))

    def model(self, players: int) -> GroupModel:
        """Return the model."""
        ends = np.cumsum([0, *(len(row) for row, _ in self.rows)])
        return GroupModel(
            tuple(f"agency-{place + 1}" for place in range(players)),
            np.array(self.gains),
            np.ones(len(self.gains), dtype=np.int64),
            np.array(self.needs),
            ends,
            np.array([place for row, _ in self.rows for place in row]),
            np.array([value for row, _ in self.rows for value in row.values()]),
            np.array([limit for _, limit in self.rows]),
        )


def made_up_model(seed: int, players: int = 14, *, ample: float = 1.0) -> GroupModel:
    """Return a model of about 120 choices for 14 players, in which few agencies are large and many small.

    Parameters
    ----------
    seed : int
    players : int
    ample : float
        Factor on all budgets: with 1 they bind nearly everybody, with 3 only few.

    Notes
    -----
    A mission flies in one of two years and needs one to three blocks; a block is built by one to three agencies that
    are able to, once for all; using the block of another costs some of what the mission brings. For each block of a
    mission a row says that it flies only with somebody's block, and one for each of those that the block is built.
    """
    generator, draft = np.random.default_rng(seed), _Drafting()
    size = np.arange(1, players + 1) ** -0.8
    size /= size.sum()
    spent: dict[tuple[int, int], dict[int, int]] = {
        (player, year): {} for player in range(players) for year in range(YEARS)
    }
    blocks = [_block(draft, generator, size, spent) for _ in range(players - 2)]
    leads = [*range(players), *generator.choice(players, 2, p=size).tolist()]
    for lead in leads:
        _mission(draft, generator, lead, blocks, spent)
    total = sum(sum(entries.values()) for entries in spent.values())
    for (player, _), entries in spent.items():
        draft.row(entries, max(LEAST, round(ample * float(size[player]) * total / 4)))
    return draft.model(players)


def _block(
    draft: _Drafting, generator: Generator, size: np.ndarray, spent: dict[tuple[int, int], dict[int, int]]
) -> dict[int, int]:
    """Add a block; return who is able to build it, with the choice to do so."""
    able = generator.choice(len(size), min(len(size), int(generator.integers(1, 4))), replace=False, p=size).tolist()
    cost = int(generator.integers(*BLOCK))
    built = {player: draft.choice(0, player) for player in able}
    for player, choice in built.items():
        spent[player, int(generator.integers(YEARS))][choice] = round(cost * float(generator.uniform(0.8, 1.3)))
    return built


def _mission(
    draft: _Drafting,
    generator: Generator,
    lead: int,
    blocks: list[dict[int, int]],
    spent: dict[tuple[int, int], dict[int, int]],
) -> None:
    """Add a mission of an agency."""
    value = 10 * int(generator.integers(VALUE[0] // 10, VALUE[1] // 10))
    flown = {draft.choice(value - LATER * year, lead): 1 for year in range(YEARS)}
    for year, choice in enumerate(flown):
        spent[lead, year][choice] = int(generator.integers(*MISSION))
    draft.row(flown, 1)
    for place in generator.choice(len(blocks), min(len(blocks), int(generator.integers(1, 4))), replace=False).tolist():
        used: dict[int, int] = {}
        for builder, built in blocks[place].items():
            cost = 0 if builder == lead else 10 * int(generator.integers(CONTACT[0] // 10, CONTACT[1] // 10))
            use = draft.choice(-cost, lead, builder)
            draft.row({use: 1, built: -1}, 0)
            used[use] = -1
        draft.row({**flown, **used}, 0)
