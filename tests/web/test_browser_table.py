"""People at the table in a real browser: a planner, an editor and a signatory, a lawyer, a stranger."""

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.databases import opened
from tests.exchange.schedule_files import after, element, mspdi
from tests.web import published, scene, serving, tables

pytestmark = pytest.mark.browser
PATIENCE_MS = 300_000
"""A page that takes longer never comes; a slow machine is not the page's fault."""
PHONE = {"width": 375, "height": 800}
ZOOMED = {"width": 640, "height": 450}
"""What is left of a window of 1280 by 900 at 200 %."""
DESKTOP = {"width": 1280, "height": 900}
USED_MOST = ("/", "/opportunities/", "/law/findings/", "/records/", "/records/element/drill/", "/accounts/login/")
OPEN = (
    *("/", "/opportunities/", "/dependence/", "/coverage/", "/missions/", "/missions/aster-mission/"),
    *("/scenarios/", "/scenarios/of/aster-scenario/", "/scenarios/of/aster-scenario/align/", "/scenarios/compare/"),
    *("/scenarios/weigh/?weigh-missions-missions=1", "/editions/", "/brief/?agency=aster", "/annual/", "/calendar/"),
    *("/schedule/", "/schedule/health/", "/schedule/risk/", "/exposure/", "/worth/", "/worth/shares/", "/what-if/"),
    *("/law/", "/law/findings/", "/law/questions/", "/law/contested/", "/agreements/", "/agreements/watch/"),
    *("/forum/", "/forum/papers/", "/forum/papers/aster-paper/", "/forum/meetings/", "/forum/meetings/aster-meeting/"),
    *(
        "/forum/actions/",
        "/agreements/needed/",
        "/agreements/drafts/aster-mission/",
        "/records/",
        "/records/element/drill/",
        "/about/",
    ),
    *("/accounts/login/", "/nowhere"),
)
OWN = (
    *("/agency/", "/agency/drafts/", "/agency/drafts/new/", "/agency/declare/", "/agency/import/", "/agency/changes/"),
    *("/agency/settings/", "/runs/", "/worth/shares/", "/what-if/", "/records/change/change-zemblarik/"),
    *("/agency/drafts/element/draft-xanthelmo/", "/accounts/", "/accounts/people/"),
    *("/editions/", "/editions/changes/", "/brief/", "/scenarios/compare/"),
    *("/forum/", "/forum/papers/aster-paper/", "/forum/papers/aster-paper/next/", "/forum/meetings/aster-meeting/"),
    *("/forum/meetings/aster-meeting/minutes/", "/forum/actions/", "/forum/new/paper/", "/forum/new/meeting/"),
    *("/forum/new/action/", "/agreements/needed/", "/law/contested/"),
)
OF_OFFICE = ("/accounts/people/", "/accounts/people/invite/", "/accounts/log/")


@pytest.fixture(scope="module")
def served(whole_table, tmp_path_factory, django_db_blocker):
    """A table on this machine, with sessions of people who have logged in already."""
    from synodos.ledger import save_signer

    path = tmp_path_factory.mktemp("served") / "table.sqlite3"
    shutil.copy(whole_table, path)
    for author in (scene.OFFICE, *scene.AGENCIES):
        save_signer(tables.signer(author), path.with_name("table.sqlite3.keys"))
    with django_db_blocker.unblock(), opened(path):
        sessions = {name: serving.session(name) for name in tables.PEOPLE}
    with serving.served(path) as address:
        yield address, sessions


@pytest.fixture
def page(page):
    """A page that waits for as long as it takes."""
    page.set_default_timeout(PATIENCE_MS)
    return page


@pytest.fixture
def address(served):
    """Where the table is."""
    return served[0]


@pytest.fixture
def sit(page, served):
    """Sit down as somebody who has logged in."""

    def down(name):
        page.context.add_cookies([{"name": "sessionid", "value": served[1][name], "url": served[0]}])
        return page

    return down


def test_a_planner_finds_an_opportunity_and_shares_it_by_link(sit, browser, served, page):
    address, sessions = served
    sit("owner").goto(address)
    page.get_by_role("link", name="Opportunities", exact=True).click()
    page.get_by_label("For agency").select_option("aster")
    page.get_by_role("button", name="Show").last.click()
    assert "aster" in page.url
    assert scene.MARKS["borea-named"] in page.locator("main").inner_text()
    with browser.new_context() as others:
        others.add_cookies([{"name": "sessionid", "value": sessions["other"], "url": address}])
        other = others.new_page()
        other.set_default_timeout(PATIENCE_MS)
        assert other.goto(page.url).status == 200
        told = other.locator("main").inner_text()
        assert "Relay orbiter" in told
        assert scene.MARKS["borea-named"] not in told


