"""Declaring: who will see what is said before, only signatories sign, and all of it happens or none."""

import pytest

from synodos.ledger import record_history, snapshot
from synodos.web.accounts.models import LogEntry
from synodos.web.agency.models import Draft
from tests.web import scene
from tests.web.agency.conftest import PASSPHRASE
from tests.web.agency_pages import sent_back, words

ADDRESS = "/agency/declare/"
RELAY = {
    "name": "Lunar relay",
    "status": "planned",
    "planned": "2018",
    "destinations": ["moon"],
    "requirements": [{"capability": "launch", "essential": True}],
    "release": "members",
    "as_of": "2012-07-02",
    "confidence": "read",
    "sources": ["plan-of-record"],
}


def preview(browser, *keys):
    """Look at what declaring drafts would do."""
    return browser.post(ADDRESS, {"draft": keys, "do": "preview"})


def sign(browser, page, **given):
    """Sign what a preview shows."""
    return browser.post(ADDRESS, {**sent_back(page), "understood": "yes", "do": "sign", **given})


def test_the_preview_says_who_sees_what_and_what_would_change(as_, drafted):
    drafted("mission", "lunar-relay", **RELAY)
    told = words(preview(as_("colleague"), "mission:lunar-relay"))
    assert "seen by members of the mechanism" in told
    assert "(Borea, Corvo, Office)" in told
    assert "Draco" not in told
    assert "Lunar relay: appears, 2018" in told
    assert "Aster seeks launch" in told
    assert "What is shared cannot be called back" in told
    assert "A signatory of your agency declares them" in told


def test_a_signatory_declares_and_the_drafts_are_gone(as_, drafted):
    drafted("mission", "lunar-relay", **RELAY, disputes=["a", "b"])
    drafted("element", "other", name="Not chosen")
    browser = as_("owner")
    answer = sign(browser, preview(browser, "mission:lunar-relay"))
    assert answer["Location"] == f"{ADDRESS}?done=yes"
    assert "mission lunar-relay declare members" in words(browser.get(answer["Location"]))
    assert [draft.record_id for draft in Draft.objects.all()] == ["other"]
    for viewer, sees in (("aster", True), ("corvo", True), ("draco", False), ("public", False)):
        assert ("lunar-relay" in snapshot(viewer=viewer).missions) is sees
    assert LogEntry.objects.get(event="declared").about == "mission:lunar-relay"
    assert [entry.author for entry in record_history("mission", "lunar-relay", viewer="aster")] == ["aster"]


def test_nobody_but_a_signatory_signs(as_, drafted):
    drafted("mission", "lunar-relay", **RELAY)
    page = preview(as_("owner"), "mission:lunar-relay")
    for name in ("colleague", "reader", "partner", "office"):
        answer = as_(name).post(
            ADDRESS, {**sent_back(page), "draft": "mission:lunar-relay", "understood": "yes", "do": "sign"}
        )
        assert answer.status_code in (400, 404), name
        assert not record_history("mission", "lunar-relay", viewer="aster"), name
    assert Draft.objects.count() == 1


def test_who_signs_has_to_know_that_it_cannot_be_called_back_and_has_to_sign_what_was_shown(as_, drafted):
    draft = drafted("mission", "lunar-relay", **RELAY)
    browser = as_("owner")
    page = preview(browser, "mission:lunar-relay")
    assert sign(browser, page, understood="").status_code == 400
    draft.values = {**draft.values, "release": "public"}
    draft.save()
    refused = sign(browser, page)
    assert "These drafts changed since you looked at them" in words(refused)
    assert not record_history("mission", "lunar-relay", viewer="aster")
    assert sign(browser, refused).status_code == 302


def test_what_an_export_list_holds_is_confirmed_once_more(as_, drafted):
    element = {**RELAY, "export_classification": "EAR 9A515", "provides": ["mars-relay"]}
    del element["requirements"], element["planned"]
    drafted("element", "radio", **element)
    browser = as_("owner")
    page = preview(browser, "element:radio")
    assert "element radio has the export classification 'EAR 9A515'" in words(page)
    assert sign(browser, page).status_code == 400
    assert not record_history("element", "radio", viewer="aster")
    assert sign(browser, page, classified="yes").status_code == 302


def test_naming_what_readers_may_not_see_is_confirmed_too(as_, drafted):
    named = f"element-{scene.MARKS['aster-private']}"
    requirements = [{"capability": "robotic-arm", "met_by": [named]}]
    drafted("mission", "lunar-relay", **{**RELAY, "requirements": requirements})
    browser = as_("owner")
    page = preview(browser, "mission:lunar-relay")
    assert f"names element {named} in requirements[0].met_by[0]" in words(page)
    assert sign(browser, page).status_code == 400
    assert sign(browser, page, classified="yes").status_code == 302
    assert named not in as_("other").get("/records/mission/lunar-relay/").content.decode()


