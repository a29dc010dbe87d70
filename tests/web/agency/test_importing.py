"""Files become drafts after a preview; nothing is declared, and hostile files give one clear error."""

import dataclasses
import importlib.util
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from synodos.web.agency import importing
from synodos.web.agency.models import Draft, Upload
from synodos.web.agency.reading import Found, read_apart, read_here
from tests.web.agency_pages import words

ADDRESS = "/agency/import/"
HEAD = "format: synodos-records\nversion: 1\n"
SHARED = "release: members, as_of: 2012-05, confidence: read, sources: [plan-of-record]"
SIBLING = Path(__file__).parents[2] / "exchange" / "schedule_files.py"


@pytest.fixture
def here(monkeypatch):
    """Read in this process: a process of its own takes half a second to start."""
    monkeypatch.setattr(importing, "read_apart", read_here)


def send(browser, *files, **given):
    """Send files, each a name and its text, and look at what comes back."""
    sent = [SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    answer = browser.post(ADDRESS, {"files": sent, **given})
    return browser.get(answer["Location"]) if answer.status_code == 302 else answer


def verdicts(page):
    """What a preview says of each record."""
    return {one["row"].id: one["row"].verdict for group in page.context["groups"] for one in group["rows"]}


def elements(*lines):
    """A file of elements."""
    return HEAD + "elements:\n" + "".join(f"  - {{{line}, {SHARED}}}\n" for line in lines)


def test_a_preview_tells_new_changed_unchanged_and_refused(as_, here):
    text = elements(
        "id: new-arm, name: New arm, status: idea",
        "id: drill, name: Still longer drill, status: planned, provides: [sample-acquisition]",
        "id: wrong, name: Wrong, status: perhaps",
        "id: relay, name: Not ours, status: idea, owner: borea",
        "id: rocket, name: Same id, status: idea",
    )
    page = send(as_("colleague"), ("more.yaml", text))
    found = verdicts(page)
    assert found == {"new-arm": "new", "drill": "changed", "wrong": "refused", "relay": "refused", "rocket": "refused"}
    told = words(page)
    assert "Longer drill Still longer drill" in told
    assert "found 'perhaps'; expected one of 'idea'" in told
    assert "(more.yaml:6, record.value)" in told
    assert "It is a record of Borea, not yours." in told
    assert "Corvo has a record with this id." in told
    assert not Draft.objects.exists()


def test_what_is_chosen_becomes_drafts_with_its_sources(as_, here):
    portfolio = {"format": "synodos-portfolio", "version": 1, "portfolio": {
        "id": "ours", "title": "Ours", "known_on": "2012", "sources": {"aster-2012": {"title": "Plan of 2012"}}},
        "elements": [{"id": name, "name": name, "status": "idea", "owner": "aster", "stated_by": "aster",
                      "release": "members", "as_of": "2012-05", "confidence": "read", "sources": ["aster-2012"]}
                     for name in ("first", "second")]}  # fmt: skip
    browser = as_("colleague")
    page = send(browser, ("ours.json", json.dumps(portfolio)))
    assert "Plan of 2012 (aster-2012)" in words(page)
    answer = browser.post(page.request["PATH_INFO"], {"take": ["element:first"], "do": "chosen"})
    assert answer["Location"] == "/agency/drafts/"
    assert {(draft.kind, draft.record_id) for draft in Draft.objects.all()} == {
        ("source", "aster-2012"),
        ("element", "first"),
    }
    kept = Draft.objects.get(kind="element").values
    assert kept["release"] == "members"
    assert "owner" not in kept
    assert not Upload.objects.exists()
    assert "can be declared" in words(browser.get("/agency/drafts/"))


def work_on(browser, monkeypatch, *files):
    """Send files that are large for this once, and do what the worker does; return the run and what came of it."""
    from synodos.ledger import snapshot
    from synodos.web.runs import answering, queueing
    from synodos.web.runs.files import laid_out
    from synodos.web.runs.models import Run

    monkeypatch.setattr(importing, "LARGE_BYTES", 10)
    monkeypatch.setattr(queueing, "somebody_works", lambda: True)
    sent = [SimpleUploadedFile(name, text.encode()) for name, text in files]
    answer = browser.post(ADDRESS, {"files": sent})
    run = Run.objects.get(pk=answer["Location"].split("/")[2])
    with laid_out(run.pk) as paths:
        asked = {**run.parameters, "paths": paths, "run": str(run.pk)}
        return run, answering.answer(run.question, snapshot(viewer=run.viewer), asked, lambda *_: None)


def test_a_large_file_is_read_by_the_worker_and_previewed_alike(as_, monkeypatch):
    browser = as_("colleague")
    text = elements("id: barge, name: Barge, status: planned", "id: broken, name: Broken, status: odd")
    run, made = work_on(browser, monkeypatch, ("plans.yaml", text), ("more.yaml", elements("id: raft, name: Raft")))
    assert (run.question, run.viewer) == ("import", "aster")
    assert made.shown.lead == "3 statements from plans.yaml, more.yaml: see what they would change."
    page = browser.get(made.leads_to)
    assert verdicts(page)["barge"] == "new"
    assert not run.files.exists(), "they are kept no longer than need be"
    assert as_("partner").get(made.leads_to).status_code == 404
    assert as_("partner").get(f"/runs/{run.pk}/").status_code == 404
    assert browser.post(f"/runs/{run.pk}/again/").status_code == 404, "it is asked from its own page alone"


def test_what_is_wrong_with_a_large_file_is_told_in_its_run(as_, monkeypatch):
    from synodos.language import PortfolioError

    with pytest.raises(PortfolioError) as refused:
        work_on(as_("colleague"), monkeypatch, ("plans.yaml", "format: something-else\n"))
    assert refused.value.faults[0].code.startswith("file.")


def test_what_is_stated_already_is_unchanged(as_, here, desk):
    from synodos.exchange import record_text
    from synodos.ledger import snapshot

    record = snapshot(viewer="aster").missions["aster-mission"].model_dump(mode="json", exclude_defaults=True)
    text = record_text({"format": "synodos-records", "version": 1, "missions": [{**record, "as_of": "2012-05"}]})
    page = send(as_("colleague"), ("same.yaml", text))
    assert verdicts(page) == {"aster-mission": "unchanged"}
    assert "Nothing here can become a draft" in words(page)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.yaml", HEAD + "elements: [{id: &x a}, *x]\n", "value.alias"),
        ("a.yaml", HEAD + "elements: !!python/object/apply:os.system [ls]\n", "value.tag"),
        ("a.yaml", "elements: [\n", "file.syntax"),
        ("a.yaml", b"\xff\xfe\x00", "file.encoding"),
        ("a.json", "[" * 100_000, "file.too-deep"),
        ("a.json", "{}", "file.format"),
        ("a.xlsx", b"PK\x03\x04 no workbook", "file."),
        ("../../etc/passwd", "root", "schedule."),
        ("a.yaml", "", "file.empty"),
        ("a.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "schedule."),
    ],
)
def test_hostile_files_give_a_clear_error_and_change_nothing(as_, here, name, text, code):
    page = send(as_("colleague"), (name, text))
    assert page.status_code == 400
    told = [fault.code for fault, _ in page.context["faults"]]
    assert any(one.startswith(code) for one in told), told
    assert not Upload.objects.exists()
    assert not Draft.objects.exists()


