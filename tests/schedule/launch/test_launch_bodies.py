"""Orbits of the bodies: JPL's ephemeris DE421, published elements of other epochs, and names."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
import skyfield_data
from hypothesis import given
from hypothesis import strategies as st
from jplephem.spk import SPK

from synodos.language import load
from synodos.schedule.launch import LaunchError, bodies, body
from synodos.schedule.launch.bodies import date_of, day_number
from synodos.schedule.launch.orbits import AU_KM, SUN_KM3_S2, Elements, eccentric_anomaly, position_and_velocity

DE421 = Path(skyfield_data.__file__).parent / "data" / "de421.bsp"
TILT = np.radians(84381.448 / 3600)
TO_ECLIPTIC = np.array([[1, 0, 0], [0, np.cos(TILT), np.sin(TILT)], [0, -np.sin(TILT), np.cos(TILT)]])
FIRST_JULIAN_DAY = 2_451_544.5
# Farthest from DE421 between 1900 and 2053, in thousands of km and m/s; what the documentation promises.
ERRORS = {
    "mercury": (1, 10, 10),
    "venus": (2, 25, 10),
    "earth": (3, 35, 10),
    "mars": (4, 200, 20),
    "jupiter": (5, 2_500, 30),
    "saturn": (6, 9_000, 50),
    "uranus": (7, 10_000, 30),
    "neptune": (8, 8_000, 30),
}
# Published elements at other epochs (Minor Planet Center, MPCORB and NEA.txt): a, e, i, node, perihelion, anomaly.
ELSEWHERE = {
    "ceres 2023-02-25": (2.7671817, 0.0788175, 10.58634, 80.26013, 73.47045, 17.21569),
    "ceres 2016-01-13": (2.7681117, 0.0757544, 10.59166, 80.32180, 72.73324, 181.38133),
    "ceres 2012-09-30": (2.7700980, 0.0769128, 10.59313, 80.33049, 71.87913, 285.41022),
    "vesta 2020-05-31": (2.3620141, 0.0885158, 7.14190, 103.80908, 150.87483, 204.32771),
    "vesta 2010-07-23": (2.3619124, 0.0886225, 7.13407, 103.90970, 149.83731, 307.80111),
    "eros 2018-06-07": (1.4578454, 0.2226554, 10.82826, 304.31681, 178.79852, 225.84280),
    "apophis 2010-07-23": (0.9223398, 0.1911104, 3.33173, 204.43202, 126.41859, 202.49545),
}


@pytest.fixture(scope="module")
def ephemeris():
    """Heliocentric states in the ecliptic by DE421, as a function of body number and days."""
    with SPK.open(str(DE421)) as kernel:

        def states(number, days):
            julian = FIRST_JULIAN_DAY + days
            sun, sun_daily = kernel[0, 10].compute_and_differentiate(julian)
            place, daily = kernel[0, number].compute_and_differentiate(julian)
            return (TO_ECLIPTIC @ (place - sun)).T, (TO_ECLIPTIC @ (daily - sun_daily)).T / 86_400

        yield states


@pytest.mark.parametrize("name", ERRORS)
def test_planets_stand_where_de421_puts_them(name, ephemeris):
    number, thousand_km, m_s = ERRORS[name]
    days = np.arange(day_number(dt.date(1900, 1, 1)), day_number(dt.date(2053, 10, 1)), 10.0)
    found, expected = body(name).states(days), ephemeris(number, days)
    assert np.max(np.linalg.norm(found[0] - expected[0], axis=1)) < thousand_km * 1e3
    assert np.max(np.linalg.norm(found[1] - expected[1], axis=1)) < m_s * 1e-3


@pytest.mark.parametrize("case", ELSEWHERE)
def test_small_bodies_stand_where_elements_of_other_epochs_put_them(case):
    name, _, epoch = case.partition(" ")
    axis, eccentricity, *angles, anomaly = ELSEWHERE[case]
    tilt, node, perihelion = np.radians(angles)
    there = Elements(axis, eccentricity, tilt, node, perihelion, np.array([np.radians(anomaly)]))
    expected, _ = position_and_velocity(there)
    found, _ = body(name).states(np.array([float(day_number(dt.date.fromisoformat(epoch)))]))
    degrees = np.degrees(np.linalg.norm(found - expected) / np.linalg.norm(expected))
    assert degrees < 2.0


@given(st.floats(-50, 50), st.floats(0, 0.97))
def test_keplers_equation_is_solved(mean_anomaly, eccentricity):
    anomaly = eccentric_anomaly(np.array([mean_anomaly]), eccentricity)
    rest = (anomaly - eccentricity * np.sin(anomaly) - mean_anomaly) / (2 * np.pi)
    assert rest == pytest.approx(np.round(rest), abs=1e-11)


@pytest.mark.parametrize("name", bodies())
def test_bodies_move_as_the_sun_lets_them(name):
    found = body(name)
    middle = day_number(max(found.valid_from, dt.date(2015, 1, 1)))
    days = middle + np.linspace(0, 2000, 41)
    place, velocity = found.states(days)
    energy = np.sum(velocity**2, axis=1) / 2 - SUN_KM3_S2 / np.linalg.norm(place, axis=1)
    assert -SUN_KM3_S2 / (2 * energy) == pytest.approx(found.elements[0] * AU_KM, rel=1e-4)
    later, _ = found.states(days + 0.01)
    earlier, _ = found.states(days - 0.01)
    assert (later - earlier) / (0.02 * 86_400) == pytest.approx(velocity, abs=0.05)


def test_every_body_says_where_its_orbit_comes_from():
    for found in bodies().values():
        assert found.source
        assert found.valid_from < dt.date(2020, 1, 1) < found.valid_to
        assert 0 <= found.elements[1] < 1


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("mars", "mars"),
        ("Mars surface", "mars"),
        ("phobos", "mars"),
        ("titan", "saturn"),
        ("earth", "earth"),
        ("asteroid-1999-ju3", "ryugu"),
        ("asteroid-1999-rq36", "bennu"),
        ("67P", "churyumov-gerasimenko"),
    ],
)
def test_a_place_is_reached_with_its_body(name, found):
    assert body(name).id == found


def test_the_small_bodies_that_destinations_name_are_known():
    named = [
        term for term, entry in load("destinations").terms.items() if entry.parent in ("near-earth-asteroid", "comet")
    ]
    assert named
    assert all(body(term) for term in named)


@pytest.mark.parametrize("name", ["moon", "lunar-south-pole", "iss", "tiangong", "sun-earth-l2", "earth-analogue"])
def test_the_moon_stations_and_the_lagrange_points_have_no_launch_periods(name):
    with pytest.raises(LaunchError, match=r"launch.no-periods: .* let the mission list its own dates"):
        body(name)


@pytest.mark.parametrize(("name", "near"), [("marz", "mars"), ("ryugo", "ryugu"), ("apofis", "apophis")])
def test_an_unknown_body_is_answered_with_the_nearest(name, near):
    with pytest.raises(LaunchError, match=f"launch.unknown-body: .*'{name}'.*nearest: {near}"):
        body(name)


def test_days_and_dates_are_inverse():
    assert day_number(dt.date(2000, 1, 1)) == 0
    assert date_of(day_number(dt.date(2033, 4, 28))) == dt.date(2033, 4, 28)