def test_a_locked_key_asks_for_its_passphrase(as_, drafted):
    drafted("mission", "relay-of-borea", agency="borea", **RELAY)
    browser = as_("partner")
    page = preview(browser, "mission:relay-of-borea")
    assert 'name="passphrase" type="password"' in page.content.decode()
    wrong = sign(browser, page, passphrase="open sesame")
    assert "this is not the passphrase of the key of borea" in words(wrong)
    assert "open sesame" not in wrong.content.decode()
    assert sign(browser, page, passphrase=PASSPHRASE).status_code == 302


def test_an_agency_without_a_key_here_is_told_so(as_, drafted):
    drafted("mission", "relay-of-corvo", agency="corvo", **RELAY)
    browser = as_("other")
    page = preview(browser, "mission:relay-of-corvo")
    assert "key does not lie on this server" in words(page)
    assert sign(browser, page, draft="mission:relay-of-corvo", stamp=page.context["stamp"]).status_code == 400


def test_faults_between_records_are_refused_before_anybody_signs(as_, drafted):
    lost = [{"capability": "launch", "met_by": ["nowhere"]}]
    drafted("mission", "lunar-relay", **{**RELAY, "requirements": lost, "sources": ["no-such-plan"]})
    browser = as_("owner")
    page = preview(browser, "mission:lunar-relay")
    told = words(page)
    assert "found 'nowhere'; expected the id of an element or a mission or an offer" in told
    assert "found 'no-such-plan'" in told
    assert "Sign and declare" not in told
    assert sign(browser, page, draft="mission:lunar-relay", stamp=page.context["stamp"]).status_code == 400
    assert Draft.objects.count() == 1


def test_a_draft_of_a_source_goes_with_the_record_that_cites_it(as_, drafted):
    drafted("mission", "lunar-relay", **{**RELAY, "sources": ["aster-2012"]})
    drafted("source", "aster-2012", title="Plan of 2012")
    drafted("source", "unused", title="Nobody cites it")
    browser = as_("owner")
    page = preview(browser, "mission:lunar-relay")
    assert "Plan of 2012 (aster-2012)" in words(page)
    sign(browser, page)
    assert snapshot(viewer="corvo").header.sources["aster-2012"].title == "Plan of 2012"
    assert "aster-2012" not in snapshot(viewer="draco").header.sources
    assert [draft.record_id for draft in Draft.objects.all()] == ["unused"]


def test_a_record_moves_to_others_and_those_before_learn_that_it_ended(as_, drafted):
    drafted("mission", "lunar-relay", **RELAY)
    browser = as_("owner")
    sign(browser, preview(browser, "mission:lunar-relay"))
    drafted("mission", "lunar-relay", **{**RELAY, "release": ["borea"], "as_of": "2012-07-03"})
    page = preview(browser, "mission:lunar-relay")
    assert "Until now it was seen by members of the mechanism." in words(page)
    sign(browser, page)
    assert "lunar-relay" in snapshot(viewer="borea").missions
    assert "lunar-relay" not in snapshot(viewer="corvo").missions
    assert [entry.act for entry in record_history("mission", "lunar-relay", viewer="corvo")] == ["declare", "retract"]


def test_a_record_is_retracted(as_, drafted):
    drafted("mission", "lunar-relay", **RELAY)
    browser = as_("owner")
    sign(browser, preview(browser, "mission:lunar-relay"))
    assert browser.post("/agency/revise/mission/lunar-relay/", {"do": "retract"}).status_code == 302
    page = preview(browser, "mission:lunar-relay")
    assert "Lunar relay: disappears" in words(page)
    sign(browser, page)
    assert "lunar-relay" not in snapshot(viewer="aster").missions
    assert browser.get("/records/mission/lunar-relay/").status_code == 200
    assert as_("outsider").get("/records/mission/lunar-relay/").status_code == 404


def test_what_a_retraction_leaves_wrong_elsewhere_is_told(as_, desk):
    browser = as_("owner")
    browser.post("/agency/revise/element/aster-element/", {"do": "retract"})
    told = words(preview(browser, "element:aster-element"))
    assert "Sample arm: disappears" in told
    assert "guarded-landing" in told


def test_all_is_declared_or_nothing(as_, drafted, monkeypatch):
    from synodos.web.agency import declaring

    drafted("mission", "lunar-relay", **RELAY)
    browser = as_("owner")
    page = preview(browser, "mission:lunar-relay")

    def full(*_args, **_kwargs):
        message = "the disk is full"
        raise OSError(message)

    monkeypatch.setattr(declaring, "note", full)
    with pytest.raises(OSError, match="the disk is full"):
        sign(browser, page)
    assert not record_history("mission", "lunar-relay", viewer="aster")
    assert Draft.objects.count() == 1
