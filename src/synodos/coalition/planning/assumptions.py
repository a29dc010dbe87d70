"""What a plan takes for granted: each value with where it comes from, and whether it is judgement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Final, Literal, NamedTuple

from synodos.coalition.shares.game import GameError
from synodos.cooperation import default_weights

GameName = Literal["savings", "programme"]
Level = Literal["intent", "budgeted", "agreed", "contracted"]

MOST_YEARS: Final = 60
MOST_PROVIDERS: Final = 3


class Grounds(NamedTuple):
    """Why a value is taken.

    Attributes
    ----------
    meaning : str
        What the value decides.
    source : str
    judgement : bool
        Whether no source measures it.
    sources_to : date or None
        Day of the latest source; None where it rests on none that has a day.
    """

    meaning: str
    source: str
    judgement: bool
    sources_to: dt.date | None = None


@dataclass(frozen=True)
class Assumed:
    """A value that an answer takes for granted.

    Attributes
    ----------
    name : str
        Name of the parameter.
    value : str or float or int
    meaning : str
        What it decides.
    source : str
        Where it comes from; for a value that the caller gave, that.
    judgement : bool
        Whether no source measures it.
    """

    name: str
    value: str | float | int
    meaning: str
    source: str
    judgement: bool


@dataclass(frozen=True)
class Assumptions:
    """What to plan, and what to take for granted where nothing is stated; every value is a parameter.

    Attributes
    ----------
    game : {"savings", "programme"}
        What a group saves by developing together, or the objectives that it reaches within its budgets.
    players : tuple of str
        Agencies that may plan together; empty: members of the mechanism, or where there are none, agencies with plans.
    currency, price_year : str and int, optional
        Terms of all amounts; None: those in which most stated amounts can be compared.
    price_years_apart : int
        Amounts at prices of up to so many years before or after are taken as they stand where no index is stated.
    unstated_prices : {"missing", "period"}
        Whether an amount without the year of its prices counts at those of the year in which its period begins.
    first_year : int, optional
        First year that is planned; None: that after the day of knowledge.
    years : int
        Years that are planned.
    flight_years : int, optional
        Years that are considered for the flight of a mission: its first possible one and those after, of those in which
        it can leave; None: all that are planned.
    exponent : float
        Something shared by k agencies costs k to this power times as much.
    interface_share : float
        Share of its cost that each interface between two agencies costs on top.
    cost_ratio : float
        How many times dearer or cheaper something may be than what it stands in for.
    providers_per_need : int
        Providers that meet each essential need.
    budget_share : float
        Share of the stated budgets that these plans may take.
    budgets_beyond : {"last", "none"}
        Whether the last stated budget holds in years for which none is stated.
    development_days : float
        Length of a development where neither dates nor an estimate tell it.
    unknown_needs : {"essential", "not essential"}
        How a need counts of which it is not known whether it is essential.
    unstated_commitment : {"kept", "intent", "budgeted", "agreed", "contracted"}
        How firm an agency's word is for what it has stated no commitment to.

    Raises
    ------
    GameError
        If a value is out of range.
    """

    game: GameName = "savings"
    players: tuple[str, ...] = ()
    currency: str | None = None
    price_year: int | None = None
    price_years_apart: int = 0
    unstated_prices: Literal["missing", "period"] = "missing"
    first_year: int | None = None
    years: int = 15
    flight_years: int | None = None
    exponent: float = 0.15
    interface_share: float = 0.0
    cost_ratio: float = 3.0
    providers_per_need: int = 1
    budget_share: float = 1.0
    budgets_beyond: Literal["last", "none"] = "last"
    development_days: float = 2648.0
    unknown_needs: Literal["essential", "not essential"] = "essential"
    unstated_commitment: Literal["kept"] | Level = "kept"

    def __post_init__(self) -> None:
        """Refuse values out of range."""
        if (self.currency is None) != (self.price_year is None):
            _refuse("currency and price_year", "both or neither", f"{self.currency}, {self.price_year}")
        for name, (low, high) in _RANGES.items():
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                _refuse(name, f"a value from {low:g} to {high:g}", str(value))
        for name, words in _WORDS.items():
            if getattr(self, name) not in words:
                _refuse(name, f"one of {', '.join(words)}", repr(getattr(self, name)))

    def told(self, known_on: dt.date, **found: str | float) -> tuple[Assumed, ...]:
        """Return the values with their grounds, as may be told on a day of knowledge.

        Parameters
        ----------
        known_on : date
            Day of knowledge: a source that came after it is not quoted.
        **found : str or float
            Values that were found where none was given, such as the terms.
        """
        return tuple(self._assumed(name, grounds, known_on, found) for name, grounds in grounds().items())

    def _assumed(self, name: str, grounds: Grounds, known_on: dt.date, found: Mapping[str, str | float]) -> Assumed:
        """Return one value with its grounds."""
        given = getattr(self, name)
        if given != _DEFAULTS[name]:
            return Assumed(name, _plain(given), grounds.meaning, "given with the question", judgement=False)
        source = grounds.source
        if grounds.sources_to is not None and grounds.sources_to > known_on:
            source = (
                f"judgement with hindsight: rests on sources up to {grounds.sources_to}, after the day of knowledge"
            )
        return Assumed(name, found.get(name, _plain(given)), grounds.meaning, source, grounds.judgement)


def _refuse(name: str, expected: str, found: str) -> None:
    """Raise for a value out of range."""
    message = f"coalition.assumption: expected for {name} {expected}; found {found}"
    raise GameError(message)


def _plain(value: object) -> str | float | int:
    """Return a value as it is told."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "not given"
    return value if isinstance(value, str | float | int) else "not given"