def test_too_much_is_refused_before_it_is_read(as_, monkeypatch):
    monkeypatch.setattr(importing, "MOST_BYTES", 1_000)
    page = send(as_("colleague"), ("a.yaml", "x" * 2_000))
    assert page.status_code == 413
    assert "file.too-large" in words(page)


def test_a_forged_form_is_refused(as_):
    from django.test import Client

    browser = as_("colleague")
    careful = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    careful.cookies = browser.cookies
    assert careful.post(ADDRESS, {"files": SimpleUploadedFile("a.yaml", HEAD.encode())}).status_code == 403


def test_nobody_else_sees_what_was_read(as_, here):
    browser = as_("colleague")
    page = send(browser, ("a.yaml", elements("id: new-arm, name: New arm, status: idea")))
    for name in ("owner", "partner", "office", "reader"):
        assert as_(name).get(page.request["PATH_INFO"]).status_code == 404
    assert as_("reader").get(ADDRESS).status_code == 404


def test_a_file_is_read_in_a_process_of_its_own(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        elements("id: new-arm, name: New arm, status: idea", "id: b, name: B, status: no"), encoding="utf-8"
    )
    asked = {"agency": "aster", "compiler": False}
    apart = read_apart([path], asked)
    assert json.dumps(dataclasses.asdict(apart)) == json.dumps(dataclasses.asdict(read_here([path], asked)))
    assert [bool(one["faults"]) for one in apart.statements] == [False, True]


