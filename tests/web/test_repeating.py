"""Pages that are given again: to strangers alone, as long as what they rest on is the same."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from synodos.web import errors, repeating
from synodos.web.showing.keeping import KEPT

made = []


def page(request):
    made.append(request.get_full_path())
    return HttpResponse(f"{request.table.viewer} {len(made)}", headers={"ETag": f'"{len(made)}"'})


def with_form(request):
    from django.middleware.csrf import get_token

    made.append(request.get_full_path())
    return HttpResponse(get_token(request))


handler400, handler404, handler500 = errors.bad_request, errors.not_found, errors.failed
urlpatterns = [
    path("", page, name="roadmap"),
    path("other/", page, name="runs"),
    path("form/", with_form, name="coverage"),
    path("large/", lambda request: HttpResponse(b"x" * 100 if made.append("") is None else b""), name="dossier"),
]


class Portfolio:
    sha256 = "one"


@pytest.fixture(autouse=True)
def _these(db, settings, monkeypatch):
    from synodos import ledger

    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(ledger, "snapshot", lambda *_, **__: Portfolio)
    monkeypatch.setattr(Portfolio, "sha256", "one")
    monkeypatch.setattr(repeating, "PAGES", repeating.Pages())
    made.clear()


def test_a_page_is_made_once_for_all_strangers_and_confirmed_by_its_hash():
    assert {Client().get("/").content for _ in range(3)} == {b"public 1"}
    assert Client().get("/", headers={"if-none-match": '"1"'}).status_code == 304
    assert Client().get("/").headers["ETag"] == '"1"'
    assert made == ["/"]


def test_another_state_another_address_and_another_host_are_other_pages(monkeypatch):
    Client().get("/")
    assert Client().get("/?years=2030").content == b"public 2"
    assert Client().get("/", headers={"host": "localhost"}).content == b"public 3"
    monkeypatch.setattr(Portfolio, "sha256", "two")
    assert Client().get("/").content == b"public 4"


def test_people_with_a_cookie_or_an_account_get_pages_of_their_own(seated):
    Client().get("/")
    browser = seated("reader", "esa")
    assert browser.get("/").content == b"esa 2"
    assert browser.get("/").content == b"esa 3"
    known = Client()
    known.cookies["csrftoken"] = "a" * 32
    assert known.get("/").content == b"public 4"
    assert Client().get("/").content == b"public 1"


@pytest.mark.parametrize("address", ["/other/", "/form/"])
def test_what_may_differ_is_made_each_time(address):
    for _ in range(2):
        Client().get(address)
    assert made == [address] * 2


def test_only_as_much_is_kept_as_there_is_room(monkeypatch):
    monkeypatch.setattr(repeating, "PAGES", repeating.Pages(most_bytes=250))
    for number in (1, 2, 3, 3, 2, 1):
        Client().get(f"/large/?{number}")
    assert len(made) == 4
    assert repeating.PAGES._bytes == 200
    monkeypatch.setattr(repeating, "PAGES", repeating.Pages(largest_bytes=99))
    Client().get("/large/")
    assert repeating.PAGES._bytes == 0


def test_what_the_table_shows_is_the_same_when_it_is_given_again(at_table, settings, monkeypatch):
    from synodos.web import urls

    monkeypatch.undo()
    repeating.PAGES.clear()
    settings.ROOT_URLCONF = urls.__name__
    KEPT._answers.clear()
    first, again = (Client().get("/coverage/") for _ in range(2))
    assert first.status_code == 200
    assert first.content == again.content
    assert {**first.headers, "X-Request-ID": ""} == {**again.headers, "X-Request-ID": ""}
