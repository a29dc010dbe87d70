import datetime as dt
import os
from pathlib import Path

import pytest

from synodos.exchange import FORMAT, VERSION, inspect, read_history, read_portfolio, write
from synodos.exchange import opening as opening_module
from synodos.language import PortfolioError
from tests.exchange.plans import HEAD, only_fault
from tests.language.minimal import agency, history, statement

REVISIONS = """missions:
  - &M {id: m1, owner: esa, stated_by: esa, release: public, as_of: 2009-12, confidence: read, sources: [report],
     name: Landing, status: planned}
  - {id: m1, owner: esa, stated_by: esa, release: public, as_of: 2011-10, confidence: read, sources: [report],
     name: Landing, status: cancelled}
""".replace("&M ", "")


def test_the_format_is_the_one_that_files_state():
    assert (FORMAT, VERSION) == ("synodos-portfolio", 1)


def test_a_portfolio_is_read_as_known_on_a_day(folder):
    path = folder(m_yaml=HEAD + REVISIONS)
    assert read_portfolio(path).missions["m1"].status == "cancelled"
    assert read_portfolio(path).known_on == dt.date(2012, 12, 31)
    assert read_portfolio(path, dt.date(2011, 10, 30)).missions["m1"].status == "planned"
    assert read_portfolio(path, on=dt.date(2009, 12, 30)).missions == {}
    assert len(read_history(path).statements) == 3


def test_a_portfolio_is_not_known_after_its_own_day(folder):
    path = folder()
    assert read_portfolio(path, dt.date(2012, 12, 31)).known_on == dt.date(2012, 12, 31)
    with pytest.raises(PortfolioError) as error:
        read_portfolio(path, dt.date(2013, 1, 1))
    (fault,) = error.value.faults
    assert (fault.code, fault.found) == ("known_on.late", "2013-01-01")
    assert "2012-12-31" in fault.message


def test_reading_raises_every_fault_at_once(folder):
    path = folder(a_yaml="[", b_yaml=HEAD + "mission: []\n")
    with pytest.raises(PortfolioError) as error:
        read_history(path)
    assert len(error.value.faults) == 2
    assert error.value.faults == inspect(path)[1]
    with pytest.raises(PortfolioError):
        read_portfolio(path)


def test_paths_may_be_text(folder):
    assert len(read_history(str(folder())).statements) == 1


@pytest.mark.parametrize("name", ["plans.json", "plans.xlsx", "plans.txt", "plans", "no/where/plans.json"])
def test_nothing_there_is_one_fault(tmp_path, name):
    fault = only_fault(tmp_path / name)
    assert (fault.code, fault.place) == ("file.missing", str(tmp_path / name))


@pytest.mark.parametrize("name", ["plans.csv", "plans", "plans.yaml", ".json"])
def test_a_file_in_another_form_is_one_fault(tmp_path, name):
    (tmp_path / name).write_text("format: synodos-portfolio")
    fault = only_fault(tmp_path / name)
    assert fault.code == "file.form"
    assert ".xlsx" in fault.expected


@pytest.mark.parametrize("name", ["pipe.json", "pipe.xlsx", "pipe"])
def test_a_pipe_is_not_waited_for(tmp_path, name):
    os.mkfifo(tmp_path / name)
    assert only_fault(tmp_path / name).code == "file.not-regular"


@pytest.mark.parametrize("name", ["null\0byte.json", "x" * 5000 + ".json"])
def test_a_name_that_no_file_can_have_is_one_fault(tmp_path, name):
    fault = only_fault(tmp_path / name)
    assert fault.code in ("file.unreadable", "file.missing")
    assert fault.place.isprintable()


@pytest.mark.parametrize("name", ["a.json", "plans/m.yaml", "plans/portfolio.yaml"])
def test_a_file_that_may_not_be_read_is_one_fault(folder, tmp_path, monkeypatch, name):
    folder(m_yaml=HEAD)
    (tmp_path / "a.json").write_text("{}")
    opens = Path.open

    def guarded(path, *given, **named):
        if path.name == Path(name).name:
            raise PermissionError(13, "Permission denied")
        return opens(path, *given, **named)

    monkeypatch.setattr(opening_module.Path, "open", guarded)
    fault = only_fault(tmp_path / (name if name == "a.json" else "plans"))
    assert (fault.code, fault.place) == ("file.permission", Path(name).name)


