"""The envelope of every answer: what was asked, of which portfolio, by whom, and what the answer rests on."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from synodos.language import DateRange, Portfolio

FORMAT: Final = "synodos-answer"
VERSION: Final = 1
WHOLE: Final = "whole portfolio"
"""Viewer of an answer on all that is stated."""
COMPILED: Final = "compiled from public sources; not declared by the agencies"
DECLARED: Final = "declared by the agencies"
_AS_IT_IS: Final = frozenset({str, int, float, bool, type(None)})
"""Types whose values JSON holds as they are."""


class AskedPortfolio(BaseModel):
    """Which portfolio was asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    sha256: str
    known_on: dt.date
    stated: str


class Envelope(BaseModel):
    """An answer with all that a reader needs to judge and repeat it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["synodos-answer"] = "synodos-answer"
    version: Literal[1] = 1
    question: str
    portfolio: AskedPortfolio | None
    viewer: str
    parameters: dict[str, Any]
    seed: int | None = None
    answer: Any
    evidence: tuple[str, ...]
    unverified: tuple[str, ...]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def envelope(
    question: str,
    portfolio: Portfolio,
    answer: object,
    *,
    evidence: Iterable[str],
    parameters: Mapping[str, object] | None = None,
    missing: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> Envelope:
    """Return `answer` in its envelope.

    Parameters
    ----------
    question : str
        Name of the question, such as `opportunities`.
    portfolio : Portfolio
        What was asked, as its viewer sees it.
    answer : object
        Any value of the engines.
    evidence : iterable of str
        Records that the answer rests on, as `kind:id`.
    parameters : mapping, optional
        What the question was asked with.
    missing, notes : iterable of str
        Facts to supply, and what a reader has to know.
    """
    rests_on = tuple(dict.fromkeys(evidence))
    doubtful = {f"{record.kind}:{record.id}" for record in portfolio.unverified}
    return Envelope(
        question=question,
        portfolio=AskedPortfolio(
            id=portfolio.header.id,
            title=portfolio.header.title,
            sha256=portfolio.sha256,
            known_on=portfolio.known_on,
            stated=stated(portfolio),
        ),
        viewer=portfolio.viewer or WHOLE,
        parameters=dict(plain(dict(parameters or {}))),
        answer=plain(answer),
        evidence=rests_on,
        unverified=tuple(key for key in rests_on if key in doubtful),
        missing=tuple(missing),
        notes=tuple(notes),
    )


def stated(portfolio: Portfolio) -> str:
    """Return who stated the portfolio: a compiler of public sources, or the agencies."""
    return COMPILED if portfolio.header.compiler else DECLARED


def header_line(portfolio: Portfolio) -> str:
    """Return the line that stands on every page: day, viewer, who stated it, doubts, hash."""
    viewer = portfolio.viewer or WHOLE
    doubtful = len(portfolio.unverified)
    return " · ".join(
        (
            portfolio.header.title,
            f"known on {portfolio.known_on}",
            viewer if viewer == WHOLE else f"as seen by {portfolio.agency_name(viewer)}",
            stated(portfolio),
            f"{doubtful} unverified of {len(portfolio)} records",
            f"portfolio {portfolio.sha256[:12]}",
        )
    )


def plain(value: Any) -> Any:  # noqa: ANN401 - turns any value of the engines into what JSON holds
    """Return `value` as JSON holds it: mappings, lists, text, numbers, true, false and null."""
    if type(value) in _AS_IT_IS:  # nearly all there is: asked first, for it is asked often
        return value
    if isinstance(value, Mapping):
        return {str(key): item if type(item) in _AS_IT_IS else plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [item if type(item) in _AS_IT_IS else plain(item) for item in value]
        return items if isinstance(value, list | tuple) else sorted(items, key=str)  # sets have no order of their own
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type | DateRange):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value if isinstance(value, str | int | float | bool) else str(value)
