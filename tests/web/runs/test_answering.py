"""What a run answers is what the command line answers, to the same question on the same portfolio."""

import datetime as dt
import json

import pytest

from synodos.exchange import read_game_values, read_history
from synodos.web.runs import answering, forms
from tests.commands import answered

GAME = "members,worth\nA,1\nB,2\nA;B,4\n"
DAY = dt.date(2011, 12, 31)
SEEN = ("--as", "esa", "--on", DAY.isoformat())
STEPS = {"as given": [{"does": "withdraw", "agency": "nasa", "plans": ["exomars-rover"]}]}


@pytest.fixture(autouse=True)
def cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def folder(root):
    return root / "portfolios/exomars"


@pytest.fixture(scope="module")
def portfolio(folder):
    return read_history(folder).known_on(DAY, "esa")


def asked(portfolio, question, parameters):
    """The envelope of a run, and all that was said of how far it was."""
    said = []
    found = answering.answer(question, portfolio, parameters, lambda share, words: said.append((share, words)))
    assert found.document is not None or question == "whatif"
    return json.loads(found.envelope.model_dump_json()), said


def check_said(said, steps=1):
    """Shares only grow, by so many steps at least, and lie between 0 and 1."""
    shares = [share for share, words in said if share is not None]
    assert len(set(shares)) >= steps
    assert said
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    assert all(words for _, words in said)


def test_risk(folder, portfolio):
    parameters = forms.RiskForm.defaults(portfolio) | {"iterations": 500, "seed": 7, "scope": ["exomars-rover"]}
    found, said = asked(portfolio, "risk", parameters)
    command = ("risk", folder, *SEEN, "--iterations", 500, "--seed", 7, "--scope", "exomars-rover")
    assert found == answered(*command)
    check_said(said)


def test_compare(root):
    pathways = root / "portfolios/exploration2011"
    seen = read_history(pathways).known_on(None, "public")
    parameters = forms.CompareForm.defaults(seen) | {"parts": ["costs", "dependence"], "iterations": 100}
    found, told = asked(seen, "compare", parameters)
    command = ("compare", pathways, "--iterations", 100, "--part", "costs", "--part", "dependence")
    assert found == answered(*command)
    check_said(told)


def test_exposure(folder, portfolio):
    found, said = asked(portfolio, "exposure", {"for": "esa"})
    assert found == answered("exposure", folder, *SEEN, "--for", "esa")
    check_said(said, found["answer"]["tried"])


def test_a_change(folder, portfolio):
    parameters = {"changes": STEPS, "parts": ["missions", "options"], "iterations": 100, "seed": 1}
    found, said = asked(portfolio, "whatif", parameters)
    options = ("--part", "missions", "--part", "options", "--iterations", 100)
    assert found == answered("whatif", folder, *SEEN, "--withdraw", "nasa:exomars-rover", *options)
    check_said(said, 5)  # none, a part, a mission searched, an option judged, all but tables


def test_several_changes_are_compared(portfolio):
    changes = {"one": STEPS["as given"], "two": [{"does": "withdraw", "agency": "roscosmos"}]}
    parameters = {"changes": changes, "parts": ["missions"], "iterations": 100, "seed": 1}
    found, said = asked(portfolio, "whatif", parameters)
    assert found["question"] == "whatif-compare"
    assert list(found["answer"]) == ["one", "two"]
    check_said(said)


def test_worth_and_shares(folder, portfolio):
    worth = forms.WorthForm.defaults(portfolio)
    found, said = asked(portfolio, "worth", worth | {"rule": "shapley", "years": 10, "for": "esa"})
    assert found == answered("worth", folder, *SEEN, "--for", "esa", "--rule", "shapley", "--years", 10)
    check_said(said)
    found, said = asked(portfolio, "shares", worth | {"share": None, "most": 3})
    assert found == answered("shares", folder, *SEEN, "--game", "savings", "--most", 3)
    check_said(said)


def test_a_game(tmp_path, portfolio):
    file = tmp_path / "game.csv"
    file.write_text(GAME, encoding="utf-8")
    game = read_game_values(file)
    parameters = {
        "file": "game.csv",
        "players": list(game.players),
        "values": list(game.values),
        "kind": game.kind,
        "budgets": None,
        "unit": game.unit,
        "share": ["A=1.5", "B=2.5"],
        "most": 2,
    }
    found, said = asked(portfolio, "game", parameters)
    assert found == answered("shares", file, "--share", "A=1.5", "--share", "B=2.5", "--most", 2)
    check_said(said, steps=0)  # a game of two is over at once


def test_shares_that_do_not_add_up_are_refused(portfolio):
    worth = forms.WorthForm.defaults(portfolio) | {"most": 3}
    players = asked(portfolio, "worth", worth)[0]["answer"]["players"]
    with pytest.raises(ValueError, match="expected shares that add up to"):
        asked(portfolio, "shares", worth | {"share": [f"{player}=1e9" for player in players]})
    with pytest.raises(ValueError, match="expected one for each player; found none for"):
        asked(portfolio, "shares", worth | {"share": [f"{players[0]}=1"]})
