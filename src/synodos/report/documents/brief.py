"""The agency brief: two or three pages on what one agency could gain, what it hangs on, and what lies ahead of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import header_line
from synodos.report.answering.naming import capability_name, record_name
from synodos.report.answering.sources import unverified_sentence
from synodos.report.answering.tables import Cell, Table, without
from synodos.report.answering.wording import counted, listed, period_text
from synodos.report.documents.dossier_parts import obstacles_table, opportunities_table
from synodos.report.documents.matter_tables import doubt_of, parties, steps_table
from synodos.report.roadmap.alignment import advice_words
from synodos.report.whatif.exposure import late, preparation_table, rests_on_unseen

if TYPE_CHECKING:
    from synodos.cooperation import Dependence
    from synodos.roadmap import AgencyBrief, Ahead
    from synodos.whatif import Hurt

MOST_OPPORTUNITIES: Final = 6
MOST_DATES: Final = 15
MOST_MATTERS: Final = 12
MOST_PREPARATIONS: Final = 4
MOST_RELYING: Final = 8
"""Rows of each table that a brief has room for."""
MOST_NAMED: Final = 6
"""Names in a cell or a sentence."""
UNSEEN: Final = "Some plans rest on what is not released to this viewer; on whom they depend cannot be told."


def brief_document(portfolio: Portfolio, found: AgencyBrief, evidence: tuple[str, ...]) -> Document:
    """Return the brief of one agency.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    found : AgencyBrief
        What the engines say (`roadmap.agency_brief`).
    evidence : tuple of str
        Records that it rests on, as `kind:id`.
    """
    name = portfolio.agency_name(found.agency)
    return Document(
        title=f"{name}: agency brief",
        lead=lead_sentence(portfolio, found),
        header=header_line(portfolio),
        sections=(
            _opportunities(portfolio, found),
            _exposure(portfolio, found),
            _ahead(portfolio, found),
            Section("basis", "What this rests on", (unverified_sentence(portfolio, evidence), *BASIS)),
        ),
    )


BASIS: Final = (
    "What an agency does not state counts for nothing here: a short list may mean few plans, or few that are stated.",
    "What would follow from a withdrawal is told for each alone, without chances, and by lead times that are defaults.",
)
"""How a brief is to be read."""


def lead_sentence(portfolio: Portfolio, found: AgencyBrief) -> str:
    """Return the brief in one sentence."""
    hanging = {item.record for item in found.depends if item.essential and item.record.startswith("mission:")}
    served = len({item.dependent for item in found.relied_on if item.essential})
    leads = counted(len(found.leads), "mission") if found.leads else "no mission"
    part = len(found.part_in) or "none"
    told = [f"{portfolio.agency_name(found.agency)} leads {leads} and has a part in {part} of others"]
    if hanging:
        told.append(f"{len(hanging)} of its own {'fails' if len(hanging) == 1 else 'fail'} without somebody else")
    if served:
        told.append(f"{counted(served, 'agency depends', 'agencies depend')} on it for something essential")
    return f"{'; '.join(told)}."


def _opportunities(portfolio: Portfolio, found: AgencyBrief) -> Section:
    """Return where it could cooperate."""
    shown = found.opportunities[:MOST_OPPORTUNITIES]
    count = counted(len(found.opportunities), "opportunity", "opportunities")
    more = f"; the best {len(shown)} are listed" if len(found.opportunities) > len(shown) else ""
    sentence = f"{count} that nobody has agreed yet{more}." if shown else "No opportunity is found in what is stated."
    tables = (opportunities_table(portfolio, shown), obstacles_table(shown))
    return Section("opportunities", "Where it could cooperate", (sentence,), tables=tables)


def _exposure(portfolio: Portfolio, found: AgencyBrief) -> Section:
    """Return on whom it depends and what they could do to it by leaving, and who depends on it."""
    tables = (
        depends_table(portfolio, found),
        without(preparation_table(portfolio, found.hurts, MOST_PREPARATIONS), ("for",)),
        relied_table(portfolio, found),
    )
    worst = found.hurts[0] if found.hurts else None
    lost = len(worst.stopped) + len(worst.stranded) if worst else 0
    first = "No withdrawal of another agency would stop or weaken what is stated of its plans."
    if worst:
        would = f"If {portfolio.agency_name(worst.leaver)} left all that it shares"
        first = f"The gravest: {would}, {counted(lost, 'mission')} of it, or with a part of it, could not fly."
    lightly = [portfolio.agency_name(one.leaver) for one in found.hurts if not (one.stopped or one.stranded)]
    more = (f"Without these its missions fly with less: {listed(lightly, MOST_NAMED)}.",) if lightly else ()
    unseen = (UNSEEN,) if rests_on_unseen(portfolio) else ()
    return Section("exposure", "What it hangs on, and what hangs on it", (first, *more, *unseen), tables=tables)


def depends_table(portfolio: Portfolio, found: AgencyBrief) -> Table:
    """Return each agency on which it depends, with what follows if that one leaves; the gravest first."""
    hurts: Mapping[str, Hurt] = {one.leaver: one for one in found.hurts if one.stopped or one.stranded}
    needs: dict[str, list[Dependence]] = {key: [] for key in hurts}
    for item in found.depends:
        if item.essential:
            needs.setdefault(item.on, []).append(item)
    rows = tuple(
        (portfolio.agency_name(key), *_needed(portfolio, of), *_struck(portfolio, hurts.get(key)))
        for key, of in needs.items()
    )
    columns = ("agency", "essential for", "of these no second source", "if it left, cannot fly", "months late at least")
    return Table("depends", "On whom it depends", columns, rows, heads=1)


def _needed(portfolio: Portfolio, essential: list[Dependence]) -> tuple[str, str]:
    """Return what an agency is essential for, and what of it nobody else provides."""
    label = portfolio.capabilities.label
    plans: dict[str, list[str]] = {}
    for item in essential:
        plans.setdefault(label(item.capability), []).append(record_name(portfolio, item.record))
    named = [f"{capability} ({listed(tuple(dict.fromkeys(of)), 3)})" for capability, of in plans.items()]
    alone = dict.fromkeys(label(item.capability) for item in essential if not item.alternatives)
    return (
        listed(named, MOST_NAMED) if named else "what it leads itself",
        listed(tuple(alone), MOST_NAMED) if alone else "",
    )


def _struck(portfolio: Portfolio, one: Hurt | None) -> tuple[str, str]:
    """Return which missions a withdrawal stops, and how late they get."""
    if one is None:
        return "", ""
    return listed([record_name(portfolio, key) for key in (*one.stopped, *one.stranded)], MOST_NAMED), late(one)


def relied_table(portfolio: Portfolio, found: AgencyBrief) -> Table:
    """Return who depends on it, for what; those first that could not do without most."""
    by_agency: dict[str, list[Dependence]] = {}
    for item in found.relied_on:
        by_agency.setdefault(item.dependent, []).append(item)
    ordered = sorted(by_agency.items(), key=lambda pair: (-sum(bool(one.essential) for one in pair[1]), pair[0]))
    rows = tuple(
        (
            portfolio.agency_name(key),
            sum(bool(item.essential) for item in of),
            listed(tuple(dict.fromkeys(capability_name(portfolio, item.capability) for item in of)), MOST_NAMED),
            listed(tuple(dict.fromkeys(record_name(portfolio, item.record) for item in of)), MOST_NAMED),
        )
        for key, of in ordered[:MOST_RELYING]
    )
    cut = f": the first {len(rows)} of {len(ordered)}" if len(ordered) > len(rows) else ""
    return Table("relied-on", f"Who depends on it{cut}", ("agency", "essential", "for", "its plans"), rows)


def _ahead(portfolio: Portfolio, found: AgencyBrief) -> Section:
    """Return the dates that lie ahead, what is its turn besides, and its steps in the scenarios."""
    dates = found.ahead[:MOST_DATES]
    count = counted(len(found.ahead), "date") if found.ahead else "No date"
    are = "matter is" if len(found.matters) == 1 else "matters are"
    first = f"{count} until {found.until}{_cut(len(dates), len(found.ahead))}"
    second = f"{len(found.matters) or 'no'} {are} its turn, or its state's, without such a day"
    tables = (
        _dates_table(portfolio, found.agency, dates),
        _turn_table(portfolio, found),
        _scenarios_table(portfolio, found),
    )
    return Section("ahead", "What lies ahead", (f"{first}; {second}.",), tables=tables)


def _turn_table(portfolio: Portfolio, found: AgencyBrief) -> Table:
    """Return what is its turn, the first matters."""
    shown = found.matters[:MOST_MATTERS]
    steps = steps_table(portfolio, (), shown, found.law_known_on, but=found.agency)
    return replace(steps, title=f"Its turn, or its state's{_cut(len(shown), len(found.matters))}")


def _cut(shown: int, every: int) -> str:
    """Return that a table does not list everything; nothing where it does."""
    return f" (the first {shown} are listed)" if shown < every else ""


def _dates_table(portfolio: Portfolio, agency: str, dates: tuple[Ahead, ...]) -> Table:
    """Return dates, each with whose it is and who else is concerned."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            period_text(one.when),
            f"{one.name}: {one.what}{f' ({doubt})' if (doubt := doubt_of(one)) else ''}",
            portfolio.agency_name(one.agencies[0]) if one.agencies else "",
            parties(portfolio, [key for key in one.agencies[1:] if key != agency]),
        )
        for one in dates
    )
    return Table("dates", "Dates", ("when", "what", "whose", "with"), rows)


def _scenarios_table(portfolio: Portfolio, found: AgencyBrief) -> Table:
    """Return what each scenario makes of its plans, and what would help that scenario most."""
    columns = ("scenario", "uses of its plans", "too late", "what would help most")
    return Table("scenarios", "Its steps in each scenario", columns, tuple(_scenario_rows(portfolio, found)))


def _scenario_rows(portfolio: Portfolio, found: AgencyBrief) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each scenario."""
    for one in found.alignments:
        used = [record_name(portfolio, use.record) for use in one.uses if use.used_by]
        behind = [record_name(portfolio, use.record) for use in one.uses if use.stage == "late"]
        best = one.advice[0] if one.advice else None
        yield (
            portfolio.scenarios[one.scenario].name,
            f"{len(used)} of {len(one.uses)}{': ' if used else ''}{listed(used, MOST_NAMED) if used else ''}",
            listed(behind, MOST_NAMED) if behind else "",
            advice_words(portfolio, best.sort, best.record) if best else "nothing that it states",
        )
