"""Changes to think through, as they are given on the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

from synodos.cli.reading import plan_id
from synodos.cli.refusing import no_such, refuse

if TYPE_CHECKING:
    from synodos.language import Portfolio, Step

_AMOUNT: Final = re.compile(
    r"^(?P<amount>[0-9.]+(?:e[0-9]+)?)(?P<currency>[A-Z]{3})(?P<year>[0-9]{4})?(?:@(?P<period>[0-9.-]+))?$"
)


class _Said(NamedTuple):
    """What one option was given, and how to complain of it."""

    option: str
    text: str
    form: str

    def refuse(self) -> NoReturn:
        """Stop, and say what form the option has."""
        refuse(f"{self.option}: expected {self.form}; found {self.text!r}")

    def parts(self, sign: str) -> tuple[str, str]:
        """Return what stands before and after a sign, or stop if either is empty."""
        before, found, after = self.text.partition(sign)
        if not (before and found and after):
            self.refuse()
        return before, after


def _withdraw(said: _Said) -> dict[str, Any]:
    """Return the withdrawal of AGENCY or AGENCY:PLAN,PLAN."""
    if ":" not in said.text:
        return {"agency": said.text}
    agency, plans = said.parts(":")
    return {"agency": agency, "plans": _listed(plans)}


def _slip(said: _Said) -> dict[str, Any]:
    """Return the slip of AGENCY=DAYS, AGENCY:PLAN=DAYS or :PLAN=LOW/LIKELY/HIGH."""
    who, days = said.parts("=")
    agency, colon, plans = who.partition(":")
    if colon and not plans:
        said.refuse()
    return {"agency": agency or None, "plans": _listed(plans), "delay": _delay(said, days)}


def _delay(said: _Said, days: str) -> dict[str, Any]:
    """Return days as a spread: one number, or three of a triangular distribution."""
    try:
        numbers = [float(number) for number in days.split("/")]
    except ValueError:
        said.refuse()
    if len(numbers) not in (1, 3):
        said.refuse()
    return {"shape": "triangular", "of": "days", "low": numbers[0], "likely": numbers[len(numbers) // 2]} | {
        "high": numbers[-1]
    }


def _cut(said: _Said) -> dict[str, Any]:
    """Return the cut of AGENCY=AMOUNT CURRENCY, with the year of its prices and @YEAR or @FROM..TO behind it.

    Without a year of prices it is in those of the budget that it meets.
    """
    agency, amount = said.parts("=")
    found = _AMOUNT.match(amount.replace(" ", "").replace(",", ""))
    if found is None:
        said.refuse()
    money = {"amount": found["amount"], "currency": found["currency"], "price_year": found["year"]}
    return {"agency": agency, "cuts": [{"money": money, "period": found["period"]}]}


def _replace(said: _Said) -> dict[str, Any]:
    """Return the replacement of PLAN=RECORD."""
    plan, replacement = said.parts("=")
    return {"plans": [plan], "replacement": replacement}


def _miss(said: _Said) -> dict[str, Any]:
    """Return the missed launch period of MISSION or MISSION=FROM..TO."""
    plan, _, period = said.text.partition("=")
    return {"plans": [plan], "period": period or None}


def _offer(said: _Said) -> dict[str, Any]:
    """Return the offer of AGENCY:CAPABILITY,CAPABILITY."""
    agency, capabilities = said.parts(":")
    return {"agency": agency, "provides": _listed(capabilities)}


def _norm(said: _Said) -> dict[str, Any]:
    """Return the norm of NORM or NORM@DAY."""
    norm, _, since = said.text.partition("@")
    return {"norms": [norm], "since": since or None}


def _listed(text: str) -> list[str]:
    """Return what stands between commas."""
    return [part for part in text.split(",") if part]


FORMS: Final[dict[str, tuple[str, Callable[[_Said], dict[str, Any]]]]] = {
    "withdraw": ("AGENCY or AGENCY:PLAN,PLAN", _withdraw),
    "slip": ("AGENCY=DAYS, AGENCY:PLAN=DAYS or :PLAN=LOW/LIKELY/HIGH", _slip),
    "cut": (
        "AGENCY=AMOUNT and CURRENCY, such as nasa=226e6USD@2013, or with the year of prices nasa=226e6USD2012@2013",
        _cut,
    ),
    "break": ("COMMITMENT", lambda said: {"commitments": [said.text]}),
    "cancel": ("PLAN", lambda said: {"plans": _listed(said.text)}),
    "replace": ("PLAN=RECORD", _replace),
    "miss": ("MISSION or MISSION=FROM..TO", _miss),
    "offer": ("AGENCY:CAPABILITY,CAPABILITY", _offer),
    "join": ("AGENCY", lambda said: {"agency": said.text}),
    "enact": ("NORM or NORM@DAY", _norm),
    "repeal": ("NORM or NORM@DAY", _norm),
}
"""For each sort of step the form of its option, and what turns the option into the step."""


def steps_of(
    portfolio: Portfolio, given: Mapping[str, Sequence[str] | None], others: Sequence[str]
) -> tuple[Step, ...]:
    """Return the steps that options name; stop with one line if one makes no sense.

    Parameters
    ----------
    portfolio : Portfolio
        What the steps are about, as its viewer sees it.
    given : mapping of str to sequence of str
        What stands after the option of a sort of step, such as `--withdraw`.
    others : sequence of str
        What stands after `--step`: the sort of step, a space, and its form.
    """
    said = [(does, _Said(f"--{does}", text, FORMS[does][0])) for does, texts in given.items() for text in texts or ()]
    for text in others:
        does, _, rest = text.strip().partition(" ")
        if does not in FORMS:
            no_such("--step", does, FORMS)
        said.append((does, _Said("--step", rest.strip(), f"{does} {FORMS[does][0]}")))
    return tuple(_checked(portfolio, one, {"does": does, **FORMS[does][1](one)}) for does, one in said)


def _checked(portfolio: Portfolio, said: _Said, values: dict[str, Any]) -> Step:
    """Return a step whose references lead to what the viewer sees, or stop."""
    from pydantic import ValidationError

    from synodos.language import Step

    for name in ("plans", "replacement"):
        given = values.get(name)
        if given:
            found = [plan_id(portfolio, one) for one in ([given] if isinstance(given, str) else given)]
            values[name] = found[0] if isinstance(given, str) else found
    try:
        step = Step.model_validate({name: value for name, value in values.items() if value not in (None, [])})
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "string_pattern_mismatch":
            said.refuse()
        refuse(f"{said.option}: {said.text!r}: {first['msg'].removeprefix('Value error, ')}; expected {said.form}")
    check_seen(portfolio, (step,), said.option)
    return step


def check_seen(portfolio: Portfolio, steps: Iterable[Step], option: str) -> None:
    """Stop if steps name something that is not to be seen; the same words whether it is hidden or is not there."""
    for step in steps:
        for value, valid in _named(portfolio, step):
            if value not in valid:
                no_such(option, value, valid)


def _named(portfolio: Portfolio, step: Step) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what a step names, each with what it may be."""
    plans = [*portfolio.missions, *portfolio.elements]
    if step.agency is not None:
        yield step.agency, list(portfolio.agencies)
    yield from ((plan, plans) for plan in (*step.plans, *filter(None, [step.replacement])))
    yield from ((agreement, list(portfolio.agreements)) for agreement in step.agreements)
    yield from ((commitment, list(portfolio.commitments)) for commitment in step.commitments)
    yield from ((capability, list(portfolio.capabilities.terms)) for capability in step.provides)
    yield from ((place, list(portfolio.destinations.terms)) for place in step.destinations)
