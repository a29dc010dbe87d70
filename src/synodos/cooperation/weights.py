"""What decides how good an opportunity is: weights and values as data, each with its reason."""

from __future__ import annotations

from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from synodos.language import Interest, Mission, Record, fields

PARTS: Final = (
    "capability",
    "destination",
    "time",
    "interface",
    "interest-of-seeker",
    "interest-of-provider",
    "readiness",
    "cost-avoided",
    "support",
)
"""Parts of a score, in the order in which they are shown."""


def _words(kind: type[Record], name: str) -> tuple[str, ...]:
    """Return the words that a field of a record kind allows."""
    return next(field.words for field in fields(kind) if field.name == name)


WORDS: Final = {
    "capability": ("exact", "narrower", "broad"),
    "destination": ("same", "anywhere", "same-body", "elsewhere"),
    "interface": ("same", "revision-not-stated", "other-revision", "clash"),
    "strength": (*_words(Interest, "strength"), "not-stated", "destination-only"),
    "seeking": ("essential", "stated", "inferred", "deferred"),
    "offering": ("to-the-seeker", "to-anyone", "capacity-to-share", "to-others"),
    "readiness": (*_words(Mission, "status"), "expertise"),
    "level": (),
    "openness": _words(Mission, "status"),
    "confidence": _words(Mission, "confidence"),
}
"""Tables of values, each with the words that it must hold."""
PARAMETERS: Final = ("tolerance", "service", "collaboration-exponent")

Share = Annotated[float, Field(ge=0, le=1)]


class _Reasoned(BaseModel):
    """A choice, with the reason for it and where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    reason: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]


class PartWeight(_Reasoned):
    """How much a part of the score counts, and what stands in where it is not known."""

    weight: Share
    unknown: Share


class Table(_Reasoned):
    """The value of each word."""

    values: dict[str, Share]


class Parameter(_Reasoned):
    """A number."""

    value: Annotated[float, Field(ge=0)]
    unit: str


class Weights(BaseModel):
    """Everything that decides on a score.

    Attributes
    ----------
    parts : dict of str to PartWeight
        Weight of each part.
    tables : dict of str to Table
        Values that words stand for.
    parameters : dict of str to Parameter
        Tolerance in time, service without a stated end (days), and the collaboration exponent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["synodos-weights"] = "synodos-weights"
    version: Literal[1] = 1
    parts: dict[str, PartWeight]
    tables: dict[str, Table]
    parameters: dict[str, Parameter]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        """Refuse weights that leave something out or say something that nothing asks for."""
        asked = {"parts": PARTS, "tables": tuple(WORDS), "parameters": PARAMETERS}
        for name, expected in asked.items():
            found = getattr(self, name)
            if set(found) != set(expected):
                message = f"{name}: expected {', '.join(expected)}; found {', '.join(found)}"
                raise ValueError(message)
        for name, words in WORDS.items():
            if missing := set(words) - set(self.tables[name].values):
                message = f"tables.{name}: no value for {', '.join(sorted(missing))}"
                raise ValueError(message)
        if not sum(part.weight for part in self.parts.values()):
            message = "parts: every weight is 0"
            raise ValueError(message)
        return self

    @cached_property
    def scale(self) -> tuple[tuple[float, float], ...]:
        """Share of each part in the score, and its value where it is unknown, in the order of `PARTS`."""
        total = sum(part.weight for part in self.parts.values())
        return tuple((self.parts[name].weight / total, self.parts[name].unknown) for name in PARTS)

    def value(self, table: str, word: str) -> float:
        """Return the value of a word."""
        return self.tables[table].values[word]

    def parameter(self, name: str) -> float:
        """Return a number."""
        return self.parameters[name].value


@lru_cache(maxsize=1)
def default_weights() -> Weights:
    """Return the weights that the package ships."""
    text = files("synodos.cooperation").joinpath("weights.yaml").read_text(encoding="utf-8")
    content: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe loaders both
    return Weights.model_validate(content)
