"""The catalogue of norms: what each requires, of whom, since when, by which text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from synodos.language import DateRange, Source
from synodos.law.registers import Registers, registers
from synodos.law.rules.dependencies import CORE, Needs, constants, needs
from synodos.law.windows import Stated

if TYPE_CHECKING:
    from synodos.law.assessing.bundles import Bundle

__all__ = ["CORE", "Binds", "Catalogue", "Instrument", "Norm", "catalogue"]

Strength = Literal["treaty", "statute", "regulation", "directive", "resolution", "commitment", "policy", "guidance"]
LAW: Final = frozenset({"treaty", "statute", "regulation", "directive"})
"""Strengths of what binds; the others recommend, or are commitments of policy."""
Modality = Literal["obligation", "prohibition", "permission", "exemption", "constitutive", "hortatory"]
Judged = Literal["start", "course", "rendered"]
Confidence = Literal["read", "secondary", "computed", "unverified"]
Words = Annotated[str, Field(min_length=1)]


def _day(value: object) -> object:
    """Return a day that is written as `2011-11-20`; other values as they are."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        message = "a day that the calendar has, such as 2011-11-20"
        raise ValueError(message) from None


Day = Annotated[dt.date, BeforeValidator(_day)]


class Renewal(BaseModel):
    """An act that carried a window further."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    until: DateRange
    """First day that it no longer covers."""
    known_since: Day
    """Day since when it has been known."""


class Later(BaseModel):
    """What became so of a norm after its text was public."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    known_since: Day
    """Day since when it has been known."""
    text: Words
    """What it is, in our words."""


class Former(BaseModel):
    """How something was cited before what came later was known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    until: Day
    """Day from which it is cited otherwise."""
    cited: Words
    """How it was cited."""


class _Entry(BaseModel):
    """A record of the catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    begins: DateRange | None = Field(default=None, alias="from")
    """First day in force."""
    until: DateRange | None = None
    """First day no longer in force."""
    afterwards: Literal["ended", "unknown"] | None = None
    """Whether it is over after its end, or nobody found what came then."""
    known_since: Day | None = None
    """Day since when the text has been public; empty: the first day in force."""
    until_known_since: Day | None = None
    """Day since when its end has been known; empty: as its begin."""
    renewed: tuple[Renewal, ...] = ()
    """Acts that carried the window beyond `until`, in order; what the last one known leaves open stays open."""
    formerly: tuple[Former, ...] = ()
    """Earlier titles of an instrument, or pinpoints of a norm, in order."""
    sources: tuple[Words, ...] = ()
    """Keys into the list of sources."""
    note: Words | None = None
    """Remark for the reader."""


class Binds(BaseModel):
    """Whom an instrument binds; exactly one is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    in_register: str | None = Field(default=None, alias="register")
    state: str | None = None
    agencies_of: str | None = None
    persons_of: str | None = None
    agencies: tuple[str, ...] | None = None
    everybody: Literal["states", "actors"] | None = None
    members: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        """Refuse none, or more than one."""
        if len(self.model_fields_set) != 1:
            message = f"exactly one of {', '.join(info.alias or key for key, info in type(self).model_fields.items())}"
            raise ValueError(message)
        return self

    @property
    def listed_in(self) -> str | None:
        """Register that says who is bound, if one does."""
        return self.in_register or self.members


class Instrument(_Entry):
    """A treaty, statute, directive, resolution, or policy."""

    id: Words
    title: Words
    work: Words
    """Citation of the work, such as `un/outer-space-treaty`."""
    strength: Strength
    binds: Binds
    confidence: Confidence = "read"

    @property
    def is_law(self) -> bool:
        """Whether it binds in law those to whom it is addressed; others are told what is expected of them."""
        return self.strength in LAW


class Norm(_Entry):
    """One thing that an instrument says."""

    id: Words
    pinpoint: Words
    title: Words
    """Short imperative line."""
    text: Words
    """What it requires, in our words."""
    later: tuple[Later, ...] = ()
    """What the text cannot tell to those who ask for the law of an earlier day, in order."""
    bearer: Words
    """Whom it addresses, in words."""
    modality: Modality
    met_when: dict[str, Literal["yes", "no"]] = Field(default_factory=dict)
    """Answers to legal questions by which it is met."""
    lifts: tuple[Words, ...] = ()
    """Norms from which it exempts."""
    defined_by: tuple[Words, ...] = ()
    """Norms that say what its words mean; where they are general knowledge, so is what is in conflict with it."""
    judged: Judged = "start"
    """By which day it is judged."""
    arises: Words | None = None
    """When a standing or contingent duty arises."""
    contested: tuple[Words, ...] = ()
    """Contested questions that bear on it."""
    questions: dict[str, Words] = Field(default_factory=dict)
    """Wording of questions in place of the vocabulary's."""
    confidence: Confidence | None = None
    """How well it is supported; empty: as its instrument."""


