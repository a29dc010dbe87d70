"""What all steps of one question share: the portfolio, the weights, and codes for agencies, capabilities and places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from synodos.cooperation.matching import Tree
from synodos.cooperation.places import Places
from synodos.cooperation.weights import Weights
from synodos.language import WITHHELD, Portfolio, Record

R = TypeVar("R", bound=Record)


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
    """

    portfolio: Portfolio
    weights: Weights
    agencies: Mapping[str, int]
    tree: Tree
    places: Places
    today: int

    @classmethod
    def of(cls, portfolio: Portfolio, weights: Weights) -> Setting:
        """Return the setting of a question to `portfolio`."""
        owners = {record.owner for record in portfolio} | portfolio.agencies.keys()
        tree = Tree.of({term.id: term.parent for term in portfolio.capabilities.terms.values()})
        agencies = {agency: code for code, agency in enumerate(sorted(owners - {WITHHELD}))}
        return cls(
            portfolio, weights, agencies, tree, Places(portfolio.destinations), portfolio.known_on.toordinal()
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
