"""Answers that are given again: to those alone who would get the same, while what they rest on is the same."""

import gzip
import re
from types import SimpleNamespace

import pytest
from django.contrib import messages
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from synodos.web import errors, packed, repeating
from synodos.web.showing.keeping import KEPT
from tests.web import tables

made = []
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
SHARED = {"synodos_pages"}
OF_PEOPLE = {"django_session", "accounts_person", "mfa_authenticator"}
TABLE = re.compile(r'(?:FROM|INTO|UPDATE|JOIN) "?(\w+)')


def page(request):
    made.append(request.get_full_path())
    return HttpResponse(f"{request.table.viewer} {len(made)}", headers={"ETag": f'"{len(made)}"'})


def with_form(request):
    made.append(request.get_full_path())
    return render(request, "base.html", {"title": f"{request.table.viewer} {len(made)}"})


def with_token(request):
    from django.middleware.csrf import get_token

    made.append(request.get_full_path())
    return HttpResponse(get_token(request))


def large(request):
    made.append(request.get_full_path())
    return HttpResponse(b"x" * 100)


def packable(request):
    made.append(request.get_full_path())
    return HttpResponse(b"the same words again " * 200)


def told(request):
    messages.success(request, "Only once")
    return HttpResponse("told")


handler400, handler404, handler500 = errors.bad_request, errors.not_found, errors.failed
urlpatterns = [
    path("", page, name="roadmap"),
    path("other/", page, name="runs"),
    path("token/", with_token, name="coverage"),
    path("form/", with_form, name="missions"),
    path("large/", large, name="dossier"),
    path("packable/", packable, name="law"),
    path("told/", told, name="told"),
    *(
        path(f"{name}/", page, name=name)
        for name in ("account", "account_login", "account_logout", "mfa_activate_totp")
    ),
]
STATE = {"state": "one"}


@pytest.fixture
def here(db, settings, monkeypatch):
    from synodos import ledger

    portfolio = SimpleNamespace(known_on=None)
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(ledger, "snapshot", lambda *_, **__: portfolio)
    monkeypatch.setattr("synodos.report.header_line", lambda _: "")
    monkeypatch.setattr(ledger, "state", lambda viewer: f"{viewer} {STATE['state']}")
    monkeypatch.setitem(STATE, "state", "one")
    packed.PAGES.clear()
    made.clear()
    yield
    packed.PAGES.clear()


@pytest.mark.usefixtures("here")
def test_a_page_is_made_once_for_all_strangers_and_confirmed_by_its_hash():
    assert {Client().get("/").content for _ in range(3)} == {b"public 1"}
    assert Client().get("/", headers={"if-none-match": '"1"'}).status_code == 304
    assert Client().get("/", headers={"if-none-match": 'W/"0", W/"1"'}).status_code == 304
    assert Client().get("/", headers={"if-none-match": '"0"'}).content == b"public 1"
    assert Client().get("/").headers["ETag"] == '"1"'
    assert Client().head("/").headers["ETag"] == '"1"'
    assert made == ["/"]


