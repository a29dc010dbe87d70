"""Everything that follows from a change, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from synodos.language import ENDED, FLYING, WITHHELD, Change, Portfolio, Step
from synodos.whatif.applying.apply import apply
from synodos.whatif.applying.parts import Parts, Plan, key_of, needed
from synodos.whatif.consequences.agreements import agreement_effects
from synodos.whatif.consequences.answer import Consequences, MissionEffect
from synodos.whatif.consequences.costs import cost_effects, steps_of
from synodos.whatif.consequences.dates import Dates, Runs, mission_dates
from synodos.whatif.consequences.dependences import dependence_effects
from synodos.whatif.consequences.findings import finding_effects
from synodos.whatif.consequences.missions import mission_effects
from synodos.whatif.consequences.objectives import is_lost, objective_effects
from synodos.whatif.consequences.remaining import coalition_effect
from synodos.whatif.consequences.shortfalls import budget_years
from synodos.whatif.consequences.stranding import stranded
from synodos.whatif.orphans import Orphan, orphans
from synodos.whatif.wording import change_words

Found = TypeVar("Found")


def following(
    portfolio: Portfolio,
    change: Change | Sequence[Step],
    parts: tuple[str, ...],
    runs: Runs,
    progress: Callable[[int, int], object] | None,
) -> Consequences:
    """Return what `consequences` returns, in whose words its arguments are described."""
    after, steps = apply(portfolio, change), steps_of(change)
    open_now = orphans(portfolio, after)
    left_over = stranded(portfolio, after, open_now)
    struck = mission_effects(portfolio, after)
    of = _Asked(parts, progress)
    dates = of("dates", lambda: mission_dates(portfolio, after, open_now, runs), Dates())
    found = Consequences(
        change=change_words(portfolio, change),
        known_on=portfolio.known_on,
        asked=parts,
        after=after,
        orphans=open_now,
        stranded=tuple(key_of(record) for record in left_over),
        missions=of("missions", lambda: struck, ()),
        dates=dates.missions,
        costs=of("costs", lambda: cost_effects(portfolio, after, open_now, left_over, steps), ()),
        budgets=budget_years(portfolio, steps) if "costs" in parts else (),
        objectives=of("objectives", lambda: objective_effects(portfolio, struck), ()),
        dependences=of("dependences", lambda: dependence_effects(portfolio, after), ()),
        agreements=of("agreements", lambda: agreement_effects(portfolio, after, steps, struck, open_now), ()),
        findings=of("findings", lambda: finding_effects(portfolio, after, change), ()),
        coalition=of("coalition", lambda: coalition_effect(portfolio, after, steps), None),
        unseen=tuple(map(key_of, _on_unseen(portfolio))),
        notes=(*_notes(portfolio, steps, open_now), *_aimless(portfolio, struck, parts), *dates.notes),
    )
    return replace(found, evidence=tuple(dict.fromkeys((*_evidence(found), *dates.evidence))))


class _Asked:
    """Works out the parts that are asked for, and tells how many are done."""

    def __init__(self, parts: tuple[str, ...], progress: Callable[[int, int], object] | None) -> None:
        """Begin with none done."""
        self._parts, self._progress, self._done = parts, progress, 0

    def __call__(self, part: str, make: Callable[[], Found], nothing: Found) -> Found:
        """Return a part, or nothing where it is not asked for."""
        if part not in self._parts:
            return nothing
        found = make()
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, len(self._parts))
        return found


def _notes(portfolio: Portfolio, steps: Sequence[Step], lost: tuple[Orphan, ...]) -> Iterator[str]:
    """Yield what the reader has to know of the whole."""
    if any(step.does == "withdraw" and not (step.plans or step.agreements) for step in steps):
        yield "Who withdraws from everything leaves what it shares with others; plans that it carries alone go on."
    records = [portfolio.provider_record(key.partition(":")[2]) for orphan in lost for key in orphan.lost]
    flying = [one.name for one in records if one is not None and getattr(one, "status", "") in FLYING]
    if flying:
        yield (
            "These fly already and count as lost, because whoever works them leaves; what is built into others' "
            f"spacecraft may go on working: {', '.join(dict.fromkeys(flying))}."
        )
    unseen = [plan.name for plan in _on_unseen(portfolio)]
    if unseen:
        yield (
            "Something that these require is met by what is not released to whoever asks; whether the change takes it "
            f"away cannot be told: {', '.join(unseen)}."
        )
    if any(orphan.unverified for orphan in lost):
        yield "Some of what nobody meets is known from general knowledge only, and is marked so."


def _on_unseen(portfolio: Portfolio) -> tuple[Plan, ...]:
    """Return the plans of which something that they may not do without is met by what the viewer may not see."""
    plans = (plan for plan in Parts(portfolio).plans.values() if plan.status not in ENDED)
    return tuple(
        plan for plan in plans if any(WITHHELD in one.met_by for one in needed(plan) if one.essential is not False)
    )


def _aimless(portfolio: Portfolio, struck: tuple[MissionEffect, ...], parts: tuple[str, ...]) -> Iterator[str]:
    """Yield that missions which a change stops state no objective: what is lost with them cannot be told."""
    missions = (portfolio.missions[one.mission.partition(":")[2]] for one in struck if is_lost(one))
    silent = [one.name for one in missions if not (one.objectives or one.aims)]
    if silent and "objectives" in parts:
        yield f"No objective is stated by these, so none is told as lost: {', '.join(silent)}."


def _evidence(found: Consequences) -> Iterator[str]:
    """Yield the records that the parts rest on."""
    for orphan in found.orphans:
        yield orphan.plan
        yield from orphan.lost
    yield from found.stranded
    yield from (one.mission for one in found.missions)
    yield from (key for one in found.costs for key in one.evidence)
    yield from (plan.plan for one in found.budgets for plan in one.plans)
    yield from (key for one in found.objectives for key in (*one.lost_with, *one.still_served_by))
    yield from (one.agreement for one in found.agreements)
