"""Finding records, and one record with all that stands round it: as far as the viewer may see."""

import csv
import io
import json
import re

import pytest
from django.test import Client

from synodos.exchange import read_record
from synodos.language import KIND_BY_NAME, DateRange, Money
from synodos.web.records.wording import money_text
from tests.databases import opened
from tests.web import scene, tables
from tests.web.agency_pages import words

PEOPLE = ("owner", "partner", "other", "outsider", "observer", "office", "stranger")


@pytest.fixture
def as_(at_table):
    """Give the browser of somebody who is logged in, or of a stranger."""

    def browser(name):
        client = Client(HTTP_HOST="localhost")
        if name != "stranger":
            client.force_login(tables.user(name), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return browser


def rows(browser, **asked):
    """The records that a search finds, as its export lists them."""
    answer = browser.get("/records/", {**asked, "format": "csv"})
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_each_finds_what_each_may_see_and_the_count_says_as_many(as_):
    from synodos.ledger import snapshot

    for name in PEOPLE:
        browser = as_(name)
        seen = snapshot(viewer=tables.EYES[name])
        assert {row["record"] for row in rows(browser)} == {f"{one.kind}:{one.id}" for one in seen}, name
        assert words(browser.get("/records/")).split("Records ")[1].startswith(f"{len(seen):,} records"), name


def test_hidden_words_are_found_by_those_alone_who_may_read_them(as_):
    browsers = {name: as_(name) for name in PEOPLE}
    for mark, word in scene.MARKS.items():
        for name, browser in browsers.items():
            if tables.EYES[name] in scene.SEEN_BY[mark]:
                assert rows(browser, q=word), (mark, name)
            else:
                page = browser.get("/records/", {"q": word})
                assert not rows(browser, q=word), (mark, name)
                assert page.content.decode().count(word) == 2, (mark, name)  # what was asked for, in two forms


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "MARS landing", "owner": "aster"}, "mission:aster-mission"),
        ({"q": "second-land"}, "mission:second-landing"),
        ({"kind": "element", "owner": "borea"}, "element:relay"),
        ({"kind": "offer", "status": "open"}, "offer:aster-offer"),
        ({"q": "sampling run in three"}, "element:aster-element"),
    ],
)
def test_words_and_filters(as_, asked, found):
    assert found in {row["record"] for row in rows(as_("stranger"), **asked)}


def test_filters_leave_out_all_else(as_):
    browser = as_("owner")
    assert {row["kind"] for row in rows(browser, kind="mission")} == {"mission"}
    assert {row["owner"] for row in rows(browser, owner="borea")} == {"Borea"}
    assert {row["status"] for row in rows(browser, status="planned")} == {"planned"}
    assert {row["release"] for row in rows(browser, release="named agencies")} == {"named agencies"}
    assert rows(as_("stranger"), release="members") == []


def test_the_order_asked_for_holds_over_all_pages(as_):
    browser = as_("owner")
    orders = (("as_of", "as of", _last_day), ("owner", "owner", str.casefold), ("name", "name", str.casefold))
    for sort, column, rank in orders:
        up = [rank(row[column]) for row in rows(browser, sort=sort)]
        assert sorted(up) == up
        down = [rank(row[column]) for row in rows(browser, sort=f"-{sort}")]
        assert down == up[::-1]
    first = browser.get("/records/", {"sort": "-name"})
    second = browser.get("/records/", {"sort": "-name", "page": "2"})
    assert [row["name"] for row in first.context["rows"]] != [row["name"] for row in second.context["rows"]]
    assert browser.get("/records/", {"sort": "nonsense", "page": "999"}).status_code == 200


def _last_day(as_of):
    """The last day of a statement's date."""
    return DateRange(as_of).latest


def test_exports_hold_the_whole_search(as_):
    browser = as_("owner")
    as_json = json.loads(browser.get("/records/", {"kind": "mission", "format": "json"}).content)
    assert [row["record"] for row in as_json["rows"]] == [row["record"] for row in rows(browser, kind="mission")]
    workbook = browser.get("/records/", {"kind": "mission", "format": "xlsx"})
    assert workbook.content.startswith(b"PK")
    assert browser.get("/records/", {"format": "exe"}).status_code == 400


def test_every_record_has_a_page_in_the_readers_words(as_):
    browser = as_("owner")
    for kind in scene.PLAIN:
        page = browser.get(f"/records/{kind}/aster-{kind}/")
        assert page.status_code == 200, kind
        told = words(page)
        assert "Who may see it:" in told
        assert "Plans of record" in told
        assert "None" not in told, kind


def test_a_page_tells_history_sources_readers_and_relations(as_):
    told = words(as_("stranger").get("/records/element/drill/"))
    assert "An element of Aster, planned, as of 2011-03." in told
    assert "Status studied planned" in told
    assert "Name Drill Longer drill" in told
    assert "Seen by" not in told.split("Who sees it")[0]
    assert "everybody." in told
    mission = words(as_("stranger").get("/records/mission/aster-mission/"))
    assert "Money for the landing" in mission.split("What refers to it")[1]
    assert "Borea" in mission.split("What it refers to")[1].split("What refers to it")[0]


def test_what_is_withheld_is_called_so_and_named_nowhere(as_):
    page = as_("stranger").get("/records/mission/guarded-landing/")
    assert "a record that you may not see, or that is not there" in words(page)
    for mark in ("aster-private", "borea-named"):
        assert scene.MARKS[mark] not in page.content.decode()
    assert (
        f"element-{scene.MARKS['aster-private']}"
        in as_("owner").get("/records/mission/guarded-landing/").content.decode()
    )


