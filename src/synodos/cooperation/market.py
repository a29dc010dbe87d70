"""Everything that needs and supplies are judged by, put together once for a question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synodos.cooperation.costs import Costs
from synodos.cooperation.demand import Demand, demand
from synodos.cooperation.interests import Interests, interests
from synodos.cooperation.interfaces import Interfaces, Joints
from synodos.cooperation.links import Links, linked
from synodos.cooperation.places import Fits
from synodos.cooperation.setting import Setting
from synodos.cooperation.supply import Supply, supply


@dataclass(frozen=True)
class Market:
    """Everything that needs and supplies are judged by.

    Attributes
    ----------
    setting, demand, supply, interests, costs, fits
        What they are named for.
    joints : Joints
        How interfaces that are sought and given go together.
    linked_demand, linked_supply : array of bool
        Which agencies (columns) are already linked to the record of a row.
    """

    setting: Setting
    demand: Demand
    supply: Supply
    interests: Interests
    costs: Costs
    fits: Fits
    joints: Joints
    linked_demand: NDArray[np.bool_]
    linked_supply: NDArray[np.bool_]

    @classmethod
    def of(cls, setting: Setting, links: Links) -> Market:
        """Return the market of a portfolio, given who is linked to which plan."""
        interfaces = Interfaces()
        costs = Costs(setting.portfolio, setting.weights.parameter("collaboration-exponent"))
        sought = demand(setting, interfaces)
        given = supply(setting, interfaces, costs)
        return cls(
            setting=setting,
            demand=sought,
            supply=given,
            interests=interests(setting),
            costs=costs,
            fits=setting.places.fits(setting.weights),
            joints=interfaces.joints(setting.weights),
            linked_demand=linked(setting, links, sought.records),
            linked_supply=linked(setting, links, given.records),
        )
