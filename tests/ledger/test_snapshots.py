"""What each viewer sees at each moment, and that nothing betrays what it may not see."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from synodos.language import WITHHELD, Source
from synodos.ledger import (
    ChainName,
    Entry,
    LedgerError,
    append,
    changes_between,
    collisions,
    declare,
    found_ledger,
    head,
    latest_day,
    record_history,
    register_key,
    resolve,
    snapshot,
    takes_part,
)
from synodos.ledger.entry import audience_of
from synodos.ledger.snapshots import forget
from synodos.ledger.statements import content_of
from tests.language.minimal import agency, header, statement
from tests.ledger.councils import SECRETARIAT, signer

pytestmark = pytest.mark.django_db
REPORT = {"report": Source(title="Report")}
COMPILERS = "compilers"
VIEWERS = ("public", "members", "esa", "nasa", "jaxa", SECRETARIAT, "nobody")


@pytest.fixture(autouse=True)
def _clean():
    """Answers of other tests are forgotten."""
    forget()


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on by a day with every act; `clock.now` is the next moment."""

    class Clock:
        now = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

        def tick(self):
            self.now += dt.timedelta(days=1)
            return self.now - dt.timedelta(days=1)

    clock = Clock()
    monkeypatch.setattr("synodos.ledger.storing._now", clock.tick)
    return clock


@pytest.fixture
def table(clock):
    """A ledger with ESA and NASA as members from 2007, JAXA outside, and a compiler."""
    found_ledger(signer(SECRETARIAT), header=header(sources={}, compiler={"id": COMPILERS, "name": "Compilers"}))
    for author in ("esa", "nasa", "jaxa", COMPILERS):
        register_key(author, signer(author).public_hex, secretariat=signer(SECRETARIAT))
    for member in ("esa", "nasa"):
        state(member, agency(member, member_since="2007"))
    state("jaxa", agency("jaxa"))


def state(author, *records, sources=REPORT):
    """An author declares records."""
    return declare(records, signer=signer(author), sources=sources)


def element(id="lander", owner="esa", **given):
    return statement("element", id=id, owner=owner, **{"stated_by": owner, **given})


def force(author, record):
    """Store what `declare` would refuse, as another instance of the ledger might."""
    chain = ChainName(author, audience_of(record))
    last = head(chain)
    about = (record.kind, record.id, record.as_of.text, content_of(record))
    act = "retract" if record.retracted else "declare"
    key = signer(author).public_hex
    return append([Entry(author, chain.audience, last.number + 1, act, *about, last.hash, key)])


def elements(viewer, day=None, **given):
    return {id: one.name for id, one in snapshot(day, viewer=viewer, **given).elements.items()}


def test_without_a_ledger_there_is_nothing_to_see():
    with pytest.raises(LedgerError, match=r"ledger\.missing"):
        snapshot(viewer="public")


@pytest.mark.parametrize("viewer", ["private", "withheld", ""])
def test_a_word_for_an_audience_is_no_viewer(table, viewer):
    with pytest.raises(ValueError, match="viewer: an agency's id"):
        snapshot(viewer=viewer)


def test_each_viewer_sees_the_chains_that_it_receives(table):
    state("esa", *(element(name, release=to) for name, to in (("a", "public"), ("b", "members"), ("c", "private"))))
    state("esa", element("d", release=["jaxa"]))
    seen = {viewer: "".join(elements(viewer)) for viewer in VIEWERS}
    others = {"esa": "abcd", "nasa": "ab", "jaxa": "ad", SECRETARIAT: "ab", "nobody": "a"}
    assert seen == {"public": "a", "members": "ab", **others}
    assert [takes_part(viewer) for viewer in VIEWERS] == [False, True, True, True, False, True, False]


def test_a_past_day_shows_what_was_known_then(table):
    state("esa", element(name="First", as_of="2009-05"))
    state("esa", element(name="Second", as_of="2010-05-04"))
    state("esa", element(name="Second", as_of="2010-08-04", retracted=True))
    days = [dt.date(2009, 5, 30), dt.date(2009, 5, 31), dt.date(2010, 5, 4), dt.date(2010, 8, 4)]
    assert [elements("public", day) for day in days] == [{}, {"lander": "First"}, {"lander": "Second"}, {}]


def test_membership_begins_on_its_day(table):
    state("esa", element(as_of="2005", release="members"))
    assert elements("nasa", dt.date(2006, 12, 31)) == {}
    assert not takes_part("nasa", dt.date(2006, 12, 31))


