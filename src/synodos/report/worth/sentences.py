"""What cooperating is worth, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from synodos.language import Portfolio
from synodos.report.answering.wording import counted, listed, percent
from synodos.report.worth.shares import amount_text, told
from synodos.report.worth.standing import usefulness_sentences
from synodos.report.worth.tables import Unit, known_amounts, money_unit, worth_unit

if TYPE_CHECKING:
    from synodos.coalition import CoalitionWorth, FairShares, Settlement

MOST_NAMED: Final = 3
"""Agencies that a sentence names."""
BY_RULE: Final = {"proportional": "by budgets", "equal_surplus": "by equal surplus", "banzhaf": "by Banzhaf's index"}
"""Rules that a sentence does not name as `by the ...`."""
BOUND: Final = "A lower bound"
INCOMPLETE: Final = "Incomplete"
UNPROVEN: Final = (
    "Not every worth was proven to be the most there can be: a better plan may exist, and shares would then move."
)


def worth_sentences(
    portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement, for_agency: str | None = None
) -> Iterator[str]:
    """Yield what cooperating is worth, in sentences."""
    yield _together(worth, settled)
    if for_agency in worth.game.players:
        yield _of_one(portfolio, worth, settled, worth.game.players.index(str(for_agency)))
    yield _who_gains(portfolio, worth, settled)
    yield from lower_bound(portfolio, worth)
    yield from usefulness_sentences(portfolio, worth)
    if not worth.proven:
        yield UNPROVEN
    yield barter_sentence(worth, settled)


def divided(worth: CoalitionWorth, shown: FairShares, unit: Unit) -> tuple[str, ...]:
    """Return what is divided, and what is to be said of the divisions."""
    whole = f"{amount_text(shown.whole)} {unit.words}"
    saved = f"What is divided is what all save together: {whole}."
    reached = f"What is divided is the weight of the objectives that all reach together and nobody alone: {whole}."
    return (saved if worth.name == "savings" else reached, *told(shown, unit.words)[1:])


def lower_bound(portfolio: Portfolio, worth: CoalitionWorth) -> Iterator[str]:
    """Yield that the answer is a lower bound, or incomplete, where it is, and who could complete it."""
    if worth.missing:
        owners = dict.fromkeys(portfolio.agency_name(one.agency) for one in worth.missing)
        figures = counted(len(worth.missing), "figure is", "figures are")
        kind = BOUND if worth.name == "savings" else INCOMPLETE
        yield f"{kind}: {figures} missing, to be stated by {listed(list(owners))}."


def _together(worth: CoalitionWorth, settled: Settlement) -> str:
    """Return what all achieve together against each alone."""
    unit = worth_unit(worth.together)
    agencies = counted(worth.game.size, "agency", "agencies")
    alone = sum(settled.alone)
    least = "at least " if worth.missing else ""
    if worth.name == "savings":
        if not alone:
            return f"No building block of these {agencies} has a figure: what they would save cannot be told."
        whole = f"the {text_of(unit, alone)} {unit.words} that they would spend on building blocks alone"
        saved = text_of(unit, worth.game.whole) if round(worth.game.whole / unit.per, 6) or least else "nothing"
        part = f" ({percent(worth.game.whole / alone)})" if worth.game.whole > 0 else ""
        return f"Planning together, these {agencies} save {least}{saved} of {whole}{part}{_untold(worth)}."
    apart = f"the {text_of(unit, sum(worth.side_by_side))} that they reach if each goes alone"
    return (
        f"Within their budgets, these {agencies} reach objectives of weight {least}{text_of(unit, sum(worth.served))} "
        f"together, {text_of(unit, worth.game.whole)} more than {apart}{_untold(worth)}."
    )


def _untold(worth: CoalitionWorth) -> str:
    """Return for how much no answer can be given, as the end of a sentence."""
    if worth.together.unplanned:
        return f"; for {counted(len(worth.together.unplanned), 'building block')} it cannot be told"
    costs = [one for one in worth.missing if one.record.startswith("mission:")]
    return f"; for {counted(len(costs), 'mission')} it cannot be told" if costs else ""


def _of_one(portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement, place: int) -> str:
    """Return what one agency has of it."""
    unit, name = worth_unit(worth.together), portfolio.agency_name(worth.game.players[place])
    _, alone, together = known_amounts(worth, settled)[place]
    if alone is None or together is None:
        return f"What {name} would save is not known: nothing that it would have to build has a figure."
    verb = "pays" if worth.name == "savings" else "has"
    return (
        f"{name} {verb} {text_of(unit, alone)} alone and {text_of(unit, together)} together, {by_rule(settled.rule)}."
    )


def _who_gains(portfolio: Portfolio, worth: CoalitionWorth, settled: Settlement) -> str:
    """Return to whom the gain goes by the rule, and whether anybody would object."""
    unit = worth_unit(worth.together)
    found = next(one for one in settled.shares.rules if one.rule == settled.rule)
    gains = [share - alone for share, alone in zip(found.shares or (), settled.shares.alone, strict=True)]
    ranked = sorted(zip(gains, worth.game.players, strict=True), key=lambda pair: (-pair[0], pair[1]))
    most = [
        f"{portfolio.agency_name(one)} ({text_of(unit, gain)})" for gain, one in ranked if round(gain / unit.per, 6) > 0
    ]
    if not most:
        told = "Nobody is better off together than alone."
        return "Who is better off together than alone cannot be told on the figures stated." if worth.missing else told
    what = "the savings go to" if worth.name == "savings" else "what all reach more goes to"
    few = len(most) <= MOST_NAMED
    objecting = f"{counted(found.objecting, 'group')} would do better without the rest"
    stable = "no group would do better without the rest" if found.in_core else objecting
    named = listed(most[:MOST_NAMED])
    lost = [
        f"{portfolio.agency_name(one)} ({text_of(unit, -gain)})"
        for gain, one in reversed(ranked)
        if round(gain / unit.per, 6) < 0
    ]
    loss = f"; worse off than alone {'is' if len(lost) == 1 else 'are'} {listed(lost)}" if lost else ""
    rule = by_rule(settled.rule)
    return f"{rule[0].upper()}{rule[1:]} {what} {named}{'' if few else ' and others'}{loss}; {stable}."


def barter_sentence(worth: CoalitionWorth, settled: Settlement) -> str:
    """Return how near contributions in kind come to what is due."""
    found, unit = settled.in_kind, money_unit(worth.together)
    if not any(one.amount for one in found.brings):
        return "No contribution in kind has a figure, so none can be shared out."
    proof = "" if found.proven else " at most (not proven to be the least)"
    if not found.barter:
        return "In kind, each can bring just what is due from it."
    return (
        f"In kind, {text_of(unit, found.deviation / 2)} {unit.words} is left to barter{proof}, in "
        f"{counted(len(found.barter), 'exchange')}."
    )


def by_rule(rule: str) -> str:
    """Return in words by which rule something is divided.

    Examples
    --------
    >>> by_rule("shapley"), by_rule("proportional")
    ('by the Shapley value', 'by budgets')
    """
    from synodos.coalition import RULES

    return BY_RULE.get(rule) or f"by the {RULES[rule]}"


def text_of(unit: Unit, value: float) -> str:
    """Return an amount as it stands in a sentence."""
    return amount_text(unit.of(value) or 0.0)
