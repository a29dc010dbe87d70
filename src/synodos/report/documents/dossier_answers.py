"""The answer that is a dossier."""

from __future__ import annotations

from synodos.language import Portfolio
from synodos.report.answering.answer import Answer
from synodos.report.answering.envelope import envelope, plain


def dossier_answer(portfolio: Portfolio, mission: str, *, drawn: bool = False) -> Answer:
    """Return the dossier of one mission, from all engines; its page has pictures if they are `drawn`.

    Raises
    ------
    KeyError
        If the portfolio has no such mission.
    """
    from synodos.report.answering.reading import for_readers
    from synodos.report.documents.dossier import dossier, dossier_evidence, dossier_facts  # slow to load
    from synodos.report.schedule.flying import flight_evidence, flight_notes

    facts = dossier_facts(portfolio, mission)
    told, shown = dossier(portfolio, facts, drawn=False), dossier(portfolio, facts, drawn=drawn)
    tables = sorted(  # of all tables, who takes part is what a program asks for first
        (table for section in told.sections for table in section.tables), key=lambda table: table.name != "partners"
    )
    evidence = [
        *dossier_evidence(portfolio, facts),
        *(key for opportunity in facts.opportunities for key in opportunity.records),
        *flight_evidence(facts.flies),
        *facts.governed.evidence,
    ]
    wrapped = envelope(
        "dossier",
        portfolio,
        {"profile": plain(facts.profile), "sections": [plain(section) for section in told.sections]},
        evidence=evidence,
        parameters={"mission": mission},
        missing=tuple(f"{aspect.name}: {aspect.finding}" for aspect in facts.profile.aspects if not aspect.is_stated),
        notes=flight_notes(facts.flies),
    )
    return Answer(wrapped, told.header, tuple(tables), (told.lead,), for_readers(shown))
