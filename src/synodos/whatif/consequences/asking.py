"""What follows from a change, as it is asked for; what answers is loaded only then."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from synodos.language import Change, Portfolio, Step
    from synodos.whatif.consequences.answer import Consequences

PARTS: Final = ("missions", "dates", "costs", "objectives", "dependences", "agreements", "findings", "coalition")
"""Parts of the answer beside the orphans, which are always told."""


def consequences(
    portfolio: Portfolio,
    change: Change | Sequence[Step],
    *,
    parts: Collection[str] = PARTS,
    iterations: int = 2_000,
    seed: int = 1,
    progress: Callable[[int, int], object] | None = None,
) -> Consequences:
    """Return what follows from a change.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    change : Change or sequence of Step
        What would change.
    parts : collection of str
        Which of `PARTS` to compute; orphans are always told.
    iterations : int
        Iterations behind dates, before and after alike.
    seed : int
        Same seed, same answer; the runs before and after draw the same random numbers.
    progress : callable, optional
        Told how many parts are done, and of how many.

    Raises
    ------
    ValueError
        If a step names what the portfolio does not have, or a part is unknown.
    """
    from synodos.whatif.consequences.dates import Runs
    from synodos.whatif.consequences.following import following

    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        message = f"parts: {', '.join(unknown)}; expected some of {', '.join(PARTS)}"
        raise ValueError(message)
    asked = tuple(part for part in PARTS if part in parts)
    return following(portfolio, change, asked, Runs(iterations, seed), progress)
