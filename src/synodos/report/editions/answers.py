"""The answers on an edition, and on what changed from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import counted, listed
from synodos.report.editions.tables import (
    agency_rows,
    change_tables,
    gap_rows,
    instrument_rows,
    mission_rows,
    question_rows,
)
from synodos.report.plans.tables import opportunities_table
from synodos.report.roadmap.comparison import arrivals_table

if TYPE_CHECKING:
    from synodos.roadmap import Edition, EditionChanges, MissionChange

NOTES: Final = (
    "A chance counts the iterations in which a mission flies by the last day of its date.",
    "Missions that fly, are over or put off, or have no date ahead, are not sampled.",
    "A gap is something that a mission needs, or may need, and that nothing still planned supplies in these plans.",
)
CHANGE_NOTES: Final = (
    "A mission moved by as many days as the last day of its date did.",
    "A gap is closed where something supplies it now, and no longer asked for where no mission asks for it.",
)


def edition_answer(portfolio: Portfolio, edition: Edition) -> Answer:
    """Return an edition of the roadmap.

    Parameters
    ----------
    portfolio : Portfolio
        What it rests on.
    edition : Edition
        The edition.
    """
    missions = {one.mission for scenario in edition.scenarios for one in scenario.missions}
    evidence = [f"scenario:{one.id}" for one in edition.scenarios] + [f"mission:{key}" for key in sorted(missions)]
    evidence += [key for one in edition.opportunities for key in one.records]
    plan = edition.plan
    wrapped = envelope(
        "edition", portfolio, plain(edition), evidence=evidence, missing=edition.missing, notes=NOTES,
        parameters={"edition": plan.id, "scenarios": plan.scenarios, "iterations": plan.iterations, "seed": plan.seed},
    )  # fmt: skip
    tables = filled(edition_tables(portfolio, edition))
    return Answer(wrapped, header_line(portfolio), tables, tuple(edition_sentences(edition)))


def filled(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """Return the tables that have rows; the first one in any case."""
    return tuple(table for place, table in enumerate(tables) if table.rows or not place)


def edition_tables(portfolio: Portfolio, edition: Edition) -> tuple[Table, ...]:
    """Return the tables of an edition: missions first."""
    return (
        mission_rows(portfolio, edition),
        arrivals_table(portfolio, edition.comparison),
        gap_rows(portfolio, edition),
        instrument_rows(portfolio, edition),
        question_rows(portfolio, edition),
        agency_rows(portfolio, edition),
        opportunities_table(portfolio, edition.opportunities),
    )


def edition_sentences(edition: Edition) -> Iterator[str]:
    """Yield an edition in sentences."""
    plan = edition.plan
    missions = {one.mission for scenario in edition.scenarios for one in scenario.missions}
    names = listed([one.name for one in edition.scenarios])
    yield f"{plan.title}, edition {plan.number}, of {plan.published}, as known on {edition.portfolio.known_on}."
    yield f"{counted(len(edition.scenarios), 'scenario')} ({names}) with {counted(len(missions), 'mission')}."
    unworked = sum(not gap.worked_on_by for gap in edition.gaps)
    members = sum(one.member for one in edition.agencies)
    gaps = f"{counted(len(edition.gaps), 'gap')}, on {unworked} of which nobody works" if edition.gaps else "no gap"
    yield (
        f"{counted(members, 'member')}; {gaps}; "
        f"{counted(edition.opportunity_count, 'opportunity', 'opportunities')} to cooperate; "
        f"{counted(len(edition.instruments), 'instrument')} needed and not known to be in force."
    )


def edition_changes_answer(portfolio: Portfolio, changes: EditionChanges) -> Answer:
    """Return what changed from one edition to the next.

    Parameters
    ----------
    portfolio : Portfolio
        What the later edition rests on.
    changes : EditionChanges
        What changed.
    """
    tables = filled(change_tables(changes))
    told_of = [one.mission for one in changes.missions] + [one.mission for one in changes.missions_added]
    wrapped = envelope(
        "edition-diff", portfolio, plain(changes), evidence=[f"mission:{key}" for key in told_of],
        parameters={"before": changes.before.id, "after": changes.after.id}, notes=(*changes.notes, *CHANGE_NOTES),
    )  # fmt: skip
    told = tuple(change_sentences(changes))
    return Answer(wrapped, header_line(portfolio), tables, told)


def change_sentences(changes: EditionChanges) -> Iterator[str]:
    """Yield what changed in sentences, the frame first; of missions that no scenario of both flies, only how many."""
    before, after = changes.before, changes.after
    yield f"From {before.title} ({before.known_on}) to {after.title} ({after.known_on})."
    added, dropped = (
        len({one.mission for one in found if not one.elsewhere})
        for found in (changes.missions_added, changes.missions_dropped)
    )
    yield f"{counted(added, 'mission')} added and {dropped} dropped."
    if changes.missions:
        yield from _moved(changes.missions)
    yield f"Members: {len(changes.members_joined)} joined and {len(changes.members_left)} left."
    yield f"Gaps: {len(changes.gaps_opened)} opened and {len(changes.gaps_closed)} closed."


def _moved(missions: Sequence[MissionChange]) -> Iterator[str]:
    """Yield what changed of the missions that both editions fly in a scenario."""
    later, earlier = sum((one.days or 0) > 0 for one in missions), sum((one.days or 0) < 0 for one in missions)
    flown = list(dict.fromkeys(one.name for one in missions if one.flown))
    launched = listed(flown) if flown else "none"
    yield f"{counted(later, 'mission')} moved later and {earlier} earlier; launched: {launched}."
    joined, left = sum(len(one.joined) for one in missions), sum(len(one.left) for one in missions)
    yield f"{counted(joined, 'partner')} joined a mission and {left} left one."
    chances = [(old, new) for old, new in (one.in_time for one in missions) if old is not None and new is not None]
    if chances:
        won, lost = sum(new > old for old, new in chances), sum(new < old for old, new in chances)
        yield f"Chance to fly on time: better for {counted(won, 'mission')}, worse for {lost}."