@pytest.mark.usefixtures("here")
def test_another_state_another_address_and_another_host_are_other_pages(monkeypatch):
    Client().get("/")
    assert Client().get("/?years=2030").content == b"public 2"
    assert Client().get("/", headers={"host": "localhost"}).content == b"public 3"
    monkeypatch.setitem(STATE, "state", "two")
    assert Client().get("/").content == b"public 4"
    assert Client().get("/", headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.usefixtures("here")
def test_what_changed_while_a_page_was_made_is_not_taken_for_its_state(monkeypatch):
    from synodos import ledger

    states = iter(["one", "one", *["two"] * 5])
    monkeypatch.setattr(ledger, "state", lambda viewer: next(states))
    assert [Client().get("/").content for _ in range(3)] == [b"public 1", b"public 2", b"public 2"]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("shown", [{"cookie": "csrftoken=a"}, {"authorization": "Bearer x"}, {"hx-request": "true"}])
def test_who_shows_anything_is_no_stranger(shown):
    assert Client().get("/").content == b"public 1"
    assert Client().get("/", headers=shown).content == b"public 2"
    assert Client().get("/").content == b"public 1"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("address", ["/other/", "/token/"])
def test_what_may_differ_is_made_each_time(address):
    for _ in range(2):
        Client().get(address)
    assert made == [address] * 2


@pytest.mark.usefixtures("here")
def test_a_page_is_packed_once_and_unpacked_for_those_who_cannot():
    first = Client().get("/packable/")
    small = Client().get("/packable/", headers={"accept-encoding": "br, gzip"})
    whole = Client().get("/packable/", headers={"accept-encoding": "br, gzip;q=0"})
    assert gzip.decompress(small.content) == whole.content == first.content
    assert (small.headers["Content-Encoding"], small.headers["ETag"]) == ("gzip", f"W/{whole.headers['ETag']}")
    assert small.headers["Content-Length"] == str(len(small.content))
    assert {one.headers["Vary"] for one in (first, small, whole)} == {"Cookie, Accept-Encoding"}
    assert Client().get("/packable/", headers={"if-none-match": small.headers["ETag"]}).status_code == 304
    assert made == ["/packable/"]


@pytest.mark.usefixtures("here")
def test_what_took_long_is_made_once_for_all_processes_of_the_same_release(monkeypatch):
    from synodos.web import shared

    def asked(path="/packable/"):
        packed.PAGES.clear()  # as another process, which has nothing
        return Client().get(path)

    monkeypatch.setattr(shared, "WORTH_S", 3_600.0)
    first, again = asked(), asked()
    assert made == ["/packable/"] * 2, "what takes no time is not worth the room"
    monkeypatch.setattr(shared, "WORTH_S", 0.0)
    first, again = asked(), asked()
    assert made == ["/packable/"] * 3
    assert (again.content, again.resolver_match.route) == (first.content, "packable/")
    assert {**first.headers, "X-Request-ID": ""} == {**again.headers, "X-Request-ID": ""}
    monkeypatch.setitem(STATE, "state", "two")
    asked()
    assert len(made) == 4
    monkeypatch.setattr(shared, "__version__", "another")
    asked()
    assert len(made) == 5
    monkeypatch.setattr(shared, "LARGEST_BYTES", 10)
    asked("/packable/?1")
    asked("/packable/?1")
    assert len(made) == 7


@pytest.mark.usefixtures("here")
def test_of_people_and_programs_nothing_is_kept_for_other_processes(seated, monkeypatch):
    from django.core.cache import caches

    from synodos.web import shared

    monkeypatch.setattr(shared, "WORTH_S", 0.0)
    kept = []
    monkeypatch.setattr(type(caches["pages"]), "set", lambda _self, *given, **_: kept.append(given))
    browser = come_in(seated("reader", "esa"))
    for _ in range(2):
        browser.get("/form/")
    assert (made, kept) == (["/form/"], [])
    Client().get("/packable/")
    assert len(kept) == 1


def come_in(browser):
    """Let a browser have the cookies that a first page gives it, and forget that page."""
    browser.get("/form/")
    made.clear()
    return browser


@pytest.mark.usefixtures("here")
def test_a_person_gets_a_page_again_with_a_new_token_that_holds(seated):
    browser = come_in(seated("reader", "esa"))
    first, again = (browser.get("/form/") for _ in range(2))
    one, other = (TOKEN.search(said.content)[1] for said in (first, again))
    assert made == ["/form/"]
    assert one != other
    assert first.content.replace(one, other) == again.content
    assert {**first.headers, "X-Request-ID": ""} == {**again.headers, "X-Request-ID": ""}
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    assert strict.post("/form/", {"csrfmiddlewaretoken": other.decode()}).status_code == 200
    assert strict.post("/form/", {"csrfmiddlewaretoken": "a" * 64}).status_code == 403


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("site", "small"),
    [("same-origin", True), ("none", True), ("same-site", False), ("cross-site", False), (None, False)],
)
def test_a_page_of_a_person_is_packed_but_for_its_token_unless_another_site_brought_the_address(seated, site, small):
    browser = come_in(seated("reader", "esa"))
    whole = browser.get("/form/")
    heads = {"accept-encoding": "gzip", **({"sec-fetch-site": site} if site else {})}
    given = browser.get("/form/", headers=heads)
    content = gzip.decompress(given.content) if small else given.content
    assert ("Content-Encoding" in given.headers) == small
    assert "Sec-Fetch-Site" in given.headers["Vary"]
    assert (TOKEN.search(content)[1] in given.content, "ETag" in given.headers) == (True, False)
    assert TOKEN.sub(b"", content) == TOKEN.sub(b"", whole.content)
    assert given.headers["Content-Length"] == str(len(given.content))


@pytest.mark.usefixtures("here")
def test_nobody_gets_the_page_of_somebody_else(seated):
    browser = come_in(seated("reader", "esa"))
    browser.get("/form/")
    others = [seated("editor", "esa"), seated("reader", "jaxa"), seated("observer"), Client()]
    for number, other in enumerate(others):
        other.cookies["csrftoken"] = browser.cookies["csrftoken"].value
        assert other.get("/form/").status_code == 200
        assert len(made) == 2 + number
    assert "esa" in browser.get("/form/").content.decode()
    assert len(made) == 5


def erase_session(browser):
    browser.session.delete()


def log_out(browser):
    browser.logout()


def changed(**values):
    def change(browser):
        type(browser.person).objects.filter(pk=browser.person.pk).update(**values)

    return change


def without_second_factor(browser):
    browser.person.authenticator_set.all().delete()


def with_state(_browser):
    STATE["state"] = "two"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (with_state, b"esa 2"),
        (changed(role="reader"), b"esa 2"),
        (changed(agency="jaxa"), b"jaxa 2"),
        (changed(email="new@esa.example"), b"new@esa.example"),
        (without_second_factor, b"Set it up"),
        (changed(is_active=False), b"public 2"),
        (changed(password="another"), b"public 2"),
        (erase_session, b"public 2"),
        (log_out, b"public 2"),
    ],
    ids=["state", "role", "agency", "address", "factor", "closed", "password", "ended", "out"],
)
def test_whose_rights_change_gets_another_page_at_once(seated, happens, said):
    browser = come_in(seated("editor", "esa"))
    assert b"esa 1" in browser.get("/form/").content
    assert b"esa 1" in browser.get("/form/").content
    happens(browser)
    assert said in browser.get("/form/").content


