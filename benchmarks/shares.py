"""Fair shares of games with known worths against the fastest package that was found to be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from suite import Suite
from timing import Row, against, peak_mb, slope, timings

from synodos.coalition import Game, nucleolus, shapley_value

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PEER = "coopgame-py"
AGREEMENT = 1e-7
"""Difference of a share, in worths of about as many as there are players, up to which two answers are one."""
LARGE = 24
"""Players for which the peer is not asked: it takes worths as a list."""
KINDS = ("random", "plan", "voting")


def worths_of(kind: str, players: int) -> Floats:
    """Return the worths of a game in which all together are worth more than each alone."""
    generator = np.random.default_rng(players)
    sizes = _sums(np.ones(players))
    if kind == "voting":
        weights = generator.integers(1, 50, players).astype(np.float64)
        won: Floats = (_sums(weights) >= 0.6 * weights.sum()).astype(np.float64)
        return won
    worths = sizes * generator.random(len(sizes)) if kind == "random" else sizes**1.5 + generator.random(len(sizes)) / 5
    worths[0], worths[-1] = 0.0, max(worths[-1], float(players))
    return worths


def _sums(values: Floats) -> Floats:
    """Return the sum of values over every group, in binary order."""
    sums = np.zeros(1)
    for value in values:
        sums = np.concatenate((sums, sums + value))
    return sums


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield a row for each number of players and rule, and for large sizes Shapley values of 24 players."""
    cases = [("Shapley value", "random"), *((f"nucleolus, {kind}", kind) for kind in KINDS)]
    before: dict[str, tuple[int, float]] = {}
    for size in sizes:
        for case, kind in cases:
            contenders = _contenders(case, worths_of(kind, size))
            timed = timings(contenders, rounds)
            ours = timed["ours"].median_s
            row = {"case": case, "n": size, "slope": slope(before.get(case), (size, ours)), "rss_mb": peak_mb()}
            before[case] = (size, ours)
            yield from against((PEER,), timed, {PEER: 1.0}, row)
    if max(sizes) >= LARGE - 4:
        yield _large(rounds)


def _contenders(case: str, worths: Floats) -> dict[str, Callable[[], Any]]:
    """Return who takes part, after all gave the same shares, and ours the sum of what is divided."""
    names = [str(place) for place in range(len(worths).bit_length() - 1)]
    contenders: dict[str, Callable[[], Any]] = {}
    if case == "Shapley value":
        built = Game(names, worths)
        contenders |= {"ours": lambda: shapley_value(built), "limit": lambda: np.sum(worths)}
    else:
        contenders |= {
            "ours": lambda: _certified(Game(names, worths)),
            "limit": lambda: _least_work(worths, len(names)),
        }
    found = contenders["ours"]()
    _same(found.sum(), worths[-1], "ours divides another worth")
    try:
        import coopgame
    except ImportError:
        return contenders
    game = coopgame.Game(worths[1:].tolist())
    if case == "Shapley value":
        contenders[PEER] = lambda: coopgame.shapley(game)
    else:
        contenders[PEER] = lambda: coopgame.nucleolus(game)["allocation"]
    _same(np.asarray(contenders[PEER]()), found, f"{PEER} gives other shares")
    return contenders


def _certified(game: Game) -> Floats:
    """Return the nucleolus, or raise AssertionError where Kohlberg's criterion does not certify it."""
    found = nucleolus(game)
    if not found.certificate.holds:
        raise AssertionError(found.certificate.reason)
    return found.division


def _same(found: Any, expected: Any, what: str) -> None:  # noqa: ANN401 - numbers or arrays
    """Raise AssertionError unless both are the same."""
    if not np.allclose(found, expected, rtol=AGREEMENT, atol=AGREEMENT):
        message = f"{what}: {found} instead of {expected}"
        raise AssertionError(message)


def _least_work(worths: Floats, players: int) -> float:
    """Return the largest excess of one division: the least that any check of all groups has to do."""
    return float((worths - _sums(np.full(players, worths[-1] / players))).max())


def _large(rounds: int) -> Row:
    """Return what Shapley values of 24 players take."""
    worths = worths_of("random", LARGE)
    game = Game([str(place) for place in range(LARGE)], worths)
    timed = timings({"ours": lambda: shapley_value(game), "limit": lambda: np.sum(worths)}, rounds)
    ours, limit = timed["ours"], timed["limit"].median_s
    over = ours.median_s / limit
    return Row("Shapley value", LARGE, ours.median_s, None, None, limit, None, over, None, peak_mb(), "", ours.spread)


SUITE = Suite(
    "shares",
    "Fair shares",
    """\
Shapley value and nucleolus of games of n players whose 2^n worths are known, against coopgame-py, which is written in
Rust; the shares of both are compared before anything is timed. Games are built before; but for the nucleolus ours is
built and checked, and its result certified by Kohlberg's criterion, within its time. "Random" worths are a
random share of the number of members, those like a "plan" grow faster than groups do, in "voting" three votes in five
win, so that many groups tie. "Limit" is NumPy's sum over the worths for Shapley values, and for the nucleolus one
look at what all groups miss under one division.""",
    ("case", "n", "ours_s", "peer", "peer_s", "ratio_peer", "limit_s", "ratio_limit", "slope", "rss_mb"),
    (10, 14, 18, 20),
    measured,
)
