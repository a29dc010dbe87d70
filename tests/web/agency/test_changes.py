"""What changed since last time, what collides, and what stands for the agency."""

import datetime as dt

from synodos.language import PUBLIC
from synodos.ledger import declare, snapshot
from synodos.web.agency.changing import compared
from synodos.web.agency.models import LastVisit
from tests.web import scene, tables
from tests.web.agency_pages import sent_back, words

ADDRESS = "/agency/changes/"


def say(owner, kind, record_id, **given):
    """Let an agency declare one record."""
    plain = {"as_of": "2012-09-20", **given}
    return declare([scene.record(kind, record_id, owner, **plain)], signer=tables.signer(owner))


def seen(browser):
    """Say that what the page shows was seen."""
    assert browser.post(ADDRESS, sent_back(browser.get(ADDRESS))).status_code == 302


def test_what_was_seen_is_told_no_more_and_what_comes_then_is(as_):
    browser = as_("partner")
    assert "quorvimast" in words(browser.get(ADDRESS))
    seen(browser)
    assert "0 records changed" in words(browser.get(ADDRESS))
    rocket = {"name": "Rocket", "status": "cancelled", "provides": ["launch"], "costs": [scene.COST]}
    say("corvo", "element", "rocket", **rocket, available="2005..")
    say("corvo", "element", "aster-helper", name="Helper", status="idea", partners=[{"agency": "borea"}])
    say("corvo", "element", "hidden-helper", name="Hidden", status="idea", release="private")
    say("borea", "element", "relay", name="Relay", status="planned", provides=["mars-relay"], retracted=True)
    told = words(browser.get(ADDRESS))
    assert "3 records changed" in told
    groups = {name: [row["name"] for row in rows] for name, _title, rows in browser.get(ADDRESS).context["groups"]}
    assert groups == {"ours": ["Relay orbiter"], "about-us": ["Helper"], "others": ["Rocket"]}
    assert "Relay orbiter element : retracted, or no longer for you" in told
    assert "Status operating cancelled" in told
    assert "Hidden" not in told


def test_colleagues_have_each_their_own_last_time(as_):
    seen(as_("owner"))
    assert "0 records changed" in words(as_("owner").get(ADDRESS))
    assert " 0 records changed" not in words(as_("colleague").get(ADDRESS))
    assert LastVisit.objects.count() == 1


def test_a_day_can_be_asked_for_and_nonsense_not(as_):
    browser = as_("owner")
    assert browser.get(f"{ADDRESS}?since=2031-01-01").context["groups"][0][2] == []
    assert browser.get(f"{ADDRESS}?since=soon").status_code == 400


def test_nobody_has_seen_what_is_to_come(as_):
    browser = as_("owner")
    browser.post(ADDRESS, {"until": "2999-01-01T00:00:00+00:00"})
    assert LastVisit.objects.get().at <= dt.datetime.now(tz=dt.UTC)
    for nonsense in ("soon", "2012-01-01T00:00:00", ""):
        assert browser.post(ADDRESS, {"until": nonsense}).status_code == 302


def test_the_same_portfolio_has_no_news_and_an_empty_one_is_all_news(desk):
    portfolio = snapshot(viewer=PUBLIC)
    assert compared(portfolio, portfolio, "aster") == []
    empty = portfolio.without(*portfolio)
    assert {one.act for one in compared(empty, portfolio, "aster")} == {"new"}
    assert len(compared(empty, portfolio, "aster")) == len(portfolio)


def test_the_desk_says_what_stands_and_what_collides(as_):
    mine = words(as_("owner").get("/agency/"))
    assert "of which" not in mine
    assert "element overlap : yours counts; that of draco is left out." in mine
    assert scene.MARKS["clash"] not in mine
    for name in ("partner", "outsider"):
        assert "Ids used twice" not in words(as_(name).get("/agency/")), name
    stands = {row["kind"]: row["by_us"] for row in as_("outsider").get("/agency/").context["declared"]}
    assert stands["missions"] == 1