_DEFAULTS: Final = {field.name: field.default for field in fields(Assumptions)}
_RANGES: Final = {
    "price_years_apart": (0, MOST_YEARS),
    "years": (1, MOST_YEARS),
    "flight_years": (1, MOST_YEARS),
    "exponent": (0.0, 1.0),
    "interface_share": (0.0, 1.0),
    "cost_ratio": (1.0, 1e9),
    "providers_per_need": (1, MOST_PROVIDERS),
    "budget_share": (0.0, 1.0),
    "development_days": (1.0, 36_525.0),
}
_WORDS: Final = {
    "game": ("savings", "programme"),
    "unstated_prices": ("missing", "period"),
    "budgets_beyond": ("last", "none"),
    "unknown_needs": ("essential", "not essential"),
    "unstated_commitment": ("kept", "intent", "budgeted", "agreed", "contracted"),
}


@cache
def grounds() -> Mapping[str, Grounds]:
    """Return why each default is taken, in the order in which answers tell them."""
    exponent = default_weights().parameters["collaboration-exponent"].source  # the same one for all questions
    return {**_GROUNDS, "exponent": _GROUNDS["exponent"]._replace(source=exponent)}


_GROUNDS: Final[Mapping[str, Grounds]] = {
    "players": Grounds(
        "agencies that may plan together; the plans of all others stay as they are", "the portfolio", judgement=False
    ),
    "currency": Grounds(
        "currency of all amounts", "the terms in which most stated amounts can be compared", judgement=False
    ),
    "price_year": Grounds(
        "prices of all amounts", "the terms in which most stated amounts can be compared", judgement=False
    ),
    "price_years_apart": Grounds(
        "years by which prices may differ where no index is stated, and amounts still be compared as they stand",
        "0: nothing is compared without an index",
        judgement=False,
    ),
    "unstated_prices": Grounds(
        "how an amount counts that is stated without the year of its prices", "it counts as missing", judgement=False
    ),
    "first_year": Grounds("first year that is planned", "the year after the day of knowledge", judgement=True),
    "years": Grounds(
        "years that are planned; what is reached only later counts for nothing",
        "judgement: about the time from a first study to a second mission",
        judgement=True,
    ),
    "flight_years": Grounds(
        "years in which each mission may fly: the first in which it can leave and those after",
        "all years that are planned: fewer would count as a gain of cooperation what one reaches alone, but later",
        judgement=False,
    ),
    "exponent": Grounds(
        "something shared by k agencies costs k to this power times as much as one would pay (transaction cost)",
        "",
        judgement=True,
        sources_to=dt.date(2014, 12, 31),
    ),
    "interface_share": Grounds(
        "share of the cost that each interface between two agencies costs on top",
        "no published figure was found; 0 leaves it out",
        judgement=True,
    ),
    "cost_ratio": Grounds(
        "how many times dearer or cheaper something may be than what it stands in for",
        "judgement: plans state no mass or performance, and cost is what tells a large system from a small one",
        judgement=True,
    ),
    "providers_per_need": Grounds(
        "providers that meet each essential need", "one provider each, without spare", judgement=True
    ),
    "budget_share": Grounds(
        "share of the stated budgets that these plans may take",
        "judgement: the whole budget, so what an agency can pay is overstated where other work draws on it too",
        judgement=True,
    ),
    "budgets_beyond": Grounds(
        "budget of years for which none is stated",
        "judgement: the last stated yearly amount holds on, at the same prices",
        judgement=True,
    ),
    "development_days": Grounds(
        "length of a development where neither dates nor an estimate tell it: 87 months",
        "the mean from start to launch of NASA's projects launched since 2010, as told by spacepolicyonline.com in "
        '2021 ("GAO skeptical of ambitious Artemis schedule")',
        judgement=False,
        sources_to=dt.date(2021, 12, 31),
    ),
    "unknown_needs": Grounds(
        "how a need counts of which it is not known whether it is essential",
        "judgement: as the schedule takes it, a plan waits for all that is not said to be dispensable",
        judgement=True,
    ),
    "unstated_commitment": Grounds(
        "how firm an agency's word is for what it has stated no commitment to",
        "judgement: a plan that members make together is kept unless a stated commitment says how likely it is",
        judgement=True,
    ),
}
