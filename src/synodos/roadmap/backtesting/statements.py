"""What agencies state of capabilities and places, record by record, and the plans with less said in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from synodos.language import (
    WITHHELD,
    Element,
    Interest,
    Mission,
    Need,
    Offer,
    Portfolio,
    Record,
    Requirement,
)

_REQUIRING = {"mission": "requirements", "element": "needs", "interest": "seeks", "need": "seeks"}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one record says that cooperation could start from.

    Attributes
    ----------
    record : str
        As `kind:id`.
    agency : str
        Its owner.
    capabilities, destinations : tuple of str
        What it provides, seeks or cares for, and where.
    texts : tuple of str
        What it says in words.
    """

    record: str
    agency: str
    capabilities: tuple[str, ...]
    destinations: tuple[str, ...]
    texts: tuple[str, ...]


def statements(portfolio: Portfolio) -> list[Statement]:
    """Return what missions, elements, interests, offers and needs say, kind by kind, in the order of their ids."""
    return [_statement(record) for record in _records(portfolio)]


def without_inferred(portfolio: Portfolio) -> Portfolio:
    """Return the plans without the requirements that a compiler inferred and for which nothing is named."""
    return _with_requirements(portfolio, lambda one: one.basis != "inferred" or bool(one.met_by or one.provider))


def of_the_time(portfolio: Portfolio) -> Portfolio:
    """Return the plans without the records that rest on a later text, or on none that is dated by the day of knowledge.

    A text dated to a month or a year counts as known on its last day.
    """
    sources, day = portfolio.header.sources, portfolio.known_on

    def stands(record: Record) -> bool:
        dates = [source.date for key in record.sources if (source := sources.get(key)) and source.date]
        return bool(dates) and all(date.latest <= day for date in dates)

    return portfolio.without(*(record for record in _records(portfolio) if not stands(record)))


def unlinked(portfolio: Portfolio) -> Portfolio:
    """Return the plans as if nothing were agreed: no partners, agreements, takers, or providers in other agencies.

    So what was agreed is scored like what was not.
    """
    bare = portfolio.without(*portfolio.agreements.values())
    plans: list[Mission | Element] = [*bare.missions.values(), *bare.elements.values()]
    alone: list[Record] = [plan.model_copy(update={"partners": ()}) for plan in plans]
    alone += [one.model_copy(update={"with_agencies": ()}) for one in bare.interests.values()]
    alone += [one.model_copy(update={"with_agencies": ()}) for one in bare.commitments.values()]
    alone += [one.model_copy(update={"taken_by": (), **_open(one)}) for one in bare.offers.values()]
    alone += [one.model_copy(update=_open(one)) for one in bare.needs.values()]
    return _own_providers(bare.replace(*alone))


def _open(one: Offer | Need) -> dict[str, object]:
    """Return what makes an agreed offer or need an open one."""
    return {"standing": "open"} if one.standing == "agreed" else {}


def _own_providers(portfolio: Portfolio) -> Portfolio:
    """Return the plans with requirements met by nothing but what their own agency has."""

    def alone(record: Record, one: Requirement) -> Requirement:
        owners = {key: provider.owner for key in one.met_by if (provider := portfolio.provider_record(key))}
        met_by = tuple(key for key in one.met_by if owners.get(key) == record.owner)
        return one.model_copy(
            update={"met_by": met_by, "provider": one.provider if one.provider == record.owner else None}
        )

    return portfolio.replace(*(_changed(record, alone) for record in _requiring(portfolio)))


def _with_requirements(portfolio: Portfolio, keep: Callable[[Requirement], bool]) -> Portfolio:
    """Return the plans with only some of their requirements; a need that is left without one goes."""
    changed = [_kept(record, keep) for record in _requiring(portfolio)]
    gone = [one for one in changed if isinstance(one, Need) and not one.seeks]
    return portfolio.replace(*changed).without(*gone)


def _kept(record: Record, keep: Callable[[Requirement], bool]) -> Record:
    """Return a record with only some of its requirements."""
    name = _REQUIRING[record.kind]
    return record.model_copy(update={name: tuple(one for one in getattr(record, name) if keep(one))})


def _changed(record: Record, change: Callable[[Record, Requirement], Requirement]) -> Record:
    """Return a record with changed requirements."""
    name = _REQUIRING[record.kind]
    return record.model_copy(update={name: tuple(change(record, one) for one in getattr(record, name))})


def _requiring(portfolio: Portfolio) -> Iterator[Record]:
    """Yield the records that can require something."""
    return (record for record in _records(portfolio) if record.kind in _REQUIRING)


def _records(portfolio: Portfolio) -> Iterator[Mission | Element | Interest | Offer | Need]:
    """Yield the records from which cooperation could start, in their order."""
    kinds: tuple[Mapping[str, Mission | Element | Interest | Offer | Need], ...] = (
        portfolio.missions,
        portfolio.elements,
        portfolio.interests,
        portfolio.offers,
        portfolio.needs,
    )
    for table in kinds:
        yield from (table[key] for key in sorted(table) if table[key].owner != WITHHELD)


def _statement(record: Mission | Element | Interest | Offer | Need) -> Statement:
    """Return what a record says."""
    sought = tuple(one.capability for one in getattr(record, _REQUIRING.get(record.kind, ""), ()))
    named = (getattr(record, name, ()) for name in ("provides", "brings", "capabilities"))
    texts = (record.name, getattr(record, "form", None), getattr(record, "statement", None))
    return Statement(
        f"{record.kind}:{record.id}",
        record.owner,
        tuple(dict.fromkeys((*(term for terms in named for term in terms), *sought))),
        record.destinations,
        tuple(text for text in (*texts, *getattr(record, "aims", ())) if text),
    )
