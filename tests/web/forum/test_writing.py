"""What is said in the forum: filled-in drafts, declared by a signatory, by members alone and of their own records."""

import datetime as dt

from synodos.forum import outcome
from synodos.ledger import snapshot
from synodos.web.agency.models import Draft
from synodos.web.forum.figures import recomputed
from tests.web import scene
from tests.web.agency_pages import sent_back, words

PAPER = "/forum/papers/aster-paper/"
SAID = {"stand": "joins", "reason": "", "release": "members"}
TEXT = {"name": "Dust on antennas", "type": "finding", "terms": "aster-terms-of-reference", "statement": "It sticks."}
TODAY = dt.datetime.now(dt.UTC).date()


def declared(browser, answer):
    """Sign what a form of the forum drafted, from the preview to which it led."""
    assert answer.status_code == 302, words(answer)
    assert answer["Location"].startswith("/agency/declare/?draft="), answer["Location"]
    preview = browser.get(answer["Location"])
    page = words(preview)
    signed = browser.post("/agency/declare/", {**sent_back(preview), "understood": "yes", "do": "sign"})
    assert signed.status_code == 302, words(signed)
    return page


def draft(kind, record_id):
    """Return the fields of a draft."""
    return Draft.objects.get(kind=kind, record_id=record_id).values


def test_a_member_says_where_it_stands_and_all_members_read_it(as_):
    browser = as_("partner")
    page = declared(browser, browser.post(PAPER + "position/", SAID))
    assert "seen by members of the mechanism" in page
    assert "What Borea says in the forum" in page
    found = snapshot(viewer="corvo").positions["borea-on-aster-paper"]
    assert (found.stand, found.paper, found.version, found.release) == ("joins", "aster-paper", 1, "members")
    assert "borea-on-aster-paper" not in snapshot(viewer="draco").positions
    changed = browser.post(PAPER + "position/", {**SAID, "stand": "reserves", "reason": "Too steep"})
    declared(browser, changed)
    assert snapshot(viewer="corvo").positions["borea-on-aster-paper"].reason == "Too steep"


def test_a_paper_from_draft_through_silence_to_consensus_is_issued(as_, monkeypatch):
    owner = as_("owner")
    text = "The dust is sharp.\n\nIt sticks to antennas."
    declared(owner, owner.post("/forum/new/paper/", {**TEXT, "text": text}))
    first = snapshot(viewer="corvo").papers["aster-dust-on-antennas"]
    assert (first.stage, first.release, first.paragraphs) == ("draft", "members", tuple(text.split("\n\n")))
    here = "/forum/papers/aster-dust-on-antennas/"
    declared(owner, owner.post(here + "next/", {**TEXT, "text": text + "\n\nBrushes help."}))
    short = owner.post(here + "stage/", {"do": "silence", "closes": "2012-01-01"})
    assert short.status_code == 400
    assert f"Expected {TODAY} or later" in words(short)
    pins = {"pin": "on", "scenario": "aster-scenario"}
    closes = (TODAY + dt.timedelta(days=3)).isoformat()
    declared(owner, owner.post(here + "stage/", {"do": "silence", "closes": closes, **pins}))
    found = snapshot(viewer="corvo").papers["aster-dust-on-antennas"]
    assert (found.version, found.stage, found.silence.closes.text) == (2, "for-decision", closes)
    then = snapshot(TODAY - dt.timedelta(days=1), viewer="public")
    assert found.pins.portfolio_sha256 == then.sha256
    assert "Its figures, computed again" in words(as_("other").get(here))
    assert {one.agrees for one in recomputed(found, [then])} == {True}
    wrong = found.pins.figures[0].model_copy(update={"shown": "the first of April"})
    pinned = found.pins.model_copy(update={"figures": (wrong, *found.pins.figures[1:])})
    (differs,) = [one for one in recomputed(found.model_copy(update={"pins": pinned}), [then]) if not one.agrees]
    assert (differs.name, differs.pinned) == (wrong.name, "the first of April")
    declared(as_("partner"), as_("partner").post(here + "position/", {"stand": "stands-aside", "reason": "Busy"}))
    early = owner.post(here + "stage/", {"do": "issue"}, follow=True)
    assert "Nothing was drafted. The silence procedure runs until" in words(early)
    seen = snapshot(viewer="corvo")
    assert seen.positions["borea-on-aster-dust-on-antennas-v2"].release == "members"
    assert outcome(seen, found.id, TODAY).verdict == "open"
    assert outcome(seen, found.id, TODAY + dt.timedelta(days=4)).verdict == "consensus-some-aside"
    _issue(owner, here, TODAY + dt.timedelta(days=4), monkeypatch)
    issued = snapshot(viewer="corvo").papers[found.id]
    assert (issued.stage, issued.version, issued.pins) == ("issued", 2, found.pins)
    assert issued.authors == ("aster",), "nobody else joined"
    told = words(as_("other").get(f"{here}?at={TODAY + dt.timedelta(days=4)}"))
    assert "Standing aside: Borea." in told
    assert "non-binding" in told
    assert owner.post(here + "position/", {"stand": "joins"}).status_code == 404, "it is closed"


