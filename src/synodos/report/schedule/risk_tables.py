"""The tables of schedule risk: dates with their confidence, and who and what moves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import amount
from synodos.report.schedule.moments import last_day, reached_text
from synodos.report.schedule.tables import named

if TYPE_CHECKING:
    from synodos.schedule import DelayByAgency, Finish, JointConfidence, Risk

SHOWN: Final = (10, 50, 70, 80, 90, 95)
"""Percentiles that the table of dates shows."""


def finish_table(portfolio: Portfolio, risk: Risk) -> Table:
    """Return the dates of every mission and milestone, the target first, then by date."""
    doubtful = {f"{record.kind}:{record.id}" for record in portfolio.unverified}
    rows = tuple(
        (
            one.name,
            portfolio.agency_name(one.agency),
            one.form,
            None if one.planned is None else last_day(one.planned),
            _share(one.in_time),
            reached_text(portfolio, one, one.deterministic),
            *(reached_text(portfolio, one, one.percentile(share)) for share in SHOWN),
            reached_text(portfolio, one, one.mean),
            None if one.deviation_days is None else round(one.deviation_days, 1),
            _share(_intended(one)),
            _share(one.later) or 0.0,
            _share(one.never) or 0.0,
            not doubtful.isdisjoint(one.records),
            one.node,
        )
        for one in risk.finishes
    )
    columns = (
        *("mission or milestone", "agency", "form", "planned", "in time", "if all goes to plan"),
        *(f"P{share}" for share in SHOWN),
        *("mean", "deviation (days)", "intended launch period", "after the last period", "never", "unverified", "id"),
    )
    wide = ("form", "if all goes to plan", "P10", "P90", "P95", "mean", "deviation (days)", "id")
    return Table("dates", "When each mission and milestone is reached", columns, rows, wide)


def period_table(risk: Risk) -> Table:
    """Return the chance of each launch period of each mission."""
    rows = tuple(
        (
            finish.name,
            str(one.opens),
            str(one.closes),
            round(one.share, 4),
            one.intended,
            "computed" if one.computed else "stated",
        )
        for finish in risk.finishes
        for one in finish.periods
        if one.share > 0 or one.intended
    )
    columns = ("mission", "opens", "closes", "chance", "intended", "basis")
    return Table("launch-period-chances", "Chance of each launch period", columns, rows)


def confidence_table(risk: Risk) -> Table:
    """Return the confidence curve of the target."""
    rows = tuple((when.isoformat(timespec="minutes"), round(share, 6)) for when, share in risk.finish.curve)
    return Table("confidence", f"Confidence curve of {risk.finish.name}", ("by", "share that has finished"), rows)


def activity_risk_table(portfolio: Portfolio, risk: Risk) -> Table:
    """Return how much each activity matters to the target, the most crucial first."""
    rows = tuple(
        (
            one.name,
            portfolio.agency_name(one.agency),
            round(one.criticality, 4),
            round(one.sensitivity, 4),
            round(one.cruciality, 4),
            round(one.schedule_sensitivity, 4),
            one.assumed,
            one.node,
        )
        for one in risk.activities
    )
    columns = (
        *("activity", "agency", "criticality index", "sensitivity", "cruciality", "schedule sensitivity index"),
        *("spread is a default", "id"),
    )
    return Table("criticality", f"What drives {risk.finish.name}", columns, rows, ("schedule sensitivity index", "id"))


def tornado_table(portfolio: Portfolio, risk: Risk) -> Table:
    """Return what each risk, commitment and default adds to the expected finish, the largest first."""
    rows = tuple(
        (
            one.name,
            one.kind,
            portfolio.agency_name(one.agency) if one.agency else None,
            one.probability,
            round(one.days, 1),
            _share(one.in_time_with),
            _share(one.in_time_without),
            one.assumed,
            one.id,
        )
        for one in risk.drivers
    )
    columns = (
        *("what", "kind", "of", "chance", "adds (days)", "in time with it", "in time without it"),
        *("is or rests on a default", "id"),
    )
    return Table("tornado", f"What moves the expected finish of {risk.finish.name}", columns, rows, ("id",))


def delay_table(portfolio: Portfolio, delay: DelayByAgency) -> Table:
    """Return the delay that each agency causes; the last rows hold what no single agency does."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            portfolio.agency_name(one.agency),
            round(one.causes_days, 1),
            round(one.share_days, 1),
            round(one.alone_days, 1),
            _share(one.causes_missing),
            None if one.float_days is None else round(one.float_days, 1),
            round(one.protects_days, 1),
        )
        for one in delay.agencies
    )
    rest: tuple[tuple[Cell, ...], ...] = (
        ("nobody answers for", round(delay.nobody_days, 1), round(delay.nobody_days, 1), None, None, None, None),
        ("several at once (interaction)", round(delay.interaction_days, 1), None, None, None, None, None),
        ("whole expected delay", round(delay.delay_days, 1), round(delay.delay_days, 1), None, None, None, None),
    )
    columns = (
        *("agency", "causes (days)", "fair share (days)", "alone (days)", "of being in time"),
        *("its least float (days)", "its float protects (days)"),
    )
    return Table("delay", "The expected delay by agency", columns, (*rows, *rest))


