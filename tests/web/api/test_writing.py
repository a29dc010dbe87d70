"""Programs bring drafts, questions and bundles; the same write sent twice is done once."""

from concurrent.futures import ThreadPoolExecutor

from tests.databases import opened
from tests.web import scene, tables


def element(key, owner="aster"):
    """Return an element as a program brings it."""
    fields = {"id": key, "owner": owner, "stated_by": owner, "as_of": "2012-06-01", "release": "private"}
    return {
        "kind": "element",
        "record": {**fields, "confidence": "read", "name": "A tug", "status": "planned", "sources": ["plan-of-record"]},
    }


def test_a_draft_waits_for_a_person_to_declare_it(program):
    from synodos.web.agency.models import Draft

    asks = program("colleague")
    made = asks.post("/drafts", element("tug"))
    assert made.status_code == 201, made.content
    assert Draft.objects.get(agency="aster", record_id="tug").values["name"] == "A tug"
    assert asks.get("/records/element/tug").status_code == 404
    assert tables.browser("colleague").get(made.json()["page"]).status_code == 200


def test_a_draft_of_others_or_with_faults_is_refused(program):
    asks = program("colleague")
    others = asks.post("/drafts", element("tug", owner="borea"))
    assert (others.status_code, others.json()["field"]) == (422, "owner")
    wrong = element("tug")
    wrong["record"]["status"] = "dreamt of"
    refused = asks.post("/drafts", wrong).json()
    assert "status" in refused["faults"][0]


def test_the_same_write_sent_again_is_done_once(program):
    from synodos.web.agency.models import Draft

    asks = program("colleague")
    first = asks.post("/drafts", element("barge"), **{"Idempotency-Key": "one"})
    Draft.objects.filter(record_id="barge").delete()
    again = asks.post("/drafts", element("barge"), **{"Idempotency-Key": "one"})
    assert (again.status_code, again.json()) == (first.status_code, first.json()) == (201, first.json())
    assert not Draft.objects.filter(record_id="barge").exists()
    other = asks.post("/drafts", element("ferry"), **{"Idempotency-Key": "one"})
    assert other.status_code == 422
    assert asks.post("/drafts", element("barge"), **{"Idempotency-Key": "two"}).status_code == 201
    assert Draft.objects.filter(record_id="barge").exists()


def test_what_takes_long_is_asked_worked_on_and_read(program, monkeypatch, room, tmp_path):
    from synodos.web.runs import queueing, worker

    monkeypatch.setenv("SYNODOS_DATABASE", str(room))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    asks = program("owner")
    put = asks.post("/runs", {"question": "exposure"})
    assert put.status_code == 202, put.content
    place = put.headers["Location"].removeprefix("/api/v1")
    assert asks.get(place).json()["state"] == "queued"
    assert program("other").get(place).status_code == 404
    asks = program("owner")
    worker.work(once=True)
    done = asks.get(place).json()
    assert done["state"] == "done"
    assert done["answer"]["question"] == "exposure"
    assert done["answer"]["viewer"] == "aster"
    assert asks.delete(place).status_code == 204
    assert asks.get(place).status_code == 404
    assert queueing.LOST_S > 0


def test_a_question_that_makes_no_sense_is_refused(program):
    asks = program("owner")
    assert asks.post("/runs", {"question": "colour"}).status_code == 422
    assert asks.post("/runs", {"question": "risk", "parameters": {"iterations": 0}}).status_code == 422
    unknown = asks.post("/runs", {"question": "risk", "parameters": {"colour": "red"}})
    assert (unknown.status_code, unknown.json()["field"]) == (422, "colour")
    assert asks.post("/runs", "{not json").status_code in {400, 422}


def test_bundles_go_out_and_come_in(program, empty_table, tmp_path):
    from synodos.ledger import merge_bundle, snapshot
    from synodos.ledger.models import Ledger

    asks = program("partner")
    bundle = asks.get("/bundles")
    path = tmp_path / "brought.bundle"
    path.write_bytes(b"".join(bundle.streaming_content))
    known = asks.post("/bundles", path.read_bytes(), "application/octet-stream").json()
    assert (known["added"], known["known"] > 0) == (0, True)
    seen = snapshot(viewer="borea").sha256
    ledger = Ledger.objects.get()
    other = tmp_path / "laptop.sqlite3"
    other.write_bytes(empty_table.read_bytes())
    with opened(other):
        Ledger.objects.create(secretariat=scene.OFFICE, anchor=ledger.anchor, created_at=ledger.created_at)
        merge_bundle(path)
        assert snapshot(viewer="borea").sha256 == seen


