"""Search for the best plan of a group with CP-SAT, on a model that is built once."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from synodos.coalition.worths.model import Ints
from synodos.coalition.worths.part import Part

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver

SMALL: Final = 400
"""Choices up to which CP-SAT is quicker without its presolve."""

PAUSE_S: Final = 0.05
"""Seconds between two attempts to end a search that may just have begun."""
CLOSE: Final = 1e-6
"""By how much a bound of the solver may miss a whole number."""
SWIFT_EFFORT: Final = 1.0
"""Effort after which a swift search gives way to a thorough one, in CP-SAT's own measure, of about seconds."""
SWIFT: Final = {
    "cp_model_presolve": False,
    "cp_model_probing_level": 0,
    "linearization_level": 0,
    "symmetry_level": 0,
    "max_deterministic_time": SWIFT_EFFORT,
}
"""How CP-SAT is soonest done with a group whose worth is known from both sides closely."""
THOROUGH: Final = {
    "cp_model_probing_level": 2,
    "linearization_level": 1,
    "symmetry_level": 2,
    "max_deterministic_time": float("inf"),
}
"""CP-SAT as it comes."""


class Search:
    """The model of a part, of which the choices that absent players are needed for are closed."""

    def __init__(self, part: Part) -> None:
        """Build it."""
        from ortools.sat.python import cp_model

        self._part = part
        self._model: CpModel = cp_model.CpModel()
        choices = [self._model.new_int_var(0, most, "") for most in part.most.tolist()]
        total = cp_model.LinearExpr.weighted_sum
        for row, limit in zip(part.matrix, part.limits.tolist(), strict=True):
            used = np.flatnonzero(row)
            self._model.add(total([choices[place] for place in used], row[used].tolist()) <= limit)
        self._model.maximize(total(choices, part.gains.tolist()))
        self._everything = int(np.abs(part.gains) @ part.most)
        self._model.proto.objective.domain.extend([-self._everything, 0])
        self._choices = choices
        self._solver: CpSolver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 1
        self._solver.parameters.catch_sigint_signal = False  # several searches at once cannot share a signal
        self._thorough = THOROUGH | {"cp_model_presolve": len(choices) > SMALL}
        self._optimal, self._infeasible = cp_model.OPTIMAL, cp_model.INFEASIBLE
        self._feasible, self._unknown = cp_model.FEASIBLE, cp_model.UNKNOWN
        self._stopped = False

    def better(self, group: int, than: int, ceiling: int, limit_s: float | None = None) -> tuple[Ints | None, int]:
        """Return the best plan of a group if it brings more than some amount, otherwise None; and what none exceeds.

        Where a limit of seconds ends the search, the plan is the best so far.

        Parameters
        ----------
        group, than : int
        ceiling : int
            What no plan of the group is known to exceed.
        limit_s : float, optional

        Raises
        ------
        KeyboardInterrupt
            If the search is interrupted.
        """
        self._set(SWIFT, limit_s)
        status = self._solved(group, than + 1, ceiling)
        if status in (self._feasible, self._unknown) and not self._stopped:
            self._set(self._thorough, limit_s)
            status = self._solved(group, than + 1, ceiling)
        if status == self._infeasible:
            return None, than
        if status == self._optimal:
            found = self._found()
            return found, int(self._part.gains @ found)
        if self._stopped or limit_s is None:
            raise KeyboardInterrupt
        if status == self._feasible:
            return self._found(), min(int(np.floor(self._solver.best_objective_bound + CLOSE)), ceiling)
        return None, ceiling

    def best(self, group: int, limit_s: float | None = None) -> tuple[Ints, int]:
        """Return the best plan of a group within some seconds, and what no plan exceeds.

        Raises
        ------
        KeyboardInterrupt
            If the search is interrupted before it has ended; with a limit, what was found until then is returned.
        """
        self._set(self._thorough, limit_s)
        status = self._solved(group, 0, self._everything)
        if status == self._optimal:
            found = self._found()
            return found, int(self._part.gains @ found)
        if limit_s is None:
            raise KeyboardInterrupt
        if status == self._feasible:
            return self._found(), int(np.floor(self._solver.best_objective_bound + CLOSE))
        return np.zeros_like(self._part.gains), int(self._part.open_to(group) @ np.maximum(self._part.gains, 0))

    def best_unless_interrupted(self, group: int, limit_s: float | None = None) -> tuple[Ints, int]:
        """Return the same; an interruption by the user ends the search at once."""
        with ThreadPoolExecutor(1) as pool:
            searching = pool.submit(self.best, group, limit_s)
            try:
                return searching.result()
            except KeyboardInterrupt:
                while not searching.done():
                    self.stop()
                    wait([searching], PAUSE_S)
                raise

    def stop(self) -> None:
        """Give up what runs, and all that is asked for later."""
        self._stopped = True
        self._solver.stop_search()

    def _set(self, manner: Mapping[str, float | bool], limit_s: float | None) -> None:
        """Let the solver search in some manner."""
        for name, value in manner.items():
            setattr(self._solver.parameters, name, value)
        self._solver.parameters.max_time_in_seconds = float("inf") if limit_s is None else limit_s

    def _solved(self, group: int, least: int, ceiling: int) -> Any:  # noqa: ANN401 - a status of the solver
        """Solve for a group, for plans that bring between two amounts; return how it ended.

        CP-SAT minimises, so the amounts are turned round.
        """
        proto = self._model.proto
        for variable, most in zip(proto.variables, self._part.open_to(group).tolist(), strict=True):
            variable.domain[1] = most
        proto.objective.domain[0], proto.objective.domain[1] = -min(ceiling, self._everything), -least
        return self._solver.solve(self._model)

    def _found(self) -> Ints:
        """Return the plan that was found."""
        return np.array([self._solver.value(choice) for choice in self._choices], dtype=np.int64)
