"""The files of an edition: the same bytes again, read back as they were, and nothing that the viewer may not see."""

import csv
import dataclasses
import hashlib
import io
import json

import pytest

from synodos.exchange import edition_json, read_edition_plan, read_history, write_edition
from synodos.language import History, PortfolioError
from synodos.report import edition_changes_answer, edition_files, open_edition, recomputed
from synodos.report.editions.files import data_tables, frozen
from synodos.roadmap import edition, edition_changes
from tests.two_lands import asked, written


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory):
    return written(root, tmp_path_factory.mktemp("two-lands"))


@pytest.fixture(scope="module")
def first(folder):
    return edition(*asked(folder, "first"))


@pytest.fixture(scope="module")
def second(folder):
    return edition(*asked(folder, "second"))


@pytest.fixture(scope="module")
def files(folder, first, second):
    portfolio, _ = asked(folder, "second")
    return dict(edition_files(portfolio, second, changes=edition_changes(first, second)))


@pytest.fixture
def built(tmp_path, files):
    write_edition(tmp_path / "edition", files.items())
    return tmp_path / "edition"


def sealed_again(folder, files, **changed):
    """Write an edition whose hashes are right although a file, or the content, was changed."""
    told = json.loads(files["edition.json"])
    others = {name: data for name, data in files.items() if name != "edition.json"}
    others |= {name: data for name, data in changed.items() if isinstance(data, bytes)}
    content = changed.get("content", told["edition"])
    seal = edition_json(content, changed.get("changes", told["changes"]), None, others.items())
    write_edition(folder, [*others.items(), ("edition.json", seal)])
    return folder


def codes(folder):
    with pytest.raises(PortfolioError) as caught:
        open_edition(folder)
    return [one.code for one in caught.value.faults]


def test_edition_json_names_every_other_file(files):
    told = json.loads(files["edition.json"])
    assert {one["name"]: one["sha256"] for one in told["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "edition.json"
    }
    assert list(files)[-1] == "edition.json"


def test_an_edition_reads_back_as_it_was_computed(built, first, second):
    opened = open_edition(built)
    assert frozen(opened.edition) == frozen(second)
    assert opened.changes == edition_changes(first, second)
    assert opened.portfolio.sha256 == second.portfolio.sha256
    assert opened.built.signed_by is None


def test_it_comes_out_the_same_from_its_own_portfolio_in_any_order(tmp_path, files):
    """Of an edition in which one table was changed and sealed again, everything but that table is the same."""
    gaps = files["data/gaps.csv"] + b"radiation-protection,,,\r\n"
    opened = open_edition(sealed_again(tmp_path / "other", files, **{"data/gaps.csv": gaps}))
    backwards = {kind: dict(reversed(table.items())) for kind, table in opened.portfolio.tables.items()}
    portfolio = dataclasses.replace(opened.portfolio, tables=backwards)
    assert sorted(recomputed(dataclasses.replace(opened, portfolio=portfolio))) == ["data/gaps.csv", "edition.json"]


def test_a_plan_and_a_portfolio_of_another_edition_are_told(tmp_path, files):
    plan = files["edition.yaml"].replace(b"It binds neither", b"It binds both")
    assert codes(sealed_again(tmp_path / "plan", files, **{"edition.yaml": plan})) == ["edition.plan"]
    stated = files["portfolio.json"].replace(b"Polar Lander", b"Solar Lander")
    assert codes(sealed_again(tmp_path / "stated", files, **{"portfolio.json": stated})) == ["edition.portfolio"]


def test_a_portfolio_that_holds_more_than_the_viewer_sees_is_told(tmp_path, files):
    lines = files["portfolio.json"].decode().splitlines()
    (relay,) = (
        line for line in lines if '"quiet-relay"' in line and '"elements"' not in line and "requirements" not in line
    )
    secret = relay.replace("quiet-relay", "secret-relay").replace('"public"', '"private"')
    stated = files["portfolio.json"].decode().replace(relay, f"{relay},\n{secret}").encode()
    assert codes(sealed_again(tmp_path / "edition", files, **{"portfolio.json": stated})) == ["edition.hidden"]


@pytest.mark.parametrize("wrong", ["more", "less", "other", "changes"])
def test_content_of_another_form_is_refused(tmp_path, files, wrong):
    told = json.loads(files["edition.json"])
    content, changes = told["edition"], told["changes"]
    if wrong == "more":
        content["surprise"] = 1
    elif wrong == "less":
        del content["gaps"]
    elif wrong == "other":
        content["agencies"][0]["member"] = "perhaps"
    else:
        changes["missions"][0]["days"] = "three"
    folder = sealed_again(tmp_path / "edition", files, content=content, changes=changes)
    assert codes(folder) == ["edition.form"]
    if wrong == "other":
        with pytest.raises(PortfolioError) as refused:
            open_edition(folder)
        (fault,) = refused.value.faults
        assert (fault.field, fault.found) == ("edition.agencies[0].member", "'perhaps'")


def test_every_table_is_in_the_data_package(folder, second, files):
    portfolio, _ = asked(folder, "second")
    package = json.loads(files["data/datapackage.json"])
    assert package["name"] == second.plan.id
    assert [one["name"] for one in package["resources"]] == [one.name for one in data_tables(portfolio, second)]
    for one in package["resources"]:
        data = files[f"data/{one['path']}"]
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        heading = next(csv.reader(io.StringIO(data.decode())))
        assert heading == [field["name"] for field in one["schema"]["fields"]]


def test_the_calendar_has_the_missions_that_are_still_to_fly(files):
    text = files["milestones.ics"].decode().replace("\r\n ", "")
    assert "Polar Lander" in text
    assert "DTSTAMP:20260630T000000Z" in text


def test_what_the_viewer_may_not_see_stands_in_no_file(folder):
    plan = read_edition_plan(folder / "second.yaml").model_copy(update={"iterations": 20})
    history = read_history(folder / "two-lands")
    relay = next(one for one in history.statements if one.id == "quiet-relay")
    secret = relay.model_copy(update={"name": "Whispering Relay", "release": ("north",)})
    told = History(history.header, tuple(secret if one is relay else one for one in history.statements))

    assert "quiet-relay" in told.known_on(plan.day, "north").elements
    portfolio = told.known_on(plan.day, "public")
    files = dict(edition_files(portfolio, edition(portfolio, plan)))
    for word in (b"Whispering Relay", b"quiet-relay"):
        assert [name for name, data in files.items() if word in data] == []


def test_the_answer_on_changes_tells_each_one(folder, first, second):
    portfolio, _ = asked(folder, "second")
    changes = edition_changes(first, second)
    told = edition_changes_answer(portfolio, changes)
    words = " ".join(told.sentences)
    assert "2 missions moved later and 0 earlier; launched: Far Orbiter." in words
    assert "1 partner joined a mission" in words
    moved = {row[1]: dict(zip(told.tables[0].columns, row, strict=True)) for row in told.tables[0].rows}
    assert moved["Polar Lander"]["planned"] == "2030 → 2031 (+365 days)"
    assert moved["Far Orbiter"]["chance"] is None  # it flies: nothing is left to chance
    assert [table.name for table in told.tables] == ["moved", "gap-changes", "members"]