def test_a_damaged_bundle_changes_nothing(program):
    from synodos.ledger.models import StoredEntry

    asks = program("partner")
    content = bytearray(b"".join(asks.get("/bundles").streaming_content))
    content[len(content) // 2] ^= 1
    before = StoredEntry.whole_ledger.count()
    refused = asks.post("/bundles", bytes(content), "application/octet-stream")
    assert refused.status_code == 422
    assert refused.json()["code"].startswith(("bundle.", "entry."))
    assert StoredEntry.whole_ledger.count() == before


def test_a_bundle_that_is_too_large_is_refused(program, monkeypatch):
    from synodos.web.api import bundles

    monkeypatch.setattr(bundles, "MOST_BYTES", 1000)
    refused = program("partner").post("/bundles", b"x" * 2000, "application/octet-stream")
    assert refused.status_code == 413


def test_a_body_that_is_too_large_is_refused(program, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    asks = program("colleague")
    for heads in ({}, {"Idempotency-Key": "large"}):
        refused = asks.post("/drafts", b"{" + b" " * 2000 + b"}", **heads)
        assert refused.status_code == 413, refused.content
        assert refused.headers["Content-Type"] == "application/problem+json"


def test_a_write_whose_server_fell_may_be_tried_again(program):
    import datetime as dt

    from synodos.web.api.models import Answered

    asks = program("colleague")
    assert asks.post("/drafts", element("raft"), **{"Idempotency-Key": "raft"}).status_code == 201
    Answered.objects.filter(key="raft").update(status=None)
    assert asks.post("/drafts", element("raft"), **{"Idempotency-Key": "raft"}).status_code == 409
    Answered.objects.filter(key="raft").update(made_at=dt.datetime(2012, 1, 1, tzinfo=dt.UTC))
    assert asks.post("/drafts", element("raft"), **{"Idempotency-Key": "raft"}).status_code == 201


def test_a_write_that_was_refused_may_be_tried_again_with_its_key(program, monkeypatch):
    from synodos.web.runs import queueing

    asks, heads = program("owner"), {"Idempotency-Key": "patience"}
    monkeypatch.setattr(queueing, "MOST_OPEN", 0)
    question = {"question": "risk", "parameters": {"iterations": 123}}
    assert asks.post("/runs", question, **heads).status_code == 409
    monkeypatch.undo()
    put = asks.post("/runs", question, **heads)
    again = asks.post("/runs", question, **heads)
    assert put.status_code == again.status_code == 202
    assert put.headers["Location"] == again.headers["Location"]
    asks.delete(put.headers["Location"].removeprefix("/api/v1"))


def test_of_many_at_once_with_one_key_one_is_done(program, rf):
    from django.db import connection
    from django.http import HttpResponse

    from synodos.web.api.once import once

    program("colleague")
    token, done = tables.user("colleague").tokens.get(), []

    @once
    def work(request):
        done.append(1)
        return HttpResponse("{}", status=201, content_type="application/json")

    def send(_):
        request = rf.post("/api/v1/drafts", b"{}", "application/json", headers={"Idempotency-Key": "race"})
        request.auth = token
        try:
            return work(request).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(send, range(12)))
    assert len(done) == 1
    assert set(answers) <= {201, 409}
    assert answers.count(201) >= 1


def test_a_first_that_came_to_nothing_meanwhile_is_no_failure(monkeypatch, program):
    from django.db import IntegrityError

    from synodos.web.api.models import Answered

    def taken(**_):
        raise IntegrityError

    monkeypatch.setattr(Answered.objects, "create", taken)
    refused = program("colleague").post("/drafts", element("skiff"), **{"Idempotency-Key": "gone"})
    assert refused.status_code == 409


def test_a_word_that_is_no_unicode_is_refused_not_a_failure(program):
    asks = program("owner")
    for refused in (
        asks.post("/runs", b'{"question": "risk", "parameters": {"\\ud800": 1}}'),
        asks.post("/drafts", b'{"kind": "element", "record": {"id": "\\ud800"}}'),
        asks.post("/drafts", b"[" * 100_000),
    ):
        assert refused.status_code in {400, 422}, refused.content


def test_what_a_database_cannot_keep_is_refused(rf):
    from django.db import DataError

    from synodos.web.api.v1 import api

    refused = api.on_exception(rf.post("/api/v1/drafts"), DataError("text fields cannot contain NUL"))
    assert refused.status_code == 422
    assert b"text fields" not in refused.content


def test_a_body_that_breaks_off_is_refused(program, monkeypatch):
    from django.http import HttpRequest, UnreadablePostError

    def broken(*_):
        raise UnreadablePostError

    asks = program("partner")
    monkeypatch.setattr(HttpRequest, "read", broken)
    refused = asks.post("/bundles", b"", "application/octet-stream")
    assert (refused.status_code, "broke off" in refused.json()["detail"]) == (400, True)
