"""What agencies have: capabilities of elements and missions, standing offers, and expertise they would bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.costs import Costs
from synodos.cooperation.interfaces import Interfaces
from synodos.cooperation.places import HOLDS_ANYWHERE
from synodos.cooperation.setting import Setting
from synodos.cooperation.windows import Window, supply_window
from synodos.language import Element, Interest, Mission, Offer, Record

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Supply:
    """Capabilities that are or will be there, one a row.

    Attributes
    ----------
    records : list of Record
        Who states it.
    agency, node, places, interface : array of int64
        Codes of the owner, the capability, the list of destinations and the interfaces.
    offer : array of int64
        Row of `offered` that says to whom it is offered; row 0 for what is no offer.
    offered : array of float64
        For each offer (row) and agency (column) the value of the offer to that agency.
    elsewhere : array of bool
        Likewise, whether it is offered to others only.
    anywhere : array of bool
        Whether the capability serves any destination.
    start, end : array of int64
        When it can be had.
    dated, shared, expertise : array of bool
        Whether a date is stated; whether it is on offer or has capacity to share; whether there is no system.
    offering, readiness, support, cost : array of float64
        Values from the weights and comparable cost; nan where not stated.
    """

    records: list[Record]
    agency: NDArray[np.int64]
    node: NDArray[np.int64]
    places: NDArray[np.int64]
    interface: NDArray[np.int64]
    offer: NDArray[np.int64]
    offered: NDArray[np.float64]
    elsewhere: NDArray[np.bool_]
    anywhere: NDArray[np.bool_]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    dated: NDArray[np.bool_]
    shared: NDArray[np.bool_]
    expertise: NDArray[np.bool_]
    offering: NDArray[np.float64]
    readiness: NDArray[np.float64]
    support: NDArray[np.float64]
    cost: NDArray[np.float64]


def supply(setting: Setting, interfaces: Interfaces, costs: Costs) -> Supply:
    """Return what there is, in the order of the records' ids."""
    rows: list[tuple[Record, str, Window]] = []
    for record in _providing(setting):
        window = supply_window(record, setting.today, setting.at_work)
        given = record.brings if isinstance(record, Interest) else record.provides
        if window is not None:
            rows += [(record, capability, window) for capability in given if capability in setting.tree.number]
    return _columns(setting, interfaces, costs, rows)


def _providing(setting: Setting) -> Iterator[Element | Mission | Offer | Interest]:
    """Yield the records that provide something, or that say what an agency would bring."""
    yield from setting.known(Element)
    yield from setting.known(Mission)
    yield from (record for record in setting.known(Offer) if stands(record))
    yield from setting.known(Interest)


def stands(offer: Offer) -> bool:
    """Return whether an offer can still be taken up."""
    return offer.standing in ("open", "discussed")


def _columns(setting: Setting, interfaces: Interfaces, costs: Costs, rows: list[tuple[Record, str, Window]]) -> Supply:
    """Return rows as columns."""
    terms = setting.portfolio.capabilities.terms
    records = [record for record, _, _ in rows]
    offer, offered, elsewhere = _offered(setting, records)
    return Supply(
        records=records,
        agency=np.array([setting.agencies[record.owner] for record in records], dtype=np.int64),
        node=np.array([setting.tree.number[capability] for _, capability, _ in rows], dtype=np.int64),
        places=np.array([_places(setting, record) for record in records], dtype=np.int64),
        interface=np.array([interfaces.given(record) for record in records], dtype=np.int64),
        offer=offer,
        offered=offered,
        elsewhere=elsewhere,
        anywhere=np.array([terms[capability].anywhere for _, capability, _ in rows], dtype=bool),
        start=np.array([window.start for _, _, window in rows], dtype=np.int64),
        end=np.array([window.end for _, _, window in rows], dtype=np.int64),
        dated=np.array([window.stated for _, _, window in rows], dtype=bool),
        shared=np.array([_is_shared(record) for record in records], dtype=bool),
        expertise=np.array([isinstance(record, Interest) for record in records], dtype=bool),
        offering=np.array([_offering(setting, record) for record in records], dtype=np.float64),
        readiness=np.array([_readiness(setting, record) for record in records], dtype=np.float64),
        support=np.array([setting.support(record) for record in records], dtype=np.float64),
        cost=np.array([_cost(costs, record) for record in records], dtype=np.float64),
    )


def _offered(
    setting: Setting, records: list[Record]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
    """Return for each supply its row in the tables; what offers are worth to each agency; whether they leave it out."""
    numbers: dict[tuple[str, ...], int] = {}
    column = [
        numbers.setdefault(record.offered_to, len(numbers) + 1) if isinstance(record, Offer) else 0
        for record in records
    ]
    table = np.full((len(numbers) + 1, len(setting.agencies)), NAN)
    elsewhere = np.zeros(table.shape, dtype=bool)
    for offered_to, row in numbers.items():
        table[row] = setting.weights.value("offering", "to-others" if offered_to else "to-anyone")
        named = [setting.agencies[agency] for agency in offered_to if agency in setting.agencies]
        table[row, named] = setting.weights.value("offering", "to-the-seeker")
        elsewhere[row] = bool(offered_to)
        elsewhere[row, named] = False
    return np.array(column, dtype=np.int64), table, elsewhere


def _places(setting: Setting, record: Record) -> int:
    """Return the code of where a record serves; an offer or expertise without a place serves anywhere."""
    destinations: tuple[str, ...] = getattr(record, "destinations", ())
    if not destinations and isinstance(record, Offer | Interest):
        return HOLDS_ANYWHERE
    return setting.places.code(destinations)


def _is_shared(record: Record) -> bool:
    """Return whether others may use it: an offer, or an element with capacity to share."""
    return isinstance(record, Offer) or (isinstance(record, Element) and record.capacity_to_share is not None)


def _offering(setting: Setting, record: Record) -> float:
    """Return what stated capacity to share says of the owner's interest; nan where none is stated."""
    if isinstance(record, Element) and record.capacity_to_share is not None:
        return setting.weights.value("offering", "capacity-to-share")
    return NAN


def _readiness(setting: Setting, record: Record) -> float:
    """Return how far along a supply is: the lower of status and readiness level; nan for an offer."""
    if isinstance(record, Interest):
        return setting.weights.value("readiness", "expertise")
    if not isinstance(record, Mission | Element):
        return NAN
    value = setting.weights.value("readiness", record.status)
    level = record.readiness if isinstance(record, Element) else None
    return min(value, setting.weights.tables["level"].values.get(level or "", 1.0))


def _cost(costs: Costs, record: Record) -> float:
    """Return what an element costs; what a mission costs is more than the cost of one capability that it provides."""
    cost = costs.of(record) if isinstance(record, Element) else None
    return NAN if cost is None else cost
