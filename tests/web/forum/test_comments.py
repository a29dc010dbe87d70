"""Comments: by members, read by whoever may read what they are about, erased by their author or the office."""

import datetime as dt
import io
import uuid
import zipfile

import pytest

from synodos.web.forum.models import Comment
from tests.web import scene, tables
from tests.web.agency_pages import sent_back, words

PAPER = "/forum/papers/aster-paper/"
SAID = "Corvo measured it twice"


def say(browser, text=SAID, paper=PAPER, **given):
    """Comment on a paper as it stands."""
    return browser.post(f"{paper}comments/", {**sent_back(browser.get(paper)), "text": text, **given}, follow=True)


@pytest.fixture
def said(guests):
    """A comment by a member, on a paper that everybody reads."""
    say(guests("other"))
    return Comment.objects.get(text=SAID)


def test_whoever_reads_the_paper_reads_the_comment_but_not_the_person(guests, said):
    for name in ("owner", "outsider", "observer", "stranger"):
        page = words(guests(name).get(PAPER))
        assert SAID in page, name
        assert "Corvo, " in page, name
        assert "other@example.org" not in page, name
    for name in ("other", "office"):
        assert "other@example.org" in words(guests(name).get(PAPER)), name


def test_comments_come_a_page_at_a_time_the_latest_first_to_be_seen(guests, said, monkeypatch):
    monkeypatch.setattr("synodos.web.forum.commenting.PER_PAGE", 2)
    before = Comment.objects.filter(paper=said.paper).count()
    for number in range(3):
        say(guests("other"), f"Remark {number} of three")
    shown = words(guests("owner").get(PAPER))
    pages = [words(guests("owner").get(f"{PAPER}?page={page}")) for page in range(1, 4 + before // 2)]
    assert "Remark 2 of three" in shown
    assert f"{before + 3} comments" in shown
    assert "Earlier comments" in shown
    assert ("Earlier comments" in pages[0], "Later comments" in pages[0]) == (False, True)
    assert all(sum(f"Remark {number} of three" in page for page in pages) >= 1 for number in range(3))
    assert max(page.count(" of three") for page in pages) <= 2
    assert guests("owner").get(f"{PAPER}?page=nonsense").status_code == 200


def test_what_is_said_is_text(guests):
    say(guests("other"), "<script>alert(1)</script>\r\n\r\nhttps://example.org \u202e")
    page = guests("owner").get(PAPER).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("text", ["", "  \n ", "nul \x00", "x" * 4_001], ids=["nothing", "blank", "control", "long"])
def test_nothing_and_too_much_are_refused(guests, text):
    before = Comment.objects.count()
    assert "Nothing was kept" in words(say(guests("other"), text))
    assert Comment.objects.count() == before


def test_a_comment_is_about_what_its_author_read(guests):
    before = Comment.objects.count()
    assert "was stated anew since you opened it" in words(say(guests("other"), statement="0" * 64))
    assert Comment.objects.count() == before


def test_author_and_office_erase_a_comment_and_nobody_else(guests, said):
    erase = f"/forum/comments/{said.pk}/erase/"
    assert erase in guests("other").get(PAPER).content.decode()
    for name in ("owner", "partner", "colleague", "outsider"):
        assert erase not in guests(name).get(PAPER).content.decode(), name
        assert guests(name).post(erase).status_code == 404, name
    for name in ("observer", "stranger"):
        assert guests(name).post(erase).status_code in (302, 404), name
    assert Comment.objects.filter(pk=said.pk).exists()
    assert "The comment is erased" in words(guests("office").post(erase, follow=True))
    say(guests("other"), "Once more")
    own = Comment.objects.get(text="Once more")
    guests("other").post(f"/forum/comments/{own.pk}/erase/")
    assert not Comment.objects.filter(pk__in=[said.pk, own.pk]).exists()
    assert guests("other").post(f"/forum/comments/{uuid.uuid4()}/erase/").status_code == 404


def test_who_erases_the_own_account_erases_the_comments(guests, said):
    from synodos.web.accounts.people import erase

    erase(tables.user("other"))
    assert not Comment.objects.filter(text=SAID).exists()


def test_a_comment_stays_with_those_who_may_read_what_it_is_about(guests):
    """A paper of members becomes public: what was said of it among members does not."""
    from synodos.ledger import declare, snapshot

    hidden = f"paper-{scene.MARKS['aster-members']}"
    say(guests("other"), "Among ourselves", f"/forum/papers/{hidden}/")
    assert guests("stranger").get(f"/forum/papers/{hidden}/").status_code == 404
    now = snapshot(viewer="aster").papers[hidden]
    opened = now.model_copy(
        update={"release": "public", "as_of": type(now.as_of)("2026-01-02"), "sources": ("plan-of-record",)}
    )
    declare([opened], signer=tables.signer("aster"), confirmed=True)
    page = words(guests("stranger").get(f"/forum/papers/{hidden}/"))
    assert "Nobody has said anything yet" in page
    assert "Among ourselves" not in page
    assert "Among ourselves" in words(guests("partner").get(f"/forum/papers/{hidden}/"))


def test_no_export_holds_a_comment(guests, said, tmp_path):
    from synodos.ledger import write_bundle

    browser = guests("owner")
    assert SAID not in browser.get(PAPER + "?format=json").content.decode()
    book = browser.get(PAPER + "?format=xlsx").content
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        assert not [name for name in packed.namelist() if SAID.encode() in packed.read(name)]
    write_bundle("aster", tmp_path / "bundle")
    assert SAID.encode() not in (tmp_path / "bundle").read_bytes()


def test_a_past_day_shows_what_had_been_said_by_then(guests, said):
    assert SAID not in words(guests("owner").get(PAPER + "?on=2012-06-30"))
    Comment.objects.filter(pk=said.pk).update(written_at=dt.datetime(2012, 6, 30, 12, tzinfo=dt.UTC))
    page = guests("other").get(PAPER + "?on=2012-06-30")
    assert SAID in words(page)
    assert f"/comments/{said.pk}/erase/" not in page.content.decode(), "a past day is for reading"
