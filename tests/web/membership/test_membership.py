"""Applications: confirmed by their maker, seen by members alone, decided by the Terms, and what follows."""

import datetime as dt
import re
import shutil

import pytest
from django.core import mail

from synodos.web.agency.checking import checked
from tests.databases import opened
from tests.web import tables
from tests.web.agency_pages import words

GIVEN = {
    "name": "Agency of the Fifth Land",
    "short_name": "Fifth",
    "agency": "fifth",
    "seat": "member",
    "why": "It builds small landers.",
    "contact_name": "Ada Example",
    "contact_email": "ada@fifth.example",
}


@pytest.fixture
def room(whole_table, tmp_path, django_db_blocker):
    """The whole scene, to which nobody applied."""
    path = tmp_path / "table.sqlite3"
    shutil.copy(whole_table, path)
    with django_db_blocker.unblock(), opened(path):
        mail.outbox.clear()
        yield path


def applied(**given):
    """Send an application as a stranger; return the link in the letter, if there was one."""
    before = len(mail.outbox)
    done = tables.browser("stranger").post("/membership/apply/", {**GIVEN, **given})
    assert done.status_code in (200, 302)
    if len(mail.outbox) == before:
        return None
    return re.search(r"http://localhost:8000(/membership/own/\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def confirmed(room):
    """The address of an application that is before the members."""
    from synodos.web.membership.models import Application

    tables.browser("stranger").post(applied(), {"do": "confirm"})
    return f"/membership/applications/{Application.objects.get().pk}/"


def everybody_says(address, stand):
    """Let the four members say where they stand; the office is one and has nobody at the table who signs."""
    from synodos.web.membership.deciding import endorse
    from synodos.web.membership.models import Application

    for name in ("owner", "partner", "other"):
        done = tables.browser(name).post(f"{address}endorse/", {"stand": stand, "reason": "Good landers."})
        assert done.status_code == 302, name
    endorse(Application.objects.get(), "round-office", stand, "", tables.user("office"))


def test_an_application_is_before_the_members_once_its_maker_confirms_it(room):
    link = applied()
    assert mail.outbox[0].to == ["ada@fifth.example"]
    member = tables.browser("partner")
    assert "Fifth" not in words(member.get("/membership/applications/"))
    browser = tables.browser("stranger")
    assert browser.get(link).status_code == 200
    assert "Fifth" not in words(member.get("/membership/applications/")), "to look is not to confirm"
    browser.post(link, {"do": "confirm"})
    page = words(member.get("/membership/applications/"))
    assert "1 application is before the members" in page
    assert "Fifth Land" in page


def test_members_and_the_office_see_it_and_to_others_there_is_nothing(confirmed):
    seen = {name: tables.browser(name).get(confirmed).status_code for name in (*tables.PEOPLE, "stranger")}
    assert seen == {
        "owner": 200, "colleague": 200, "reader": 200, "partner": 200, "other": 200, "office": 200,
        "outsider": 404, "observer": 404, "stranger": 302,
    }  # fmt: skip
    pages = {name: tables.browser(name).get(confirmed).content.decode() for name in ("owner", "office")}
    assert ("Ada" in pages["owner"], "Ada" in pages["office"]) == (False, True)
    past = {name: tables.browser(name).get(f"{confirmed}?on=2005-01-01").status_code for name in ("owner", "outsider")}
    assert past == {"owner": 200, "outsider": 404}, "rights are those of today"


def test_signatories_of_members_say_where_they_stand_and_nobody_else(confirmed):
    from synodos.web.membership.models import Endorsement

    for name in ("colleague", "reader", "office", "outsider"):
        assert tables.browser(name).post(f"{confirmed}endorse/", {"stand": "joins"}).status_code == 404, name
    partner = tables.browser("partner")
    assert "A reservation says why" in words(partner.post(f"{confirmed}endorse/", {"stand": "reserves"}))
    partner.post(f"{confirmed}endorse/", {"stand": "reserves", "reason": "Too early."})
    partner.post(f"{confirmed}endorse/", {"stand": "no-objection"})
    assert [(one.agency, one.stand) for one in Endorsement.objects.all()] == [("borea", "no-objection")]


def test_nobody_is_admitted_before_the_members_agree_by_their_terms(confirmed):
    from synodos.web.membership.models import Application

    office = tables.browser("office")
    office.post(f"{confirmed}admit/", {})
    assert Application.objects.get().state == "open"
    assert "Members can still speak" in words(office.get(confirmed))
    everybody_says(confirmed, "joins")
    tables.browser("other").post(f"{confirmed}endorse/", {"stand": "reserves", "reason": "Too early."})
    assert "The members do not agree" in words(office.get(confirmed))
    office.post(f"{confirmed}admit/", {})
    assert Application.objects.get().state == "open"


def test_an_admission_leads_to_a_seat_and_to_drafts_of_what_agencies_declare(confirmed):
    from synodos.web.accounts.models import Invitation
    from synodos.web.agency.models import Draft

    everybody_says(confirmed, "joins")
    assert tables.browser("partner").post(f"{confirmed}admit/", {}).status_code == 404
    page = tables.browser("office").post(f"{confirmed}admit/", {"meeting": "aster-meeting"}).content.decode()
    invited = Invitation.objects.get(agency="fifth")
    assert (invited.email, invited.role) == ("ada@fifth.example", "signatory")
    assert "/accounts/invitation/" in page
    assert "synodos ledger keys register fifth KEY" in page
    own = Draft.objects.get(agency="fifth", kind="agency")
    source = Draft.objects.get(agency="fifth", kind="source")
    assert (own.values["sources"], own.values["confidence"]) == ([source.record_id], "read")
    assert source.values["publisher"] == "Agency of the Fifth Land"
    missing = [fault.field for fault in checked(own, None).faults]
    assert [one.split(".")[-1] for one in missing] == ["actor"], "what the application does not say is asked for"
    assert checked(source, None).faults == ()
    today = dt.datetime.now(dt.UTC).date().isoformat()
    assert (own.kind, own.values["member_since"], own.values["short_name"]) == ("agency", today, "Fifth")
    welcome = Draft.objects.get(agency="aster", kind="meeting").values["decisions"]
    assert [one.get("welcomes") for one in welcome] == [None, ["fifth"]]
    assert tables.browser("office").post(f"{confirmed}admit/", {}).status_code == 302, "not twice"


def test_members_are_told_once_that_somebody_applied_until_they_said_where_they_stand(confirmed):
    from synodos.web.reminding.posting import remind

    today = dt.datetime.now(dt.UTC).date()
    tables.browser("other").post(f"{confirmed}endorse/", {"stand": "joins"})
    mail.outbox.clear()
    remind(today)
    letters = {one.to[0]: one.body for one in mail.outbox if "applies to take part" in one.body}
    assert {"owner", "partner"} <= {to.partition("@")[0] for to in letters}
    assert not {"other", "outsider"} & {to.partition("@")[0] for to in letters}
    for body in letters.values():
        assert confirmed in body
        assert "/reminders/off/" in body
        assert ("Fifth" in body, "Ada" in body, "ada@" in body) == (False, False, False)
    mail.outbox.clear()
    remind(today)
    remind(today + dt.timedelta(days=40))
    assert not [one for one in mail.outbox if "applies to take part" in one.body]


def test_an_observer_is_named_by_the_terms_and_sits_for_no_agency(room):
    from synodos.web.accounts.models import Invitation
    from synodos.web.agency.models import Draft
    from synodos.web.membership.models import Application

    tables.browser("stranger").post(applied(seat="observer"), {"do": "confirm"})
    address = f"/membership/applications/{Application.objects.get().pk}/"
    everybody_says(address, "no-objection")
    tables.browser("office").post(f"{address}admit/", {})
    assert Invitation.objects.get(email="ada@fifth.example").role == "observer"
    assert not Draft.objects.filter(agency="fifth").exists()
    terms = Draft.objects.get(agency="aster", kind="terms-of-reference")
    assert terms.values["observers"] == ["fifth"]


def test_silence_is_consent_once_a_procedure_is_over_and_not_before(confirmed, monkeypatch):
    from synodos.web.membership import deciding
    from synodos.web.membership.models import Application

    office, day = tables.browser("office"), deciding.today()
    assert "leaves enough time" in words(office.post(f"{confirmed}silence/", {"closes": day.isoformat()}))
    closes = day + dt.timedelta(days=14)
    office.post(f"{confirmed}silence/", {"closes": closes.isoformat()})
    monkeypatch.setattr(deciding, "today", lambda: closes)
    assert "Members can still speak" in words(office.get(confirmed))
    monkeypatch.setattr(deciding, "today", lambda: closes + dt.timedelta(days=1))
    assert "The members agree" in words(office.get(confirmed))
    office.post(f"{confirmed}admit/", {})
    assert Application.objects.get().state == "admitted"


def test_personal_data_go_when_the_applicant_withdraws_or_the_office_erases_them(confirmed):
    from synodos.web.membership.models import Application

    tables.browser("partner").post(f"{confirmed}erase-contact/")
    assert Application.objects.get().contact_email == "ada@fifth.example"
    tables.browser("office").post(f"{confirmed}erase-contact/")
    kept = Application.objects.get()
    assert (kept.contact_name, kept.contact_email, kept.state) == ("", "", "open")
    link = re.search(r"(/membership/own/\S+)", mail.outbox[0].body)[1]
    tables.browser("stranger").post(link, {"do": "withdraw"})
    assert Application.objects.get().state == "withdrawn"


def test_what_nobody_confirmed_goes_altogether(room):
    from django.utils import timezone

    from synodos.web.membership.models import Application

    tables.browser("stranger").post(applied(), {"do": "withdraw"})
    assert not Application.objects.exists()
    applied(contact_email="bob@fifth.example")
    Application.objects.update(made_at=timezone.now() - dt.timedelta(days=4))
    applied(contact_email="cleo@fifth.example")
    assert [one.contact_email for one in Application.objects.all()] == ["cleo@fifth.example"]


def test_nobody_is_pestered_by_way_of_the_table(room):
    assert applied() is not None
    assert applied(name="Another") is None, "one letter a day to an address"
    sent = [applied(contact_email=f"{number}@fifth.example") for number in range(5)]
    assert [one is not None for one in sent] == [True] * 3 + [False] * 2, "five a day from one network address"
    page = tables.browser("stranger").post("/membership/apply/", {**GIVEN, "contact_email": "x@fifth.example"})
    assert "come again tomorrow" in words(page)


def test_a_letter_that_cannot_be_sent_leaves_nothing(room, settings):
    from synodos.web.mailing import mail_settings
    from synodos.web.membership.models import Application

    usual = settings.EMAIL_BACKEND
    for name, value in mail_settings("smtp://127.0.0.1:9", "x", "").items():
        setattr(settings, name, value)
    page = tables.browser("stranger").post("/membership/apply/", GIVEN)
    settings.EMAIL_BACKEND = usual
    assert "The letter could not be sent" in words(page)
    assert not Application.objects.exists()
    assert applied() is not None


@pytest.mark.parametrize(
    ("given", "told"),
    [({"agency": "aster"}, "This body is a member"), ({"agency": "Ä b"}, "small letters"), ({"why": ""}, "required")],
)
def test_what_makes_no_application_is_refused(room, given, told):
    page = tables.browser("stranger").post("/membership/apply/", {**GIVEN, **given})
    assert told in words(page)
    assert not mail.outbox


def test_who_takes_part_is_told_to_all_and_applications_to_members(room):
    pages = {name: words(tables.browser(name).get("/forum/members/")) for name in ("stranger", "partner")}
    assert all("4 members on" in page for page in pages.values())
    assert ["Applications" in page for page in pages.values()] == [False, True]
