"""The answer of schedule risk: how sure the dates are, and who and what moves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import envelope, header_line
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, days_text, listed, percent
from synodos.report.schedule.moments import last_day, reached_text
from synodos.report.schedule.risk_tables import (
    activity_risk_table,
    default_table,
    delay_table,
    finish_table,
    joint_table,
    period_table,
    sensitivity_table,
    sharpening_table,
    tornado_table,
)

if TYPE_CHECKING:
    from synodos.schedule import DelayByAgency, Finish, JointConfidence, Risk

DEFAULTS_ONLY = "Defaults only: no agency gave a duration or a spread, so these dates rest on defaults alone."


def risk_answer(
    portfolio: Portfolio, risk: Risk, *, parameters: Mapping[str, object] | None = None, drawn: bool = False
) -> Answer:
    """Return how sure the dates of a network are, and who and what moves them.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    risk : Risk
        The study.
    parameters : mapping, optional
        What the question was asked with.
    drawn : bool
        Whether the answer has a page with pictures.
    """
    asked = {"target": risk.target, "iterations": risk.asked, **(parameters or {})}
    wrapped = envelope(
        "risk",
        portfolio,
        risk,
        evidence=risk.evidence,
        parameters=asked,
        missing=missing_durations(portfolio, risk),
        notes=(*risk.notes, *risk.assumed),
    ).model_copy(update={"seed": risk.seed})
    document = _page(portfolio, risk) if drawn else None
    sentences = tuple(_sentences(portfolio, risk))
    return Answer(wrapped, header_line(portfolio), _tables(portfolio, risk), sentences, document, risk.notes)


def missing_durations(portfolio: Portfolio, risk: Risk) -> Iterator[str]:
    """Yield the durations that agencies would have to state."""
    for one in risk.sharpen:
        yield f"{one.node}: how long does it take, and how sure is {portfolio.agency_name(one.agency)} of that?"


def finish_sentence(portfolio: Portfolio, finish: Finish) -> str:
    """Return when one mission or milestone is reached, in a sentence."""
    return f"{finish.name}: {', '.join(_chances(portfolio, finish))}."


def _chances(portfolio: Portfolio, finish: Finish) -> Iterator[str]:
    """Yield the dates and chances of one mission or milestone."""
    for share in (50, 70):
        when = reached_text(portfolio, finish, finish.percentile(share))
        yield f"P{share} {when or 'without a date'}"
    if finish.planned is not None and finish.in_time is not None:
        yield f"{percent(finish.in_time)} in time for {last_day(finish.planned)}"
    for period in finish.periods:
        if period.intended:
            yield f"{percent(period.share)} leave in the intended launch period {period.opens}..{period.closes}"
    if finish.later:
        yield f"{percent(finish.later)} after the last known period"
    if finish.never:
        yield f"{percent(finish.never)} never"


def delay_sentence(delay: DelayByAgency) -> str:
    """Return who causes the delay, in a sentence."""
    if not delay.agencies:
        return f"The expected delay is {days_text(round(delay.delay_days))}; no agency causes any of it."
    first, together = delay.agencies[0], round(delay.interaction_days)
    told = (
        f"{days_text(together)} go only if several perform to plan"
        if together >= 0
        else f"{days_text(-together)} count for each of several that are late in a row"
    )
    return (
        f"The expected delay is {days_text(round(delay.delay_days))}; {first.name} has the largest fair share, "
        f"{days_text(round(first.share_days))} ({days_text(round(first.causes_days))} less had it performed to plan); "
        f"{told}."
    )


def defaults_label(risk: Risk) -> tuple[str, ...]:
    """Return the label of an answer that rests on defaults alone, and of one that was interrupted."""
    return (
        *((DEFAULTS_ONLY,) if risk.defaults_only else ()),
        *((f"Interrupted: {risk.iterations:,} of {risk.asked:,} iterations were done.",) if risk.interrupted else ()),
    )


def _sentences(portfolio: Portfolio, risk: Risk) -> Iterator[str]:
    """Yield the answer in sentences."""
    yield from defaults_label(risk)
    yield finish_sentence(portfolio, risk.finish)
    if risk.delay is not None:
        yield delay_sentence(risk.delay)
    if risk.joint is not None:
        yield joint_sentence(risk.joint)
    if risk.sharpen:
        yield f"To sharpen it, ask how long these take: {listed([one.name for one in risk.sharpen])}."
    error = risk.finish.percentile_error_days
    exact = f"; percentiles are within {days_text(error)}" if error else ""
    yield f"{risk.iterations:,} iterations, seed {risk.seed}{exact}."


def joint_sentence(joint: JointConfidence) -> str:
    """Return cost and date together, in a sentence."""
    reaches = "reaches" if joint.joint >= joint.confidence_target else "falls short of"
    return (
        f"Joint confidence level {percent(joint.joint)}, which {reaches} the {percent(joint.confidence_target)} of "
        f"{joint.confidence_source}."
    )


def _tables(portfolio: Portfolio, risk: Risk) -> tuple[Table, ...]:
    """Return the tables of the answer; those that hold nothing are left out."""
    tables = (
        finish_table(portfolio, risk),
        period_table(risk),
        *([delay_table(portfolio, risk.delay)] if risk.delay else []),
        tornado_table(portfolio, risk),
        activity_risk_table(portfolio, risk),
        *([joint_table(risk.joint)] if risk.joint else []),
        sharpening_table(portfolio, risk),
        sensitivity_table(portfolio, risk),
        default_table(risk),
    )
    return (tables[0], *(table for table in tables[1:] if table.rows))


def _page(portfolio: Portfolio, risk: Risk) -> Document:
    """Return the answer as a page."""
    lines = tuple((sentence,) for sentence in dict.fromkeys((*risk.notes, *risk.assumed)))
    notes = Table("notes", "Assumptions and notes", ("note",), lines)
    return Document(
        title=f"How sure is the date: {risk.finish.name}",
        lead=finish_sentence(portfolio, risk.finish),
        header=header_line(portfolio),
        notices=defaults_label(risk),
        sections=(
            *risk_sections(portfolio, risk, (finish_table(portfolio, risk), period_table(risk)), drawn=True),
            defaults_section(portfolio, risk),
            *([Section("notes", "Notes", tables=(notes,), folded=True)] if lines else []),
        ),
    )


def risk_sections(portfolio: Portfolio, risk: Risk, dates: Sequence[Table], *, drawn: bool) -> Iterator[Section]:
    """Yield the parts of a page on risk, each with its picture if they are drawn."""
    figures = _figures(portfolio, risk) if drawn else {}
    iterations = f"{risk.iterations:,} iterations, seed {risk.seed}."
    parts: list[tuple[str, str, tuple[str, ...], tuple[Table, ...]]] = [
        ("confidence", "How sure is the date", (finish_sentence(portfolio, risk.finish), iterations), tuple(dates)),
    ]
    if risk.joint is not None:
        parts.append(("jcl", "Cost and date together", (joint_sentence(risk.joint),), (joint_table(risk.joint),)))
    moving = tornado_table(portfolio, risk), activity_risk_table(portfolio, risk)
    parts.append(("tornado", "What moves the date", (tornado_sentence(risk),), moving))
    if risk.delay is not None:
        causing = (delay_table(portfolio, risk.delay),)
        parts.append(("delay", "Who causes the delay", (delay_sentence(risk.delay),), causing))
    for name, title, sentences, tables in parts:
        yield Section(name, title, sentences, figures.get(name), tables)


def _figures(portfolio: Portfolio, risk: Risk) -> dict[str, Figure]:
    """Return the pictures of a study by their names."""
    from synodos.report.charts import confidence_chart, delay_chart, jcl_chart, tornado_chart

    figures = [
        Figure.drawn("confidence", confidence_chart, portfolio, risk),
        Figure.drawn("tornado", tornado_chart, portfolio, risk),
    ]
    if risk.joint is not None:
        figures.append(Figure.drawn("jcl", jcl_chart, portfolio, risk, risk.joint))
    if risk.delay is not None:
        figures.append(Figure.drawn("delay", delay_chart, portfolio, risk, risk.delay))
    return {figure.name: figure for figure in figures}


def tornado_sentence(risk: Risk) -> str:
    """Return what moves the date most, in a sentence."""
    if not risk.drivers:
        return f"No risk, commitment or default moves the expected finish of {risk.finish.name}."
    told = [f"{one.name} ({days_text(round(one.days), signed=True)})" for one in risk.drivers[:3]]
    return f"What adds most to the expected finish: {listed(told)}."


def defaults_section(portfolio: Portfolio, risk: Risk) -> Section:
    """Return what is assumed, what else it could be, and what would sharpen the answer."""
    count = sum(one.assumed for one in risk.activities)
    first = f"{counted(count, 'activity', 'activities')} of {len(risk.activities)} have a spread that is a default."
    tables = (sharpening_table(portfolio, risk), sensitivity_table(portfolio, risk), default_table(risk))
    shown = tuple(table for table in tables if table.rows)
    return Section("defaults", "What is assumed, and what would sharpen it", (first,), tables=shown)
