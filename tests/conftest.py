"""What tests in every room share: Hypothesis profiles, folders and a browser."""

import fcntl
import importlib
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, settings

from tests.costs import SECONDS, USUAL_SECONDS

ROOT = Path(__file__).parent.parent
IN_CI = bool(os.environ.get("CI"))
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # a browser may wait in the thread of a test

UNHURRIED = (HealthCheck.too_slow,)
"""What a slow or busy machine would fail without anything being wrong."""
settings.register_profile("default", deadline=None, max_examples=28, derandomize=IN_CI, suppress_health_check=UNHURRIED)
settings.register_profile("proof", deadline=None, max_examples=150, suppress_health_check=UNHURRIED)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TEN_DIGITS_OF_ARIAL = 556
"""Their width in pixels at a size of 100."""
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
LOCAL_SCHEMES = {"file", "data", "blob", "about"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Let the files that take longest come first, so that processes that share them end together."""
    items.sort(key=lambda item: -SECONDS.get(item.nodeid.partition("::")[0], USUAL_SECONDS))


@pytest.fixture(scope="session")
def root():
    """The repository."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def _shipped_portfolios_are_read_once():
    """What commands read from the portfolios of the repository, which no test changes, is read once by each process."""
    reading = importlib.import_module("synodos.exchange.history")
    inspect, kept = reading.inspect, {}

    def inspected(path):
        place = Path(os.path.abspath(path))  # noqa: PTH100 - a link to a portfolio is another place
        if not place.is_relative_to(ROOT / "portfolios"):
            return inspect(path)
        if place not in kept:
            kept[place] = inspect(path)
        return kept[place]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "inspect", inspected)
        patch.setattr("synodos.exchange.inspect", inspected)
        yield


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """Return a function that gives a file; the first of all processes that asks for it makes it, the others wait."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name, make):
        path = folder / name
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                beside = folder / f"unfinished-{name}"
                make(beside)
                beside.rename(path)
        return path

    return made


@pytest.fixture(scope="session")
def chromium():
    """Path of the system's Chromium; without one, browser tests skip here and fail in CI."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    message = "Chromium is not installed (Debian: apt-get install chromium)"
    if IN_CI:
        pytest.fail(message)
    return pytest.skip(message)


@pytest.fixture(scope="session")
def browser(chromium):
    """One running browser for all tests of this process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=BROWSER_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database without the triggers that refuse changes: tests with transactions empty it between them."""
    from django.db import connection

    from synodos.ledger.triggers import allow_changes

    with django_db_blocker.unblock():
        allow_changes(connection)


@pytest.fixture
def blocked_requests():
    """Addresses that this test's page asked for beyond this machine; none was let through."""
    return []


@pytest.fixture
def page(browser, blocked_requests):
    """A page in a fresh browser context that can reach files and this machine only."""
    context = browser.new_context(service_workers="block")
    context.route("**/*", lambda route: _pass_or_block(route, blocked_requests))
    context.route_web_socket("**/*", lambda socket: blocked_requests.append(socket.url))
    yield context.new_page()
    context.close()


@pytest.fixture
def letters_of_arial(page):
    """A machine whose browser sets type as wide as Arial; without such a font, tests of widths skip."""
    page.set_content("<span style='font: 100px Arial'>0123456789</span>")
    wide = page.evaluate("document.querySelector('span').getBoundingClientRect().width")
    if abs(wide - TEN_DIGITS_OF_ARIAL) > 1:
        pytest.skip("no font as wide as Arial is installed (Debian: apt-get install fonts-liberation)")


def _pass_or_block(route, blocked_requests):
    """Let a request for something on this machine pass; record and stop any other."""
    address = urlsplit(route.request.url)
    if address.scheme in LOCAL_SCHEMES or address.hostname in LOCAL_HOSTS:
        route.continue_()
    else:
        blocked_requests.append(route.request.url)
        route.abort()
