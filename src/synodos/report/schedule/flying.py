"""When can it fly: what the engines of time say for a report or a dossier, and how a page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from synodos.extras import what_to_install
from synodos.language import FLYING, IDLE, Mission, Portfolio, PortfolioError
from synodos.report.answering.document import Figure, Section
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed
from synodos.report.schedule.answers import DEFAULTS_ONLY, path_notes, path_sentences, rests_on_defaults
from synodos.report.schedule.launch_periods import launch_section, minimum_table, period_table
from synodos.report.schedule.risk import defaults_label, defaults_section, finish_sentence, risk_sections
from synodos.report.schedule.risk_tables import (
    confidence_table,
    delay_table,
    finish_table,
    scatter_table,
    tornado_table,
)
from synodos.report.schedule.risk_tables import period_table as chance_table
from synodos.report.schedule.tables import activity_table, agreement_table, handover_table, share_table
from synodos.schedule import (
    CriticalPath,
    Holding,
    LaunchError,
    LaunchPeriods,
    Network,
    Porkchop,
    Risk,
    body,
    critical_path,
    drags,
    launch_periods,
    network,
    porkchop,
    risk,
    who_holds,
)

ITERATIONS: Final = 2_000
"""Monte Carlo iterations of a report or dossier; `synodos risk` does more."""
BEFORE, AFTER = dt.timedelta(days=180), dt.timedelta(days=900)
"""How long before and after the opening of a launch period a picture of transfers reaches."""
STEP_DAYS: Final = 2
EARTH: Final = "earth"


@dataclass(frozen=True)
class Flight:
    """When one mission can fly.

    Attributes
    ----------
    mission : Mission
        The mission.
    target : str
        Its launch in the network.
    path : CriticalPath
        What leads to it.
    holding : Holding
        Who holds its longest path.
    risk : Risk
        How sure its date is.
    transfer : (LaunchPeriods, Porkchop) or None
        Where it flies to another body: the opportunities around the launch period in question.
    """

    mission: Mission
    target: str
    path: CriticalPath
    holding: Holding
    risk: Risk
    transfer: tuple[LaunchPeriods, Porkchop] | None


def flight(portfolio: Portfolio, mission: str, iterations: int = ITERATIONS) -> Flight | str:
    """Return when a mission can fly, or in a sentence why that cannot be told."""
    try:
        found = network(portfolio, [mission])
        target = _launch_of(found, mission)
        if target is None:
            return "Nothing is left to be done: it flies or exists already, or is not planned."
        path = critical_path(found, target)
        study = risk(found, portfolio, target=target, iterations=iterations)
    except PortfolioError as error:
        return "; ".join(fault.message for fault in error.faults)
    except ImportError as error:
        needed = what_to_install(error)
        if needed is None:
            raise
        return f"How sure the date is {needed}."
    plan = portfolio.missions[mission]
    return Flight(plan, target, path, who_holds(path), study, _transfer(portfolio, plan, study))


def next_joint(portfolio: Portfolio, for_agency: str | None) -> str | None:
    """Return the mission that shows best how plans hang together in time; None: no mission is still to fly.

    That is one for which several agencies provide something and that has to wait for launch periods; of these the one
    with most agencies, and of these the next.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    for_agency : str, optional
        Agency that has to be one of them, where there is such a mission.
    """
    ahead = [plan for plan in portfolio.missions.values() if plan.planned and plan.status not in FLYING | IDLE]
    joint = {plan.id: {plan.owner, *_providers(portfolio, plan)} for plan in ahead}
    own = [plan for plan in ahead if for_agency in joint[plan.id]] or ahead

    def rank(plan: Mission) -> tuple[bool, int, dt.date, str]:
        count = len(joint[plan.id])
        return count < 2 or body_of(plan) is None, -count, _planned(plan), plan.id

    best = min(own, key=rank, default=None)
    return None if best is None else best.id


def _providers(portfolio: Portfolio, plan: Mission) -> Iterator[str]:
    """Yield the agencies that meet requirements of a mission."""
    for requirement in plan.requirements:
        found = (portfolio.provider_record(key) for key in requirement.met_by)
        yield from (record.owner for record in found if record)
        if requirement.provider:
            yield requirement.provider


def _planned(plan: Mission) -> dt.date:
    """Return the first day of the planned date."""
    return dt.date.min if plan.planned is None or plan.planned.opens_early else plan.planned.earliest


def flight_sections(portfolio: Portfolio, found: Flight | str, *, drawn: bool, why: str = "") -> Iterator[Section]:
    """Yield the parts of a page on when a mission can fly.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    found : Flight or str
        What the engines say, or why they say nothing.
    drawn : bool
        Whether the parts have pictures.
    why : str
        Why this mission is shown, in a sentence.
    """
    if isinstance(found, str):
        yield Section("when", "When can it fly", (found,))
        return
    yield _when(portfolio, found, why, drawn=drawn)
    tables = (
        share_table(portfolio, found.holding),
        handover_table(portfolio, found.holding),
        agreement_table(portfolio, found.holding),
    )
    yield _holders(portfolio, found, tables, drawn=drawn)
    yield from risk_sections(portfolio, found.risk, (chance_table(found.risk),), drawn=drawn)
    yield replace(defaults_section(portfolio, found.risk), folded=True)
    if notes := flight_notes(found):
        yield Section("when-notes", "What to know of these dates", notes)
    if found.transfer is not None:
        yield launch_section(*found.transfer, drawn=drawn)


def flight_tables(portfolio: Portfolio, found: Flight | str) -> Iterator[Table]:
    """Yield the tables behind the pictures, under the names of these."""
    if isinstance(found, str):
        return
    yield replace(activity_table(portfolio, found.path, found.holding, drags(found.path)), name="gantt")
    yield handover_table(portfolio, found.holding)
    yield finish_table(portfolio, found.risk)
    yield confidence_table(found.risk)
    yield tornado_table(portfolio, found.risk)
    if found.risk.joint is not None:
        yield scatter_table(found.risk.joint)
    if found.risk.delay is not None:
        yield delay_table(portfolio, found.risk.delay)
    if found.transfer is not None:
        yield replace(minimum_table(found.transfer[0]), name="porkchop")
        yield period_table(found.transfer[0])


def flight_evidence(found: Flight | str) -> tuple[str, ...]:
    """Return the records that the answer rests on, as `kind:id`."""
    if isinstance(found, str):
        return ()
    return (*found.risk.evidence, *(key for node in found.path.network.nodes for key in node.records))


def flight_notes(found: Flight | str) -> tuple[str, ...]:
    """Return what the reader has to know of the dates, each remark once."""
    return () if isinstance(found, str) else tuple(dict.fromkeys((*path_notes(found.path), *found.risk.notes)))


def _when(portfolio: Portfolio, found: Flight, why: str, *, drawn: bool) -> Section:
    """Return the dates, with the activities over time."""
    from synodos.report.charts import gantt_chart

    label = defaults_label(found.risk) or ((DEFAULTS_ONLY,) if rests_on_defaults(found.path) else ())
    sentences = (
        why,
        *label,
        finish_sentence(portfolio, found.risk.finish),
        *path_sentences(portfolio, found.path, found.holding),
    )
    figure = Figure.drawn("gantt", gantt_chart, portfolio, found.path, found.holding) if drawn else None
    tables = (
        finish_table(portfolio, found.risk),
        activity_table(portfolio, found.path, found.holding, drags(found.path)),
    )
    shown = tuple(sentence for sentence in sentences if sentence)
    return Section("when", "When can it fly", shown, figure, tables)


def _holders(portfolio: Portfolio, found: Flight, tables: tuple[Table, ...], *, drawn: bool) -> Section:
    """Return who holds the longest path."""
    from synodos.report.charts import handovers_chart

    first = f"{counted(len(found.holding.handovers), 'handover')} from one agency to another on the longest path."
    near = [portfolio.agency_name(one.agency) for one in found.holding.nearest if one.total_float_days <= 0]
    sentences = (first, *([f"Without any float: {listed(near)}."] if near else []))
    figure = Figure.drawn("handovers", handovers_chart, portfolio, found.path, found.holding) if drawn else None
    shown = tuple(table for table in tables if table.rows)
    return Section("holders", "Who holds the longest path", sentences, figure, shown)


def _launch_of(found: Network, mission: str) -> str | None:
    """Return the launch of a mission in a network, or else what finishes it; None: nothing is left to be done."""
    leading = [node for node in found.nodes if node.leads_to == mission and node.actual_finish is None]
    launches = [node for node in leading if node.type == "launch"]
    return next((node.id for node in (*launches, *reversed(leading))), None)


def _transfer(portfolio: Portfolio, plan: Mission, study: Risk) -> tuple[LaunchPeriods, Porkchop] | None:
    """Return the opportunities around the launch period that a mission means to use, or most likely uses."""
    periods = [one for one in study.finish.periods if one.computed]
    arrival = body_of(plan)
    if not periods or arrival is None:
        return None
    about = max(periods, key=lambda one: (one.intended, one.share))
    after, before = max(about.opens - BEFORE, portfolio.known_on), about.opens + AFTER
    limit = plan.launch_opportunity.c3_max_km2_s2 if plan.launch_opportunity else None
    try:
        found = launch_periods(EARTH, arrival, after, before, c3_max_km2_s2=limit)
        return found, porkchop(EARTH, arrival, after, before, departure_step_days=STEP_DAYS)
    except LaunchError:
        return None


def body_of(plan: Mission) -> str | None:
    """Return the body that a mission flies to: the stated one, or the only one that its destinations name."""
    if plan.launch_opportunity is not None:
        return plan.launch_opportunity.target
    targets = set()
    for destination in plan.destinations:
        with suppress(LaunchError):
            targets.add(body(destination).id)
    targets.discard(EARTH)
    return targets.pop() if len(targets) == 1 else None
