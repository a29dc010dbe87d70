"""The command that shows the dates ahead: in every form, with its exit codes and files."""

from ical.calendar_stream import IcsCalendarStream

from tests.commands import answered, did, listed, ran, refused

FOLDER = "portfolios/exomars"
QUICK = ("--kind", "launch", "--kind", "expiry", "--kind", "ready")


def test_dates_of_one_agency_up_to_a_year(root):
    found = answered("calendar", root / FOLDER, "--for", "esa", "--before", "2028", *QUICK)
    dates = found["answer"]["dates"]
    assert dates
    assert all("esa" in one["agencies"] and one["when"] < "2029" for one in dates)
    assert found["parameters"] == {
        "for": "esa",
        "kinds": ["launch", "expiry", "ready"],
        "after": "2026-06-30",
        "before": "2028-12-31",
    }
    assert len(listed("calendar", root / FOLDER, "--for", "esa", "--before", "2028", *QUICK)) == len(dates)
    assert f"{len(dates)} dates ahead" in did("calendar", root / FOLDER, "--for", "esa", "--before", "2028", *QUICK)


def test_a_calendar_file_is_the_same_each_time_and_others_can_read_it(root, tmp_path):
    files = [tmp_path / "one.ics", tmp_path / "two.ICS"]
    for file in files:
        assert ran("calendar", root / FOLDER, *QUICK, "-o", file).exit_code == 0
    one, two = (file.read_bytes() for file in files)
    assert one == two
    assert len(IcsCalendarStream.calendar_from_ics(one.decode()).events) == len(
        listed("calendar", root / FOLDER, *QUICK)
    )


def test_there_is_a_page(root, tmp_path):
    page = tmp_path / "dates.html"
    assert ran("calendar", root / FOLDER, *QUICK, "-o", page).exit_code == 0
    assert "Dates ahead: " in page.read_text(encoding="utf-8")


def test_launch_periods_of_a_joint_mission(root):
    kinds = {one["kind"] for one in answered("calendar", root / FOLDER, "--for", "nasa")["answer"]["dates"]}
    assert {"launch", "launch-period", "obligation"} <= kinds


def test_misuse_is_refused_in_a_line(root, tmp_path):
    assert "one of launch, launch-period" in refused("calendar", root / FOLDER, "--kind", "birthday")
    assert "did you mean 'esa'" in refused("calendar", root / FOLDER, "--for", "esx")
    assert "--after: expected a date" in refused("calendar", root / FOLDER, "--after", "soon")
    assert "--before: found 2020-12-31, expected a day on or after 2026-06-30" in refused(
        "calendar", root / FOLDER, "--before", "2020"
    )
    assert "ends in" in refused("calendar", root / FOLDER, *QUICK, "-o", tmp_path / "dates.doc")
    assert "cannot be written" in refused("calendar", root / FOLDER, *QUICK, "-o", tmp_path / "no" / "dates.ics")
