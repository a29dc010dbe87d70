"""Every page in a real browser: axe, zoom, a phone, the dark, paper, the keyboard, and no scripts."""

import re
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.databases import opened
from tests.web import crawling, scene, serving, tables, visiting

pytestmark = pytest.mark.browser
PATIENCE_MS = 300_000
DESKTOP, PHONE = {"width": 1300, "height": 900}, {"width": 390, "height": 844}
ZOOMED = {"width": 640, "height": 450}
"""What is left of a window of 1280 by 900 at 200 %."""
LOOKS = (("light", DESKTOP), ("dark", PHONE), ("dark", DESKTOP), ("light", PHONE))
FEWER = LOOKS[:2]
"""How pages are looked at that were seen in every look already."""
FOCUS = (Path(__file__).parent / "focus.js").read_text(encoding="utf-8")
SIDEWAYS = """() => {
  const page = document.documentElement, faults = [];
  if (page.scrollWidth > page.clientWidth) faults.push(`scrolls sideways: ${page.scrollWidth}`);
  for (const box of document.querySelectorAll('body *')) {
    const style = getComputedStyle(box);
    if (!['auto', 'scroll'].includes(style.overflowX) || box.scrollWidth <= box.clientWidth + 1) continue;
    if (['SELECT', 'TEXTAREA', 'INPUT'].includes(box.tagName) || !box.checkVisibility()) continue;
    const label = box.getAttribute('aria-label') || box.getAttribute('aria-labelledby');
    if (box.tabIndex < 0 || !label) faults.push(`a box that scrolls has no focus or no label: ${box.outerHTML.slice(0, 120)}`);
  }
  return faults;
}"""  # noqa: E501 - a script
ERRORS = {
    400: lambda errors, asked: errors.bad_request(asked, ValueError()),
    403: lambda errors, asked: errors.forged(asked),
    405: lambda errors, asked: errors.not_taken(asked),
    413: lambda errors, asked: errors.too_large(asked),
    429: lambda errors, asked: errors.too_many(asked),
    "429-work": lambda errors, asked: errors.too_much(asked, 90),
    500: lambda errors, asked: errors.failed(asked),
    503: lambda errors, asked: errors.without_database(asked),
    "503-bodies": lambda errors, asked: errors.too_many_bodies(asked),
}
"""Pages that a sound server does not show, by what they are for."""


def test_every_address_is_known_to_the_sweep():
    """A new address is visited, or is said to be no page; one that is gone is said no more."""
    given = visiting.addresses()
    visited = {visit.route for visit in visiting.visits(given)}
    assert set(given) <= visited
    assert set(visiting.BY_OTHERS) <= visited
    every = {name for place in crawling.places() for name in visiting.known(place)}
    assert every >= visiting.NO_PAGE | visiting.FILES


@pytest.fixture(scope="module")
def table(whole_table, tmp_path_factory, django_db_blocker):
    """A table at which something of every sort lies: its address, sessions, and parts of addresses."""
    from synodos.ledger import save_signer

    path = tmp_path_factory.mktemp("every") / "table.sqlite3"
    shutil.copy(whole_table, path)
    for author in (scene.OFFICE, *scene.AGENCIES):
        save_signer(tables.signer(author), path.with_name("table.sqlite3.keys"))
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), opened(path):
        patch.setenv("XDG_CACHE_HOME", str(path.parent / "cache"))
        for person in (visiting.SECRETARY, visiting.NEWCOMER):
            patch.setitem(tables.PEOPLE, person.name, person)
            patch.setitem(tables.EYES, person.name, scene.OFFICE)
        sessions = visiting.seat_all()
        parts = visiting.lay_out()
    with serving.served(path) as address:
        yield address, sessions, parts


@pytest.fixture
def sit(browser, table):
    """Give the page of somebody: a stranger, one who gave a password and no code yet, or one who has logged in."""
    contexts = []

    def down(name, **options):
        contexts.append(browser.new_context(service_workers="block", **options))
        if name in table[1]:
            contexts[-1].add_cookies([{"name": "sessionid", "value": table[1][name], "url": table[0]}])
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    yield down
    for context in contexts:
        context.close()


def filled(address, parts, page, base):
    """Return an address with its parts; what has to be brought about first is."""
    if "{upload}" in address:
        page.goto(base + "/agency/import/")
        page.get_by_label("Files").set_input_files(
            {"name": "more.yaml", "mimeType": "application/yaml", "buffer": UPLOAD.encode()}
        )
        page.get_by_role("button", name="Read, and show what would change").click()
        return page.url.removeprefix(base)
    if "{finding}" in address:
        page.goto(base + "/law/findings/")
        return page.locator("main a[href*='/law/finding/?norm=']").first.get_attribute("href")
    return address.format(**parts)


UPLOAD = """format: synodos-records
version: 1
elements:
  - {id: crane, name: Crane, status: idea, release: members, as_of: 2012-05, confidence: read, sources: [nowhere]}
  - {id: wrong, name: Wrong, status: perhaps, release: members, as_of: 2012-05, confidence: read, sources: []}
"""


def faults(page, looks=LOOKS):
    """Yield what is wrong with the page that is shown."""
    for scheme, size in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        for one in Axe().run(page).response["violations"]:
            shown = [node["html"][:160] for node in one["nodes"][:3]]
            yield f"axe, {scheme}, {size['width']}: {one['id']}: {shown}"
    page.emulate_media(color_scheme="light", media="print")
    for one in Axe().run(page).response["violations"]:
        yield f"axe, printed: {one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}"
    page.emulate_media(media="screen")
    for size in (DESKTOP, ZOOMED, PHONE):
        page.set_viewport_size(size)
        for fault in page.evaluate(SIDEWAYS):
            yield f"{size['width']}: {fault}"
    page.set_viewport_size(DESKTOP)
    yield from unreached(page)


