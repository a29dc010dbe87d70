"""Why a norm says what it says of one bearer in one activity, or why it says nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from synodos.language import Portfolio
from synodos.law.assessing import judged, party_names
from synodos.law.assessing.aspects import aspects
from synodos.law.assessing.policies import with_policies
from synodos.law.assessing.profiles import profiles
from synodos.law.assessing.program import program
from synodos.law.catalogue import Catalogue
from synodos.law.catalogue import catalogue as shipped
from synodos.law.explaining.proofs import Miss, Model, Step
from synodos.law.explaining.rules import rules_by_head
from synodos.law.explaining.sentences import Reason, Sentences
from synodos.law.situations import situations
from synodos.law.types import Finding, Situation

if TYPE_CHECKING:
    from clingo import Symbol


@dataclass(frozen=True, slots=True)
class Branch:
    """What follows under some readings, and why.

    Attributes
    ----------
    readings : mapping of str to str
        Readings that are assumed; none where nothing contested bears on it.
    status : str
        What follows; `not_applicable` if nothing does.
    reasons : tuple of Reason
        Why; sentences with their own reasons.
    """

    readings: Mapping[str, str]
    status: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a norm says what it says.

    Attributes
    ----------
    norm, citation, text : str
        The norm, as it is cited, and what it requires.
    activity, bearer : str
        What and whom it is about.
    finding : Finding or None
        What it says; None if it says nothing.
    branches : tuple of Branch
        One, or one for each reading of a contested question.
    """

    norm: str
    citation: str
    text: str
    activity: str
    bearer: str
    finding: Finding | None
    branches: tuple[Branch, ...]


def explain(
    portfolio: Portfolio,
    norm: str,
    activity: str,
    bearer: str,
    law_known_on: dt.date | None = None,
    readings: Mapping[str, str] | None = None,
    catalogue: Catalogue | None = None,
) -> Explanation:
    """Return why a norm says what it says of a bearer in an activity, or why it says nothing.

    Parameters
    ----------
    portfolio : Portfolio
        Plans as the viewer may see them.
    norm : str
        Id of a norm, such as `OST-6.2`.
    activity : str
        The activity, as `kind:id`.
    bearer : str
        State, agency or organisation.
    law_known_on : datetime.date, optional
        State of the catalogue of norms; by default the portfolio's day of knowledge, no later than the catalogue.
    readings : mapping of str to str, optional
        For contested questions the reading to take.
    catalogue : Catalogue, optional
        Norms to judge by, such as those of `with_window`; the default is the catalogue that the package ships.

    Returns
    -------
    Explanation
        Trees of sentences, with the records, the rows of registers and the norms that they rest on.

    Raises
    ------
    KeyError
        If there is no such norm or activity, or `readings` names no reading.
    """
    catalogue = with_policies(catalogue or shipped(), portfolio)
    if norm not in catalogue.norms:
        message = f"norm: there is no {norm!r} in the catalogue"
        raise KeyError(message)
    (situation,) = situations(portfolio, catalogue, activity)
    day = law_known_on or catalogue.law_day(portfolio.known_on)
    assessment = judged([situation], portfolio, catalogue, day, readings)
    finding = next((one for one in assessment.findings if (one.norm, one.bearer) == (norm, bearer)), None)
    told = Sentences(portfolio, catalogue, situation, day, party_names(portfolio))
    solved = _Solved(portfolio, catalogue, situation, day, norm)
    branches = tuple(
        Branch(assumed, *_why(solved.model(assumed), told, catalogue, norm, bearer))
        for assumed in _branches(finding, dict(readings or {}))
    )
    return Explanation(
        norm, told.citation(norm), catalogue.text(norm, day), situation.activity, bearer, finding, branches
    )


