"""Lambert's problem: published cases, a second implementation, and what every arc must keep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lambert_rs import lambert_izzo_single
from scipy.integrate import solve_ivp

from synodos.schedule.launch import lambert
from synodos.schedule.launch.orbits import AU_KM, DAY_S, SUN_KM3_S2

EARTH_KM3_S2 = 398_600.4418
PUBLISHED = {
    # H. D. Curtis, Orbital Mechanics for Engineering Students, example 5.2
    "curtis-5.2": (
        ([5000, 10000, 2100], [-14600, 2500, 7000], 3600, 398_600.0),
        ([-5.9925, 1.9254, 3.2456], [-3.3125, -4.1966, -0.38529], 2e-4),
    ),
    # D. A. Vallado, Fundamentals of Astrodynamics and Applications, example 7-5
    "vallado-7.5": (
        ([15945.34, 0, 0], [12214.83899, 10249.46731, 0], 76 * 60, EARTH_KM3_S2),
        ([2.058913, 2.915965, 0], [-3.451565, 0.910315, 0], 2e-5),
    ),
}


def solved(start, end, seconds, gravity):
    """Departure and arrival velocity of one arc."""
    departure, arrival = lambert(np.array([start], float), np.array([end], float), np.array([seconds], float), gravity)
    return departure[0], arrival[0]


@pytest.mark.parametrize("case", PUBLISHED)
def test_published_cases_come_out(case):
    given_, (departs, arrives, tolerance) = PUBLISHED[case]
    departure, arrival = solved(*given_)
    assert departure == pytest.approx(departs, abs=tolerance)
    assert arrival == pytest.approx(arrives, abs=tolerance)


distance = st.floats(0.25, 8)
angle = st.floats(0, 2 * np.pi)
height = st.floats(-0.5, 0.5)


@st.composite
def arcs(draw):
    """Two places around the Sun that do not stand in line with it, and a time of flight in seconds."""
    first, turn = draw(angle), draw(st.one_of(st.floats(0.05, np.pi - 0.05), st.floats(np.pi + 0.05, 2 * np.pi - 0.05)))
    places = []
    for longitude in (first, first + turn):
        flat = np.array([np.cos(longitude), np.sin(longitude), draw(height)])
        places.append(draw(distance) * AU_KM * flat)
    return *places, draw(st.floats(10, 4000)) * DAY_S


@given(arcs())
def test_arcs_agree_with_a_second_implementation(arc):
    start, end, seconds = arc
    departure, arrival = solved(*arc, SUN_KM3_S2)
    expected = lambert_izzo_single(start, end, seconds, 0, retrograde=False, mu=SUN_KM3_S2, tol=1e-13)
    assert departure == pytest.approx(expected.v1[0], abs=1e-8 * np.linalg.norm(departure))
    assert arrival == pytest.approx(expected.v2[0], abs=1e-8 * np.linalg.norm(arrival))


@given(arcs())
def test_arcs_keep_energy_and_angular_momentum_and_are_prograde(arc):
    start, end, _ = arc
    departure, arrival = solved(*arc, SUN_KM3_S2)
    momentum = np.cross(start, departure)
    assert np.cross(end, arrival) == pytest.approx(momentum, rel=1e-7, abs=1e-7 * np.linalg.norm(momentum))
    energies = [v @ v / 2 - SUN_KM3_S2 / np.linalg.norm(r) for r, v in ((start, departure), (end, arrival))]
    assert energies[0] == pytest.approx(energies[1], abs=1e-7 * (departure @ departure))
    assert momentum[2] > 0


@pytest.mark.parametrize("days", [40, 90, 200, 259, 400, 900])
def test_an_arc_that_is_flown_arrives(days):
    start, end = np.array([1.0, 0.1, 0.02]) * AU_KM, np.array([-0.9, 1.2, -0.05]) * AU_KM
    departure, arrival = solved(start, end, days * DAY_S, SUN_KM3_S2)
    flown = solve_ivp(
        lambda _, state: [*state[3:], *(-SUN_KM3_S2 * state[:3] / np.linalg.norm(state[:3]) ** 3)],
        (0, days * DAY_S),
        [*start, *departure],
        method="DOP853",
        rtol=1e-12,
        atol=1e-9,
    ).y[:, -1]
    assert flown[:3] == pytest.approx(end, abs=50)
    assert flown[3:] == pytest.approx(arrival, abs=1e-5)


def test_the_time_of_flight_passes_smoothly_through_the_parabola():
    start, end = np.array([1.0, 0, 0]) * AU_KM, np.array([0.3, 1.4, 0.02]) * AU_KM
    seconds = np.linspace(60, 100, 4001) * DAY_S
    departure, _ = lambert(np.tile(start, (4001, 1)), np.tile(end, (4001, 1)), seconds, SUN_KM3_S2)
    energy = np.sum(departure**2, axis=1) / 2 - SUN_KM3_S2 / AU_KM
    assert energy[0] > 0 > energy[-1]
    assert np.all(np.diff(energy) < 0)
    assert np.max(np.abs(np.diff(energy, 2))) < 1e-2 * np.max(np.abs(np.diff(energy)))


def test_places_in_line_with_the_centre_have_no_plane():
    departure, _ = solved([AU_KM, 0, 0], [-1.5 * AU_KM, 0, 0], 259 * DAY_S, SUN_KM3_S2)
    assert np.all(np.isnan(departure))


@pytest.mark.parametrize("seconds", [0.0, -1.0, np.nan])
def test_a_flight_takes_time(seconds):
    with pytest.raises(ValueError, match="time_of_flight_s must be positive"):
        solved([AU_KM, 0, 0], [0, AU_KM, 0], seconds, SUN_KM3_S2)
