"""Every address as everybody: what is hidden from somebody stands nowhere, and changes nothing that is said to them."""

import datetime as dt
import re
import shutil

import pytest

from tests.databases import opened
from tests.web import scene, tables
from tests.web.crawling import MOMENT, NOWHERE, SOME_RECORDS, Crawl, Guest

DEEP, SHALLOW = {}, {"shallow": True}
NAMES = ("owner", "partner", "other", "outsider", "observer", "office", "stranger")
RARE = ("outsider", "office", "observer")  # an observer looks with the eyes of a stranger
ASKING = [
    *(pytest.param(name, SHALLOW, id=f"{name}-records") for name in NAMES if name not in RARE),
    *(pytest.param(name, SHALLOW, marks=pytest.mark.proof, id=f"{name}-records") for name in RARE),
    *(pytest.param(name, DEEP, marks=pytest.mark.proof, id=f"{name}-all") for name in NAMES),
    pytest.param("other", {"thorough": True}, marks=pytest.mark.proof, id="other-thoroughly"),
]
"""Who asks, and how much: what is not computed; `make proof` asks for everything."""
BUNDLE = "/api/v1/bundles"
"""Where entries stand as their authors signed them."""


@pytest.fixture(scope="module")
def crawls(whole_table, empty_table, bare, django_db_blocker):
    """What every address says to a guest: at the whole table, or at one that never knew what they may not see."""
    done = {}

    def crawl(name, depth, *, whole=True):
        key = (name, *depth, whole)
        if key not in done:
            path = empty_table.with_name("-".join(map(str, key)) + ".sqlite3")
            if whole:
                shutil.copy(whole_table, path)
            else:
                bare(tables.EYES[name], path)
            with django_db_blocker.unblock(), opened(path):
                done[key] = Crawl(name, **depth).all()
        return done[key]

    return crawl


@pytest.mark.parametrize(("name", "depth"), ASKING)
def test_no_hidden_word_is_said(crawls, name, depth):
    hidden = {word for sort, word in scene.MARKS.items() if tables.EYES[name] not in scene.SEEN_BY[sort]}
    found = re.compile("|".join(sorted(hidden)))
    for address, said in crawls(name, depth).items():
        asked = set(found.findall(address))
        text = _unguarded(said.text) if address == BUNDLE else said.text
        heard = set(found.findall(text)) - asked
        assert not heard, f"{name} reads {heard} at {address}"


@pytest.mark.parametrize(("name", "depth"), ASKING)
def test_what_is_hidden_changes_nothing_that_is_said(crawls, name, depth):
    whole, without = crawls(name, depth), crawls(name, depth, whole=False)
    assert list(whole) == list(without)
    for address, said in whole.items():
        assert said.status == without[address].status, f"{name} at {address}"
        assert said.headers == without[address].headers, f"{name} at {address}"
        assert said.body == without[address].body, f"{name} at {address}"


@pytest.mark.parametrize(("name", "depth"), ASKING)
def test_what_is_shared_is_said_to_those_who_may_hear_it(crawls, name, depth):
    """The other tests would also pass if nothing were ever said."""
    everything = "\n".join(said.text for said in crawls(name, depth).values() if said.status == 200)
    for sort, readers in scene.SEEN_BY.items():
        if tables.EYES[name] in readers:
            assert scene.MARKS[sort] in everything, f"{name} should read of {sort}"


@pytest.mark.parametrize(("name", "depth"), ASKING)
def test_no_page_fails_and_no_link_is_dead(crawls, name, depth):
    for address, said in crawls(name, depth).items():
        assert said.status < 500, f"{name} at {address}: {said.status}"
    for address, said in crawls(name, depth).linked():
        assert said.status in {200, 302, 405}, f"{name} at {address}: {said.status}"


