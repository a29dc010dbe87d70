"""What became of plans: cooperations that came or lapsed, and missions that flew or did not, after a portfolio's day.

Kept apart from the portfolio, which knows nothing of them: only so can they tell how good its answers were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from synodos.language.dates import DateRange
from synodos.language.faults import Fault, nearest, shown
from synodos.language.marks import (
    AgencyId,
    CapabilityId,
    Cites,
    Confidence,
    DestinationId,
    Id,
    MissionId,
    OwnId,
    Points,
    SourceKey,
    Term,
    Text,
)
from synodos.language.portfolio import GENERAL_KNOWLEDGE, Compiler
from synodos.language.record import Part
from synodos.language.shape import Reference, references
from synodos.language.vocabulary import Source, Vocabulary, load

Area = Literal[
    "robotic-precursors",
    "station-use",
    "human-spaceflight",
    "technology",
    "ground-stations",
    "data",
    "launch",
]
"""Sort of cooperation, for counting; it decides nothing."""
FATES: Final = ("flown", "cancelled", "planned")
"""What may have become of a mission: one of three dates."""


class Outcome(Part):
    """A cooperation that came after a portfolio's day, or one that was under way on it and lapsed."""

    id: OwnId
    """Short name in lower case with hyphens, unique among the outcomes; it decides the half it belongs to."""
    title: Text
    """The cooperation in one line."""
    area: Area
    """Sort of cooperation, for counting; it decides nothing."""
    agencies: Annotated[tuple[AgencyId, ...], Field(min_length=2)]
    """Agencies and other bodies that work together, by their ids in the portfolio where it has them."""
    capabilities: Annotated[tuple[CapabilityId, ...], Field(min_length=1)]
    """What one of them does for another, or what they make together."""
    destinations: tuple[DestinationId, ...] = ()
    """Where it is of use; empty: everywhere, or no single place."""
    agreed: DateRange
    """When it was agreed, chosen or first done; of one that lapsed, when it had begun."""
    came: Literal["happened", "lapsed"]
    """Whether it came about, or had begun before and came to nothing."""
    ended: DateRange | None = None
    """When it lapsed; empty where it came about."""
    statement: Text
    """What happened, in a sentence or two."""
    confidence: Confidence
    """How well the row is supported: `read`, `secondary`, `computed` or `unverified`."""
    sources: Annotated[tuple[SourceKey, ...], Field(min_length=1)]
    """Keys of the file's source list that support it."""
    note: Text | None = None
    """Remark for the reader."""

    @model_validator(mode="after")
    def _ends_if_lapsed(self) -> Self:
        """Refuse an end without a lapse, a lapse without an end, and an agency that stands twice."""
        if (self.ended is None) != (self.came == "happened"):
            message = "`ended` stands where a cooperation lapsed, and only there"
            raise ValueError(message)
        if len(set(self.agencies)) < len(self.agencies):
            message = "agencies: each one once"
            raise ValueError(message)
        return self

    @property
    def half(self) -> Literal["even", "odd"]:
        """Which of two halves the outcome belongs to: whether the SHA-256 of its id is an even or an odd number."""
        return _half(self.id)


class DateOutcome(Part):
    """What became of a mission of the portfolio: exactly one of three dates."""

    mission: MissionId
    """Id of the mission in the portfolio."""
    flown: DateRange | None = None
    """When it flew; of a mission whose planned date is another event, when that came."""
    cancelled: DateRange | None = None
    """When it was given up; a range where no day of it was announced."""
    planned: DateRange | None = None
    """When it is planned now, if it has neither flown nor been given up."""
    statement: Text
    """What happened, in a sentence or two."""
    confidence: Confidence
    """How well the row is supported: `read`, `secondary`, `computed` or `unverified`."""
    sources: Annotated[tuple[SourceKey, ...], Field(min_length=1)]
    """Keys of the file's source list that support it."""
    note: Text | None = None
    """Remark for the reader."""

    @model_validator(mode="after")
    def _one_fate(self) -> Self:
        """Refuse none or several of the three dates."""
        given = [name for name in FATES if getattr(self, name) is not None]
        if len(given) != 1:
            message = f"exactly one of {', '.join(FATES)}; found {', '.join(given) or 'none'}"
            raise ValueError(message)
        return self

    @property
    def fate(self) -> Literal["flown", "cancelled", "planned"]:
        """Which of the three dates stands."""
        return "flown" if self.flown else "cancelled" if self.cancelled else "planned"

    @property
    def half(self) -> Literal["even", "odd"]:
        """Which of two halves the row belongs to: whether the SHA-256 of its mission is an even or an odd number."""
        return _half(self.mission)


class Outcomes(Part):
    """A list of outcomes with its sources, as a file holds it."""

    id: Id
    """Short name of the list."""
    title: Text
    """Its title."""
    after: DateRange
    """Day of the portfolio that it is to be laid beside; what came about came later."""
    known_on: DateRange
    """Day up to which it is known what happened."""
    compiler: Compiler | None = None
    """Who compiled it from public sources."""
    about: tuple[Text, ...] = ()
    """What a reader has to know: choice of rows, limits, dates."""
    agencies: dict[OwnId, Text] = Field(default_factory=dict)
    """Every agency and other body that an outcome names, with its name."""
    sources: dict[SourceKey, Source] = Field(default_factory=dict)
    """Every source by its key."""
    outcomes: tuple[Outcome, ...] = ()
    """Cooperations that came or lapsed."""
    dates: tuple[DateOutcome, ...] = ()
    """Missions that flew, were given up, or are still planned."""

    @model_validator(mode="after")
    def _dated(self) -> Self:
        """Refuse days that are open or in the wrong order."""
        if self.after.stays_open or self.known_on.stays_open or self.known_on.latest <= self.after.latest:
            message = "known_on: a day later than `after`"
            raise ValueError(message)
        return self


