"""Large portfolios of made-up plans, alike in shape to real ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from synodos.language import (
    Agency,
    Element,
    Header,
    History,
    Interest,
    Mission,
    Need,
    Offer,
    Portfolio,
    Record,
    Requirement,
    load,
)

SHARES: dict[type[Record], float] = {Mission: 0.28, Element: 0.33, Interest: 0.22, Offer: 0.13, Need: 0.04}
"""What share of the records is of which kind; nearly that of the portfolio of 2011, which states no needs apart."""
MET = 0.6
"""Share of the requirements of missions that an element meets, as in the portfolio of 2011."""
FIRST_YEAR, YEARS = 2012, 30
SHARED: dict[str, Any] = {"release": "public", "as_of": "2011", "confidence": "read", "sources": ["made-up"]}


class Maker:
    """Draws records from one seed."""

    def __init__(self, size: int, seed: int) -> None:
        """Choose what the records are drawn from."""
        self.random = np.random.default_rng(seed)
        capabilities = load("capabilities")
        self.capabilities = [term for term in capabilities if capabilities.terms[term].parent]
        self.destinations = list(load("destinations"))
        self.objectives = list(load("exploration-objectives"))
        self.agencies = [f"agency-{number}" for number in range(round(10 + size**0.4))]
        self.elements: dict[str, list[str]] = defaultdict(list)

    def of(self, values: list[str], most: int) -> list[str]:
        """Return one to `most` of the values."""
        picked = self.random.integers(0, len(values), self.random.integers(1, most + 1))
        return list(dict.fromkeys(values[position] for position in picked.tolist()))

    def years(self, longest: int) -> str:
        """Return a range of years."""
        first = FIRST_YEAR + int(self.random.integers(0, YEARS))
        return f"{first}..{first + int(self.random.integers(0, longest))}"

    def requirements(self, most: int, met: float) -> list[Requirement]:
        """Return requirements, some met by elements drawn before."""
        found = []
        for capability in self.of(self.capabilities, most):
            meets = self.elements[capability] if self.random.random() < met else []
            essential = bool(self.random.integers(0, 2))
            found.append(
                Requirement(
                    capability=capability, essential=essential, met_by=tuple(self.of(meets, 1) if meets else ())
                )
            )
        return found

    def record(self, kind: type[Record], number: int) -> Record:
        """Return a record of a kind."""
        owner = self.of(self.agencies, 1)[0]
        own = {"id": f"{kind.kind}-{number}", "owner": owner, "stated_by": owner, "name": f"{kind.kind} {number}"}
        values = {**SHARED, **own, "destinations": self.of(self.destinations, 2), **OWN_FIELDS[kind](self)}
        return kind.model_validate(values)


def _element(maker: Maker) -> dict[str, Any]:
    status = maker.of(["studied", "planned", "in-development", "operating"], 1)[0]
    provides = maker.of(maker.capabilities, 2)
    return {"status": status, "provides": provides, "available": maker.years(12)}


def _mission(maker: Maker) -> dict[str, Any]:
    status = maker.of(["idea", "studied", "planned", "in-development"], 1)[0]
    planned = maker.years(2)
    objectives, partners = maker.of(maker.objectives, 2), [{"agency": agency} for agency in maker.of(maker.agencies, 2)]
    return {
        "status": status,
        "planned": planned,
        "objectives": objectives,
        "partners": partners,
        "provides": maker.of(maker.capabilities, 2),
        "requirements": maker.requirements(4, MET),
    }


def _interest(maker: Maker) -> dict[str, Any]:
    strength = maker.of(["high", "medium", "low"], 1)[0]
    return {"strength": strength, "capabilities": maker.of(maker.capabilities, 2), "seeks": maker.requirements(1, 0)}


def _offer(maker: Maker) -> dict[str, Any]:
    return {"provides": maker.of(maker.capabilities, 1), "available": maker.years(6)}


def _need(maker: Maker) -> dict[str, Any]:
    return {"seeks": maker.requirements(2, 0)}


OWN_FIELDS: dict[type[Record], Callable[[Maker], dict[str, Any]]] = {
    Element: _element,
    Mission: _mission,
    Interest: _interest,
    Offer: _offer,
    Need: _need,
}


def portfolio(size: int, seed: int = 1) -> Portfolio:
    """Return a portfolio of about `size` records."""
    return history(size, seed).known_on()


def history(size: int, seed: int = 1) -> History:
    """Return the statements of a portfolio of about `size` records, one each."""
    header = Header.model_validate(
        {"id": "made-up", "title": "Made-up plans", "known_on": "2012", "sources": {"made-up": {"title": "Made up"}}}
    )
    return History(header, tuple(_records(size, seed)))


def _records(size: int, seed: int) -> Iterator[Record]:
    """Yield records, elements first, since others name them."""
    maker = Maker(size, seed)
    for agency in maker.agencies:
        yield Agency(
            id=agency, owner=agency, stated_by=agency, name=agency, short_name=agency, actor="agency", **SHARED
        )
    for kind in (Element, Mission, Interest, Offer, Need):
        for number in range(round(size * SHARES[kind])):
            record = maker.record(kind, number)
            if isinstance(record, Element):
                for capability in record.provides:
                    maker.elements[capability].append(record.id)
            yield record
