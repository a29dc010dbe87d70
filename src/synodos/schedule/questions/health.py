"""Is a schedule sound: the fourteen checks of the Defense Contract Management Agency, under their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from synodos.schedule.questions import progress_checks, structure_checks
from synodos.schedule.questions.checking import Check, Subject
from synodos.schedule.types import CriticalPath

SOURCE: Final = (
    "Defense Contract Management Agency, Earned Value Management System Program Analysis Pamphlet, DCMA-EA PAM 200.1, "
    "October 2012, section 4 (14-point schedule metrics); limits secondary: taken from accounts of the pamphlet that "
    "agree with each other, not from its own text."
)
CHECKS: Final[tuple[Callable[[Subject], Check], ...]] = (
    structure_checks.logic,
    structure_checks.leads,
    structure_checks.lags,
    structure_checks.relationship_types,
    structure_checks.hard_constraints,
    structure_checks.high_float,
    structure_checks.negative_float,
    structure_checks.high_duration,
    progress_checks.invalid_dates,
    progress_checks.resources,
    progress_checks.missed_tasks,
    progress_checks.critical_path_test,
    progress_checks.critical_path_length_index,
    progress_checks.baseline_execution_index,
)


@dataclass(frozen=True)
class Health:
    """The fourteen checks of one schedule.

    Attributes
    ----------
    checks : tuple of Check
        In the order of the source.
    activities, links : int
        Unfinished tasks and links into unfinished activities that the shares count.
    source : str
        Where checks and limits come from, and how far it was read.
    notes : tuple of str
        What the reader has to know, in sentences.
    """

    checks: tuple[Check, ...]
    activities: int
    links: int
    source: str
    notes: tuple[str, ...]

    @property
    def failed(self) -> tuple[Check, ...]:
        """Checks that fail."""
        return tuple(check for check in self.checks if check.verdict == "fail")

    @property
    def passed(self) -> tuple[Check, ...]:
        """Checks that pass."""
        return tuple(check for check in self.checks if check.verdict == "pass")


def health(path: CriticalPath, baseline: CriticalPath | None = None) -> Health:
    """Return the fourteen checks of a schedule, with the activities behind each.

    Shares count tasks that are not finished: no milestones, launches or levels of effort. Links count that lead into
    something unfinished, between activities of any sort but levels of effort. Days are those of each activity's
    calendar. A failed check is a reason to look, not a verdict on the plan.

    Parameters
    ----------
    path : CriticalPath
        A computed network.
    baseline : CriticalPath, optional
        The plan that it is measured against, such as the network of an earlier day of knowledge. Without it the
        checks that need one do not apply: dates that the plan's own tool computed are a forecast, and no baseline.

    Notes
    -----
    The source counts the first and the last activity of a schedule as rightly open; so one open start and one open
    end, the earliest and the latest, are left out of the check Logic. A high duration counts what is planned in all,
    and does not leave out work that is too far ahead to be planned in detail.
    """
    subject = Subject(path, baseline)
    checks = tuple(check(subject) for check in CHECKS)
    return Health(checks, len(subject.tasks), len(subject.links), SOURCE, tuple(_notes(subject)))


def _notes(subject: Subject) -> Iterator[str]:
    """Yield what the reader has to know of the checks."""
    coarse = [place for place in subject.tasks if subject.nodes[place].coarse]
    if coarse:
        stand = "stands" if len(coarse) == 1 else "stand"
        yield (
            f"{len(coarse):,} of {len(subject.tasks):,} unfinished tasks {stand} for a whole element or mission that "
            "declares no activities: durations and links are not those of a working schedule."
        )
    if subject.baseline is not None:
        yield f"The baseline is the plan as known on {subject.baseline.network.known_on}."
