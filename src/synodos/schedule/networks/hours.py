"""The calendars of a network: which it uses, by index, and how many minutes one of their days counts."""

from __future__ import annotations

from typing import Final

from synodos.language import WITHHELD, Calendar, Portfolio
from synodos.schedule.networks.drafting import Draft
from synodos.schedule.networks.timing import day_start
from synodos.schedule.types import ELAPSED, MINUTES_PER_DAY, WorkingTime

_PROBED_DAYS: Final = 4_000
"""Days for which a calendar is laid out to learn how many minutes a day of it counts, and how often it is worked."""


class Hours:
    """Indexes of the calendars in use, given in the order in which they are first asked for."""

    def __init__(self, portfolio: Portfolio, draft: Draft) -> None:
        """Start with none."""
        self._calendars = portfolio.calendars
        self._rooted = {key: self._without_unseen(one) for key, one in portfolio.calendars.items()}
        self._draft = draft
        today = day_start(portfolio.known_on)
        self._probed = (today, today + _PROBED_DAYS * MINUTES_PER_DAY)
        self._index: dict[str, int] = {}
        self._per_day: list[int] = []
        self._stretch: list[float] = []

    def index(self, calendar: str | None) -> int:
        """Return the index of a calendar; one that is not at hand counts every hour of every day."""
        if calendar is None:
            return ELAPSED
        if calendar not in self._calendars:
            self._draft.note(f"A calendar {_unseen(calendar)}, so every hour of every day counts in its place")
            return ELAPSED
        if calendar not in self._index:
            self._index[calendar] = len(self._index)
            probe = self._laid_out(calendar, self._probed)
            self._per_day.append(probe.minutes_per_day)
            self._stretch.append((self._probed[1] - self._probed[0]) / int((probe.closes - probe.opens).sum()))
            self._tell_unseen(calendar)
        return self._index[calendar]

    def minutes(self, days: float, calendar: int) -> int:
        """Return days of a calendar as whole minutes of work."""
        return round(days * (MINUTES_PER_DAY if calendar == ELAPSED else self._per_day[calendar]))

    def elapsed(self, minutes: int, calendar: int) -> float:
        """Return about how many minutes pass while so many are worked."""
        return minutes * (1.0 if calendar == ELAPSED else self._stretch[calendar])

    def laid_out(self, span: tuple[int, int]) -> tuple[WorkingTime, ...]:
        """Return the calendars in use over a span of minutes."""
        return tuple(self._laid_out(key, span) for key in self._index)

    def _laid_out(self, calendar: str, span: tuple[int, int]) -> WorkingTime:
        """Return one calendar over a span of minutes."""
        from synodos.schedule.paths.calendars import working_time

        return working_time(self._rooted[calendar], self._rooted, span)

    def _without_unseen(self, calendar: Calendar) -> Calendar:
        """Return a calendar that stands under no other than those at hand."""
        at_hand = calendar.parent is None or calendar.parent in self._calendars
        return calendar if at_hand else calendar.model_copy(update={"parent": None})

    def _tell_unseen(self, calendar: str) -> None:
        """Note what a calendar lacks if one above it is not at hand."""
        below = self._calendars[calendar]
        while below.parent is not None and below.parent in self._calendars:
            below = self._calendars[below.parent]
        if below.parent is not None:
            words = f"The calendar above these {_unseen(below.parent)}, so what it says does not count"
            self._draft.note(words, below.name)


def _unseen(calendar: str) -> str:
    """Return why a calendar is not at hand."""
    return "is not released" if calendar == WITHHELD else "is missing"
