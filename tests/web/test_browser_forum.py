"""The forum in a real browser: a secretariat runs a paper to consensus while one stands aside; an observer reads."""

import datetime as dt
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.databases import opened
from tests.web import scene, serving, tables

pytestmark = pytest.mark.browser
PATIENCE_MS = 300_000
"""A page that takes longer never comes; a slow machine is not the page's fault."""
PHONE, DESKTOP = {"width": 375, "height": 800}, {"width": 1280, "height": 900}
HERE = "/forum/papers/round-office-dust-on-antennas/"
SECRETARY = tables.Person("secretary", "signatory", scene.OFFICE)


@pytest.fixture(scope="module")
def served(whole_table, tmp_path_factory, django_db_blocker):
    """A table on this machine at which the office has a signatory, and the sessions of those who sit down."""
    from synodos.ledger import save_signer

    path = tmp_path_factory.mktemp("forum") / "table.sqlite3"
    shutil.copy(whole_table, path)
    for author in (scene.OFFICE, "borea"):
        save_signer(tables.signer(author), path.with_name("table.sqlite3.keys"))
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), opened(path):
        patch.setitem(tables.PEOPLE, SECRETARY.name, SECRETARY)
        tables.seat(SECRETARY)
        sessions = {name: serving.session(name) for name in ("secretary", "partner", "other", "observer")}
    with serving.served(path) as address:
        yield address, sessions


@pytest.fixture
def sit(browser, served):
    """Give the page of somebody who has logged in."""
    contexts = []

    def down(name):
        contexts.append(browser.new_context(service_workers="block"))
        contexts[-1].add_cookies([{"name": "sessionid", "value": served[1][name], "url": served[0]}])
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield down
    for context in contexts:
        context.close()


def said(page):
    """Return what a page says."""
    return page.locator("main").inner_text()


def declare(page):
    """Sign what is previewed."""
    assert "Who will see what" in said(page)
    page.get_by_label("I know that what is shared cannot be called back.").check()
    page.get_by_role("button", name="Sign and declare").click()
    assert "signed and stand" in said(page)


def test_a_paper_from_draft_through_silence_to_consensus_with_one_standing_aside(sit, served):
    address, _sessions = served
    office, borea = sit("secretary"), sit("partner")
    office.goto(address + "/forum/")
    office.get_by_role("link", name="A new paper").click()
    office.get_by_label("Title").fill("Dust on antennas")
    office.get_by_label("Text").fill("Dust sticks.\n\nTest antennas in dust.")
    office.get_by_role("button", name="Draft it").click()
    declare(office)

    borea.goto(address + HERE)
    assert "Test antennas in dust." in said(borea), "members read it from its first draft on"
    borea.get_by_label("Your comment").fill("Which dust?")
    borea.get_by_role("button", name="Comment", exact=True).click()
    assert "Which dust?" in said(borea)

    today = dt.datetime.now(dt.UTC).date()
    office.goto(address + HERE)
    office.get_by_text("Open a silence procedure").click()
    office.get_by_label("Last day to speak").fill(today.isoformat())
    office.get_by_role("button", name="Draft the procedure").click()
    declare(office)

    borea.goto(address + HERE)
    borea.get_by_label("stand aside").check()
    borea.get_by_label("Why").fill("Our study is not finished.")
    borea.get_by_role("button", name="Draft this position").click()
    declare(borea)

    office.goto(address + HERE)
    assert "if nothing more is said: consensus, some standing aside" in said(office)
    office.goto(f"{address}{HERE}?at={today + dt.timedelta(days=1)}")
    told = said(office)
    assert "consensus, some standing aside" in told
    assert "Standing aside: Borea." in told
    assert "Our study is not finished." in told
    assert "non-binding" in told
    assert Axe().run(office).response["violations"] == []
    for size in (DESKTOP, PHONE):
        office.set_viewport_size(size)
        assert not office.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_an_observer_reads_and_cannot_write(browser, sit, served):
    address, sessions = served
    page = sit("observer")
    assert page.goto(address + HERE).status == 404, "it is for members"
    page.goto(address + "/forum/papers/aster-paper/")
    assert "Three sites can be reached" in said(page)
    assert page.locator("main form").count() == 0
    token = sit("other")
    token.goto(address + "/forum/papers/aster-paper/")
    given = {"text": "Me too", "stand": "joins"}
    given["csrfmiddlewaretoken"] = token.locator("main [name=csrfmiddlewaretoken]").first.input_value()
    for what in ("position", "comments", "stage"):
        cookies = {"Cookie": f"sessionid={sessions['observer']}; csrftoken={given['csrfmiddlewaretoken']}"}
        sent = page.request.post(f"{address}/forum/papers/aster-paper/{what}/", form=given, headers=cookies)
        assert sent.status in (403, 404), what
    with browser.new_context(java_script_enabled=False) as plain:
        reading = plain.new_page()
        reading.set_default_timeout(PATIENCE_MS)
        reading.goto(address + "/forum/papers/aster-paper/")
        assert "Three sites can be reached" in said(reading)
