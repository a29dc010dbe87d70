"""What plans need and what could meet it: building blocks, who has them, and from when on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from synodos.language import (
    FLYING,
    IDLE,
    SHUT,
    WITHHELD,
    DateRange,
    Element,
    Interface,
    Mission,
    Offer,
    Portfolio,
    Requirement,
)


@dataclass(frozen=True)
class Need:
    """Something that a plan needs, from one provider.

    Attributes
    ----------
    plan : str
        Whose need it is, as `kind:id`.
    capability : str
    destinations : tuple of str
        Where.
    later_years : int
        Years after the plan itself is there in which it has to be met.
    interface : str or None
        Standard that it has to follow.
    now : str
        What meets it now, as `kind:id`; `agency:id` where only the agency is named, empty where nobody is.
    """

    plan: str
    capability: str
    destinations: tuple[str, ...]
    later_years: int
    interface: str | None
    now: str


@dataclass(frozen=True)
class Block:
    """A building block: an element, or a standing offer.

    Attributes
    ----------
    key : str
        As `kind:id`.
    name : str
    owner : str
    record : Element or Offer
    exists : bool
        Whether it is there, so that nothing has to be developed.
    """

    key: str
    name: str
    owner: str
    record: Element | Offer
    exists: bool

    def there_in(self, year: int, known_on_year: int) -> bool:
        """Return whether something that exists can be used in a year; what works beyond its stated end goes on."""
        window = self.record.available
        if window is None or not self.exists:
            return True
        outlived = window.latest.year <= known_on_year and isinstance(self.record, Element)
        return window.earliest.year <= year and (outlived or year <= window.latest.year)

    def in_time(self, year: int | None, known_on_year: int) -> bool:
        """Return whether something may be there in a year, as it is planned; None: in any year."""
        window = self.record.available
        if year is None or window is None:
            return True
        return self.there_in(year, known_on_year) if self.exists else window.earliest.year <= year


class Supplies:
    """What there is to meet needs; built once for a portfolio."""

    def __init__(self, portfolio: Portfolio) -> None:
        """Index the elements and offers that provide something."""
        self._portfolio = portfolio
        self.blocks = {block.key: block for block in _blocks(portfolio)}

    def serving(self, need: Need) -> tuple[Block, ...]:
        """Return the building blocks that could meet a need: what meets it now first, then others by their keys."""
        now = self.blocks.get(need.now)
        others = (self.blocks[key] for key in self._fitting(need) if key not in (need.now, need.plan))
        return (*((now,) if now else ()), *others)

    def _fitting(self, need: Need) -> Iterator[str]:
        """Yield the keys of what provides a capability, or one below it, where it is needed."""
        terms = self._portfolio.capabilities
        found = {
            key
            for given, keys in self._by_capability.items()
            if terms.covers(need.capability, given)
            for key in keys
            if self._at_place(need, given, self.blocks[key]) and _joins(need.interface, self.blocks[key].record)
        }
        yield from sorted(found)

    def _at_place(self, need: Need, capability: str, block: Block) -> bool:
        """Return whether a block serves at a body where it is needed; what states no place serves at any."""
        term = self._portfolio.capabilities.terms.get(capability)
        if (term is not None and term.anywhere) or not need.destinations or not block.record.destinations:
            return True
        return not self._bodies(need.destinations).isdisjoint(self._bodies(block.record.destinations))

    def _bodies(self, destinations: tuple[str, ...]) -> set[str]:
        """Return the roots of the destination tree at which destinations lie."""
        return {(place, *self._portfolio.destinations.ancestors(place))[-1] for place in destinations}

    @cached_property
    def _by_capability(self) -> dict[str, list[str]]:
        """Keys of blocks by what they provide."""
        found: dict[str, list[str]] = defaultdict(list)
        for block in self.blocks.values():
            for capability in block.record.provides:
                found[capability].append(block.key)
        return found


def needs_of(portfolio: Portfolio, plan: Mission | Element, *, unknown: bool) -> tuple[Need, ...]:
    """Return what a plan cannot do without.

    Parameters
    ----------
    portfolio : Portfolio
    plan : Mission or Element
    unknown : bool
        Whether needs count of which it is not known whether they are essential.
    """
    stated = plan.requirements if isinstance(plan, Mission) else plan.needs
    return tuple(
        Need(
            f"{plan.kind}:{plan.id}",
            one.capability,
            plan.destinations,
            _later(plan, one.by),
            one.interface,
            now,
        )
        for one in stated
        if one.essential or (one.essential is None and unknown)
        for now in _now(portfolio, one)
    )


def _later(plan: Mission | Element, by: DateRange | None) -> int:
    """Return how many years after a plan what it needs has to be there: what is brought home is stored later."""
    due = plan.planned if isinstance(plan, Mission) else plan.available
    if by is None or due is None or by.opens_early or due.opens_early:
        return 0
    return max(0, by.earliest.year - due.earliest.year)


def _now(portfolio: Portfolio, requirement: Requirement) -> tuple[str, ...]:
    """Return what meets a requirement now; what will not come meets nothing, and each of several is needed."""
    found = []
    for key in requirement.met_by:
        record = portfolio.provider_record(key)
        if record is None:
            found.append(f"agency:{WITHHELD}")
        elif not _is_gone(record):
            found.append(f"{record.kind}:{record.id}")
    if not requirement.met_by and requirement.provider is not None:
        found.append(f"agency:{requirement.provider}")
    return tuple(found) or ("",)


def _is_gone(record: Element | Mission | Offer) -> bool:
    """Return whether something will not come, or is no more."""
    return record.standing in SHUT if isinstance(record, Offer) else record.status in IDLE


def _blocks(portfolio: Portfolio) -> Iterator[Block]:
    """Yield what can meet needs, in the order of ids."""
    for key in sorted(portfolio.elements):
        element = portfolio.elements[key]
        if element.status not in IDLE and element.owner != WITHHELD:
            yield Block(f"element:{key}", element.name, element.owner, element, element.status in FLYING)
    for key in sorted(portfolio.offers):
        offer = portfolio.offers[key]
        if offer.standing not in SHUT and offer.owner != WITHHELD:
            yield Block(f"offer:{key}", offer.name, offer.owner, offer, exists=True)


def _joins(standard: str | None, record: Element | Offer) -> bool:
    """Return whether a record can be joined over a standard: it follows it, or states none."""
    own: tuple[Interface, ...] = record.interfaces
    return standard is None or not own or any(one.standard == standard for one in own)