def _branches(finding: Finding | None, chosen: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Yield the sets of readings for which an explanation is asked."""
    if finding is None or not finding.contested:
        yield chosen
        return
    for leads in finding.contested:
        if chosen.get(leads.question, leads.reading) == leads.reading:
            yield {**chosen, leads.question: leads.reading}


class _Solved:
    """The program of what one norm asks of one activity, grounded once."""

    def __init__(
        self, portfolio: Portfolio, catalogue: Catalogue, situation: Situation, day: dt.date, norm: str
    ) -> None:
        """Ground the program."""
        import clingo

        found = aspects(profiles([situation], catalogue, portfolio.known_on, day), catalogue, portfolio, norm)
        self._control = clingo.Control(["--warn=none"])
        self._control.add("base", [], program(found, catalogue))
        self._control.ground([("base", [])])
        self._rules = rules_by_head(catalogue.rules)

    def model(self, readings: Mapping[str, str]) -> Model:
        """Return what holds under some readings, and some choice of the others."""
        assumed = [
            (atom.symbol, True)
            for atom in self._control.symbolic_atoms.by_signature("reading", 2)
            if readings.get(atom.symbol.arguments[0].string) == atom.symbol.arguments[1].string
        ]
        atoms: list[Symbol] = []
        with self._control.solve(assumptions=assumed, yield_=True) as handle:
            for model in handle:
                atoms = list(model.symbols(atoms=True))
                break
        return Model(atoms, self._rules)


def _why(model: Model, told: Sentences, catalogue: Catalogue, norm: str, bearer: str) -> tuple[str, tuple[Reason, ...]]:
    """Return the status in one model, and the reasons for it."""
    for arguments in model.holding("status", 4):
        if (_text(arguments[1]), _text(arguments[2])) == (bearer, norm):
            step = model.proof("status", arguments)
            if step is not None:
                return str(arguments[3]), told.reasons(_with_conflicts(model, step))
    return "not_applicable", tuple(_why_not(model, told, catalogue, norm, bearer))


def _with_conflicts(model: Model, step: Step) -> Iterator[Step]:
    """Yield the reasons for a status, with everything that exempts and every answer that it waits for."""
    yield from step.because
    profile, bearer, norm = step.arguments[:3]
    shown = set(_within(step))
    for name, arity in (("exempt", 4), ("open", 4), ("unsure", 4), ("may_exempt", 5)):
        for arguments in model.holding(name, arity):
            if arguments[:3] == (profile, bearer, norm) and (name, arguments) not in shown:
                found = model.proof(name, arguments)
                if found is not None:
                    yield found


def _within(step: Step) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield every atom of a proof."""
    yield step.name, step.arguments
    for reason in step.because:
        yield from _within(reason)


def _why_not(model: Model, told: Sentences, catalogue: Catalogue, norm: str, bearer: str) -> Iterator[Reason]:
    """Yield why a norm says nothing: it does not bind, or what it is about is not stated."""
    from clingo import Number, String

    subject = (Number(0), String(bearer), String(norm))
    about = _about(model, subject)
    if about is not None:
        step = model.proof(*about)
        yield Reason(
            told.silent(bearer, norm),
            told.citation(norm),
            (),
            catalogue.is_unverified(norm),
            (*told.binding(bearer, norm), *told.reasons(step.because if step else ())),
        )
        return
    yield from _once(_misses(model, told, catalogue, norm, subject))


def _about(model: Model, subject: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]] | None:
    """Return what makes a norm about a bearer, if anything does; then it is silent because it does not bind."""
    if model.holds("concerns", subject):
        return "concerns", subject
    found = (arguments for arguments in model.holding("concerns_if", 4) if arguments[:3] == subject)
    return next((("concerns_if", arguments) for arguments in found), None)


def _misses(
    model: Model, told: Sentences, catalogue: Catalogue, norm: str, subject: tuple[Any, ...]
) -> Iterator[Reason]:
    """Yield for each rule of a norm what it lacks."""
    rules = rules_by_head(catalogue.rules)
    for name, arity in (("concerns", 3), ("concerns_if", 4)):
        for rule in rules.get((name, arity), ()):
            given = subject if arity == len(subject) else (*subject, *rule.head.terms[3:])
            missed = model.nearest_miss(rule, given)
            if missed is None or _of_itself(missed):
                continue
            if any(_text(term) == norm for term in rule.head.terms if not isinstance(term, str)):
                yield told.missing(norm, missed)


def _of_itself(miss: Miss) -> bool:
    """Return whether a rule lacks only that a party is a member, or the like, of itself."""
    values = [miss.bindings.get(term) if isinstance(term, str) else term for term in miss.literal.terms[1:]]
    stated = [value for value in values if value is not None]
    return miss.literal.kind == "atom" and len(stated) > len(set(stated))


def _once(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """Yield what several rules lack once, with what the rule that comes nearest has; that too once."""
    found: dict[str, Reason] = {}
    for reason in reasons:
        known = found.get(reason.text)
        if known is None or len(reason.because) > len(known.because):
            found[reason.text] = reason
    said: set[Reason] = set()
    for reason in found.values():
        yield replace(reason, because=tuple(one for one in reason.because if one not in said))
        said.update(reason.because)


def _text(symbol: Any) -> str:  # noqa: ANN401 - symbols of clingo come late
    """Return the text of a string or name."""
    text = str(symbol)
    return symbol.string if text.startswith('"') else text
