"""Where a body is on its Kepler orbit, and how fast it moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SUN_KM3_S2: Final = 1.32712440018e11
"""Gravitational parameter of the Sun (DE405 and later agree to the digits given)."""
AU_KM: Final = 149_597_870.7
"""Astronomical unit, by definition of the International Astronomical Union (2012, resolution B2)."""
DAY_S: Final = 86_400.0
MOST_STEPS: Final = 50
"""Newton steps within which Kepler's equation is solved for any ellipse that ships."""


@dataclass(frozen=True, slots=True)
class Elements:
    """Elements of an ellipse around the Sun, in the ecliptic and equinox of J2000; one value or an array of dates each.

    Attributes
    ----------
    semimajor_axis_au : float or array
        Half the longest diameter.
    eccentricity : float or array
        Between 0 and 1.
    inclination, node, perihelion : float or array
        Inclination, longitude of the ascending node and argument of perihelion, in radians.
    mean_anomaly : array
        Mean anomaly at the dates, in radians.
    """

    semimajor_axis_au: float | Floats
    eccentricity: float | Floats
    inclination: float | Floats
    node: float | Floats
    perihelion: float | Floats
    mean_anomaly: Floats


def eccentric_anomaly(mean_anomaly: Floats, eccentricity: float | Floats) -> Floats:
    """Return the eccentric anomaly in radians, by Newton's method on Kepler's equation.

    Parameters
    ----------
    mean_anomaly : array of shape (n,)
        Mean anomaly in radians; any number of turns.
    eccentricity : float or array of shape (n,)
        Between 0 and 1.
    """
    turned = np.remainder(mean_anomaly + np.pi, 2 * np.pi) - np.pi
    anomaly = turned + 0.85 * eccentricity * np.sign(np.sin(turned))  # a start from which Newton's steps never fail
    for _ in range(MOST_STEPS):
        step = (anomaly - eccentricity * np.sin(anomaly) - turned) / (1 - eccentricity * np.cos(anomaly))
        anomaly = anomaly - step
        if np.max(np.abs(step), initial=0.0) < 1e-12:  # noqa: PLR2004 - a few metres at the Earth's distance
            break
    return anomaly


def position_and_velocity(elements: Elements) -> tuple[Floats, Floats]:
    """Return where bodies on an ellipse are and how they move, in the ecliptic of J2000, seen from the Sun.

    Returns
    -------
    position, velocity : array of shape (n, 3)
        In km and km/s.
    """
    semimajor_axis_km = np.asarray(elements.semimajor_axis_au * AU_KM)
    anomaly = eccentric_anomaly(elements.mean_anomaly, elements.eccentricity)
    cosine, sine = np.cos(anomaly), np.sin(anomaly)
    minor = np.sqrt(1 - np.square(elements.eccentricity))
    speed = np.sqrt(SUN_KM3_S2 / semimajor_axis_km) / (1 - elements.eccentricity * cosine)
    towards, across = _axes(elements)
    position = semimajor_axis_km * ((cosine - elements.eccentricity) * towards + minor * sine * across)
    velocity = speed * (-sine * towards + minor * cosine * across)
    return position.T, velocity.T


def _axes(elements: Elements) -> tuple[Floats, Floats]:
    """Return the unit vectors towards perihelion and a quarter turn on, of shape (3, n)."""
    shape = elements.mean_anomaly.shape
    cosines = [np.cos(angle) for angle in (elements.node, elements.perihelion, elements.inclination)]
    sines = [np.sin(angle) for angle in (elements.node, elements.perihelion, elements.inclination)]
    (cos_node, cos_perihelion, cos_tilt), (sin_node, sin_perihelion, sin_tilt) = cosines, sines
    towards = (
        cos_node * cos_perihelion - sin_node * sin_perihelion * cos_tilt,
        sin_node * cos_perihelion + cos_node * sin_perihelion * cos_tilt,
        sin_perihelion * sin_tilt,
    )
    across = (
        -cos_node * sin_perihelion - sin_node * cos_perihelion * cos_tilt,
        -sin_node * sin_perihelion + cos_node * cos_perihelion * cos_tilt,
        cos_perihelion * sin_tilt,
    )
    return _stacked(towards, shape), _stacked(across, shape)


def _stacked(parts: tuple[float | Floats, ...], shape: tuple[int, ...]) -> Floats:
    """Return three components as one array of shape (3, n)."""
    return np.stack([np.broadcast_to(np.asarray(part, dtype=np.float64), shape) for part in parts])
