"""The answer on how sure dates turned out to be: forecasts of one day beside what flew, slipped or died."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import Outcomes, Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import counted, percent, period_text

if TYPE_CHECKING:
    from synodos.roadmap import Bounds, Calibration, Dated, DateGroup

GROUP_WORDS: Final = {
    "dated": "all with a date of their own",
    "even": "even half of them",
    "odd": "odd half of them",
    "decided": "those approved or in development",
    "flown": "those that flew (this flatters)",
    "not dated": "those without a date of their own",
}
FATE_WORDS: Final = {"flown": "flew", "cancelled": "given up", "planned": "still planned"}
NOTES: Final = (
    "What was given up or is still to come had not flown by a known day, so counts are bounds.",
    "At least counts it as if it never flew; at most as if it had flown the day after.",
    "The forecast says when a mission flies if it is flown; it does not say how likely it is given up.",
    "Expected counts are those that the forecast itself gives; launch periods put many iterations on one day.",
    "The agency's own date is taken by its last day: 2018 is kept on 31 December 2018.",
    "Missions share agencies, launchers and delays: they are not independent of each other.",
)


def calibration_answer(portfolio: Portfolio, outcomes: Outcomes, found: Calibration, *, drawn: bool = False) -> Answer:
    """Return how often missions flew when their forecast had them fly.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked.
    outcomes : Outcomes
        What came after it.
    found : Calibration
        What was found.
    drawn : bool
        Whether the answer has a page with the pictures.
    """
    sentences = tuple(_told(found))
    tables = (_group_table(found.groups), _mission_table(portfolio, found.missions), _left_out_table(portfolio, found))
    notes = (*_hindsight(found), *NOTES, *(f"The list of outcomes says: {text}" for text in outcomes.about))
    wrapped = envelope(
        "calibration",
        portfolio,
        plain(found),
        evidence=[f"mission:{one.mission}" for one in found.missions],
        parameters={"outcomes": found.outcomes, "iterations": found.iterations},
        notes=notes,
    ).model_copy(update={"seed": found.seed})
    document = _page(portfolio, found, tables, sentences, notes) if drawn else None
    return Answer(wrapped, header_line(portfolio), tables, sentences, document)


def _told(found: Calibration) -> Iterator[str]:
    """Yield the answer in sentences."""
    dated = next(group for group in found.groups if group.name == "dated")
    if not dated.missions:
        yield "There is nothing to lay beside each other: no mission with a date and an outcome."
        return
    yield (
        f"Of {counted(dated.missions, 'mission')} with a date of their own {dated.flown} flew by {found.until}; given "
        f"up: {dated.cancelled}, still planned: {dated.planned}."
    )
    yield (
        f"Between P10 and P90 of the forecast flew {_bounds(dated.within)}; by P50 {_bounds(dated.by_median)}; by the "
        f"last day of the agency's own date {_bounds(dated.by_own_date)}."
    )
    if dated.error and dated.error_own:
        yield (
            f"The chance to fly by the agency's own date is off by {_range(dated.error)} (mean squared error); the "
            f"agencies' dates taken as certain by {_range(dated.error_own)}, and always saying one half by 0.25."
        )


def _bounds(one: Bounds) -> str:
    """Return a number that is known within bounds, and what was expected."""
    many = f"{one.least}" if one.least == one.most else f"{one.least} to {one.most}"
    return f"{many} (expected {one.expected:.1f})"


def _range(ends: tuple[float, float]) -> str:
    """Return two numbers, or one where they are the same."""
    least, most = (f"{end:.2f}" for end in ends)
    return least if least == most else f"{least} to {most}"


def _hindsight(found: Calibration) -> Iterator[str]:
    """Yield what the forecasts owe to later sources."""
    if found.defaults_only:
        yield "No agency gave a spread or a duration: what is tested here are the defaults of the package."
    later = [f"{one.name} (to {one.hindsight_to})" for one in found.defaults if one.hindsight_to]
    if later:
        yield f"Defaults that rest in part on what came after the day of knowledge: {', '.join(later)}."


def _group_table(groups: Sequence[DateGroup]) -> Table:
    """Return the counts, group by group."""
    rows = tuple(
        (
            GROUP_WORDS[one.name],
            one.missions,
            one.flown,
            one.cancelled,
            one.planned,
            _bounds(one.within),
            _bounds(one.by_median),
            _bounds(one.by_p90),
            _bounds(one.by_own_date) if one.error else None,
            _range(one.error) if one.error else None,
            _range(one.error_own) if one.error_own else None,
        )
        for one in groups
    )
    columns = (
        "missions",
        "number",
        "flew",
        "given up",
        "still planned",
        "between P10 and P90",
        "by P50",
        "by P90",
        "by own date",
        "error of the forecast",
        "error of own dates",
    )
    return Table("calibration", "How often reality fell where the forecast had it", columns, rows)


def _mission_table(portfolio: Portfolio, missions: Sequence[Dated]) -> Table:
    """Return every mission with its forecast and what came."""
    rows = tuple(
        (
            portfolio.missions[one.mission].name,
            portfolio.agency_name(one.agency),
            one.status,
            period_text(one.planned) if one.planned else None,
            _day(one.p10),
            _day(one.p50),
            _day(one.p90),
            one.in_time,
            f"{FATE_WORDS[one.fate]} {period_text(one.came)}",
            one.within,
            one.by_median,
            one.by_own_date,
            _late(one),
            one.half,
        )
        for one in missions
    )
    columns = (
        "mission",
        "led by",
        "status",
        "own date",
        "P10",
        "P50",
        "P90",
        "chance by own date",
        "what came",
        "between P10 and P90",
        "by P50",
        "by own date",
        "days late",
        "half",
    )
    return Table("missions", "Missions, and what came of them", columns, rows, wide=("status", "half", "P10"))


def _day(day: object) -> str:
    """Return a percentile's day."""
    return str(day) if day else "never in so many"


