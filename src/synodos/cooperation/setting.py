"""What all steps of one question share: the portfolio, the weights, and codes for agencies, capabilities and places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, TypeVar

from synodos.cooperation.matching import Tree
from synodos.cooperation.places import Places
from synodos.cooperation.weights import Weights
from synodos.cooperation.windows import Windows, is_gone, windows
from synodos.language import WITHHELD, Portfolio, Record, Requirement

R = TypeVar("R", bound=Record)
REQUIREMENTS: Final[Mapping[str, Callable[[Record], tuple[Requirement, ...]]]] = {
    "mission": attrgetter("requirements"),
    "element": attrgetter("needs"),
    "interest": attrgetter("seeks"),
    "need": attrgetter("seeks"),
}
"""Where records of a kind state what they require."""


def required(portfolio: Portfolio) -> Iterator[tuple[Record, Requirement]]:
    """Yield every requirement with the record that states it, in the order of the records' ids, kind by kind."""
    for kind, requirements in REQUIREMENTS.items():
        table = portfolio.tables.get(kind, {})
        for key in sorted(table):
            for requirement in requirements(table[key]):
                yield table[key], requirement


def _gone(portfolio: Portfolio) -> Iterator[str]:
    """Yield the ids of what was named to meet requirements and never will."""
    for table in (portfolio.elements, portfolio.missions, portfolio.offers):
        yield from (record.id for record in table.values() if is_gone(record))


@dataclass(frozen=True)
class Setting:
    """What all steps of one question share.

    Attributes
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    weights : Weights
        What decides on scores.
    agencies : dict of str to int
        Code of each agency, in the order of their ids.
    tree : Tree
        The capabilities.
    places : Places
        Codes of destinations.
    today : int
        Day of knowledge, as days since the calendar began.
    at_work : Windows
        When plans that are not over are at work.
    gone : frozenset of str
        Ids of elements and missions given up or lost, and of offers withdrawn.
    """

    portfolio: Portfolio
    weights: Weights
    agencies: Mapping[str, int]
    tree: Tree
    places: Places
    today: int
    at_work: Windows
    gone: frozenset[str]

    @classmethod
    def of(cls, portfolio: Portfolio, weights: Weights) -> Setting:
        """Return the setting of a question to `portfolio`."""
        owners = {record.owner for record in portfolio} | portfolio.agencies.keys()
        tree = Tree.of({term.id: term.parent for term in portfolio.capabilities.terms.values()})
        agencies = {agency: code for code, agency in enumerate(sorted(owners - {WITHHELD}))}
        return cls(
            portfolio=portfolio,
            weights=weights,
            agencies=agencies,
            tree=tree,
            places=Places(portfolio.destinations),
            today=portfolio.known_on.toordinal(),
            at_work=windows(portfolio, round(weights.parameter("service"))),
            gone=frozenset(_gone(portfolio)),
        )

    def known(self, kind: type[R]) -> Iterator[R]:
        """Yield the records of a kind whose owner is not withheld, in the order of their ids."""
        table = self.portfolio.of(kind)
        return (table[key] for key in sorted(table) if table[key].owner != WITHHELD)

    def days(self, parameter: str) -> int:
        """Return a parameter that counts days."""
        return round(self.weights.parameter(parameter))

    def support(self, record: Record) -> float:
        """Return how well a record is supported; fields that rest on general knowledge count half."""
        value = self.weights.value("confidence", record.confidence)
        if not record.unverified_fields:
            return value
        return (value + min(value, self.weights.value("confidence", "unverified"))) / 2
