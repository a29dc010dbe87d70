"""The command that says what fair shares are: in every form, with its exit codes, from the process to its pictures."""

import pytest

from tests.commands import FAULTS, answered, did, listed, ran, refused

TVA = """\
members,cost,budget
navigation,163520,3
flood control,140826,2
power,250096,5
navigation;flood control,301607,
navigation;power,378821,
flood control;power,367370,
navigation;flood control;power,412584,
"""
"""Straffin and Heaney (1981): the Tennessee Valley Authority."""
MAJORITY = '{"players": ["A", "B", "C"], "worths": [0, 0, 0, 9, 0, 9, 9, 9], "unit": "EUR"}'


@pytest.fixture
def costs(tmp_path):
    file = tmp_path / "tva.csv"
    file.write_text(TVA, encoding="utf-8")
    return file


@pytest.fixture
def majority(tmp_path):
    file = tmp_path / "majority.json"
    file.write_text(MAJORITY, encoding="utf-8")
    return file


def test_shares_by_rule_side_by_side(costs):
    text = " ".join(did("shares", costs).split())
    assert "Together they pay 412,584, 141,858 better than each alone." in text
    assert "The core is not empty" in text
    assert "certified" in text
    rows = listed("shares", costs)
    assert [row["player"] for row in rows] == ["navigation", "flood control", "power"]
    assert [round(float(row["Shapley value"]), 1) for row in rows] == [117829.0, 100756.5, 193998.5]
    assert [round(float(row["nucleolus"])) for row in rows] == [116234, 93540, 202810]
    assert [round(float(row["by budgets"]), 1) for row in rows] == [123775.2, 82516.8, 206292.0]
    assert [(float(row["core from"]), float(row["core to"])) for row in rows][2] == pytest.approx((110977, 250096))


def test_json_holds_all_there_is(majority):
    answer = answered("shares", majority, "--share", "A=0", "--share", "B=3", "--share", "C=6", "--most", "1")["answer"]
    assert answer["core"] is None
    assert answer["least_core_excess"] == pytest.approx(3)
    assert answer["certificate"]["holds"]
    by_rule = {one["rule"]: one for one in answer["rules"]}
    assert list(by_rule) == ["nucleolus", "shapley", "banzhaf", "least_core", "equal_surplus", "proposal"]
    proposal = by_rule["proposal"]
    assert (proposal["objecting"], proposal["excess"]) == (2, 6)
    assert [(one["members"], one["misses"]) for one in proposal["complaints"]] == [(["A", "B"], 6)]


def test_costs_are_complained_of_as_costs(costs):
    shares = ("--share", "navigation=0", "--share", "flood control=0", "--share", "power=412584")
    answer = answered("shares", costs, *shares)["answer"]
    proposal = answer["rules"][-1]
    assert proposal["rule"] == "proposal"
    assert proposal["leaving"] == [{"members": ["power"], "alone": 250096, "together": 412584, "misses": 162488}]
    assert sum(proposal["kept_by"]) == pytest.approx(412584)
    assert proposal["kept_by"][2] == pytest.approx(250096)
    assert "power pays 162,488 less" in " ".join(did("shares", costs, *shares).split())


def test_where_there_is_no_imputation_it_is_said(tmp_path):
    file = tmp_path / "losing.csv"
    file.write_text("members,worth\nA,3\nB,4\nA;B,5\n", encoding="utf-8")
    text = " ".join(did("shares", file).split())
    assert "coalition.no-imputation" in text
    answer = answered("shares", file)["answer"]
    assert answer["rules"][0]["shares"] is None
    assert answer["rules"][1]["shares"] == pytest.approx([2, 3])
    assert answer["certificate"]["holds"]


def test_the_page_shows_the_picture_and_the_certificate(costs, tmp_path):
    page = tmp_path / "shares.html"
    done = ran("shares", costs, "--output", page)
    assert (done.exit_code, done.stdout) == (0, "")
    text = page.read_text(encoding="utf-8")
    assert "Who pays what, by rule" in text
    assert "Groups that balance, level by level" in text
    assert "Bands show the core" in text


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        (["A=1", "B=1"], "--share: expected one for each player; found none for C"),
        (["A=1", "A=1"], "--share: A stands twice"),
        (["A=1", "D=1"], "--share: there is no 'D'"),
        (["A=x"], "--share: expected PLAYER=AMOUNT, such as A=12.5; found 'A=x'"),
        (["A=1", "B=1", "C=1"], "coalition.division: expected shares that add up to 9; found 3"),
        (["A=nan", "B=1", "C=1"], "coalition.division: expected 3 finite numbers"),
    ],
    ids=["missing", "twice", "unknown", "no number", "sum", "NaN"],
)
def test_shares_that_are_none_are_refused(majority, shares, said):
    assert said in refused("shares", majority, *(part for one in shares for part in ("--share", one)))


def test_a_file_that_holds_no_game_is_told(tmp_path):
    file = tmp_path / "half.csv"
    file.write_text("members,worth\nA,1\nB,2\n", encoding="utf-8")
    done = ran("shares", file)
    assert (done.exit_code, done.stdout) == (FAULTS, "")
    assert "game.missing: a group has no value (half.csv)\n  found nothing for 'A;B'" in done.stderr
    assert "does not exist" in refused("shares", tmp_path / "none.csv")
