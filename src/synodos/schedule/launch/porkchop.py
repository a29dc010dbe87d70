"""What every pair of departure and arrival costs: the grid behind a porkchop plot."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from synodos.schedule.launch.bodies import Body, LaunchError, body, date_of, day_number
from synodos.schedule.launch.lambert import free_parameter, speeds
from synodos.schedule.launch.orbits import AU_KM, DAY_S, SUN_KM3_S2, Floats

Integers = NDArray[np.int64]

SHORTEST: Final = 0.4
LONGEST: Final = 1.75
"""Default range of flight times, as shares of half an ellipse between circular orbits (Hohmann)."""
COLUMNS: Final = 175
"""Flight times between these: every other day to Mars."""
CELLS: Final = 4_096
"""Cells solved at a time: few enough for a processor's cache, and for memory that is used again, not asked for anew."""


@dataclass(frozen=True)
class Porkchop:
    """Energy to leave and speed at arrival, by day of departure and time of flight.

    Attributes
    ----------
    departure, arrival : str
        Short names of the bodies.
    departs : array of datetime64[D], shape (n,)
        Days of departure.
    time_of_flight_days : array of int, shape (m,)
        Times of flight.
    c3_km2_s2 : array of shape (n, m)
        Characteristic energy at departure; infinite where no single arc exists.
    arrival_v_infinity_km_s : array of shape (n, m)
        Speed at arrival relative to the body.
    longer_way : array of bool, shape (n, m)
        Whether the arc turns by more than half a circle around the Sun (type II).
    """

    departure: str
    arrival: str
    departs: NDArray[np.datetime64]
    time_of_flight_days: Integers
    c3_km2_s2: Floats
    arrival_v_infinity_km_s: Floats
    longer_way: NDArray[np.bool_]


def porkchop(
    departure: str,
    arrival: str,
    after: dt.date,
    before: dt.date,
    *,
    time_of_flight_days: tuple[int, int] | None = None,
    departure_step_days: int = 1,
    flight_step_days: int | None = None,
) -> Porkchop:
    """Return the energy to leave and the speed at arrival for each day of departure and time of flight.

    Parameters
    ----------
    departure, arrival : str
        Bodies; see `body`.
    after, before : date
        First and last day of departure.
    time_of_flight_days : tuple of int, optional
        Shortest and longest time of flight; else 0.4 and 1.75 times that of half an ellipse between circular orbits.
    departure_step_days, flight_step_days : int
        Steps of the grid; that of the flight is by default one that makes about 175 columns, 2 days to Mars.

    Raises
    ------
    LaunchError
        If a body is unknown or both are one, or if dates or flight times are out of order or of range.

    Notes
    -----
    Arcs are prograde, of less than a turn, around the Sun alone, between the centres of the bodies. The Earth is the
    centre of mass of the Earth and the Moon. Departures are at midnight, Barycentric Dynamical Time.
    """
    leaves, reaches = pair(departure, arrival)
    shortest, longest = flight_range(leaves, reaches, time_of_flight_days)
    check_dates(leaves, reaches, after, before, longest)
    step = flight_step_days or default_flight_step(shortest, longest)
    days = np.arange(day_number(after), day_number(before) + 1, departure_step_days)
    flights = np.arange(shortest, longest + 1, step)
    energy, speed, longer = transfers(leaves, reaches, days, flights)
    departs = np.datetime64("2000-01-01", "D") + days.astype("timedelta64[D]")
    return Porkchop(leaves.id, reaches.id, departs, flights, energy, speed, longer)


def pair(departure: str, arrival: str) -> tuple[Body, Body]:
    """Return the bodies of these names.

    Raises
    ------
    LaunchError
        If one is unknown, or if both are one.
    """
    leaves, reaches = body(departure), body(arrival)
    if leaves.id == reaches.id:
        message = f"launch.same-body: departure and arrival are both {leaves.name}; expected two bodies"
        raise LaunchError(message)
    return leaves, reaches


def flight_range(leaves: Body, reaches: Body, asked: tuple[int, int] | None) -> tuple[int, int]:
    """Return the shortest and the longest time of flight in days.

    Raises
    ------
    LaunchError
        If the range that was asked for is empty or begins before the first day.
    """
    if asked is None:
        axis_km = (leaves.elements[0] + reaches.elements[0]) / 2 * AU_KM
        half_ellipse = np.pi * np.sqrt(axis_km**3 / SUN_KM3_S2) / DAY_S
        return round(SHORTEST * half_ellipse), round(LONGEST * half_ellipse)
    if not 0 < asked[0] < asked[1]:
        message = f"launch.flight-time: expected 0 < shortest < longest time of flight, in days; found {asked}"
        raise LaunchError(message)
    return asked


def default_flight_step(shortest: int, longest: int) -> int:
    """Return the step between times of flight that makes about 175 columns."""
    return max(1, round((longest - shortest) / COLUMNS))


