"""The tables of an edition, and of what changed from one to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from synodos.language import WITHHELD, Portfolio
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import days_text, percent
from synodos.report.law.agreements import VERDICTS

if TYPE_CHECKING:
    from synodos.roadmap import Edition, EditionAgency, EditionChanges, EditionMission, MissionChange

UNSTATED: Final = "not stated"


def mission_rows(portfolio: Portfolio, edition: Edition) -> Table:
    """Return the missions of every scenario, in their order, with their chances."""
    rows = tuple(
        (scenario.name, *_mission(portfolio, mission))
        for scenario in edition.scenarios
        for mission in scenario.missions
    )
    columns = (
        "scenario", "mission", "lead", "partners", "goes to", "with people", "status", "planned", "10 of 100 by",
        "half by", "80 of 100 by", "in time", "ready", "id",
    )  # fmt: skip
    return Table("missions", "Missions, scenario by scenario", columns, rows, ("10 of 100 by", "id"))


def _mission(portfolio: Portfolio, one: EditionMission) -> tuple[Cell, ...]:
    """Return one mission as a row."""
    return (
        one.name,
        portfolio.agency_name(one.lead),
        ", ".join(portfolio.agency_name(key) for key in one.partners) or None,
        ", ".join(portfolio.destinations.label(key) for key in one.bodies) or None,
        one.crewed,
        _spaced(one.status),
        str(one.planned) if one.planned else None,
        _iso(one.p10),
        _iso(one.p50),
        _iso(one.p80),
        None if one.in_time is None else percent(one.in_time),
        one.stage,
        one.mission,
    )


def gap_rows(portfolio: Portfolio, edition: Edition) -> Table:
    """Return what nobody supplies, those first on which nobody works."""
    rows = tuple(
        (
            gap.label,
            "; ".join(portfolio.missions[key].name for key in gap.missions),
            ", ".join(portfolio.scenarios[key].name for key in gap.scenarios),
            ", ".join(portfolio.agency_name(key) for key in gap.worked_on_by) or "nobody",
        )
        for gap in edition.gaps
    )
    return Table("gaps", "What nobody supplies", ("capability", "needed by", "in", "worked on by"), rows)


def instrument_rows(portfolio: Portfolio, edition: Edition) -> Table:
    """Return which instruments are needed and not known to be in force, with what exists."""
    types = portfolio.vocabularies["instrument-types"]
    rows = tuple(
        (
            portfolio.missions[one.mission].name,
            portfolio.agency_name(one.lead),
            portfolio.agency_name(one.partner),
            types.label(one.rung),
            VERDICTS[one.verdict],
            ", ".join(portfolio.scenarios[key].name for key in one.scenarios),
        )
        for one in edition.instruments
    )
    columns = ("mission", "lead", "partner", "lightest instrument", "what exists", "in")
    return Table("instruments", "Instruments that are needed, and not known to be in force", columns, rows)


def agency_rows(portfolio: Portfolio, edition: Edition) -> Table:
    """Return who takes part, members first."""
    rows = tuple(
        (
            one.short_name,
            one.name,
            _standing(one),
            str(one.member_since) if one.member_since else None,
            "; ".join(portfolio.missions[key].name for key in one.leads) or None,
            "; ".join(portfolio.missions[key].name for key in one.joins) or None,
        )
        for one in edition.agencies
    )
    columns = ("agency", "full name", "standing", "since", "leads", "has a part in")
    return Table("agencies", "Who takes part", columns, rows)


def _standing(one: EditionAgency) -> str | None:
    """Return how an agency stands to the mechanism; of one that the viewer may not know, nothing."""
    if one.agency == WITHHELD:
        return None
    return "member" if one.member else "no member"


def question_rows(portfolio: Portfolio, edition: Edition) -> Table:
    """Return the contested questions on which findings hinge."""
    rows = tuple(
        (one.label, "; or ".join(one.readings), "; ".join(portfolio.missions[key].name for key in one.missions))
        for one in edition.questions
    )
    return Table("questions", "Questions that law leaves open", ("question", "readings", "matters for"), rows)


def change_tables(changes: EditionChanges) -> tuple[Table, ...]:
    """Return what changed from one edition to the next: missions that both tell first."""
    named = _Names(dict(changes.names))
    return (
        _moved_table(changes, named),
        _listed_table(changes, named),
        _gap_change_table(changes, named),
        _member_table(changes, named),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """Names by kind and id; an id stands for itself where its name is not known."""

    known: Mapping[str, str]

    def one(self, kind: str, key: str) -> str:
        """Return the name of one thing."""
        return self.known.get(f"{kind}:{key}", key)

    def all(self, kind: str, keys: Iterable[str], between: str = ", ") -> str | None:
        """Return the names of several things; None: there are none."""
        return between.join(self.one(kind, key) for key in keys) or None


def _moved_table(changes: EditionChanges, named: _Names) -> Table:
    """Return what changed of missions that both editions tell in a scenario."""
    rows = tuple((named.one("scenario", one.scenario), one.name, *_moved(one, named)) for one in changes.missions)
    columns = (
        "scenario", "mission", "planned", "half by", "80 of 100 by", "chance", "status", "lead", "joined", "left",
    )  # fmt: skip
    return Table("moved", "Missions that both tell", columns, rows)


def _moved(one: MissionChange, named: _Names) -> tuple[Cell, ...]:
    """Return what changed of one mission as cells; what has flown has no chances any more."""
    return (
        _both(*one.planned, one.days),
        *((None, None, None) if one.flown else _chances(one)),
        _both(_spaced(one.status[0]), _spaced(one.status[1])),
        _both(named.one("agency", one.lead[0]), named.one("agency", one.lead[1])),
        named.all("agency", one.joined),
        named.all("agency", one.left),
    )


def _chances(one: MissionChange) -> tuple[Cell, Cell, Cell]:
    """Return how the days and the chance of one mission moved."""
    old, new = (None if chance is None else percent(chance) for chance in one.in_time)
    in_time = None if old == new is None else f"{_both(old, new)} in time"
    return _both(*one.p50, one.p50_days), _both(*one.p80, one.p80_days), in_time


def _both(before: object, after: object, days: int | None = None) -> str | None:
    """Return what something was and is, and how many days later it is where that is known."""
    if before is None and after is None:
        return None
    old, new = (UNSTATED if one is None else str(one) for one in (before, after))
    later = f" ({days_text(days, signed=True)})" if days else ""
    return f"{old} → {new}{later}" if old != new else new


def _listed_table(changes: EditionChanges, named: _Names) -> Table:
    """Return the missions that only one of the editions tells in a scenario."""
    both = [("added", one) for one in changes.missions_added] + [("dropped", one) for one in changes.missions_dropped]
    rows = tuple(
        (
            word,
            named.one("scenario", one.scenario),
            one.name,
            named.one("agency", one.lead),
            str(one.planned) if one.planned else None,
            named.all("scenario", one.elsewhere),
        )
        for word, one in both
    )
    columns = ("change", "scenario", "mission", "lead", "planned", "the other edition has it in")
    return Table("listed", "Missions added and dropped", columns, rows)


def _gap_change_table(changes: EditionChanges, named: _Names) -> Table:
    """Return the gaps that opened and closed."""
    rows = tuple(
        (f"closed: {gap.how}" if gap.how else "opened", gap.label, named.all("mission", gap.missions, "; "))
        for gap in (*changes.gaps_opened, *changes.gaps_closed)
    )
    return Table("gap-changes", "Gaps opened and closed", ("change", "capability", "needed by"), rows)


def _member_table(changes: EditionChanges, named: _Names) -> Table:
    """Return the members that joined and left."""
    joined = [("joined", named.one("agency", key)) for key in changes.members_joined]
    left = [("left", named.one("agency", key)) for key in changes.members_left]
    return Table("members", "Members joined and left", ("change", "agency"), (*joined, *left))


def _spaced(status: str) -> str:
    """Return a status as words."""
    return status.replace("-", " ")


def _iso(day: dt.date | None) -> str | None:
    """Return a day as text."""
    return day.isoformat() if day else None
