"""The answers on opportunities and on who depends on whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import envelope, header_line
from synodos.report.answering.wording import counted
from synodos.report.plans.tables import agency_table, dependence_table, opportunities_table, single_point_table

if TYPE_CHECKING:
    from synodos.cooperation import Dependences, Opportunities


def opportunities_answer(
    portfolio: Portfolio,
    found: Opportunities,
    *,
    for_agency: str | None = None,
    kind: str | None = None,
    most: int | None = None,
    drawn: bool = False,
    links: bool = False,
) -> Answer:
    """Return ranked opportunities, as they were asked for; a page as well if `drawn`, whose picture may have links."""
    shown = found.ranked
    asked = {"for": for_agency, "kind": kind, "most": most}
    evidence = [key for opportunity in shown for key in opportunity.records]
    sentences = (
        f"{len(shown)} of {found.total} opportunities shown; already agreed and left out: {len(found.agreed)}.",
    )
    missing = [f"{o.id}: when could it happen?" for o in shown if o.years is None]
    wrapped = envelope(
        "opportunities", portfolio, shown, evidence=evidence, parameters=asked, missing=missing, notes=found.notes
    )
    document = None
    if drawn:
        from synodos.report.plans.sections import opportunities_page  # what draws is slow to load

        document = opportunities_page(portfolio, found, sentences[0], links=links)
    return Answer(wrapped, header_line(portfolio), (opportunities_table(portfolio, shown),), sentences, document)


def dependence_answer(
    portfolio: Portfolio,
    found: Dependences,
    *,
    for_agency: str | None = None,
    most: int | None = None,
    drawn: bool = False,
) -> Answer:
    """Return who depends on whom; a page as well if `drawn`."""
    tables = (
        dependence_table(portfolio, found.items[:most]),
        agency_table(portfolio, found.agencies),
        single_point_table(portfolio, found.single_points[:most]),
    )
    essential = sum(item.essential is True for item in found.items)
    size = f"{counted(len(found.items), 'dependence')}, {essential} of them essential (programmatic interdependence)"
    points = counted(len(found.single_points), "single point of failure", "single points of failure")
    sentences = (f"{size}; {points}.",)
    asked = {"for": for_agency, "most": most}
    shown = replace(found, items=found.items[:most], single_points=found.single_points[:most])
    missing = [f"{item.record}: is {item.capability} essential?" for item in shown.items if item.essential is None]
    wrapped = envelope(
        "dependence", portfolio, shown, evidence=shown.evidence, parameters=asked, missing=dict.fromkeys(missing)
    )
    document = None
    if drawn:
        from synodos.report.plans.sections import dependence_page  # what draws is slow to load

        document = dependence_page(portfolio, shown, sentences[0])
    return Answer(wrapped, header_line(portfolio), tables, sentences, document)
