"""What keeps the door when somebody has an open browser, an old password or a seat that is gone."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from synodos.web.accounts.adapter import CAME
from synodos.web.accounts.inviting import invite, open_invitations
from synodos.web.accounts.models import LogEntry, Person
from synodos.web.accounts.people import change_rights, erase, make_person

PASSWORD = "long enough 4 all"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_failures_yet():
    cache.clear()


def another_browser(person):
    client = Client()
    client.force_login(person)
    return client


def test_coming_in_elsewhere_does_not_open_an_old_browser(seated):
    old = seated("secretariat")
    session = old.session
    session[CAME] = (timezone.now() - dt.timedelta(hours=1)).isoformat()
    session.save()
    another_browser(old.person)
    assert Person.objects.get().last_login > timezone.now() - dt.timedelta(minutes=1)
    response = old.post(reverse("invite"), {"email": "a@esa.example", "role": "observer", "agency": ""})
    assert response.url.startswith(reverse("account_reauthenticate"))


def test_a_new_second_factor_logs_out_who_came_in_without_it(seated, django_capture_on_commit_callbacks):
    here = seated("editor", "esa", second_factor=False)
    there, neighbour = another_browser(here.person), seated("reader", "esa")
    page = here.get(reverse("mfa_activate_totp"))
    assert "no-store" in page.headers["Cache-Control"], "it holds the secret"
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):
        assert here.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert Authenticator.objects.filter(user=here.person, type="totp").exists()
    assert here.get(reverse("account")).status_code == 200
    assert neighbour.get(reverse("account")).status_code == 200
    assert there.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("change", [{"active": False}, {"role": "reader"}, {"agency": "nasa"}, None])
def test_who_loses_a_seat_leaves_no_open_invitation(change):
    eve = make_person("eve@esa.example", "signatory", "esa", password=PASSWORD)
    invite("second@esa.example", "signatory", "esa", made_by=eve)
    invite("ada@esa.example", "reader", "esa")
    change_rights(eve, role="signatory", agency="esa", active=True)
    assert open_invitations().count() == 2, "nothing changed"
    if change is None:
        erase(eve)
    else:
        change_rights(eve, **{"role": "signatory", "agency": "esa", "active": True, **change})
    assert [one.email for one in open_invitations()] == ["ada@esa.example"]


def test_one_agency_ends_no_invitation_of_another():
    invite("ada@space.example", "reader", "esa")
    invite("ada@space.example", "reader", "nasa")
    invite("ada@space.example", "editor", "nasa")
    assert sorted((one.agency, one.role) for one in open_invitations()) == [("esa", "reader"), ("nasa", "editor")]


def test_the_link_of_an_invitation_is_kept_by_no_browser(seated):
    given = {"email": "a@esa.example", "role": "observer", "agency": ""}
    response = seated("secretariat").post(reverse("invite"), given)
    assert re.search(rb"/accounts/invitation/[\w-]{40,}/", response.content)
    assert "no-store" in response.headers["Cache-Control"]


def test_logging_out_has_the_browser_forget_what_it_kept(seated):
    client = seated("reader", "esa")
    assert "Clear-Site-Data" not in client.get(reverse("account_logout")).headers
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"cache"'


def test_strangers_write_nothing_of_their_own_into_the_log(client):
    for form in ("csv", "x\x00y", "<b>", "ä"):
        client.post(f"{reverse('account_login')}?format={form}", {"login": "eve@x.example", "password": "wrong"})
    views = set(LogEntry.objects.values_list("view", flat=True))
    assert views == {"account_login csv", "account_login"}


def test_a_password_is_no_way_past_a_second_factor_that_is_renewed_meanwhile(seated):
    ada = seated("editor", "esa").person
    thief = Client()
    thief.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    ada.set_password("another long one 5")
    ada.save()
    Authenticator.objects.filter(user=ada).delete()
    for page in ("mfa_authenticate", "account_login", "account"):
        thief.get(reverse(page))
        thief.post(reverse(page), {"code": "000000"})
    assert thief.get(reverse("account")).status_code == 302