def _late(one: Dated) -> Cell:
    """Return by how many days a mission missed the last day of its own date, as far as it is known."""
    if one.late_days is None:
        return None
    first, last = one.late_days
    if last is None:
        return f"at least {first}" if first > 0 else "not known"
    return first if first == last else f"{first} to {last}"


def _left_out_table(portfolio: Portfolio, found: Calibration) -> Table:
    """Return the missions of the list that have no forecast, and why."""
    rows = tuple(
        (portfolio.missions[key].name if key in portfolio.missions else key, why) for key, why in found.left_out
    )
    return Table("left-out", "Missions of the list without a forecast", ("mission", "why"), rows)


def _page(
    portfolio: Portfolio,
    found: Calibration,
    tables: tuple[Table, ...],
    sentences: tuple[str, ...],
    notes: tuple[str, ...],
) -> Document:
    """Return the answer as a page with the pictures."""
    from synodos.report.charts import calibration_chart, forecasts_chart

    plot = Figure.drawn("calibration", calibration_chart, portfolio, found)
    rows = Figure.drawn("forecasts", forecasts_chart, portfolio, found)
    dated = next(group for group in found.groups if group.name == "dated")
    share = percent(dated.within.least / dated.missions) if dated.missions else "none"
    reading = (
        f"At least {share} of the missions flew between P10 and P90. In the picture, across stands how sure the "
        "forecast was that a mission would have flown by a day; upwards, the share that had flown by then. Where the "
        "band lies below the line, dates were too sure: missions flew later, or never, more often than forecast."
    )
    return Document(
        title="How sure were the dates?",
        lead=sentences[0],
        header=header_line(portfolio),
        sections=(
            Section("calibration", "Forecast and reality", (*sentences[1:], reading), plot, tables[:1]),
            Section("missions", "Mission by mission", (), rows, tables[1:2]),
            Section("left-out", "What has no forecast", tables=tables[2:]),
            Section("notes", "What the reader has to know", notes, folded=True),
        ),
    )