def test_what_is_hidden_and_what_is_not_there_are_the_same(at_table):
    guest = Guest(tables.user("other"))
    hidden = f"element-{scene.MARKS['aster-named']}"
    for path in (
        "/records/element/{}/",
        "/records/element/{}/?format=json",
        "/missions/{}/",
        "/agreements/drafts/{}/",
    ):
        there, nowhere = guest.get(path.format(hidden)), guest.get(path.format(NOWHERE))
        assert there.status == nowhere.status == 404
        assert there.headers == nowhere.headers
        assert there.body.replace(hidden, NOWHERE) == nowhere.body


def test_the_log_tells_the_office_nothing_of_what_was_exported(whole_table, empty_table, django_db_blocker):
    """The office sees that somebody took something, not what."""
    path = empty_table.with_name("logged.sqlite3")
    shutil.copy(whole_table, path)
    word = scene.MARKS["aster-private"]
    with django_db_blocker.unblock(), opened(path):
        for address in (f"/records/element/element-{word}/?format=json", f"/records/?q={word}&format=csv"):
            assert word in Guest(tables.user("owner")).get(address).text
        log = Guest(tables.user("office")).get("/accounts/log/")
    assert log.status == 200
    assert "owner@example.org" in log.body
    assert word not in log.text


LOOKS = ("aster", "borea", "corvo", "draco", scene.OFFICE, "public", "stranger")
"""Who may ask the ledger itself."""


def _told_by_the_ledger(viewer, folder):
    """Return all that the ledger tells a viewer, by question."""
    from synodos import ledger

    told = {"latest day": ledger.latest_day(viewer=viewer), "collisions": ledger.collisions(viewer=viewer)}
    days = [dt.date(2010, 12, 31), dt.date(2011, 5, 31), dt.date(2012, 5, 31), scene.DAY, dt.date(2030, 1, 1)]
    for day in (None, *days):
        seen = ledger.snapshot(day, viewer=viewer)
        told[f"plans of {day}"] = seen, seen.sha256, [(one.kind, one.id) for one in seen], list(seen.header.sources)
        told[f"member on {day}"] = ledger.takes_part(viewer, day)
    for kind, record_id in SOME_RECORDS:
        told[f"history of {kind} {record_id}"] = ledger.record_history(kind, record_id, viewer=viewer)
    told["who will see"] = ledger.who_will_see(told["plans of None"][0], told["plans of None"][0])
    if viewer != "stranger":
        path = folder / "bundle"
        ledger.write_bundle(viewer, path)
        told["bundle"] = MOMENT.sub("", path.read_text(encoding="utf-8"))
        path.unlink()
    return told


@pytest.mark.parametrize("viewer", LOOKS)
def test_the_ledger_tells_nobody_what_is_hidden_from_them(viewer, whole_table, bare, tmp_path, django_db_blocker):
    without = tmp_path / "without.sqlite3"
    bare(viewer, without)
    with django_db_blocker.unblock():
        with opened(whole_table):
            whole = _told_by_the_ledger(viewer, tmp_path)
        with opened(without):
            told = _told_by_the_ledger(viewer, tmp_path)
    hidden = {word for sort, word in scene.MARKS.items() if viewer not in scene.SEEN_BY[sort]}
    for question, answer in whole.items():
        assert answer == told[question], f"{viewer}: {question}"
        assert not {word for word in hidden if word in _unguarded(answer)}, f"{viewer}: {question}"


def _unguarded(answer):
    """Return an answer as text, without what an author says in public of records that it keeps to itself."""
    answers = answer if isinstance(answer, tuple) else str(answer).splitlines()
    return "\n".join(text for text in map(str, answers) if "'guarded-landing'" not in text.replace('"', "'"))


def test_a_query_that_names_no_viewer_is_refused(at_table):
    from synodos.ledger.models import StoredEntry, UnstatedViewerError

    for ask in (StoredEntry.objects.all, StoredEntry.objects.count, StoredEntry.objects.filter):
        with pytest.raises(UnstatedViewerError):
            ask()