@dataclass(frozen=True)
class Catalogue:
    """Every norm, with its instrument, its sources and the rules that say when it applies.

    Attributes
    ----------
    instruments, norms, sources : mapping
        By id; norms in the order of their instruments.
    instrument_of : mapping of str to str
        Instrument of each norm.
    rules : mapping of str to str
        Text of each rule file by its name without `.lp`; `core` among them.
    registers : Registers
        Who is bound.
    places : mapping of str to str
        File of each norm and instrument.
    facts : tuple of str
        Facts that recorded policies add to the program.
    supposed : mapping of str to Stated
        Windows of norms that are supposed in place of those that records state.
    """

    instruments: Mapping[str, Instrument]
    norms: Mapping[str, Norm]
    sources: Mapping[str, Source]
    instrument_of: Mapping[str, str]
    rules: Mapping[str, str] = field(repr=False)
    registers: Registers = field(repr=False, compare=False)
    places: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    facts: tuple[str, ...] = ()
    supposed: Mapping[str, Stated] = field(default_factory=dict)

    def instrument(self, norm: str) -> Instrument:
        """Return the instrument of a norm."""
        return self.instruments[self.instrument_of[norm]]

    def sources_of(self, norm: str) -> tuple[str, ...]:
        """Return the keys of the sources of a norm."""
        return self.norms[norm].sources or self.instrument(norm).sources

    def is_unverified(self, norm: str) -> bool:
        """Return whether a norm rests on general knowledge."""
        own = self.norms[norm].confidence
        return (own or self.instrument(norm).confidence) == "unverified"

    def stated(self, norm: str) -> Stated:
        """Return when a norm is in force; what it does not say, its instrument says."""
        if norm in self.supposed:
            return self.supposed[norm]
        own, whole = self.norms[norm], self.instrument(norm)
        begins = own.begins or whole.begins
        if begins is None:
            raise KeyError(norm)
        ends_of = own if own.until else whole
        known = own.known_since or (whole.known_since if own.begins is None else None)
        renewed = tuple((act.known_since, act.until) for act in ends_of.renewed)
        afterwards = ends_of.afterwards or "ended"
        return Stated(begins, ends_of.until, afterwards, known, ends_of.until_known_since, renewed)

    def text(self, norm: str, known_on: dt.date) -> str:
        """Return what a norm requires, as it was known on a day."""
        record = self.norms[norm]
        return " ".join([record.text, *(one.text for one in record.later if one.known_since <= known_on)])

    def title(self, norm: str, known_on: dt.date) -> str:
        """Return the title of the instrument of a norm, as it was known on a day."""
        whole = self.instrument(norm)
        return _as_cited(whole.title, whole.formerly, known_on)

    def pinpoint(self, norm: str, known_on: dt.date) -> str:
        """Return where a norm stands in its instrument, as it was known on a day."""
        record = self.norms[norm]
        return _as_cited(record.pinpoint, record.formerly, known_on)

    def members(self, organisation: str, at: DateRange | None) -> Iterator[tuple[str, bool]]:
        """Yield the states that are members of an organisation on any day, and whether that is general knowledge."""
        when = at or DateRange("1500..")
        for state, row in self.registers.rows.get(organisation, {}).items():
            window = self.registers.window(organisation, state, dt.date.max)
            if window is not None and window.overlaps(when) != "no":
                uncertain = at is not None and window.overlaps(at) == "perhaps"
                yield state, row.confidence == "unverified" or uncertain

    @cached_property
    def as_of(self) -> dt.date:
        """Day of the newest text behind the catalogue: it holds nothing later."""
        return max(one.as_at for one in self.registers.registers.values())

    def law_day(self, known_on: dt.date) -> dt.date:
        """Return the state of the law that is asked about if none is named: no later than the catalogue."""
        return min(known_on, self.as_of)

    @cached_property
    def contract_days(self) -> tuple[dt.date, ...]:
        """Days by which rules ask whether a contract was made."""
        asked = {*constants(self.rules, "contracted_by", 1), *constants(self.rules, "contracted_after", 1)}
        return tuple(sorted(dt.date.fromisoformat(day) for day in asked))

    @cached_property
    def signing_days(self) -> tuple[dt.date, ...]:
        """Days before or since which rules ask whether an agreement was signed."""
        asked = {*constants(self.rules, "signed_before", 2), *constants(self.rules, "signed_since", 2)}
        return tuple(sorted(dt.date.fromisoformat(day) for day in asked))

    @cached_property
    def needs(self) -> Mapping[str, Needs]:
        """What each norm rests on, by the rules that concern it."""
        return needs(self.rules)

    @cached_property
    def bundles(self) -> tuple[Bundle, ...]:
        """Instruments that have to be judged together."""
        from synodos.law.assessing.bundles import bundles  # which asks what a catalogue is

        return bundles(self)

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """Registers and groups of countries that rules ask for by name."""
        asked = {*constants(self.rules, "listed", 2), *constants(self.rules, "perhaps_listed", 2)}
        return tuple(sorted(asked))

    def extended(
        self, instruments: Iterable[Instrument], norms: Mapping[str, Iterable[Norm]], facts: Iterable[str]
    ) -> Catalogue:
        """Return the catalogue with more instruments, and their norms by instrument."""
        flat = {norm.id: norm for of in norms.values() for norm in of}
        return replace(
            self,
            instruments={**self.instruments, **{one.id: one for one in instruments}},
            norms={**self.norms, **flat},
            instrument_of={**self.instrument_of, **{norm.id: key for key, of in norms.items() for norm in of}},
            facts=(*self.facts, *facts),
        )


def _as_cited(now: str, formerly: Iterable[Former], known_on: dt.date) -> str:
    """Return how something was cited on a day."""
    return next((one.cited for one in formerly if known_on < one.until), now)


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that the package ships.

    Raises
    ------
    PortfolioError
        If a file of it is at fault.
    """
    from synodos.law.norm_files import read

    return read(files("synodos.law").joinpath("norms"), registers())
