"""When what plans name is ready: the nodes of launches, elements, offers and owed capabilities."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from synodos.language import DateRange, Element, Mission, Offer, Portfolio, Requirement, requirements
from synodos.schedule.networks.bound import Covering, covering, under_agreement
from synodos.schedule.networks.drafting import Draft
from synodos.schedule.networks.reach import FLOWN, GONE
from synodos.schedule.networks.timing import day_end, day_start
from synodos.schedule.questions.wording import hindsight_text
from synodos.schedule.types import Node, Tie

if TYPE_CHECKING:
    from synodos.schedule.networks.reach import Plans

MONTHS_TO_LAUNCH: Final = 87
"""Mean months from start to launch; see `SOURCE`."""
SOURCE: Final = (
    "the mean from start to launch of NASA's projects launched since 2010, as told by spacepolicyonline.com in 2021 "
    '("GAO skeptical of ambitious Artemis schedule")'
)
SOURCE_DATE: Final = dt.date(2021, 12, 31)
"""End of the year of `SOURCE`."""
_DAYS_TO_LAUNCH = round(MONTHS_TO_LAUNCH * 365.25 / 12)
ACCEPTED: Final = "trl-8"
"""Readiness of what is complete and accepted for flight; the level above it tells of the kind, and not of this one."""
_EARTH = "earth"
"""Root of the destinations on the ground, which nothing is launched to."""


@dataclass(frozen=True)
class Ready:
    """Makes the nodes of plans that declare no activities."""

    draft: Draft
    portfolio: Portfolio
    plans: Plans

    def launch(self, mission: Mission) -> Node:
        """Return the launch of a mission; one that flies is done on the day on which it left."""
        grounded = {(place, *self.portfolio.destinations.ancestors(place))[-1] for place in mission.destinations}
        node = Node(
            id=f"launch:{mission.id}",
            name=f"{'Start' if grounded == {_EARTH} else 'Launch'} of {mission.name}",
            agency=mission.owner,
            records=(f"mission:{mission.id}",),
            type="launch",
            leads_to=mission.id,
            coarse=True,
        )
        planned = mission.planned
        if mission.status in FLOWN:
            left = planned.earliest if planned and not planned.opens_early else None
            at = day_start(left) if left and left <= self.portfolio.known_on else None
            return replace(node, actual_start=at, actual_finish=at)
        from synodos.schedule.networks.openings import opening  # looks among the planets

        leaves = opening(self.draft, self.portfolio, mission)
        first = self._first(planned)
        tie = Tie("start-no-earlier", day_start(first), f"planned date of {mission.name}") if first else None
        return replace(
            node,
            ties=(tie,) if tie else (),
            deadline=day_end(planned.latest) if planned and not planned.stays_open else None,
            periods=leaves.periods,
            intended=leaves.intended,
            assumed=leaves.assumed,
        )

    def element(self, element: Element) -> Node:
        """Return the coarse activity at whose end an element is ready."""
        node = Node(
            id=f"develop:{element.id}",
            name=element.name,
            agency=element.owner,
            records=(f"element:{element.id}",),
            leads_to=element.id,
            coarse=True,
        )
        if element.status in FLOWN:
            return self._done(node, element.available)
        wanted = self._wanted.get(element.id, ())
        users = {record.partition(":")[2] for _, record in wanted}
        if self._is_accepted(element):
            node = replace(node, duration=0, remaining=0)
        else:
            node = self._until(node, self._first(element.available), wanted)
        return under_agreement(node, self._covering, users, {self.plans[user].owner for user in users})

    def _is_accepted(self, element: Element) -> bool:
        """Return whether an element states that it is complete and accepted for flight, and nothing keeps it back."""
        since = element.available
        late = since is not None and not since.opens_early and since.earliest > self.portfolio.known_on
        return element.readiness == ACCEPTED and not late

    def own_work(self, mission: Mission) -> Node:
        """Return the coarse activity at whose end a mission is ready, where nothing else tells of it."""
        node = Node(
            id=f"develop:{mission.id}",
            name=f"{mission.name}, until it is ready",
            agency=mission.owner,
            records=(f"mission:{mission.id}",),
            leads_to=mission.id,
            coarse=True,
        )
        return self._until(node, self._first(mission.planned), ())

    def owed(self, plan: Element | Mission, requirement: Requirement) -> Node:
        """Return the coarse activity of an agency that owes a capability without naming an element."""
        record = f"{plan.kind}:{plan.id}"
        node = Node(
            id=f"provide:{plan.id}:{requirement.capability}",
            name=f"{self.words(requirement)} for {plan.name}",
            agency=requirement.provider or plan.owner,
            records=(record,),
            leads_to=plan.id,
            coarse=True,
        )
        node = self._until(node, self._first(requirement.by), [(self._due(plan), record)])
        return under_agreement(node, self._covering, (), (plan.owner,))

    def offer(self, offer: Offer) -> Node:
        """Return the coarse activity at whose end an offer can be used; one without a date stands already."""
        today = self.portfolio.known_on
        node = Node(
            id=f"provide:{offer.id}",
            name=offer.name,
            agency=offer.owner,
            records=(f"offer:{offer.id}",),
            coarse=True,
        )
        begin = self._first(offer.available)
        return self._until(node, begin, ()) if begin and begin > today else self._done(node, offer.available)

    def words(self, requirement: Requirement) -> str:
        """Return the label of a required capability."""
        term = self.portfolio.capabilities.terms.get(requirement.capability)
        return term.label if term else requirement.capability

    @cached_property
    def _covering(self) -> Covering:
        """Agreements in force by what they cover."""
        return covering(self.portfolio)

    @cached_property
    def _wanted(self) -> Mapping[str, list[tuple[dt.date | None, str]]]:
        """For each element when the plans that use it want it, each with the record that says so."""
        found: dict[str, list[tuple[dt.date | None, str]]] = defaultdict(list)
        for plan in self.plans.values():
            if plan.status in FLOWN | GONE:
                continue
            for _, requirement in requirements(plan):
                for target in requirement.met_by:
                    due = self._first(requirement.by) or self._due(plan)
                    found[target].append((due, f"{plan.kind}:{plan.id}"))
        return found

    def _due(self, plan: Element | Mission) -> dt.date | None:
        """Return when a plan is to be ready itself."""
        return self._first(plan.planned if isinstance(plan, Mission) else plan.available)

    def _first(self, stated: DateRange | None) -> dt.date | None:
        """Return the first day that a stated date allows; the last one of its year or month, if that one has passed."""
        if stated is None or stated.opens_early:
            return None
        begin = DateRange(stated.text.partition("..")[0])
        if begin.earliest != begin.latest:
            self.draft.note(
                "Where only a month or a year is stated, its first day counts, or its last if that has passed"
            )
        return begin.latest if begin.earliest < self.portfolio.known_on else begin.earliest

    def _done(self, node: Node, since: DateRange | None) -> Node:
        """Return the node of what is there already: since it could be used, or by the day of knowledge."""
        today = self.portfolio.known_on
        at = day_start(since.earliest if since and not since.opens_early and since.earliest < today else today)
        return replace(node, actual_start=at, actual_finish=at)

    def _until(self, node: Node, ready: dt.date | None, wanted: Iterable[tuple[dt.date | None, str]]) -> Node:
        """Return a node that lasts from the day of knowledge until it is ready.

        Ready as it states itself, else on the first day on which somebody wants it, else after the default time.
        """
        if ready is None:
            ready, record = min(((day, record) for day, record in wanted if day is not None), default=(None, ""))
            records = (*node.records, record) if record else node.records
            node = replace(node, records=tuple(dict.fromkeys(records)))
        today = self.portfolio.known_on
        if ready is None:
            ready = today + dt.timedelta(days=_DAYS_TO_LAUNCH)
            source = SOURCE if today >= SOURCE_DATE else hindsight_text(SOURCE_DATE)
            node = replace(node, assumed=(f"duration: {MONTHS_TO_LAUNCH} months, {source}",))
        if ready < today:
            self.draft.note("The stated date has passed without word that it is there, so no time counts", node.name)
        duration = max(0, day_start(ready) - day_start(today))
        return replace(node, duration=duration, remaining=duration)
