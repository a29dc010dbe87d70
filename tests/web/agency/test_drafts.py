"""Drafts: prepared by the agency's editors, seen by nobody else, and never lost between form and text."""

import pytest

from synodos.web.agency.models import Draft
from tests.web import scene
from tests.web.agency_pages import sent_back, words

ADDRESS = "/agency/drafts/mission/lunar-relay/"
OTHERS = ("partner", "other", "outsider", "observer", "office", "reader")


@pytest.fixture
def begun(as_):
    """An editor's browser with a new draft of a mission."""
    browser = as_("colleague")
    answer = browser.post("/agency/drafts/new/", {"kind": "mission", "id": "lunar-relay"})
    assert answer["Location"] == ADDRESS
    return browser


def keep(browser, **changed):
    """Change some inputs of the draft's form, and keep it."""
    page = browser.get(ADDRESS)
    answer = browser.post(ADDRESS, {**sent_back(page), "do": "save", **changed})
    assert answer.status_code == 302
    return browser.get(answer["Location"])


def values():
    """The fields of the draft."""
    return Draft.objects.get(record_id="lunar-relay").values


def test_a_draft_is_told_what_a_file_would_be_told(begun):
    page = keep(begun, name="Lunar relay", status="planed", planned="2018..2016")
    told = words(page)
    assert "found 'planed'; expected one of 'idea', 'proposed'" in told
    assert "nearest: planned" in told
    assert "expected a range that ends (2016) on or after it starts (2018)" in told
    assert 'id="f-status"' in page.content.decode()
    assert 'href="#f-status"' in page.content.decode()


def test_text_and_form_say_the_same(begun):
    keep(begun, name="Lunar relay", status="planned", planned="2018", **{"destinations[0]": "moon"})
    before = values()
    page = begun.get(f"{ADDRESS}?as=yaml")
    given = sent_back(page)
    assert given["text"].startswith("name: Lunar relay\n")
    answer = begun.post(ADDRESS, {**given, "do": "form"})
    assert answer["Location"] == ADDRESS
    assert values() == before
    begun.post(ADDRESS, {**sent_back(begun.get(ADDRESS)), "do": "yaml"})
    assert values() == before


def test_text_that_cannot_be_read_is_kept_with_its_line_until_it_is_mended(begun):
    keep(begun, name="Lunar relay", status="planned")
    given = sent_back(begun.get(f"{ADDRESS}?as=yaml"))
    begun.post(ADDRESS, {**given, "text": given["text"] + "planned: [2018\n", "do": "form"})
    page = begun.get(ADDRESS)
    assert "the file is no YAML" in words(page)
    assert "(text:6, file.syntax)" in words(page)
    again = sent_back(page)
    assert again["text"].endswith("planned: [2018\n")
    assert values()["name"] == "Lunar relay"
    begun.post(ADDRESS, {**again, "text": again["text"].replace("[", ""), "do": "save"})
    assert values()["planned"] == 2018


def test_a_field_that_the_form_has_not_is_edited_as_text_in_its_place(begun):
    given = sent_back(begun.get(f"{ADDRESS}?as=yaml"))
    begun.post(ADDRESS, {**given, "text": "name: Relay\ncolour:\n  red: 3\n", "do": "form"})
    page = begun.get(ADDRESS)
    assert sent_back(page)["raw:colour"] == "colour:\n  red: 3\n"
    assert "this kind has no such field" in words(page)
    begun.post(ADDRESS, {**sent_back(page), "do": "save"})
    assert values()["colour"] == {"red": 3}
    begun.post(ADDRESS, {**sent_back(begun.get(ADDRESS)), "raw:colour": "", "do": "save"})
    assert "colour" not in values()


def test_lists_grow_and_shrink_without_scripts(begun):
    answer = begun.post(ADDRESS, {**sent_back(begun.get(ADDRESS)), "do": "grow:requirements"})
    page = begun.get(answer["Location"])
    given = sent_back(page) | {"requirements[0].capability": "launch", "do": "grow:requirements"}
    page = begun.get(begun.post(ADDRESS, given)["Location"])
    given = sent_back(page) | {"requirements[1].capability": "mars-relay", "do": "save"}
    begun.post(ADDRESS, given)
    assert [one["capability"] for one in values()["requirements"]] == ["launch", "mars-relay"]
    begun.post(ADDRESS, {**sent_back(begun.get(ADDRESS)), "do": "drop:requirements[0]"})
    assert [one["capability"] for one in values()["requirements"]] == ["mars-relay"]


def test_who_comes_second_overwrites_nobody_unasked(begun, as_):
    mine = sent_back(begun.get(ADDRESS))
    colleague = as_("owner")
    colleague.post(ADDRESS, {**sent_back(colleague.get(ADDRESS)), "name": "Theirs", "do": "save"})
    answer = begun.post(ADDRESS, {**mine, "name": "Mine", "do": "save"})
    assert answer.status_code == 409
    assert values()["name"] == "Theirs"
    begun.post(ADDRESS, {**sent_back(answer), "do": "save"})
    assert values()["name"] == "Mine"