def unreached(page):
    """Yield what the keyboard does not reach, what holds it, and where its place is not seen."""
    most = page.evaluate(FOCUS)
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    if first != "#main":
        yield f"the first stop is no way to the content: {first}"
    for _ in range(most):
        page.keyboard.press("Tab")
    yield from page.evaluate("window.untold()")


@pytest.fixture
def console():
    """What pages complain of."""
    return []


@pytest.mark.proof
def test_every_page_is_sound(sit, table, console, record_property):
    address, _sessions, parts = table
    found, seen, pages = [], {}, {}
    for visit in visiting.visits(visiting.addresses()):
        for guest in visit.guests:
            page = pages.setdefault(guest, sit(guest)) if guest not in pages else pages[guest]
            if guest == "halfway":
                halfway(page, address)
            else:
                path = filled(visit.address, parts, page, address)
                answer = page.goto(address + path)
                if page.url != address + path:  # a stranger is led to the door
                    continue
                seen.setdefault(visit.route, set()).add(answer.status)
            looks = LOOKS if guest == visit.guests[0] else FEWER
            found += [f"{guest} at {page.url.removeprefix(address)}: {fault}" for fault in faults(page, looks)]
            seen.setdefault(visit.route, set()).add(200 if guest == "halfway" else answer.status)
    record_property("pages", len(seen))
    refused = [route for route, statuses in seen.items() if 200 not in statuses]
    unseen = {visit.route for visit in visiting.visits(visiting.addresses())} - set(seen)
    assert (refused, unseen, found) == ([], set(), [])


def halfway(page, address):
    """Give a password, and no code yet."""
    page.goto(address + "/accounts/login/")
    page.get_by_label("mail").fill(tables.PEOPLE["partner"].email)
    page.get_by_label("Password").fill(tables.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("code").wait_for()


def previewed(sit, address):
    """Give what is shown before drafts are declared: with a fault, and without."""
    page = sit("secretary")
    page.goto(address + "/agency/declare/")
    page.get_by_role("button", name="Preview").click()
    yield page
    page.goto(address + "/agency/declare/")
    page.locator("main").get_by_label(re.compile("faulty")).first.uncheck()
    page.get_by_role("button", name="Preview").click()
    yield page


def made_anew(sit, address):
    """Give pages that show a secret once."""
    page = sit("secretary")
    for path, field in (("/accounts/programs/", "Program:"), ("/accounts/feeds/", "Calendar:")):
        page.goto(address + path)
        page.get_by_label(field, exact=True).fill("One more")
        page.locator("main form").filter(has=page.get_by_label(field, exact=True)).get_by_role("button").click()
        yield page


def edition_previewed(sit, address):
    """Give what is shown before an edition is built, and its draft."""
    page = sit("office")
    page.goto(address + "/editions/build/")
    page.get_by_role("button", name=re.compile("would|Look|Preview")).first.click()
    yield page
    page.goto(address + "/editions/")
    page.get_by_role("link", name="Built at the table").first.click()
    yield page


def refused(sit, address):
    """Give pages with errors: of a form, of an address, and those that a sound server does not show."""
    from django.test import RequestFactory

    from synodos.web import errors

    page = sit("stranger")
    for path in ("/nowhere", "/records/?page=no-number"):
        page.goto(address + path)
        yield page
    page.goto(address + "/membership/apply/")
    page.locator("main form").evaluate("form => { form.noValidate = true }")
    page.locator("main form").get_by_role("button").last.click()
    yield page
    for name, made in ERRORS.items():
        shown = made(errors, RequestFactory().get("/there"))
        page.route(f"{address}/shown-{name}", answering(shown.content.decode()))
        page.goto(f"{address}/shown-{name}")
        yield page


@pytest.mark.proof
@pytest.mark.parametrize("act", [previewed, made_anew, edition_previewed, refused])
def test_what_an_act_shows_is_sound(act, sit, table):
    assert [f"{page.url}: {fault}" for page in act(sit, table[0]) for fault in faults(page)] == []


def answering(body):
    """Return what answers a request with a page."""
    return lambda route: route.fulfill(status=200, content_type="text/html", body=body)


@pytest.mark.proof
def test_every_page_is_read_without_scripts(sit, table):
    address, _sessions, parts = table
    found = []
    for visit in visiting.visits(visiting.addresses()):
        if "{upload}" in visit.address or visit.guests == ("halfway",):
            continue
        guest = visit.guests[0]
        page, plain = sit(guest), sit(guest, java_script_enabled=False)
        path = filled(visit.address, parts, page, address)
        page.goto(address + path)
        plain.goto(address + path)
        missing = words(page) - words(plain)
        if missing or not words(plain):
            found.append((path, sorted(missing)[:10]))
        for one in (page, plain):
            one.context.close()
    assert found == []


def words(page):
    """Return the words of a page, without those in pictures."""
    return set(page.locator("main").evaluate(
        "main => { const copy = main; copy.querySelectorAll('.vega-embed, svg, canvas').forEach(one => one.remove());"
        " return copy.innerText }"
    ).split())  # fmt: skip