def _issue(owner, here, day, monkeypatch):
    """Have a paper issued on a day on which its silence procedure is over."""
    from synodos.web.forum import proposing

    monkeypatch.setattr(proposing, "today", lambda: day)
    declared(owner, owner.post(here + "stage/", {"do": "issue"}))


def test_a_meeting_with_agenda_minutes_and_an_action(as_):
    owner = as_("owner")
    given = {"name": "Meeting of autumn", "terms": "aster-terms-of-reference", "held": "2030-09-01..2030-09-02"}
    declared(owner, owner.post("/forum/new/meeting/", given))
    here = "/forum/meetings/aster-meeting-of-autumn/"
    owner.post(here + "agenda/", {"name": "Dust", "paper": "aster-paper"})
    declared(owner, owner.post(here + "agenda/", {"name": "Money", "paper": ""}))
    said = {"minutes": "We met.\n\nWe spoke.", "decisions": "Brushes are bought.", "participants": ["aster", "borea"]}
    declared(owner, owner.post(here + "minutes/", said))
    found = snapshot(viewer="corvo").meetings["aster-meeting-of-autumn"]
    assert [point.name for point in found.agenda] == ["Dust", "Money"]
    assert found.minutes == ("We met.", "We spoke.")
    assert [one.decided for one in found.decisions] == ["Brushes are bought."]
    assert owner.post("/forum/new/meeting/", {**given, "held": "soon"}).status_code == 400
    action = {"name": "Buy brushes", "bearer": "borea", "due": "2030-12", "meeting": found.id}
    declared(owner, owner.post("/forum/new/action/", action))
    declared(owner, owner.post("/forum/actions/aster-buy-brushes/done/", {"do": "done"}))
    assert snapshot(viewer="corvo").actions["aster-buy-brushes"].done.text == TODAY.isoformat()


def test_an_instrument_that_is_missing_comes_onto_an_agenda_in_one_click(as_):
    owner = as_("owner")
    assert "Put one on an agenda" not in words(owner.get("/agreements/needed/")), "no meeting lies ahead"
    given = {"name": "Next", "terms": "aster-terms-of-reference", "held": "2031-01"}
    declared(owner, owner.post("/forum/new/meeting/", given))
    page = owner.get("/agreements/needed/")
    (first, _name), *_more = page.context["points"]
    point = {"meeting": "aster-next", "point": first}
    for _twice in range(2):
        assert owner.post("/forum/new/instrument-point/", point).status_code == 302
    (item,) = draft("meeting", "aster-next")["agenda"]
    assert item["instrument"]
    assert item["about"]
    assert "Put one on an agenda" not in words(as_("other").get("/agreements/needed/"))


def test_a_contested_question_becomes_a_paper_with_the_public_positions_side_by_side(as_):
    owner = as_("owner")
    page = owner.get("/law/contested/")
    assert "Propose a common understanding" in words(page)
    assert "Propose a common understanding" not in words(as_("outsider").get("/law/contested/"))
    given = next(one.id for one in page.context["questions"] if any(reading.positions for reading in one.readings))
    declared(owner, owner.post("/forum/new/common-understanding/", {"question": given}))
    (found,) = [one for one in snapshot(viewer="corvo").papers.values() if one.type == "common-understanding"]
    told = "\n".join(found.paragraphs)
    assert "Declared by Aster" in told
    assert not [word for word in scene.MARKS.values() if word in told], "only what is public goes into the text"
