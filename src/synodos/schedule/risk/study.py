"""A study of schedule risk: the main run, and what is asked beside it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from synodos.language import Portfolio
from synodos.schedule.paths.critical_path import critical_path, early_finishes
from synodos.schedule.risk.answer import Finish, JointConfidence, Risk
from synodos.schedule.risk.assuming import other_defaults, used_defaults
from synodos.schedule.risk.building import model, to_plan
from synodos.schedule.risk.changing import Asked, horizon_days
from synodos.schedule.risk.defaults import Defaults, default_defaults
from synodos.schedule.risk.delays import delay_by_agency
from synodos.schedule.risk.finishes import finish, planned_days
from synodos.schedule.risk.firm import firm
from synodos.schedule.risk.indices import activity_risks, sharpening
from synodos.schedule.risk.joint import joint_confidence
from synodos.schedule.risk.planning import Plan, holds_back, plan
from synodos.schedule.risk.sampled import Executor, Progress, Running, dates
from synodos.schedule.risk.strikes import is_open
from synodos.schedule.risk.telling import assumed, evidence, notes, rests_on_defaults_only
from synodos.schedule.risk.tornado import drivers
from synodos.schedule.sampling import Sample
from synodos.schedule.targets import target_place
from synodos.schedule.types import CriticalPath, Network, Node

MOST_FINISHES: Final = 60
"""Missions and milestones whose finish is told."""
BESIDE: Final = 10_000
"""Iterations of what is asked beside the main run, at most."""
BESIDE_WORK: Final = 20_000_000
"""Activities times iterations of the same, at most."""
LEAST_BESIDE: Final = 1_024
NO_PLANNED_DATE: Final = (
    "Even if everything goes to plan there is no launch period left that is known: no delay can be measured from that."
)
MOST: Final = 2**32 - 1
"""Iterations, and the number that a seed is, at most."""


def study(  # noqa: PLR0913 - what a caller of `risk` may choose, each by its name
    network: Network,
    portfolio: Portfolio,
    *,
    target: str | None,
    iterations: int,
    seed: int,
    threads: int | None,
    executor: Executor | None,
    agency_correlation: float | None,
    date: dt.date | None,
    budget: float | None,
    confidence: float | None,
    defaults: Defaults | None,
    progress: Progress | None,
    only_dates: bool,
) -> Risk:
    """Return what `risk` returns, in whose words its arguments are described."""
    _check(network, agency_correlation, confidence)
    _check_counts(iterations, seed)
    target = None if target is None else _named(network, target)
    defaults = default_defaults() if defaults is None else defaults
    path, place = _path(firm(network, portfolio), target)
    given = plan(path, portfolio, defaults, agency_correlation)
    running = Running(seed, threads, executor, progress)
    told = _told(given, path, place)
    sample = running.main(model(given, told), iterations)
    used = used_defaults(given, own_correlation=agency_correlation is not None, own_confidence=confidence is not None)
    finishes = _finishes(given, path, told, sample)
    answer = Risk(
        known_on=network.known_on,
        target=network.nodes[place].id,
        iterations=sample.iterations,
        asked=iterations,
        seed=seed,
        finishes=finishes,
        activities=activity_risks(given, sample),
        drivers=(),
        joint=_joint(given, place, sample, (_until(finishes[0], date), budget), confidence),
        delay=None,
        defaults=used,
        other_defaults=(),
        sharpen=(),
        evidence=evidence(given),
        assumed=assumed(given, used),
        notes=notes(network, given, len(told), used),
        defaults_only=rests_on_defaults_only(given, place),
    )
    if only_dates:
        return answer
    return _with_side_questions(answer, given, path, Subject(place, portfolio, running, sample))


class Subject(NamedTuple):
    """What is asked about: the target's place, the records, how iterations are run, and those of the main run."""

    place: int
    portfolio: Portfolio
    running: Running
    sample: Sample


def _told(given: Plan, path: CriticalPath, place: int) -> tuple[int, ...]:
    """Return the places of the nodes whose finish is told: the target, then launches and milestones by date."""
    nodes = given.network.nodes
    events = [at for at, node in enumerate(nodes) if is_open(node) and at != place and _is_event(node)]
    events.sort(key=lambda at: (nodes[at].type != "launch", int(path.early_finish[at]), nodes[at].id))
    some = events[: MOST_FINISHES - 1]
    return (place, *sorted(some, key=lambda at: (int(path.early_finish[at]), nodes[at].id)))


def _is_event(node: Node) -> bool:
    """Return whether a node is a launch or a milestone."""
    return node.type == "launch" or node.type.endswith("milestone")


def _finishes(given: Plan, path: CriticalPath, told: Sequence[int], sample: Sample) -> tuple[Finish, ...]:
    """Return the finish of each node that is told."""
    waiting = [at for at in told if holds_back(given.network.nodes[at])]
    ready = {at: len(told) + number for number, at in enumerate(waiting)}
    return tuple(finish(given, path, at, dates(sample, number, ready.get(at))) for number, at in enumerate(told))


