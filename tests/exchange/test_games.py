"""Games in files: what is read, and the one fault of a file that holds none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange import read_game_values
from synodos.language import PortfolioError

TABLE = "members,worth,budget\nESA,1,4\nNASA,2.5,20\nESA;NASA,6,\n"
WHOLE = {"players": ["ESA", "NASA"], "worths": {"ESA": 1, "NASA": 2.5, "ESA;NASA": 6}}


def written(folder, text, name="game.csv"):
    file = folder / name
    file.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    return file


def fault(file):
    with pytest.raises(PortfolioError) as caught:
        read_game_values(file)
    (found,) = caught.value.faults
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("game.csv", TABLE),
        ("game.csv", "\ufeffMembers, Worth ,Budget\r\n\r\nESA,1,4\r\nNASA,2.5,20\r\n NASA ; ESA ,6,\r\n,0,\r\n"),
        ("game.json", {**WHOLE, "budgets": {"NASA": 20, "ESA": 4}}),
        ("game.json", {"players": ["ESA", "NASA"], "worths": [0, 1, 2.5, 6], "budgets": {"ESA": 4, "NASA": 20}}),
        (
            "game.JSON",
            {"format": "synodos-game", "version": 1, **WHOLE, "budgets": {"ESA": 4, "NASA": 20}, "unit": ""},
        ),
    ],
    ids=["table", "table as spreadsheets write it", "by group", "in binary order", "with format and version"],
)
def test_all_forms_say_the_same(name, text, tmp_path):
    found = read_game_values(written(tmp_path, text, name))
    assert (found.players, found.values, found.kind) == (("ESA", "NASA"), (0, 1, 2.5, 6), "worths")
    assert (found.budgets, found.unit) == ((4, 20), "")


def test_costs_and_units_are_told_apart(tmp_path):
    costs = read_game_values(written(tmp_path, "members,cost\nA,3\n"))
    assert (costs.kind, costs.values, costs.budgets) == ("costs", (0, 3), None)
    costs = read_game_values(written(tmp_path, {"players": ["A"], "costs": {"A": 3}, "unit": "EUR"}, "a.json"))
    assert (costs.kind, costs.values, costs.unit) == ("costs", (0, 3), "EUR")


@given(worths=st.lists(st.floats(-1e12, 1e12), min_size=7, max_size=7))
def test_what_is_written_by_group_is_read_in_binary_order(worths, tmp_path_factory):
    groups = ["A", "B", "A;B", "C", "C;A", "B;C", "C;B;A"]
    lines = [f"{group},{worth!r}" for group, worth in zip(groups, worths, strict=True)]
    file = written(tmp_path_factory.mktemp("games"), "\n".join(["members,worth", *lines]))
    assert read_game_values(file).values == (0, *worths)


@pytest.mark.parametrize(
    ("text", "code", "place", "found", "expected"),
    [
        ("", "game.heading", ":1", "''", "members,worth"),
        ("group,worth\nA,1\n", "game.heading", ":1", "group,worth", "members,worth"),
        ("members,worth\nA,1\nB,2\n", "game.missing", "", "nothing for 'A;B'", "3 groups of 2 players"),
        ("members,worth\nA,1\nB,2\nC,1\nA;B,1\n", "game.missing", "", "'A;C' and 2 more", "7 groups of 3"),
        ("members,worth\nA,1\nA,2\n", "game.twice", ":3", "'A'", "each group once"),
        ("members,worth\nA,1\nB,1\nA;B,3\nB;A,3\n", "game.twice", ":5", "'B;A'", "each group once"),
        ("members,worth\nA,1\nA;A,1\n", "game.twice", ":3", "'A;A'", "each member once"),
        ("members,worth\nESA,1\nESa;NASA,3\n", "game.member", ":3", "'ESa'", "nearest: ESA"),
        ("members,worth\nA,1\n;A,1\n", "game.member", ":3", "''", "one of A"),
        ("members,worth\nA,nan\n", "game.value", ":2", "'nan'", "a number"),
        ("members,worth\nA,1e999\n", "game.value", ":2", "'1e999'", "a number"),
        ("members,worth\nA,many\n", "game.value", ":2", "'many'", "a number"),
        ("members,worth\nA\n", "game.row", ":2", "1 cells", "2"),
        ("members,worth\n,5\nA,1\n", "game.nobody", "", "5", "0"),
        ("members,worth\n", "game.players", "", "0 players", "1 to 24"),
        ("members,worth\n" + "".join(f"p{n},1\n" for n in range(25)), "game.players", "", "25 players", "1 to 24"),
        ('members,worth\n"A,1\n', "game.table", ":2", "", "CSV"),
        ("members,worth,budget\nA,1,5\nB,1,\nA;B,3,\n", "game.budget", "", "'B'", "one for each player"),
        ("members,worth,budget\nA,1,-5\n", "game.budget", "", "-5", "0 and above"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("game.") else "",
)
def test_a_table_that_holds_no_game(text, code, place, found, expected, tmp_path):
    one = fault(written(tmp_path, text))
    assert (one.code, one.place) == (code, f"game.csv{place}")
    assert found in one.found
    assert expected in one.expected


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("{", "game.json", "line 1"),
        ("[" * 100_000, "game.json", "too many levels"),
        ("[1]", "game.form", "[1]"),
        ({"players": ["A"]}, "game.form", "players"),
        ({"players": ["A"], "worths": {"A": 1}, "costs": {"A": 1}}, "game.form", "worths, costs"),
        ({"players": "A", "worths": {"A": 1}}, "game.form", "players"),
        ({"players": ["A"], "worths": 7}, "game.form", "7"),
        ({"players": ["A"], "worths": {"A": 1}, "budgets": [1]}, "game.form", "[1]"),
        ({"players": ["A"], "worth": {"A": 1}}, "game.key", "'worth'"),
        ({"format": "synodos-plan", "players": ["A"], "worths": [0, 1]}, "game.version", "'synodos-plan'"),
        ({"version": 2, "players": ["A"], "worths": [0, 1]}, "game.version", "version 2"),
        ({"players": ["A"], "worths": [0, 1, 2]}, "game.count", "3 values"),
        ({"players": ["A"], "worths": [0, True]}, "game.value", "True"),
        ({"players": ["A"], "worths": [1, 1]}, "game.nobody", "1"),
        ('{"players": ["A"], "worths": [0, NaN]}', "game.value", "nan"),
        ('{"players": ["A"], "worths": {"A": 1, "A": 2}}', "game.twice", "'A'"),
        ({"players": ["A", "A"], "worths": [0, 1, 2, 3]}, "game.twice", "'A'"),
        ({"players": ["A;B"], "worths": [0, 1]}, "game.player", "'A;B'"),
        ({"players": [" "], "worths": [0, 1]}, "game.player", "' '"),
        ({"players": [], "worths": [0]}, "game.players", "0 players"),
        ({"players": ["A"], "worths": {"B": 1}}, "game.member", "'B'"),
        ('{"players": ["A"], "worths": [0, ' + "9" * 5000 + "]}", "game.json", "digits"),
        ('{"players": ["A"], "worths": [0, ' + "9" * 400 + "]}", "game.value", "999"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("game.") else "",
)
def test_json_that_holds_no_game(text, code, found, tmp_path):
    one = fault(written(tmp_path, text, "game.json"))
    assert one.code == code
    assert found in one.found


def test_files_that_cannot_be_read_are_told(tmp_path):
    assert fault(tmp_path / "nowhere.csv").code == "file.missing"
    assert fault(tmp_path).code == "file.not-regular"
