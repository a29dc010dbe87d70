"""The parts of a dossier that tell a mission as it is stated: partners, contributions, dependence, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from synodos.cooperation import Dependence, Opportunity, Profile, partners_of
from synodos.language import FLOWN, DateRange, Element, Mission, Portfolio, Requirement
from synodos.report.answering.document import Section
from synodos.report.answering.naming import record_name
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import amount, counted, listed, period_text

MOST_OPPORTUNITIES: Final = 10
"""Opportunities that a dossier lists; `synodos opportunities` gives all."""
MOST_NAMED: Final = 12
"""Partners that a sentence names."""


def lead_sentence(portfolio: Portfolio, plan: Mission) -> str:
    """Return the mission in one sentence."""
    partners = [portfolio.agency_name(agency) for agency in partners_of(portfolio, plan)]
    where = ", ".join(portfolio.destinations.label(place) for place in plan.destinations)
    taking = f"with {listed(partners, MOST_NAMED)}" if partners else "no partner is stated"
    lead = f"{plan.name} ({where or 'destination not stated'}) is led by {portfolio.agency_name(plan.owner)}, {taking}"
    return f"{lead}; {_standing(plan)}."


def _standing(plan: Mission) -> str:
    """Return where a mission stands and when it flies."""
    status = plan.status.replace("-", " ")
    if plan.planned is None:
        return f"{status}, without a stated date"
    when = period_text(plan.planned)
    if plan.status in FLOWN:
        return f"{status}, dated {when}"
    return f"planned for {when}" if status == "planned" else f"{status}, planned for {when}"


def concerned(plan: Mission) -> set[str]:
    """Return the ids of the mission and of what it uses."""
    return {plan.id} | {key for requirement in plan.requirements for key in requirement.met_by}


def partners_section(portfolio: Portfolio, plan: Mission) -> Section:
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
    sentences = [plan.statement] if plan.statement else []
    if not any(row[-1] for row in rows):
        sentences.append("None of them states a commitment to it.")
    table = Table("partners", "Who takes part", columns, rows)
    return Section("partners", "Partners", tuple(sentences), tables=(table,))


def _met_by(portfolio: Portfolio, requirement: Requirement) -> Iterator[tuple[str, str]]:
    """Yield the agency and the name of what meets a requirement."""
    for key in requirement.met_by:
        record = portfolio.provider_record(key)
        yield (record.owner, record.name) if record else ("withheld", "withheld")
    if not requirement.met_by and requirement.provider:
        yield requirement.provider, "not named"


def _commitment(portfolio: Portfolio, plan: Mission, agency: str) -> str | None:
    """Return what an agency stands behind for the mission."""
    found = [c for c in portfolio.commitments.values() if c.owner == agency and concerned(plan) & set(c.to)]
    return "; ".join(f"{c.level}: {c.name}" for c in found) or None


def requirements_section(portfolio: Portfolio, plan: Mission) -> Section:
    """Return what the mission requires, who brings it in kind at what stated cost, and what nobody does."""
    rows = tuple(
        (
            portfolio.capabilities.label(r.capability),
            r.essential,
            "; ".join(f"{name} ({portfolio.agency_name(agency)})" for agency, name in _met_by(portfolio, r))
            or "nobody",
            _when(r.by or (None if plan.status in FLOWN else plan.planned)),
            None if r.basis == "stated" else r.basis,
            r.note,
        )
        for r in plan.requirements
    )
    columns = ("requires", "essential", "met by", "needed by", "basis", "note")
    first = Table("requirements", "Requirements", columns, rows)
    tables = (first, _costs(portfolio, plan), *_crossing(portfolio, plan))
    sentence = f"{_shares(portfolio, plan)}." if rows else "It does not say what it requires."
    return Section("requirements", "Who provides what, and the gaps", (sentence,), tables=tables)


def _shares(portfolio: Portfolio, plan: Mission) -> str:
    """Return how many requirements the lead, partners and nobody meet."""
    met = [{agency for agency, _ in _met_by(portfolio, one)} for one in plan.requirements]
    lead, nobody = sum(one == {plan.owner} for one in met), sum(not one for one in met)
    others = len(met) - lead - nobody
    told = [
        f"{lead} met by {portfolio.agency_name(plan.owner)} alone",
        f"{others} by others or together",
        f"{nobody} by nobody",
    ]
    shown = [text for text, count in zip(told, (lead, others, nobody), strict=True) if count]
    return f"{counted(len(met), 'requirement')} stated: {listed(shown)}"


def _costs(portfolio: Portfolio, plan: Mission) -> Table:
    """Return the stated costs of the mission and of what is brought to it."""
    brought = (portfolio.provider_record(key) for r in plan.requirements for key in r.met_by)
    rows = dict.fromkeys(
        (
            one.name,
            portfolio.agency_name(one.owner),
            amount(cost.money.amount, cost.money.currency, cost.money.price_year),
            cost.covers,
            _when(cost.period),
        )
        for one in (plan, *brought)
        if isinstance(one, Element | Mission)
        for cost in one.costs
    )
    return Table("costs", "Stated costs", ("of", "stated by", "cost", "for", "in"), tuple(rows))


def _crossing(portfolio: Portfolio, plan: Mission) -> Iterator[Table]:
    """Yield what goes from one agency to another for the mission, and what is paid."""
    own = concerned(plan)
    moved = [one for one in portfolio.transfers.values() if own & set(one.plans)]
    paid = [one for one in portfolio.payments.values() if own & set(one.plans)]
    name = portfolio.agency_name
    if moved:
        rows: list[tuple[Cell, ...]] = [
            (
                one.name,
                name(one.from_agency),
                name(one.to_agency),
                one.what,
                period_text(one.when) if one.when else None,
            )
            for one in moved
        ]
        yield Table("transfers", "What crosses a border", ("what", "from", "to", "sort", "when"), tuple(rows))
    if paid:
        rows = [
            (
                one.name,
                name(one.payer),
                name(one.payee),
                one.in_kind,
                amount(one.value.amount, one.value.currency, one.value.price_year) if one.value else None,
                _when(one.when),
            )
            for one in paid
        ]
        columns = ("what", "from", "to", "in kind", "value", "when")
        yield Table("payments", "What is paid, in money or in kind", columns, tuple(rows))


def _when(stated: DateRange | None) -> str | None:
    """Return a date in words, where one is stated."""
    return period_text(stated) if stated else None


def dependence_section(portfolio: Portfolio, depends: Sequence[Dependence], serves: Sequence[Dependence]) -> Section:
    """Return on whom the mission depends, and who depends on it."""
    essential = dict.fromkeys(portfolio.agency_name(item.on) for item in depends if item.essential)
    first = (
        f"Without {listed(tuple(essential), MOST_NAMED)} the mission fails."
        if essential
        else "No essential requirement is stated to be met by another agency."
    )
    others = dict.fromkeys(record_name(portfolio, item.record) for item in serves)
    then = f"{listed(tuple(others))} {'depends' if len(others) == 1 else 'depend'} on it." if others else ""
    second = then or "No plan of others is stated to depend on it."
    tables = (_depends_table(portfolio, depends), _serves_table(portfolio, serves))
    return Section("dependence", "Dependence, both ways", (first, second), tables=tables)


def _depends_table(portfolio: Portfolio, depends: Sequence[Dependence]) -> Table:
    """Return what the mission depends on: of one thing that it needs in several ways the shortest."""
    shortest: dict[tuple[str, str, str], Dependence] = {}
    for item in sorted(depends, key=lambda item: len(item.via)):
        shortest.setdefault((item.on, item.capability, item.met_by), item)
    rows = tuple(
        (
            portfolio.agency_name(item.on),
            portfolio.capabilities.label(item.capability),
            item.form,
            " → ".join(record_name(portfolio, key) for key in item.via) or None,
            ", ".join(portfolio.agency_name(agency) for agency in item.alternatives) or "none stated",
            item.unverified,
        )
        for item in depends
        if item in shortest.values()
    )
    columns = ("depends on", "for", "form", "by way of", "who else provides it", "unverified")
    return Table("dependence", "What the mission depends on", columns, rows)


def _serves_table(portfolio: Portfolio, serves: Sequence[Dependence]) -> Table:
    """Return which plans of others depend on the mission."""
    rows = tuple(
        (
            portfolio.agency_name(item.dependent),
            record_name(portfolio, item.record),
            portfolio.capabilities.label(item.capability),
            item.form,
            ", ".join(portfolio.agency_name(agency) for agency in item.alternatives) or "none stated",
            item.unverified,
        )
        for item in serves
    )
    columns = ("agency", "its plan", "needs", "form", "who else provides it", "unverified")
    return Table("serves", "What depends on the mission", columns, rows)


def profile_section(profile: Profile) -> Section:
    """Return benefits and risks."""
    columns = ("aspect", "side", "finding", "indicator", "unit")
    rows = tuple((a.name, a.side, a.finding, a.value, a.unit) for a in profile.aspects)
    stated = sum(a.is_stated for a in profile.aspects)
    sentence = f"{stated} of {len(profile.aspects)} benefits and risks can be read off the portfolio."
    return Section(
        "profile", "Benefits and risks", (sentence,), tables=(Table("profile", "Indicators", columns, rows),)
    )


def opportunities_section(portfolio: Portfolio, found: Sequence[Opportunity]) -> Section:
    """Return the best opportunities that touch the mission, and what stands in their way."""
    touching = "opportunity touches" if len(found) == 1 else "opportunities touch"
    more = f" The best {MOST_OPPORTUNITIES} are listed." if len(found) > MOST_OPPORTUNITIES else ""
    sentence = f"{len(found)} {touching} the mission.{more}" if found else "No opportunity touches the mission."
    shown = found[:MOST_OPPORTUNITIES]
    tables = (opportunities_table(portfolio, shown), obstacles_table(shown))
    return Section("opportunities", "Opportunities", (sentence,), tables=tables)


def opportunities_table(portfolio: Portfolio, found: Sequence[Opportunity]) -> Table:
    """Return opportunities by number, so that what stands in their way can be told once for all."""
    rows = tuple(
        (
            number,
            one.kind.replace("-", " "),
            ", ".join(portfolio.agency_name(agency) for agency in one.agencies),
            one.score,
            one.why,
            one.unverified,
        )
        for number, one in enumerate(found, 1)
    )
    return Table("opportunities", "Opportunities", ("number", "kind", "agencies", "score", "why", "unverified"), rows)


def obstacles_table(found: Sequence[Opportunity]) -> Table:
    """Return what stands in the way of opportunities, each once, with their numbers."""
    stand: dict[str, list[str]] = {}
    for number, one in enumerate(found, 1):
        for obstacle in one.obstacles:
            stand.setdefault(obstacle, []).append(str(number))
    rows = tuple((obstacle, ", ".join(numbers)) for obstacle, numbers in stand.items())
    return Table("obstacles", "What is in the way", ("in the way", "of opportunity"), rows)


def agreements_table(portfolio: Portfolio, plan: Mission) -> Table:
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
        if concerned(plan) & set(a.covers)
    )
    columns = ("agreement", "instrument", "parties", "signed", "standing", "binding by its text")
    return Table("agreements", "Agreements that cover it", columns, rows)


def questions_section(portfolio: Portfolio, plan: Mission, profile: Profile) -> Section:
    """Return what the portfolio leaves open, as questions to ask."""
    label = portfolio.capabilities.label
    questions = [f"Is {label(r.capability)} essential?" for r in plan.requirements if r.essential is None]
    questions += [
        f"Who provides {label(r.capability)}?" for r in plan.requirements if not r.met_by and r.provider is None
    ]
    if plan.planned is None:
        questions.append("When is it planned to fly?")
    questions += _unstated(profile)
    questions += [f"Sources disagree: {dispute}" for dispute in plan.disputes]
    rows = tuple((question,) for question in dict.fromkeys(questions))
    sentence = f"{counted(len(rows), 'question')} to ask before agreeing." if rows else "Nothing is left open."
    table = Table("questions", "To ask before agreeing", ("question",), rows)
    return Section("questions", "Open questions", (sentence,), tables=(table,))


def _unstated(profile: Profile) -> Iterable[str]:
    """Return the benefits and risks of which nothing is stated."""
    return [f"{a.name}: {a.finding.partition(': ')[2]}." for a in profile.aspects if not a.is_stated]
