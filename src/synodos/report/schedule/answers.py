"""Answers about schedules: the critical path and who holds it, why, what changed, and whether a schedule is sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.tables import Table, as_records
from synodos.report.answering.wording import counted, days_text, listed, percent
from synodos.report.schedule.moments import finish_of, moment_text
from synodos.report.schedule.tables import (
    activity_records,
    activity_table,
    agreement_table,
    change_table,
    check_table,
    driver_table,
    float_table,
    handover_table,
    is_unverified,
    movement_table,
    near_table,
    nearest_table,
    share_table,
    step_table,
    unverified_keys,
)

if TYPE_CHECKING:
    from synodos.schedule import CriticalPath, Difference, Health, Holding, NearCritical, Why

Parameters = Mapping[str, object]
MOST_OPEN = 6
"""Notes that a page shows without being asked."""
DEFAULTS_ONLY = "Defaults only: no agency gave a duration, so every length of work here is assumed."


def path_answer(
    portfolio: Portfolio,
    path: CriticalPath,
    holding: Holding,
    near: NearCritical,
    *,
    parameters: Parameters | None = None,
    drawn: bool = False,
) -> Answer:
    """Return the critical path, and who holds it.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    path : CriticalPath
        The computed network.
    holding : Holding
        Who holds its longest path.
    near : NearCritical
        The paths that come next.
    parameters : mapping, optional
        What the question was asked with.
    drawn : bool
        Whether the answer has a page with pictures.
    """
    from synodos.schedule import drags  # questions about files start without the engines

    drag = drags(path)
    tables = (
        activity_table(portfolio, path, holding, drag),
        share_table(portfolio, holding),
        agreement_table(portfolio, holding),
        handover_table(portfolio, holding),
        nearest_table(portfolio, path, holding),
        near_table(portfolio, path, near),
    )
    answer = {
        "finish": moment_text(path.finish) if path.network.nodes else None,
        "target": None if path.target is None else path.network.nodes[path.target].id,
        "defaults_only": rests_on_defaults(path),
        "activities": activity_records(path, drag),
        "longest_path": list(holding.chain),
        **{table.name: as_records(table) for table in tables[1:]},
    }
    wrapped = envelope(
        "schedule-path",
        portfolio,
        answer,
        evidence=(key for node in path.network.nodes for key in node.records),
        parameters=parameters,
        missing=missing_of(path),
        notes=path_notes(path),
    )
    sentences = (*path_sentences(portfolio, path, holding), *defaults_notice(path))
    document = _path_page(portfolio, path, holding, tables, sentences) if drawn else None
    return Answer(wrapped, header_line(portfolio), tables, sentences, document)


def path_notes(*paths: CriticalPath) -> tuple[str, ...]:
    """Return what the reader has to know of computed networks, each remark once."""
    return tuple(dict.fromkeys(note for path in paths for note in (*path.network.notes, *path.notes)))


def why_answer(portfolio: Portfolio, path: CriticalPath, found: Why, *, parameters: Parameters | None = None) -> Answer:
    """Return why an activity of a computed network is critical, or is not."""
    asked = {"activity": found.activity, **(parameters or {})}
    wrapped = envelope(
        "schedule-why", portfolio, found, evidence=found.records, parameters=asked, notes=path_notes(path)
    )
    return Answer(
        wrapped, header_line(portfolio), (step_table(portfolio, found),), (found.verdict, *found.reasons)
    )  # fmt: skip


def difference_answer(
    portfolio: Portfolio,
    before: CriticalPath,
    after: CriticalPath,
    found: Difference,
    *,
    parameters: Parameters | None = None,
) -> Answer:
    """Return what changed between two versions of a schedule.

    Parameters
    ----------
    portfolio : Portfolio
        Plans of the later version, as the viewer may see them.
    before, after : CriticalPath
        Both versions.
    found : Difference
        What changed.
    parameters : mapping, optional
        What the question was asked with.
    """
    keys = dict.fromkeys([*(one.activity for one in found.changes), *found.added, *found.joined_path])
    evidence = [f"activity:{key}" for key in keys if key in portfolio.activities]
    answer = plain(found) | {
        "finish_before": moment_text(found.finish_before),
        "finish_after": moment_text(found.finish_after),
    }
    wrapped = envelope(
        "schedule-diff", portfolio, answer, evidence=evidence, parameters=parameters, notes=path_notes(after, before)
    )
    names = {node.id: node.name for path in (before, after) for node in path.network.nodes}
    tables = (
        change_table(portfolio, names, found),
        movement_table(found),
        driver_table(found),
        float_table(names, found),
    )
    sentences = tuple(_difference_sentences(found, finish_of(before), finish_of(after)))
    return Answer(wrapped, header_line(portfolio), tables, sentences)


def health_answer(
    portfolio: Portfolio, path: CriticalPath, found: Health, *, parameters: Parameters | None = None
) -> Answer:
    """Return the fourteen checks of a computed network."""
    keys = dict.fromkeys(key for check in found.checks for key in check.activities)
    evidence = [f"activity:{key}" for key in keys if key in portfolio.activities]
    notes = dict.fromkeys((*path_notes(path), *found.notes))
    wrapped = envelope("schedule-health", portfolio, found, evidence=evidence, parameters=parameters, notes=notes)
    failed = f": {', '.join(check.point.name for check in found.failed)}" if found.failed else ""
    counts = f"{counted(found.activities, 'open task')} and {counted(found.links, 'link')}"
    sentences = (
        f"{len(found.passed)} of {len(found.checks)} checks pass, {len(found.failed)} fail{failed}.",
        f"Counted over {counts}. {found.source}",
    )
    return Answer(wrapped, header_line(portfolio), (check_table(found),), sentences)


def path_sentences(portfolio: Portfolio, path: CriticalPath, holding: Holding) -> Iterator[str]:
    """Yield the answer in sentences: when, held by whom, and which dates cannot be kept."""
    nodes = path.network.nodes
    if not nodes or not holding.chain:
        yield "Nothing is left to be done or to be seen."
        return
    last = nodes[path.network.place[holding.chain[-1]]]
    through = counted(len(holding.chain), "activity", "activities")
    ties = f"; {len(holding.equally_long)} more on chains as long" if holding.equally_long else ""
    yield f"{last.name}: {finish_of(path)} at the earliest, driven through {through} of {len(nodes)}{ties}."
    held = [f"{portfolio.agency_name(agency)} {percent(part)}" for agency, part in holding.by_agency.items()]
    waits = sum(share.fraction for share in holding.shares if share.cause != "work")
    parts = [*held, *([f"waits {percent(waits)}"] if waits else [])]
    if parts:
        yield f"The longest path is held by {listed(parts)}; {counted(len(holding.handovers), 'handover')} on it."
    yield from _late_sentences(path)


def _late_sentences(path: CriticalPath) -> Iterator[str]:
    """Yield by how much dates cannot be kept, and which constraints or launch periods are behind it."""
    late = [place for place in path.order if path.total_float[place] < 0]
    if not late:
        return
    worst = min(late, key=path.total_float_days)
    causes = list(dict.fromkeys(cause for place in late for cause in _causes(path, place)))
    told = f" Behind it: {listed(causes)}." if causes else ""
    yield (
        f"{counted(len(late), 'activity', 'activities')} cannot keep the dates asked for; the worst is "
        f"{path.network.nodes[worst].name}, too late by {days_text(round(-path.total_float_days(worst), 1))}.{told}"
    )


def _causes(path: CriticalPath, place: int) -> Iterator[str]:
    """Yield the ties, launch periods and deadlines of a node that it cannot keep."""
    node = path.network.nodes[place]
    start, finish = int(path.early_start[place]), int(path.early_finish[place])
    for tie in node.ties:
        at = start if tie.type.startswith(("start", "must-start")) else finish
        if tie.at is not None and tie.type.endswith(("no-later", "must-start", "must-finish")) and at > tie.at:
            yield tie.why
    if node.intended is not None and finish >= node.periods[node.intended].closes:
        first, last = node.periods[node.intended].dates
        yield f"launch period {first}..{last} of {node.name}"
    rules = path.network.schedules[node.schedule]
    if rules.finish_by is not None and finish > rules.finish_by:
        yield f"{rules.name} has to be complete by {finish_of_day(rules.finish_by)}"


def finish_of_day(minutes: int) -> str:
    """Return the day of a date by which something has to be complete."""
    return moment_text(minutes - 1)[:10]


def rests_on_defaults(path: CriticalPath) -> bool:
    """Return whether there is work left, and none of it has a stated duration."""
    open_work = [node for node in path.network.nodes if node.remaining and node.actual_finish is None]
    return bool(open_work) and all(node.coarse for node in open_work)


def defaults_notice(path: CriticalPath) -> tuple[str, ...]:
    """Return the label of an answer that rests on defaults alone."""
    return (DEFAULTS_ONLY,) if rests_on_defaults(path) else ()


def missing_of(path: CriticalPath) -> Iterator[str]:
    """Yield what an agency would have to state."""
    for node in path.network.nodes:
        if node.coarse and node.remaining:
            yield f"{node.id}: how long does it take, and in which steps?"
        yield from (f"{node.id}: {words}" for words in node.assumed)


def _difference_sentences(found: Difference, before: str, after: str) -> Iterator[str]:
    """Yield what changed, in sentences; `before` and `after` are the days of the finish."""
    if not found.minutes:
        yield f"The finish stays on {after}."
    else:
        yield f"The finish moves by {days_text(round(found.days, 1), signed=True)}, from {before} to {after}."
    moved = [
        f"{' and '.join(m.kinds)} {days_text(round(m.days, 1), signed=True)}" for m in found.movements if m.minutes
    ]
    if moved:
        yield f"By kind of change: {listed(moved)}. {found.method}"
    yield (
        f"{counted(len(found.changes), 'change')}; {len(found.added)} added, {len(found.removed)} removed; "
        f"{len(found.joined_path)} came on the longest path and {len(found.left_path)} left it."
    )


def gantt_section(
    portfolio: Portfolio, path: CriticalPath, holding: Holding, sentences: Sequence[str], table: Table
) -> Section:
    """Return the activities over time."""
    from synodos.report.charts import gantt_chart

    figure = Figure.drawn("gantt", gantt_chart, portfolio, path, holding)
    return Section("path", "When everything happens", tuple(sentences), figure, (table,))


def handover_section(portfolio: Portfolio, path: CriticalPath, holding: Holding, tables: Sequence[Table]) -> Section:
    """Return who holds the longest path."""
    from synodos.report.charts import handovers_chart
    from synodos.report.charts.handovers import describe

    figure = Figure.drawn("handovers", handovers_chart, portfolio, path, holding)
    return Section(
        "holders", "Who holds the longest path", (describe(portfolio, holding),), figure,
        tuple(tables),
    )  # fmt: skip


def _path_page(
    portfolio: Portfolio,
    path: CriticalPath,
    holding: Holding,
    tables: Sequence[Table],
    sentences: Sequence[str],
) -> Document:
    """Return the answer as a page."""
    activities, shares, agreements, handovers, nearest, near = tables
    told = path_notes(path)
    notes = Section("notes", "Notes", told, folded=len(told) > MOST_OPEN)
    return Document(
        title=f"Critical path: {portfolio.header.title}",
        lead=sentences[0],
        header=header_line(portfolio),
        notices=(*defaults_notice(path), *_unverified_notice(portfolio, path)),
        sections=(
            gantt_section(portfolio, path, holding, sentences[1:2], activities),
            handover_section(portfolio, path, holding, (shares, agreements, handovers)),
            Section("near", "What comes next", (), tables=(nearest, near)),
            *([notes] if told else []),
        ),
    )


def _unverified_notice(portfolio: Portfolio, path: CriticalPath) -> tuple[str, ...]:
    """Return how many activities rest on unverified facts."""
    doubtful = unverified_keys(portfolio)
    count = sum(is_unverified(node, doubtful) for node in path.network.nodes)
    if not count:
        return ()
    return (f"{counted(count, 'activity', 'activities')} of {len(path.network.nodes)} rest on unverified facts.",)
