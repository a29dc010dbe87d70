import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.schedule.networks.expecting import as_expected
from synodos.schedule.networks.network import network as network_of
from synodos.schedule.paths.critical_path import critical_path
from tests.language.minimal import history, statement
from tests.schedule.works import DAY, begun, day, done, five_days, network, task, tie

OFFICE = [{"days": ["mon", "tue", "wed", "thu", "fri"], "hours": ["08:00-16:00"]}]


def expected(node, at, **other):
    return dataclasses.replace(node, expected_finish=day(at), **other)


def dates(found, key):
    """Early start and finish in days since the first, and the free float in days."""
    path = critical_path(found)
    place = found.place[key]
    moments = (path.early_start[place], path.early_finish[place])
    return tuple((int(at) - day(0)) / DAY for at in moments), path.free_float_days(place)


def test_what_is_left_lasts_until_the_expected_finish():
    work = expected(begun(task("work", 5), -3, left_days=1), 9)
    found = as_expected(network([work, task("next", 2)], "work next", status=day(0)))
    assert found.nodes[0].remaining == 9 * DAY
    assert found.nodes[0].duration == 5 * DAY
    assert dates(found, "next")[0] == (9, 11)
    assert any("not as stated" in note and "Work" in note for note in found.notes)


def test_nothing_changes_where_what_is_left_is_right_or_nothing_is_expected():
    work = expected(begun(task("work", 5), -3, left_days=9), 9)
    plain = network([work], status=day(0))
    assert as_expected(plain).nodes == plain.nodes
    assert as_expected(plain).notes == ()
    other = network([task("work", 5)])
    assert as_expected(other) is other


def test_work_that_has_begun_and_should_be_over_has_nothing_left():
    found = as_expected(network([expected(begun(task("work", 5), -9, left_days=4), -1)], status=day(0)))
    assert found.nodes[0].remaining == 0


def test_work_that_cannot_begin_before_its_expected_finish_keeps_its_duration():
    found = as_expected(network([task("first", 10), expected(task("work", 5), 10)], "first work"))
    assert dates(found, "work")[0] == (10, 15)


def test_what_is_left_is_counted_in_work_of_its_calendar():
    work = expected(task("work", 1, calendar=0), 7 + 0.5)  # noon of the second Monday
    found = as_expected(network([work], calendars=[five_days()]))
    assert found.nodes[0].duration == 5 * 480 + 4 * 60


def test_a_chain_settles_from_its_beginning_in_whatever_order_it_stands():
    nodes = [expected(task(f"w{n}", 1), 4 * (n + 1)) for n in range(5)]
    found = as_expected(network(nodes[::-1], *(f"w{n} w{n + 1}" for n in range(4))))
    assert [node.duration for node in found.nodes] == [4 * DAY] * 5


def test_a_link_to_the_finish_does_not_shorten_the_work():
    nodes = [task("other", 6), expected(task("work", 1), 8)]
    found = as_expected(network(nodes, ("other", "work", "finish-finish", 0)))
    assert dates(found, "work")[0] == (0, 8)


def test_what_is_done_and_a_mandatory_finish_ignore_it():
    must = (tie("must-finish", 4),)
    nodes = [
        expected(done(task("past", 3), -5, -2), 9),
        expected(task("tied", 2), 9, ties=must),
    ]
    plain = network(nodes)
    assert as_expected(plain).nodes == plain.nodes


def test_work_that_is_expected_to_end_has_no_free_float():
    nodes = [expected(task("short", 1), 2), task("free", 2), task("long", 9), task("end", 0)]
    found = as_expected(network(nodes, "short end", "free end", "long end"))
    assert dates(found, "short") == ((0, 2), 0)
    assert dates(found, "free") == ((0, 2), 7)


@given(lengths=st.lists(st.integers(1, 9), min_size=1, max_size=6), moments=st.data())
def test_work_ends_when_expected_wherever_it_begins_before(lengths, moments):
    ends = [moments.draw(st.integers(1, 60)) for _ in lengths]
    nodes = [expected(task(f"w{n}", days), end) for n, (days, end) in enumerate(zip(lengths, ends, strict=True))]
    found = as_expected(network(nodes, *(f"w{n} w{n + 1}" for n in range(len(nodes) - 1))))
    path = critical_path(found)
    for place, (days, end) in enumerate(zip(lengths, ends, strict=True)):
        start, finish = ((int(at[place]) - day(0)) / DAY for at in (path.early_start, path.early_finish))
        assert finish == (end if start < end else start + days)


@pytest.mark.parametrize(("moment", "minutes"), [("2013-01-04", 5 * 480 - 480), ("2013-01-04T12:00", 3 * 480 + 240)])
def test_a_record_states_it_and_a_day_is_its_end(moment, minutes):
    known = {"stated_by": "esa", "as_of": "2011"}
    found = network_of(
        history(
            statement("calendar", **known, id="office", name="Office", week=OFFICE),
            statement("schedule", **known, id="plan", name="Plan", calendar="office", starts="2013-01-01T08:00"),
            statement("activity", **known, id="work", name="Work", schedule="plan", expected_finish=moment),
        ).known_on()
    )
    assert found.nodes[0].duration == minutes


@pytest.mark.parametrize("kind", ["finish-milestone", "level-of-effort"])
def test_what_is_no_task_ignores_it(kind):
    known = {"stated_by": "esa", "as_of": "2011"}
    gate = statement("activity", **known, id="gate", name="Gate", type=kind, expected_finish="2013-02-01")
    assert network_of(history(gate).known_on()).nodes[0].expected_finish is None
