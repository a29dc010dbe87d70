"""What becomes of each construct of a schedule file."""

import datetime as dt

import pytest

from synodos.exchange import Unmapped, read_schedule
from synodos.language import PortfolioError
from tests.exchange.schedule_files import (
    EVERY_HOUR,
    after,
    calendar,
    element,
    link,
    mspdi,
    options,
    project,
    table,
    task,
    wbs,
    xer,
)


@pytest.fixture
def read(tmp_path):
    """Read the text of a file."""

    def reading(text, name=None, encoding="utf-8", **asked):
        path = tmp_path / (name or ("plan.xml" if text.startswith("<?xml") else "plan.xer"))
        path.write_bytes(text.encode(encoding))
        return read_schedule(path, "esa", **asked)

    return reading


def by_name(imported):
    return {activity.name: activity for activity in imported.activities}


def counts(imported):
    return {unmapped.what: unmapped.count for unmapped in imported.unmapped}


def ties(activity):
    return [(constraint.type, constraint.on) for constraint in activity.constraints]


# P6 XER


def test_a_p6_project_becomes_a_schedule_with_activities_and_calendars(read):
    found = read(xer([task(1, "A 100", 3), task(2, "B", 2)], [link(1, 1, 2)]))
    (schedule,) = found.schedules
    assert schedule.id == "esa-lander"
    assert (schedule.starts, schedule.status_date) == ("2026-01-05T08:00", "2026-01-05T08:00")
    assert [activity.id for activity in found.activities] == ["esa-lander-a-100", "esa-lander-b"]
    first, second = found.activities
    assert (first.duration_days, first.calendar, first.after) == (3, None, ())
    assert [(each.activity, each.type, each.lag_days) for each in second.after] == [
        ("esa-lander-a-100", "finish-start", 0)
    ]
    (five,) = found.calendars
    assert schedule.calendar == five.id == "esa-lander-five-days"
    assert [(day.days, day.hours) for day in five.week] == [
        (("mon", "tue", "wed", "thu", "fri"), ("08:00-12:00", "13:00-17:00"))
    ]
    assert found.as_of == dt.date(2026, 1, 5)
    assert {record.as_of.text for record in found.records} == {"2026-01-05"}
    assert {record.sources for record in found.records} == {(found.source,)}
    assert {record.release for record in found.records} == {"private"}
    assert found.form == "Primavera XER"


def test_days_that_differ_become_exceptions(read):
    five = calendar(exceptions=[("2026-01-14", ()), ("2026-01-17", ("08:00-12:00",))])
    (found,) = read(xer([task(1, "A")], calendars=[five])).calendars
    assert [(each.dates.text, each.hours) for each in found.exceptions] == [
        ("2026-01-14", ()),
        ("2026-01-17", ("08:00-12:00",)),
    ]


def test_durations_count_days_of_the_activitys_own_calendar(read):
    calendars = [calendar(), calendar(6, "Always", EVERY_HOUR, hours=24)]
    found = by_name(read(xer([task(1, "A", 3), task(2, "B", 3, clndr_id=6)], calendars=calendars)))
    assert (found["Work A"].duration_days, found["Work A"].calendar) == (3, None)
    assert (found["Work B"].duration_days, found["Work B"].calendar) == (1, "esa-lander-always")


@pytest.mark.parametrize(
    ("rule", "name", "days"),
    [
        ("rcal_Predecessor", "predecessor", 3),
        ("rcal_Successor", "successor", 1),
        ("rcal_ProjDefault", "schedule", 3),
        ("rcal_24Hour", "elapsed", 1),
    ],
)
def test_lags_count_days_of_the_calendar_that_the_options_name(read, rule, name, days):
    calendars = [calendar(), calendar(6, "Always", EVERY_HOUR, hours=24)]
    settings = [options(sched_calendar_on_relationship_lag=rule)]
    tasks = [task(1, "A", 3), task(2, "B", 3, clndr_id=6)]
    found = read(xer(tasks, [link(1, 1, 2, hours=24)], calendars=calendars, settings=settings))
    assert found.schedules[0].lag_calendar == name
    assert by_name(found)["Work B"].after[0].lag_days == days


