"""Days from the day of knowledge, and back to dates."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from synodos.schedule.types import MINUTES_PER_DAY, Network, minutes_of, moment_of


@dataclass(frozen=True)
class Clock:
    """Counts days from `zero`, in minutes since 1970."""

    zero: int

    @classmethod
    def of(cls, network: Network) -> Clock:
        """Return the clock that begins with a network's day of knowledge."""
        return cls(minutes_of(dt.datetime.combine(network.known_on, dt.time())))

    def days(self, minutes: int) -> float:
        """Return a moment in minutes since 1970 as days."""
        return (minutes - self.zero) / MINUTES_PER_DAY

    def moment(self, days: float) -> dt.datetime:
        """Return days as a moment, to the minute."""
        return moment_of(self.zero + round(days * MINUTES_PER_DAY))

    def moment_or_none(self, days: float) -> dt.datetime | None:
        """Return days as a moment, to the minute; None where there is no date."""
        return self.moment(days) if math.isfinite(days) else None

    def days_of(self, moment: dt.datetime) -> float:
        """Return a moment as days."""
        return self.days(minutes_of(moment))
