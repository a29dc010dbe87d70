"""Pages of the forum: what each says, to whom, and on which day."""

import pytest

from synodos.web.forum.pages import links_of_forum
from tests.web import scene, tables
from tests.web.agency_pages import words
from tests.web.crawling import NOWHERE, Guest

PAGES = (
    "/forum/",
    "/forum/papers/",
    "/forum/papers/aster-paper/",
    "/forum/meetings/",
    "/forum/meetings/aster-meeting/",
    "/forum/actions/",
)


@pytest.mark.parametrize("name", ["owner", "partner", "outsider", "observer", "office", "stranger"])
def test_everybody_reads_what_is_theirs_to_read(guests, name):
    browser = guests(name)
    for address in PAGES:
        assert browser.get(address).status_code == 200, address
    page = words(browser.get("/forum/papers/aster-paper/"))
    assert "non-binding" in page
    assert "Three sites can be reached" in page
    assert ("Draft this position" in page) is (name in ("owner", "partner"))
    assert ("Write the next version" in page) is (name == "owner")
    assert ("Your comment" in page) is (name in ("owner", "partner"))


def test_what_is_hidden_and_what_is_not_there_are_the_same(guests):
    hidden = scene.MARKS["aster-named"]
    guest = Guest(tables.user("other"))
    for what in ("paper", "meeting"):
        there, nowhere = (guest.get(f"/forum/{what}s/{key}/") for key in (f"{what}-{hidden}", NOWHERE))
        assert there.status == nowhere.status == 404
        assert there.headers == nowhere.headers
        assert there.body.replace(f"{what}-{hidden}", NOWHERE) == nowhere.body


def test_the_overview_opens_with_who_chairs_and_what_is_open(guests):
    page = words(guests("partner").get("/forum/?terms=aster-terms-of-reference"))
    assert "among 4 members" in page
    assert "What waits for Borea" in page
    assert "What waits for" not in words(guests("stranger").get("/forum/"))


def test_several_forums_are_chosen_from(guests):
    other = f"terms-of-reference-{scene.MARKS['aster-members']}"
    assert other in guests("other").get("/forum/").content.decode()
    assert other not in guests("stranger").get("/forum/").content.decode()
    assert guests("other").get(f"/forum/?terms={other}").status_code == 200
    assert guests("stranger").get(f"/forum/?terms={other}").status_code == 400


def test_deadlines_are_those_of_the_day_that_is_asked_about(guests):
    browser = guests("owner")
    assert "silence procedure until 2012-07-10" in words(browser.get("/forum/papers/aster-paper/?at=2012-07-05"))
    assert "ends in" not in words(browser.get("/forum/papers/aster-paper/"))
    early = browser.get("/forum/papers/aster-paper/?on=2010-01-01")
    assert early.status_code == 404, "it was not known then"


def test_the_versions_say_what_changed(guests):
    from synodos.ledger import declare, snapshot

    now = snapshot(viewer="aster").papers["aster-paper"]
    day = type(now.as_of)
    for number, text in enumerate(("Three sites can be reached", "Four sites can easily be reached"), 2):
        changed = {
            "version": number,
            "statement": text,
            "paragraphs": ("One.",) * (number - 2),
            "as_of": day(f"2026-01-0{number}"),
        }
        declare([now.model_copy(update=changed)], signer=tables.signer("aster"), confirmed=True)
    page = guests("stranger").get("/forum/papers/aster-paper/").content.decode()
    assert "<del>Three</del> <ins>Four</ins> sites can <ins>easily</ins> be reached" in page
    assert "<ins>One.</ins>" in page
    assert page.index("Version 3</strong>") < page.index("Version 2</strong>") < page.index("Version 1</strong>")


def test_pins_say_whether_the_plans_are_still_the_same(guests):
    assert "portfolio 0f0f" in words(guests("owner").get("/forum/papers/aster-paper/"))


def test_names_lead_to_the_pages_of_the_forum_but_take_no_link_from_others(guests):
    from synodos.ledger import snapshot

    plans = snapshot(viewer="aster")
    named = plans.papers["aster-paper"].model_copy(update={"id": "borea", "name": "Borea"})
    links = links_of_forum(plans.replace(named))
    assert links["Landing sites"] == links["aster-paper"] == "/forum/papers/aster-paper/"
    assert links["meeting:aster-meeting"] == "/forum/meetings/aster-meeting/"
    assert "Borea" not in links
    assert "borea" not in links
