"""Planning models: random ones that can be solved by trying everything, and some whose worths are known."""

import itertools

import numpy as np
from hypothesis import strategies as st

from synodos.coalition import GroupModel


def model(players, choices, rows=(), unit=1.0):
    """Model of (gain, needed players, most) and of rows ({choice: coefficient}, limit)."""
    names = tuple(f"p{place}" for place in range(players)) if isinstance(players, int) else players
    return GroupModel(
        names,
        np.array([gain for gain, _, _ in choices], dtype=np.int64),
        np.array([most for _, _, most in choices], dtype=np.int64),
        np.array([sum(1 << place for place in needed) for _, needed, _ in choices], dtype=np.int64),
        np.cumsum([0, *(len(row) for row, _ in rows)]),
        np.array([place for row, _ in rows for place in row], dtype=np.int64),
        np.array([value for row, _ in rows for value in row.values()], dtype=np.int64),
        np.array([limit for _, limit in rows], dtype=np.int64),
        unit,
    )


@st.composite
def models(draw, players=4, choices=7):
    """Small models of every shape, in which rows may join what has nothing to do with each other."""
    count = draw(st.integers(1, players))
    size = draw(st.integers(1, choices))
    member = st.integers(0, count - 1)
    choice = st.tuples(st.integers(-6, 9), st.sets(member, max_size=3), st.sampled_from((1, 1, 1, 2, 0)))
    entry = st.dictionaries(st.integers(0, size - 1), st.integers(-5, 7).filter(bool), min_size=1, max_size=5)
    row = st.tuples(entry, st.integers(0, 9))
    return model(
        count,
        draw(st.lists(choice, min_size=size, max_size=size)),
        draw(st.lists(row, max_size=6)),
        draw(st.sampled_from((1.0, 0.25))),
    )


def plans(found):
    """Every plan that keeps to all rows, one a line."""
    every = np.array(list(itertools.product(*(range(most + 1) for most in found.most.tolist()))))
    kept = np.ones(len(every), dtype=bool)
    for row, limit in enumerate(found.limits.tolist()):
        used = slice(found.starts[row], found.starts[row + 1])
        kept &= every[:, found.columns[used]] @ found.values[used] <= limit
    return every[kept]


def tried(found):
    """Worth of every group, in units of gain, by trying every plan."""
    possible = plans(found)
    needed = np.bitwise_or.reduce(np.where(possible > 0, found.needs, 0), axis=1)
    gained = possible @ found.gains
    worths = [int(gained[(needed & ~group) == 0].max()) for group in range(found.everybody + 1)]
    return np.array([0, *worths[1:]])


def matching(gains):
    """Assignment game as a planning model: a choice for each pair, and everybody is matched once."""
    sellers, buyers = np.shape(gains)
    pairs = list(itertools.product(range(sellers), range(buyers)))
    rows = [({at: 1 for at, pair in enumerate(pairs) if pair[0] == one}, 1) for one in range(sellers)]
    rows += [({at: 1 for at, pair in enumerate(pairs) if pair[1] == one}, 1) for one in range(buyers)]
    return model(sellers + buyers, [(gains[one][other], {one, sellers + other}, 1) for one, other in pairs], rows)


def shared_block(players=5, builders=2):
    """All fly alone for nothing; one block, built by any of the first for 3, saves each of the others 4."""
    choices = [(0, {place}, 1) for place in range(players)]
    choices += [(-3, {place}, 1) for place in range(builders)]
    rows = []
    for user in range(players):
        used = {}
        for builder in range(builders):
            if user != builder:
                rows.append(({len(choices): 1, players + builder: -1}, 0))
                used[len(choices)] = 1
                choices.append((4, {user, builder}, 1))
        rows.append((used | {user: 1}, 1))
    return model(players, choices, rows)