def _until(finish: Finish, date: dt.date | None) -> dt.datetime:
    """Return the moment by which cost and date should be kept together."""
    if date is not None:
        return dt.datetime.combine(date, dt.time()) + dt.timedelta(days=1)
    return finish.deterministic if finish.planned is None else finish.planned


def _joint(
    given: Plan, place: int, sample: Sample, asked: tuple[dt.datetime, float | None], confidence: float | None
) -> JointConfidence | None:
    """Return the joint confidence of cost and date."""
    if given.priced is None:
        return None
    planned = Running(sample.seed, 1).beside(to_plan(model(given, (place,))), 1)
    return joint_confidence(given, sample, float(planned.cost[0]), asked, confidence)


def _with_side_questions(answer: Risk, given: Plan, path: CriticalPath, subject: Subject) -> Risk:
    """Return the answer with drivers, delays, other defaults and what would sharpen it; as it is once interrupted."""
    found = dates(subject.sample, 0)
    if answer.interrupted:
        said = f"Interrupted after {answer.iterations} of {answer.asked} iterations; nothing was asked beside them."
        return replace(answer, notes=(*answer.notes, said))
    if not found.dated:
        said = f"{answer.finish.name} has no date in any iteration, so there is no delay to take apart."
        return replace(answer, notes=(*answer.notes, said))
    asked = Asked(
        place=subject.place,
        targets=(subject.place,),
        planned=planned_days(given, subject.place),
        horizon=horizon_days(given, subject.place, found),
        portfolio=subject.portfolio,
        running=subject.running,
        iterations=min(answer.iterations, max(LEAST_BESIDE, min(BESIDE, BESIDE_WORK // given.size))),
    )
    try:
        built = model(given, asked.targets)
        here = subject.running.executor is None and asked.iterations == answer.iterations
        now = subject.sample if here else asked.sample(built)
        if math.isfinite(now.planned_finish_days[0]):
            answer = replace(answer, delay=delay_by_agency(given, path, built, now, asked))
        else:
            answer = replace(answer, notes=(*answer.notes, NO_PLANNED_DATE))
        answer = replace(answer, drivers=drivers(given, built, now, asked))
        answer = replace(answer, other_defaults=other_defaults(given, now, asked, answer.defaults))
        return replace(answer, sharpen=sharpening(given, built, now, answer.activities, asked))
    except KeyboardInterrupt:
        said = "Interrupted while side questions were asked: those without an answer are left out."
        return replace(answer, notes=(*answer.notes, said))


def _check(network: Network, correlation: float | None, confidence: float | None) -> None:
    """Raise ValueError for what cannot be studied."""
    if not any(is_open(node) for node in network.nodes):
        message = "risk.nothing-open: the network holds no work that is still open; ask for a mission that is to come"
        raise ValueError(message)
    for name, value in (("agency_correlation", correlation), ("confidence", confidence)):
        if value is not None and not 0 <= value <= 1:
            message = f"risk.argument: {name} lies between 0 and 1; found {value:g}"
            raise ValueError(message)


def _check_counts(iterations: int, seed: int) -> None:
    """Raise ValueError for numbers of iterations, and seeds, that cannot be."""
    for name, value, least in (("iterations", iterations, 1), ("seed", seed, 0)):
        if not least <= value <= MOST:
            message = f"risk.argument: {name} lies between {least} and {MOST:,}; found {value}"
            raise ValueError(message)


def _named(network: Network, target: str) -> str:
    """Return the id of the open node that is asked for by its own id, or by what it leads to."""
    node = network.nodes[target_place(network, target)]
    if not is_open(node):
        message = f"risk.target: {node.id} is reached already; ask for one that is still open"
        raise ValueError(message)
    return node.id


def _path(network: Network, target: str | None) -> tuple[CriticalPath, int]:
    """Return the critical path to the target, and the target's place.

    Without one it is the launch that comes last, or where there is none the node that finishes last.
    """
    if target is not None:
        return critical_path(network, target), network.place[target]
    nodes = network.nodes
    open_places = [at for at, node in enumerate(nodes) if is_open(node)]
    launches = [at for at in open_places if nodes[at].type == "launch"]
    if len(launches) == 1:
        return critical_path(network, nodes[launches[0]].id), launches[0]
    finishes = early_finishes(network)
    working = [at for at in open_places if nodes[at].type != "level-of-effort"] or open_places
    place = max(
        launches or working,
        key=lambda at: (finishes[at], not network.out_of[at], nodes[at].duration == 0, nodes[at].id),
    )
    alone = not launches and len({node.schedule for node in nodes}) == 1
    return critical_path(network, None if alone else nodes[place].id), place
