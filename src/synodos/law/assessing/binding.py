"""Whom an instrument binds that asks no register."""

from __future__ import annotations

from typing import Final

from synodos.language import Portfolio
from synodos.law.catalogue import Binds
from synodos.law.windows import Truth

STATES: Final = ("agency", "government-body")
"""Kinds of actors that are bodies of their state."""


def binds(whom: Binds, party: str, portfolio: Portfolio) -> Truth:
    """Return whether an instrument that asks no register binds a party: yes, no or perhaps."""
    agency = portfolio.agencies.get(party)
    if whom.everybody is not None:
        is_state = agency is None or agency.actor == "intergovernmental"
        return "yes" if whom.everybody == "actors" or is_state else "no"
    if whom.agencies is not None:
        return "yes" if party in whom.agencies else "no"
    if whom.state is not None:
        return "yes" if agency is None and party == whom.state else "no"
    state = whom.agencies_of or whom.persons_of
    if agency is None or (whom.agencies_of and agency.actor not in STATES) or agency.actor == "intergovernmental":
        return "no"
    if agency.state is None:
        return "perhaps"
    return "yes" if agency.state == state else "no"
