"""A portfolio as it would stand after a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Final

from synodos.language import Change, Portfolio, Step
from synodos.whatif.applying.adding import join, offer
from synodos.whatif.applying.breaking import break_
from synodos.whatif.applying.checking import check
from synodos.whatif.applying.cutting import cut
from synodos.whatif.applying.dropping import cancel, substitute
from synodos.whatif.applying.missing import miss
from synodos.whatif.applying.slipping import slip
from synodos.whatif.applying.supposing import Difference, with_difference
from synodos.whatif.applying.withdrawing import withdraw
from synodos.whatif.wording import step_words

STEPS: Final[Mapping[str, Callable[[Portfolio, Step], Difference]]] = {
    "withdraw": withdraw,
    "slip": slip,
    "cut": cut,
    "break": break_,
    "cancel": cancel,
    "replace": substitute,
    "miss": miss,
    "offer": offer,
    "join": join,
}


def apply(portfolio: Portfolio, change: Change | Sequence[Step]) -> Portfolio:
    """Return the portfolio as it would stand after a change; the old one is untouched.

    Parameters
    ----------
    portfolio : Portfolio
        As its viewer may see it.
    change : Change or sequence of Step
        Steps are taken one after another, each on what the one before left: to apply two changes in turn is to apply
        one with the steps of both.

    Returns
    -------
    Portfolio
        What a step wrote cites the source `synodos-what-if` beside its own, counts as computed at best, and says in
        its note what is supposed. Without any effect the same portfolio comes back. Norms that enter or leave force
        change nothing here; see `catalogue_after`.

    Raises
    ------
    ValueError
        If a step names what the portfolio does not have, or cannot happen (code `change.unknown` or `change.cannot`).
    """
    steps = change.happens if isinstance(change, Change) else change
    for step in steps:
        check(portfolio, step)
    for one in chain.from_iterable(map(_one_by_one, steps)):
        if one.does in STEPS:
            words = step_words(portfolio, one)
            portfolio = with_difference(portfolio, STEPS[one.does](portfolio, one), words)
    return portfolio


def _one_by_one(step: Step) -> tuple[Step, ...]:
    """Return a step for each commitment that is not kept: what one takes away, the next finds gone."""
    if step.does != "break":
        return (step,)
    return tuple(step.model_copy(update={"commitments": (key,)}) for key in step.commitments)
