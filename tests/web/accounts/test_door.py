"""Logging in and out: passwords, second factors, and failures."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from synodos.web.accounts.models import LogEntry, Person
from synodos.web.accounts.people import make_person
from synodos.web.accounts.sealing import opened, sealed

PASSWORD = "long enough 4 all"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_failures_yet():
    cache.clear()


def log_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def code_of(person):
    """Return what the person's authenticator shows."""
    secret = opened(Authenticator.objects.get(user=person, type="totp").data["secret"])
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def events():
    return [entry.event for entry in LogEntry.objects.order_by("pk")]


def test_a_reader_logs_in_with_a_password(client):
    make_person("ada@esa.example", "reader", "esa", password=PASSWORD)
    assert log_in(client, "Ada@esa.example").url == "/"
    assert client.get(reverse("account")).context["table"].viewer == "esa"


def test_who_has_a_second_factor_needs_it(seated):
    ada = seated("editor", "esa").person
    client = Client()
    assert log_in(client, ada.email).url == reverse("mfa_authenticate")
    assert client.get(reverse("account")).status_code == 302, "a password alone opens nothing"
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(ada)}).url == "/"
    assert client.get(reverse("account")).status_code == 200


def test_a_code_is_good_once(seated):
    ada = seated("editor", "esa").person
    code = code_of(ada)
    for client, status in ((Client(), 302), (Client(), 200)):
        log_in(client, ada.email)
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == status


def test_a_second_factor_is_set_up_with_recovery_codes(client, django_capture_on_commit_callbacks):
    ada = make_person("ada@esa.example", "editor", "esa", password=PASSWORD)
    log_in(client, ada.email)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert f"<code>{secret}</code>" in page.content.decode()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert done.url == reverse("mfa_view_recovery_codes")
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(set(codes)) == 10
    assert client.get(reverse("account")).context["table"].can("edit")
    assert codes[0] not in client.get(reverse("mfa_view_recovery_codes")).content.decode(), "shown once"
    again = Client()
    log_in(again, ada.email)
    assert again.post(reverse("mfa_authenticate"), {"code": codes[0]}).url == "/"
    assert "second-factor" in events()


def test_secrets_of_second_factors_are_sealed(seated, settings):
    ada = seated("editor", "esa").person
    stored = Authenticator.objects.get(user=ada).data["secret"]
    assert len(opened(stored)) == 32
    assert opened(stored) not in stored
    code = code_of(ada)
    settings.SECRET_KEY = "another"
    client = Client()
    log_in(client, ada.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200, "no code fits"


def test_what_is_sealed_is_opened():
    assert opened(sealed("secret")) == "secret"


def test_too_many_failures_lock_out_and_are_noted_once(client):
    ada = make_person("ada@esa.example", "reader", "esa", password=PASSWORD)
    for _ in range(9):
        assert log_in(client, ada.email, "wrong").status_code == 200
    assert log_in(client, ada.email).status_code == 200, "the right password comes too late"
    assert events() == ["login-failed"] * 6 + ["locked-out"]
    assert {entry.person for entry in LogEntry.objects.all()} == {ada.pk}


def test_a_lock_out_is_for_one_address(client):
    make_person("ada@esa.example", "reader", "esa", password=PASSWORD)
    make_person("bob@esa.example", "reader", "esa", password=PASSWORD)
    for _ in range(7):
        log_in(client, "ada@esa.example", "wrong")
    assert log_in(client, "bob@esa.example").url == "/"


def test_wrong_codes_lock_out_too(seated):
    ada = seated("editor", "esa").person
    client = Client()
    log_in(client, ada.email)
    for _ in range(7):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(ada)}).status_code == 200
    assert "login-failed" in events()


def test_an_address_that_nobody_has_gets_the_same_answer(client):
    make_person("ada@esa.example", "reader", "esa", password=PASSWORD)
    said = [log_in(Client(), email, "wrong").context["form"].errors for email in ("ada@esa.example", "eve@x.example")]
    assert said[0] == said[1]


def test_a_failure_with_an_unknown_address_names_nobody(client):
    log_in(client, "eve@elsewhere.example", "wrong")
    entry = LogEntry.objects.get()
    assert (entry.person, entry.about) == (None, "")
    assert entry.address == "127.0.0.1"


def test_logging_in_changes_the_session(client):
    make_person("ada@esa.example", "reader", "esa", password=PASSWORD)
    client.get(reverse("account_login"))
    client.session.save()
    before = client.session.session_key
    log_in(client, "ada@esa.example")
    assert client.session.session_key != before


def test_logging_out_is_noted_and_ends_the_session(seated):
    client = seated("reader", "esa")
    key = client.session.session_key
    assert client.get(reverse("account_logout")).status_code == 200, "asked first: a link alone logs nobody out"
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = key
    assert client.get(reverse("account")).status_code == 302
    assert events()[-1] == "logout"


def test_a_closed_account_opens_nothing(client):
    make_person("ada@esa.example", "reader", "esa", password=PASSWORD)
    Person.objects.update(is_active=False)
    assert log_in(client, "ada@esa.example").url == reverse("account_inactive")
    assert client.get(reverse("account")).status_code == 302


def test_a_changed_password_logs_out_everywhere_else(seated):
    here = seated("reader", "esa")
    there = Client()
    log_in(there, here.person.email)
    new = {"oldpassword": PASSWORD, "password1": "a comet in every orchard", "password2": "a comet in every orchard"}
    assert here.post(reverse("account_change_password"), new).status_code == 302
    assert here.get(reverse("account")).status_code == 200
    assert there.get(reverse("account")).status_code == 302
    assert "password" in events()


def test_a_second_factor_is_not_removed_on_the_word_of_an_open_browser(seated):
    client = seated("editor", "esa")
    assert client.post(reverse("mfa_deactivate_totp")).url.startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=client.person, type="totp").exists()