def test_an_editor_imports_a_schedule_and_a_signatory_declares_it(browser, page, address, tmp_path):
    plan = tmp_path / "lander.xml"
    tasks = element(1, "Build the lander", "PT80H0M0S"), element(2, "Test the lander", "PT40H0M0S", after(1))
    plan.write_text(mspdi("".join(tasks)), encoding="utf-8")
    serving.log_in(page, address, "colleague")
    page.goto(address + "/agency/import/")
    page.get_by_label("Files").set_input_files(plan)
    page.get_by_role("button", name="Read, and show what would change").click()
    assert "Test the lander" in page.locator("main").inner_text()
    page.get_by_role("button", name="Take all into drafts").click()
    page.get_by_role("link", name="Declare", exact=True).click()
    page.get_by_role("button", name="Preview").click()
    assert "A signatory of your agency declares them" in page.locator("main").inner_text()
    with browser.new_context() as others:
        signatory = others.new_page()
        signatory.set_default_timeout(PATIENCE_MS)
        serving.log_in(signatory, address, "owner")
        signatory.goto(address + "/agency/declare/")
        signatory.get_by_role("button", name="Preview").click()
        assert "Who will see what" in signatory.locator("main").inner_text()
        signatory.get_by_label("I know that what is shared cannot be called back.").check()
        signatory.get_by_role("button", name="Sign and declare").click()
        assert "signed and stand" in signatory.locator("main").inner_text()
        signatory.goto(address + "/records/?q=Test+the+lander")
        assert "Test the lander" in signatory.locator("main").inner_text()
    page.goto(address + "/agency/drafts/")
    assert "Test the lander" not in page.locator("main").inner_text()


def test_a_lawyer_follows_a_finding_to_its_article(page, address):
    page.goto(address)
    page.get_by_role("link", name="Law", exact=True).click()
    page.get_by_role("link", name=re.compile("findings", re.IGNORECASE)).first.click()
    page.locator("main a[href*='/law/finding/?norm=OST']").first.click()
    told = page.locator("main").inner_text()
    assert re.search(r"Art(icle|\.) ?[IVX\d]+", told)


def test_a_stranger_is_kept_out(page, address):
    for path in OWN:
        if path.startswith("/agency/"):
            page.goto(address + path)
            assert "/accounts/login/" in page.url, path
    hidden = page.goto(f"{address}/records/element/element-{scene.MARKS['aster-named']}/")
    assert hidden.status == 404
    for _ in range(3):
        page.goto(address + "/accounts/login/")
        page.get_by_label("mail").fill("owner@example.org")
        page.get_by_label("Password").fill("not the password")
        page.get_by_role("button", name="Log in").click()
    assert "/accounts/login/" in page.url


def test_reading_needs_no_script(browser, served):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        for path, words in (
            ("/", "Mars landing"),
            ("/opportunities/?agency=aster", "Relay orbiter"),
            ("/law/findings/", "aster"),
            ("/records/?q=drill", "Longer drill"),
            ("/missions/aster-mission/", "Mars landing"),
            ("/scenarios/", "Mars first"),
            ("/scenarios/weigh/?weigh-missions-missions=1", "no ranking"),
            ("/editions/", "Plans as public sees them"),
        ):
            page.goto(served[0] + path)
            assert words.lower() in page.locator("main").inner_text().lower(), path
        page.goto(served[0])
        assert page.locator("main img").first.evaluate("image => image.naturalWidth") > 0
        page.get_by_label("Agency").first.select_option("borea")
        page.locator("main").get_by_role("button", name="Show").first.click()
        assert "borea" in page.url


def test_the_keyboard_reaches_everything(page, address):
    page.goto(address + "/records/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "[document.activeElement.outerHTML.slice(0, 200), getComputedStyle(document.activeElement).outlineStyle]"
        )
        drawn_by_the_browser = "<body" in said[0] or 'type="date"' in said[0]  # the part of a date that is typed into
        assert said[1] != "none" or drawn_by_the_browser, f"no focus is shown on {said[0]}"
        reached.add(said[0])
    assert any('name="q"' in one for one in reached)
    assert any("/records/" in one for one in reached)


@pytest.fixture
def console(page):
    """What pages complain of, such as scripts that the policy refuses."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_the_pages_that_are_used_most_are_sound(page, sit, address, console, blocked_requests):
    found = [fault for path in USED_MOST for fault in _faults(page, address, path)]
    sit("owner")
    found += [fault for path in (*OWN[:3], _edition()) for fault in _faults(page, address, path)]
    assert found == []
    assert console == []
    assert blocked_requests == []


@pytest.mark.proof
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_sound(page, sit, address, console, blocked_requests, scheme):
    page.emulate_media(color_scheme=scheme)
    found = [fault for path in OPEN for fault in _faults(page, address, path)]
    for name, paths in (("owner", (*OWN, _edition())), ("office", OF_OFFICE)):
        sit(name)
        found += [fault for path in paths for fault in _faults(page, address, path)]
    assert found == []
    assert [said for said in console if "404" not in said] == []
    assert blocked_requests == []


def _edition():
    """Return the page of an edition that only the owner sees."""
    return f"/editions/{published.key('aster')}/"


def _faults(page, address, path):
    """Yield in words what axe finds at an address, and at which sizes one has to scroll sideways."""
    page.set_viewport_size(DESKTOP)
    page.goto(address + path)
    for one in Axe().run(page).response["violations"]:
        yield f"{path}: {one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}"
    for size in (DESKTOP, ZOOMED, PHONE):
        page.set_viewport_size(size)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            yield f"{path}: scrolls sideways at {size['width']} pixels"
