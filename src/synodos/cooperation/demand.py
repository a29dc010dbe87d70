"""What agencies seek: the requirements that nobody meets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.interfaces import Interfaces
from synodos.cooperation.places import HOLDS_ANYWHERE
from synodos.cooperation.setting import Setting, required
from synodos.cooperation.windows import Window, need_window
from synodos.language import (
    ENDED,
    FLYING,
    WITHHELD,
    Element,
    Interest,
    Mission,
    Need,
    Record,
    Requirement,
)


@dataclass(frozen=True, slots=True)
class Demand:
    """Open requirements, one a row.

    Attributes
    ----------
    records : list of Record
        Who states it.
    requirements : list of Requirement
        What is required.
    agency, node, places, interface : array of int64
        Codes of the owner, the capability, the list of destinations and the interface.
    anywhere : array of bool
        Whether the capability serves any destination.
    start, end : array of int64
        When it is needed.
    dated, inferred : array of bool
        Whether a date is stated; whether the requirement was inferred.
    seeking, readiness, support : array of float64
        Values from the weights; nan where not stated.
    passed : int
        Requirements left out because their day has passed.
    flown : int
        Requirements left out because the mission already flies without anybody named.
    """

    records: list[Record]
    requirements: list[Requirement]
    agency: NDArray[np.int64]
    node: NDArray[np.int64]
    places: NDArray[np.int64]
    interface: NDArray[np.int64]
    anywhere: NDArray[np.bool_]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    dated: NDArray[np.bool_]
    inferred: NDArray[np.bool_]
    seeking: NDArray[np.float64]
    readiness: NDArray[np.float64]
    support: NDArray[np.float64]
    passed: int
    flown: int


def is_open(requirement: Requirement, gone: frozenset[str]) -> bool:
    """Return whether nobody meets a requirement: nobody is named, or something that was named is gone.

    What the viewer may not see meets it.
    """
    if requirement.provider is not None:
        return False
    return not requirement.met_by or not gone.isdisjoint(requirement.met_by)


def demand(setting: Setting, interfaces: Interfaces) -> Demand:
    """Return what is sought, in the order of the records' ids."""
    counts = {"passed": 0, "flown": 0}
    rows: list[tuple[Record, Requirement, Window]] = []
    for record, requirement in required(setting.portfolio):
        if not _is_sought(setting, record, requirement):
            continue
        window = need_window(record, requirement, setting.today, setting.at_work)
        if window is None:
            counts["passed"] += 1
        elif _flies_without(record, requirement):
            counts["flown"] += 1
        else:
            rows.append((record, requirement, window))
    return _columns(setting, interfaces, rows, **counts)


def _is_sought(setting: Setting, record: Record, requirement: Requirement) -> bool:
    """Return whether an agency that the viewer may know still seeks something that nobody meets."""
    return (
        record.owner != WITHHELD
        and requirement.capability in setting.tree.number
        and seeks(record)
        and is_open(requirement, setting.gone)
    )


def seeks(record: Record) -> bool:
    """Return whether a record still seeks what it requires."""
    if isinstance(record, Need):
        return record.standing in ("open", "discussed")
    return not (isinstance(record, Mission | Element) and record.status in ENDED)


def _flies_without(record: Record, requirement: Requirement) -> bool:
    """Return whether a mission at work has evidently found what it was said to need, whoever brought it."""
    evident = requirement.essential or requirement.basis == "inferred"
    return isinstance(record, Mission) and record.status in FLYING and bool(evident) and requirement.by is None


def _columns(
    setting: Setting, interfaces: Interfaces, rows: list[tuple[Record, Requirement, Window]], *, passed: int, flown: int
) -> Demand:
    """Return rows as columns."""
    terms = setting.portfolio.capabilities.terms
    return Demand(
        records=[record for record, _, _ in rows],
        requirements=[requirement for _, requirement, _ in rows],
        agency=np.array([setting.agencies[record.owner] for record, _, _ in rows], dtype=np.int64),
        node=np.array([setting.tree.number[requirement.capability] for _, requirement, _ in rows], dtype=np.int64),
        places=np.array([_places(setting, record) for record, _, _ in rows], dtype=np.int64),
        interface=np.array([interfaces.sought(record, wanted) for record, wanted, _ in rows], dtype=np.int64),
        anywhere=np.array([terms[requirement.capability].anywhere for _, requirement, _ in rows], dtype=bool),
        start=np.array([window.start for _, _, window in rows], dtype=np.int64),
        end=np.array([window.end for _, _, window in rows], dtype=np.int64),
        dated=np.array([window.stated for _, _, window in rows], dtype=bool),
        inferred=np.array([requirement.basis == "inferred" for _, requirement, _ in rows], dtype=bool),
        seeking=np.array([_seeking(setting, record, wanted) for record, wanted, _ in rows], dtype=np.float64),
        readiness=np.array([_readiness(setting, record) for record, _, _ in rows], dtype=np.float64),
        support=np.array([setting.support(record) for record, _, _ in rows], dtype=np.float64),
        passed=passed,
        flown=flown,
    )


def _places(setting: Setting, record: Record) -> int:
    """Return the code of where a record needs things; a standing need or interest without a place holds anywhere."""
    destinations: tuple[str, ...] = getattr(record, "destinations", ())
    if not destinations and isinstance(record, Need | Interest):
        return HOLDS_ANYWHERE
    return setting.places.code(destinations)


def _seeking(setting: Setting, record: Record, requirement: Requirement) -> float:
    """Return how much an agency seeks what it requires, by how it is stated."""
    essential = requirement.essential and requirement.basis == "stated"
    value = setting.weights.value("seeking", "essential" if essential else requirement.basis)
    if isinstance(record, Interest):
        return min(value, setting.weights.value("strength", record.strength or "not-stated"))
    if isinstance(record, Mission | Element) and record.status == "deferred":
        return min(value, setting.weights.value("seeking", "deferred"))
    return value


def _readiness(setting: Setting, record: Record) -> float:
    """Return how far along a plan is; nan for a standing need or an interest."""
    if isinstance(record, Mission | Element):
        return setting.weights.value("readiness", record.status)
    return float("nan")
