"""Which agencies already cooperate on a plan, so that nobody needs to propose it to them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.setting import Setting, required
from synodos.language import WITHHELD, Agreement, Offer, Portfolio, Record

Links = Mapping[tuple[str, str], Mapping[str, str]]
"""For a record (kind and id) the agencies linked to its owner through it, each with the reason."""


def agreed_links(portfolio: Portfolio) -> Links:
    """Return who has a part in a plan: as a partner, by an agreement in force that covers it, or by a commitment."""
    links: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for record, agency, reason in _links(portfolio):
        if agency not in (record.owner, WITHHELD):
            links[record.kind, record.id].setdefault(agency, reason)
    return links


def all_links(portfolio: Portfolio, agreed: Links) -> Links:
    """Return `agreed` and besides who meets a plan's requirements, or already pursues an interest with the owner."""
    links: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for key, found in agreed.items():
        links[key].update(found)
    for record, requirement in required(portfolio):
        for provider in _providers(portfolio, requirement.met_by):
            links[record.kind, record.id].setdefault(provider.owner, "a requirement is met")
            links[provider.kind, provider.id].setdefault(record.owner, "it meets a requirement")
        if requirement.provider is not None:
            links[record.kind, record.id].setdefault(requirement.provider, "a requirement is met")
    for interest in portfolio.interests.values():
        links["interest", interest.id].update(dict.fromkeys(interest.with_agencies, "the topic is pursued together"))
    return links


def is_in_force(agreement: Agreement, day: dt.date) -> bool:
    """Return whether an agreement stands on a day; one in doubt does."""
    if agreement.standing is not None:
        return agreement.standing in ("in-force", "in-doubt")
    if agreement.in_force is not None:
        return agreement.in_force.earliest <= day <= agreement.in_force.latest
    return agreement.signed is not None and agreement.signed.latest <= day


def linked(setting: Setting, links: Links, records: Sequence[Record]) -> NDArray[np.bool_]:
    """Return for each record (row) which agencies (columns) are linked to it.

    An offer that stands open or is discussed is agreed with nobody, but for those who took up an open one.
    """
    table = np.zeros((len(records), len(setting.agencies)), dtype=bool)
    for row, record in enumerate(records):
        found: Iterable[str] = links.get((record.kind, record.id), ())
        if isinstance(record, Offer):
            found = record.taken_by if record.standing == "open" else ()
        for agency in found:
            if agency in setting.agencies:
                table[row, setting.agencies[agency]] = True
    return table


def _links(portfolio: Portfolio) -> Iterator[tuple[Record, str, str]]:
    """Yield every link of an agency to a plan of another, with the reason."""
    for table in (portfolio.elements, portfolio.missions):
        for plan in table.values():
            yield from ((plan, partner.agency, "partner") for partner in plan.partners)
    for agreement in portfolio.agreements.values():
        if is_in_force(agreement, portfolio.known_on):
            yield from _between(portfolio, agreement.covers, agreement.parties, f"agreement {agreement.id}")
    for commitment in portfolio.commitments.values():
        if commitment.level in ("agreed", "contracted"):
            parties = (commitment.owner, *commitment.with_agencies)
            yield from _between(portfolio, commitment.to, parties, f"commitment {commitment.id}")


def _between(
    portfolio: Portfolio, plans: Iterable[str], parties: Sequence[str], reason: str
) -> Iterator[tuple[Record, str, str]]:
    """Yield the links of the parties to those of the plans that one of them owns."""
    for plan_id in plans:
        plan = portfolio.elements.get(plan_id) or portfolio.missions.get(plan_id)
        if plan is not None and plan.owner in parties:
            yield from ((plan, party, reason) for party in parties)


def _providers(portfolio: Portfolio, record_ids: Iterable[str]) -> Iterator[Record]:
    """Yield the records with these ids that the viewer may see."""
    found = (portfolio.provider_record(record_id) for record_id in record_ids)
    return (record for record in found if record is not None)
