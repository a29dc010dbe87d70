"""The ladder of instruments: rungs, reasons and approvals, read from `ladder.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import Field

from synodos.language import Part, load


class Sourced(Part):
    """What stands in the ladder with its support."""

    confidence: Literal["read", "secondary", "computed", "unverified"]
    """How well it is supported."""
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    """Keys of the sources of the norms."""


class Rung(Sourced):
    """One step of the ladder."""

    id: str
    """Type of instrument that stands for it."""
    height: int
    """Its place; the lightest is 0."""
    binding: bool | None = None
    """False if instruments of this rung do not bind; empty: as their text says."""
    under: bool = False
    """Whether it stands under another instrument."""
    types: tuple[str, ...]
    """Types of instruments on this rung, with all below them in the vocabulary."""


class Reason(Sourced):
    """Why a rung or a clause is needed."""

    text: str
    """The reason in a sentence."""


class Approval(Sourced):
    """How one side approves agreements; either `side` or `agency` is given."""

    side: str | None = None
    """State or organisation."""
    agency: str | None = None
    """Agency that takes steps of its own, beside those of its state."""
    from_height: int
    """Lowest rung that it is about."""
    path: str
    """The way to signature, in words."""


class Ladder(Part):
    """What `ladder.yaml` holds."""

    format: Literal["synodos-instruments"]
    version: Literal[1]
    rungs: tuple[Rung, ...]
    """From the lightest to the heaviest."""
    umbrellas: tuple[str, ...]
    """Types whose terms hold for instruments under them."""
    unplaced: tuple[str, ...]
    """Types that do not say how weighty the instrument is."""
    reasons: dict[str, Reason]
    """Reasons by id."""
    approvals: tuple[Approval, ...]
    """Rows of states and organisations, and of agencies."""

    def rung(self, rung_id: str) -> Rung:
        """Return a rung by its id."""
        return next(rung for rung in self.rungs if rung.id == rung_id)

    def rung_of(self, instrument: str) -> Rung | None:
        """Return the rung on which a type of instrument stands; None if its type does not tell."""
        for one in load("instrument-types").ancestors(instrument):
            if one in self.unplaced:
                return None
            for rung in self.rungs:
                if one in rung.types:
                    return rung
        return None

    def is_umbrella(self, instrument: str) -> bool:
        """Return whether instruments of a type hold common terms for others."""
        return instrument in self.umbrellas

    def approval(self, party: str, side: str, height: int) -> tuple[Approval, ...]:
        """Return how a side, and then the party itself, approves an instrument of a height; nothing if not known."""
        fitting = [row for row in self.approvals if row.from_height <= height]
        of_side = [row for row in fitting if row.side == side]
        own = [row for row in fitting if row.agency == party]
        return tuple(max(rows, key=lambda row: row.from_height) for rows in (of_side, own) if rows)


@cache
def ladder() -> Ladder:
    """Return the ladder that the package ships."""
    text = files("synodos.law.instruments").joinpath("ladder.yaml").read_text(encoding="utf-8")
    return Ladder.model_validate(yaml.safe_load(text))
