"""The pages on changes to think through: put together from forms, worked out, compared, kept."""

from dataclasses import replace

import pytest

from synodos.exchange import read_changes
from synodos.language import TAKES, DateRange
from synodos.web.accounts.models import LogEntry
from synodos.web.runs.models import Run, SupposedChange
from tests.web import scene, tables

STEPS = {
    "withdraw": {"agency": "borea", "plans": ["aster-mission"], "since": "2013"},
    "slip": {"agency": "aster", "delay_likely": 30, "delay_low": 10, "delay_high": 90},
    "cut": {"agency": "aster", "cut_amount": 5e6, "cut_currency": "EUR", "cut_price_year": 2010, "cut_period": "2013"},
    "break": {"commitments": ["aster-commitment"]},
    "cancel": {"plans": ["second-landing"]},
    "replace": {"plans": ["aster-element"], "replacement": "drill"},
    "miss": {"plans": ["aster-mission"], "period": "2018"},
    "offer": {"agency": "corvo", "provides": ["mars-relay"], "destinations": ["mars"]},
    "join": {"agency": "draco"},
    "enact": {"norms": "OST-6.2"},
    "repeal": {"norms": "OST-6.2", "since": "2014-01-01"},
}


@pytest.fixture
def change(desk):
    return SupposedChange.objects.create(owner=tables.user("owner"), viewer="aster", name="A thought")


def path(change):
    return f"/what-if/{change.pk}/"


def said(browser, address, data=None):
    found = browser.get(address) if data is None else browser.post(address, data, follow=True)
    assert found.status_code == 200, (address, found.status_code)
    return found.content.decode()


@pytest.mark.parametrize("does", sorted(TAKES))
def test_every_sort_of_step_has_its_form(as_, change, does):
    browser = as_("owner")
    form = said(browser, f"{path(change)}?does={does}")
    assert all(f'name="{name}"' in form for name in STEPS[does])
    asked = browser.post(path(change), {"does": does, **STEPS[does]})
    assert asked.status_code == 302, asked.content.decode()
    change.refresh_from_db()
    assert [step["does"] for step in change.steps] == [does]


def test_what_makes_no_sense_is_told_at_its_field(as_, change):
    browser = as_("owner")
    for given, told in (
        ({"does": "slip", "agency": "", "delay_likely": 30}, "needs an agency, plans, or both"),
        (
            {"does": "slip", "agency": "aster", "delay_likely": 30, "delay_low": 60},
            "low, likely and high in this order",
        ),
        ({"does": "cut", "agency": "aster", "cut_amount": 5, "cut_currency": "eur"}, "; found “eur”."),
        ({"does": "enact", "norms": "NO-SUCH"}, "no norm or instrument &#x27;NO-SUCH&#x27;"),
        ({"does": "cancel", "plans": [f"mission-{scene.MARKS['borea-private']}"]}, "Select a valid choice"),
        ({"does": "cancel", "plans": ["no-such"]}, "Select a valid choice"),
        ({"does": "replace", "plans": ["drill"], "replacement": "drill"}, "cannot take the place of drill"),
        ({"does": "withdraw", "agency": "borea", "since": "next year"}, "2020.. or ..2015; found “next year”."),
    ):
        assert told in said(browser, path(change), given), given
    change.refresh_from_db()
    assert change.steps == []


def test_a_change_is_put_together_and_worked_out(as_, desk):
    browser = as_("owner")
    begun = browser.post("/what-if/begin/", {"name": "Borea goes"})["Location"]
    said(browser, begun, {"does": "withdraw", "agency": "borea"})
    said(browser, begun, {"does": "join", "agency": "draco"})
    assert "What if Borea withdraws from all that it has a part in; Draco joins?" in said(browser, begun)
    said(browser, f"{begun}drop/", {"step": 1})
    change = SupposedChange.objects.get()
    browser.post(
        "/what-if/work-out/", {"change": [str(change.pk)], "iterations": 100, "seed": 1, "parts": ["missions"]}
    )
    run = Run.objects.get()
    assert run.parameters == {
        "changes": {"Borea goes": [{"does": "withdraw", "agency": "borea"}]},
        "parts": ["missions"],
        "iterations": 100,
        "seed": 1,
    }
    assert run.title == "What if: Borea withdraws from all that it has a part in"


def test_several_changes_are_compared_also_declared_ones(as_, change):
    browser = as_("owner")
    said(browser, path(change), {"does": "join", "agency": "draco"})
    browser.post(
        "/what-if/work-out/", {"change": [str(change.pk)], "declared": ["aster-change"], "iterations": 100, "seed": 1}
    )
    assert list(Run.objects.get().parameters["changes"]) == ["aster-change", "A thought"]
    assert "Choose one change" in said(browser, "/what-if/work-out/", {"iterations": 100, "seed": 1})


def test_a_declared_change_is_a_beginning(as_, desk):
    as_("owner").post("/what-if/begin/", {"declared": "aster-change"})
    change = SupposedChange.objects.get()
    assert change.steps
    assert change.name


def test_a_change_is_seen_by_whom_it_belongs_to_alone(as_, change):
    for name in ("colleague", "partner", "office", "observer"):
        browser = as_(name)
        assert browser.get(path(change)).status_code == 404
        for act in ("drop/", "rename/", "erase/", "draft/"):
            assert browser.post(path(change) + act).status_code == 404
        assert browser.get(f"{path(change)}record.yaml").status_code == 404
        assert "A thought" not in said(browser, "/what-if/")
        asked = browser.post("/what-if/work-out/", {"change": [str(change.pk)], "iterations": 100, "seed": 1})
        assert asked.status_code == 404
    assert as_("stranger").get(path(change)).status_code == 302
    assert SupposedChange.objects.get().steps == []


def test_strangers_have_declared_changes_worked_out(as_, desk):
    browser = as_("stranger")
    browser.post("/what-if/work-out/", {"declared": ["aster-change"], "iterations": 10**9, "seed": 5})
    run = Run.objects.get()
    assert (run.asked_by, run.viewer) == (None, "public")
    assert (run.parameters["iterations"], run.parameters["seed"]) == (2_000, 1)


def test_a_change_is_kept_as_a_private_draft_and_as_a_file(as_, change, root, tmp_path):
    browser = as_("owner")
    said(browser, path(change), {"does": "join", "agency": "draco"})
    draft = browser.post(f"{path(change)}draft/")
    assert draft["Location"] == "/agency/drafts/change/a-thought/"
    file = tmp_path / "change.yaml"
    given = browser.get(f"{path(change)}record.yaml")
    assert given["Content-Disposition"] == 'attachment; filename="a-thought.yaml"'
    assert LogEntry.objects.filter(event="exported", view="runs:record").exists()
    file.write_bytes(given.content)
    (record,) = read_changes(file, _folder(tmp_path))
    assert (record.id, record.release, record.owner) == ("a-thought", "private", "aster")


def _folder(tmp_path):
    """The scene's plans as a folder, since what a file of changes names has to be there."""
    from synodos.exchange import write

    folder = tmp_path / "plans"
    history = scene.history()
    header = history.header.model_copy(update={"known_on": DateRange("2012")})
    write(replace(history, header=header), folder)
    return folder


def test_a_change_is_renamed_and_erased(as_, change):
    browser = as_("owner")
    said(browser, f"{path(change)}rename/", {"name": "Another thought"})
    assert "Another thought" in said(browser, "/what-if/")
    said(browser, f"{path(change)}erase/", {})
    assert not SupposedChange.objects.exists()
