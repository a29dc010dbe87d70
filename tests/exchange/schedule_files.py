"""Schedule files of our own making, as text: P6 XER and Microsoft Project's XML."""

import datetime as dt

SUNDAY_FIRST = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
WORK = ("08:00-12:00", "13:00-17:00")
ORDINARY = dict.fromkeys(SUNDAY_FIRST[1:6], WORK)
"""A week of five days of eight hours."""
EVERY_HOUR = dict.fromkeys(SUNDAY_FIRST, ("00:00-00:00",))
TASK_FIELDS = (
    *("task_id", "proj_id", "wbs_id", "clndr_id", "task_type", "status_code", "task_code", "task_name"),
    *("target_drtn_hr_cnt", "remain_drtn_hr_cnt", "cstr_type", "cstr_date", "cstr_type2", "cstr_date2"),
    *("act_start_date", "act_end_date", "early_start_date", "early_end_date", "late_start_date", "late_end_date"),
    *("total_float_hr_cnt", "free_float_hr_cnt", "driving_path_flag", "complete_pct_type", "duration_type"),
)


def hours_text(stretches):
    """The working hours of a day as P6 writes them."""
    pairs = (stretch.split("-") for stretch in stretches)
    return "".join(f"(0||{place}(s|{first}|f|{last})())" for place, (first, last) in enumerate(pairs))


def calendar_text(week, exceptions=()):
    """A calendar as P6 writes it; exceptions are pairs of a day and its hours."""
    days = "".join(f"(0||{at}()({hours_text(week.get(day, ()))}))" for at, day in enumerate(SUNDAY_FIRST, 1))
    first = dt.date(1899, 12, 30)
    others = "".join(
        f"(0||{at}(d|{(dt.date.fromisoformat(day) - first).days})({hours_text(hours)}))"
        for at, (day, hours) in enumerate(exceptions)
    )
    return f"(0||CalendarData()((0||DaysOfWeek()({days}))(0||Exceptions()({others}))))"


def table(name, rows):
    """A table of an XER file."""
    fields = list(dict.fromkeys(field for row in rows for field in row))
    lines = [f"%T\t{name}", "%F\t" + "\t".join(fields)]
    return "\n".join([*lines, *("%R\t" + "\t".join(str(row.get(field, "")) for field in fields) for row in rows)])


def task(number, code, days=0, **fields):
    """A row of the table of activities; a day has eight hours."""
    hours = days * 8
    return dict.fromkeys(TASK_FIELDS, "") | {
        "task_id": number,
        "proj_id": 1,
        "wbs_id": 10,
        "clndr_id": 5,
        "task_type": "TT_Task",
        "status_code": "TK_NotStart",
        "task_code": code,
        "task_name": f"Work {code}",
        "target_drtn_hr_cnt": hours,
        "remain_drtn_hr_cnt": hours,
        "complete_pct_type": "CP_Drtn",
        "duration_type": "DT_FixedDrtn",
        **fields,
    }


def link(number, predecessor, successor, kind="FS", hours=0, projects=(1, 1)):
    """A row of the table of links; a link lies in the project of its successor."""
    return {
        "task_pred_id": number,
        "task_id": successor,
        "pred_task_id": predecessor,
        "proj_id": projects[1],
        "pred_proj_id": projects[0],
        "pred_type": f"PR_{kind}",
        "lag_hr_cnt": hours,
    }


def project(number=1, name="LANDER", **fields):
    """A row of the table of projects."""
    return {
        "proj_id": number,
        "proj_short_name": name,
        "clndr_id": 5,
        "plan_start_date": "2026-01-05 08:00",
        "last_recalc_date": "2026-01-05 08:00",
        "critical_path_type": "CT_TotFloat",
        "critical_drtn_hr_cnt": 0,
        "export_flag": "Y",
        **fields,
    }