def _half(own_id: str) -> Literal["even", "odd"]:
    """Return a half by the SHA-256 of an id, so that nobody chooses which row goes where."""
    return "odd" if hashlib.sha256(own_id.encode()).digest()[-1] % 2 else "even"


def outcome_faults(outcomes: Outcomes) -> tuple[Fault, ...]:
    """Return what is wrong between the rows of a list: unknown words, rows that stand twice, days out of order.

    Parameters
    ----------
    outcomes : Outcomes
        The list.

    Returns
    -------
    tuple of Fault
        In the order of the rows; `field` is the path in the whole list, such as `outcomes[3].agencies[1]`.
    """
    return (*_row_faults(outcomes), *_twice(outcomes))


def _row_faults(outcomes: Outcomes) -> Iterator[Fault]:
    """Yield the faults of each row."""
    for position, outcome in enumerate(outcomes.outcomes):
        yield from _reference_faults(outcomes, references(outcome), f"outcomes[{position}].")
        yield from _support_faults(outcome, f"outcomes[{position}].")
        yield from _day_fault(outcomes, outcome, f"outcomes[{position}].")
    for position, row in enumerate(outcomes.dates):
        yield from _reference_faults(outcomes, references(row), f"dates[{position}].")
        yield from _support_faults(row, f"dates[{position}].")
        yield from _fate_fault(outcomes, row, f"dates[{position}].")


def _reference_faults(outcomes: Outcomes, found: Iterable[Reference], at: str) -> Iterator[Fault]:
    """Yield a fault for every word of a row that is in no list; missions are not looked up, the portfolio has them."""
    for reference in found:
        valid: Mapping[str, object] | Vocabulary
        if isinstance(reference.mark, Cites):
            valid, code, what = outcomes.sources, "source.unknown", "a key of the source list"
        elif isinstance(reference.mark, Term):
            name = reference.mark.vocabulary
            valid, code, what = load(name), "term.unknown", f"a term of {name}"
        elif reference.mark == Points(("agency",)):
            valid, code, what = outcomes.agencies, "reference.unknown", "an id in the list of agencies"
        else:
            continue
        if reference.target not in valid:
            near = nearest(reference.target, valid)
            yield _fault(code, "there is no such entry", at + reference.path, shown(reference.target), what, near)


def _support_faults(row: Outcome | DateOutcome, at: str) -> Iterator[Fault]:
    """Yield a fault if a row claims more than its sources support."""
    if set(row.sources) == {GENERAL_KNOWLEDGE} and row.confidence != "unverified":
        message = "general knowledge alone supports no more than `unverified`"
        yield _fault("confidence.too-high", message, at + "confidence", row.confidence, "unverified")


def _day_fault(outcomes: Outcomes, outcome: Outcome, at: str) -> Iterator[Fault]:
    """Yield a fault if a cooperation came, or lapsed, no later than the portfolio's day, or after the list's."""
    field, told = ("agreed", outcome.agreed) if outcome.ended is None else ("ended", outcome.ended)
    if told.latest <= outcomes.after.latest or told.earliest > outcomes.known_on.latest:
        expected = f"a day later than {outcomes.after} and no later than {outcomes.known_on}"
        yield _fault("outcome.day", "a cooperation is no outcome of this time", at + field, str(told), expected)


def _fate_fault(outcomes: Outcomes, row: DateOutcome, at: str) -> Iterator[Fault]:
    """Yield a fault if what happened lies after the list's day, or what is still planned before it."""
    happened = row.flown or row.cancelled
    if happened is not None and happened.earliest > outcomes.known_on.latest:
        expected = f"a day no later than {outcomes.known_on}"
        yield _fault("outcome.day", "this is not known yet", at + row.fate, str(happened), expected)
    if row.planned is not None and row.planned.latest < outcomes.known_on.earliest:
        expected = f"a day no earlier than {outcomes.known_on}, or what became of it"
        yield _fault("outcome.day", "a day that is past is no plan", at + row.fate, str(row.planned), expected)


def _twice(outcomes: Outcomes) -> Iterator[Fault]:
    """Yield a fault for every row whose id or mission stands before it."""
    named = (
        ("outcomes", "id", [outcome.id for outcome in outcomes.outcomes]),
        ("dates", "mission", [row.mission for row in outcomes.dates]),
    )
    for rows, field, ids in named:
        seen: set[str] = set()
        for position, own_id in enumerate(ids):
            if own_id in seen:
                yield _fault(
                    "outcome.twice", "a row stands twice", f"{rows}[{position}].{field}", own_id, "an id of its own"
                )
            seen.add(own_id)


def _fault(code: str, message: str, field: str, found: str, expected: str, near: str = "") -> Fault:
    """Return the fault of one field."""
    return Fault(code, message, field=field, found=found, expected=expected, nearest=near)