@pytest.mark.parametrize(
    ("kind", "name"),
    [("FS", "finish-start"), ("SS", "start-start"), ("FF", "finish-finish"), ("SF", "start-finish")],
)
def test_links_keep_their_kind_and_leads_stay_negative(read, kind, name):
    found = by_name(read(xer([task(1, "A", 3), task(2, "B", 2)], [link(1, 1, 2, kind, -12)])))
    (only,) = found["Work B"].after
    assert (only.type, only.lag_days, only.lag_in) == (name, -1.5, "working")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("CS_MSOA", ["start-no-earlier"]),
        ("CS_MSOB", ["start-no-later"]),
        ("CS_MEOA", ["finish-no-earlier"]),
        ("CS_MEOB", ["finish-no-later"]),
        ("CS_MANDSTART", ["must-start"]),
        ("CS_MANDFIN", ["must-finish"]),
        ("CS_MSO", ["start-no-earlier", "start-no-later"]),
        ("CS_MEO", ["finish-no-earlier", "finish-no-later"]),
    ],
)
def test_constraints_keep_their_meaning(read, kind, expected):
    found = by_name(read(xer([task(1, "A", 3, cstr_type=kind, cstr_date="2026-01-12 08:00")])))
    assert ties(found["Work A"]) == [(each, "2026-01-12T08:00") for each in expected]


def test_a_second_constraint_and_as_late_as_possible(read):
    row = task(1, "A", 3, cstr_type="CS_MSOA", cstr_date="2026-01-12 08:00")
    row |= {"cstr_type2": "CS_MEOB", "cstr_date2": "2026-02-02 17:00"}
    found = by_name(read(xer([row, task(2, "B", cstr_type="CS_ALAP")])))
    assert ties(found["Work A"]) == [
        ("start-no-earlier", "2026-01-12T08:00"),
        ("finish-no-later", "2026-02-02T17:00"),
    ]
    assert ties(found["Work B"]) == [("as-late-as-possible", None)]


def test_kinds_of_activities(read):
    kinds = {"S": "TT_Mile", "F": "TT_FinMile", "L": "TT_LOE", "T": "TT_Task", "W": "TT_WBS"}
    found = read(xer([task(at, code, task_type=kind) for at, (code, kind) in enumerate(kinds.items(), 1)]))
    assert {activity.name: activity.type for activity in found.activities} == {
        "Work S": "start-milestone",
        "Work F": "finish-milestone",
        "Work L": "level-of-effort",
        "Work T": "task",
    }
    assert counts(found)["WBS summary activities"] == 1


def test_progress_comes_with_the_status_date(read):
    rows = [
        task(1, "A", 3, status_code="TK_Complete", act_start_date="2026-01-05 08:00", act_end_date="2026-01-07 17:00"),
        task(2, "B", 5, status_code="TK_Active", act_start_date="2026-01-08 08:00", remain_drtn_hr_cnt=12),
        task(3, "C", 2),
    ]
    settings = [options(sched_retained_logic="N", sched_progress_override="Y")]
    found = read(xer(rows, projects=[project(last_recalc_date="2026-01-12 08:00")], settings=settings))
    assert found.schedules[0].status_date == "2026-01-12T08:00"
    assert found.schedules[0].progress == "progress-override"
    done, going, waiting = found.activities
    assert (done.actual_start, done.actual_finish) == ("2026-01-05T08:00", "2026-01-07T17:00")
    assert (going.actual_start, going.actual_finish, going.remaining_days) == ("2026-01-08T08:00", None, 1.5)
    assert (waiting.actual_start, waiting.remaining_days) == (None, None)


