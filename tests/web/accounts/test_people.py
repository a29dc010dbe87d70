"""Who may change whose rights, what the log says, and what can be erased."""

import datetime as dt
import re

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from synodos.web.accounts.audit import note
from synodos.web.accounts.models import LogEntry, Person
from synodos.web.accounts.people import LastSecretariatError, change_rights, erase, make_person

PASSWORD = "long enough 4 all"
pytestmark = pytest.mark.django_db


def said(response):
    """Return a page without the token of its form, which is new each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


def listed(client):
    return [person.email for person, _ in client.get(reverse("people")).context["people"]]


def test_the_secretariat_sees_all_and_a_signatory_the_own_agency(seated):
    sec, esa, nasa = seated("secretariat"), seated("signatory", "esa"), seated("reader", "nasa")
    everybody = {client.person.email for client in (sec, esa, nasa)}
    assert set(listed(sec)) == everybody
    assert listed(esa) == [esa.person.email]


@pytest.mark.parametrize("page", ["people", "invite", "log"])
@pytest.mark.parametrize(("role", "agency"), [("observer", ""), ("reader", "esa"), ("editor", "esa")])
def test_others_find_no_such_pages(seated, page, role, agency):
    assert seated(role, agency).get(reverse(page)).status_code == 404


def test_what_an_agency_took_out_is_read_by_its_own_signatories_alone(seated, rf):
    request = rf.get("/law/finding/?norm=OST-6&format=csv")
    request.resolver_match = resolve("/accounts/people/")
    request.user = seated("editor", "esa").person
    for event in ("exported", "declared"):
        note(request, event, about="/law/finding/?norm=OST-6&format=csv")
    shown = {
        agency or "secretariat": [about for entry, about in seated(role, agency).get(reverse("log")).context["rows"]]
        for role, agency in (("signatory", "esa"), ("secretariat", ""), ("signatory", "nasa"))
    }
    assert shown["esa"].count("/law/finding/?norm=OST-6&format=csv") == 2
    assert shown["secretariat"].count("people csv") == 2
    assert not any("OST-6" in about for about in shown["secretariat"] + shown["nasa"])
    assert "people csv" not in shown["nasa"]


@pytest.mark.parametrize("page", ["people", "invite", "log", "account"])
def test_a_stranger_is_asked_to_log_in(client, page):
    assert client.get(reverse(page)).url == f"{reverse('account_login')}?next={reverse(page)}"


def test_a_signatory_finds_nobody_of_another_agency(seated):
    other = seated("reader", "nasa").person
    client = seated("signatory", "esa")
    there = client.get(reverse("person", args=[other.pk]))
    nowhere = client.get(reverse("person", args=[10**6]))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert said(there) == said(nowhere)
    assert client.post(reverse("new_link", args=[other.pk])).status_code == 404
    assert client.post(reverse("erase", args=[other.pk])).status_code == 404


def test_rights_are_changed_noted_and_hold_at_once(seated):
    reader = seated("reader", "esa")
    sec = seated("secretariat")
    given = {"role": "editor", "agency": "nasa", "active": "on"}
    assert sec.post(reverse("person", args=[reader.person.pk]), given).url == reverse("people")
    assert reader.get(reverse("account")).context["table"].viewer == "nasa"
    entry = LogEntry.objects.get(event="rights")
    assert entry.about == f"account {reader.person.pk}: reader of esa -> editor of nasa"
    assert entry.person == sec.person.pk


def test_a_closed_account_is_out_at_once(seated):
    reader = seated("reader", "esa")
    seated("signatory", "esa").post(reverse("person", args=[reader.person.pk]), {"role": "reader", "agency": "esa"})
    assert reader.get(reverse("account")).status_code == 302


def test_a_signatory_gives_no_role_beyond_the_agency(seated):
    reader = seated("reader", "esa").person
    client = seated("signatory", "esa")
    for role, agency in (("secretariat", ""), ("observer", ""), ("editor", "nasa")):
        client.post(reverse("person", args=[reader.pk]), {"role": role, "agency": agency, "active": "on"})
    reader.refresh_from_db()
    assert (reader.role, reader.agency) == ("reader", "esa")


def test_the_last_of_the_secretariat_stays(seated):
    client = seated("secretariat")
    person = client.person
    response = client.post(reverse("person", args=[person.pk]), {"role": "secretariat", "agency": ""})
    assert b"Nobody else has the role" in response.content
    with pytest.raises(LastSecretariatError):
        erase(person)
    assert client.post(reverse("erase_own")).status_code == 409
    make_person("second@table.example", "secretariat", password=PASSWORD)
    change_rights(person, role="observer", agency="", active=True)
    with pytest.raises(LastSecretariatError):
        erase(Person.objects.get(email="second@table.example"))


def test_an_erased_person_is_nowhere(seated):
    client = seated("editor", "esa", email="ada@esa.example")
    number = client.person.pk
    note(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7"), "exported", about="/records/", person=client.person)
    seated("secretariat").post(reverse("erase", args=[number]))
    assert client.get(reverse("account")).status_code == 302
    assert not Person.objects.filter(pk=number).exists()
    kept = LogEntry.objects.filter(person=number)
    assert {entry.user for entry in kept} == {None}
    assert {entry.address for entry in kept} == {""}
    assert "exported" in {entry.event for entry in kept}
    assert LogEntry.objects.get(event="erased").about == f"account {number}"


def test_somebody_erases_the_own_account(seated):
    client = seated("reader", "esa")
    number = client.person.pk
    assert client.get(reverse("erase_own")).status_code == 200
    assert Person.objects.filter(pk=number).exists(), "looking erases nothing"
    assert client.post(reverse("erase_own")).url == "/"
    assert not Person.objects.filter(pk=number).exists()
    assert client.get(reverse("account")).status_code == 302


def test_no_session_of_an_erased_person_is_left(seated):
    from django.contrib.sessions.models import Session

    seated("reader", "nasa")
    ada = seated("reader", "esa").person
    assert Session.objects.count() == 2
    erase(ada)
    assert Session.objects.count() == 1


def test_exports_by_the_public_name_nobody_and_are_not_noted(rf):
    note(rf.get("/"), "exported", about="/records/")
    assert not LogEntry.objects.exists()


def test_the_log_is_looked_through(seated):
    sec = seated("secretariat")
    for number in range(3):
        note(None, "exported", about=f"/{number}/", person=sec.person)
    shown = sec.get(reverse("log"), {"event": "exported"}).context["page"]
    assert [entry.about for entry in shown] == ["/2/", "/1/", "/0/"]
    assert not sec.get(reverse("log"), {"person": "999999"}).context["page"].object_list


@pytest.mark.parametrize("page", ["person", "new_link", "erase"])
def test_after_a_while_the_password_is_asked_for_again(seated, page):
    reader = seated("reader", "esa").person
    sec = seated("secretariat")
    Person.objects.update(last_login=timezone.now() - dt.timedelta(minutes=16))
    given = {"role": "editor", "agency": "esa", "active": "on"}
    response = sec.post(reverse(page, args=[reader.pk]), given)
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert Person.objects.get(pk=reader.pk).role == "reader"
