"""A portfolio as a planning model for every group of its agencies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from synodos.coalition.planning.assumptions import Assumed, Assumptions, GameName
from synodos.coalition.planning.brought import tell_brought_by_missions
from synodos.coalition.planning.drafting import Choice, Draft
from synodos.coalition.planning.figures import MissingFigure, Terms
from synodos.coalition.planning.reaching import WEIGHT_UNIT, Reaching, reaching
from synodos.coalition.planning.savings import Savings, savings
from synodos.coalition.planning.setting import Setting
from synodos.coalition.worths.model import GroupModel
from synodos.language import Portfolio


@dataclass(frozen=True, eq=False)
class PlanningCase:
    """A portfolio as a planning model.

    Attributes
    ----------
    setting : Setting
        Players, missions, needs, building blocks, costs and budgets.
    game : Savings or Reaching
        What the choices of the model are about.
    model : GroupModel
        One model for all groups. The worth of an agency alone may be above 0: in the game of savings where it could
        itself do with less than it plans, in that of the programme for what it reaches alone. That is no gain of
        cooperation, and answers take it off.
    """

    setting: Setting
    game: Savings | Reaching
    model: GroupModel

    @property
    def name(self) -> GameName:
        """Which game it is."""
        return self.setting.assumptions.game

    @property
    def players(self) -> tuple[str, ...]:
        """Agencies that may plan together."""
        return self.setting.players

    @property
    def terms(self) -> Terms | None:
        """Currency and price year of all amounts."""
        return self.setting.figures.terms

    @property
    def draft(self) -> Draft:
        """Choices with what they cost."""
        return self.game.draft

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What each choice of the model means."""
        return tuple(self.draft.choices)

    @property
    def missing(self) -> tuple[MissingFigure, ...]:
        """Figures without which answers are lower bounds."""
        return self.setting.missing()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to know."""
        return self.setting.told()

    @cached_property
    def assumptions(self) -> tuple[Assumed, ...]:
        """What is taken for granted."""
        given, setting = self.setting.assumptions, self.setting
        found: dict[str, str | float] = {
            "players": ", ".join(self.players),
            "currency": self.terms.currency if self.terms else "none",
            "price_year": self.terms.price_year if self.terms else "none",
            "first_year": setting.first_year,
            "flight_years": f"all {given.years}",
        }
        rows = given.told(setting.portfolio.known_on, **found)
        return tuple(row for row in rows if row.name not in _OTHERS[given.game])


_OTHERS = {
    "savings": frozenset({"flight_years", "budget_share", "budgets_beyond"}),
    "programme": frozenset[str](),
}
"""Assumptions that a game does not make."""


def planning_case(
    portfolio: Portfolio, assumptions: Assumptions | None = None, weights: Mapping[str, float] | None = None
) -> PlanningCase:
    """Return the planning model of a portfolio.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    assumptions : Assumptions, optional
        Which game, and what to take for granted.
    weights : mapping of str to float, optional
        How much each objective counts in the game of the programme, in place of what players declared to care for.

    Raises
    ------
    GameError
        If the players are no agencies of the portfolio, or there are none or too many.
    """
    setting = Setting(portfolio, assumptions or Assumptions(), weights=weights)
    game: Savings | Reaching
    game = savings(setting) if setting.assumptions.game == "savings" else reaching(setting)
    _tell(setting)
    unit = game.draft.unit if isinstance(game, Savings) else WEIGHT_UNIT
    return PlanningCase(setting, game, game.draft.model(unit))


def _tell(setting: Setting) -> None:
    """Tell what holds for every answer."""
    if not setting.missions:
        setting.note("No mission of the players lies ahead, so there is nothing to plan")
    if setting.figures.terms is None:
        setting.note("No amount with a price year is stated, so nothing can be compared")
    if setting.assumptions.game == "savings":
        tell_brought_by_missions(setting)
        setting.note("What an agency would have to develop alone for a need is costed as what meets the need now")
        setting.note(
            "Savings are on the development of building blocks; what missions cost besides is the same together"
        )
    else:
        setting.note(
            "What exists may be used without a charge beyond what missions state as their cost; what sharing it costs "
            "is counted where its own cost is stated"
        )
        if setting.weights is not None:
            setting.note("Objectives count as weighed with the question, and not as agencies declared to care for them")
        setting.note("Elements of a mission's own agency without a figure are taken to be paid by the mission's cost")
    setting.note(
        "An element is taken to meet a need where it provides the capability, or one below it, at the body and in "
        "time, and costs about as much as what meets it now; mass, volume and performance are not stated"
    )
