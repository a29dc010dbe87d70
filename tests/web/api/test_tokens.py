"""Tokens hold as long as they should, and let programs do no more than their people."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.web import tables


def test_a_token_is_kept_as_a_hash_alone(program):
    from synodos.web.api.models import Token

    asks = program("owner")
    secret = asks.heads["Authorization"].removeprefix("Bearer ")
    kept = Token.objects.get(person=tables.user("owner"))
    assert secret.startswith("synodos_")
    assert secret not in repr(vars(kept))
    assert kept.used_on is None
    assert asks.get("/portfolio").json()["viewer"] == "aster"
    kept.refresh_from_db()
    assert kept.used_on == timezone.now().date()


def ended(token, person):
    token.expires_at = timezone.now() - dt.timedelta(seconds=1)
    token.save()


def taken_back(token, person):
    token.delete()


def closed(token, person):
    person.is_active = False
    person.save()


@pytest.mark.parametrize("happens", [ended, taken_back, closed])
def test_a_token_that_ended_opens_nothing(program, happens):
    asks, person = program("colleague"), tables.user("colleague")
    assert asks.get("/portfolio").status_code == 200
    happens(person.tokens.get(), person)
    refused = asks.get("/portfolio")
    person.is_active = True
    person.save()
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("heading", ["Bearer", "Bearer nonsense", "Basic b3duZXI6eA==", "Bearer synodos_" + "x" * 43])
def test_what_is_no_token_is_refused_not_taken_for_nobody(program, heading):
    asks = program("stranger")
    asks.heads = {"Authorization": heading}
    assert asks.get("/portfolio").status_code == 401


def test_a_token_does_only_what_it_is_for(program):
    asks = program("owner", "read")
    assert asks.get("/portfolio").status_code == 200
    for refused in (
        asks.get("/runs"),
        asks.get("/bundles"),
        asks.post("/drafts", {"kind": "element", "record": {}}),
        asks.post("/runs", {"question": "exposure"}),
    ):
        assert refused.status_code == 403
        assert "make one with the scope" in refused.json()["detail"]


def test_nobody_gives_more_than_they_have(room):
    from synodos.web.api.tokens import make_token

    for name, scope in (("observer", "draft"), ("reader", "draft"), ("colleague", "exchange"), ("office", "draft")):
        with pytest.raises(ValueError, match="a token may"):
            make_token(tables.user(name), "too much", ["read", scope], 1)
    with pytest.raises(ValueError, match="at most 366 days"):
        make_token(tables.user("owner"), "too long", ["read"], 367)


def test_rights_that_are_taken_away_are_taken_from_programs_too(program):
    asks, person = program("colleague"), tables.user("colleague")
    draft = {"kind": "element", "record": {}}
    assert asks.post("/drafts", draft).status_code == 422
    person.role = "reader"
    person.save()
    assert asks.post("/drafts", draft).status_code == 403
    person.role = "editor"
    person.save()


@pytest.mark.parametrize("ends", ["renewed", "disabled", "changed"])
def test_a_token_ends_with_the_password_and_with_the_account(program, rf, ends):
    from allauth.account.signals import password_changed

    from synodos.web.accounts import people

    asks, person = program("partner"), tables.user("partner")
    assert asks.get("/portfolio").status_code == 200
    with transaction.atomic():
        if ends == "renewed":
            people.renew(person, "a new way round the Sun")
        elif ends == "disabled":
            for active in (False, True):
                people.change_rights(person, role=person.role, agency=person.agency, active=active)
        else:
            password_changed.send(type(person), request=rf.post("/"), user=person)
        assert asks.get("/portfolio").status_code == 401
        transaction.set_rollback(True)
    assert asks.get("/portfolio").status_code == 200


def test_a_browser_that_is_logged_in_is_nobody_here(room):
    browser = tables.browser("owner")
    assert browser.get("/api/v1/portfolio").json()["viewer"] == "public"
    assert browser.get("/api/v1/runs").status_code == 401


def test_a_token_does_no_more_than_its_person_may_now(program):
    from allauth.mfa.models import Authenticator

    asks, person = program("partner"), tables.user("partner")
    bundle = b"".join(asks.get("/bundles").streaming_content)
    person.role = "reader"
    person.save()
    refused = asks.post("/bundles", bundle, "application/octet-stream")
    person.role = "signatory"
    person.save()
    assert (refused.status_code, "no longer" in refused.json()["detail"]) == (403, True)
    factor = Authenticator.objects.get(user=person, type="totp")
    factor.delete()
    refused = asks.post("/bundles", bundle, "application/octet-stream")
    factor.save(force_insert=True)
    assert (refused.status_code, "second factor" in refused.json()["detail"]) == (403, True)
    assert asks.post("/bundles", bundle, "application/octet-stream").status_code == 200


@pytest.fixture
def one_minute(room, monkeypatch):
    """A minute that does not end, of which nothing is counted yet."""
    from django.core.cache import caches

    from synodos.web.api import counting
    from synodos.web.api.models import Counted

    caches["strangers"].clear()
    Counted.objects.all().delete()
    monkeypatch.setattr(counting, "time", SimpleNamespace(time=lambda: 1.5e9 + 0.3))
    yield
    caches["strangers"].clear()


def test_who_tries_tokens_is_nobody_and_waits(program, monkeypatch, one_minute):
    from synodos.web.api.access import RATE

    monkeypatch.setattr(RATE, "of_address", 2)
    asks = program("stranger")
    asks.heads = {"Authorization": "Bearer synodos_guess"}
    assert [asks.get("/portfolio").status_code for _ in range(4)] == [401, 401, 429, 429]
    assert program("stranger").get("/portfolio").status_code == 429
    assert program("owner").get("/portfolio").status_code == 200


def test_what_is_counted_holds_among_threads_and_for_a_whole_subscriber(rf, one_minute):
    from django.db import connection

    from synodos.web.api.access import Rate

    rate = Rate(of_token=0, of_address=100)

    def ask(number):
        try:
            return rate.allow_request(rf.get("/api/v1/portfolio", REMOTE_ADDR=f"2001:db8::{number:x}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(ask, range(400))) == 100
    assert rate.allow_request(rf.get("/", REMOTE_ADDR="2001:db8:0:1::1"))
    assert rate.wait() <= 60


def test_what_is_counted_holds_for_all_processes_together(one_minute):
    from django.core.cache import caches

    from synodos.web.api import counting
    from synodos.web.api.models import Counted

    answers = []
    for _process in range(3):
        caches["strangers"].clear()
        answers.append([counting.counted("token-1") for _ in range(counting.BATCH)])
    assert [one[-1] for one in answers] == [10, 20, 30]
    assert Counted.objects.filter(asked=30).count() == 1
    assert counting.counted("token-2") == 1


def test_who_asks_too_often_waits(program, monkeypatch, one_minute):
    from synodos.web.api.v1 import api

    monkeypatch.setattr(api.throttle[0], "of_address", 2)
    asks = program("stranger")
    answers = [asks.get("/portfolio") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 429, 429]
    last = answers[-1]
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    assert f" {last.headers['Retry-After']} seconds" in last.json()["detail"]
    assert program("owner").get("/portfolio").status_code == 200


def test_a_person_makes_a_token_sees_it_once_and_takes_it_back(room):
    from synodos.web.api.models import Token

    person = tables.user("owner")
    person.tokens.all().delete()
    browser = tables.browser("owner")
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    page = browser.post("/accounts/programs/", {"name": "Planner", "scopes": ["read", "draft"], "days": "30"})
    assert page.status_code == 200, page.headers
    assert page.content.count(b"synodos_") == 1
    token = Token.objects.get(person=person)
    assert (token.name, token.scopes) == ("Planner", ["read", "draft"])
    assert b"synodos_" not in browser.get("/accounts/programs/").content
    browser.post(f"/accounts/programs/{token.pk}/take-back/")
    assert not person.tokens.exists()


def taken_back(token):
    token.delete()


def run_out(token):
    type(token).objects.filter(pk=token.pk).update(expires_at="2020-01-01T00:00Z")


def of_person(**values):
    def change(token):
        type(token.person).objects.filter(pk=token.person.pk).update(**values)

    return change


@pytest.mark.parametrize(
    ("happens", "status", "viewer"),
    [
        (taken_back, 401, None),
        (run_out, 401, None),
        (of_person(is_active=False), 401, None),
        (of_person(agency="borea"), 200, "borea"),
        (lambda token: type(token).objects.filter(pk=token.pk).update(scopes=["run"]), 403, None),
    ],
    ids=["back", "out", "closed", "agency", "scopes"],
)
def test_what_was_answered_before_is_given_again_for_two_queries_only_as_long_as_the_token_holds(
    program, happens, status, viewer
):
    from synodos.web.packed import PAGES

    PAGES.clear()
    asks = program("owner")
    first = asks.get("/portfolio")
    asks.get("/portfolio")
    with CaptureQueriesContext(connection) as asked:
        again = asks.get("/portfolio")
    assert (len(asked), again.content) == (2, first.content)
    token = tables.user("owner").tokens.get()
    with transaction.atomic():
        happens(token)
        changed = asks.get("/portfolio")
        transaction.set_rollback(True)
    assert changed.status_code == status
    assert viewer is None or changed.json()["viewer"] == viewer


def test_a_program_that_asks_too_often_is_refused_what_was_answered_before(program, monkeypatch):
    from synodos.web.api.access import RATE

    asks = program("owner")
    asks.get("/portfolio")
    monkeypatch.setattr(RATE, "of_token", 0)
    assert asks.get("/portfolio").status_code == 429
