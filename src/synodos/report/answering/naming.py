"""What records and terms are called in a sentence or a cell."""

from __future__ import annotations

from synodos.language import Portfolio


def record_name(portfolio: Portfolio, key: str) -> str:
    """Return the name of a record by its evidence key, `kind:id`."""
    kind, _, record_id = key.partition(":")
    record = portfolio.tables.get(kind, {}).get(record_id)
    return str(getattr(record, "name", record_id)) if record else "withheld"


def plan_name(portfolio: Portfolio, plan: str) -> str:
    """Return the name of a mission or element by its bare id."""
    return record_name(portfolio, f"{'mission' if plan in portfolio.missions else 'element'}:{plan}")


def capability_name(portfolio: Portfolio, capability: str) -> str:
    """Return the words of a capability."""
    terms = portfolio.capabilities
    return terms.label(capability) if capability in terms else capability
