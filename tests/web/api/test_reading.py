"""Programs read what their people may see, no more, and as the command line answers."""

import json

import pytest
from typer.testing import CliRunner

from tests.web import scene, tables
from tests.web.crawling import NOWHERE

EVERYBODY = ("owner", "partner", "other", "observer", "office", "stranger")


def all_records(program, **asked):
    """Read all pages of a listing."""
    found, after = [], ""
    while after is not None:
        query = "&".join(f"{name}={value}" for name, value in {**asked, "after": after}.items())
        page = program.get(f"/records?{query}").json()
        found += page["records"]
        after = page["next"]
    assert len(found) == page["found"]
    return found


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_program_reads_the_records_of_its_person_and_no_others(program, name):
    from synodos.ledger import snapshot

    seen = snapshot(viewer=tables.EYES[name])
    listed = all_records(program(name), limit=7)
    assert [(one["kind"], one["id"]) for one in listed] == sorted((record.kind, record.id) for record in seen)
    words = json.dumps(listed)
    for sort, readers in scene.SEEN_BY.items():
        assert (scene.MARKS[sort] in words) == (tables.EYES[name] in readers), sort


def test_a_page_that_was_given_before_does_not_shift(program):
    asks = program("owner")
    whole = all_records(asks)
    elements = [one for one in whole if one["kind"] == "element"]
    assert len(elements) > 1
    assert all_records(asks, kind="element") == elements
    assert all_records(asks, kind="element", limit=1) == elements
    assert all_records(asks, limit=len(whole) - 1) == whole


@pytest.mark.parametrize("path", ["/records/element/{}", "/records/element/{}/history", "/questions/dossier/{}"])
def test_hidden_and_missing_are_the_same(program, path):
    asks = program("other")
    hidden = asks.get(path.format(f"element-{scene.MARKS['aster-private']}"))
    nowhere = asks.get(path.format(NOWHERE))
    assert hidden.status_code == nowhere.status_code == 404
    assert hidden.content == nowhere.content
    heads = [{**answer.headers, "X-Request-ID": None} for answer in (hidden, nowhere)]  # a name for each, by chance
    assert heads[0] == heads[1]
    assert hidden.headers["Content-Type"] == "application/problem+json"


def test_a_record_and_its_history_are_those_of_the_ledger(program):
    from synodos.ledger import record_history

    key = f"element-{scene.MARKS['aster-private']}"
    asks = program("owner")
    one = asks.get(f"/records/element/{key}").json()
    assert one["record"]["id"] == key
    told = asks.get(f"/records/element/{key}/history").json()["statements"]
    assert [each["hash"] for each in told] == [entry.hash for entry in record_history("element", key, viewer="aster")]


def test_the_whole_portfolio_is_a_file_that_commands_read(program, tmp_path):
    from synodos.cli import app

    path = tmp_path / "plans.json"
    asks = program("owner")
    path.write_bytes(asks.get("/portfolio/file").content)
    done = CliRunner().invoke(app, ["opportunities", str(path), "--as", "aster", "--format", "json"])
    assert done.exit_code == 0, done.output
    on_line, by_net = json.loads(done.stdout), asks.get("/questions/opportunities").json()
    assert by_net["answer"] == on_line["answer"]
    assert by_net["evidence"] == on_line["evidence"]
    assert by_net["portfolio"]["sha256"] == asks.get("/portfolio").json()["sha256"]


def test_a_question_is_answered_as_its_page_answers_it(program):
    browser = tables.browser("owner")
    asks = program("owner")
    for path in ("opportunities/", "dependence/", "law/contested/", "agreements/watch/", "calendar/"):
        page = browser.get(f"/{path}?format=json").json()
        assert asks.get(f"/questions/{path.removesuffix('/')}").json() == page, path


def test_what_somebody_has_already_is_not_sent_again(program):
    asks, others = program("owner"), program("partner")
    for path in ("/portfolio", "/records", "/questions/opportunities?agency=aster", "/records/element/winch/history"):
        first = asks.get(path)
        again = asks.get(path, **{"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert others.get(path, **{"If-None-Match": first.headers["ETag"]}).status_code == 200
        assert asks.get(path, **{"If-None-Match": f'"x", W/{first.headers["ETag"]}'}).status_code == 304
        assert "Authorization" in first.headers["Vary"]


def test_a_past_day_is_answered_as_it_was(program):
    asks = program("owner")
    assert asks.get("/portfolio?on=2010-12-31").json()["known_on"] == "2010-12-31"
    assert asks.get("/portfolio?on=2010-12-31").json()["records"] < asks.get("/portfolio").json()["records"]


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/records?limit=0", 422, None),
        ("/records?kind=" + "x" * 41, 422, None),
        ("/portfolio?on=2010-13-01", 400, None),
        ("/portfolio?on=soon", 400, None),
        ("/questions/opportunities?agency=nobody", 400, "agency"),
        ("/questions/opportunities?colour=red", 400, "address"),
        ("/questions/schedule/path?scope=nowhere", 400, "scope"),
        ("/questions/opportunities?format=csv", 400, "address"),
        ("/records?kinds=mission", 400, "address"),
        ("/records/element/winch/history?day=2011-09-30", 400, "address"),
        ("/records/element/%00", 404, None),
        ("/nothing", 404, None),
        ("/runs", 401, None),
        ("/bundles", 401, None),
    ],
)
def test_a_refusal_is_a_problem_that_says_what_is_wrong(program, path, status, field):
    refused = program("stranger").get(path)
    assert refused.status_code == status, refused.content
    assert refused.headers["Content-Type"] == "application/problem+json"
    told = refused.json()
    assert told["status"] == status
    assert told["detail"]
    assert told.get("field") == field


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "TRACE", "BREW"])
@pytest.mark.parametrize(
    ("path", "takes"),
    [("/portfolio", "GET, HEAD"), ("/openapi.json", "GET, HEAD"), ("/drafts", "POST"), ("/bundles", "GET, HEAD, POST")],
)
def test_a_method_that_is_not_taken_is_refused_with_those_that_are(program, method, path, takes):
    refused = program("stranger").client.generic(method, f"/api/v1{path}")
    assert (refused.status_code, refused.headers["Allow"]) == (405, takes)
    assert refused.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/portfolio", "/records/element/nothing", "/openapi.json"])
