"""Cases from history that a planner can read: what was known on a day, what changed, and what is to be expected."""

import datetime as dt
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path

import yaml

from synodos import whatif
from synodos.exchange import inspect
from synodos.language import Step
from synodos.schedule import network, risk
from tests.whatif.checks import CHECKS, RESTING
from tests.whatif.in_sample import option_values, schedule_values

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "tests" / "cases" / "whatif"
ITERATIONS = 200


@dataclass(frozen=True)
class Expectation:
    """One thing that is to be expected, and what says so."""

    case: "Case"
    says: str
    kind: str
    source: str
    check: str
    wanted: object
    fails: str = ""
    in_sample: str = ""

    def __str__(self):
        return f"{self.case}: {self.says}"

    @property
    def rests_on_defaults(self):
        """Whether its check asks for options or dates, which rest on default values."""
        return self.check in RESTING

    def differences(self, without=None):
        """What the answers say otherwise, also by other default values; nothing where they agree."""
        return CHECKS[self.check](answers(self.case, without), self.wanted)


@dataclass(frozen=True)
class Case:
    """One change to a portfolio as known on a day."""

    case: str
    portfolio: str
    known_on: dt.date
    change: list
    what_happened: str
    expect: list = field(repr=False, default_factory=list)

    def __str__(self):
        return self.case

    def __hash__(self):
        return hash((self.portfolio, self.case))

    @cached_property
    def expectations(self):
        """Its expectations, each with the check that its one further field names."""
        return tuple(_expectation(self, one) for one in self.expect)

    @cached_property
    def steps(self):
        """The steps of its change."""
        return tuple(Step.model_validate(_as_text(step)) for step in self.change)


class Answers:
    """What the engines say about a case, each computed when it is first asked for.

    With `without`, they reckon with values that know nothing of the case, as `in_sample` puts them.
    """

    def __init__(self, case, without=None):
        self.case = case
        self.defaults = None if without is None else option_values(case, without)
        self.values = nullcontext if without is None else partial(schedule_values, case)
        self.portfolio = history(case.portfolio).known_on(case.known_on)

    @cached_property
    def after(self):
        """The portfolio after the change."""
        return whatif.apply(self.portfolio, self.case.steps)

    @cached_property
    def orphans(self):
        """Requirements that nobody meets after the change."""
        return whatif.orphans(self.portfolio, self.after)

    @cached_property
    def consequences(self):
        """What follows, without dates, law and coalition."""
        parts = ("missions", "costs", "objectives", "dependences", "agreements")
        return whatif.consequences(self.portfolio, self.case.steps, parts=parts)

    @cached_property
    def dates(self):
        """Dates and confidence before and after, by mission."""
        with self.values():
            found = whatif.consequences(self.portfolio, self.case.steps, parts=("dates",), iterations=ITERATIONS)
        return {one.mission: one for one in found.dates}

    @cached_property
    def options(self):
        """What could be done."""
        with self.values():
            return whatif.options(self.portfolio, self.case.steps, defaults=self.defaults, iterations=500)

    @cached_property
    def exposure(self):
        """Who can hurt whom, before the change."""
        return exposure(self.case.portfolio, self.case.known_on)

    @cache  # noqa: B019 - the answers of a case live as long as the tests
    def risk(self, mission):
        """Confidence in the date of a mission as the plan stands."""
        key = mission.partition(":")[2]
        return risk(network(self.portfolio, [key]), self.portfolio, iterations=2_000, threads=1)


@cache
def cases():
    """Every case of every file, in order."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        found += [Case(**one) for one in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)]
    return tuple(found)


@cache
def expectations():
    """Every expectation of every case, in order."""
    return tuple(one for case in cases() for one in case.expectations)


@cache
def history(name):
    """Every statement of a portfolio, read once."""
    found, faults = inspect(ROOT / "portfolios" / name)
    assert faults == ()
    return found


@cache
def answers(case, without=None):
    """The answers of a case, which its expectations share."""
    return Answers(case, without)


@cache
def exposure(name, day):
    """Who can hurt whom in a portfolio as known on a day, which cases of the same day share."""
    return whatif.exposure(history(name).known_on(day))


def _expectation(case, told):
    """One expectation of a case."""
    common = {name: told[name] for name in ("says", "kind", "source", "fails", "in_sample") if name in told}
    ((check, wanted),) = [(name, value) for name, value in told.items() if name not in common]
    return Expectation(case, check=check, wanted=wanted, **common)


def _as_text(value):
    """A value of YAML with dates as text, as the language writes them."""
    if isinstance(value, Mapping):
        return {key: _as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_text(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