def test_records_stand_in_the_order_of_their_ids_whoever_stated_them(table):
    state("nasa", element("b", "nasa"), element("d", "nasa", release="members"))
    state("esa", element("c"), element("a"))
    assert [list(elements(viewer)) for viewer in ("public", "nasa")] == [["a", "b", "c"], ["a", "b", "c", "d"]]


def test_the_latest_day_is_that_of_what_the_viewer_may_see(table):
    assert latest_day(viewer="public") == snapshot(viewer="public").header.known_on.latest
    state("esa", element(as_of="2013-02-03", release="members"))
    later = dt.date(2013, 2, 3)
    assert [latest_day(viewer=viewer) == later for viewer in VIEWERS] == [False, True, True, True, False, True, False]
    assert snapshot(viewer="nasa").header.known_on.latest == later


def test_a_moment_of_the_ledger_can_be_asked_again(table, clock):
    before = clock.now
    answered = {viewer: snapshot(viewer=viewer).sha256 for viewer in VIEWERS}
    state("esa", element(as_of="2012"), element("secret", as_of="2013", release="members"))
    assert {viewer: snapshot(viewer=viewer, recorded_before=before).sha256 for viewer in VIEWERS} == answered
    assert latest_day(viewer="nasa", recorded_before=before) < latest_day(viewer="nasa")
    assert elements("nasa", recorded_before=clock.now) == elements("nasa")


def test_what_counted_at_an_earlier_moment_is_shown_for_it(table, clock):
    """Of two branches the first one counted until the other came."""
    state("esa", element(name="Kept"))
    before = clock.now
    chain = ChainName("esa", "public")
    record = element(name="Other")
    start = record_history("agency", "esa", viewer="public")[0]
    about = ("declare", "element", "lander", record.as_of.text, content_of(record))
    other = Entry("esa", "public", start.number + 1, *about, start.hash, signer("esa").public_hex)
    append([other])
    assert head(chain).number == start.number
    assert elements("public") == {}
    assert elements("public", recorded_before=before) == {"lander": "Kept"}
    forked = clock.now
    resolve(chain, other.hash, signer=signer("esa"))
    assert elements("public") == {"lander": "Other"}
    assert elements("public", recorded_before=forked) == {}
    assert elements("public", recorded_before=before) == {"lander": "Kept"}


def test_the_ledgers_clock_never_goes_back(table, clock):
    last = clock.now
    state("esa", element("before"))
    clock.now = dt.datetime(1999, 1, 1, tzinfo=dt.UTC)
    state("esa", element("after"))
    assert set(elements("public", recorded_before=last + dt.timedelta(seconds=1))) == {"before", "after"}
    assert elements("public", recorded_before=last) == {}


def test_a_record_that_moves_is_gone_for_those_who_saw_it(table):
    state("esa", element(as_of="2009"))
    state("esa", element(as_of="2010", release="members"))
    assert [set(elements(viewer)) for viewer in ("public", "nasa")] == [set(), {"lander"}]
    state("esa", element(as_of="2010", release="private"))
    assert [set(elements(viewer)) for viewer in ("public", "nasa", "esa")] == [set(), set(), {"lander"}]


def test_nothing_tells_a_hidden_record_from_a_missing_one(table):
    state("esa", element("hidden", release="private"))
    takes_part("jaxa")
    asked = []
    for id in ("hidden", "missing"):
        with CaptureQueriesContext(connection) as queries:
            assert record_history("element", id, viewer="jaxa") == ()
        asked.append([query["sql"].replace(id, "x") for query in queries])
    assert asked[0] == asked[1]


def test_what_others_do_not_see_does_not_even_cost_them_a_look(table):
    """The answer that is kept stays good, so its time betrays nothing."""
    for viewer in ("public", "jaxa", "nasa"):
        snapshot(viewer=viewer)
    kept = {viewer: snapshot(viewer=viewer) for viewer in ("public", "jaxa", "nasa")}
    with CaptureQueriesContext(connection) as before:
        snapshot(viewer="jaxa")
    state("esa", element(release="private"), element("other", release=["nasa"]))
    with CaptureQueriesContext(connection) as after:
        assert snapshot(viewer="jaxa") is kept["jaxa"]
    assert [query["sql"] for query in before] == [query["sql"] for query in after]
    assert snapshot(viewer="public") is kept["public"]
    assert snapshot(viewer="nasa") is not kept["nasa"]
    state("esa", element("seen"))
    assert "seen" in snapshot(viewer="jaxa").elements


