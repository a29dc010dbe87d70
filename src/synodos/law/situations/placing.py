"""Where an activity takes place, and how it meets its target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from synodos.language import Mission, Vocabulary
from synodos.law.situations.telling import Saying, told_all
from synodos.law.situations.words import Form, Place, words
from synodos.law.types import Fact

TO_COME: Final = ("idea", "proposed", "studied", "planned", "approved", "in-development")
"""Statuses of a mission that has not begun."""
NO_BODY = ("earth_orbit", "cislunar", "lagrange", "sun_earth", "deep_space")
"""Targets that are no celestial bodies, and so are not met."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What the destinations of an activity mean."""

    targets: tuple[str, ...]
    encounters: tuple[str, ...]
    in_space: bool
    on_body: bool
    at_station: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What the form of a mission means."""

    encounters: tuple[str, ...]
    open: bool
    flies: bool
    built_in_space: bool


class Places:
    """What destinations, forms and capabilities mean to law; what is found once is kept."""

    def __init__(self, destinations: Vocabulary, capabilities: Vocabulary) -> None:
        """Read the words of law in these vocabularies."""
        self._destinations = destinations
        self._capabilities = capabilities
        self._placed: dict[tuple[str, ...], Placed] = {}
        self._forms: dict[str | None, Read] = {}
        self._met: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._sayings: dict[object, tuple[Saying, ...]] = {}
        self._nuclear: dict[tuple[str, ...], bool] = {}
        self._above: dict[str, frozenset[str]] = {}

    def placed(self, destinations: tuple[str, ...]) -> Placed:
        """Return what a list of destinations means."""
        if destinations not in self._placed:
            self._placed[destinations] = self._place(destinations)
        return self._placed[destinations]

    def form(self, form: str | None) -> Read:
        """Return what the form of a mission means."""
        if form not in self._forms:
            rows = [row for row in words().forms if _says(row, form)]
            encounters = dict.fromkeys(encounter for row in rows for encounter in row.encounters)
            no_launch = [row for row in words().no_launch if _says(row, form) and not (row.gives_way and rows)]
            built = any(row.built_in_space for row in no_launch)
            self._forms[form] = Read(tuple(encounters), any(row.open for row in rows), not no_launch, built)
        return self._forms[form]

    def met_by(self, capabilities: tuple[str, ...]) -> tuple[str, ...]:
        """Return how a mission with these capabilities meets its target."""
        if capabilities not in self._met:
            rows = (row for row in words().capabilities if self.names(capabilities, row.capability))
            self._met[capabilities] = tuple(dict.fromkeys(one for row in rows for one in row.encounters))
        return self._met[capabilities]

    def sayings(self, mission: Mission) -> tuple[Saying, ...]:
        """Return what is said of where a mission goes; missions that say the same share it."""
        says = (mission.destinations, mission.form, mission.provides, mission.crewed, mission.status in TO_COME)
        if says not in self._sayings:
            self._sayings[says] = tuple(_sayings(self, mission))
        return self._sayings[says]

    def names(self, capabilities: tuple[str, ...], wide: str) -> bool:
        """Return whether one of the capabilities is `wide` or stands below it."""
        return any(wide in self._ancestors(one) for one in capabilities)

    def is_nuclear(self, capabilities: tuple[str, ...]) -> bool:
        """Return whether one of the capabilities is a nuclear power source."""
        if capabilities not in self._nuclear:
            named = (self.names(capabilities, row.capability) for row in words().nuclear)
            self._nuclear[capabilities] = any(named)
        return self._nuclear[capabilities]

    def is_nuclear_propulsion(self, capability: str) -> bool:
        """Return whether a capability is propulsion by nuclear power."""
        return words().nuclear_propulsion.capability in self._ancestors(capability)

    def is_launch(self, capability: str) -> bool:
        """Return whether a capability is the launch."""
        return words().launch.capability in self._ancestors(capability)

    def _ancestors(self, capability: str) -> frozenset[str]:
        """Return a capability with all above it."""
        if capability not in self._above:
            self._above[capability] = frozenset(self._capabilities.ancestors(capability))
        return self._above[capability]

    def _place(self, destinations: tuple[str, ...]) -> Placed:
        """Return what the rows of the destinations say together."""
        above = [self._destinations.ancestors(one) for one in destinations]
        rows = [row for path in above if (row := _row(path))]
        return Placed(
            targets=tuple(dict.fromkeys(row.target for row in rows if row.target)),
            encounters=tuple(dict.fromkeys(one for row in rows for one in row.encounters)),
            in_space=any(path and words().on_earth.destination not in path for path in above),
            on_body=any(row.surface for row in rows),
            at_station=any(words().station.destination in path for path in above),
            open=any(row.open for row in rows),
        )


def _row(path: tuple[str, ...]) -> Place | None:
    """Return the row of a destination, or of the nearest one above it."""
    return next((words().place[term] for term in path if term in words().place), None)


def _says(row: Form, form: str | None) -> bool:
    """Return whether a form holds a word of the row."""
    return form is not None and row.pattern.search(form) is not None


def where(places: Places, mission: Mission) -> list[Fact]:
    """Return where a mission goes and how it meets its targets."""
    return told_all(mission, places.sayings(mission))


def _sayings(places: Places, mission: Mission) -> Iterator[Saying]:
    """Yield what destinations, form and capabilities of a mission say."""
    placed, form = places.placed(mission.destinations), places.form(mission.form)
    if not mission.destinations:
        yield "destinations", "unstated", ("destinations",)
    for destination in mission.destinations:
        yield "destinations", "destination", (destination,)
    for target in placed.targets:
        yield "destinations", "target", (target,)
    if placed.open:
        yield "destinations", "unstated", ("body",)
    if placed.in_space:
        yield "destinations", "space_activity", ()
        yield "destinations", "earth_orbit_or_beyond", ()
        to_launch = form.built_in_space and mission.status in TO_COME and not (placed.at_station or placed.on_body)
        if form.flies or to_launch:
            yield "form", "flies", ()
    if placed.on_body:
        yield "destinations", "on_body", ()
    if placed.at_station:
        yield "destinations", "at_iss", ()
        yield "destinations", "iss_related", ()
    if placed.open or any(target not in NO_BODY for target in placed.targets):
        yield from _encounters(places, mission, placed, form)


def _encounters(places: Places, mission: Mission, placed: Placed, form: Read) -> Iterator[Saying]:
    """Yield how a mission meets the bodies that it goes to; that it is open if nothing or an open word says it."""
    found = {
        **dict.fromkeys(places.met_by(mission.provides), "provides"),
        **dict.fromkeys(form.encounters, "form"),
        **dict.fromkeys(placed.encounters, "destinations"),
    }
    for encounter, field in found.items():
        yield field, "encounter", (encounter,)
    if mission.crewed:
        yield "crewed", "encounter", ("crewed",)
    if not found or form.open:
        yield "form", "unstated", ("encounter",)
