"""The search for days of departure: a coarse grid over all days, a fine one where it matters, and the best day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.launch.bodies import Body, date_of, day_number
from synodos.schedule.launch.orbits import Floats
from synodos.schedule.launch.porkchop import Integers, default_flight_step, transfers, valid_days

TransferType = Literal["I", "II"]

COARSE: Final = 200
"""Coarse steps in a cycle."""
LARGEST_STEP_DAYS: Final = 4
MARGIN: Final = 0.75
"""Share of a cycle by which the days searched reach beyond those asked about, so that no opportunity is cut."""
SHIFTS: Final = 40
"""Moves of the window after which the search for a best day settles for what it has."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A departure of least energy.

    Attributes
    ----------
    departs : date
        Day of departure.
    c3_km2_s2 : float
        Characteristic energy: square of the speed that is left when the mission has escaped from the body.
    arrival_v_infinity_km_s : float
        Speed at arrival relative to the body, before that body's own pull.
    time_of_flight_days : int
        Days to the arrival.
    transfer_type : {"I", "II"}
        Whether the arc turns by less or by more than half a circle around the Sun.
    """

    departs: dt.date
    c3_km2_s2: float
    arrival_v_infinity_km_s: float
    time_of_flight_days: int
    transfer_type: TransferType

    @property
    def arrives(self) -> dt.date:
        """Day of arrival."""
        return self.departs + dt.timedelta(days=self.time_of_flight_days)


@dataclass(frozen=True, slots=True)
class Grid:
    """C3 of each day and time of flight, infinite where the arrival is too fast; arrival speed; whether of type II."""

    days: Integers
    flights: Integers
    energy: Floats
    speed: Floats
    longer: NDArray[np.bool_]

    def least(self) -> Floats:
        """Return the least C3 of each day."""
        found: Floats = self.energy.min(axis=1)
        return found

    def rows(self, rows: slice) -> Grid:
        """Return some days of the grid."""
        return Grid(self.days[rows], self.flights, self.energy[rows], self.speed[rows], self.longer[rows])

    def of_type(self, transfer_type: TransferType | None) -> Floats:
        """Return C3, infinite where the transfer is of the other type; None takes both."""
        if transfer_type is None:
            return self.energy
        return np.where(self.longer == (transfer_type == "II"), self.energy, np.inf)

    def best(self, transfer_type: TransferType | None) -> Departure:
        """Return the departure of least energy in the grid."""
        energy = self.of_type(transfer_type)
        at = np.unravel_index(np.argmin(energy), energy.shape)
        return Departure(
            departs=date_of(self.days[at[0]]),
            c3_km2_s2=float(self.energy[at]),
            arrival_v_infinity_km_s=float(self.speed[at]),
            time_of_flight_days=int(self.flights[at[1]]),
            transfer_type="II" if self.longer[at] else "I",
        )


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched.

    Attributes
    ----------
    leaves, reaches : Body
        Where the mission leaves and arrives.
    shortest, longest : int
        Range of flight times in days.
    fastest : float
        Highest speed at arrival in km/s.
    cycle : float
        Days in which opportunities come back.
    """

    leaves: Body
    reaches: Body
    shortest: int
    longest: int
    fastest: float
    cycle: float

    @property
    def step(self) -> int:
        """Days between departures of the coarse grid."""
        return max(1, min(LARGEST_STEP_DAYS, round(self.cycle / COARSE)))

    @property
    def flight_step(self) -> int:
        """Days between flight times of the fine grid; those of the coarse one are twice as far apart."""
        return default_flight_step(self.shortest, self.longest)

    @property
    def reach(self) -> int:
        """Days of flight by which a window reaches beyond its middle."""
        return 2 * self.flight_step + 1

    def coarse(self, after: dt.date, before: dt.date) -> Grid:
        """Return the coarse grid of these days and of some before and after them.

        Its days are multiples of the step, so that a period is the same whatever days are asked for.
        """
        first, last = valid_days(self.leaves, self.reaches)
        margin = round(MARGIN * self.cycle)
        first = max(first, day_number(after) - margin)
        last = min(last - self.longest, day_number(before) + margin)
        aligned = -(-first // self.step) * self.step
        return self.grid(np.arange(aligned, last + 1, self.step), 2 * self.flight_step)

    def fine(self, days: Integers) -> Grid:
        """Return the fine grid of these days."""
        return self.grid(days, self.flight_step)

    def grid(self, days: Integers, flight_step: int) -> Grid:
        """Return the grid of these days."""
        return self._solved(days, np.arange(self.shortest, self.longest + 1, flight_step))

    def best(self, grid: Grid, transfer_type: TransferType | None = None) -> Departure | None:
        """Return the departure of least energy in a grid, to the day, or None if none keeps to the limits.

        The window of days around the grid's best cell moves until its own best cell stands inside it.
        """
        if np.isinf(grid.of_type(transfer_type).min()):
            return None
        found = grid.best(transfer_type)
        for _ in range(SHIFTS):
            before, found = found, self._window(found, grid).best(transfer_type)
            if self._stands_inside(found, before):
                break
        return found

    def _window(self, around: Departure, grid: Grid) -> Grid:
        """Return all days of departure and of flight around a departure, within those of a grid."""
        day, flight = day_number(around.departs), around.time_of_flight_days
        first, last = max(int(grid.days[0]), day - self.step - 1), min(int(grid.days[-1]), day + self.step + 1)
        shortest, longest = max(self.shortest, flight - self.reach), min(self.longest, flight + self.reach)
        return self._solved(np.arange(first, last + 1), np.arange(shortest, longest + 1))

    def _stands_inside(self, found: Departure, middle: Departure) -> bool:
        """Return whether a departure stands inside the window around another, or is that other."""
        if found == middle:
            return True
        moved = abs((found.departs - middle.departs).days)
        return moved <= self.step and abs(found.time_of_flight_days - middle.time_of_flight_days) < self.reach

    def _solved(self, days: Integers, flights: Integers) -> Grid:
        """Return a grid, with arrivals that are too fast left out."""
        energy, speed, longer = transfers(self.leaves, self.reaches, days, flights)
        return Grid(days, flights, np.where(speed <= self.fastest, energy, np.inf), speed, longer)
