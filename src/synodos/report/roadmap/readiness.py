"""The answer on readiness: what a scenario's missions need, what supplies it and when, and who works on the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.naming import capability_name, record_name
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import counted, listed

if TYPE_CHECKING:
    from synodos.roadmap import KnowledgeGap, MissionReadiness, NeededCapability, Outline, Readiness, Supply, WorkSort

VITAL: Final = {True: "essential", False: "not essential", None: "not known whether essential"}
MOST_WORK: Final = 6
"""Records at work on a capability that a cell names."""
WORK_COLUMNS: Final = ("robotic precursors", "technology work", "use of a station", "only an interest")
DATES: Final = (
    "What flies is ready; the rest is ready when its declared activities end, or on the first day stated for it.",
    "It is in time if that is not after the last day of the date on which it is needed.",
    "Where a requirement names nothing, the readiest that provides the capability at the same body counts.",
    "A gap is what a mission does not state to be dispensable and what neither flies nor comes in time.",
    "Who works on a capability is whoever provides it, or says that it cares for it, anywhere.",
)


def readiness_answer(portfolio: Portfolio, said: Outline, found: Readiness, *, drawn: bool = False) -> Answer:
    """Return how ready a scenario is.

    Parameters
    ----------
    portfolio : Portfolio
        What was asked.
    said : Outline
        What the scenario says.
    found : Readiness
        How ready its missions are.
    drawn : bool
        Whether the answer has a page with the picture.
    """
    tables = (
        _mission_table(portfolio, found),
        _gap_table(portfolio, found),
        _need_table(portfolio, found),
        _unworked_table(portfolio, found),
        _reused_table(portfolio, found),
    )
    sentences = tuple(_told(portfolio, said, found))
    notes = (*DATES, *(f"The scenario takes for granted: {text}" for text in said.assumptions))
    if said.missing:
        notes = (f"{counted(len(said.missing), 'mission')} that the scenario names cannot be seen.", *notes)
    evidence = [f"scenario:{key}" for key in (said.id, *said.builds_on)]
    evidence += [f"mission:{one.mission}" for one in found.missions]
    for need in (need for one in found.missions for need in one.needs):
        evidence += [supply.record for supply in need.supplies] + [work.record for work in need.work]
    wrapped = envelope(
        "readiness",
        portfolio,
        plain(found),
        evidence=evidence,
        parameters={"scenario": said.id},
        missing=found.missing,
        notes=notes,
    )
    document = _page(portfolio, said, found, tables, sentences, notes) if drawn else None
    return Answer(wrapped, header_line(portfolio), tables, sentences, document)


def _told(portfolio: Portfolio, said: Outline, found: Readiness) -> list[str]:
    """Return the answer in sentences."""
    lacking = [one for one in found.missions if one.stage == "nobody"]
    late = [one for one in found.missions if one.stage == "late"]
    first = f"{said.name}: of {counted(len(found.missions), 'mission')}, {len(lacking) or 'none'} cannot do without"
    told = [
        f"{first} something that nobody supplies, and {len(late) or 'none'} would wait for something that comes late."
    ]
    told += _gaps_told(portfolio, found)
    if found.unworked:
        names = [capability_name(portfolio, capability) for capability, _ in found.unworked]
        told.append(f"Nobody supplies or works on {listed(names)}.")
    if found.reused:
        names = [record_name(portfolio, key) for key, _ in found.reused]
        told.append(f"Used at more than one body: {listed(names)}.")
    return told


def _mission_table(portfolio: Portfolio, found: Readiness) -> Table:
    """Return the missions with how ready each is."""
    rows = tuple(
        (
            portfolio.missions[one.mission].name,
            portfolio.agency_name(one.agency),
            str(one.planned) if one.planned else None,
            one.stage,
            _lacks(portfolio, one, "nobody"),
            _lacks(portfolio, one, "late"),
            "; ".join(portfolio.missions[key].name for key in one.precursors) or "none",
        )
        for one in found.missions
    )
    columns = (
        "mission",
        "led by",
        "planned",
        "least ready",
        "nobody supplies",
        "comes late",
        "precursors",
    )
    return Table("missions", "Missions in the order of the scenario", columns, rows, wide=("precursors",), heads=3)


def _lacks(portfolio: Portfolio, one: MissionReadiness, stage: str) -> Cell:
    """Return what of a mission's essential needs stands at a stage."""
    keys = [need.capability for need in one.needs if need.essential and need.stage == stage]
    names = [capability_name(portfolio, key) for key in keys]
    return "; ".join(dict.fromkeys(names)) or "nothing"