def test_others_find_no_draft(begun, as_):
    for name in OTHERS:
        browser = as_(name)
        missing = browser.get("/agency/drafts/mission/nothing-here/")
        there = browser.get(ADDRESS)
        assert there.status_code == missing.status_code == 404, name
        assert words(there) == words(missing), name
        assert browser.post(f"{ADDRESS}discard/").status_code == 404, name
        assert browser.post(ADDRESS, {"mode": "form", "name": "Taken"}).status_code == 404, name
        assert "name" not in values()


def test_a_stranger_is_asked_to_log_in(begun, as_):
    for address in ("/agency/", "/agency/drafts/", ADDRESS, "/agency/declare/", "/agency/import/", "/agency/changes/"):
        assert as_("stranger").get(address)["Location"].startswith("/accounts/login/")


def test_a_reader_sees_the_drafts_of_the_agency_and_changes_none(begun, as_):
    reader = as_("reader")
    assert "lunar-relay" in words(reader.get("/agency/drafts/"))
    assert reader.get(ADDRESS).status_code == 404
    assert reader.get("/agency/drafts/new/").status_code == 404


def test_what_is_declared_is_revised_under_its_own_name(as_):
    browser = as_("colleague")
    answer = browser.post("/agency/revise/mission/aster-mission/", {"do": "revise"})
    page = browser.get(answer["Location"])
    assert sent_back(page)["name"] == "Mars landing"
    kept = Draft.objects.get(record_id="aster-mission").values
    stated = scene.history().known_on().missions["aster-mission"].model_dump(mode="json", exclude_defaults=True)
    assert {**kept, "as_of": "2011"} == {k: v for k, v in stated.items() if k not in ("id", "owner", "stated_by")}


@pytest.mark.parametrize("record_id", ["second-landing", f"mission-{scene.MARKS['borea-private']}", "nothing-here"])
def test_nobody_revises_what_is_not_theirs(as_, record_id):
    answer = as_("colleague").post(f"/agency/revise/mission/{record_id}/", {"do": "revise"})
    assert answer.status_code == 404
    assert not Draft.objects.exists()


def test_an_id_that_another_has_is_refused_where_it_may_be_seen(as_):
    browser = as_("colleague")
    page = browser.post("/agency/drafts/new/", {"kind": "mission", "id": "second-landing"})
    assert page.status_code == 400
    assert "Second landing, of Borea, has this id" in words(page)
    hidden = f"mission-{scene.MARKS['borea-private']}"
    assert browser.post("/agency/drafts/new/", {"kind": "mission", "id": hidden}).status_code == 302


def test_what_the_agency_may_not_see_cannot_be_declared_as_hidden(as_):
    """A reference that is withheld from the author names nothing; it is not declared as the word for it."""
    browser = as_("colleague")
    browser.post("/agency/revise/mission/guarded-landing/", {"do": "revise"})
    draft = Draft.objects.get(record_id="guarded-landing")
    fields = draft.values
    fields["partners"] = [{"agency": "withheld"}]
    draft.values = fields
    draft.save()
    page = browser.get(draft.get_absolute_url())
    assert "reference.withheld" in words(page)


def test_new_drafts_begin_with_the_release_that_the_agency_chose(as_):
    browser = as_("colleague")
    page = browser.get("/agency/settings/")
    given = sent_back(page) | {
        "mission-release": "list",
        "mission-agencies": "borea, corvo",
        "element-release": "members",
    }
    assert browser.post("/agency/settings/", given).status_code == 302
    for kind in ("mission", "element", "risk"):
        browser.post("/agency/drafts/new/", {"kind": kind, "id": "new-one"})
    releases = {draft.kind: draft.values["release"] for draft in Draft.objects.all()}
    assert releases == {"mission": ["borea", "corvo"], "element": "members", "risk": "private"}
    again = browser.post("/agency/settings/", {**given, "mission-agencies": "nobody"})
    assert again.status_code == 400
    assert "No agency that you may see has the id nobody" in words(again)


def test_who_sees_a_record_is_changed_in_a_draft_of_it(as_):
    answer = as_("colleague").post("/agency/revise/mission/aster-mission/", {"do": "release"})
    assert answer["Location"] == "/agency/drafts/mission/aster-mission/#f-release"


def test_my_agency_is_always_of_today(begun):
    assert begun.get("/agency/?on=2010-01-01")["Location"] == "/agency/"
    assert begun.get(f"{ADDRESS}?on=2010-01-01&as=yaml")["Location"] == f"{ADDRESS}?as=yaml"


def test_a_draft_can_be_thrown_away(begun):
    assert begun.post(f"{ADDRESS}discard/").status_code == 302
    assert not Draft.objects.exists()
