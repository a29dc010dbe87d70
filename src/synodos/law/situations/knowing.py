"""Questions of law about a mission that records answer by themselves, beside what was determined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from synodos.language import WITHHELD, Agreement, DateRange, Mission
from synodos.law.situations.answers import Answer, answer
from synodos.law.situations.setting import Setting
from synodos.law.situations.telling import told_by
from synodos.law.situations.words import words
from synodos.law.types import ALL

FUNDED: Final = ("budgeted", "contracted")


def funding(setting: Setting, mission: Mission, agencies: tuple[str, ...]) -> Iterator[Answer]:
    """Yield which participants put money of their own behind the mission; of all, if each of them does."""
    behind = [
        one
        for one in setting.commitments.get(mission.id, ())
        if one.level in FUNDED and one.funding and one.owner in agencies and one.owner != WITHHELD
    ]
    for commitment in behind:
        yield answer(told_by(commitment, "funding", "answer", "own-funding", commitment.owner, "yes"))
    if behind and {one.owner for one in behind} == set(agencies):
        yield answer(told_by(behind[0], "funding", "answer", "own-funding", ALL, "yes", also=tuple(behind[1:])))


def counterparts(setting: Setting, mission: Mission, agencies: tuple[str, ...]) -> Iterator[Answer]:
    """Yield whether the partners abroad of each government body are government bodies, where all are or none is."""
    for agency, value in setting.parties.counterparts(agencies):
        yield answer(told_by(mission, "partners", "answer", "government-counterpart", agency, value))


def agreed(setting: Setting, mission: Mission, agencies: tuple[str, ...], day: DateRange | None) -> Iterator[Answer]:
    """Yield what agreements in force answer: for all, if every side is party, else for the parties and their states."""
    covering = setting.agreements.covering(mission.id)
    if not covering:
        return
    sides = {setting.parties.side(agency) for agency in agencies}
    for agreement in setting.agreements.in_force(covering, day):
        parties = [party for party in agreement.parties if party != WITHHELD]
        bound = {setting.parties.side(party) for party in parties} - {None}
        about = (ALL,) if sides <= bound else (*parties, *sorted(str(one) for one in bound))
        yield from _clauses(agreement, tuple(dict.fromkeys(about)))
        if agreement.binding and sides <= bound and len(sides) > 1 and _roles_stated(mission):
            distinct = told_by(agreement, "covers", "answer", "distinct-responsibilities", ALL, "yes", also=(mission,))
            yield answer(distinct)


def _clauses(agreement: Agreement, about: tuple[str, ...]) -> Iterator[Answer]:
    """Yield the questions that the clauses of an agreement answer, for those whom they bind."""
    for row in words().clauses:
        if row.clause in agreement.clauses:
            for party in about:
                yield answer(told_by(agreement, "clauses", "answer", row.question, party, "yes"))


def _roles_stated(mission: Mission) -> bool:
    """Return whether every partner is named with what it does."""
    return bool(mission.partners) and all(partner.role for partner in mission.partners)
