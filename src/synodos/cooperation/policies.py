"""Which rules stand between two agencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from synodos.language import Policy, Portfolio

HINDERING = ("restricts", "requires")
"""What a rule that is an obstacle does."""

Rules = Mapping[frozenset[str], tuple[Policy, ...]]
"""For two agencies the rules that bind one of them about the other, and restrict or require something."""


def rules(portfolio: Portfolio) -> Rules:
    """Return the rules that apply on the portfolio's day or later."""
    found: dict[frozenset[str], dict[str, Policy]] = {}
    for policy in portfolio.policies.values():
        if policy.bears in HINDERING and policy.applies.latest >= portfolio.known_on:
            for pair in _pairs(policy, portfolio.agencies):
                found.setdefault(pair, {})[policy.id] = policy
    return {pair: tuple(named[key] for key in sorted(named)) for pair, named in found.items()}


def between(rules: Rules, agencies: Iterable[str]) -> tuple[Policy, ...]:
    """Return the rules between any two of several agencies, once each."""
    pairs = map(frozenset, combinations(agencies, 2))
    found = {policy.id: policy for pair in pairs for policy in rules.get(pair, ())}
    return tuple(found[key] for key in sorted(found))


def _pairs(policy: Policy, agencies: Iterable[str]) -> Iterator[frozenset[str]]:
    """Yield each agency bound with each that the rule is about; one about nobody in particular is about all."""
    others = policy.about or tuple(agencies)
    yield from (frozenset((bound, other)) for bound in policy.binds for other in others if bound != other)
