"""The answer on launch opportunities: when a mission can leave, at what energy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import WHOLE, Envelope, plain
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted

if TYPE_CHECKING:
    from synodos.schedule import LaunchPeriods, Porkchop

MONTH_DAYS = 30.44
METHOD = (
    "Impulsive departures on arcs of less than one turn around the Sun, between the centres of the bodies, without the "
    "pull of the planets: weather, launcher and spacecraft narrow true launch periods to some weeks."
)


def launch_periods_answer(
    found: LaunchPeriods, *, grid: Porkchop | None = None, parameters: Mapping[str, object] | None = None
) -> Answer:
    """Return the launch periods between two bodies.

    Parameters
    ----------
    found : LaunchPeriods
        The periods and the departures of least energy.
    grid : Porkchop, optional
        Energy by day of departure and time of flight; with it the answer has a page with the picture.
    parameters : mapping, optional
        What the question was asked with.
    """
    asked = {
        "departure": found.departure,
        "arrival": found.arrival,
        "after": found.after,
        "before": found.before,
        **(parameters or {}),
    }
    wrapped = Envelope(
        question="launch-periods",
        portfolio=None,
        viewer=WHOLE,
        parameters=dict(plain(asked)),
        answer=plain(found),
        evidence=(),
        unverified=(),
        notes=(METHOD, *sources_of(found)),
    )
    tables = (period_table(found), minimum_table(found))
    way = " to ".join(_names(found))
    header = f"From {way} · departures from {found.after} to {found.before} · computed"
    document = None if grid is None else _page(found, grid, header)
    return Answer(wrapped, header, tables, (_sentence(found), METHOD), document)


def period_table(found: LaunchPeriods) -> Table:
    """Return the launch periods, in order."""
    rows = tuple(
        (
            str(one.opens),
            str(one.closes),
            one.days,
            str(one.best_departure),
            round(one.c3_km2_s2, 2),
            round(one.c3_max_km2_s2, 2),
            round(one.arrival_v_infinity_km_s, 2),
            one.time_of_flight_days,
            str(one.best_departure + dt.timedelta(days=one.time_of_flight_days)),
            one.transfer_type,
        )
        for one in found.periods
    )
    columns = (
        *("opens", "closes", "days", "best day", "C3 (km²/s²)", "C3 limit (km²/s²)", "arrival speed (km/s)"),
        *("time of flight (days)", "arrives", "type"),
    )
    return Table("launch-periods", f"Launch periods from {' to '.join(_names(found))}", columns, rows, ("arrives",))


def minimum_table(found: LaunchPeriods) -> Table:
    """Return the departures of least energy, numbered as in the picture."""
    rows = tuple(
        (
            number,
            str(one.departs),
            str(one.arrives),
            round(one.c3_km2_s2, 2),
            round(one.arrival_v_infinity_km_s, 2),
            one.time_of_flight_days,
            one.transfer_type,
        )
        for number, one in enumerate(found.minima, start=1)
    )
    columns = ("number", "leaves", "arrives", "C3 (km²/s²)", "arrival speed (km/s)", "time of flight (days)", "type")
    return Table("minima", "Departures of least energy, by opportunity and type", columns, rows)


def launch_section(found: LaunchPeriods, grid: Porkchop, *, drawn: bool) -> Section:
    """Return the launch opportunities to one body, with the porkchop plot if it is drawn."""
    from synodos.report.charts import porkchop_chart

    figure = Figure.drawn("porkchop", porkchop_chart, grid, found) if drawn else None
    tables = (period_table(found), minimum_table(found))
    return Section("launch-periods", "Launch periods", (_sentence(found), METHOD), figure, tables)


def sources_of(found: LaunchPeriods) -> tuple[str, ...]:
    """Return where the orbits come from."""
    from synodos.schedule import body

    return tuple(f"Orbit of {one.name}: {one.source}" for one in map(body, (found.departure, found.arrival)))


def _names(found: LaunchPeriods) -> tuple[str, str]:
    """Return the names of both bodies."""
    from synodos.schedule import body

    return body(found.departure).name, body(found.arrival).name


def _sentence(found: LaunchPeriods) -> str:
    """Return the answer in a sentence."""
    periods = counted(len(found.periods), "launch period")
    return (
        f"{periods} from {' to '.join(_names(found))} between {found.after} and {found.before}; like positions "
        f"return every {found.synodic_period_days / MONTH_DAYS:.1f} months."
    )


def _page(found: LaunchPeriods, grid: Porkchop, header: str) -> Document:
    """Return the answer as a page."""
    sources = Table("sources", "Orbits", ("source",), tuple((text,) for text in sources_of(found)))
    return Document(
        title=f"Launch periods from {' to '.join(_names(found))}",
        lead=_sentence(found),
        header=header,
        sections=(launch_section(found, grid, drawn=True), Section("sources", "Sources", tables=(sources,))),
    )
