"""Agreements that a change touches, and what is known of leaving them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final, Literal

from synodos.language import Agreement, Portfolio, Step
from synodos.law import state_at
from synodos.whatif.applying.supposing import since_of
from synodos.whatif.consequences.answer import MissionEffect
from synodos.whatif.consequences.effects import AgreementEffect, OwedUnder
from synodos.whatif.consequences.objectives import is_lost
from synodos.whatif.orphans import Orphan

TERMINATION: Final = "termination"
"""Clause on duration, termination and withdrawal."""
NOTICE: Final = "notice"
"""Word by which an obligation tells of the time that leaving takes."""
CONTINUITY: Final = "continuity"
"""Clause on continuity if a partner leaves."""
STATES: Final = frozenset({"in_force", "in_doubt", "signed", "planned", "suspended", "unknown"})
"""States in which an agreement can be touched."""


def agreement_effects(
    before: Portfolio,
    after: Portfolio,
    steps: Sequence[Step],
    struck: tuple[MissionEffect, ...],
    lost: tuple[Orphan, ...],
) -> tuple[AgreementEffect, ...]:
    """Return the agreements that a change touches: those that end or lose a party first."""
    leavers = {str(step.agency) for step in steps if step.does == "withdraw"}
    hit = _struck(before, after, struck, lost)
    day = max([before.known_on, *(since_of(before, step) for step in steps)]) + dt.timedelta(days=1)
    ended = {key for key, one in after.agreements.items() if _ends(before.agreements.get(key), one)}
    found = []
    for key, old in before.agreements.items():
        touches = _touches(old, after.agreements[key], hit, ended)
        if touches and state_at(old, before.known_on) in STATES:
            found.append(_effect(old, after.agreements[key], touches, hit, leavers, before.known_on, day))
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.touches[0]), one.agreement)))


ORDER: Final = ("ends", "loses-party", "under-what-ends", "covers-what-is-struck")
"""How an agreement can be touched, the hardest first."""


def _struck(
    before: Portfolio, after: Portfolio, struck: tuple[MissionEffect, ...], lost: tuple[Orphan, ...]
) -> frozenset[str]:
    """Return the plans that a change strikes: stopped, given up, without a partner, or met by nobody."""
    hit = {one.mission.partition(":")[2] for one in struck if is_lost(one)}
    hit |= {one.plan.partition(":")[2] for one in lost if one.new}
    for table in ("mission", "element"):
        for key, old in before.tables.get(table, {}).items():
            new = after.tables[table][key]
            differ = any(getattr(old, name) != getattr(new, name) for name in ("status", "partners", "operator"))
            hit |= {key} if differ else set()
    return frozenset(hit)


def _ends(old: Agreement | None, new: Agreement) -> bool:
    """Return whether a change ends an agreement."""
    return old is not None and (old.in_force, old.standing) != (new.in_force, new.standing)


def _touches(old: Agreement, new: Agreement, hit: frozenset[str], ended: Collection[str]) -> tuple[str, ...]:
    """Return how a change touches an agreement."""
    said = {
        "ends": _ends(old, new),
        "loses-party": old.parties != new.parties,
        "under-what-ends": old.parent in ended,
        "covers-what-is-struck": not hit.isdisjoint(old.covers),
    }
    return tuple(name for name in ORDER if said[name])


def _effect(
    old: Agreement,
    new: Agreement,
    touches: tuple[str, ...],
    hit: Collection[str],
    leavers: Collection[str],
    known_on: dt.date,
    day: dt.date,
) -> AgreementEffect:
    """Return what a change does to an agreement."""
    owed = tuple(
        OwedUnder(one.text, one.bearer or "", one.due)
        for one in old.obligations
        if one.done is None and NOTICE not in one.text.lower() and (one.bearer is None or one.bearer in leavers)
    )
    return AgreementEffect(
        agreement=f"agreement:{old.id}",
        name=old.name,
        instrument=old.instrument,
        binding=old.binding,
        before=state_at(old, known_on),
        after=state_at(new, day) if new is not old else state_at(old, known_on),
        touches=touches,
        parties_after=() if "ends" in touches else new.parties,
        covers=tuple(plan for plan in old.covers if plan in hit),
        withdrawal=_withdrawal(old),
        continuity=CONTINUITY in old.clauses,
        notice="; ".join(one.text for one in old.obligations if NOTICE in one.text.lower()) or "not stated",
        owed=owed,
    )


def _withdrawal(agreement: Agreement) -> Literal["clause", "none-known", "not-stated"]:
    """Return whether the text is known to say how one leaves."""
    if TERMINATION in agreement.clauses:
        return "clause"
    return "none-known" if agreement.clauses else "not-stated"
