"""Something is offered, or somebody joins."""

from __future__ import annotations

from synodos.language import DateRange, Offer, Portfolio, Step
from synodos.whatif.applying.supposing import Difference, changed, new_record, since_of


def offer(portfolio: Portfolio, step: Step) -> Difference:
    """Return what differs when an agency offers capabilities to anyone."""
    agency = str(step.agency)
    what = ", ".join(portfolio.capabilities.terms[key].label for key in step.provides)
    since = since_of(portfolio, step)
    added = new_record(
        portfolio,
        Offer,
        f"what-if-offer-{agency}"[:100],
        agency,
        name=f"Supposed offer of {portfolio.agency_name(agency)}: {what}"[:4_000],
        provides=step.provides,
        destinations=step.destinations,
        available=f"{since}..",
    )
    return Difference((added,))


def join(portfolio: Portfolio, step: Step) -> Difference:
    """Return what differs when an agency takes part in the mechanism; one that does already stays as it is."""
    agency = portfolio.agencies[str(step.agency)]
    since = since_of(portfolio, step)
    if agency.member_since is not None and agency.member_since.earliest <= since:
        return Difference()
    return Difference((changed(agency, {"member_since": DateRange(str(since))}),))
