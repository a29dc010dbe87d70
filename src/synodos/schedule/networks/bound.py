"""Under which agreement an agency brings something into another agency's plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from synodos.language import Agreement, Portfolio
from synodos.schedule.types import Node

Covering = Mapping[str, Sequence[Agreement]]
"""Agreements in force by the elements and missions that they cover."""


def covering(portfolio: Portfolio) -> Covering:
    """Return the agreements in force by the elements and missions that they cover."""
    found: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in portfolio.agreements.values():
        if agreement.standing == "in-force":
            for plan in agreement.covers:
                found[plan].append(agreement)
    return found


def under_agreement(node: Node, agreements: Covering, plans: Collection[str], partners: Collection[str]) -> Node:
    """Return a coarse node with the agreement that it is done under, if just one fits.

    Its agency and a partner are parties, and it covers what the node makes ready; else the plans that it is for.
    """
    others = set(partners) - {node.agency}
    for covered in ((node.leads_to or "",), plans):
        found = {
            agreement.id
            for plan in covered
            for agreement in agreements.get(plan, ())
            if node.agency in agreement.parties and not others.isdisjoint(agreement.parties)
        }
        if len(found) == 1:
            (name,) = found
            return replace(node, agreement=name, records=(*node.records, f"agreement:{name}"))
        if found:
            break
    return node
