"""Every single withdrawal, tried in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from synodos.language import ENDED, WITHHELD, Portfolio, Step
from synodos.whatif.applying.apply import apply
from synodos.whatif.applying.parts import Parts
from synodos.whatif.exposure.hurting import Withdrawal
from synodos.whatif.exposure.types import Exposure, Hurt
from synodos.whatif.options.case import Case
from synodos.whatif.options.defaults import OptionDefaults, default_option_defaults
from synodos.whatif.options.timing import Departure, departures

SURE: Final = (
    "Somebody to count on states something that provides it, or expertise in it; who would have to develop it from "
    "nothing counts only if that is there by the date of the plan"
)
"""What it takes to be counted on."""


def tried(
    portfolio: Portfolio,
    for_agency: str | None,
    defaults: OptionDefaults | None,
    progress: Callable[[int, int], object] | None,
) -> Exposure:
    """Return what every single withdrawal does to whom."""
    return Trying(portfolio, for_agency, defaults or default_option_defaults()).answer(progress)


@dataclass(frozen=True, eq=False)
class Trying:
    """Tries the withdrawals of a portfolio.

    Attributes
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    for_agency : str or None
        Only what hurts this agency.
    defaults : OptionDefaults
        Lead times.
    """

    portfolio: Portfolio
    for_agency: str | None
    defaults: OptionDefaults

    def answer(self, progress: Callable[[int, int], object] | None) -> Exposure:
        """Return the answer."""
        parts = Parts(self.portfolio)
        agencies = [key for key in sorted(self.portfolio.agencies) if key not in (WITHHELD, self.for_agency)]
        overall = [Step(does="withdraw", agency=agency) for agency in agencies if parts.shared(agency)]
        single = [
            Step(does="withdraw", agency=agency, plans=(plan,))
            for agency in agencies
            for plan in sorted(self.portfolio.missions)
            if plan in parts.plans and self._has_part(parts, plan, agency)
        ]
        of_all: list[Hurt] = []
        of_one: list[Hurt] = []
        for done, step in enumerate((*overall, *single), start=1):
            (of_one if step.plans else of_all).extend(self._hurts(step))
            if progress is not None:
                progress(done, len(overall) + len(single))
        of_all.sort(key=_rank)
        of_one.sort(key=_rank)
        return Exposure(
            leavers=_most_first((one.leaver, one.severity) for one in of_all),
            victims=_most_first((one.victim, one.severity) for one in of_all),
            overall=tuple(of_all),
            single=tuple(of_one),
            tried=len(overall) + len(single),
            assumptions=self.defaults.told_on(self.portfolio.known_on),
            notes=(
                "Delays are those of the lead times, without chances; `options` tells more of one withdrawal",
                SURE,
                "An agency that leads a mission alone hurts nobody by giving it up, and is not counted",
            ),
        )

    def _has_part(self, parts: Parts, plan: str, agency: str) -> bool:
        """Return whether an agency has a part in a mission that others have a part in, too."""
        mission = self.portfolio.missions[plan]
        if mission.owner == agency:
            return any(part.agency != agency for part in mission.partners)
        return parts.takes_part(mission, agency)

    def _hurts(self, step: Step) -> Iterator[Hurt]:
        """Yield what a withdrawal does to whom."""
        after = apply(self.portfolio, (step,))
        if after is not self.portfolio:
            case = Case(self.portfolio, after, (step,))
            yield from Withdrawal(case, self._departures, self.defaults).hurts(self.for_agency)

    @cached_property
    def _departures(self) -> Mapping[str, Departure]:
        """When the missions that are not over leave, as things stand."""
        return departures(
            self.portfolio, [key for key, one in sorted(self.portfolio.missions.items()) if one.status not in ENDED]
        )


def _rank(one: Hurt) -> tuple[object, ...]:
    """Return the place of a hurt in the list: what nobody can take over weighs more than any delay."""
    return (-one.severity, -len(one.never), -one.months, -len(one.goals_lost), one.leaver, one.victim, one.of)


def _most_first(weighed: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Return names by their sums, the most first."""
    counted: Counter[str] = Counter()
    for name, weight in weighed:
        counted[name] += weight  # type: ignore[assignment]
    ordered: Sequence[tuple[str, float]] = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(name for name, _ in ordered)