def test_a_head_is_that_of_the_answer_without_its_body(program, path):
    asks = program("stranger")
    whole, head = asks.get(path), asks.client.head(f"/api/v1{path}")
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("ETag", "Content-Type", "Vary"):
        assert head.headers.get(name) == whole.headers.get(name)


def test_an_answer_is_worked_out_once_for_all_with_the_same_seat(program, monkeypatch):
    from synodos.web.accounts.models import LogEntry
    from synodos.web.packed import PAGES

    PAGES.clear()
    asks, others = program("owner"), program("partner")
    before = LogEntry.objects.filter(event="exported").count()
    first = asks.get("/questions/opportunities")
    monkeypatch.setattr("synodos.web.pages.planning.opportunities", None)
    assert asks.get("/questions/opportunities").content == first.content
    assert LogEntry.objects.filter(event="exported").count() == before + 2
    assert asks.get("/questions/opportunities", **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert LogEntry.objects.filter(event="exported").count() == before + 2
    assert others.get("/portfolio").json()["viewer"] == "borea"


def test_the_same_taken_out_again_is_counted_up_in_its_entry(program, monkeypatch):
    from synodos.web.accounts import again
    from synodos.web.accounts.models import LogEntry

    asks, others = program("owner"), program("partner")
    entries = LogEntry.objects.filter(event="exported")
    before = entries.count()
    for _ in range(60):
        asks.get("/portfolio")
    assert (entries.count(), entries.first().times) == (before + 1, 51)
    others.get("/portfolio")
    asks.get("/portfolio?on=2011-06-30")
    assert [entry.times for entry in entries[:3]] == [1, 1, 51]
    monkeypatch.setattr(again.time, "monotonic", lambda: 1e12)
    asks.get("/portfolio")
    assert (entries.count(), entries.first().about) == (before + 4, "/api/v1/portfolio")


def test_an_entry_that_is_gone_is_made_anew(program):
    from synodos.web.accounts.models import LogEntry

    asks, entries = program("owner"), LogEntry.objects.filter(event="exported", about="/api/v1/portfolio")
    asks.get("/portfolio")
    entries.delete()
    for _ in range(50):
        asks.get("/portfolio")
    assert not entries.exists()
    asks.get("/portfolio")
    assert entries.get().times == 1


def test_editions_are_listed_and_their_files_had(program):
    import hashlib

    from synodos.web.editions.models import PublishedEdition
    from tests.web import published

    asks, others = program("owner"), program("stranger")
    listed = asks.get("/editions").json()["editions"]
    assert {one["key"] for one in listed} == {published.key(name) for name in tables.PUBLISHED}
    key = published.key("aster")
    one = asks.get(f"/editions/{key}").json()
    assert (one["state"], one["seen_by"], one["signed_by"]) == ("published", "aster", "aster")
    for file in one["files"]:
        given = asks.get(f"/editions/{key}/files/{file['name']}")
        assert hashlib.sha256(given.content).hexdigest() == file["sha256"]
    hidden, nowhere = others.get(f"/editions/{key}"), others.get(f"/editions/{NOWHERE}")
    assert (hidden.status_code, hidden.content) == (404, nowhere.content)
    PublishedEdition.objects.filter(key=key).update(state="withdrawn", reason="Wrong", withdrawn_on="2012-08-01")
    gone = asks.get(f"/editions/{key}").json()
    assert (gone["files"], gone["reason"], gone["sha256"]) == ([], "Wrong", one["sha256"])
    assert asks.get(f"/editions/{key}/files/portfolio.json").status_code == 404
    unanswered = asks.get(f"/questions/editions/{key}")
    assert (unanswered.status_code, unanswered.json()["detail"]) == (422, "Withdrawn on 2012-08-01: Wrong.")
    PublishedEdition.objects.filter(key=key).update(state="published", reason="", withdrawn_on=None)