@pytest.mark.parametrize(("used", "finish"), [("Y", "2026-02-02T17:00"), ("N", None)])
def test_an_expected_finish_counts_where_the_options_use_it(read, used, finish):
    expects = {"expect_end_date": "2026-02-02 17:00"}
    over = {"status_code": "TK_Complete", "act_start_date": "2026-01-05 08:00", "act_end_date": "2026-01-07 17:00"}
    rows = [
        task(1, "A", 3, **expects),
        task(2, "B", 3, task_type="TT_FinMile", **expects),
        task(3, "C", 3, **over, **expects),
        task(4, "D", 3),
    ]
    found = read(xer(rows, settings=[options(sched_use_expect_end_flag=used)]))
    assert [activity.expected_finish for activity in found.activities] == [finish, None, None, None]
    assert counts(found)["expected finishes that its tool did not schedule by"] == (1 if used == "Y" else 2)


def test_what_p6_computed_is_kept(read):
    row = task(1, "A", 3, early_start_date="2026-01-05 08:00", early_end_date="2026-01-07 17:00")
    row |= {"late_start_date": "2026-01-08 08:00", "late_end_date": "2026-01-12 17:00"}
    row |= {"total_float_hr_cnt": 24, "free_float_hr_cnt": 4, "driving_path_flag": "N"}
    computed = read(xer([row])).activities[0].computed
    assert computed is not None
    assert (computed.early_start, computed.early_finish) == ("2026-01-05T08:00", "2026-01-07T17:00")
    assert (computed.late_start, computed.late_finish) == ("2026-01-08T08:00", "2026-01-12T17:00")
    assert (computed.total_float_days, computed.free_float_days, computed.critical) == (3, 0.5, False)


def test_critical_means_the_longest_path_where_p6_says_so(read):
    rows = [
        task(1, "A", 3, total_float_hr_cnt=40, driving_path_flag="Y", early_start_date="2026-01-05 08:00"),
        task(2, "B", 3, total_float_hr_cnt=0, driving_path_flag="N", early_start_date="2026-01-05 08:00"),
    ]
    by_path = read(xer(rows, projects=[project(critical_path_type="CT_DrivPath")]))
    by_float = read(xer(rows, projects=[project(critical_drtn_hr_cnt=16)]))
    assert by_path.schedules[0].critical == "longest-path"
    assert [activity.computed.critical for activity in by_path.activities] == [True, False]
    assert (by_float.schedules[0].critical, by_float.schedules[0].critical_float_days) == ("total-float", 2)
    assert [activity.computed.critical for activity in by_float.activities] == [False, True]


def test_the_date_by_which_a_project_has_to_end(read):
    found = read(xer([task(1, "A")], projects=[project(plan_end_date="2026-03-31 17:00")]))
    assert found.schedules[0].finish_by == "2026-03-31T17:00"


def test_several_projects_become_several_schedules_linked_with_each_other(read):
    projects = [project(), project(2, "ORBITER", last_recalc_date="2026-02-01 08:00")]
    tasks = [task(1, "A", 3), {**task(2, "A", 2), "proj_id": 2, "wbs_id": 20}]
    structure = [wbs(), wbs(20, 2, "Orbiter")]
    found = read(
        xer(
            tasks,
            [link(1, 1, 2, projects=(1, 2))],
            projects=projects,
            structure=structure,
            settings=[options(), options(2)],
        )
    )
    assert [schedule.id for schedule in found.schedules] == ["esa-lander", "esa-orbiter"]
    assert {activity.id: activity.schedule for activity in found.activities} == {
        "esa-lander-a": "esa-lander",
        "esa-orbiter-a": "esa-orbiter",
    }
    assert [each.activity for each in found.activities[1].after] == ["esa-lander-a"]
    assert found.as_of == dt.date(2026, 2, 1)


