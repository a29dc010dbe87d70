"""Who is bound by what, since when: treaty status, signatories, members, country groups, with a source per row."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from synodos.language import DateRange, Fault, PortfolioError, of_validation
from synodos.law.windows import NEVER, Stated, Truth, Window

COLUMNS: Final = (
    "register",
    "party",
    "status",
    "since",
    "until",
    "known_since",
    "until_known_since",
    "confidence",
    "source",
    "note",
)
EVER: Final = dt.date.min


class Register(BaseModel):
    """What a register lists, and how a date in it takes effect."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    file: str
    in_force: DateRange
    waiting_days: int
    as_at: dt.date
    others: Literal["none", "unknown"]


class Row(BaseModel):
    """What one source says of one party."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    of: str = Field(alias="register")
    party: str
    status: Literal["party", "signed", "none", "unknown"]
    since: DateRange | None = None
    until: DateRange | None = None
    known_since: dt.date | None = None
    until_known_since: dt.date | None = None
    confidence: Literal["read", "secondary", "computed", "unverified"]
    source: str
    note: str | None = None
    place: str = ""

    @property
    def id(self) -> str:
        """Name of the row in findings: `register:OST/usa`."""
        return f"register:{self.of}/{self.party}"


@dataclass(frozen=True)
class Registers:
    """Every register with its rows.

    Attributes
    ----------
    registers : mapping of str to Register
        By id, such as `OST` or `artemis-accords`.
    rows : mapping of str to mapping of str to Row
        For each register its rows by party.
    """

    registers: Mapping[str, Register]
    rows: Mapping[str, Mapping[str, Row]] = field(repr=False)

    def row(self, register: str, party: str) -> Row | None:
        """Return what a register says of a party."""
        return self.rows.get(register, {}).get(party)

    def window(self, register: str, party: str, known_on: dt.date) -> Window | None:
        """Return when a party is bound, as known on a day; None: it is not."""
        kind, row = self.registers[register], self.row(register, party)
        if row is None:
            return Window(kind.in_force.earliest, NEVER) if kind.others == "unknown" else None
        if row.status == "unknown":
            return Window(kind.in_force.earliest, NEVER)
        return _stated(kind, row).as_known(known_on) if row.status == "party" else None

    def on(self, register: str, party: str, day: DateRange, known_on: dt.date) -> Truth:
        """Return whether a party is bound on a day, as known on another."""
        window = self.window(register, party, known_on)
        return "no" if window is None else window.on(day)

    def parties(self, register: str, day: DateRange, known_on: dt.date) -> dict[str, Truth]:
        """Return the parties that a register lists as bound on a day, or perhaps bound."""
        found = {party: self.on(register, party, day, known_on) for party in self.rows.get(register, {})}
        return {party: truth for party, truth in found.items() if truth != "no"}


def _stated(kind: Register, row: Row) -> Stated:
    """Return when a row takes effect: after the waiting period, and not before the instrument is in force."""
    if row.since is None:
        first = DateRange(f"{kind.in_force.earliest}..{kind.as_at}")
        return Stated(first, row.until, known_since=row.known_since or EVER, end_known_since=row.until_known_since)
    wait = dt.timedelta(days=kind.waiting_days)
    bounds = [
        max(day + wait, kind.in_force.earliest) if day != EVER else kind.in_force.earliest
        for day in (row.since.earliest, row.since.latest)
    ]
    begins = DateRange(str(bounds[0]) if bounds[0] == bounds[1] else f"{bounds[0]}..{bounds[1]}")
    known_since = row.known_since or row.since.latest
    return Stated(begins, row.until, known_since=known_since, end_known_since=row.until_known_since)


@cache
def state_names() -> Mapping[str, str]:
    """Return the usual names of the states that registers list, by their ISO 3166-1 alpha-3 codes in lower case."""
    text = files("synodos.law").joinpath("registers", "states.csv").read_text(encoding="utf-8")
    return {row["id"]: row["name"] for row in csv.DictReader(text.splitlines())}


@cache
def registers() -> Registers:
    """Return the registers that the package ships."""
    return read(files("synodos.law").joinpath("registers"))


def read(folder: Traversable) -> Registers:
    """Return the registers of a folder: `registers.yaml` and the tables that it names.

    Raises
    ------
    PortfolioError
        If a row does not fit, or two rows contradict each other; it names all such rows.
    """
    text = folder.joinpath("registers.yaml").read_text(encoding="utf-8")
    content: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe loaders both
    kinds = {name: Register.model_validate(kind) for name, kind in content["registers"].items()}
    found: list[Row | Fault] = []
    for file in dict.fromkeys(kind.file for kind in kinds.values()):
        found += _rows(folder.joinpath(file).read_text(encoding="utf-8"), file)
    rows = [row for row in found if isinstance(row, Row)]
    faults = [fault for fault in found if isinstance(fault, Fault)] + list(_contradictions(rows, kinds))
    if faults:
        raise PortfolioError(faults)
    tables: dict[str, dict[str, Row]] = {name: {} for name in kinds}
    for row in rows:
        tables[row.of][row.party] = row
    return Registers(kinds, tables)


def _rows(text: str, file: str) -> Iterator[Row | Fault]:
    """Yield the rows of a table, or what is wrong with them."""
    for line, cells in enumerate(csv.DictReader(text.splitlines()), start=2):
        filled = {name: cell for name, cell in cells.items() if cell}
        try:
            yield Row.model_validate({**filled, "place": f"{file}:{line}"})
        except ValidationError as error:
            label = f"row {cells.get('register')}/{cells.get('party')}"
            for fault in of_validation(error, label, COLUMNS):
                yield fault.at(f"{file}:{line}")


def _contradictions(rows: list[Row], kinds: Mapping[str, Register]) -> Iterator[Fault]:
    """Yield a fault for each row that cannot be true beside another, or in itself."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        label = f"row {row.of}/{row.party}"
        if row.of not in kinds:
            yield Fault(
                "register.unknown", "no such register", label, "register", row.of, "a register", place=row.place
            )
        before = first.setdefault((row.of, row.party), row)
        if before is not row:
            yield Fault(
                "register.twice",
                "a party stands twice in one register",
                label,
                "since",
                f"{row.status} {row.since} ({row.place}), and {before.status} {before.since} ({before.place})",
                "one row, with the other date in its note",
                place=row.place,
            )
        if row.until and row.since and row.until.latest <= row.since.earliest:
            yield Fault(
                "register.order",
                "a party withdrew before it was one",
                label,
                "until",
                str(row.until),
                f"a day after {row.since}",
                place=row.place,
            )
        if (row.until and row.status != "party") or (row.until_known_since and not row.until):
            yield Fault(
                "register.status",
                "only a party withdraws",
                label,
                "until",
                str(row.until),
                "nothing, or status party",
                place=row.place,
            )
