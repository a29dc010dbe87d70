"""Whether a step names what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from synodos.language import Portfolio, Step, nearest, shown


def check(portfolio: Portfolio, step: Step) -> None:
    """Refuse a step that names what the portfolio does not have.

    Raises
    ------
    ValueError
        With the code `change.unknown`, and the nearest name that there is.
    """
    for field, found, valid in _names(portfolio, step):
        known = set(valid)
        if found not in known:
            near = nearest(found, known)
            message = (
                f"change.unknown: `{field}` of a step that does `{step.does}`: the portfolio has no {shown(found)}"
            )
            raise ValueError(message + (f"; nearest: {near}" if near else ""))


def _names(portfolio: Portfolio, step: Step) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Yield what a step names, each with the field and with what could stand there."""
    plans = (*portfolio.missions, *portfolio.elements)
    if step.agency is not None:
        yield "agency", step.agency, portfolio.agencies
    if step.replacement is not None:
        yield "replacement", step.replacement, plans
    yield from (("plans", plan, portfolio.missions if step.does == "miss" else plans) for plan in step.plans)
    yield from (("agreements", one, portfolio.agreements) for one in step.agreements)
    yield from (("commitments", one, portfolio.commitments) for one in step.commitments)
    yield from (("provides", one, portfolio.capabilities.terms) for one in step.provides)
    yield from (("destinations", one, portfolio.destinations.terms) for one in step.destinations)
