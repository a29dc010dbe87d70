"""The queue: who asks, which worker takes what, and how it ends.

Every step is one guarded update, so that of several workers one gets a run, and only who has it may end it. Times are
the database's, so that clocks of several machines do not matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from synodos.web.runs.files import Sent, keep
from synodos.web.runs.models import OPEN, Run, RunAnswer, State, WorkerBeat

if TYPE_CHECKING:
    from synodos.web.accounts.models import Person

MOST_OPEN: Final = 5
"""Runs that one person, or all without an account together, may have waiting and running."""
MOST_KEPT: Final = 200
"""Ended runs of one person that are kept; older ones are erased, unless they are shared."""
MOST_ATTEMPTS: Final = 3
"""Times that a run is begun before it is given up."""
LOOKED_AT: Final = 10
"""Runs at the head of the queue that a worker tries to take."""
LOST_S: Final = 15.0
"""Seconds after which a worker that said nothing counts as gone."""

FORGOTTEN_S: Final = 3_600.0
"""Seconds after which nobody asks any more when a worker was there."""


class TooManyRunsError(Exception):
    """Somebody has as many runs open as they may have."""


def ask(  # noqa: PLR0913 - what makes a question, each by its name
    question: str,
    parameters: Mapping[str, Any],
    *,
    user: Person | None,
    viewer: str,
    sha256: str,
    title: str,
    known_on: dt.date | None = None,
    repeats: Run | None = None,
    files: Sent = (),
) -> Run:
    """Return the run that answers a question: one that is there already, or a new one at the end of the queue.

    Parameters
    ----------
    question, parameters : str, mapping
        What is asked, and with what.
    user : user or None
        Who asks; None: somebody without an account.
    viewer : str
        As whom.
    sha256 : str
        Hash of the portfolio that the viewer sees.
    title : str
        What it is called in lists.
    known_on : datetime.date, optional
        Day of knowledge; None: the latest.
    repeats : Run, optional
        Run of somebody else whose question it is.
    files : sequence of (str, bytes)
        Names and contents of the files on which it rests, which its parameters name by their hashes.

    Raises
    ------
    TooManyRunsError
        If that many of the user's runs are open already.
    """
    with transaction.atomic():
        asked = {"asked_by": user, "viewer": viewer, "question": question, "known_on": known_on, "sha256": sha256}
        same = Run.objects.filter(**asked, parameters=dict(parameters), state__in=(*OPEN, State.DONE), cancel=False)
        if found := same.order_by("asked_at").last():
            return found
        if Run.objects.filter(asked_by=user, state__in=OPEN).count() >= MOST_OPEN:
            message = f"{MOST_OPEN} runs are waiting or running already; wait for one, or cancel one"
            raise TooManyRunsError(message)
        _forget_oldest(user)
        made = Run.objects.create(**asked, parameters=dict(parameters), title=title[:200], repeats=repeats)
        keep(made, files)
        return made


def _forget_oldest(user: Person | None) -> None:
    """Erase ended runs beyond those that are kept."""
    ended = Run.objects.filter(asked_by=user, shared_with=[]).exclude(state__in=OPEN).order_by("-asked_at")
    Run.objects.filter(pk__in=list(ended.values_list("pk", flat=True)[MOST_KEPT:])).delete()


def take(worker: str, *, lost_s: float = LOST_S) -> Run | None:
    """Return the run whose turn it is, now this worker's; None where none waits.

    It is the turn of who has not had one for the longest time; of their runs the one that has waited longest is taken.

    Parameters
    ----------
    worker : str
        Name that no other worker has.
    lost_s : float
        Seconds after which a worker that said nothing counts as gone: what it had waits again.
    """
    _take_back(lost_s)
    for waiting in _waiting()[:LOOKED_AT]:
        taken = Run.objects.filter(pk=waiting.pk, state=State.QUEUED, attempt=waiting.attempt).update(
            state=State.RUNNING,
            worker=worker,
            attempt=F("attempt") + 1,
            share=None,
            words="Begun",
            started_at=Now(),
            beat_at=Now(),
        )
        if taken:
            waiting.refresh_from_db()
            return waiting
    return None


def _waiting() -> QuerySet[Run]:
    """Return the runs that wait, in the order of their turns."""
    begun = Run.objects.filter(asked_by=OuterRef("asked_by"), started_at__isnull=False).order_by("-started_at")
    waiting = Run.objects.filter(state=State.QUEUED).annotate(had_turn=Subquery(begun.values("started_at")[:1]))
    return waiting.order_by(F("had_turn").asc(nulls_first=True), "asked_at", "pk")


def _take_back(lost_s: float) -> None:
    """Let the runs of workers that are gone wait again, or end those that were begun often enough."""
    lost = Run.objects.filter(~_lately(lost_s), state=State.RUNNING)
    if not lost.exists():
        return
    lost.filter(cancel=True).update(state=State.CANCELLED, words="Cancelled", ended_at=Now())
    why = f"Its worker ended {MOST_ATTEMPTS} times before it was done, perhaps for lack of memory; ask for less."
    lost.filter(attempt__gte=MOST_ATTEMPTS).update(state=State.REFUSED, words=why, ended_at=Now())
    lost.update(state=State.QUEUED, worker="", words="Its worker ended; it waits for another")


def _lately(within_s: float) -> Q:
    """Return what tells a beat of the last seconds; one from the future is from before the clock was set back."""
    patience = dt.timedelta(seconds=within_s)
    return Q(beat_at__gte=Now() - patience, beat_at__lte=Now() + patience)


def show_up(worker: str) -> None:
    """Say that a worker is there; what others said long ago is erased."""
    WorkerBeat.objects.update_or_create(worker=worker, defaults={"beat_at": Now()})
    WorkerBeat.objects.exclude(_lately(FORGOTTEN_S)).delete()


def somebody_works() -> bool:
    """Return whether a worker is there: it waits for work, or is at work."""
    there = _lately(LOST_S)
    return WorkerBeat.objects.filter(there).exists() or Run.objects.filter(there, state=State.RUNNING).exists()


def beat(run: Run, share: float | None, words: str) -> bool:
    """Say that a worker is at work on a run, and how far it is; return whether it is to go on."""
    return bool(_mine(run).filter(cancel=False).update(beat_at=Now(), share=share, words=words))


def put_back(run: Run) -> None:
    """Let a run wait again, since its worker ends; that does not count as an attempt."""
    _mine(run).filter(cancel=False).update(
        state=State.QUEUED, worker="", attempt=F("attempt") - 1, words="Its worker was stopped; it waits for another"
    )


def retry(run: Run) -> None:
    """Let a run wait again, since the database did not answer; give it up where that happens too often."""
    words = "The database did not answer; it waits for another turn"
    if (
        not _mine(run)
        .filter(cancel=False, attempt__lt=MOST_ATTEMPTS)
        .update(state=State.QUEUED, worker="", words=words)
    ):
        refuse(run, "The database did not answer; ask once more.")


def end(run: Run, told: Any, sha256: str, leads_to: str = "") -> bool:
    """Keep the answer of a run, and where it leads; return whether it was still the worker's to end."""
    with transaction.atomic():
        ended = _mine(run).update(
            state=State.DONE,
            share=1.0,
            words="Done",
            sha256=sha256,
            leads_to=leads_to,
            ended_at=Now(),
            cancel=False,
        )
        if ended:
            RunAnswer.objects.update_or_create(run_id=run.pk, defaults={"told": told})
    return bool(ended)


def refuse(run: Run, why: str) -> None:
    """End a run that has no answer, and say why."""
    _mine(run).update(state=State.REFUSED, words=why, ended_at=Now())


def stop(run: Run) -> None:
    """End a run that is to be cancelled."""
    _mine(run).update(state=State.CANCELLED, words="Cancelled", ended_at=Now())


def _mine(run: Run) -> Any:
    """Return the run as it stands, if it is still that of the worker who took it."""
    return Run.objects.filter(pk=run.pk, state=State.RUNNING, worker=run.worker, attempt=run.attempt)


def cancel(run: Run) -> None:
    """Cancel a run: one that waits at once, one that runs as soon as its worker looks."""
    if not Run.objects.filter(pk=run.pk, state=State.QUEUED).update(
        state=State.CANCELLED, words="Cancelled", ended_at=Now()
    ):
        Run.objects.filter(pk=run.pk, state=State.RUNNING).update(cancel=True)
