"""What came out of a schedule file, and what was left in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from synodos.language import Activity, Calendar, Record, Schedule, Source

_MOST_EXAMPLES: Final = 3
"""Examples that are named of each thing that could not be mapped."""


@dataclass(frozen=True, slots=True)
class Unmapped:
    """One sort of thing that the file holds and the records do not.

    Attributes
    ----------
    what : str
        What it is, such as `resource assignments`.
    count : int
        How many there are.
    examples : tuple of str
        Names of the first ones.
    """

    what: str
    count: int
    examples: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return it as a line for the reader."""
        more = ", …" if self.count > len(self.examples) else ""
        named = f" ({', '.join(self.examples)}{more})" if self.examples else ""
        return f"{self.what}: {self.count:,}{named}"


@dataclass(frozen=True)
class Imported:
    """The records that a schedule file gave.

    Attributes
    ----------
    file : str
        Name of the file.
    form : str
        What it is, such as `Primavera XER`.
    as_of : datetime.date
        Date of the statements.
    source : str
        Key under which the records cite the file.
    records : tuple of Record
        Calendars, schedules and activities, in this order.
    unmapped : tuple of Unmapped
        What the file holds and the records do not.
    notes : tuple of str
        What the reader has to know, such as the encoding that was assumed.
    """

    file: str
    form: str
    as_of: dt.date
    source: str
    records: tuple[Record, ...]
    unmapped: tuple[Unmapped, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """The calendars."""
        return tuple(record for record in self.records if isinstance(record, Calendar))

    @property
    def schedules(self) -> tuple[Schedule, ...]:
        """The schedules, one for each project of the file."""
        return tuple(record for record in self.records if isinstance(record, Schedule))

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities and milestones."""
        return tuple(record for record in self.records if isinstance(record, Activity))


@dataclass(frozen=True)
class ImportSummary:
    """What an import did.

    Attributes
    ----------
    imported : Imported
        What was read.
    written : tuple of pathlib.Path
        Files that were written or replaced; none where nothing had changed.
    added, changed, unchanged, retracted : int
        Records that are new, that say something new, that say what they said, and that the file no longer holds.
    """

    imported: Imported
    written: tuple[Path, ...]
    added: int
    changed: int
    unchanged: int
    retracted: int


@dataclass(frozen=True)
class ScheduleNews:
    """What a schedule file says that was not stated before.

    Attributes
    ----------
    records : tuple of Record
        Statements to be made, retractions among them.
    source : Source
        The file as a source, listed under the key `Imported.source`.
    added, changed, unchanged, retracted : int
        Records that are new, that say something new, that say what they said, and that the file no longer holds.
    """

    records: tuple[Record, ...]
    source: Source
    added: int
    changed: int
    unchanged: int
    retracted: int


@dataclass
class Tally:
    """Counts what is left behind while a file is mapped."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def miss(self, what: str, example: str = "", count: int = 1) -> None:
        """Count something that the records cannot hold."""
        self.counts[what] += count
        named = self.examples.setdefault(what, [])
        if example and len(named) < _MOST_EXAMPLES and example not in named:
            named.append(example)

    def note(self, text: str) -> None:
        """Keep a sentence for the reader, once."""
        self.notes[text] = None

    def unmapped(self) -> tuple[Unmapped, ...]:
        """Return all that was counted, in the order of its names."""
        return tuple(Unmapped(what, n, tuple(self.examples[what])) for what, n in sorted(self.counts.items()) if n)
