"""What stands in where no agency says how uncertain its work is: data, each value with its source."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from synodos.language import Spread
from synodos.schedule.questions.wording import hindsight_text

SPREADS: Final = ("duration", "instrument-duration", "replacement", "shock", "cost")
LEVELS: Final = ("intent", "budgeted", "agreed", "contracted")
NUMBERS: Final = ("correlation", "shock-per-year", "confidence")

Share = Annotated[float, Field(ge=0, le=1)]


class _Sourced(BaseModel):
    """A value with where it comes from, up to which day, and whether it is judgement.

    `sources_to` is the day of the latest source or event that it rests on; the last of a year of which no more is
    known. Without one it rests on none that has a day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    judgement: bool
    source: Annotated[str, Field(min_length=1)]
    sources_to: dt.date | None = None

    def known_by(self, day: dt.date) -> bool:
        """Return whether all that it rests on had happened by a day."""
        return self.sources_to is None or self.sources_to <= day

    def source_on(self, day: dt.date) -> str:
        """Return where it comes from, as may be told on a day: nothing of what only came after."""
        return self.source if self.sources_to is None or self.known_by(day) else hindsight_text(self.sources_to)


class DefaultSpread(_Sourced):
    """How uncertain something is."""

    spread: Spread
    says: str


class Kept(_Sourced):
    """How likely a commitment of one level is kept."""

    value: Share


class Number(_Sourced):
    """A share."""

    value: Share
    says: str


class Other(BaseModel):
    """Another value of a default: a spread, a number, or (for commitments) the factor on the chance to break.

    `across` lets a correlation hold between all agencies, and not only within each.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str
    value: str
    spread: Spread | None = None
    number: Share | None = None
    odds: Annotated[float, Field(gt=0)] | None = None
    across: bool = False

    @model_validator(mode="after")
    def _one(self) -> Self:
        """Refuse a row that changes nothing, several things, or what there is not."""
        given = [name for name in ("spread", "number", "odds") if getattr(self, name) is not None]
        known = {"spread": SPREADS, "number": (*NUMBERS, "kept"), "odds": ("kept",)}
        if len(given) != 1 or self.name not in known[given[0]]:
            message = "one of spread, number and odds, for a default that has it"
            raise ValueError(message)
        return self


class Defaults(BaseModel):
    """Everything that stands in where nothing is stated.

    Attributes
    ----------
    as_of : datetime.date
        Day up to which sources were used.
    spreads : dict of str to DefaultSpread
        Durations, delays of replacement and shock, cost.
    kept : dict of str to Kept
        Chance that a commitment is kept, by its level.
    numbers : dict of str to Number
        Correlation within an agency, chance of a shock in a year, joint confidence to reach.
    other : tuple of Other
        Other values, by which an answer shows how far it rests on the defaults.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["synodos-risk-defaults"] = "synodos-risk-defaults"
    version: Literal[1] = 1
    as_of: dt.date
    spreads: dict[str, DefaultSpread]
    kept: dict[str, Kept]
    numbers: dict[str, Number]
    other: tuple[Other, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Refuse defaults that leave something out or say something that nothing asks for."""
        for name, expected in (("spreads", SPREADS), ("kept", LEVELS), ("numbers", NUMBERS)):
            found = getattr(self, name)
            if set(found) != set(expected):
                message = f"{name}: expected {', '.join(expected)}; found {', '.join(found)}"
                raise ValueError(message)
            late = [key for key, row in found.items() if not row.known_by(self.as_of)]
            if late:
                message = f"{name}: no source after {self.as_of}; found later ones for {', '.join(late)}"
                raise ValueError(message)
        return self

    def spread(self, name: str) -> Spread:
        """Return a spread."""
        return self.spreads[name].spread

    def sourced(self, name: str) -> DefaultSpread | Kept | Number:
        """Return a default by its name, such as `duration` or `kept.intent`."""
        table, _, level = name.partition(".")
        return self.kept[level] if table == "kept" else self.spreads.get(name) or self.numbers[name]

    def number(self, name: str) -> float:
        """Return a number."""
        return self.numbers[name].value

    def changed(self, other: Other) -> Defaults:
        """Return the defaults with another value in place of one of them."""
        if other.spread is not None:
            return self._with("spreads", other.name, {"spread": other.spread})
        if other.name != "kept":
            return self._with("numbers", other.name, {"value": other.number})
        values = {level: _kept(row.value, other) for level, row in self.kept.items()}
        kept = {level: row.model_copy(update={"value": values[level]}) for level, row in self.kept.items()}
        return self.model_copy(update={"kept": kept})

    def _with(self, table: str, name: str, update: dict[str, Any]) -> Defaults:
        """Return the defaults with one entry of a table changed."""
        rows = getattr(self, table)
        return self.model_copy(update={table: {**rows, name: rows[name].model_copy(update=update)}})


def _kept(value: float, other: Other) -> float:
    """Return the chance to be kept as `other` sets it."""
    if other.number is not None:
        return other.number
    return 1 - min(1.0, (1 - value) * (other.odds or 1.0))


@lru_cache(maxsize=1)
def default_defaults() -> Defaults:
    """Return the defaults that the package ships."""
    text = files("synodos.schedule.risk").joinpath("defaults.yaml").read_text(encoding="utf-8")
    content: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe loaders both
    return Defaults.model_validate(content)