def joint_table(joint: JointConfidence) -> Table:
    """Return cost and date together."""
    year = joint.price_year
    rows: tuple[tuple[Cell, ...], ...] = (
        ("joint confidence level: both kept", _share(joint.joint)),
        ("date asked for", last_day(joint.date)),
        ("share that keeps it", _share(joint.by_date)),
        ("budget asked for", amount(joint.budget, joint.currency, year)),
        ("share that keeps it", _share(joint.within_budget)),
        ("confidence that a plan should have", joint.confidence_target),
        ("where that comes from", joint.confidence_source),
        ("cost if all goes to plan", amount(joint.deterministic_cost, joint.currency, year)),
        ("mean cost", amount(joint.mean_cost, joint.currency, year)),
        *((f"P{share} of the cost", amount(cost, joint.currency, year)) for share, cost in joint.cost_percentiles),
        ("activities that state a cost", len(joint.covers)),
        ("open activities that do not, so that the cost is too low", named(joint.without_cost) or "none"),
    )
    return Table("joint-confidence", "Cost and date together", ("what", "value"), rows)


def scatter_table(joint: JointConfidence) -> Table:
    """Return the iterations behind the picture of cost and date."""
    rows = tuple((when.isoformat(timespec="minutes"), round(cost, 2)) for when, cost in joint.scatter)
    return Table("jcl", "A sample of iterations", ("finish", f"cost ({joint.currency})"), rows)


def default_table(risk: Risk) -> Table:
    """Return every default that the answer rests on."""
    rows = tuple(
        (one.name, one.says, "judgement" if one.judgement else "published", one.source, named(one.for_nodes))
        for one in risk.defaults
    )
    columns = ("default", "says", "basis", "source", "stands in for")
    return Table("defaults", "Defaults that stand for what is not stated", columns, rows, ("stands in for",))


def sensitivity_table(portfolio: Portfolio, risk: Risk) -> Table:
    """Return what the answer would be with other values of the defaults."""
    rows = tuple(
        (
            one.name,
            one.value,
            reached_text(portfolio, risk.finish, one.median),
            reached_text(portfolio, risk.finish, one.p70),
            _share(one.in_time),
            _share(one.intended_period),
        )
        for one in risk.other_defaults
    )
    columns = ("default", "set to", "P50", "P70", "in time", "intended launch period")
    return Table("other-defaults", "With other values of the defaults", columns, rows)


def sharpening_table(portfolio: Portfolio, risk: Risk) -> Table:
    """Return the durations to ask for, the one that helps most first."""
    rows = tuple((one.name, portfolio.agency_name(one.agency), round(one.share, 4), one.node) for one in risk.sharpen)
    columns = ("activity", "agency to ask", "share of the uncertainty that would go", "id")
    return Table("durations-to-ask-for", "Durations that would sharpen the answer", columns, rows, ("id",))


def _intended(one: Finish) -> float | None:
    """Return the chance of the launch period that the plan means to use."""
    return next((period.share for period in one.periods if period.intended), None)


def _share(value: float | None) -> float | None:
    """Return a share without more digits than it has."""
    return None if value is None else round(value, 4)