def check_dates(leaves: Body, reaches: Body, after: dt.date, before: dt.date, longest: int) -> None:
    """Raise LaunchError unless the orbits of both bodies hold from the first departure to the last arrival."""
    if before < after:
        message = f"launch.dates: expected after <= before; found {after} and {before}"
        raise LaunchError(message)
    first, last = valid_days(leaves, reaches)
    if day_number(after) < first or day_number(before) + longest > last:
        message = (
            f"launch.out-of-range: the orbits of {leaves.name} and {reaches.name} hold from {date_of(first)} to "
            f"{date_of(last)}; found departures from {after} to {before} with up to {longest} days of flight"
        )
        raise LaunchError(message)


def valid_days(leaves: Body, reaches: Body) -> tuple[int, int]:
    """Return the first and last day on which the orbits of both bodies hold."""
    first = max(leaves.valid_from, reaches.valid_from)
    return day_number(first), day_number(min(leaves.valid_to, reaches.valid_to))


def transfers(
    leaves: Body, reaches: Body, days: Integers, flights: Integers
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return C3 (km²/s²), arrival speed (km/s) and whether the arc is of type II, each of shape (days, flights)."""
    shape = (len(days), len(flights))
    energy, speed, longer = np.empty(shape), np.empty(shape), np.empty(shape, dtype=np.bool_)
    start = _Seen.of(leaves, days)
    first_arrival = int(days[0] + flights[0])
    end = _Seen.of(reaches, np.arange(first_arrival, int(days[-1] + flights[-1]) + 1))
    at = days[:, None] + flights[None, :] - first_arrival
    seconds = flights.astype(np.float64) * DAY_S
    rows = max(1, CELLS // max(1, len(flights)))
    for first in range(0, len(days), rows):
        some = slice(first, first + rows)
        energy[some], speed[some], longer[some] = _cells(start.row(some), end.cells(at[some]), seconds)
    return energy, speed, longer


@dataclass(frozen=True, slots=True)
class _Seen:
    """A body on some days: distance, direction, speed towards that direction, speed squared, and direction x velocity.

    Vectors are tuples of three arrays, which lie better in the cache than an array of triples.
    """

    distance: Floats
    direction: tuple[Floats, ...]
    radial: Floats
    square: Floats
    turning: tuple[Floats, ...]

    @classmethod
    def of(cls, seen: Body, days: Integers) -> _Seen:
        """Return a body on these days."""
        position, velocity = seen.states(days.astype(np.float64))
        distance = np.linalg.norm(position, axis=1)
        direction = position / distance[:, None]
        radial = np.einsum("ij,ij->i", direction, velocity)
        square = np.einsum("ij,ij->i", velocity, velocity)
        turning = np.cross(direction, velocity)
        return cls(distance, tuple(direction.T.copy()), radial, square, tuple(turning.T.copy()))

    def row(self, some: slice) -> _Seen:
        """Return these days, to stand beside columns of flight times."""
        direction = tuple(part[some, None] for part in self.direction)
        turning = tuple(part[some, None] for part in self.turning)
        return _Seen(self.distance[some, None], direction, self.radial[some, None], self.square[some, None], turning)

    def cells(self, at: Integers) -> _Seen:
        """Return the days at these positions."""
        direction = tuple(part[at] for part in self.direction)
        turning = tuple(part[at] for part in self.turning)
        return _Seen(self.distance[at], direction, self.radial[at], self.square[at], turning)


def _cells(start: _Seen, end: _Seen, seconds: Floats) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Return C3, arrival speed and type of the arcs from each start to each end of its row.

    With h the unit vector along the angular momentum and d that towards the body, the speed across is along h x d, so
    its product with the body's velocity v is h·(d x v): no velocity of the arc is ever formed.
    """
    (ax, ay, az), (bx, by, bz) = start.direction, end.direction
    nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    with np.errstate(invalid="ignore", divide="ignore"):
        longer = nz < 0
        sign = np.where(longer, -1.0, 1.0)
        turn = sign / np.sqrt(nx * nx + ny * ny + nz * nz)
        nx, ny, nz = nx * turn, ny * turn, nz * turn
        chord = np.sqrt(
            np.square(start.distance - end.distance)
            + 2 * start.distance * end.distance * np.maximum(1 - (ax * bx + ay * by + az * bz), 0.0)
        )
        half = (start.distance + end.distance + chord) / 2
        lam = sign * np.sqrt(np.maximum(1 - chord / half, 0.0))
        x = free_parameter(lam, np.sqrt(2 * SUN_KM3_S2 / half) / half * seconds)
        outward, inward, momentum = speeds(x, lam, start.distance, end.distance, chord, half, SUN_KM3_S2)
        energy = _relative(start, outward, momentum / start.distance, (nx, ny, nz))
        arrival = np.sqrt(_relative(end, inward, momentum / end.distance, (nx, ny, nz)))
    return np.nan_to_num(energy, nan=np.inf), np.nan_to_num(arrival, nan=np.inf), longer


def _relative(seen: _Seen, radial: Floats, across: Floats, normal: tuple[Floats, ...]) -> Floats:
    """Return the square of the speed relative to a body."""
    along = normal[0] * seen.turning[0] + normal[1] * seen.turning[1] + normal[2] * seen.turning[2]
    found = radial * radial + across * across + seen.square - 2 * (radial * seen.radial + across * along)
    return np.maximum(found, 0.0)
