"""Pages as a browser shows them, under the strict policy that they are served with."""

import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from synodos.web.table import Table

pytestmark = pytest.mark.browser
PHONE = 390
PATIENCE_MS = 120_000
"""A machine may be busy with other things."""


class Threaded(ThreadingMixIn, WSGIServer):
    """Browsers open connections that they do not use yet: they must not hold up the others."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def address(root):
    """The pages on a shipped portfolio, served on this machine."""
    from django.core.wsgi import get_wsgi_application

    from synodos.exchange import read_history

    seen = read_history(root / "portfolios/exomars").known_on(None, "public")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "portfolio", property(lambda table: seen))
        with make_server("127.0.0.1", 0, get_wsgi_application(), Threaded, Silent) as server:
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()
            thread.join()


@pytest.fixture
def complaints(page):
    """What the browser complains of: refused scripts and styles, errors, missing files."""
    page.set_default_timeout(PATIENCE_MS)
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_pictures_come_alive_and_their_marks_lead_to_records(page, address, complaints, blocked_requests):
    page.goto(address + "/")
    page.locator("#figure-roadmap .live svg").wait_for()
    assert page.locator("#figure-roadmap .still").is_hidden()
    mark = page.locator('#figure-roadmap .live svg [aria-label^="Rosalind Franklin mission"]')
    mark.hover()
    page.locator("#vg-tooltip-element.visible").wait_for()
    assert "Rosalind Franklin" in page.locator("#vg-tooltip-element").inner_text()
    assert complaints == []
    with page.expect_request("**/records/mission/exomars-rover/"):
        mark.click()
    assert blocked_requests == []


def test_a_table_is_sorted_by_keyboard(page, address, complaints):
    page.goto(address + "/dependence/")
    heading = page.locator("#table-dependence th").first
    heading.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    column = page.locator("#table-dependence tbody tr td:first-child").all_inner_texts()
    assert column == sorted(column, key=str.casefold, reverse=True)
    assert complaints == []


def test_without_scripts_pictures_and_tables_are_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address + "/")
    still = page.locator("#figure-roadmap img")
    still.wait_for()
    page.wait_for_load_state("load")
    assert still.bounding_box()["width"] > 800
    assert page.get_by_role("cell", name="Rosalind Franklin mission").count() == 1
    page.get_by_label("Agency, as lead or partner").select_option("esa")
    page.get_by_role("button", name="Show").last.click()
    assert "agency=esa" in page.url
    context.close()


def test_no_page_is_wider_than_a_phone(page, address):
    page.set_default_timeout(PATIENCE_MS)
    page.set_viewport_size({"width": PHONE, "height": 900})
    for path in ("/opportunities/", "/law/findings/"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, path


@pytest.mark.parametrize("width", [1280, 1024])
def test_on_a_desk_no_picture_is_cut_at_its_edge(page, address, width):
    page.set_default_timeout(PATIENCE_MS)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + "/")
    picture = page.locator("#figure-roadmap .live svg")
    picture.wait_for()
    box, frame = picture.bounding_box(), page.locator("#figure-roadmap .live").bounding_box()
    assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    assert box["height"] > 0.2 * box["width"], "it keeps its shape"
    assert page.locator("#figure-roadmap .live").evaluate("one => one.scrollWidth <= one.clientWidth + 1")