def test_what_has_no_place_is_counted_and_named(read):
    more = [
        table("RSRC", [{"rsrc_id": 7, "rsrc_name": "Welder", "rsrc_short_name": "W", "rsrc_type": "RT_Labor"}]),
        table("TASKRSRC", [{"taskrsrc_id": 1, "task_id": 1, "proj_id": 1, "rsrc_id": 7, "target_qty": 8}]),
        table("ACTVTYPE", [{"actv_code_type_id": 3, "actv_code_type": "Phase", "actv_code_type_scope": "AS_Global"}]),
        table("UDFTYPE", [{"udf_type_id": 4, "table_name": "TASK", "udf_type_label": "Zone"}]),
    ]
    found = read(xer([task(1, "A", 1, cstr_type="CS_MSOA")], more=more))
    assert counts(found) == {
        "activity code types": 1,
        "constraints without a date or of an unknown kind": 1,
        "resource assignments": 1,
        "resources": 1,
        "user-defined fields": 1,
    }
    assert "constraints without a date or of an unknown kind: 1 (start no earlier than)" in map(str, found.unmapped)


def test_of_many_things_the_first_are_named():
    assert str(Unmapped("resources", 1_200, ("A", "B", "C"))) == "resources: 1,200 (A, B, C, …)"
    assert str(Unmapped("resources", 2, ("A", "B"))) == "resources: 2 (A, B)"
    assert str(Unmapped("resources", 2)) == "resources: 2"


def test_codes_that_differ_only_in_their_signs_have_ids_of_their_own(read):
    found = read(xer([task(9, "A.1"), task(3, "A-1"), task(5, "Ж")]))
    ids = {activity.name: activity.id for activity in found.activities}
    assert (ids["Work A-1"], ids["Work A.1"]) == ("esa-lander-a-1", "esa-lander-a-1-2")
    assert ids["Work Ж"].removeprefix("esa-lander-").isalnum()


def test_a_given_id_names_the_schedule(read):
    found = read(xer([task(1, "A")]), schedule="Rover Plan", release="public", as_of=dt.date(2026, 3, 1))
    assert (found.schedules[0].id, found.activities[0].id) == ("rover-plan", "rover-plan-a")
    assert {record.release for record in found.records} == {"public"}
    assert found.as_of == dt.date(2026, 3, 1)


# Encodings


@pytest.mark.parametrize(
    ("encoding", "said", "note"),
    [
        ("utf-8", None, "it is valid UTF-8"),
        ("utf-8-sig", None, "it is valid UTF-8"),
        ("utf-16", None, "The file is in UTF-16."),
        ("cp1252", None, "it was read as Windows-1252"),
        ("cp1252", "cp1252", ""),
    ],
)
def test_xer_in_any_encoding_keeps_its_names(tmp_path, encoding, said, note):
    path = tmp_path / "plan.xer"
    path.write_bytes(xer([task(1, "A", task_name="Prüfstand Brünn €")]).encode(encoding))
    found = read_schedule(path, "esa", encoding=said)
    assert found.activities[0].name == "Prüfstand Brünn €"
    assert any(note in each for each in found.notes)


def test_a_stated_encoding_is_believed(tmp_path):
    path = tmp_path / "plan.xer"
    path.write_bytes(xer([task(1, "A", task_name="Стыковка")]).encode("cp1251"))
    assert read_schedule(path, "esa").activities[0].name != "Стыковка"
    assert read_schedule(path, "esa", encoding="cp1251").activities[0].name == "Стыковка"


@pytest.mark.parametrize("encoding", ["no-such-encoding", "ascii"])
def test_an_encoding_that_does_not_fit_is_refused(tmp_path, encoding):
    path = tmp_path / "plan.xer"
    path.write_bytes(xer([task(1, "A", task_name="Brünn")]).encode("cp1252"))
    with pytest.raises(PortfolioError, match=r"schedule\.encoding"):
        read_schedule(path, "esa", encoding=encoding)


# Microsoft Project


def test_summaries_are_no_activities_and_their_links_are_handed_down(read):
    summary = "<Summary>1</Summary><OutlineNumber>1</OutlineNumber>"
    found = read(
        mspdi(
            [
                element(0, "Rover", more="<Summary>1</Summary>", level=0),
                element(1, "Phase", more=summary),
                element(2, "One", level=2),
                element(3, "Two", level=2),
                element(4, "Review &amp; test &lt;B&gt; &amp; go", "PT0H0M0S", f"<Milestone>1</Milestone>{after(1)}"),
            ]
        )
    )
    names = by_name(found)
    assert sorted(names) == ["One", "Review & test <B> & go", "Two"]
    review = names["Review & test <B> & go"]
    assert review.type == "finish-milestone"
    assert {each.activity for each in review.after} == {"esa-rover-2", "esa-rover-3"}
    assert "Links of summary tasks were handed down to the tasks in them." in found.notes
    assert found.as_of == dt.date(2026, 1, 4)


