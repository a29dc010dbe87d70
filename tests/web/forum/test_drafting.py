"""What the forum refuses to draft, and how a draft is filled in; nothing is declared here."""

import pytest

from synodos.web.agency.models import Draft
from tests.web import scene
from tests.web.agency_pages import words

PAPER = "/forum/papers/aster-paper/"
SAID = {"stand": "joins", "reason": "", "release": "members"}
TEXT = {"name": "Dust on antennas", "type": "finding", "terms": "aster-terms-of-reference", "statement": "It sticks."}


def draft(kind, record_id):
    """Return the fields of a draft."""
    return Draft.objects.get(kind=kind, record_id=record_id).values


def test_a_reservation_needs_its_reason(guests):
    refused = guests("partner").post(PAPER + "position/", {**SAID, "stand": "reserves"})
    assert refused.status_code == 400
    assert "A reservation states its reason" in words(refused)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", ["stranger", "observer", "reader", "office", "outsider"])
def test_who_does_not_write_for_a_member_drafts_nothing(guests, name):
    browser = guests(name)
    told = {
        PAPER + "position/": SAID,
        PAPER + "stage/": {"do": "comment"},
        PAPER + "next/": TEXT,
        PAPER + "comments/": {"text": "Me too"},
        "/forum/meetings/aster-meeting/agenda/": {"name": "Another point"},
        "/forum/meetings/aster-meeting/minutes/": {"minutes": "Nothing was said"},
        "/forum/actions/aster-action/done/": {"do": "done"},
        "/forum/new/paper/": TEXT,
        "/forum/new/meeting/": {"name": "Ours", "terms": "aster-terms-of-reference"},
        "/forum/new/action/": {"name": "Think"},
        "/forum/new/instrument-point/": {"meeting": "aster-meeting", "point": "0"},
        "/forum/new/common-understanding/": {"question": "resource-ownership"},
    }
    for address, given in told.items():
        answer = browser.post(address, given)
        assert answer.status_code == 404 or "/accounts/login/" in answer.get("Location", ""), address
    assert not Draft.objects.exists()


def test_only_the_owner_of_a_record_revises_it(guests):
    for address, given in (
        (PAPER + "stage/", {"do": "withdraw"}),
        (PAPER + "next/", TEXT),
        ("/forum/meetings/aster-meeting/agenda/", {"name": "Ours"}),
        ("/forum/actions/aster-action/done/", {"do": "done"}),
    ):
        assert guests("partner").post(address, given).status_code == 404, address
    assert not Draft.objects.exists()


def test_what_is_hidden_is_written_on_as_little_as_what_is_not_there(guests):
    hidden = f"paper-{scene.MARKS['aster-named']}"
    for paper in (hidden, "there-is-no-such-thing"):
        for what in ("position", "comments", "stage"):
            assert guests("other").post(f"/forum/papers/{paper}/{what}/", SAID).status_code == 404
    assert guests("partner").post(f"/forum/papers/{hidden}/position/", SAID).status_code == 302
    assert draft("position", f"borea-on-{hidden}")["release"] == ["aster"], "nobody else learns of the paper"


def test_minutes_keep_what_else_was_said_of_a_decision(guests):
    said = {"minutes": "", "decisions": "The sites are studied\n\nMore pictures", "participants": ["aster"]}
    guests("owner").post("/forum/meetings/aster-meeting/minutes/", said)
    kept = [{"decided": "The sites are studied", "papers": ["aster-paper"]}, {"decided": "More pictures"}]
    assert draft("meeting", "aster-meeting")["decisions"] == kept


def test_a_past_day_is_for_reading(guests):
    page = guests("owner").get(PAPER + "?on=2012-06-30")
    assert "Draft this position" not in words(page)
    assert "Write the next version" not in words(page)
