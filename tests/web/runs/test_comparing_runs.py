"""Scenarios compared in every part as a run: who may see it, share it, and weigh its rows."""

import pytest

from synodos.web.runs import forms, queueing
from synodos.web.runs.answering import answer
from synodos.web.runs.models import Run
from synodos.web.runs.seeing import portfolio_of
from synodos.web.showing.told import told
from tests.web import scene

HIDDEN = f"scenario-{scene.MARKS['aster-members']}"
ASKED = {"scenarios": ["aster-scenario", HIDDEN], "parts": ["objectives", "dependence"], "iterations": 10, "seed": 1}


def page(browser, path, status=200):
    found = browser.get(path)
    assert found.status_code == status, (path, found.status_code)
    return found.content.decode()


@pytest.fixture
def compared(ask):
    """A run that compares what members see, answered."""
    run = ask("compare", ASKED)
    taken = queueing.take("a worker")
    plans = portfolio_of(run, "aster")
    shown = told(answer("compare", plans, ASKED, lambda _share, _words: None), portfolio=plans)
    queueing.end(taken, shown.model_dump(mode="json"), run.sha256)
    run.refresh_from_db()
    return run


def test_what_is_asked_is_queued_as_the_command_line_has_it(as_):
    given = {"scenarios": ["aster-scenario"], "parts": ["law"], "iterations": 20, "seed": 2}
    as_("owner").post("/scenarios/compare/", given)
    run = Run.objects.get()
    assert (run.question, run.parameters) == ("compare", given)
    assert run.title == "How do scenarios compare: Mars first"
    said = as_("partner").post("/scenarios/compare/", given | {"scenarios": [HIDDEN]}).content.decode()
    assert Run.objects.filter(asked_by__email="partner@example.org").exists()
    said = as_("observer").post("/scenarios/compare/", given | {"scenarios": [HIDDEN]}).content.decode()
    assert "Select a valid choice" in said


def test_nothing_is_asked_of_no_scenario(as_, desk):
    from synodos.ledger import snapshot

    plans = snapshot(viewer="public")
    empty = plans.without(*plans.scenarios.values())
    form = forms.CompareForm(empty, {"iterations": 5, "seed": 1})
    assert not form.is_valid()
    assert "No scenario that you may see is stated." in form.errors["__all__"]


def test_cells_of_a_run_lead_to_the_records_behind_them(as_, compared):
    said = page(as_("owner"), f"/runs/{compared.pk}/")
    assert '<a href="#evidence-missions-0">' in said
    assert 'id="evidence-missions-0"' in said


def test_the_rows_of_a_run_are_weighed_by_those_who_see_it(as_, compared):
    path = f"/scenarios/weigh/?run={compared.pk}"
    assert path in page(as_("owner"), f"/runs/{compared.pk}/")
    assert "weigh-objectives-" in page(as_("owner"), path)
    for name in ("colleague", "partner", "observer", "stranger"):
        page(as_(name), path, 404)
    Run.objects.update(sha256="0" * 64)
    assert "the plans have changed" in page(as_("owner"), path)


def test_a_hidden_scenario_is_shared_with_nobody_from_whom_it_is_hidden(as_, compared):
    chosen = {"agency": ["borea", "draco"]}
    said = as_("owner").post(f"/runs/{compared.pk}/share/", chosen, follow=True).content.decode()
    assert "Not shared with Draco" in said
    compared.refresh_from_db()
    assert compared.shared_with == ["borea"]
    assert scene.MARKS["aster-members"] in page(as_("partner"), f"/runs/{compared.pk}/")
    page(as_("outsider"), f"/runs/{compared.pk}/", 404)
