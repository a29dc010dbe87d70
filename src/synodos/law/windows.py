"""When something is in force: yes, no, or perhaps, where days are not known exactly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from synodos.language import DateRange

Truth = Literal["yes", "no", "perhaps"]
NEVER = dt.date.max
"""Stands for an end that does not come."""


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open stretch of days, each end of which may be known only within limits.

    Attributes
    ----------
    begins_earliest, begins_latest : datetime.date
        Between which days its first day lies.
    ends_earliest, ends_latest : datetime.date
        Between which days the first day lies on which it is over; `date.max`: never.
    """

    begins_earliest: dt.date
    begins_latest: dt.date
    ends_earliest: dt.date = NEVER
    ends_latest: dt.date = NEVER

    def breaks(self) -> Iterator[dt.date]:
        """Yield the days on which an answer can change."""
        yield self.begins_earliest
        yield self.begins_latest
        if self.ends_earliest != NEVER:
            yield self.ends_earliest
        if self.ends_latest != NEVER:
            yield self.ends_latest

    def on(self, day: DateRange) -> Truth:
        """Return whether the window holds on the one day that lies somewhere in `day`."""
        if day.latest < self.begins_earliest or (self.ends_latest != NEVER and day.earliest >= self.ends_latest):
            return "no"
        ended = self.ends_earliest != NEVER and day.latest >= self.ends_earliest
        return "yes" if self.begins_latest <= day.earliest and not ended else "perhaps"

    def overlaps(self, course: DateRange) -> Truth:
        """Return whether the window holds on any day of `course`, which runs from its first to its last day.

        Where no last day is stated, only the first day is sure: how long it went on is not known.
        """
        if course.latest < self.begins_earliest or (self.ends_latest != NEVER and course.earliest >= self.ends_latest):
            return "no"
        if course.stays_open:
            return self._from(course.earliest)
        before_end = self.ends_earliest == NEVER or course.earliest < self.ends_earliest
        sure = before_end and self.begins_latest < self.ends_earliest and course.latest >= self.begins_latest
        return "yes" if sure else "perhaps"

    def _from(self, first: dt.date) -> Truth:
        """Return whether the window holds on a day or, perhaps, on one of those that follow."""
        ended = self.ends_earliest != NEVER and first >= self.ends_earliest
        return "yes" if self.begins_latest <= first and not ended else "perhaps"


@dataclass(frozen=True, slots=True)
class Stated:
    """A window as its sources state it, with the days since when each end has been known.

    Attributes
    ----------
    begins : DateRange
        First day in force.
    ends : DateRange or None
        First day no longer in force; None: no end is stated.
    afterwards : {"ended", "unknown"}
        Whether it is over after its end, or nobody found what came then.
    known_since, end_known_since : datetime.date or None
        Days from which its begin and its end have been known; None: from the days themselves.
    renewed : tuple of (datetime.date, DateRange)
        For each act that renewed it the day since when that has been known, and the first day that it left open.
    """

    begins: DateRange
    ends: DateRange | None = None
    afterwards: Literal["ended", "unknown"] = "ended"
    known_since: dt.date | None = None
    end_known_since: dt.date | None = None
    renewed: tuple[tuple[dt.date, DateRange], ...] = ()

    def as_known(self, known_on: dt.date) -> Window | None:
        """Return the window as it was known on a day; None: it was not known at all.

        An end that was stated together with the begin is known with it, unless another day is given.
        """
        known_since = self.known_since or self.begins.latest
        if known_on < known_since:
            return None
        begins, ends = (self.begins.earliest, self.begins.latest), self.end_as_known(known_on)
        if ends is None:
            return Window(*begins)
        over = NEVER if self.afterwards == "unknown" else ends.latest
        return Window(*begins, ends.earliest, over)

    def end_as_known(self, known_on: dt.date) -> DateRange | None:
        """Return the first day no longer in force, as it was known on a day; None: no end was known."""
        if self.ends is None or known_on < (self.end_known_since or self.known_since or self.begins.latest):
            return None
        return [self.ends, *(until for known, until in self.renewed if known <= known_on)][-1]