def _gaps_told(portfolio: Portfolio, found: Readiness) -> list[str]:
    """Return what has to be closed first, and how much of it nobody is at work on."""
    if not found.gaps:
        return []
    first = [gap for gap in found.gaps if gap.by == found.gaps[0].by]
    names = [capability_name(portfolio, gap.capability) for gap in first]
    day = f"by {first[0].by}" if first[0].by else "on a day that no mission states"
    idle = sum(not _at_work(gap) for gap in found.gaps)
    size = f"{counted(len(found.gaps), 'gap')} to close before the missions can count on everything"
    tail = (
        f"; at {idle} nobody is at work beyond a stated interest" if idle else "; at each of them somebody is at work"
    )
    return [f"{size}: the first, {day}, {listed(names, MOST_WORK)}{tail}."]


def _at_work(gap: KnowledgeGap) -> bool:
    """Return whether more than an interest stands behind the closing of a gap."""
    return any(one.sort != "interest" for one in gap.work)


def _gap_table(portfolio: Portfolio, found: Readiness) -> Table:
    """Return what has to be learnt or built first, and which sort of work would close it."""

    def at_work(gap: KnowledgeGap, sort: WorkSort) -> Cell:
        work = gap.closed_by(sort)
        names = [f"{record_name(portfolio, one.record)} ({portfolio.agency_name(one.agency)})" for one in work]
        return listed(names, MOST_WORK) if names else None

    rows = tuple(
        (
            capability_name(portfolio, gap.capability),
            str(gap.by) if gap.by else None,
            portfolio.missions[gap.missions[0]].name,
            len(gap.missions),
            gap.stage,
            at_work(gap, "precursor"),
            at_work(gap, "technology"),
            at_work(gap, "station"),
            at_work(gap, "interest"),
        )
        for gap in found.gaps
    )
    columns = ("gap", "by", "first for", "missions", "least ready", *WORK_COLUMNS)
    return Table("gaps", "What has to be closed first", columns, rows, wide=WORK_COLUMNS, heads=2)


def _need_table(portfolio: Portfolio, found: Readiness) -> Table:
    """Return every capability that a mission needs."""
    rows = tuple(
        (
            portfolio.missions[one.mission].name,
            capability_name(portfolio, need.capability),
            VITAL[need.essential],
            need.stage,
            "; ".join(_supply_words(portfolio, supply) for supply in need.supplies) or "nothing",
            _work_words(portfolio, need),
            need.inferred,
        )
        for one in found.missions
        for need in one.needs
    )
    columns = ("mission", "capability", "how badly", "readiness", "supplied by", "who works on it", "inferred")
    return Table("needs", "What the missions need", columns, rows, heads=2)


def _supply_words(portfolio: Portfolio, supply: Supply) -> str:
    """Return what supplies a capability, when and how ready."""
    when = f"from {supply.ready}" if supply.ready else supply.stage
    level = f", {supply.readiness.upper().replace('-', ' ')}" if supply.readiness else ""
    could = "" if supply.named else "could be "
    return f"{could}{record_name(portfolio, supply.record)} of {portfolio.agency_name(supply.agency)} ({when}{level})"


def _work_words(portfolio: Portfolio, need: NeededCapability) -> str:
    """Return who works on a capability."""
    names = [f"{record_name(portfolio, one.record)} ({portfolio.agency_name(one.agency)})" for one in need.work]
    if not names:
        return "not asked: it flies" if need.stage == "flies" else "nobody else" if need.supplies else "nobody"
    return listed(names, MOST_WORK)


def _unworked_table(portfolio: Portfolio, found: Readiness) -> Table:
    """Return what nobody supplies or works on."""
    rows = tuple(
        (capability_name(portfolio, capability), "; ".join(portfolio.missions[key].name for key in missions))
        for capability, missions in found.unworked
    )
    return Table("unworked", "What nobody supplies or works on", ("capability", "needed by"), rows)


def _reused_table(portfolio: Portfolio, found: Readiness) -> Table:
    """Return the building blocks that serve missions to more than one body."""
    rows = tuple(
        (record_name(portfolio, key), ", ".join(portfolio.destinations.label(place) for place in places))
        for key, places in found.reused
    )
    return Table("reused", "Building blocks used at more than one body", ("building block", "bodies"), rows)


def _page(
    portfolio: Portfolio,
    said: Outline,
    found: Readiness,
    tables: tuple[Table, ...],
    sentences: tuple[str, ...],
    notes: tuple[str, ...],
) -> Document:
    """Return the answer as a page with the picture."""
    from synodos.report.charts import readiness_chart

    figure = Figure.drawn("readiness", readiness_chart, portfolio, found, said.name)
    return Document(
        title=f"How ready is {said.name}?",
        lead=sentences[0],
        header=header_line(portfolio),
        sections=(
            Section("readiness", "Readiness", sentences[1:], figure, tables[:1]),
            Section("gaps", "What has to be closed first, and by whom", tables=tables[1:2]),
            Section("needs", "What the missions need, and who works on it", tables=tables[2:3]),
            Section("unworked", "What nobody works on, and what is used again", tables=tables[3:]),
            Section("notes", "What the reader has to know", notes, folded=True),
        ),
    )
