"""What rules can derive at all from what is stated: of which norms may they say something?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from synodos.law.rules.dependencies import GIVEN, OF_NORMS, REACHING, Rule, nodes, rules_with_values

STATING: Final = ("concerns", "concerns_if", "applies", "unsure")
"""Predicates without which no norm has a status."""


def reachable(rules: Mapping[str, str], given: frozenset[str]) -> frozenset[str]:
    """Return the norms that some rule may concern, or that may exempt, where nothing but some predicates hold.

    Parameters
    ----------
    rules : mapping of str to str
        Text of the rules by file.
    given : frozenset of str
        Predicates of the facts, each as `token` gives it.
    """
    return _reachable(tuple(rules.items()), given)


@lru_cache(maxsize=1024)
def _reachable(files: tuple[tuple[str, str], ...], given: frozenset[str]) -> frozenset[str]:
    """Return the norms that can be reached: rules fire, whatever their arguments, until no more do."""
    rules, values = rules_with_values(files)
    hold = {*given, *GIVEN, *OF_NORMS}
    norms: set[str] = set()
    waiting = [rule for rule in rules if rule.head is not None]
    while True:
        fired = [rule for rule in waiting if rule.needed <= hold]
        if not fired:
            return frozenset(norms)
        waiting = [rule for rule in waiting if not rule.needed <= hold]
        for rule in fired:
            norms.update(norm for name, norm in nodes(rule, values) if name in REACHING and norm)
            hold.update({rule.head.name} if rule.head else ())


def states_anything(rules: Sequence[Rule], given: frozenset[str]) -> bool:
    """Return whether some of the rules may give a norm a status.

    Parameters
    ----------
    rules : sequence of Rule
        All that the norms rest on; see `rules_behind`.
    given : frozenset of str
        Predicates of the facts, each as `token` gives it, and what they name, each as `naming` gives it.
    """
    hold = {*given, *GIVEN, *OF_NORMS}
    waiting = [rule for rule in rules if rule.head is not None and rule.named <= hold]
    while True:
        fired = {rule.head.name for rule in waiting if rule.head is not None and rule.needed <= hold}
        if not fired.isdisjoint(STATING):
            return True
        if fired <= hold:
            return False
        hold |= fired
