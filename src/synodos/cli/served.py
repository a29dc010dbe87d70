"""The history of a table that is served: each day of it is asked of the server when it is needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from synodos.cli.fetching import day_of, on_day
from synodos.exchange import read_one_day
from synodos.language import KINDS, History, Portfolio, Record


def read_served(file: Path) -> History:
    """Return what a table gave, as a history that asks it for other days; errors as `read_one_day`."""
    told = read_one_day(file)
    return ServedHistory(told.header, told.statements, file)


@dataclass(frozen=True)
class ServedHistory(History):
    """What a table gave of one day.

    Attributes
    ----------
    file : pathlib.Path
        The file of this command in which it stands.
    """

    file: Path

    @property
    def ends(self) -> dt.date:
        """The day of which the table told."""
        return day_of(self.file) or super().ends

    def known_on(self, day: dt.date | None = None, viewer: str | None = None) -> Portfolio:
        """Return the portfolio of a day, which the server is asked for if it is an earlier one than it gave."""
        if day is not None and day < self.ends:
            return read_served(on_day(self.file, day)).known_on(None, viewer)
        tables: dict[str, dict[str, Record]] = {kind.kind: {} for kind in KINDS}
        for record in self.statements:  # in the order of the table, by which answers settle what is equally good
            tables[record.kind][record.id] = record
        whole = Portfolio(self.header, self.ends, None, tables)
        return whole if viewer is None else whole.as_seen_by(viewer)