def test_a_process_that_fails_is_one_fault(tmp_path, monkeypatch):
    from synodos.web.agency import reading

    monkeypatch.setattr(reading.sys, "executable", "/bin/false")
    assert [fault.code for fault in read_apart([tmp_path], {"agency": "aster"}).faults] == ["file.unreadable"]


def test_a_schedule_becomes_drafts_and_the_next_file_what_changed(as_, here):
    pytest.importorskip("mpxj")
    files = _schedule_files()
    tasks = [files.task(1, "A10", 5), files.task(2, "A20", 8), files.task(3, "A30", 1)]
    browser = as_("colleague")
    page = send(browser, ("plan.xer", files.xer(tasks)), as_of="2012-07-05")
    assert "Primavera" in words(page)
    assert set(verdicts(page).values()) == {"new"}
    browser.post(page.request["PATH_INFO"], {"do": "all"})
    assert Draft.objects.filter(kind="activity").count() == 3
    assert {draft.values["release"] for draft in Draft.objects.exclude(kind="source")} == {"private"}
    owner = as_("owner")
    keys = [f"{draft.kind}:{draft.record_id}" for draft in Draft.objects.all()]
    shown = owner.post("/agency/declare/", {"draft": keys, "do": "preview"})
    assert shown.context["signable"], shown.context["faults"]
    given = {"draft": keys, "stamp": shown.context["stamp"], "understood": "yes", "do": "sign"}
    assert owner.post("/agency/declare/", given).status_code == 302
    again = send(browser, ("plan.xer", files.xer([files.task(1, "A10", 6), tasks[1]])), as_of="2012-08-05")
    by_verdict = {verdict: name for name, verdict in verdicts(again).items() if "a" in name.rpartition("-")[2]}
    assert {verdict for verdict in by_verdict if verdict != "unchanged"} == {"changed", "retracted"}
    assert "5 6" in words(again)


def _schedule_files():
    """The maker of schedule files that tests of the exchange use."""
    spec = importlib.util.spec_from_file_location("schedule_files", SIBLING)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nothing_found_is_nothing():
    assert read_here([], {}) == Found()


def test_taking_what_others_compiled_makes_it_the_agencys_own(root):
    from synodos.exchange import read_history
    from synodos.web.agency.previewing import rows_of

    portfolio = read_history(root / "portfolios" / "exploration2011").known_on()
    missions = [one for one in portfolio.missions.values() if one.owner in ("esa", "nasa")]
    stated = [
        {"kind": "mission", "id": one.id, "values": {**one.model_dump(mode="json"), "stated_by": "esa"}, "faults": []}
        for one in missions
    ]
    rows = rows_of(Found(stated), "esa", portfolio, {})
    verdict = {row.id: (row.verdict, row.why, row.changes) for row in rows}
    own = {one.id for one in missions if one.owner == "esa"}
    assert {key for key, told in verdict.items() if told[0] == "changed"} == own
    assert {verdict[key] for key in own} == {("changed", "Until now Synodos contributors stated it.", ())}
    assert {told[0] for key, told in verdict.items() if key not in own} == {"refused"}
