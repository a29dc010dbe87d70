"""The pages of runs: who sees which, what is asked, and what is shared."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile

from synodos.web.runs import queueing, sharing
from synodos.web.runs.models import Run, RunAnswer, State
from tests.web import scene

HIDDEN = f"mission-{scene.MARKS['aster-private']}"
QUESTIONS = ["/schedule/risk/", "/scenarios/compare/", "/exposure/", "/worth/", "/worth/shares/", "/what-if/"]


def page(browser, path, status=200):
    found = browser.get(path)
    assert found.status_code == status, (path, found.status_code)
    return found.content.decode()


def address(run):
    return f"/runs/{run.pk}/"


@pytest.mark.parametrize("name", ["owner", "observer", "stranger"])
def test_a_question_without_an_answer_says_so(as_, name):
    for path in QUESTIONS:
        said = page(as_(name), path)
        assert "as they stand" in said
        assert "<form" in said.partition("<main")[2] or name == "stranger"


def test_a_question_opens_with_its_latest_answer(as_, done):
    assert "Aster could hurt Borea." not in page(as_("owner"), "/exposure/")
    done()
    assert '<p class="lead">Aster could hurt Borea.</p>' in page(as_("owner"), "/exposure/")
    for name in ("colleague", "partner", "observer", "stranger"):
        assert "Aster could hurt Borea." not in page(as_(name), "/exposure/")


def test_an_answer_on_other_plans_is_not_shown_as_theirs(as_, done):
    done()
    Run.objects.update(sha256="0" * 64)
    assert "Aster could hurt Borea." not in page(as_("owner"), "/exposure/")
    assert "The plans have changed since" in page(as_("owner"), address(Run.objects.get()))


def test_a_run_is_seen_by_who_asked_alone(as_, done):
    path = address(done())
    assert "Aster could hurt Borea." in page(as_("owner"), path)
    for name in ("colleague", "partner", "outsider", "observer", "office", "stranger"):
        browser = as_(name)
        for more in ("", "progress/", "?format=json"):
            page(browser, path + more, 404)
        for act in ("again/", "cancel/", "share/", "erase/"):
            assert browser.post(path + act).status_code == (302 if name == "stranger" else 404)
    assert Run.objects.get().state == State.DONE


def test_runs_of_somebody_are_listed_for_them_alone(as_, ask):
    ask()
    assert "1 of your runs is waiting or running." in page(as_("owner"), "/runs/")
    assert "None of your runs" in page(as_("colleague"), "/runs/")
    assert as_("stranger").get("/runs/").status_code == 302


def test_a_shared_run_is_seen_by_ones_own_agency_as_it_stands(as_, done):
    path = address(done())
    as_("owner").post(path + "share/", {"agency": ["aster"]})
    assert "Aster could hurt Borea." in page(as_("colleague"), path)
    assert "Share it" not in page(as_("colleague"), path)
    assert as_("colleague").post(path + "erase/").status_code == 404
    for name in ("partner", "observer", "stranger"):
        page(as_(name), path, 404)


def test_a_shared_run_is_answered_anew_for_other_eyes(as_, done, told):
    run = done()
    as_("owner").post(address(run) + "share/", {"agency": ["borea"]})
    browser = as_("partner")
    said = page(browser, address(run))
    assert "was shared with your agency" in said
    assert "Aster could hurt Borea." not in said
    page(browser, address(run) + "?format=json")
    repeated = browser.post(address(run) + "again/")["Location"]
    assert repeated != address(run)
    theirs = queueing.take("a worker")
    assert (theirs.viewer, theirs.question, theirs.parameters) == ("borea", run.question, run.parameters)
    assert theirs.sha256 != run.sha256
    queueing.end(theirs, told | {"lead": "Borea sees this."}, theirs.sha256)
    assert "Borea sees this." in page(browser, repeated)
    assert repeated in page(browser, address(run))
    page(as_("owner"), repeated, 404)
    page(as_("other"), address(run), 404)


def test_what_names_something_hidden_is_not_shared_with_those_it_is_hidden_from(as_, done):
    steps = [{"does": "cancel", "plans": [HIDDEN]}]
    run = done("whatif", {"changes": {"a": steps}, "parts": ["missions"], "iterations": 10, "seed": 1})
    said = as_("owner").post(address(run) + "share/", {"agency": ["aster", "borea"]}, follow=True).content.decode()
    assert "Not shared with Borea" in said
    assert Run.objects.get().shared_with == ["aster"]
    Run.objects.update(shared_with=["borea"])  # as if it had been released to them then
    page(as_("partner"), address(run), 404)
    assert as_("partner").post(address(run) + "again/").status_code == 404


def test_sharing_is_taken_back(as_, done):
    path = address(done())
    as_("owner").post(path + "share/", {"agency": ["borea", "nobody"]})
    assert Run.objects.get().shared_with == ["borea"]
    as_("owner").post(path + "share/")
    page(as_("partner"), path, 404)


def test_progress_is_told_until_the_page_has_an_answer(as_, ask, told):
    run, browser = ask(), as_("owner")
    said = page(browser, address(run))
    assert f'hx-get="{address(run)}progress/"' in said
    assert '<noscript><meta http-equiv="refresh"' in said
    mine = queueing.take("a worker")
    queueing.beat(mine, 0.4, "400 of 1,000 iterations")
    said = page(browser, address(run) + "progress/")
    assert 'value="40"' in said
    assert "400 of 1,000 iterations" in said
    queueing.end(mine, told, run.sha256)
    assert browser.get(address(run) + "progress/")["HX-Refresh"] == "true"


def test_a_run_is_cancelled_asked_again_and_erased(as_, ask):
    run, browser = ask(), as_("owner")
    browser.post(address(run) + "cancel/")
    assert "It was cancelled" in page(browser, address(run))
    again = browser.post(address(run) + "again/")["Location"]
    assert again != address(run)
    browser.post(address(run) + "erase/")
    page(browser, address(run), 404)
    page(browser, again)


def test_why_there_is_no_answer_is_told(as_, ask):
    run = ask()
    queueing.refuse(queueing.take("a worker"), "risk.target: ask for one that is still open")
    assert "There is no answer: risk.target: ask for one that is still open" in page(as_("owner"), address(run))


def test_what_a_form_asks_is_queued(as_):
    asked = as_("owner").post("/schedule/risk/", {"iterations": 50, "seed": 3, "scope": ["aster-mission"], "until": ""})
    run = Run.objects.get()
    assert asked["Location"] == address(run)
    assert run.parameters == {"scope": ["aster-mission"], "until": None, "iterations": 50, "seed": 3}
    assert (run.viewer, run.asked_by.email, run.known_on) == ("aster", "owner@example.org", None)
    assert "Mars landing" in run.title
    as_("owner").post("/worth/?on=2011-12-31", {"game": "savings", "rule": "shapley", "terms": "EUR@2010"} | WORTH)
    assert Run.objects.get(question="worth").known_on == dt.date(2011, 12, 31)


WORTH = {"years": 10, "exponent": 0.15, "interface_share": 0, "redundancy": 1}


@pytest.mark.parametrize(
    ("path", "given", "told"),
    [
        ("/schedule/risk/", {"iterations": 0, "seed": 1}, "greater than or equal to 1"),
        ("/schedule/risk/", {"iterations": 10**9, "seed": 1}, "less than or equal to 1000000"),
        ("/schedule/risk/", {"iterations": 5, "seed": 1, "until": "aster-missio"}, "did you mean aster-mission?"),
        ("/schedule/risk/", {"iterations": 5, "seed": 1, "scope": [f"mission-{scene.MARKS['borea-private']}"]},
         "Select a valid choice"),
        ("/schedule/risk/", {"iterations": 5, "seed": 1, "until": f"mission-{scene.MARKS['borea-private']}"},
         "Nothing that you see has the id"),
        ("/exposure/", {"for_agency": "nobody"}, "Select a valid choice"),
        ("/worth/", {"game": "savings", "rule": "shapley", **WORTH, "years": 100}, "a value from 1 to 60; found 100"),
        ("/worth/", {"game": "savings", "rule": "shapley", **WORTH, "terms": "euro"}, "such as EUR@2011"),
        ("/worth/", {"game": "chess", "rule": "shapley", **WORTH}, "Select a valid choice"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_not_asked(as_, path, given, told):
    said = as_("owner").post(path, given).content.decode()
    assert told in said
    assert not Run.objects.exists()


def test_too_many_runs_are_refused(as_):
    browser = as_("owner")
    for seed in range(queueing.MOST_OPEN + 1):
        said = browser.post("/schedule/risk/", {"iterations": 5, "seed": seed}, follow=True).content.decode()
    assert "5 runs are waiting or running already" in said
    assert Run.objects.count() == queueing.MOST_OPEN


def test_strangers_have_one_answer_for_all_and_choose_nothing(as_, told):
    path = as_("stranger").post("/exposure/", {"for_agency": "borea"})["Location"]
    assert as_("stranger").post("/exposure/")["Location"] == path
    run = queueing.take("a worker")
    assert (run.asked_by, run.viewer, run.parameters) == (None, "public", {"for": None})
    queueing.end(run, told | {"lead": "The public sees this."}, run.sha256)
    for name in ("stranger", "observer"):
        assert "The public sees this." in page(as_(name), "/exposure/")
        assert "The public sees this." in page(as_(name), path)
    assert "The public sees this." not in page(as_("partner"), "/exposure/")
    page(as_("partner"), path, 404)
    assert as_("stranger").post("/exposure/?on=2011-12-31").status_code == 400


def test_a_run_can_be_asked_with_other_values(as_, done):
    run = done("risk", {"scope": None, "until": "aster-mission", "iterations": 77, "seed": 5})
    said = page(as_("owner"), f"/schedule/risk/?run={run.pk}")
    assert 'value="77"' in said
    assert 'value="aster-mission"' in said
    assert 'value="77"' not in page(as_("colleague"), f"/schedule/risk/?run={run.pk}")
    assert as_("owner").get("/schedule/risk/?run=7").status_code == 400


def test_shares_are_asked_of_a_run_on_worth_or_of_a_file(as_, done, tmp_path):
    worth = {"game": "savings", "players": None, "rule": "shapley", "terms": None, "for": None}
    run = done("worth", worth)
    browser = as_("owner")
    asked = {"of": "run", "run": str(run.pk), "share": "", "most": 4}
    browser.post("/worth/shares/", asked)
    assert Run.objects.get(question="shares").parameters == worth | {"share": None, "most": 4}
    as_("colleague").post("/worth/shares/", asked)
    assert not Run.objects.filter(asked_by__email="colleague@example.org")
    file = tmp_path / "game.csv"
    file.write_text("members,worth\nA,1\nB,2\nA;B,4\n", encoding="utf-8")
    with file.open("rb") as opened:
        browser.post("/worth/shares/", {"of": "file", "file": opened, "share": "A=1\nB=3", "most": 4})
    game = Run.objects.get(question="game").parameters
    assert (game["players"], game["values"], game["share"]) == (["A", "B"], [0.0, 1.0, 2.0, 4.0], ["A=1", "B=3"])
    file.write_text("members,worth\nA,1\nB,much\n", encoding="utf-8")
    with file.open("rb") as opened:
        said = browser.post("/worth/shares/", {"of": "file", "file": opened, "share": "A=1\nA=2", "most": 4})
    assert "game.csv:3" in said.content.decode()
    assert "each player once" in said.content.decode()


def test_a_game_that_is_too_large_is_refused(as_, monkeypatch):
    game = ContentFile(b"members,worth\nA,1\nB,2\nA;B,4\n", "game.csv")
    monkeypatch.setattr(sharing, "MOST_PLAYERS", 1)
    said = as_("owner").post("/worth/shares/", {"of": "file", "file": game, "share": "", "most": 4})
    assert "at most 1 players; found 2" in said.content.decode()
    monkeypatch.setattr(sharing, "MOST_BYTES", 10)
    game.seek(0)
    said = as_("owner").post("/worth/shares/", {"of": "file", "file": game, "share": "", "most": 4})
    assert "larger than 4 MB" in said.content.decode()
    assert not Run.objects.exists()


def test_a_game_is_shared_within_ones_agency_alone(as_, done):
    run = done("game", {"players": ["A"], "values": [0, 1], "file": "game.csv", "share": None, "most": 1})
    as_("owner").post(address(run) + "share/", {"agency": ["aster", "borea"]})
    assert Run.objects.get().shared_with == ["aster"]


def test_an_answer_is_exported(as_, done, told):
    run = done()
    table = {"name": "hurts", "title": "Who hurts whom", "columns": ["leaver", "victim"], "rows": [["Aster", "Borea"]]}
    section = {"anchor": "hurts", "title": "", "tables": [table]}
    envelope = {"question": "exposure", "viewer": "aster"}
    RunAnswer.objects.update(told=told | {"sections": [section], "envelope": envelope})
    browser = as_("owner")
    for path in (address(run), "/exposure/"):
        assert browser.get(path + "?format=json").json() == envelope
        assert b"Aster,Borea" in browser.get(path + "?format=csv&table=hurts").content
        assert b"Aster,Borea" not in as_("stranger").get(path + "?format=csv&table=hurts").content
