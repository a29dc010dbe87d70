"""Calendars at secret addresses: they show what a seat may see today, and end when they are to end."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from tests.databases import opened
from tests.web import scene, tables
from tests.web.crawling import NOWHERE

KINDS = ["meeting", "action", "silence", "launch", "deadline"]


@pytest.fixture(scope="module")
def room(whole_table, tmp_path_factory, django_db_blocker):
    """The whole scene in a database file of this module's own."""
    import shutil

    path = tmp_path_factory.mktemp("feeds") / "table.sqlite3"
    shutil.copy(whole_table, path)
    with django_db_blocker.unblock(), opened(path):
        yield path


@pytest.fixture
def feed(room, monkeypatch):
    """Give the address of a new calendar of somebody; it begins where the plans of the scene do."""
    from synodos.web.feeds import giving
    from synodos.web.feeds.keeping import make_feed

    monkeypatch.setattr(giving, "first_day", lambda _today: dt.date(2010, 1, 1))

    def made(name, **more):
        person = tables.user(name)
        person.feeds.all().delete()
        return f"/feeds/{make_feed(person, 'Mine', KINDS, **more)}/calendar.ics"

    return made


def read(address, **heads):
    """What a calendar program gets, which shows no cookie."""
    return tables.browser("stranger").get(address, headers=heads)


@pytest.mark.parametrize("name", ["owner", "other", "observer", "office"])
def test_a_calendar_holds_what_its_seat_may_see_and_no_more(feed, name):
    given = read(feed(name))
    assert (given.status_code, given.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    text = re.sub(r"\r\n[ \t]", "", given.content.decode())
    assert IcsCalendarStream.calendar_from_ics(given.content.decode()).events
    for sort, readers in scene.SEEN_BY.items():
        if tables.EYES[name] not in readers:
            assert scene.MARKS[sort] not in text, sort
    assert (scene.MARKS["aster-members"] in text) == (tables.EYES[name] in scene.SEEN_BY["aster-members"])


def test_a_calendar_of_one_agency_holds_only_what_concerns_it(feed):
    every = IcsCalendarStream.calendar_from_ics(read(feed("partner")).content.decode()).events
    own = IcsCalendarStream.calendar_from_ics(read(feed("partner", own=True)).content.decode()).events
    assert 0 < len(own) < len(every)
    assert all("Borea" in event.categories for event in own)


def test_rights_that_are_taken_away_are_taken_from_calendars_too(feed):
    from synodos.web.accounts.people import change_rights

    address, person = feed("other"), tables.user("other")
    word = scene.MARKS["aster-members"].encode()
    assert word in read(address).content.replace(b"\r\n ", b"")
    change_rights(person, role="observer", agency="", active=True)
    less = read(address)
    change_rights(person, role="signatory", agency="corvo", active=False)
    closed = read(address)
    change_rights(person, role="signatory", agency="corvo", active=True)
    assert less.status_code == 200
    assert word not in less.content.replace(b"\r\n ", b"")
    assert closed.status_code == 404


def test_wrong_and_revoked_addresses_are_the_same_and_cost_the_same(feed, monkeypatch):
    from synodos.web.feeds import giving

    monkeypatch.setattr(giving, "counted", lambda _who: 1)  # every tenth count is told to other processes
    address = feed("partner")
    person = tables.user("partner")
    assert read(address).status_code == 200
    person.feeds.get().delete()
    answers, asked = [], []
    for one in (address, f"/feeds/{NOWHERE}/calendar.ics"):
        with CaptureQueriesContext(connection) as queries:
            answers.append(read(one))
        asked.append([re.sub(r"'[^']*'", "", query["sql"]) for query in queries])
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert len(asked[0]) == len(asked[1]) > 0


def test_what_a_program_has_already_is_not_sent_again(feed):
    address = feed("owner")
    first = read(address)
    again = read(address, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert read(feed("observer"), **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_address_is_kept_as_a_hash_and_its_last_reading_is_told(feed):
    from synodos.web.accounts.models import LogEntry
    from synodos.web.feeds.models import Feed

    address = feed("owner")
    kept = Feed.objects.get(person=tables.user("owner"))
    assert kept.read_at is None
    assert address.split("/")[2] not in repr(vars(kept))
    before = LogEntry.objects.count()
    read(address)
    read(address)
    kept.refresh_from_db()
    assert timezone.now() - kept.read_at < dt.timedelta(minutes=1)
    assert LogEntry.objects.count() == before + 1, "once a day is enough"
    assert address.split("/")[2] not in repr(list(LogEntry.objects.values_list()))


def test_who_tries_addresses_waits_and_so_does_who_reads_too_often(feed, monkeypatch):
    from synodos.web.feeds import giving

    address, asked = feed("owner"), []
    monkeypatch.setattr(giving, "counted", lambda who: asked.append(who) or len(asked))
    monkeypatch.setattr(giving.RATE, "of_address", 1)
    monkeypatch.setattr(giving.RATE, "of_token", 3)
    tried = [read(f"/feeds/{NOWHERE}/calendar.ics").status_code for _ in range(2)]
    assert tried == [404, 429]
    assert [read(address).status_code for _ in range(2)] == [200, 429]
    assert asked[0].startswith("address-")
    assert asked[2].startswith("feed-")


def test_a_person_makes_a_calendar_sees_its_address_once_and_takes_it_back(room):
    person = tables.user("colleague")
    browser = tables.browser("colleague")
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    page = browser.post("/accounts/feeds/", {"name": "Office", "kinds": ["meeting", "expiry"], "own": "on"})
    address = re.search(r"http://localhost(/feeds/[\w-]+/calendar\.ics)", page.content.decode())[1]
    made = person.feeds.get()
    assert (made.name, made.kinds, made.own) == ("Office", ["expiry", "meeting"], True)
    assert address.encode() not in browser.get("/accounts/feeds/").content
    assert read(address).status_code == 200
    assert tables.browser("owner").post(f"/accounts/feeds/{made.pk}/take-back/").status_code == 404
    browser.post(f"/accounts/feeds/{made.pk}/take-back/")
    assert read(address).status_code == 404


def test_nobody_has_more_calendars_than_there_is_use_for(room, monkeypatch):
    from synodos.web.feeds import keeping

    monkeypatch.setattr(keeping, "MOST_FEEDS", 1)
    person = tables.user("reader")
    keeping.make_feed(person, "one", ["meeting"])
    with pytest.raises(keeping.TooManyFeedsError):
        keeping.make_feed(person, "two", ["meeting"])
    with pytest.raises(ValueError, match="kinds: expected some of"):
        keeping.make_feed(person, "none", ["party"])


@pytest.mark.parametrize(("day", "first"), [("2026-03-01", "2025-12-01"), ("2026-03-31", "2025-12-01")])
def test_a_calendar_begins_with_a_month_so_that_it_stays_the_same(day, first):
    from synodos.web.feeds.giving import first_day

    assert first_day(dt.date.fromisoformat(day)).isoformat() == first
