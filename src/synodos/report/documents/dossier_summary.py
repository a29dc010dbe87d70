"""The first table of a dossier: each of its parts in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.naming import record_name
from synodos.report.answering.tables import Table
from synodos.report.answering.wording import listed
from synodos.report.law.agreements import VERDICTS
from synodos.report.law.matrix import TO_DO, mark_of, mark_words
from synodos.report.schedule.risk import defaults_label, finish_sentence

if TYPE_CHECKING:
    from synodos.cooperation import Dependence
    from synodos.report.documents.dossier import DossierFacts

GLANCE: Final = ("matter", "what is known")


def glance_table(portfolio: Portfolio, facts: DossierFacts) -> Table:
    """Return each part of a dossier in one line."""
    return Table("glance", "At a glance", GLANCE, tuple(_lines(portfolio, facts)))


def _lines(portfolio: Portfolio, facts: DossierFacts) -> Iterator[tuple[str, str]]:
    """Yield what is known, matter by matter."""
    yield "date", _date(portfolio, facts)
    yield "provided by others", _provided(portfolio, facts.depends)
    yield "nobody provides", listed(_lacking(portfolio, facts), 8)
    if facts.serves:
        waiting = dict.fromkeys(record_name(portfolio, item.record) for item in facts.serves)
        yield "needed for", listed(tuple(waiting), 8)
    scenarios = [one.name for one in portfolio.scenarios.values() if facts.plan.id in one.missions]
    if scenarios:
        yield "scenarios", listed(scenarios, 8)
    yield "law", _law(facts)
    yield "instruments", _instruments(portfolio, facts)
    best = facts.opportunities[0] if facts.opportunities else None
    yield "opportunities", f"{len(facts.opportunities)}; the best: {best.why}" if best else "none found"


def _date(portfolio: Portfolio, facts: DossierFacts) -> str:
    """Return when it can fly, and whether that rests on defaults alone."""
    if isinstance(facts.flies, str):
        return facts.flies
    doubt = " On defaults alone." if defaults_label(facts.flies.risk) else ""
    return finish_sentence(portfolio, facts.flies.risk.finish) + doubt


def _provided(portfolio: Portfolio, depends: tuple[Dependence, ...]) -> str:
    """Return who else it fails without, for what, and what has no second source."""
    parts: dict[str, dict[str, bool]] = {}
    for item in depends:
        if item.essential:
            label = portfolio.capabilities.label(item.capability)
            parts.setdefault(portfolio.agency_name(item.on), {})[label] = not item.alternatives
    if not parts:
        return "nothing essential, as far as it is stated"
    told = [
        f"{agency} ({listed([f'{label}, no second source stated' if alone else label for label, alone in of.items()])})"
        for agency, of in parts.items()
    ]
    return f"essential: {'; '.join(told)}"


def _lacking(portfolio: Portfolio, facts: DossierFacts) -> list[str]:
    """Return what nobody is named for, essential or not."""
    label = portfolio.capabilities.label
    lacking = [one for one in facts.plan.requirements if not one.met_by and one.provider is None]
    return [f"{label(one.capability)}{' (essential)' if one.essential else ''}" for one in lacking]


def _law(facts: DossierFacts) -> str:
    """Return what law leaves to be done."""
    counts = Counter(mark_of(finding) for finding in facts.governed.assessment.findings)
    left = [f"{counts[mark]} {mark_words(mark)}" for mark in TO_DO if counts[mark]]
    return listed(left) if left else "nothing is left to be done"


def _instruments(portfolio: Portfolio, facts: DossierFacts) -> str:
    """Return how far the instruments that exist meet what is needed, partner by partner."""
    if not facts.governed.needs:
        return "none is needed: no cooperation of a lead and a partner abroad is stated"
    partners: dict[str, list[str]] = {}
    for one in facts.governed.needs:
        partners.setdefault(VERDICTS[one.verdict], []).append(portfolio.agency_name(one.partner))
    return "; ".join(f"with {listed(names)}: {words}" for words, names in partners.items())
