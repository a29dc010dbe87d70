"""The queue: whose turn it is, that one worker gets a run, and how runs end."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from synodos.web.runs import queueing
from synodos.web.runs.models import Run, RunAnswer, State, WorkerBeat


def made_silent(run, seconds=100):
    """Let the worker of a run have said nothing for some seconds."""
    Run.objects.filter(pk=run.pk).update(beat_at=timezone.now() - dt.timedelta(seconds=seconds))


def state(run):
    return Run.objects.get(pk=run.pk).state


def test_the_same_question_is_asked_once(ask):
    assert ask() == ask()
    assert ask() != ask("exposure", {"for": "borea"})
    assert ask() != ask(name="colleague")


def test_what_was_refused_or_cancelled_may_be_asked_again(ask):
    first = ask()
    queueing.cancel(first)
    second = ask()
    assert second != first
    queueing.refuse(queueing.take("one"), "no")
    assert ask() not in (first, second)


def test_nobody_fills_the_queue(ask):
    for seed in range(queueing.MOST_OPEN):
        ask("risk", {"seed": seed})
    with pytest.raises(queueing.TooManyRunsError, match="5 runs are waiting or running"):
        ask("risk", {"seed": -1})
    ask("risk", {"seed": -1}, name="colleague")


def test_old_runs_are_forgotten_but_not_shared_ones(ask, done, monkeypatch):
    monkeypatch.setattr(queueing, "MOST_KEPT", 2)
    shared = done("risk", {"seed": 0})
    Run.objects.filter(pk=shared.pk).update(shared_with=["borea"])
    ended = [done("risk", {"seed": seed}) for seed in (1, 2, 3)]
    open_one = ask("risk", {"seed": 4})
    assert set(Run.objects.all()) == {shared, ended[1], ended[2], open_one}


def test_a_run_is_taken_once(ask):
    run = ask()
    assert queueing.take("one") == run
    assert queueing.take("two") is None
    assert state(run) == State.RUNNING


def test_people_take_turns(ask):
    greedy = [ask("risk", {"seed": seed}) for seed in range(3)]
    modest = ask("risk", {"seed": 9}, name="colleague")
    assert [queueing.take(f"worker {number}") for number in range(4)] == [greedy[0], modest, greedy[1], greedy[2]]


def test_of_many_workers_each_run_goes_to_one(ask):
    for name in ("owner", "colleague", "reader", "partner"):
        for seed in range(queueing.MOST_OPEN):
            ask("risk", {"seed": seed}, name=name)
    taken, start = [], threading.Barrier(6)

    def worker(name):
        start.wait()
        while run := queueing.take(name):
            taken.append(run.pk)
        connection.close()

    threads = [threading.Thread(target=worker, args=(f"worker {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 4 * queueing.MOST_OPEN


def test_what_a_lost_worker_had_goes_to_another(ask, told):
    run = ask()
    first = queueing.take("first")
    assert queueing.take("second") is None
    made_silent(run)
    second = queueing.take("second")
    assert (second, second.attempt) == (run, 2)
    assert not queueing.beat(first, 0.5, "still here")
    assert not queueing.end(first, told, "0" * 64)
    assert not RunAnswer.objects.exists()
    assert queueing.end(second, told, "0" * 64)
    assert state(run) == State.DONE


def test_a_worker_that_says_something_keeps_its_run(ask):
    run = ask()
    mine = queueing.take("one")
    made_silent(run)
    assert queueing.beat(mine, 0.25, "a quarter")
    assert queueing.take("two") is None
    run.refresh_from_db()
    assert (run.percent, run.words) == (25, "a quarter")


def test_what_ends_its_workers_is_given_up(ask):
    run = ask()
    for attempt in range(queueing.MOST_ATTEMPTS):
        assert queueing.take(f"worker {attempt}") == run
        made_silent(run)
    assert queueing.take("the last") is None
    run.refresh_from_db()
    assert run.state == State.REFUSED
    assert "ended 3 times" in run.words


def test_a_worker_that_is_stopped_puts_its_run_back(ask):
    run = ask()
    queueing.put_back(queueing.take("one"))
    again = queueing.take("two")
    assert (again, again.attempt) == (run, 1)


def test_what_waits_is_cancelled_at_once(ask):
    run = ask()
    queueing.cancel(run)
    assert state(run) == State.CANCELLED
    assert queueing.take("one") is None


def test_what_runs_is_cancelled_by_its_worker(ask):
    run = ask()
    mine = queueing.take("one")
    queueing.cancel(run)
    assert state(run) == State.RUNNING
    assert not queueing.beat(mine, 0.5, "half")
    queueing.stop(mine)
    assert state(run) == State.CANCELLED


def test_what_was_to_be_cancelled_is_not_taken_up_again(ask):
    run = ask()
    queueing.take("one")
    queueing.cancel(run)
    made_silent(run)
    assert queueing.take("two") is None
    assert state(run) == State.CANCELLED


def test_what_is_done_cannot_be_cancelled(done):
    run = done()
    queueing.cancel(run)
    assert state(run) == State.DONE


def test_what_was_under_way_when_the_clock_was_set_back_is_taken_up_again(ask):
    run = ask()
    assert queueing.take("gone") == run
    Run.objects.filter(pk=run.pk).update(beat_at=Now() + dt.timedelta(hours=1))
    assert queueing.take("another") == run


def test_a_worker_is_there_for_as_long_as_it_says_so(desk):
    assert not queueing.somebody_works()
    queueing.show_up("one")
    assert queueing.somebody_works()
    for away in (dt.timedelta(minutes=-1), dt.timedelta(minutes=1)):
        WorkerBeat.objects.update(beat_at=Now() + away)
        assert not queueing.somebody_works()
    WorkerBeat.objects.update(beat_at=Now() - dt.timedelta(hours=2))
    queueing.show_up("other")
    assert list(WorkerBeat.objects.values_list("worker", flat=True)) == ["other"]