def test_a_folder_that_may_not_be_read_is_one_fault(folder, monkeypatch):
    def guarded(path):
        raise PermissionError(13, "Permission denied")

    path = folder()
    monkeypatch.setattr(os, "scandir", guarded)
    assert only_fault(path).code == "file.permission"


@pytest.fixture
def plans():
    return history(statement("mission"))


@pytest.mark.parametrize("name", ["out", "out.json", "OUT.JSON", "out.xlsx"])
def test_each_form_is_written_and_read_back(plans, tmp_path, name):
    write(plans, tmp_path / name)
    assert read_history(tmp_path / name) == plans
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_form_that_portfolios_do_not_have_is_refused(plans, tmp_path):
    with pytest.raises(PortfolioError, match="no portfolio"):
        write(plans, tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["out", "out.json", "out.xlsx"])
def test_nothing_is_overwritten_unless_asked(plans, tmp_path, name):
    write(plans, tmp_path / name)
    changed = history(agency("nasa"))
    with pytest.raises(PortfolioError, match=r"file\.exists"):
        write(changed, tmp_path / name)
    assert read_history(tmp_path / name) == plans
    write(changed, tmp_path / name, replace=True)
    assert read_history(tmp_path / name) == changed
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_empty_folder_is_filled(plans, tmp_path):
    (tmp_path / "out").mkdir()
    write(plans, tmp_path / "out")
    assert read_history(tmp_path / "out") == plans


@pytest.mark.parametrize("other", ["README.md", "plans.yaml", ".git", "more"])
def test_a_folder_with_anything_else_in_it_is_never_replaced(plans, tmp_path, other):
    write(plans, tmp_path / "out")
    if other == "more":
        (tmp_path / "out" / other).mkdir()
    else:
        (tmp_path / "out" / other).write_text("mine: yes\n")
    with pytest.raises(PortfolioError, match=r"file\.exists"):
        write(plans, tmp_path / "out", replace=True)
    assert (tmp_path / "out" / other).exists()


def test_a_folder_that_is_no_portfolio_is_never_replaced(plans, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "config.yaml").write_text("format: synodos-records\n")
    with pytest.raises(PortfolioError, match=r"file\.exists"):
        write(plans, tmp_path / "out", replace=True)


def test_replacing_leaves_no_file_of_the_old_portfolio(plans, tmp_path):
    write(plans, tmp_path / "out")
    write(history(), tmp_path / "out", replace=True)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["agencies.yaml", "portfolio.yaml"]


@pytest.mark.parametrize("name", ["out", "out.json"])
def test_a_folder_in_place_of_a_file_and_the_reverse_are_refused(plans, tmp_path, name):
    if name == "out":
        (tmp_path / name).write_text("x")
    else:
        (tmp_path / name).mkdir()
    with pytest.raises(PortfolioError, match=r"file\.exists"):
        write(plans, tmp_path / name, replace=True)


def test_a_link_stays_and_what_it_leads_to_is_replaced(plans, tmp_path):
    write(plans, tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    write(history(), tmp_path / "link", replace=True)
    assert (tmp_path / "link").is_symlink()
    assert read_history(tmp_path / "real") == history()


@pytest.mark.parametrize(
    "name",
    [
        *("no/where", "no/where.json", "no/where.xlsx", "file/where", "file/where.json", "file/where.xlsx"),
        *("x" * 300, f"{'x' * 300}.json"),
    ],
)
def test_a_place_that_cannot_be_written_is_one_fault(plans, tmp_path, name):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(PortfolioError) as error:
        write(plans, tmp_path / name)
    assert [fault.code for fault in error.value.faults] == ["file.unwritable"]