def test_lags_in_percent_and_in_elapsed_time(read):
    found = read(
        mspdi(
            [
                element(1, "One", "PT32H0M0S"),
                element(2, "Two", more=after(1, lag=25, lag_format=19)),
                element(3, "Three", more=after(1, lag=2 * 14_400, lag_format=8)),
                element(4, "Four", more=after(1, kind=3, lag=-4_800)),
            ]
        )
    )
    lags = {name: each.after[0] for name, each in by_name(found).items() if each.after}
    assert (lags["Two"].lag_days, lags["Two"].lag_in) == (1, "working")
    assert (lags["Three"].lag_days, lags["Three"].lag_in) == (2, "elapsed")
    assert (lags["Four"].type, lags["Four"].lag_days) == ("start-start", -1)
    assert counts(found)["lags in percent, turned into days"] == 1


def test_an_elapsed_duration_counts_every_hour(read):
    found = read(mspdi([element(1, "Cure").replace("PT8H0M0S", "PT48H0M0S").replace(">7<", ">8<")]))
    (cure,) = found.activities
    assert (cure.duration_days, cure.calendar) == (2, "esa-rover-elapsed")
    assert next(each for each in found.calendars if each.id == cure.calendar).week == ()


def test_work_of_microsoft_project_keeps_its_whole_duration_from_its_actual_start(read):
    going = "<ActualStart>2026-01-05T08:00:00</ActualStart><PercentComplete>50</PercentComplete>"
    found = read(mspdi([element(1, "One", "PT16H0M0S", going)], head="<StatusDate>2026-01-20T17:00:00</StatusDate>"))
    (only,) = found.activities
    assert (only.actual_start, only.duration_days, only.remaining_days) == ("2026-01-05T08:00", 2, None)
    assert found.schedules[0].status_date is None
    assert found.as_of == dt.date(2026, 1, 20)


def test_tasks_by_hand_deadlines_and_inactive_tasks(read):
    hand = element(1, "Hand", more="<Start>2026-01-08T08:00:00</Start>").replace("<Manual>0", "<Manual>1")
    found = read(
        mspdi(
            [
                hand,
                element(2, "Due", more="<Deadline>2026-02-01T17:00:00</Deadline>"),
                element(3, "Off").replace("<Active>1", "<Active>0"),
            ]
        )
    )
    names = by_name(found)
    assert sorted(names) == ["Due", "Hand"]
    assert ties(names["Hand"]) == [("start-no-earlier", "2026-01-08T08:00")]
    assert names["Due"].deadline == "2026-02-01T17:00"
    assert counts(found)["inactive tasks"] == 1


@pytest.mark.parametrize(("honoured", "expected"), [(1, ["must-start"]), (0, ["start-no-earlier", "start-no-later"])])
def test_must_start_is_soft_where_links_come_first(read, honoured, expected):
    constraint = "<ConstraintType>2</ConstraintType><ConstraintDate>2026-01-12T08:00:00</ConstraintDate>"
    text = mspdi([element(1, "One", more=constraint)])
    text = text.replace("<HonorConstraints>1", f"<HonorConstraints>{honoured}")
    (only,) = read(text).activities
    assert ties(only) == [(kind, "2026-01-12T08:00") for kind in expected]


def test_a_file_without_a_date_needs_one(read):
    text = mspdi([element(1, "One")]).replace("<LastSaved>2026-01-04T09:00:00</LastSaved>", "")
    with pytest.raises(PortfolioError, match=r"(?s)schedule\.undated.*--as-of"):
        read(text)
    assert read(text, as_of=dt.date(2026, 2, 2)).as_of == dt.date(2026, 2, 2)
