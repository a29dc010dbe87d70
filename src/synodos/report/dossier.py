"""The dossier: the one page on a cooperation that an officer takes into a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from synodos.cooperation import (
    Dependence,
    Dependences,
    Opportunity,
    Profile,
    partners_of,
)
from synodos.language import Mission, Portfolio, Requirement
from synodos.report.document import Document, Section
from synodos.report.envelope import header_line
from synodos.report.tables import Table
from synodos.report.worth_declared import worth_evidence, worth_of_plan

FLOWN = ("launched", "operating", "completed", "lost")
"""Where a mission stands whose date is past."""


def dossier(
    portfolio: Portfolio,
    mission: str,
    *,
    opportunities: Iterable[Opportunity],
    dependences: Dependences,
    profile: Profile,
    flies: Sequence[Section] = (),
    governs: Sequence[Section] = (),
) -> Document:
    """Return the dossier of one mission.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    mission : str
        Id of the mission.
    opportunities : iterable of Opportunity
        Every opportunity of the portfolio; those that touch the mission are shown.
    dependences : Dependences
        Every dependence of the portfolio; those of the mission are shown.
    profile : Profile
        Benefits and risks of the mission.
    flies : sequence of Section
        When it can fly.
    governs : sequence of Section
        Under what law and agreements it stands.

    Raises
    ------
    KeyError
        If the portfolio has no such mission.
    """
    plan = portfolio.missions[mission]
    stated = dossier_evidence(portfolio, plan, dependences, profile)
    return Document(
        title=f"{plan.name}: cooperation dossier",
        lead=_lead(portfolio, plan),
        header=header_line(portfolio),
        sections=(
            _partners(portfolio, plan),
            _requirements(portfolio, plan),
            _dependence(portfolio, plan, dependences),
            *flies,
            _profile(profile),
            *worth_of_plan(portfolio, _concerned(plan)),
            _opportunities(portfolio, touching(plan, opportunities)),
            _agreements(portfolio, plan),
            *governs,
            _questions(portfolio, plan, profile),
            _sources(portfolio, stated),
        ),
    )


def touching(plan: Mission, opportunities: Iterable[Opportunity]) -> list[Opportunity]:
    """Return the opportunities that concern the mission or an element that it uses."""
    own = {f"mission:{plan.id}"} | {f"element:{key}" for r in plan.requirements for key in r.met_by}
    return [o for o in opportunities if own.intersection(o.records)]


def dossier_evidence(
    portfolio: Portfolio, plan: Mission, dependences: Dependences, profile: Profile
) -> tuple[str, ...]:
    """Return the records that a dossier states facts of, as `kind:id`; opportunities name their own."""
    parts = (portfolio.provider_record(key) for r in plan.requirements for key in r.met_by)
    return tuple(
        dict.fromkeys(
            [
                f"mission:{plan.id}",
                *(f"{part.kind}:{part.id}" for part in parts if part),
                *(key for item in _own(plan, dependences) for key in item.evidence),
                *(f"commitment:{c.id}" for c in portfolio.commitments.values() if _concerned(plan) & set(c.to)),
                *(f"agreement:{a.id}" for a in portfolio.agreements.values() if _concerned(plan) & set(a.covers)),
                *worth_evidence(portfolio, _concerned(plan)),
                *profile.evidence,
            ]
        )
    )


def _concerned(plan: Mission) -> set[str]:
    """Return the ids of the mission and of what it uses."""
    return {plan.id} | {key for requirement in plan.requirements for key in requirement.met_by}


def _own(plan: Mission, dependences: Dependences) -> list[Dependence]:
    """Return the dependences of the mission."""
    return [item for item in dependences.items if item.record == f"mission:{plan.id}"]


def _lead(portfolio: Portfolio, plan: Mission) -> str:
    """Return the mission in one sentence."""
    lead = portfolio.agency_name(plan.owner)
    partners = [portfolio.agency_name(agency) for agency in partners_of(portfolio, plan)]
    where = ", ".join(portfolio.destinations.label(place) for place in plan.destinations)
    when = _when(plan) if plan.planned else "without a stated date"
    alone = "no partner is stated" if not partners else "with " + ", ".join(partners)
    return f"{plan.name} ({where or 'destination not stated'}) is led by {lead}, {alone}; {plan.status}, {when}."


def _when(plan: Mission) -> str:
    """Return the stated date of a mission in words."""
    first, open_end, last = str(plan.planned).partition("..")
    text = f"from {first} on" if open_end and not last else f"{first}{open_end}{last}"
    return f"dated {text}" if plan.status in FLOWN else f"planned for {text}"


def _partners(portfolio: Portfolio, plan: Mission) -> Section:
    """Return who takes part and with what."""
    roles = {part.agency: part.role for part in plan.partners}
    provides: dict[str, list[str]] = {}
    for requirement in plan.requirements:
        for agency, name in _met_by(portfolio, requirement):
            provides.setdefault(agency, []).append(f"{portfolio.capabilities.label(requirement.capability)} ({name})")
    agencies = dict.fromkeys([plan.owner, *partners_of(portfolio, plan)])
    rows = tuple(
        (
            portfolio.agency_name(agency),
            "lead" if agency == plan.owner else "partner",
            roles.get(agency),
            "; ".join(provides.get(agency, ())) or None,
            _commitment(portfolio, plan, agency),
        )
        for agency in agencies
    )
    columns = ("agency", "part", "role as stated", "meets", "commitment")
    sentences = (plan.statement,) if plan.statement else ()
    return Section("partners", "Partners", sentences, tables=(Table("partners", "Who takes part", columns, rows),))


def _met_by(portfolio: Portfolio, requirement: Requirement) -> Iterator[tuple[str, str]]:
    """Yield the agency and the name of what meets a requirement."""
    for key in requirement.met_by:
        record = portfolio.provider_record(key)
        yield (record.owner, record.name) if record else ("withheld", "withheld")
    if not requirement.met_by and requirement.provider:
        yield requirement.provider, "not named"


def _commitment(portfolio: Portfolio, plan: Mission, agency: str) -> str | None:
    """Return what an agency stands behind for the mission."""
    found = [c for c in portfolio.commitments.values() if c.owner == agency and _concerned(plan) & set(c.to)]
    return "; ".join(f"{c.level}: {c.name}" for c in found) or None


def _requirements(portfolio: Portfolio, plan: Mission) -> Section:
    """Return what the mission requires, who meets it, and what nobody does."""
    rows = tuple(
        (
            portfolio.capabilities.label(r.capability),
            r.essential,
            "; ".join(f"{name} ({portfolio.agency_name(agency)})" for agency, name in _met_by(portfolio, r))
            or "nobody",
            str(r.by or plan.planned or "") or None,
            r.basis,
            r.note,
        )
        for r in plan.requirements
    )
    gaps = sum(not r.met_by and r.provider is None for r in plan.requirements)
    sentence = f"{len(rows)} requirements are stated; {gaps} of them are met by nobody."
    columns = ("requires", "essential", "met by", "needed by", "basis", "note")
    return Section(
        "requirements", "Who provides what, and the gaps", (sentence,),
        tables=(Table("requirements", "Requirements", columns, rows),),
    )  # fmt: skip


def _dependence(portfolio: Portfolio, plan: Mission, dependences: Dependences) -> Section:
    """Return on whom the mission depends."""
    own = _own(plan, dependences)
    essential = dict.fromkeys(portfolio.agency_name(item.on) for item in own if item.essential)
    sentence = (
        f"Without {', '.join(essential)} the mission fails."
        if essential
        else "No essential requirement is stated to be met by another agency."
    )
    rows = tuple(
        (
            portfolio.agency_name(item.on),
            portfolio.capabilities.label(item.capability),
            item.form,
            " → ".join(_name(portfolio, key) for key in item.via) or None,
            ", ".join(portfolio.agency_name(agency) for agency in item.alternatives) or "none stated",
            item.unverified,
        )
        for item in own
    )
    columns = ("depends on", "for", "form", "by way of", "who else provides it", "unverified")
    table = Table("dependence", "Dependences of the mission", columns, rows)
    return Section("dependence", "Dependence", (sentence,), tables=(table,))


def _name(portfolio: Portfolio, key: str) -> str:
    """Return the name of a record by its evidence key."""
    record = portfolio.provider_record(key.partition(":")[2])
    return record.name if record else "withheld"


def _profile(profile: Profile) -> Section:
    """Return benefits and risks."""
    columns = ("aspect", "side", "finding", "indicator", "unit")
    rows = tuple((a.name, a.side, a.finding, a.value, a.unit) for a in profile.aspects)
    stated = sum(a.is_stated for a in profile.aspects)
    sentence = f"{stated} of {len(profile.aspects)} benefits and risks can be read off the portfolio."
    return Section(
        "profile", "Benefits and risks", (sentence,), tables=(Table("profile", "Indicators", columns, rows),)
    )


def _opportunities(portfolio: Portfolio, found: list[Opportunity]) -> Section:
    """Return the opportunities that touch the mission."""
    rows = tuple(
        (
            o.kind,
            ", ".join(portfolio.agency_name(a) for a in o.agencies),
            o.score,
            o.why,
            "; ".join(o.obstacles) or None,
            o.unverified,
        )
        for o in found
    )
    columns = ("kind", "agencies", "score", "why", "in the way", "unverified")
    sentence = f"{len(rows)} opportunities touch the mission." if rows else "No opportunity touches the mission."
    return Section(
        "opportunities", "Opportunities", (sentence,), tables=(Table("opportunities", "Opportunities", columns, rows),)
    )  # fmt: skip


def _agreements(portfolio: Portfolio, plan: Mission) -> Section:
    """Return the agreements that cover the mission or its elements."""
    instruments = portfolio.vocabularies["instrument-types"]
    rows = tuple(
        (
            a.name,
            instruments.label(a.instrument),
            ", ".join([*(portfolio.agency_name(party) for party in a.parties), *a.other_parties]),
            str(a.signed) if a.signed else None,
            a.standing,
            a.binding,
        )
        for a in portfolio.agreements.values()
        if _concerned(plan) & set(a.covers)
    )
    columns = ("agreement", "instrument", "parties", "signed", "standing", "binding by its text")
    sentence = f"{len(rows)} agreements cover it." if rows else "No agreement that covers it is stated."
    return Section(
        "agreements", "Agreements", (sentence,), tables=(Table("agreements", "Agreements", columns, rows),)
    )  # fmt: skip


def _questions(portfolio: Portfolio, plan: Mission, profile: Profile) -> Section:
    """Return what the portfolio leaves open, as questions to ask."""
    questions = [
        f"Is {portfolio.capabilities.label(r.capability)} essential?" for r in plan.requirements if r.essential is None
    ]
    questions += [
        f"Who provides {portfolio.capabilities.label(r.capability)}?"
        for r in plan.requirements
        if not r.met_by and r.provider is None
    ]
    if plan.planned is None:
        questions.append("When is it planned to fly?")
    questions += [f"{a.name}: {a.finding.partition(': ')[2]}." for a in profile.aspects if not a.is_stated]
    questions += [f"Sources disagree: {dispute}" for dispute in plan.disputes]
    rows = tuple((question,) for question in dict.fromkeys(questions))
    return Section(
        "questions", "Open questions", (), tables=(Table("questions", "To ask before agreeing", ("question",), rows),)
    )  # fmt: skip


def _sources(portfolio: Portfolio, stated: tuple[str, ...]) -> Section:
    """Return the sources of the records, and which records rest on none."""
    pairs = (key.split(":", 1) for key in stated)
    found = (portfolio.tables.get(kind, {}).get(record_id) for kind, record_id in pairs)
    evidence = sorted((record for record in found if record is not None), key=lambda r: (r.kind, r.id))
    cited: dict[str, list[str]] = {}
    for record in evidence:
        for key in dict.fromkeys(record.sources):
            cited.setdefault(key, []).append(record.id)
    rows = tuple(
        (
            key,
            source.title,
            source.publisher,
            str(source.date) if source.date else None,
            source.url,
            ", ".join(records),
        )
        for key, records in cited.items()
        if (source := portfolio.header.sources.get(key))
    )
    doubtful = [f"{record.kind} {record.id}" for record in evidence if record.rests_on_unverified]
    sentence = f"Unverified: {', '.join(doubtful)}." if doubtful else "No record used here is unverified."
    columns = ("key", "title", "publisher", "date", "address", "supports")
    return Section("sources", "Sources", (sentence,), tables=(Table("sources", "Sources", columns, rows),))
