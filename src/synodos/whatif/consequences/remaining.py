"""What those who remain are worth together, and how they would share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from synodos.coalition import Assumptions, CoalitionWorth, shapley_value, worth
from synodos.language import ENDED, Portfolio, Step
from synodos.whatif.applying.parts import Plan, needed
from synodos.whatif.consequences.effects import CoalitionEffect
from synodos.whatif.consequences.moved import moved_missions

MOST_PLAYERS: Final = 8
"""Agencies whose groups are all planned: 2^8 plans before the change, and as many after it."""
APART: Final = frozenset({"withdraw", "cut"})
"""Steps by which an agency can lessen what others save with it, also where no plan rests on another's."""
FEWEST: Final = 2
"""Players of a coalition."""
PUBLIC_BODIES: Final = frozenset({"agency", "intergovernmental", "government-body"})
"""Actors that can be players; companies and universities work for one of these."""


def coalition_effect(before: Portfolio, after: Portfolio, steps: Sequence[Step]) -> CoalitionEffect | None:
    """Return what the agencies that take part in the missions that a change moves are worth, before and after it.

    Where it moves none that agencies share, but one of them withdraws or is cut, all that lead missions are told.
    The savings game is told; where nobody saves anything before or after, the programme game. Agencies that leave all
    that they share are players before only.

    Returns
    -------
    CoalitionEffect or None
        None where fewer than two agencies take part.
    """
    players, left_out = _players(before, after, steps)
    gone = {str(step.agency) for step in steps if step.does == "withdraw" and not (step.plans or step.agreements)}
    remaining = tuple(player for player in players if player not in gone)
    if len(players) < FEWEST or not remaining:
        return None
    told = _both(before, after, Assumptions("savings", players), remaining)
    if not _tells(told):
        told = _both(before, after, Assumptions("programme", players), remaining)
    return _effect(*told, left_out)


def _players(before: Portfolio, after: Portfolio, steps: Sequence[Step]) -> tuple[tuple[str, ...], int]:
    """Return the agencies that take part in what moves, and how many are left out; those that leave come first.

    Where agencies are members of the mechanism, members alone play, as in `coalition.worth`: the forum itself is none.
    """
    taking: Counter[str] = Counter()
    for key in moved_missions(before, after):
        mission = before.missions[key]
        if mission.status not in ENDED:
            taking.update(set(_taking_part(before, mission)))
    leavers = {str(step.agency) for step in steps if step.agency is not None}
    if len(taking) < FEWEST and any(step.does in APART for step in steps):
        taking.update(one.owner for one in before.missions.values() if one.status not in ENDED)
    public = {key: agency for key, agency in before.agencies.items() if agency.actor in PUBLIC_BODIES}
    bodies = {key for key, agency in public.items() if agency.member_since is not None} or set(public)
    found = [agency for agency in taking if agency in bodies]
    found.sort(key=lambda agency: (agency not in leavers, -taking[agency], agency))
    return tuple(sorted(found[:MOST_PLAYERS])), len(found[MOST_PLAYERS:])


def _taking_part(portfolio: Portfolio, mission: Plan) -> Iterator[str]:
    """Yield who leads a mission, who brings something to it, and to what it rests on."""
    pending, seen = [mission], {mission.id}
    while pending:
        plan = pending.pop()
        yield plan.owner
        yield from (part.agency for part in plan.partners)
        for requirement in needed(plan):
            if requirement.provider is not None:
                yield requirement.provider
            for target in requirement.met_by:
                below = portfolio.elements.get(target) or portfolio.missions.get(target)
                if below is not None and target not in seen:
                    seen.add(target)
                    pending.append(below)


def _both(
    before: Portfolio, after: Portfolio, asked: Assumptions, remaining: tuple[str, ...]
) -> tuple[CoalitionWorth, CoalitionWorth]:
    """Return the worths before the change, and after it in the same terms."""
    old = worth(before, asked)
    currency, price_year = (old.terms.currency, old.terms.price_year) if old.terms else (None, None)
    return old, worth(after, Assumptions(asked.game, remaining, currency, price_year))


def _tells(found: Collection[CoalitionWorth]) -> bool:
    """Return whether any group is worth anything."""
    return any(float(one.game.worths.max()) > 0 for one in found)


def _effect(old: CoalitionWorth, new: CoalitionWorth, left_out: int) -> CoalitionEffect:
    """Return worths and shares before and after."""
    notes = dict.fromkeys((*old.notes, *new.notes))
    if left_out:
        notes[f"Agencies beyond the {MOST_PLAYERS} that take part in most are left out ({left_out})."] = None
    missing = dict.fromkeys(f"{one.what} of {one.name}: {one.why}" for one in (*old.missing, *new.missing))
    known = not missing or _tells((old, new))  # without a single figure nothing can be told: that is not worth nothing
    money = old.terms if old.unit == "money" else None
    return CoalitionEffect(
        game=old.name,
        currency=money.currency if money else old.unit,
        price_year=money.price_year if money else None,
        worth_before=_of_all(old) if known else None,
        worth_after=_of_all(new) if known else None,
        alone_before=_alone(old) if known else (),
        alone_after=_alone(new) if known else (),
        shares_before=_shares(old) if known else (),
        shares_after=_shares(new) if known else (),
        missing=tuple(missing),
        notes=tuple(notes),
    )


def _of_all(found: CoalitionWorth) -> float:
    """Return the worth of all players."""
    return float(found.game.worths[-1])


def _alone(found: CoalitionWorth) -> tuple[tuple[str, float], ...]:
    """Return the worth of each player alone."""
    return tuple((player, float(found.game.worths[1 << at])) for at, player in enumerate(found.players))


def _shares(found: CoalitionWorth) -> tuple[tuple[str, float], ...]:
    """Return the Shapley value of each player."""
    return tuple(zip(found.players, map(float, shapley_value(found.game)), strict=True))
