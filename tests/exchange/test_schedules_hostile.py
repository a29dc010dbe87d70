"""Files that are broken, that lie about themselves, or that mean harm: one fault each, and nothing written."""

import hashlib
import os
import subprocess
import sys
import zipfile

import pytest

from synodos.exchange import import_schedule, read_schedule
from synodos.exchange.limits import MOST_FILE_BYTES
from synodos.exchange.schedules import java
from synodos.language import PortfolioError
from tests.exchange.schedule_files import after, calendar, element, link, mspdi, task, wbs, xer

GOOD = xer([task(1, "A", 3), task(2, "B", 2)], [link(1, 1, 2)])
GOOD_XML = mspdi([element(1, "One"), element(2, "Two", more=after(1))])
NOISE = b"".join(hashlib.sha256(bytes([at])).digest() for at in range(200))
ENTITIES = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "lol"}">' for at in range(12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE p [{ENTITIES}]><Project><Name>&e11;</Name></Project>'
OUTSIDE = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>'
DEEP = f'<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project">{"<a>" * 90_000}'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def code_of(path, **asked):
    """The code of the only fault with which a file is refused."""
    with pytest.raises(PortfolioError) as caught:
        read_schedule(path, "esa", **asked)
    (fault,) = caught.value.faults
    assert path.name in fault.place
    assert len(str(fault)) < 600
    return fault.code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.xer", b"", "schedule.empty"),
        ("text.txt", b"hello\n", "schedule.form"),
        ("noise.mpp", NOISE, "schedule.form"),
        ("noise-behind-a-mark.mpp", OLE + NOISE, "schedule.form"),
        ("noise.mpx", b"MPX," + NOISE, "schedule.empty"),
        ("noise.pp", b"SQLite format 3\0" + NOISE, "schedule.unreadable"),
        ("noise.mpd", b"\0\1\0\0Standard Jet DB\0" + NOISE, "schedule.unreadable"),
        ("page.xml", b"<!DOCTYPE html><html></html>", "schedule.entities"),
        ("other.xml", b'<?xml version="1.0"?><html/>', "schedule.form"),
        ("bomb.xml", BOMB.encode(), "schedule.entities"),
        ("outside.xml", OUTSIDE.encode("utf-16"), "schedule.entities"),
        ("deep.xml", DEEP.encode(), "schedule.unreadable"),
        ("cut.xml", GOOD_XML[:-90].encode(), "schedule.unreadable"),
        ("cut-early.xml", GOOD_XML[:60].encode(), "schedule.unreadable"),
        ("cut.xer", GOOD[:-30].encode(), "schedule.cut-off"),
        ("header.xer", b"ERMHDR\t22.12\n%E\n", "schedule.empty"),
        ("summaries.xml", mspdi([element(0, "All", level=0)]).encode(), "schedule.empty"),
        ("packed.gz", b"\x1f\x8b\x08" + NOISE, "schedule.packed"),
    ],
)
def test_what_is_no_whole_schedule_is_refused(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    assert code_of(path) == code


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("plan.xer", GOOD + " " * 5_000_000)
    assert code_of(path) == "schedule.packed"


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    path = tmp_path / "large.xer"
    with path.open("wb") as file:
        file.truncate(MOST_FILE_BYTES + 1)
    assert code_of(path) == "file.too-large"


def test_missing_files_folders_and_pipes_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.xer")
    assert code_of(tmp_path / "none.xer") == "file.missing"
    assert code_of(tmp_path / "pipe.xer") == "file.not-regular"
    with pytest.raises(PortfolioError, match=r"file\.not-regular"):
        read_schedule(tmp_path, "esa")


def test_calendars_that_rest_on_each_other_are_refused(tmp_path):
    path = tmp_path / "plan.xer"
    calendars = [{**calendar(), "base_clndr_id": 6}, {**calendar(6), "base_clndr_id": 5}]
    path.write_text(xer([task(1, "A", 3)], calendars=calendars), encoding="utf-8")
    assert code_of(path) == "schedule.unreadable"


def test_brackets_without_end_overflow_nothing(tmp_path):
    path = tmp_path / "plan.xer"
    endless = {**calendar(), "clndr_data": "(0||C()(" * 20_000}
    path.write_text(xer([task(1, "A", 3)], calendars=[endless]), encoding="utf-8")
    try:
        assert len(read_schedule(path, "esa").activities) == 1
    except PortfolioError as error:  # how deep Java follows them depends on what it has compiled so far
        assert [fault.code for fault in error.faults] == ["schedule.unreadable"]  # noqa: PT017 - either will do


@pytest.mark.parametrize(
    "fields",
    [
        {"target_drtn_hr_cnt": "NaN", "remain_drtn_hr_cnt": "1e300"},
        {"target_drtn_hr_cnt": -24, "total_float_hr_cnt": "-1e300"},
        {"target_drtn_hr_cnt": "many", "act_start_date": "soon"},
        {"cstr_type": "CS_MSOA", "cstr_date": "9999-12-31 00:00", "task_code": "", "task_name": "\0\x07"},
        {"clndr_id": 99, "wbs_id": 99, "task_type": "TT_Unheard", "late_end_date": "0001-01-01 00:00"},
    ],
    ids=["no numbers", "negative", "words", "far away", "dangling"],
)
def test_absurd_values_are_left_out_and_the_rest_is_read(tmp_path, fields):
    path = tmp_path / "plan.xer"
    rows = [{**task(1, "A", 3), **fields}, task(2, "B", 2)]
    path.write_text(xer(rows, [link(1, 1, 2), link(2, 2, 2), link(3, 77, 2)]), encoding="utf-8")
    found = read_schedule(path, "esa")
    assert len(found.activities) == 2
    assert all(0 <= activity.duration_days <= 100_000 for activity in found.activities)


def test_a_structure_that_contains_itself_is_refused(tmp_path):
    path = tmp_path / "plan.xer"
    structure = [wbs(), {**wbs(11), "parent_wbs_id": 12, "proj_node_flag": "N"}, {**wbs(12), "parent_wbs_id": 11}]
    path.write_text(xer([task(1, "A", 3), task(2, "B", 2, wbs_id=11)], structure=structure), encoding="utf-8")
    assert code_of(path) == "schedule.structure"


def test_a_name_says_nothing_about_the_form(tmp_path):
    path = tmp_path / "plan.mpp"
    path.write_text(GOOD, encoding="utf-8")
    assert read_schedule(path, "esa").form == "Primavera XER"


def test_what_takes_too_long_is_given_up():
    wait = java.java_class("java.lang.Thread").sleep
    with pytest.raises(PortfolioError, match=r"schedule\.slow"):
        java.bounded(lambda: wait(3_000), "plan.xer", seconds=0.05)


def test_what_needs_too_much_memory_is_given_up():
    arrays = java.java_class("java.util.ArrayList")
    with pytest.raises(PortfolioError, match=r"schedule\.(memory|unreadable)"):
        java.bounded(lambda: arrays(2_000_000_000), "plan.xer")


def test_a_refused_file_leaves_no_trace(tmp_path):
    path = tmp_path / "cut.xer"
    path.write_text(GOOD[:-30], encoding="utf-8")
    with pytest.raises(PortfolioError):
        import_schedule(path, "esa", tmp_path / "plans")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["cut.xer"]


def test_without_the_extra_the_fault_says_what_to_install(tmp_path, monkeypatch):
    path = tmp_path / "plan.xer"
    path.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(java, "find_spec", lambda name: None)
    with pytest.raises(PortfolioError, match=r"pip install 'synodos\[schedules\]'"):
        read_schedule(path, "esa")


def test_java_is_loaded_only_for_a_file():
    script = "import sys, synodos.exchange; print(sorted({'jpype', 'mpxj'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert said.stdout == "[]\n"