def wbs(number=10, project_number=1, name="Lander"):
    """A row of the table of the work breakdown structure, for a project as a whole."""
    return {
        "wbs_id": number,
        "proj_id": project_number,
        "proj_node_flag": "Y",
        "wbs_short_name": name.upper(),
        "wbs_name": name,
    }


def calendar(number=5, name="Five days", week=None, exceptions=(), hours=8):
    """A row of the table of calendars."""
    return {
        "clndr_id": number,
        "default_flag": "Y" if number == 5 else "N",
        "clndr_name": name,
        "proj_id": "",
        "base_clndr_id": "",
        "clndr_type": "CA_Base",
        "day_hr_cnt": hours,
        "week_hr_cnt": hours * 5,
        "month_hr_cnt": hours * 21,
        "year_hr_cnt": hours * 250,
        "clndr_data": calendar_text(ORDINARY if week is None else week, exceptions),
    }


def options(project_number=1, **fields):
    """A row of the table of scheduling options."""
    return {
        "schedoptions_id": project_number,
        "proj_id": project_number,
        "sched_retained_logic": "Y",
        "sched_progress_override": "N",
        "sched_float_type": "FT_FF",
        "sched_calendar_on_relationship_lag": "rcal_Predecessor",
        "sched_use_expect_end_flag": "N",
        **fields,
    }


def xer(tasks, links=(), *, projects=None, calendars=None, structure=None, settings=None, more=()):
    """The text of an XER file."""
    tables = [
        table("PROJECT", projects or [project()]),
        table("CALENDAR", calendars or [calendar()]),
        table("SCHEDOPTIONS", settings or [options()]),
        table("PROJWBS", structure or [wbs()]),
        table("TASK", tasks),
        *([table("TASKPRED", links)] if links else []),
        *more,
    ]
    return "\n".join(["ERMHDR\t22.12\t2026-01-05\tProject\tadmin\tadmin\tdb\tProject Management\tEUR", *tables, "%E\n"])


def mspdi(tasks, head=""):
    """The text of an MSPDI file with these elements of tasks; a week of five days of eight hours."""
    shift = "".join(
        f"<WorkingTime><FromTime>{first}:00</FromTime><ToTime>{last}:00</ToTime></WorkingTime>"
        for first, last in (stretch.split("-") for stretch in WORK)
    )
    days = "".join(
        f"<WeekDay><DayType>{day}</DayType><DayWorking>{int(1 < day < 7)}</DayWorking>"
        + (f"<WorkingTimes>{shift}</WorkingTimes>" if 1 < day < 7 else "")
        + "</WeekDay>"
        for day in range(1, 8)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Project xmlns="http://schemas.microsoft.com/project">'
        "<SaveVersion>14</SaveVersion><Name>rover.xml</Name><Title>Rover</Title><ScheduleFromStart>1</ScheduleFromStart>"
        "<StartDate>2026-01-05T08:00:00</StartDate><LastSaved>2026-01-04T09:00:00</LastSaved>"
        f"<CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay><HonorConstraints>1</HonorConstraints>{head}"
        "<Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar>"
        f"<WeekDays>{days}</WeekDays></Calendar></Calendars><Tasks>{''.join(tasks)}</Tasks></Project>"
    )


def element(uid, name, duration="PT8H0M0S", more="", level=1):
    """The element of a task of an MSPDI file."""
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name><Active>1</Active><Manual>0</Manual><Type>1</Type>"
        f"<OutlineLevel>{level}</OutlineLevel><Duration>{duration}</Duration><DurationFormat>7</DurationFormat>"
        f"<RemainingDuration>{duration}</RemainingDuration>{more}</Task>"
    )


def after(uid, kind=1, lag=0, lag_format=7):
    """The element of a link to a predecessor; kinds are 0 FF, 1 FS, 2 SF, 3 SS; a lag is in tenths of a minute."""
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type><CrossProject>0</CrossProject>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{lag_format}</LagFormat></PredecessorLink>"
    )
