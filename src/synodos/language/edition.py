"""The plan of an edition: what a numbered roadmap freezes, and the words that go with it."""

import datetime as dt
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from synodos.language.dates import DateRange
from synodos.language.marks import AgencyId, Id, OwnId, ScenarioId, Text
from synodos.language.record import Part

MOST_ITERATIONS: Final = 1_000_000


class Chapter(Part):
    """A chapter that the authors of an edition write themselves."""

    title: Text
    """Its heading."""
    text: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Its paragraphs."""


class EditionPlan(Part):
    """What an edition of the roadmap freezes: a day of knowledge, scenarios and words."""

    id: OwnId
    """Short name of the edition in lower case with hyphens."""
    number: Annotated[int, Field(ge=1, le=999)]
    """Number of the edition."""
    title: Text
    """Its title."""
    published: DateRange
    """When it is published."""
    known_on: DateRange
    """Day of knowledge; a month or a year counts as its last day."""
    law_known_on: DateRange | None = None
    """Day of which the law is told; empty: the day of knowledge."""
    viewer: Id = "public"
    """Who may see what it tells: `public`, `members`, or an agency."""
    scenarios: Annotated[tuple[ScenarioId, ...], Field(min_length=1)]
    """Scenarios that it lays side by side, in this order."""
    authors: tuple[AgencyId, ...] = ()
    """Agencies that publish it together."""
    iterations: Annotated[int, Field(ge=1, le=MOST_ITERATIONS)] = 2_000
    """Iterations of the chances of dates (Monte Carlo)."""
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] = 1
    """Seed of the chances: same seed, same answer."""
    foreword: tuple[Text, ...] = ()
    """Paragraphs that open it."""
    chapters: tuple[Chapter, ...] = ()
    """Chapters in the words of the authors."""
    supersedes: Id | None = None
    """Id of the edition that it follows."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        """Refuse open dates, what is published before it is known, and what stands twice."""
        for name in ("published", "known_on", "law_known_on"):
            stated = getattr(self, name)
            if stated is not None and (stated.opens_early or stated.stays_open):
                message = f"{name}: an edition has a date, not an open range"
                raise ValueError(message)
        if self.published.latest < self.known_on.latest:
            message = f"published: on or after the day of knowledge, {self.known_on}; found {self.published}"
            raise ValueError(message)
        for name in ("scenarios", "authors"):
            keys: tuple[str, ...] = getattr(self, name)
            if len(set(keys)) < len(keys):
                message = f"{name}: each once; found {', '.join(keys)}"
                raise ValueError(message)
        if self.supersedes == self.id:
            message = "supersedes: an edition follows another one, not itself"
            raise ValueError(message)
        return self

    @property
    def day(self) -> dt.date:
        """Day of knowledge."""
        return self.known_on.latest

    @property
    def law_day(self) -> dt.date:
        """Day of which the law is told."""
        return self.law_known_on.latest if self.law_known_on else self.day
