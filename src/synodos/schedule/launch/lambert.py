"""Which orbit leads from one place to another in a given time: Lambert's problem, for whole arrays at once."""

from __future__ import annotations

from typing import Final

import numpy as np

from synodos.schedule.launch.orbits import Floats

NEAR_PARABOLA: Final = 0.02
"""Distance of x² from 1 within which the time of flight is summed as a series."""
SERIES_TERMS: Final = 12
"""Terms of that series; within `NEAR_PARABOLA` the last is below 1e-16 of the first."""
CLOSE_ENOUGH: Final = 5e-4
"""A step smaller than this is the last: what it leaves, of the fourth order, is below 1e-13."""
MOST_STEPS: Final = 12


def lambert(start_km: Floats, end_km: Floats, time_of_flight_s: Floats, gravity_km3_s2: float) -> tuple[Floats, Floats]:
    """Return the velocities at both ends of the arcs that lead from one place to another in less than a turn.

    Parameters
    ----------
    start_km, end_km : array of shape (n, 3)
        Places, seen from the centre of attraction.
    time_of_flight_s : array of shape (n,)
        Times of flight; positive.
    gravity_km3_s2 : float
        Gravitational parameter of the centre.

    Returns
    -------
    departure_km_s, arrival_km_s : array of shape (n, 3)
        Velocities; not a number where start, end and centre stand in one line, since then no plane is singled out.

    Raises
    ------
    ValueError
        If a time of flight is not positive.

    Notes
    -----
    Motion is prograde: counter-clockwise as seen from +z. Formulation of D. Izzo, "Revisiting Lambert's problem",
    Celestial Mechanics and Dynamical Astronomy 121 (2015), with Householder's iteration.
    """
    if not np.all(time_of_flight_s > 0):
        message = f"time_of_flight_s must be positive (got {np.min(time_of_flight_s)})"
        raise ValueError(message)
    start, end = np.linalg.norm(start_km, axis=-1), np.linalg.norm(end_km, axis=-1)
    chord = np.linalg.norm(end_km - start_km, axis=-1)
    half = (start + end + chord) / 2
    normal = np.cross(start_km, end_km)
    with np.errstate(invalid="ignore", divide="ignore"):
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    sign = np.where(normal[..., 2] < 0, -1.0, 1.0)
    lam = sign * np.sqrt(np.maximum(1 - chord / half, 0.0))
    x = free_parameter(lam, np.sqrt(2 * gravity_km3_s2 / half**3) * time_of_flight_s)
    radial_start, radial_end, across = speeds(x, lam, start, end, chord, half, gravity_km3_s2)
    normal *= sign[..., None]
    out_start, out_end = start_km / start[..., None], end_km / end[..., None]
    departure = radial_start[..., None] * out_start + (across / start)[..., None] * np.cross(normal, out_start)
    arrival = radial_end[..., None] * out_end + (across / end)[..., None] * np.cross(normal, out_end)
    return departure, arrival


def speeds(
    x: Floats, lam: Floats, start: Floats, end: Floats, chord: Floats, half: Floats, gravity_km3_s2: float
) -> tuple[Floats, Floats, Floats]:
    """Return the radial speeds at both ends, and the angular momentum of the arc.

    Parameters
    ----------
    x, lam : array
        Izzo's free parameter and his λ.
    start, end, chord, half : array
        Distances of both ends from the centre, of the ends from each other, and half the sum of these three, in km.
    """
    y = np.sqrt(1 - lam * lam * (1 - x * x))
    scale = np.sqrt(gravity_km3_s2 * half / 2)
    slant = (start - end) / chord
    inward, outward = lam * y - x, slant * (lam * y + x)
    momentum = scale * np.sqrt(np.maximum(1 - slant * slant, 0.0)) * (y + lam * x)
    return scale * (inward - outward) / start, -scale * (inward + outward) / end, momentum


def free_parameter(lam: Floats, time: Floats) -> Floats:
    """Return Izzo's x for a given λ and a time of flight without dimension.

    Where the geometry has no solution (λ is 1 or -1: both ends in one place or direction) the answer has no meaning.
    """
    x = _first_guess(lam, time)
    for _ in range(MOST_STEPS):
        step = _step(x, lam, time)
        x = x - step
        if not np.any(np.abs(step) > CLOSE_ENOUGH):
            break
    return x


def _first_guess(lam: Floats, time: Floats) -> Floats:
    """Return Izzo's starting value."""
    cube = lam * lam * lam
    halfway = np.arccos(lam) + lam * np.sqrt(1 - lam * lam)
    parabola = 2 / 3 * (1 - cube)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        slower = np.log(time / halfway)
        power = np.where(slower >= 0, -2 / 3, np.log(2) / np.log(parabola / halfway))
        guess: Floats = np.exp(power * slower) - 1
        if np.any(fast := time <= parabola):
            short, cut = time[fast], parabola[fast]
            guess[fast] = 2.5 * cut * (cut - short) / (short * (1 - cube[fast] * np.square(lam[fast]))) + 1
    return guess


def _step(x: Floats, lam: Floats, time: Floats) -> Floats:
    """Return one step of Householder's iteration of the third order."""
    square = lam * lam
    narrow = 1 - x * x
    narrow = np.where(np.abs(narrow) < 1e-7, 1e-7, narrow)  # noqa: PLR2004 - the derivatives are 0/0 at the parabola
    y = np.sqrt(1 - square * narrow)
    bent = square * lam / y
    bent_y = bent / (y * y)
    found = _time_of_flight(x, lam, y)
    rest = 1 - square
    first = (3 * found * x - 2 + 2 * bent * x) / narrow
    second = (3 * found + 5 * x * first + 2 * rest * bent_y) / narrow
    third = (7 * x * second + 8 * first - 6 * rest * bent_y * square * x / (y * y)) / narrow
    over = found - time
    slope = first * first
    step: Floats = over * (slope - over * second / 2) / (first * (slope - over * second) + third * over * over / 6)
    return step


def _time_of_flight(x: Floats, lam: Floats, y: Floats) -> Floats:
    """Return the time of flight without dimension: ellipses at once, the few other arcs one kind after the other."""
    narrow = 1 - x * x
    with np.errstate(invalid="ignore", divide="ignore"):
        angle = np.arccos(np.clip(x * y + lam * narrow, -1.0, 1.0))
        found = (angle / np.sqrt(np.abs(narrow)) - x + lam * y) / narrow
    near = np.abs(narrow) < NEAR_PARABOLA
    if np.any(beyond := (x > 1) & ~near):
        found[beyond] = _of_hyperbola(x[beyond], lam[beyond], y[beyond])
    if np.any(near):
        found[near] = _near_parabola(x[near], lam[near], y[near])
    return found


def _of_hyperbola(x: Floats, lam: Floats, y: Floats) -> Floats:
    """Return the time of flight on a hyperbola."""
    wide = x * x - 1
    root = np.sqrt(wide)
    found: Floats = (x - lam * y - np.log(root * (y - lam * x) + x * y - lam * wide) / root) / wide
    return found


def _near_parabola(x: Floats, lam: Floats, y: Floats) -> Floats:
    """Return the time of flight by Battin's hypergeometric series, which has no gap at the parabola."""
    eta = y - lam * x
    ratio = (1 - lam - x * eta) / 2
    term = np.ones_like(x)
    total = np.ones_like(x)
    for order in range(SERIES_TERMS):
        term = term * ((3 + order) / (2.5 + order)) * ratio
        total = total + term
    found: Floats = (4 / 3 * eta**3 * total + 4 * lam * eta) / 2
    return found
