"""What may go wrong: stated risks, commitments that may fail, and rare shocks, with the activities that they strike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from synodos.language import WITHHELD, Commitment, Portfolio, Spread
from synodos.language import Risk as RiskRecord
from synodos.schedule.risk.defaults import Defaults
from synodos.schedule.types import Network, Node, moment_of

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Strike:
    """What an event does, and to which nodes.

    Attributes
    ----------
    effect : str
        `multiply` their durations, `delay` them, or `remove` them.
    spread : Spread or None
        Factor or days.
    places : tuple of int
        Places of the nodes in the network.
    """

    effect: Literal["multiply", "delay", "remove"]
    spread: Spread | None
    places: tuple[int, ...]


@dataclass(frozen=True)
class Event:
    """Something that may happen, with all that it does.

    Attributes
    ----------
    id : str
        `risk:ID`, `commitment:ID`, or `default:shock:NODE`.
    name : str
        What may happen.
    kind : str
        `risk`, `commitment` or `default`.
    agency : str
        Who answers for it; empty: nobody.
    probability : float
        Chance that it happens.
    strikes : tuple of Strike
        What it does.
    defaults : tuple of str
        Names of the defaults in it, such as `kept.intent`.
    records : tuple of str
        Records it rests on, as `kind:id`.
    """

    id: str
    name: str
    kind: Literal["risk", "commitment", "default"]
    agency: str
    probability: float
    strikes: tuple[Strike, ...]
    defaults: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ground:
    """A network, asked for what belongs to a plan and what comes before what."""

    network: Network

    @cached_property
    def of_plan(self) -> Mapping[str, tuple[int, ...]]:
        """Open nodes of each element and mission, by its id."""
        found: dict[str, dict[int, None]] = {}
        for place, node in enumerate(self.network.nodes):
            if not is_open(node):
                continue
            for plan in _plans(node):
                found.setdefault(plan, {})[place] = None
        return {plan: tuple(places) for plan, places in found.items()}

    def before(self, places: Iterable[int]) -> set[int]:
        """Return all nodes that come before any of these, and these themselves."""
        seen = set(places)
        pending = list(seen)
        while pending:
            for link in self.network.into[pending.pop()]:
                predecessor = self.network.edges[link].predecessor
                if predecessor not in seen:
                    seen.add(predecessor)
                    pending.append(predecessor)
        return seen

    def first(self, places: Collection[int]) -> tuple[int, ...]:
        """Return those of the nodes that none of the others comes before: a delay counts once on every chain."""
        behind: set[int] = set()
        pending = list(places)
        while pending:
            for link in self.network.out_of[pending.pop()]:
                successor = self.network.edges[link].successor
                if successor not in behind:
                    behind.add(successor)
                    pending.append(successor)
        return tuple(sorted(set(places) - behind))


def is_open(node: Node) -> bool:
    """Return whether a node is still to be done."""
    return node.actual_finish is None


def _plans(node: Node) -> Iterator[str]:
    """Yield the elements and missions that a node belongs to."""
    if node.leads_to is not None:
        yield node.leads_to
    own = node.records[:1] if node.coarse else ()
    yield from (record.partition(":")[2] for record in own if record.startswith(("element:", "mission:")))


def events(network: Network, portfolio: Portfolio, defaults: Defaults) -> tuple[Event, ...]:
    """Return everything that may happen to a network: stated risks, commitments, and shocks to what states no risk."""
    ground = Ground(network)
    found = [
        *(_of_risk(ground, record) for record in portfolio.risks.values()),
        *(_of_commitment(ground, record, portfolio, defaults) for record in portfolio.commitments.values()),
    ]
    stated = tuple(event for event in found if event.strikes and event.probability > 0)
    return (*stated, *_shocks(ground, stated, defaults))


def _of_risk(ground: Ground, record: RiskRecord) -> Event:
    """Return a risk record as an event; a delay of an element or mission counts once on every chain of its work."""
    direct = [ground.network.place[one] for one in record.affects if one in ground.network.place]
    direct = [place for place in direct if is_open(ground.network.nodes[place])]
    own = {plan: ground.of_plan.get(plan, ()) for plan in record.affects if plan not in ground.network.place}
    whole = [place for plan in own for place in _work(ground, own[plan])]
    once = [place for plan in own for place in ground.first(own[plan])]
    wanted = (
        ("multiply", record.factor, [*direct, *whole]),
        ("delay", record.delay, [*direct, *once]),
    )
    strikes = [
        Strike(effect, spread, tuple(dict.fromkeys(places)))  # type: ignore[arg-type]
        for effect, spread, places in wanted
        if spread is not None and places
    ]
    if record.removes and (direct or once):
        strikes.append(Strike("remove", None, tuple(dict.fromkeys([*direct, *once]))))
    agency = "" if record.owner == WITHHELD else record.owner
    own_id = f"risk:{record.id}"
    return Event(own_id, record.name, "risk", agency, record.probability, tuple(strikes), records=(own_id,))


def _work(ground: Ground, places: Collection[int]) -> tuple[int, ...]:
    """Return the tasks of a plan; of a mission that has only its launch, all open tasks that lead to it."""
    nodes = ground.network.nodes
    tasks = tuple(place for place in places if nodes[place].remaining)
    if tasks or not places:
        return tasks
    return tuple(place for place in sorted(ground.before(places)) if nodes[place].remaining and is_open(nodes[place]))


def _of_commitment(ground: Ground, record: Commitment, portfolio: Portfolio, defaults: Defaults) -> Event:
    """Return a commitment that may be broken as an event: what its owner brings to the plans is delayed or lost."""
    used: list[str] = []
    records: tuple[str, ...] = (f"commitment:{record.id}",)
    kept = record.kept_probability
    if kept is None:
        level, agreements = _firmness(record, portfolio)
        kept = defaults.kept[level].value
        used.append(f"kept.{level}")
        records += agreements
    places = ground.first(_carried(ground, record))
    if record.if_broken == "remove":
        strike = Strike("remove", None, places)
    else:
        used += [] if record.replacement_delay else ["replacement"]
        strike = Strike("delay", record.replacement_delay or defaults.spread("replacement"), places)
    return Event(
        id=f"commitment:{record.id}",
        name=f"{record.name}: not kept",
        kind="commitment",
        agency=record.owner,
        probability=1 - kept,
        strikes=(strike,) if places else (),
        defaults=tuple(used),
        records=records,
    )


def _firmness(record: Commitment, portfolio: Portfolio) -> tuple[str, tuple[str, ...]]:
    """Return the level of a commitment, and the agreements that raise it.

    One that a binding agreement in force covers, to which its owner is a party, is at least agreed.
    """
    if record.level in ("agreed", "contracted"):
        return record.level, ()
    given = set(record.to) - {WITHHELD}
    binding = tuple(
        f"agreement:{one.id}"
        for one in portfolio.agreements.values()
        if one.binding and one.standing == "in-force" and record.owner in one.parties and given & set(one.covers)
    )
    return ("agreed", binding) if binding else (record.level, ())


def _carried(ground: Ground, record: Commitment) -> set[int]:
    """Return the open nodes that a commitment carries.

    Those by which its owner makes the plans ready that it is given to; where the owner holds none, the plans' own.
    """
    nodes = ground.network.nodes
    carried: set[int] = set()
    for plan in record.to:
        own = set(ground.of_plan.get(plan, ()))
        behind = {place for place in ground.before(own) if is_open(nodes[place])}
        carried |= {place for place in behind if nodes[place].agency == record.owner} or own
    return carried


def _shocks(ground: Ground, stated: Iterable[Event], defaults: Defaults) -> Iterator[Event]:
    """Yield the rare shock of every launch to come that no stated risk strikes, directly or through what it needs.

    What is certain to act is no word on what may happen.
    """
    uncertain = [event for event in stated if event.kind == "risk" and event.probability < 1]
    struck = {place for event in uncertain for one in event.strikes for place in one.places}
    for place, node in enumerate(ground.network.nodes):
        if node.type != "launch" or not is_open(node) or ground.before((place,)) & struck:
            continue
        chance = 1 - (1 - defaults.number("shock-per-year")) ** _years_ahead(ground.network, node)
        if chance > 0:
            yield Event(
                id=f"default:shock:{node.id}",
                name=f"Rare shock to {node.name}",
                kind="default",
                agency="",
                probability=chance,
                strikes=(Strike("delay", defaults.spread("shock"), (place,)),),
                defaults=("shock-per-year", "shock"),
            )


def _years_ahead(network: Network, node: Node) -> float:
    """Return the years from the day of knowledge to the planned launch; one where no date is known."""
    known = [tie.at for tie in node.ties if tie.at is not None]
    if node.intended is not None:
        known.append(node.periods[node.intended].opens)
    if node.deadline is not None:
        known.append(node.deadline)
    if not known:
        return 1.0
    return max(0.0, (moment_of(min(known)).date() - network.known_on) / dt.timedelta(days=DAYS_PER_YEAR))
