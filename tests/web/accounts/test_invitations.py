"""People come in by invitation alone."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from synodos.web.accounts.inviting import invitation_of, invite, invite_again, take_up
from synodos.web.accounts.models import Invitation, LogEntry, Person
from synodos.web.accounts.people import make_person

PASSWORD = "a comet in every orchard"
pytestmark = pytest.mark.django_db


def taken_up(client, token, email=None, password=PASSWORD, again=None):
    given = {"password": password, "again": again or password} | ({"email": email} if email else {})
    return client.post(reverse("invitation", args=[token]), given)


def test_a_person_with_an_invitation_sets_a_password_and_logs_in(client):
    token = invite("Ada@ESA.example", "editor", "esa")
    assert taken_up(client, token).url == reverse("account_login")
    ada = Person.objects.get()
    assert (ada.email, ada.role, ada.agency) == ("ada@esa.example", "editor", "esa")
    done = client.post(reverse("account_login"), {"login": "ada@esa.example", "password": PASSWORD})
    assert done.url == reverse("mfa_activate_totp"), "an editor sets up a second factor first"
    assert [entry.event for entry in LogEntry.objects.all()] == ["login", "joined"]


def test_an_invitation_is_good_once(client):
    token = invite("ada@esa.example", "reader", "esa")
    taken_up(client, token)
    assert client.get(reverse("invitation", args=[token])).status_code == 404
    assert taken_up(client, token).status_code == 404
    assert Person.objects.count() == 1


def test_of_two_who_use_one_link_at_the_same_time_one_comes_in():
    found = invitation_of(invite("ada@esa.example", "reader", "esa"))
    assert take_up(found, "", PASSWORD) is not None
    assert take_up(found, "", PASSWORD) is None


def test_an_invitation_ends(client):
    token = invite("ada@esa.example", "reader", "esa")
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert client.get(reverse("invitation", args=[token])).status_code == 404


def test_an_invented_and_an_ended_invitation_look_the_same(client):
    token = invite("ada@esa.example", "reader", "esa")
    taken_up(client, token)
    ended, invented = (Client().get(reverse("invitation", args=[which])) for which in (token, "invented"))
    assert ended.content == invented.content


def test_the_token_is_not_kept():
    token = invite("ada@esa.example", "reader", "esa")
    assert token not in str(Invitation.objects.values().get())


def test_a_newer_invitation_replaces_the_older(client):
    older = invite("ada@esa.example", "reader", "esa")
    newer = invite("ada@esa.example", "editor", "esa")
    assert client.get(reverse("invitation", args=[older])).status_code == 404
    assert client.get(reverse("invitation", args=[newer])).status_code == 200


def test_the_address_of_an_invitation_cannot_be_changed(client):
    taken_up(client, invite("ada@esa.example", "reader", "esa"), email="eve@elsewhere.example")
    assert Person.objects.get().email == "ada@esa.example"


def test_the_first_says_who_it_is(client):
    taken_up(client, invite("", "secretariat"), email="Sec@table.example")
    assert Person.objects.get().email == "sec@table.example"


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234", "ada@esa.example"])
def test_a_weak_password_is_refused(client, password):
    token = invite("ada@esa.example", "reader", "esa")
    assert taken_up(client, token, password=password).status_code == 200
    assert taken_up(client, token, again="something else").status_code == 200
    assert not Person.objects.exists()


def test_a_new_link_replaces_password_and_second_factor(seated):
    ada = seated("editor", "esa", email="ada@esa.example").person
    old = ada.password
    response = taken_up(Client(), invite_again(ada))
    assert response.url == reverse("account_login")
    ada.refresh_from_db()
    assert ada.password != old
    assert not ada.authenticator_set.exists()


def test_a_new_link_logs_out_whoever_was_in(seated):
    client = seated("editor", "esa")
    assert client.get(reverse("account")).status_code == 200
    taken_up(Client(), invite_again(client.person))
    assert client.get(reverse("account")).status_code == 302


def test_nobody_signs_up(client):
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize(("role", "agency"), [("reader", ""), ("secretariat", "esa"), ("observer", "esa")])
def test_a_role_and_an_agency_fit_each_other(role, agency):
    with pytest.raises(ValueError, match="sits for an agency"):
        invite("ada@esa.example", role, agency)
    with pytest.raises(ValueError, match="sits for an agency"):
        make_person("ada@esa.example", role, agency)


def invited(client, **given):
    """Return the response to the form."""
    return client.post(reverse("invite"), given)


def test_the_secretariat_invites(seated):
    said = invited(seated("secretariat"), email="ada@esa.example", role="signatory", agency="esa").content.decode()
    token = re.search(r"/accounts/invitation/([\w-]+)/", said)[1]
    assert invitation_of(token).role == "signatory"


def test_a_signatory_invites_for_the_own_agency_alone(seated):
    client = seated("signatory", "esa")
    assert b"/accounts/invitation/" in invited(client, email="a@esa.example", role="reader", agency="esa").content
    for email, role, agency in (("b@x.example", "reader", "nasa"), ("c@x.example", "secretariat", "")):
        assert b"/accounts/invitation/" not in invited(client, email=email, role=role, agency=agency).content
    assert [made.email for made in Invitation.objects.all()] == ["a@esa.example"]


def test_inviting_asks_for_the_password_again_after_a_while(seated):
    client = seated("secretariat")
    Person.objects.update(last_login=timezone.now() - dt.timedelta(minutes=16))
    response = invited(client, email="a@esa.example", role="reader", agency="esa")
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert not Invitation.objects.exists()
    done = client.post(response.url, {"password": "long enough 4 all"})
    assert b"/accounts/invitation/" in done.content, "what was asked is done, then"


def test_an_invitation_is_withdrawn_by_its_own_agency(seated):
    invite("ada@esa.example", "reader", "esa")
    key = Invitation.objects.get().pk
    seated("signatory", "nasa").post(reverse("withdraw", args=[key]))
    assert Invitation.objects.exists()
    seated("signatory", "esa").post(reverse("withdraw", args=[key]))
    assert not Invitation.objects.exists()
