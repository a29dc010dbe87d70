"""Runs: the same bits on any number of threads, in parts or whole; interrupted, refused, and bounded in memory."""

import subprocess
import sys

import numpy as np
import pytest

from synodos.schedule.sampling import (
    Activities,
    Cluster,
    Family,
    LaunchPeriods,
    LinkKind,
    Links,
    Marginals,
    Model,
    merge,
    run,
    run_blocks,
    sample,
)


def bits(found):
    """Return everything that a run found, as bytes."""
    arrays = (found.finish_days, found.cost, found.by_day, *found.sums)
    return [array.tobytes() for array in arrays]


def test_one_two_and_four_threads_give_the_same_bits(plan):
    one, two, four = (run(plan, iterations=2_000, seed=3, threads=threads) for threads in (1, 2, 4))
    assert bits(one) == bits(two) == bits(four)
    assert 0 < np.isinf(one.finish_days[1]).mean() < 1


def test_another_seed_gives_other_numbers(plan):
    one, other = (run(plan, iterations=300, seed=seed) for seed in (3, 4))
    assert not np.isin(one.finish_days[1], other.finish_days[1][np.isfinite(other.finish_days[1])]).any()


def test_parts_merge_to_the_whole(plan):
    whole = run(plan, iterations=2_000, seed=3)
    merged = merge([run_blocks(plan, 3, *part) for part in ((1024, 2000), (0, 256), (256, 1024))])
    assert bits(whole)[:4] == bits(merged)[:4]
    for total, sums in zip(whole.sums, merged.sums, strict=True):
        assert sums == pytest.approx(total, rel=1e-9, abs=1e-9)
    assert (merged.first, merged.iterations, merged.finish_days.shape[1]) == (0, 2000, 2000)


def test_parts_that_leave_a_gap_are_refused(plan):
    with pytest.raises(ValueError, match="do not follow"):
        merge([run_blocks(plan, 3, 0, 256), run_blocks(plan, 3, 512, 600)])
    with pytest.raises(ValueError, match="nothing to merge"):
        merge([])


def test_numbers_of_an_activity_survive_an_edit_of_the_plan(plan):
    before, after = (
        Model(
            Activities.of(
                np.ones(len(keys)),
                key=np.array(keys, np.uint32),
                duration=Marginals.of([(Family.UNIFORM, 0, 1)] * len(keys)),
            ),
            Links.of(len(keys), []),
            np.arange(len(keys)),
        )
        for keys in ((70, 80), (60, 70, 75, 80))
    )
    old, new = (run(model, iterations=500, seed=1).finish_days for model in (before, after))
    assert (old == new[[1, 3]]).all()


def test_an_interrupted_run_keeps_what_is_done(plan):
    def stop(done, _):
        if done >= 768:
            raise KeyboardInterrupt

    found = run(plan, iterations=100_000, seed=3, progress=stop)
    assert found.interrupted
    assert found.iterations == 768
    assert bits(found) == bits(run(plan, iterations=768, seed=3))


def test_progress_is_told_to_the_end(plan):
    told = []
    run(plan, iterations=600, seed=3, progress=lambda done, of: told.append((done, of)))
    assert told == [(256, 600), (512, 600), (600, 600)]


def test_what_is_not_kept_is_counted_by_day(plan, monkeypatch):
    exact = run(plan, iterations=3_000, seed=3)
    monkeypatch.setattr(sample, "KEPT_VALUES", 1_000)
    found = run(plan, iterations=3_000, seed=3)
    assert exact.finish_days.shape[1] == exact.iterations == found.iterations > found.finish_days.shape[1]
    assert found.finish_days.shape == (2, 256)
    assert len(found.cost) == 256
    assert (found.finish_days == exact.finish_days[:, :256]).all()
    days = np.floor(exact.finish_days[1][np.isfinite(exact.finish_days[1])]).astype(int) - sample.FIRST_DAY
    assert (found.by_day[1] == np.bincount(days, minlength=found.by_day.shape[1])).all()


def test_importing_does_not_load_numba():
    code = "import sys, synodos.schedule.sampling; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_kernels_that_are_kept_load_without_what_only_compiling_needs():
    code = (
        "import sys; from synodos.schedule.sampling import warm; warm(); sys.exit('numba.np.arrayobj' in sys.modules)"
    )
    for _ in range(2):  # the first may have to compile them
        found = subprocess.run([sys.executable, "-c", code], check=False).returncode
    assert found == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"targets": np.array([3])}, "a target is no activity, at 0"),
        ({"targets": np.array([], np.int64)}, "there is no target"),
        ({"links": Links.of(2, [(1, 1, LinkKind.FINISH_START, 0.0, -1)])}, "a predecessor does not stand before, at 0"),
        (
            {"clusters": (Cluster(np.array([0, 1]), np.array([[1, 2.0], [2.0, 1]])),)},
            "activity 0 and activity 1 correl",
        ),
        ({"activities": Activities.of([1.0, -2.0])}, "a planned duration is not positive, at 1"),
        (
            {"activities": Activities.of([1, 2], duration=Marginals.of([(Family.PERT, 5, 4, 6), (Family.FIXED, 1)]))},
            "low, mode and high of a duration do not rise, at 0",
        ),
        (
            {"launch_periods": LaunchPeriods(np.array([0]), np.array([0, 2]), np.array([0.0, 5]), np.array([9.0, 12]))},
            "launch periods overlap",
        ),
    ],
)
def test_a_faulty_model_is_refused_in_words(change, words):
    good = {"activities": Activities.of([1.0, 2.0]), "links": Links.of(2, []), "targets": np.array([1])}
    with pytest.raises(ValueError, match=words):
        run(Model(**{**good, **change}), iterations=10, seed=1)


@pytest.mark.parametrize(("first", "last", "seed"), [(0, 0, 1), (100, 600, 1), (0, 10, -1)])
def test_a_faulty_call_is_refused(plan, first, last, seed):
    with pytest.raises(ValueError, match=r"sampling\.(iterations|seed)"):
        run_blocks(plan, seed, first, last)
