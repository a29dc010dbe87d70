"""Games of the literature, and random ones."""

import numpy as np
from hypothesis import strategies as st

from synodos.coalition import Game


def players(count):
    return [f"p{place}" for place in range(count)]


def game_of(count, worth):
    """Game from a function of the set of members' places."""
    groups = [{place for place in range(count) if group >> place & 1} for group in range(1 << count)]
    return Game(players(count), [worth(group) if group else 0 for group in groups])


def gloves(left, right):
    """Pairs of gloves: Shapley (1959), The solutions of a symmetric market game."""
    return game_of(
        left + right, lambda group: min(len([p for p in group if p < left]), len([p for p in group if p >= left]))
    )


def bankruptcy(estate, claims):
    """What is left to a group once all others took their claims: O'Neill (1982); Aumann and Maschler (1985)."""
    return game_of(
        len(claims), lambda group: max(0, estate - sum(one for place, one in enumerate(claims) if place not in group))
    )


def voting(quota, weights):
    return game_of(len(weights), lambda group: float(sum(weights[place] for place in group) >= quota))


def security_council():
    """Five permanent members with a veto, ten others; nine votes pass a resolution since 1965."""
    return voting(39, [7] * 5 + [1] * 10)


def assignment(gains):
    """Rows are sellers, columns buyers: Shapley and Shubik (1971), The assignment game I."""
    from scipy.optimize import linear_sum_assignment

    gains = np.array(gains)
    sellers, buyers = gains.shape

    def worth(group):
        part = gains[
            np.ix_([p for p in range(sellers) if p in group], [b for b in range(buyers) if b + sellers in group])
        ]
        return float(part[linear_sum_assignment(part, maximize=True)].sum()) if part.size else 0.0

    return game_of(sellers + buyers, worth)


def flow(arcs, source, sink):
    """Each player owns an arc (from, to, capacity): Kalai and Zemel (1982), Totally balanced games."""
    import networkx as nx

    def worth(group):
        graph = nx.DiGraph()
        graph.add_nodes_from([source, sink])
        graph.add_weighted_edges_from([arcs[place] for place in group], weight="capacity")
        return float(nx.maximum_flow_value(graph, source, sink))

    return game_of(len(arcs), worth)


@st.composite
def games(draw, least=2, most=5, lowest=-6, highest=12):
    """Random games of whole worths, so that many groups tie."""
    count = draw(st.integers(least, most))
    worths = draw(st.lists(st.integers(lowest, highest), min_size=(1 << count) - 1, max_size=(1 << count) - 1))
    return Game(players(count), [0, *worths])


def superadditive(seed, count):
    """Random game in which joining never harms, with all possible degrees of stability."""
    generator = np.random.default_rng(seed)
    worths = np.zeros(1 << count)
    for group in range(1, 1 << count):
        part, best = (group - 1) & group, 0.0
        while part:
            best = max(best, worths[part] + worths[group ^ part])
            part = (part - 1) & group
        worths[group] = best + generator.random() * group.bit_count()
    return Game(players(count), worths)


def reference_nucleolus(game, *, imputations):
    """Nucleolus by the plain sequence of linear programs over all groups at once."""
    from scipy.optimize import linprog

    n = game.size
    rows = np.array([[group >> place & 1 for place in range(n)] for group in range(1 << n)], dtype=float)
    waiting = list(range(1, (1 << n) - 1))
    fixed, amounts = [rows[-1]], [game.whole]
    bounds = [(low if imputations else None, None) for low in game.alone]
    while waiting and np.linalg.matrix_rank(np.array(fixed)) < n:
        demands = np.column_stack((-rows[waiting], -np.ones(len(waiting))))
        equal = np.column_stack((fixed, np.zeros(len(fixed))))
        solved = linprog(
            [0] * n + [1],
            demands,
            -game.worths[waiting],
            equal,
            amounts,
            bounds=[*bounds, (None, None)],
            method="highs",
        )
        assert solved.status == 0
        excess = solved.fun
        weights = solved.ineqlin.marginals
        settled = [group for group, weight in zip(waiting, weights, strict=True) if weight < -1e-7]
        fixed += [rows[group] for group in settled]
        amounts += [game.worths[group] - excess for group in settled]
        lower = solved.lower.marginals[:n] if imputations else np.zeros(n)
        for place in np.flatnonzero(lower > 1e-7):
            fixed.append(np.eye(n)[place])
            amounts.append(game.alone[place])
        rank = np.linalg.matrix_rank(np.array(fixed))
        waiting = [g for g in waiting if np.linalg.matrix_rank(np.array([*fixed, rows[g]])) > rank]
    return np.linalg.lstsq(np.array(fixed), np.array(amounts), rcond=None)[0]
