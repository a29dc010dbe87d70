"""Figures on which a paper is agreed: those of its scenario, pinned as they are shown, and computed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from synodos.language import Paper, PinnedFigure, Portfolio, PortfolioError
from synodos.report import cell_text, scenarios_answer
from synodos.roadmap import compare
from synodos.web.showing.keeping import FOUND

PARTS: Final = ("dates", "objectives", "costs")
"""What is compared; dates come with their chances, of a fixed seed."""
NOTHING: Final = "none stated"
"""A cell that is no figure."""
MOST: Final = 24
"""Figures of one paper."""


@dataclass(frozen=True)
class Recomputed:
    """A pinned figure beside the same one computed from what is known of the pinned day now."""

    name: str
    pinned: str
    now: str

    @property
    def agrees(self) -> bool:
        """Whether it is still the same."""
        return self.pinned == self.now


def figures_of(then: Portfolio, scenario: str) -> tuple[PinnedFigure, ...]:
    """Return the figures of a scenario, with the question that gives each; none where it cannot be followed."""

    def make() -> tuple[PinnedFigure, ...]:
        try:
            found = compare(then, [scenario], aspects=PARTS)
        except (ValueError, PortfolioError):  # work that waits for itself, or missions that are not there
            return ()
        table = scenarios_answer(then, found, {}).tables[0]
        told = (
            (measure if measure == aspect else f"{aspect}: {measure}", cell)
            for aspect, measure, cell in table.rows
            if cell not in (None, NOTHING)
        )
        return tuple(
            PinnedFigure(name=str(measure), shown=cell_text(cell), asked=_asked(then, scenario))
            for measure, cell in list(told)[:MOST]
        )

    figures: tuple[PinnedFigure, ...] = FOUND.answer(then, "pinned-figures", {"scenario": scenario}, make)
    return figures


def recomputed(paper: Paper, then: Iterable[Portfolio]) -> tuple[Recomputed, ...]:
    """Return the figures of a paper beside the same ones computed now; none that its scenario does not give.

    Parameters
    ----------
    paper : Paper
        The paper.
    then : iterable of Portfolio
        What was known on the pinned day, with several eyes; the one with the pinned hash counts, else the last.
    """
    pins, seen = paper.pins, tuple(then)
    if pins is None or pins.scenario is None or not pins.figures or not seen:
        return ()
    chosen = next((one for one in seen if one.sha256 == pins.portfolio_sha256), seen[-1])
    if pins.scenario not in chosen.scenarios:
        return ()
    asked = _asked(chosen, pins.scenario)
    now = {one.name: one.shown for one in figures_of(chosen, pins.scenario)}
    return tuple(Recomputed(one.name, one.shown, now.get(one.name, "")) for one in pins.figures if one.asked == asked)


def _asked(then: Portfolio, scenario: str) -> str:
    """Return the question that gives figures, as it is asked on the command line."""
    parts = " ".join(f"--part {part}" for part in PARTS)
    return f"synodos compare FOLDER {scenario} {parts} --on {then.known_on.isoformat()}"
