"""Drafts of what is told to the United Nations, filled from the portfolio, with the blanks named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from synodos.language import WITHHELD, Mission, Portfolio
from synodos.law.assessing import party_names

LAUNCHING: Final = ("launches", "procures-launch", "territory-or-facility-used")
"""Questions by which a party is known to be a launching State."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a notification.

    Attributes
    ----------
    item : str
        What is asked for.
    value : str
        What the portfolio says; empty is a blank to fill in.
    pinpoint : str
        Where the item is asked for.
    record : str
        Record that says it, as `kind:id`; empty for a blank.
    """

    item: str
    value: str
    pinpoint: str
    record: str


@dataclass(frozen=True, slots=True)
class Notification:
    """A draft for the Secretary-General of the United Nations: a basis for the State that sends it.

    Attributes
    ----------
    title : str
        What it is.
    mission : str
        The mission it is about.
    entries : tuple of Entry
        Item by item.
    """

    title: str
    mission: str
    entries: tuple[Entry, ...]

    @property
    def blanks(self) -> tuple[str, ...]:
        """Items that have to be filled in."""
        return tuple(entry.item for entry in self.entries if not entry.value)


def registration_draft(portfolio: Portfolio, mission_id: str) -> Notification:
    """Return a draft of registration data for the object that a mission launches.

    Parameters
    ----------
    portfolio : Portfolio
        What is known, as the viewer may see it.
    mission_id : str
        The mission.

    Returns
    -------
    Notification
        The items of Article IV of the Registration Convention and those that resolution 62/101 adds.

    Raises
    ------
    KeyError
        If the portfolio has no such mission.
    """
    mission = portfolio.missions[mission_id]
    key = f"mission:{mission.id}"
    launchers = ", ".join(_launchers(portfolio, mission))
    entries = (
        Entry("State of registry", _determined(portfolio, mission, "state-of-registry"), "Art. II(1)", key),
        Entry("Launching States", _determined(portfolio, mission, *LAUNCHING), "Art. IV(1)", key),
        Entry("Designator or registration number", "", "Art. IV(1)", ""),
        Entry("Name of the space object", mission.name, "Res. 62/101", key),
        Entry("Date of launch (UTC)", str(mission.planned or ""), "Art. IV(1)", key),
        Entry("Territory or location of launch", "", "Art. IV(1)", ""),
        Entry("Nodal period (minutes)", "", "Art. IV(1)", ""),
        Entry("Inclination (degrees)", "", "Art. IV(1)", ""),
        Entry("Apogee (km)", "", "Art. IV(1)", ""),
        Entry("Perigee (km)", "", "Art. IV(1)", ""),
        Entry("General function", "; ".join(mission.aims) or mission.form or "", "Art. IV(1)", key),
        Entry("Launch vehicle", launchers, "Res. 62/101", key if launchers else ""),
        Entry("Celestial body orbited or visited", ", ".join(_places(portfolio, mission)), "Res. 62/101", key),
        Entry("Change of status, or of who supervises it", "", "Res. 62/101", ""),
    )
    return Notification("Registration data", mission.id, tuple(_without_records_of_blanks(entries)))


def secretary_general_draft(portfolio: Portfolio, mission_id: str) -> Notification:
    """Return a draft of the information that Article XI of the Outer Space Treaty asks for.

    Parameters
    ----------
    portfolio : Portfolio
        What is known, as the viewer may see it.
    mission_id : str
        The mission.

    Returns
    -------
    Notification
        Nature, conduct, locations and results of the activity, as far as they are stated.

    Raises
    ------
    KeyError
        If the portfolio has no such mission.
    """
    mission = portfolio.missions[mission_id]
    key = f"mission:{mission.id}"
    partners = ", ".join(_names(portfolio, [part.agency for part in mission.partners]))
    dates = " to ".join(str(date) for date in (mission.planned, mission.ends) if date)
    nature = "; ".join(filter(None, (mission.name, mission.form or "", *mission.aims)))
    entries = (
        Entry("State or organisation that informs", "", "Art. XI", ""),
        Entry("Nature of the activity", nature, "Art. XI", key),
        Entry("Who conducts it", ", ".join(_names(portfolio, [mission.owner])), "Art. XI", key),
        Entry("With whom", partners, "Art. XI", key),
        Entry("Dates", dates, "Art. XI", key),
        Entry("Locations", ", ".join(_places(portfolio, mission)), "Art. XI", key),
        Entry("Conduct of the activity", mission.statement or "", "Art. XI", key),
        Entry("Results", "", "Art. XI", ""),
    )
    return Notification("Information on an activity in space", mission.id, tuple(_without_records_of_blanks(entries)))


def _without_records_of_blanks(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Yield entries; a blank names no record."""
    for entry in entries:
        yield entry if entry.value else Entry(entry.item, "", entry.pinpoint, "")


def _names(portfolio: Portfolio, agencies: list[str]) -> list[str]:
    """Return the names of agencies that the viewer may know."""
    return [portfolio.agencies[one].name if one in portfolio.agencies else one for one in agencies if one != WITHHELD]


def _places(portfolio: Portfolio, mission: Mission) -> list[str]:
    """Return where a mission goes, in words."""
    return [portfolio.destinations.terms[one].label for one in mission.destinations]


def _launchers(portfolio: Portfolio, mission: Mission) -> Iterator[str]:
    """Yield the launchers of a mission by name."""
    for requirement in mission.requirements:
        if portfolio.capabilities.covers("launch", requirement.capability):
            for one in requirement.met_by:
                if one in portfolio.elements:
                    yield portfolio.elements[one].name


def _determined(portfolio: Portfolio, mission: Mission, *questions: str) -> str:
    """Return the names of the parties for which one of the questions about a mission was answered yes."""
    found = (
        one.party
        for question in questions
        for one in portfolio.determinations.values()
        if one.question == question and mission.id in one.about and one.answer == "yes" and one.party
    )
    name = party_names(portfolio)
    return ", ".join(name(party) for party in dict.fromkeys(found) if party != WITHHELD)
