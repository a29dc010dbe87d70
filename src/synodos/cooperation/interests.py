"""How much each agency cares for a capability at a body, from the interests that it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.matching import ANYWHERE
from synodos.cooperation.setting import Setting
from synodos.language import Interest


@dataclass(frozen=True, slots=True)
class Interests:
    """How much each agency cares for each capability at each body.

    Attributes
    ----------
    value : array of float64
        By agency, capability and slot (one more than the body; 0: no body); nan where no interest is stated.
    record : array of int32
        Position in `records` of the interest that says so; -1 where none does.
    records : list of Interest
        Every interest, in the order of their ids.
    """

    value: NDArray[np.float64]
    record: NDArray[np.int32]
    records: list[Interest]


def interests(setting: Setting) -> Interests:
    """Return the table of interests.

    An interest in a capability covers all below it. One in a destination alone covers every capability there, at
    the value that the weights give to it.
    """
    records = list(setting.known(Interest))
    shape = (len(setting.agencies), len(setting.tree.ids), len(setting.places.root_numbers) + 1)
    value = np.full(shape, -1.0)
    record = np.full(shape, -1, dtype=np.int32)
    for position, interest in enumerate(records):
        agency = setting.agencies[interest.owner]
        strength = setting.weights.value("strength", interest.strength or "not-stated")
        for run, slot, factor in _reaches(setting, interest):
            known = value[agency, run, slot]
            stronger = known < strength * factor
            record[agency, run, slot][stronger] = position
            known[stronger] = strength * factor
    value[value < 0] = np.nan
    return Interests(value, record, records)


def _reaches(setting: Setting, interest: Interest) -> Iterator[tuple[slice, slice | int, float]]:
    """Yield the runs of capabilities and the slots that an interest reaches, with the factor on its strength."""
    terms = (*interest.capabilities, *interest.brings, *(requirement.capability for requirement in interest.seeks))
    nodes = sorted({setting.tree.number[term] for term in terms if term in setting.tree.number})
    slots = list(_slots(setting, interest))
    for node in nodes:
        for slot in slots:
            yield slice(node, int(setting.tree.end[node])), slot, 1.0
    if interest.destinations and (interest.about == "destination" or not nodes):
        for slot in slots:
            yield slice(None), slot, setting.weights.value("strength", "destination-only")


def _slots(setting: Setting, interest: Interest) -> Iterator[slice | int]:
    """Yield the slots of the bodies an interest is in, and that for no body."""
    bodies = setting.places.bodies[setting.places.code(interest.destinations)]
    if bodies == (ANYWHERE,):
        yield slice(None)
        return
    yield 0
    yield from (body + 1 for body in bodies)