def test_hidden_and_missing_are_the_same(as_):
    for name in PEOPLE:
        browser = as_(name)
        missing = browser.get("/records/mission/nothing-here/")
        assert missing.status_code == 404
        for mark, readers in scene.SEEN_BY.items():
            if tables.EYES[name] in readers or mark not in scene.RELEASES:
                continue
            for form in ("", "?format=json", "?format=yaml", "?on=2012-06-30"):
                hidden = browser.get(f"/records/mission/mission-{scene.MARKS[mark]}/{form}")
                assert hidden.status_code == 404
                assert words(hidden) == words(missing)
        for odd in (
            "/records/nonsense/x/",
            "/records/mission/%00/",
            "/records/mission/A%0A/",
            "/records/mission/x%0A/",
        ):
            assert words(browser.get(odd)) == words(missing), odd


def test_a_record_that_moved_away_reads_as_retracted(as_):
    stranger = words(as_("stranger").get("/records/element/winch/"))
    assert "retracted as of 2011-05" in stranger
    assert scene.MARKS["moved"] not in stranger
    assert scene.MARKS["moved"] in words(as_("partner").get("/records/element/winch/"))


def test_a_past_day_shows_what_was_known_then(as_):
    told = words(as_("owner").get("/records/element/drill/?on=2010-12-31"))
    assert "An element of aster, studied, as of 2010." in told
    assert "Longer" not in told
    assert as_("owner").get("/records/element/drill/?on=2009-12-31").status_code == 404


def test_the_history_names_nothing_hidden_either(as_, desk):
    from synodos.ledger import declare, snapshot

    before = snapshot(viewer="aster").missions["guarded-landing"]
    after = before.model_copy(update={"requirements": before.requirements[:1], "as_of": DateRange("2012-10")})
    declare([after], signer=tables.signer("aster"), confirmed=True)
    page = as_("stranger").get("/records/mission/guarded-landing/")
    assert "What changed" in words(page)
    for mark in ("aster-private", "borea-named"):
        assert scene.MARKS[mark] not in page.content.decode()


def test_the_history_of_an_id_that_two_use_is_that_of_the_one_who_keeps_it(as_):
    for name in ("owner", "outsider"):
        page = as_(name).get("/records/element/overlap/")
        assert len(page.context["history"]) == 1, name
        assert page.context["history"][0].record.owner == page.context["record"].owner, name


def test_files_of_a_record_say_what_its_page_says(as_):
    browser = as_("partner")
    address = f"/records/element/element-{scene.MARKS['aster-named']}/"
    told = json.loads(browser.get(f"{address}?format=json").content)
    record = KIND_BY_NAME["element"].model_validate(told["elements"][0])
    assert record.id == f"element-{scene.MARKS['aster-named']}"
    text = browser.get(f"{address}?format=yaml").content.decode()
    values, _place, faults = read_record(text, "file")
    assert not faults
    assert values == told
    assert browser.get(f"{address}?format=exe").status_code == 400


def test_doubts_stand_on_the_page(as_, desk):
    from synodos.ledger import declare

    doubtful = scene.record("mission", "doubtful", "aster", name="Doubtful", status="idea", confidence="unverified",
                            disputes=["One says 2018, another 2020"], as_of="2012-10")  # fmt: skip
    declare([doubtful], signer=tables.signer("aster"))
    told = words(as_("stranger").get("/records/mission/doubtful/"))
    assert "Unverified: this record rests on general knowledge" in told
    assert "One says 2018, another 2020" in told
    partly = doubtful.model_copy(update={"id": "partly", "confidence": "read", "unverified_fields": ("status",)})
    declare([partly], signer=tables.signer("aster"))
    assert "Status unverified idea" in words(as_("stranger").get("/records/mission/partly/"))


@pytest.fixture
def desk(whole_table, tmp_path, django_db_blocker):
    """A copy of the whole scene to write into; asked for last, so that it is the one looked at."""
    import shutil

    path = tmp_path / "desk.sqlite3"
    shutil.copy(whole_table, path)
    with django_db_blocker.unblock(), opened(path):
        yield path


@pytest.mark.parametrize("words_asked", ["<script>alert(1)</script>", "'\" OR 1=1", "%00", "x" * 5_000, "\x00"])
def test_what_is_asked_for_is_never_more_than_words(as_, words_asked):
    page = as_("stranger").get("/records/", {"q": words_asked})
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//elsewhere.example"]
)
def test_a_source_leads_to_the_web_or_nowhere(as_, desk, url):
    from synodos.language import Source
    from synodos.ledger import declare

    name = "<img src=x onerror=alert(1)>\u202eevil"
    given = {"status": "idea", "as_of": "2012-10", "sources": ["hostile", "plain"]}
    hostile = scene.record("mission", "hostile", "aster", name=name, **given)
    sources = {
        "hostile": Source(title='"><script>alert(1)</script>', url=url),
        "plain": Source(title="Plain", url="https://plain.example/paper"),
    }
    declare([hostile], signer=tables.signer("aster"), sources=sources)
    for address in ("/records/mission/hostile/", "/records/?q=hostile", "/missions/", "/", "/missions/hostile/"):
        page = as_("stranger").get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert not re.search(rf'href="\s*{re.escape(url.strip())}', page), address
    record = as_("stranger").get("/records/mission/hostile/").content.decode()
    assert url.strip() in record
    assert '<a href="https://plain.example/paper" rel="noreferrer">' in record


@pytest.mark.parametrize(
    ("amount", "told"), [(1e10, "10,000,000,000"), (1234.5, "1,234.50"), (850_000_000, "850,000,000")]
)
def test_money_is_written_out(amount, told):
    assert money_text(Money(amount=amount, currency="USD", price_year=2011)) == f"{told} USD (prices of 2011)"
