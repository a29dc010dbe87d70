"""Lead times and weights of the options: data, each value with its source."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from synodos.whatif.options.types import CRITERIA

LEADS: Final = ("new-agreement", "agreement-at-hand", "own-decision", "further-copy", "development", "merging")
SHARES: Final = ("missed-period", "left-out")
SEARCH: Final = ("moves", "combinations", "fewest")


class _Sourced(BaseModel):
    """A value with where it comes from, up to which day, and whether it is judgement."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    says: str
    judgement: bool
    source: Annotated[str, Field(min_length=1)]
    sources_to: dt.date | None = None

    def source_on(self, day: dt.date) -> str:
        """Return where it comes from, as may be told on a day: nothing of what only came after."""
        if self.sources_to is None or self.sources_to <= day:
            return self.source
        return f"rests on sources up to {self.sources_to}, later than the day of knowledge, and so not told here"


class Lead(_Sourced):
    """A time in days."""

    days: Annotated[int, Field(ge=0)]


class Share(_Sourced):
    """A number."""

    value: Annotated[float, Field(ge=0)]


class Choice(BaseModel):
    """A number that we chose, with the reason."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    value: Annotated[float, Field(ge=0)]
    reason: Annotated[str, Field(min_length=1)]


class OptionDefaults(BaseModel):
    """Everything that stands in where nothing is stated, and the weights.

    Attributes
    ----------
    as_of : datetime.date
        Day up to which sources were used.
    leads : dict of str to Lead
        Lead times in days.
    shares : dict of str to Share
        Shares and other numbers.
    weights : dict of str to Choice
        Weight of each criterion; only their ratios matter.
    search : dict of str to Choice
        Bounds of the search.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["synodos-option-defaults"] = "synodos-option-defaults"
    version: Literal[1] = 1
    as_of: dt.date
    leads: dict[str, Lead]
    shares: dict[str, Share]
    weights: dict[str, Choice]
    search: dict[str, Choice]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Refuse defaults that leave something out or say something that nothing asks for."""
        asked = {"leads": LEADS, "shares": SHARES, "weights": CRITERIA, "search": SEARCH}
        for name, expected in asked.items():
            found = getattr(self, name)
            if set(found) != set(expected):
                message = f"{name}: expected {', '.join(expected)}; found {', '.join(found)}"
                raise ValueError(message)
        sourced = (*self.leads.items(), *self.shares.items())
        if late := [key for key, row in sourced if row.sources_to and row.sources_to > self.as_of]:
            message = f"no source after {self.as_of}; found later ones for {', '.join(late)}"
            raise ValueError(message)
        if not sum(row.value for row in self.weights.values()):
            message = "weights: every weight is 0"
            raise ValueError(message)
        return self

    def days(self, lead: str) -> int:
        """Return a lead time."""
        return self.leads[lead].days

    def share(self, name: str) -> float:
        """Return a share."""
        return self.shares[name].value

    @property
    def scale(self) -> dict[str, float]:
        """Share of each criterion in the score, in the order of `CRITERIA`."""
        total = sum(row.value for row in self.weights.values())
        return {name: self.weights[name].value / total for name in CRITERIA}

    def told_on(self, day: dt.date) -> tuple[str, ...]:
        """Return every lead time and share in a sentence, with its source as may be told on a day."""
        rows: list[tuple[str, _Sourced, str]] = [
            *((name, row, f"{row.days} days") for name, row in self.leads.items()),
            *((name, row, f"{row.value:g}") for name, row in self.shares.items()),
        ]
        return tuple(
            f"{name}: {value} ({row.says}); {'judgement' if row.judgement else 'from a source'}: {row.source_on(day)}"
            for name, row, value in rows
        )


@lru_cache(maxsize=1)
def default_option_defaults() -> OptionDefaults:
    """Return the defaults that the package ships."""
    text = files("synodos.whatif.options").joinpath("defaults.yaml").read_text(encoding="utf-8")
    content: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe loaders both
    return OptionDefaults.model_validate(content)