@pytest.mark.usefixtures("here")
def test_a_session_that_ran_out_gets_nothing_again(seated):
    from django.contrib.sessions.models import Session

    browser = come_in(seated("reader", "esa"))
    browser.get("/form/")
    Session.objects.update(expire_date="2020-01-01T00:00Z")
    assert b"public 2" in browser.get("/form/").content


@pytest.mark.usefixtures("here")
def test_what_is_said_once_is_said_once(seated):
    browser = come_in(seated("reader", "esa"))
    browser.get("/form/")
    browser.get("/told/")
    assert [b"Only once" in browser.get("/form/").content for _ in range(3)] == [True, False, False]


@pytest.mark.usefixtures("here")
def test_only_as_much_is_kept_as_there_is_room(monkeypatch):
    few = packed.Pages(most_bytes=250)
    monkeypatch.setattr(repeating, "PAGES", few)
    for number in (1, 2, 3, 3, 2, 1):
        Client().get(f"/large/?{number}")
    assert len(made) == 4
    assert few._bytes == 200
    monkeypatch.setattr(repeating, "PAGES", packed.Pages(largest_bytes=99))
    Client().get("/large/")
    assert repeating.PAGES._bytes == 0


def told_twice(name, client, **named):
    """Ask for a page with nothing kept, and again; return both answers and the tables that were asked at first."""
    packed.PAGES.clear()
    with CaptureQueriesContext(connection) as asked:
        first = client().get(reverse(name, kwargs=named))
    tables_asked = {found for one in asked.captured_queries for found in TABLE.findall(one["sql"])}
    with CaptureQueriesContext(connection) as again:
        second = client().get(reverse(name, kwargs=named))
    return first, second, {one for one in tables_asked if not one.startswith("ledger_")}, len(again)


def addressed(name):
    """Return what the address of a page names."""
    from synodos import ledger

    seen = ledger.snapshot(viewer="public")
    mission, scenario = next(iter(seen.missions)), next(iter(seen.scenarios), "none")
    return {
        "forum:meeting": {"meeting": next(iter(seen.meetings))},
        "dossier": {"mission": mission},
        "record": {"kind": "mission", "record_id": mission},
        "scenario": {"scenario": scenario},
        "scenario-alignment": {"scenario": scenario},
    }.get(name, {})


QUICK = ("coverage", "record", "records")
NAMES = [
    *QUICK,
    *(pytest.param(name, marks=pytest.mark.proof) for name in sorted(repeating.PURE - {*QUICK, "law-finding"})),
]


@pytest.mark.usefixtures("at_table")
@pytest.mark.parametrize("name", NAMES)
def test_what_is_kept_rests_on_the_ledger_alone_and_costs_strangers_one_query(name):
    KEPT._answers.clear()
    first, again, others, queries = told_twice(name, Client, **addressed(name))
    if first.status_code != 200:  # an address that asks for more
        return
    assert (others - SHARED, queries) == (set(), 1)
    assert first.content == again.content
    assert {**first.headers, "X-Request-ID": ""} == {**again.headers, "X-Request-ID": ""}


@pytest.mark.usefixtures("at_table")
@pytest.mark.parametrize("name", NAMES)
def test_people_get_their_page_again_for_two_queries(name):
    client = Client()
    client.force_login(tables.user("owner"))
    client.cookies["csrftoken"] = "a" * 32
    first, again, others, queries = told_twice(name, lambda: client, **addressed(name))
    if first.status_code != 200:
        return
    assert others <= OF_PEOPLE
    assert queries == 2
    assert TOKEN.sub(b"", first.content) == TOKEN.sub(b"", again.content)


@pytest.mark.usefixtures("at_table")
def test_a_program_that_asks_too_often_is_refused_what_is_kept(monkeypatch):
    from synodos.web.api.access import RATE

    packed.PAGES.clear()
    address = "/api/v1/portfolio"
    first = Client().get(address)
    with CaptureQueriesContext(connection) as asked:
        again = Client().get(address)
    assert (len(asked), again.content, again.headers["ETag"]) == (1, first.content, first.headers["ETag"])
    monkeypatch.setattr(RATE, "of_address", 0)
    assert Client().get(address).status_code == 429


@pytest.mark.usefixtures("at_table")
def test_an_export_by_somebody_is_noted_each_time():
    from synodos.web.accounts.models import LogEntry

    client = Client()
    client.force_login(tables.user("owner"))
    before = LogEntry.objects.filter(event="exported").count()
    for _ in range(2):
        assert client.get("/coverage/?format=csv").status_code == 200
    assert LogEntry.objects.filter(event="exported").count() == before + 2
