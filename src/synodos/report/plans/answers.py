"""The answers on the roadmap and on who provides what."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from synodos.language import DateRange, Element, Mission, Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import envelope, header_line
from synodos.report.answering.tables import as_records
from synodos.report.answering.wording import counted

if TYPE_CHECKING:
    from synodos.cooperation import Dependences, Opportunities


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Which missions and elements are asked for; what is None asks for nothing.

    Attributes
    ----------
    agency : str, optional
        Lead or partner.
    destination : str, optional
        Term of the destinations; what lies below it counts too.
    years : DateRange, optional
        Time into which the plan falls; one without a date falls into none.
    status : str, optional
        Where the plan stands.
    """

    agency: str | None = None
    destination: str | None = None
    years: DateRange | None = None
    status: str | None = None

    def keys(self, portfolio: Portfolio) -> frozenset[str]:
        """Return the plans that answer to it, as `kind:id`."""
        return frozenset(
            f"{plan.kind}:{plan.id}"
            for table in (portfolio.missions, portfolio.elements)
            for plan in table.values()
            if self._takes(portfolio, plan)
        )

    def _takes(self, portfolio: Portfolio, plan: Mission | Element) -> bool:
        """Return whether a plan answers to it."""
        at = self.destination
        return (
            self.agency in (None, plan.owner, *(part.agency for part in plan.partners))
            and (at is None or any(portfolio.destinations.covers(at, place) for place in plan.destinations))
            and (self.years is None or _falls(plan, self.years))
            and self.status in (None, plan.status)
        )


def _falls(plan: Mission | Element, years: DateRange) -> bool:
    """Return whether a plan, from its date to its end, falls into some years."""
    begins = plan.planned if isinstance(plan, Mission) else plan.available
    ends = (plan.ends if isinstance(plan, Mission) else None) or begins
    return begins is not None and ends is not None and begins.earliest <= years.latest and years.earliest <= ends.latest


def roadmap_answer(
    portfolio: Portfolio,
    found: Opportunities,
    depends: Dependences,
    chosen: PlanFilter | None = None,
    *,
    drawn: bool = False,
    links: bool = False,
) -> Answer:
    """Return missions and elements by destination and date, those that were asked for.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    found, depends : Opportunities, Dependences
        What the picture marks: the best opportunities, and who depends on whom.
    chosen : PlanFilter, optional
        Which plans; by default all.
    drawn : bool
        Whether the answer has a page with the picture.
    links : bool
        Whether the marks of the picture lead to the anchors `#record-KIND-ID`.
    """
    from synodos.report.charts import roadmap_table  # what draws is slow to load
    from synodos.report.plans.sections import roadmap_page, roadmap_sentence

    asked = chosen or PlanFilter()
    only = asked.keys(portfolio)
    elements = sum(key.startswith("element:") for key in only)
    lead = f"{roadmap_sentence(portfolio, only)[:-1]}; {counted(elements, 'element')}."
    table = roadmap_table(portfolio, only)
    wrapped = envelope("roadmap", portfolio, as_records(table), evidence=sorted(only), parameters=asdict(asked))
    page = roadmap_page(portfolio, found, depends, lead, only=only, links=links) if drawn else None
    return Answer(wrapped, header_line(portfolio), (table,), (lead,), page)


def coverage_answer(portfolio: Portfolio, *, drawn: bool = False) -> Answer:
    """Return who provides which capability in which years, and what nobody does; a page as well if `drawn`."""
    from synodos.report.charts.coverage_rows import LACKS, PROVIDES, coverage_table
    from synodos.report.plans.sections import coverage_page  # what draws is slow to load

    table = coverage_table(portfolio)
    rows = as_records(table)
    provided = {row["capability"] for row in rows if row["part"] == PROVIDES}
    lacking = {row["capability"] for row in rows if row["part"] == LACKS}
    lead = (
        f"{counted(len(provided), 'capability', 'capabilities')} provided by somebody; "
        f"{counted(len(lacking), 'capability', 'capabilities')} needed at a time at which nobody is known to."
    )
    wrapped = envelope("coverage", portfolio, rows, evidence=dict.fromkeys(f"{r['kind']}:{r['id']}" for r in rows))
    page = coverage_page(portfolio, lead) if drawn else None
    return Answer(wrapped, header_line(portfolio), (table,), (lead,), page)
