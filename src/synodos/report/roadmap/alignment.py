"""The answer on alignment: what a scenario makes of one agency's plans, and what that agency could do for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Section
from synodos.report.answering.envelope import envelope, header_line, plain
from synodos.report.answering.naming import capability_name, record_name
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import counted, days_text
from synodos.report.whatif.consequence_tables import cost_text

if TYPE_CHECKING:
    from synodos.roadmap import Alignment, Outline

ADVICE = {
    "say when": "to say when {} is there",
    "offer": "to offer {}",
    "bring forward": "to have {} earlier",
    "develop": "to begin a development for {}",
}
NOTES = (
    "This is advice: it changes no record, and speaks for nobody.",
    "What helps most missions stands first; of these what takes least effort, and then what is stated to cost least.",
    "To say when, to offer what is in hand, to be there earlier and to begin a development take ever more effort.",
)


def alignment_answer(portfolio: Portfolio, said: Outline, found: Alignment, *, drawn: bool = False) -> Answer:
    """Return what a scenario makes of an agency's plans, and what it could do; a page as well if `drawn`."""
    name = portfolio.agency_name(found.agency)
    used = sum(bool(use.used_by) for use in found.uses)
    first = f"{said.name} uses {used} of {counted(len(found.uses), 'plan')} of {name}"
    best = found.advice[0] if found.advice else None
    advised = (
        f"what would help most: {advice_words(portfolio, best.sort, best.record)}" if best else "nothing would help it"
    )
    helped = f"; {advised}."
    evidence = [f"scenario:{found.scenario}", f"agency:{found.agency}", *(use.record for use in found.uses)]
    evidence += [key for one in found.advice for key in (one.record, *(f"mission:{mission}" for mission in one.helps))]
    asked = {"scenario": found.scenario, "for": found.agency}
    wrapped = envelope("align", portfolio, plain(found), evidence=evidence, parameters=asked, notes=NOTES)
    tables = (_advice_table(portfolio, found), _use_table(portfolio, found))
    header = header_line(portfolio)
    document = None
    if drawn:
        parts = (
            Section("advice", f"What {name} could do", tables=tables[:1]),
            Section("uses", f"What the scenario makes of what {name} plans", tables=tables[1:]),
            Section("notes", "What the reader has to know", NOTES, folded=True),
        )
        document = Document(f"How do the plans of {name} meet {said.name}?", first + helped, header, parts)
    return Answer(wrapped, header, tables, (first + helped,), document)


def alignments_answer(portfolio: Portfolio, said: Outline, found: Sequence[Alignment]) -> Answer:
    """Return in short what a scenario makes of the plans of several agencies, those first who could help most."""
    ordered = sorted(found, key=lambda one: -max((len(advice.helps) for advice in one.advice), default=0))
    rows = tuple(_short(portfolio, one) for one in ordered)
    helping = [one for one in ordered if one.advice]
    count = counted(len(found), "agency", "agencies")
    first = f"{said.name}: of {count} with plans, {len(helping) or 'none'} could help it more than now"
    if helping:
        best = helping[0]
        advised = advice_words(portfolio, best.advice[0].sort, best.advice[0].record)
        first += f"; most of all {portfolio.agency_name(best.agency)}, {advised}"
    evidence = [f"scenario:{said.id}", *(f"agency:{one.agency}" for one in ordered)]
    evidence += [advice.record for one in helping for advice in one.advice[:1]]
    parameters = {"scenario": said.id, "for": None}
    wrapped = envelope("alignments", portfolio, plain(ordered), evidence=evidence, parameters=parameters, notes=NOTES)
    columns = ("agency", "plans", "of these used", "advice", "what would help most", "helps")
    table = Table("alignments", "What each agency could do", columns, rows)
    return Answer(wrapped, header_line(portfolio), (table,), (f"{first}.",))


def _short(portfolio: Portfolio, one: Alignment) -> tuple[Cell, ...]:
    """Return one agency in a row."""
    best = one.advice[0] if one.advice else None
    return (
        portfolio.agency_name(one.agency),
        len(one.uses),
        sum(bool(use.used_by) for use in one.uses),
        len(one.advice),
        advice_words(portfolio, best.sort, best.record) if best else "nothing",
        "; ".join(portfolio.missions[key].name for key in best.helps) if best else "none",
    )


def advice_words(portfolio: Portfolio, sort: str, record: str) -> str:
    """Return a piece of advice in words."""
    return ADVICE[sort].format(record_name(portfolio, record))


def _advice_table(portfolio: Portfolio, found: Alignment) -> Table:
    """Return what the agency could do."""
    goals = portfolio.vocabularies["exploration-objectives"]
    rows = tuple(
        (
            one.sort,
            record_name(portfolio, one.record),
            capability_name(portfolio, one.capability),
            "; ".join(portfolio.missions[key].name for key in one.helps),
            one.by.isoformat() if one.by else None,
            None if one.days_early is None else days_text(one.days_early),
            "; ".join(cost_text(cost) for cost in one.costs) or None,
            "; ".join(goals.label(goal) for goal in one.gains) or None,
        )
        for one in found.advice
    )
    columns = ("advice", "what of its own", "for", "helps", "there by", "earlier by", "stated cost", "goals")
    return Table("advice", "What it could do", columns, rows)


def _use_table(portfolio: Portfolio, found: Alignment) -> Table:
    """Return the agency's plans with what the scenario makes of them."""
    rows = tuple(
        (
            use.record.partition(":")[0],
            record_name(portfolio, use.record),
            "; ".join(portfolio.missions[key].name for key in use.used_by) or "not used",
            use.stage,
            None if use.margin_days is None else days_text(use.margin_days, signed=True),
        )
        for use in found.uses
    )
    columns = ("kind", "plan", "used by", "readiness", "early (+) or late (-)")
    return Table("uses", "What the scenario makes of its plans", columns, rows)
