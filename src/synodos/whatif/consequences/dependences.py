"""How a change shifts who depends on whom."""

from __future__ import annotations

from collections import defaultdict

from synodos.cooperation import Dependence, dependence
from synodos.language import Portfolio
from synodos.whatif.consequences.effects import DependenceEffect

Pair = tuple[str, str]


def dependence_effects(before: Portfolio, after: Portfolio) -> tuple[DependenceEffect, ...]:
    """Return the pairs of agencies between which what is essential shifts, the largest shift first.

    Requirements that plans can do without are told with a pair that shifts, and make none of their own.
    """
    old, new = _by_pair(before), _by_pair(after)
    found = []
    for dependent, on in {**old, **new}:
        earlier, later = old.get((dependent, on), ()), new.get((dependent, on), ())
        was, now = _keys(earlier), _keys(later)
        if _essential(earlier) != _essential(later):
            gone, come = tuple(sorted(was - now)), tuple(sorted(now - was))
            found.append(DependenceEffect(dependent, on, len(_essential(earlier)), len(_essential(later)), gone, come))
    return tuple(sorted(found, key=lambda one: (-abs(one.after - one.before), one.dependent, one.on)))


def _by_pair(portfolio: Portfolio) -> dict[Pair, tuple[Dependence, ...]]:
    """Return the dependences between each two agencies."""
    found: dict[Pair, list[Dependence]] = defaultdict(list)
    for item in dependence(portfolio).items:
        found[item.dependent, item.on].append(item)
    return {pair: tuple(items) for pair, items in found.items()}


def _keys(items: tuple[Dependence, ...]) -> set[tuple[str, str]]:
    """Return what hangs on somebody: plans and capabilities."""
    return {(item.record, item.capability) for item in items}


def _essential(items: tuple[Dependence, ...]) -> set[tuple[str, str]]:
    """Return the essential requirements that hang on somebody."""
    return _keys(tuple(item for item in items if item.essential is True))
