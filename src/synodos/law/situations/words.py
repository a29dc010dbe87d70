"""What words of a portfolio mean to law: tables with their reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

Encounter = Literal["orbiter", "lander", "rover", "flyby", "impactor", "sample_return"]


class _Reasoned(BaseModel):
    """A choice, with the reason for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: Annotated[str, Field(min_length=1)]


class Place(_Reasoned):
    """What a destination means: the body, how it is met, and whether more than one body may be meant."""

    destination: str
    target: str | None = None
    encounters: tuple[Encounter, ...] = ()
    surface: bool = False
    open: bool = False


class Form(_Reasoned):
    """What words in the form of a mission mean."""

    words: Annotated[tuple[str, ...], Field(min_length=1)]
    encounters: tuple[Encounter, ...] = ()
    open: bool = False
    gives_way: bool = False
    built_in_space: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Pattern that finds one of the words, whole and in any case."""
        return re.compile(r"\b(?:" + "|".join(map(re.escape, self.words)) + r")\b", re.IGNORECASE)


class Ability(_Reasoned):
    """What a capability that a mission provides means."""

    capability: str
    encounters: tuple[Encounter, ...] = ()


class Named(_Reasoned):
    """A destination that law names."""

    destination: str


class ListEntry(_Reasoned):
    """How an entry of an export control list is written, and what law calls it."""

    pattern: str
    entry: str


class ClauseAnswer(_Reasoned):
    """A question that a clause answers with yes."""

    clause: str
    question: str


class Forum(_Reasoned):
    """A body that is no organisation in law."""

    agency: str


class Words(BaseModel):
    """Everything that turns words of a portfolio into facts; `words.yaml` says what each table is for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["synodos-law-words"]
    version: Literal[1]
    places: tuple[Place, ...]
    on_earth: Named
    station: Named
    forms: tuple[Form, ...]
    capabilities: tuple[Ability, ...]
    no_launch: tuple[Form, ...]
    nuclear: tuple[Ability, ...]
    nuclear_propulsion: Ability
    launch: Ability
    lists: tuple[ListEntry, ...]
    clauses: tuple[ClauseAnswer, ...]
    passed_on: tuple[str, ...]
    forums: tuple[Forum, ...]

    @cached_property
    def place(self) -> Mapping[str, Place]:
        """Rows of the destinations."""
        return {row.destination: row for row in self.places}

    @cached_property
    def forum(self) -> frozenset[str]:
        """Agencies that are no organisations."""
        return frozenset(row.agency for row in self.forums)

    def list_entry(self, classification: str) -> str | None:
        """Return what law calls an entry of an export control list; None if no pattern fits."""
        for row in self.lists:
            if re.match(row.pattern, classification.strip(), re.IGNORECASE):
                return row.entry
        return None


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the tables that the package ships."""
    text = files("synodos.law.situations").joinpath("words.yaml").read_text(encoding="utf-8")
    content: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe loaders both
    return Words.model_validate(content)
