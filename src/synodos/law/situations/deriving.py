"""From a portfolio to the activities that law judges, each with its facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from synodos.language import Payment, Portfolio, ResourceUse, Transfer
from synodos.law.situations.alike import Alike
from synodos.law.situations.crossings import payment_situation, transfer_situation
from synodos.law.situations.missions import mission_situation
from synodos.law.situations.parties import Registers
from synodos.law.situations.resources import resource_situation
from synodos.law.situations.setting import Setting
from synodos.law.types import Situation
from synodos.resting import collector_at_rest

KINDS = ("mission", Transfer.kind, Payment.kind, ResourceUse.kind)
GIVEN_UP = "cancelled"


def situations(
    portfolio: Portfolio, catalogue: Registers, scope: str | Iterable[str] | None = None
) -> tuple[Situation, ...]:
    """Return the activities that law judges, with the facts that the portfolio states about each.

    What a portfolio does not state is no fact; where law asks for it, a fact `unstated` names it. Missions that are
    given up are left out.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    catalogue : Registers
        Members of organisations by date, and the days for which the norms ask when a contract was made.
    scope : str or iterable of str, optional
        Kinds of records, records (by id, or as `kind:id`), or agencies that take part; the default is all.

    Returns
    -------
    tuple of Situation
        Missions, transfers, payments and uses of resources, each in the order of their ids.

    Raises
    ------
    KeyError
        If `scope` names nothing of the portfolio.
    """
    with collector_at_rest():
        return tuple(_asked(portfolio, catalogue, scope))


def _asked(portfolio: Portfolio, catalogue: Registers, scope: str | Iterable[str] | None) -> Iterator[Situation]:
    """Yield the activities within the scope."""
    every = _every(Setting(portfolio, catalogue))
    if scope is None:
        yield from (make() for _, _, make in every)
        return
    wanted = {scope} if isinstance(scope, str) else set(scope)
    known = [(kind, record_id, make) for kind, record_id, make in every]
    unknown = wanted - set(KINDS) - portfolio.agencies.keys()
    unknown -= {name for kind, record_id, _ in known for name in (record_id, f"{kind}:{record_id}")}
    if unknown:
        message = f"scope: no kind, agency or activity of the portfolio is called {', '.join(sorted(unknown))}"
        raise KeyError(message)
    yield from _within(wanted, known)


def _every(setting: Setting) -> Iterator[tuple[str, str, Callable[[], Situation]]]:
    """Yield kind and id of every activity, with what makes its situation."""
    portfolio, of = setting.portfolio, Alike(setting).situation
    for key, mission in sorted(portfolio.missions.items()):
        if mission.status != GIVEN_UP:
            yield "mission", key, partial(of, mission_situation, mission)
    for key, transfer in sorted(portfolio.transfers.items()):
        yield Transfer.kind, key, partial(of, transfer_situation, transfer)
    for key, payment in sorted(portfolio.payments.items()):
        yield Payment.kind, key, partial(of, payment_situation, payment)
    for key, use in sorted(portfolio.resource_uses.items()):
        yield ResourceUse.kind, key, partial(of, resource_situation, use)


def _within(wanted: set[str], known: Iterable[tuple[str, str, Callable[[], Situation]]]) -> Iterator[Situation]:
    """Yield the activities that are named by kind or id, or in which a named agency takes part."""
    for kind, key, make in known:
        if wanted & {kind, key, f"{kind}:{key}"}:
            yield make()
            continue
        situation = make()
        if any(fact.predicate == "participant" and fact.arguments[0] in wanted for fact in situation.facts):
            yield situation
