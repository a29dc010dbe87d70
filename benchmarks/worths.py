"""Worths of all groups of made-up agencies against solving each group with CP-SAT."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import Any, Final

import numpy as np
from made_up_plans import made_up_model
from suite import Suite
from timing import Row, Timing, peak_mb, slope, timings

from synodos.coalition import GroupModel, GroupWorths, group_worths, nucleolus, shapley_value

COLD, INHERITED, CHAIN = "CP-SAT, each group", "CP-SAT, inheritance alone", "worths, Shapley value and nucleolus"
CASES: Final = {"budgets that bind": 1.0, "ample budgets": 3.0}
SEEDS: Final = (0, 1, 2)
SAMPLE: Final = 48
"""Groups that are solved cold at most, of few players half of all; the time of all is extrapolated from theirs."""
LARGEST_INHERITED: Final = 12
"""Players up to which CP-SAT is run on all groups that inheritance leaves."""
AGREEMENT: Final = 1e-6


class _Cold:
    """Takes the groups that are left and solves each with CP-SAT, in this process."""

    def submit(self, _: Callable[..., Any], /, *arguments: Any) -> Future[Any]:  # noqa: ANN401 - as executors have it
        """Solve the groups of a batch."""
        part, groups = arguments[:2]
        done: Future[Any] = Future()
        plans = [_cold(part, group) for group in groups]
        done.set_result([(best, best[0], None) for best in plans])
        return done


def _cold(model: GroupModel | Any, group: int) -> tuple[int, int]:  # noqa: ANN401 - or a part of one, as a matrix
    """Return the worth of a group and whom its plan needs, by CP-SAT as it is, on a model made for this group."""
    from ortools.sat.python import cp_model

    made = cp_model.CpModel()
    open_to = {
        place: made.new_int_var(0, most, "")
        for place, (most, needed) in enumerate(zip(model.most.tolist(), model.needs.tolist(), strict=True))
        if not needed & ~group
    }
    for entries, limit in zip(_rows(model), model.limits.tolist(), strict=True):
        used = [(open_to[place], value) for place, value in entries if place in open_to]
        if used:
            made.add(sum(value * choice for choice, value in used) <= limit)
    made.maximize(sum(int(model.gains[place]) * choice for place, choice in open_to.items()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(made) != cp_model.OPTIMAL:
        message = f"CP-SAT finds no optimum for group {group}"
        raise AssertionError(message)
    chosen = [place for place, choice in open_to.items() if solver.value(choice)]
    return round(solver.objective_value), int(np.bitwise_or.reduce(model.needs[chosen], initial=0))


def _rows(model: GroupModel | Any) -> Iterator[list[tuple[int, int]]]:  # noqa: ANN401 - as above
    """Yield the entries of each row."""
    if not isinstance(model, GroupModel):
        for row in model.matrix:
            used = np.flatnonzero(row)
            yield list(zip(used.tolist(), row[used].tolist(), strict=True))
        return
    for first, last in zip(model.starts[:-1], model.starts[1:], strict=True):
        yield list(zip(model.columns[first:last].tolist(), model.values[first:last].tolist(), strict=True))


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield rows for each number of players and kind of budgets: against each peer, and the way on to fair shares."""
    before: dict[str, tuple[int, float]] = {}
    for size in sizes:
        for case, ample in CASES.items():
            models = [made_up_model(seed, size, ample=ample) for seed in SEEDS]
            samples = [_checked(model, group_worths(model)) for model in models]
            timed = timings(_contenders(models, samples), rounds)
            grown = slope(before.get(case), (size, timed["ours"].median_s))
            before[case] = (size, timed["ours"].median_s)
            yield _row(case, size, timed["ours"], COLD, timed[COLD].median_s * (1 << size) / _sampled(size), grown)
            if size <= LARGEST_INHERITED:
                yield _row(case, size, timed["ours"], INHERITED, _inherited(models), grown)
            yield _row(f"{CHAIN}, {case}", size, timed[CHAIN], None, None, None)


def _contenders(models: Sequence[GroupModel], samples: Sequence[Sequence[int]]) -> dict[str, Callable[[], object]]:
    """Return who takes part."""
    return {
        "ours": lambda: [group_worths(model) for model in models],
        COLD: lambda: [
            [_cold(model, group) for group in sample] for model, sample in zip(models, samples, strict=True)
        ],
        CHAIN: lambda: [_shared(model) for model in models],
    }


def _sampled(size: int) -> int:
    """Return how many groups are solved cold."""
    return min(SAMPLE, 1 << size - 1)


def _checked(model: GroupModel, worths: GroupWorths) -> list[int]:
    """Return groups drawn at random, after each was found to be worth what CP-SAT says."""
    drawn: list[int] = (
        np.random.default_rng(len(model.players))
        .integers(1, model.everybody + 1, _sampled(len(model.players)))
        .tolist()
    )
    for group in drawn:
        cold = _cold(model, group)[0]
        if abs(cold - worths.worths[group]) > AGREEMENT:
            message = f"group {group} is worth {worths.worths[group]}, and {cold} if it is solved alone"
            raise AssertionError(message)
    return drawn


def _inherited(models: Sequence[GroupModel]) -> float:
    """Return the seconds that CP-SAT takes for the groups that inheritance leaves, after all worths were compared."""
    found: list[GroupWorths] = []
    timed = timings({"": lambda: found.extend(group_worths(model, executor=_Cold()) for model in models)}, 1)
    for model, cold in zip(models, found, strict=True):
        if not np.array_equal(cold.amounts, group_worths(model).amounts):
            message = "CP-SAT gives other worths"
            raise AssertionError(message)
    return timed[""].median_s


def _shared(model: GroupModel) -> float:
    """Return the least share, by the Shapley value or the nucleolus, of what all are worth together."""
    game = group_worths(model).game()
    found = nucleolus(game)
    if not found.certificate.holds:
        raise AssertionError(found.certificate.reason)
    return float(min(shapley_value(game).min(), found.division.min()))


def _row(case: str, size: int, ours: Timing, peer: str | None, seconds: float | None, grown: float | None) -> Row:
    """Return a row; all times are of one model, on average."""
    mine, theirs = ours.median_s / len(SEEDS), None if seconds is None else seconds / len(SEEDS)
    note = "extrapolated" if peer == COLD else ""
    over = None if theirs is None else theirs / mine
    return Row(case, size, mine, peer, theirs, None, over, None, grown, peak_mb(), note, ours.spread)


SUITE = Suite(
    "worths",
    "Worths of groups",
    f"""\
The worths of all 2^n groups of n made-up agencies, few of them large and many small, that build blocks and fly missions
within yearly budgets: about 120 yes-or-no choices and 140 rows for n = 14. Times are of one model, on average over
{len(SEEDS)}. "{COLD}" builds and solves a model of OR-Tools CP-SAT for every group on one processor; {SAMPLE} groups
drawn at random are solved, the rest is extrapolated, and their worths are compared with ours before anything is timed.
"{INHERITED}" does so only for groups that have no larger group whose best plan they can carry out
themselves, and all worths are compared. Ours runs in this process. The last rows go on from the worths to the Shapley
value and the nucleolus with its certificate.""",
    ("case", "n", "ours_s", "peer", "peer_s", "ratio_peer", "slope", "rss_mb"),
    (10, 12, 14),
    measured,
)