def test_a_reference_to_a_hidden_record_reads_withheld(table):
    state("esa", element("hidden", release="members"))
    need = [{"capability": "launch", "met_by": ["hidden"]}]
    force("esa", statement("mission", requirements=need))
    seen = {viewer: snapshot(viewer=viewer).missions["some-mission"].requirements[0].met_by for viewer in VIEWERS}
    assert {viewer for viewer, by in seen.items() if by == ("hidden",)} == {"members", "esa", "nasa", SECRETARIAT}
    assert {by for viewer, by in seen.items() if viewer in ("public", "jaxa")} == {(WITHHELD,)}


def test_only_the_owner_and_the_compiler_state_a_record(table):
    force("nasa", element(stated_by="nasa"))
    assert elements("public") == {}
    state(COMPILERS, element(stated_by=COMPILERS, name="Compiled", as_of="2010"))
    assert elements("public") == {"lander": "Compiled"}
    state("esa", element(name="Own", as_of="2010"))
    assert elements("public") == {"lander": "Own"}
    state(COMPILERS, element(stated_by=COMPILERS, name="Compiled anew", as_of="2011"))
    assert elements("public") == {"lander": "Compiled anew"}


def test_who_used_an_id_first_keeps_it(table):
    force("nasa", element(owner="nasa", name="NASA's", as_of="2010"))
    force("esa", element(name="ESA's", as_of="2011"))
    assert elements("public") == {"lander": "NASA's"}
    assert [tuple(one) for one in collisions(viewer="public")] == [("element", "lander", "nasa", "esa")]
    force("esa", element(name="ESA's", as_of="2009"))
    assert elements("public") == {"lander": "ESA's"}
    assert elements("public", dt.date(2010, 12, 31)) == {"lander": "ESA's"}


def test_a_collision_with_what_a_viewer_may_not_see_is_none(table):
    force("nasa", element(owner="nasa", name="NASA's", as_of="2009", release="members"))
    force("esa", element(name="ESA's", as_of="2011"))
    assert [elements(viewer) for viewer in ("public", "esa")] == [{"lander": "ESA's"}, {"lander": "NASA's"}]
    assert [len(collisions(viewer=viewer)) for viewer in VIEWERS] == [0, 1, 1, 1, 0, 1, 0]


def test_two_texts_with_one_key_are_told_apart(table):
    state("nasa", element("probe", "nasa"), sources={"report": Source(title="NASA's report")})
    state(COMPILERS, element("rover", stated_by=COMPILERS), sources={"report": Source(title="Compiled")})
    seen = snapshot(viewer="public")
    titles = {id: [seen.header.sources[key].title for key in one.sources] for id, one in seen.elements.items()}
    assert titles == {"probe": ["NASA's report"], "rover": ["Compiled"]}
    assert seen.elements["rover"].sources == ("report",)
    assert seen.elements["probe"].sources == ("report-nasa",)
    assert seen.agencies["esa"].sources == ("report-esa",)


def test_of_the_sources_a_viewer_sees_those_that_it_may_see_cited(table):
    state("esa", element(release="members", sources=["minutes"]), sources={"minutes": Source(title="Minutes")})
    assert ["minutes" in snapshot(viewer=viewer).header.sources for viewer in ("public", "nasa")] == [False, True]


def test_a_history_holds_all_that_its_viewer_may_see(table):
    state("esa", element(name="First", as_of="2009"))
    state("esa", element(name="Second", as_of="2010", release="members"))
    acts = {viewer: [one.act for one in record_history("element", "lander", viewer=viewer)] for viewer in VIEWERS}
    assert acts["public"] == acts["jaxa"] == acts["nobody"] == ["declare", "retract"]
    assert sorted(acts["nasa"]) == ["declare", "declare", "retract"]


def test_two_moments_differ_by_what_was_declared_revised_and_retracted(table):
    state("esa", element("kept"), element("revised"), element("ended"))
    before = snapshot(viewer="public")
    state("esa", element("revised", name="Better", note="Why", as_of="2012"), element("added", as_of="2012"))
    state("esa", element("ended", as_of="2012", retracted=True))
    found = {one.id: (one.what, one.fields) for one in changes_between(before, snapshot(viewer="public"))}
    assert found == {
        "added": ("declared", ()),
        "ended": ("retracted", ()),
        "revised": ("revised", ("as_of", "note", "name")),
    }
    assert changes_between(before, before) == ()
    with pytest.raises(ValueError, match="one viewer"):
        changes_between(before, snapshot(viewer="nasa"))
