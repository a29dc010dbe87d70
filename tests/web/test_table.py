"""With whose eyes a page looks, at which day, and what may be done."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from synodos.ledger.models import Ledger
from synodos.web.accounts.roles import MAY, Role
from synodos.web.navigation import PLACES, here
from synodos.web.table import DAYS, Table, day, needs

ACTS = {
    "public": set(),
    "observer": {"run"},
    "reader": {"run"},
    "editor": {"run", "edit"},
    "signatory": {"run", "edit", "sign"},
    "secretariat": {"run", "administer"},
}


@pytest.mark.parametrize("role", ACTS)
def test_what_a_role_may_do(role):
    table = Table(role=Role(role), second_factor=True)
    assert {act for act in MAY if table.can(act)} == ACTS[role]
    assert {act for act, allowed in table.may.items() if allowed} == ACTS[role]


@pytest.mark.parametrize("role", ACTS)
def test_without_a_second_factor_nobody_writes(role):
    assert {act for act in MAY if Table(role=Role(role)).can(act)} == ACTS[role] & {"run"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "agency", "viewer"),
    [
        ("observer", "", "public"),
        ("reader", "esa", "esa"),
        ("editor", "esa", "esa"),
        ("signatory", "nasa", "nasa"),
        ("secretariat", "", "the-keepers"),
    ],
)
def test_with_whose_eyes_somebody_looks(seated, role, agency, viewer):
    Ledger.objects.create(secretariat="the-keepers", anchor="0" * 64, created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    table = seated(role, agency).get("/accounts/").context["table"]
    assert (table.viewer, table.role, table.agency) == (viewer, role, agency or None)


@pytest.mark.django_db
def test_a_stranger_looks_as_the_public(client):
    table = client.get("/accounts/login/").context["table"]
    assert (table.viewer, table.role, table.agency, table.logged_in) == ("public", "public", None, False)


@pytest.mark.parametrize(
    "text", ["soon", "2011-13-01", "2011", "2011-02-30", "2011-09-30T00:00", "0001-01-01", "1899-12-31", "2200-01-01"]
)
def test_a_day_that_is_none_is_refused(text):
    with pytest.raises(BadRequest, match="no date"):
        day(RequestFactory().get("/", {"on": text}))


@given(st.dates(*DAYS))
def test_a_day_is_read_as_it_was_written(date):
    assert day(RequestFactory().get("/", {"on": date.isoformat()})) == date


@given(
    st.none() | st.dates(),
    st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True).filter("on".__ne__), st.none() | st.text(min_size=1)),
)
def test_a_link_keeps_the_day_and_says_the_rest(date, changes):
    link = Table(known_on=date).link("/law/", **changes)
    wanted = {name: value for name, value in {"on": date and date.isoformat(), **changes}.items() if value is not None}
    assert urlsplit(link).path == "/law/"
    assert parse_qs(urlsplit(link).query, keep_blank_values=True) == {name: [text] for name, text in wanted.items()}


def test_a_link_can_leave_the_day():
    assert Table(known_on=dt.date(2011, 9, 30)).link("/", on=None) == "/"


def asked(table, *roles):
    """Return what a view for some roles gives to somebody."""
    request = RequestFactory().get("/agency/?on=2011-09-30")
    request.table = table
    return needs(*roles)(lambda request: HttpResponse("seen"))(request)


def person(role, **more):
    return Table(role=Role(role), person=1, second_factor=True, **more)


@pytest.mark.parametrize(
    ("needed", "seen_by"),
    [
        ("observer", {"observer", "reader", "editor", "signatory", "secretariat"}),
        ("reader", {"reader", "editor", "signatory"}),
        ("editor", {"editor", "signatory"}),
        ("signatory", {"signatory"}),
        ("secretariat", {"secretariat"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_page_for_a_role_is_not_there_for_others(needed, seen_by):
    for role in ACTS:
        if role in seen_by:
            assert asked(person(role), needed).content == b"seen"
        else:
            with pytest.raises(Http404):
                asked(person(role), needed)


def test_a_page_may_be_for_one_of_several_roles():
    assert asked(person("secretariat"), "secretariat", "signatory").content == b"seen"
    assert asked(person("signatory"), "secretariat", "signatory").content == b"seen"
    with pytest.raises(Http404):
        asked(person("editor"), "secretariat", "signatory")


def test_who_is_not_logged_in_is_asked_to_and_comes_back():
    assert asked(Table(), "editor").url == "/accounts/login/?next=/agency/%3Fon%3D2011-09-30"


def test_who_is_to_write_sets_up_a_second_factor_first():
    table = Table(role=Role.EDITOR, person=1)
    assert asked(table, "editor").url == "/accounts/second-factor/set-up/"
    assert asked(table, "reader").content == b"seen"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.path.strip("/") or "roadmap")
def test_the_navigation_leads_somewhere(place):
    assert resolve(place.path)


@pytest.mark.parametrize(
    ("place", "path", "mark"),
    [("/", "/", "page"), ("/", "/law/", ""), ("/law/", "/law/", "page"), ("/law/", "/law/contested/", "true")],
)
def test_the_navigation_says_where_one_is(place, path, mark):
    assert here(place, path) == mark
