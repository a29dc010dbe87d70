"""Which bodies a launch can leave for, and where they are on a day."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NoReturn

import numpy as np

from synodos.language import load, nearest, shown
from synodos.schedule.launch.orbits import AU_KM, DAY_S, SUN_KM3_S2, Elements, Floats, position_and_velocity

EPOCH: Final = dt.date(2000, 1, 1)
"""Days are counted from the first midnight of this day; the noon of J2000 is 0.5."""
DAYS_PER_CENTURY: Final = 36_525.0
LAST_OF_TABLE: Final = dt.date(3000, 12, 31)
ORBITS_THE_EARTH: Final = ("moon", "earth", "low-earth-orbit", "high-earth-orbit", "sun-earth")
"""Destinations that wait for no other planet; all that stand under them are meant too."""


class LaunchError(ValueError):
    """A question about launch periods that has no answer; the message says why and what to ask instead."""


@dataclass(frozen=True, slots=True)
class Body:
    """A planet or a small body that circles the Sun.

    Attributes
    ----------
    id, name : str
        Short name, and name in full.
    also : str
        Another short name, or nothing.
    elements : tuple of float
        Semi-major axis (au), eccentricity, then in degrees inclination, mean longitude, longitude of perihelion and of
        the ascending node, at `epoch`.
    rates : tuple of float
        Their changes in a century.
    terms : tuple of float
        What is added to the mean anomaly of the outer planets: b, c, s and f of Standish's table 2b.
    epoch : float
        Days since the first midnight of 2000.
    valid_from, valid_to : date
        First and last day on which the elements hold.
    source : str
        Who published them.
    """

    id: str
    name: str
    also: str
    elements: tuple[float, ...]
    rates: tuple[float, ...]
    terms: tuple[float, ...]
    epoch: float
    valid_from: dt.date
    valid_to: dt.date
    source: str

    @property
    def period_days(self) -> float:
        """Sidereal period of the orbit."""
        return float(2 * np.pi * np.sqrt((self.elements[0] * AU_KM) ** 3 / SUN_KM3_S2) / DAY_S)

    def states(self, days: Floats) -> tuple[Floats, Floats]:
        """Return positions (km) and velocities (km/s) in the ecliptic of J2000, of shape (n, 3), seen from the Sun.

        Parameters
        ----------
        days : array of shape (n,)
            Days since the first midnight of 2000, Barycentric Dynamical Time.

        Notes
        -----
        Against JPL's ephemeris DE421, from 1900 to 2053, Mercury to Mars are off by at most 200,000 km and 20 m/s,
        Jupiter to Neptune by 10 million km and 50 m/s. Small bodies move on fixed ellipses; those checked were within
        2 degrees of where elements published for up to 13 years earlier put them.
        """
        centuries = (days - self.epoch) / DAYS_PER_CENTURY
        axis, eccentricity, *angles = (
            at_epoch + rate * centuries for at_epoch, rate in zip(self.elements, self.rates, strict=True)
        )
        tilt, longitude, perihelion, node = angles
        square, cosine, sine, frequency = self.terms
        turn = np.radians(frequency * centuries)
        anomaly = longitude - perihelion + square * centuries**2 + cosine * np.cos(turn) + sine * np.sin(turn)
        radians = (np.radians(angle) for angle in (tilt, node, perihelion - node, anomaly))
        return position_and_velocity(Elements(axis, eccentricity, *radians))


@cache
def bodies() -> Mapping[str, Body]:
    """Return every body that ships, by short name."""
    found = [_planet(row) for row in _rows("planets.csv")] + [_small_body(row) for row in _rows("small_bodies.csv")]
    return {body.id: body for body in found}


def body(name: str) -> Body:
    """Return a body by its short name, by another name of it, or by the place at it that missions name.

    Raises
    ------
    LaunchError
        If no such body ships, or if it is none that has launch periods: the Moon, a station, a place near the Earth.
    """
    wanted = name.strip().lower().replace(" ", "-").replace("_", "-")
    if found := _named(wanted):
        return found
    for place in (wanted, *_wider_places(wanted)):
        if place in ORBITS_THE_EARTH:
            _refuse_near_the_earth(name)
        if found := _named(place):
            return found
    known = sorted({word for found in bodies().values() for word in (found.id, found.also) if word})
    near = nearest(wanted, known)
    message = f"launch.unknown-body: no orbit is known for {shown(name)}; expected one of {', '.join(bodies())}" + (
        f"; nearest: {near}" if near else ""
    )
    raise LaunchError(message)


def _named(name: str) -> Body | None:
    """Return the body of this name, or None."""
    return next((found for found in bodies().values() if name in (found.id, found.also)), None)


def _wider_places(name: str) -> tuple[str, ...]:
    """Return the destinations under which a destination stands, the nearest first."""
    terms = load("destinations").terms
    found: list[str] = []
    while name in terms and (parent := terms[name].parent):
        found.append(parent)
        name = parent
    return tuple(found)


def _refuse_near_the_earth(name: str) -> NoReturn:
    """Raise the error for a place that has no launch periods."""
    message = (
        f"launch.no-periods: {shown(name)} goes with the Earth, so it can be left for in any month and has no launch "
        "periods between planets; let the mission list its own dates"
    )
    raise LaunchError(message)


def _rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table that ships."""
    text = files("synodos.schedule.launch").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _planet(row: Mapping[str, str]) -> Body:
    """Return a planet."""
    names = ("semimajor_axis", "eccentricity", "inclination", "mean_longitude", "perihelion_longitude", "node")
    units = ("_au", "", "_deg", "_deg", "_deg", "_deg")
    return Body(
        id=row["id"],
        name=row["name"],
        also="",
        elements=tuple(float(row[name + unit]) for name, unit in zip(names, units, strict=True)),
        rates=tuple(float(row[f"{name}_rate"]) for name in names),
        terms=tuple(float(row[f"anomaly_{name}"]) for name in ("square", "cosine", "sine", "frequency")),
        epoch=0.5,
        valid_from=dt.date.min,
        valid_to=LAST_OF_TABLE,
        source="E. M. Standish, JPL, Keplerian elements for approximate positions of the major planets, tables 2a, 2b",
    )


def _small_body(row: Mapping[str, str]) -> Body:
    """Return a small body, on an ellipse that does not change."""
    node = float(row["node_deg"])
    perihelion = node + float(row["perihelion_deg"])
    axis = float(row["semimajor_axis_au"])
    daily = float(np.degrees(np.sqrt(SUN_KM3_S2 / (axis * AU_KM) ** 3)) * DAY_S)
    longitude = perihelion + float(row["mean_anomaly_deg"])
    shape = (axis, float(row["eccentricity"]), float(row["inclination_deg"]))
    return Body(
        id=row["id"],
        name=row["name"],
        also=row["also"],
        elements=(*shape, longitude, perihelion, node),
        rates=(0.0, 0.0, 0.0, daily * DAYS_PER_CENTURY, 0.0, 0.0),
        terms=(0.0, 0.0, 0.0, 0.0),
        epoch=float(day_number(dt.date.fromisoformat(row["epoch"]))),
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        valid_to=dt.date.fromisoformat(row["valid_to"]),
        source=row["source"],
    )


def day_number(day: dt.date) -> int:
    """Return a date as days since the first day of 2000."""
    return (day - EPOCH).days


def date_of(number: int) -> dt.date:
    """Return days since the first day of 2000 as a date."""
    return EPOCH + dt.timedelta(days=int(number))
