"""The secretariat builds, publishes and withdraws editions; everybody else sees what they may of it."""

import html
import json

import pytest
from django.test import Client

from synodos.ledger import save_signer
from synodos.web.editions.models import EditionFile, PublishedEdition
from tests.commands import ran
from tests.web import published, scene, tables

PLAN = {
    "title": "Round-table roadmap",
    "number": "3",
    "key": "round-table-3",
    "published": "2012-09-30",
    "known_on": "2012-06-30",
    "viewer": "members",
    "scenarios": ["aster-scenario"],
    "authors": [],
    "supersedes": "",
    "foreword": "It binds nobody.\n\nIt was made for a test.",
    "chapters": "# Why together\nNobody can do it alone.",
    "iterations": "10",
    "seed": "1",
    "shown_to": scene.OFFICE,
}


@pytest.fixture
def cheap(monkeypatch):
    """Let editions be written without documents, which take seconds to set."""
    from synodos import exchange, report
    from synodos.language import History
    from synodos.report.editions.files import frozen
    from synodos.roadmap import in_order
    from synodos.web.editions import building

    def files(portfolio, edition, *, signed_by=None, changes=None):
        plans = History(portfolio.header, tuple(in_order(portfolio)))
        listed = [
            (exchange.PLAN_FILE, exchange.edition_plan_text(edition.plan).encode()),
            (exchange.PORTFOLIO_FILE, exchange.portfolio_json(plans)),
            ("data/elements.csv", b"name\r\n"),
        ]
        yield from listed
        since = frozen(changes) if changes else None
        yield exchange.EDITION_FILE, exchange.edition_json(frozen(edition), since, signed_by, listed)

    monkeypatch.setattr(building, "edition_files", files)
    monkeypatch.setattr(report, "edition_files", files)


@pytest.fixture
def office(as_, undone, cheap, settings, tmp_path):
    """The browser of the secretariat, whose key lies beside."""
    settings.SYNODOS_KEYS = tmp_path / "keys"
    save_signer(tables.signer(scene.OFFICE), settings.SYNODOS_KEYS)
    return as_("office")


def built(office, **given):
    """Have an edition built as the worker does; return the address of its draft."""
    from synodos.ledger import snapshot
    from synodos.web.runs import answering
    from synodos.web.runs.models import Run

    put = office.post("/editions/build/", {**PLAN, "do": "build", **given})
    assert put.status_code == 302, html.unescape(put.content.decode())
    run = Run.objects.get(pk=put["Location"].split("/")[2])
    assert (run.question, run.viewer) == ("edition", scene.OFFICE)
    made = answering.answer(run.question, snapshot(viewer=run.viewer), run.parameters, lambda *_: None)
    assert made.shown.title == PLAN["title"]
    return made.leads_to


def status(browser, path):
    return browser.get(path).status_code


def said(browser, path):
    return html.unescape(browser.get(path).content.decode())


def test_a_draft_is_looked_at_published_to_members_and_withdrawn(office, as_):
    look = html.unescape(office.post("/editions/build/", {**PLAN, "do": "preview"}).content.decode())
    assert "What would be built" in look
    assert "Mars landing" in look
    draft = built(office, signs="on")
    members, stranger = as_("owner"), as_("stranger")
    assert "This is a draft" in said(office, draft)
    assert {status(one, draft) for one in (members, stranger, as_("observer"))} == {404}
    assert "Round-table roadmap" not in said(members, "/editions/")
    edition = PublishedEdition.objects.get(edition="round-table-3")
    assert members.post(f"{draft}publish/", {"shown_to": "public"}).status_code == 404
    office.post(f"{draft}publish/", {"shown_to": "public"})
    edition.refresh_from_db()
    assert edition.state == "draft", "it holds what only members see"
    office.post(f"{draft}publish/", {"shown_to": "members"})
    edition.refresh_from_db()
    assert (edition.state, edition.author, edition.shown_to) == ("published", scene.OFFICE, "members")
    assert "with a key that this ledger knows as theirs" in said(members, draft)
    assert {status(one, draft) for one in (stranger, as_("observer"), as_("outsider"))} == {404}
    assert members.get(f"{draft}files/portfolio.json").status_code == 200
    office.post(f"{draft}withdraw/", {"reason": "One year is wrong"})
    page = said(members, draft)
    assert "One year is wrong." in page
    assert edition.sha256 in page
    assert "Nobody can do it alone" not in page
    assert {status(members, f"{draft}{file}") for file in ("files/portfolio.json", "all.zip")} == {404}
    assert status(office, f"{draft}files/portfolio.json") == 200
    assert "withdrawn on" in said(members, "/editions/")


def test_a_draft_for_members_is_seen_by_them_and_discarded(office, as_):
    draft = built(office, shown_to="members")
    assert status(as_("owner"), draft) == 200
    assert status(as_("stranger"), draft) == 404
    assert as_("owner").post(f"{draft}discard/").status_code == 404
    office.post(f"{draft}discard/")
    assert status(office, draft) == 404
    assert not PublishedEdition.objects.filter(edition="round-table-3").exists()


def test_what_is_published_to_one_agency_is_seen_by_it_and_the_secretariat(office, as_):
    draft = built(office, viewer="public")
    office.post(f"{draft}publish/", {"shown_to": "borea"})
    seen = {name: status(as_(name), draft) for name in ("partner", "owner", "office", "stranger")}
    assert seen == {"partner": 200, "owner": 404, "office": 200, "stranger": 404}


def test_members_see_in_an_edition_what_is_released_to_them_and_nobody_alone(office):
    draft = built(office)
    plans = bytes(EditionFile.objects.get(edition__edition="round-table-3", name="portfolio.json").content).decode()
    told = {sort for sort, word in scene.MARKS.items() if f"element-{word}" in plans}
    assert told
    assert all(set(scene.MEMBERS) <= set(scene.SEEN_BY[sort]) for sort in told)
    assert draft.startswith("/editions/round-table-3-")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"known_on": "2030-01-01"}, "Expected no day after"),
        ({"published": "2011"}, "on or after the day of knowledge"),
        ({"scenarios": [f"scenario-{scene.MARKS['aster-private']}"]}, "is not one of the available choices"),
        ({"chapters": "No heading"}, "title"),
        ({"known_on": "2010-06-30", "published": "2012"}, "Not to be seen on 2010-06-30"),
        ({"signs": "on", "authors": ["aster"]}, "Only its authors sign"),
    ],
    ids=["day", "published", "hidden", "chapters", "earlier", "signs"],
)
def test_a_plan_that_makes_no_sense_is_refused_at_its_field(office, given, says):
    page = office.post("/editions/build/", {**PLAN, "do": "build", **given})
    assert page.status_code == 200
    assert says in html.unescape(page.content.decode())


OF_ASTER = "edition-of-aster"


def test_only_editions_that_the_secretariat_sees_are_offered_as_the_one_before(office):
    offered = said(office, "/editions/build/")
    assert "Plans as public sees them" in offered
    assert "Plans as aster sees them" not in offered
    assert OF_ASTER not in offered
    page = office.post("/editions/build/", {**PLAN, "do": "build", "supersedes": OF_ASTER})
    assert "is not one of the available choices" in html.unescape(page.content.decode())
    refused = by_program("office", supersedes=OF_ASTER)
    assert (refused.status_code, "available choices" in refused.json()["detail"]) == (422, True)


@pytest.mark.parametrize(("viewer", "told"), [("members", True), ("public", False)])
def test_what_changed_is_told_to_readers_who_see_the_edition_before(office, viewer, told):
    first = built(office, viewer="members")
    office.post(f"{first}publish/", {"shown_to": "members"})
    second = built(office, key="round-table-4", number="4", viewer=viewer, supersedes="round-table-3")
    file = EditionFile.objects.get(edition__key=second.strip("/").split("/")[-1], name="edition.json")
    assert (json.loads(bytes(file.content))["changes"] is not None) == told


def shows(name):
    """Return the heading by which a program of somebody is known."""
    from synodos.web.api.tokens import make_token

    return {"Authorization": f"Bearer {make_token(tables.user(name), 'builder', ['run', 'read'], 1)}"}


def by_program(name, **given):
    """Have an edition built by a program of somebody."""
    body = {"parameters": {**{key: one for key, one in PLAN.items() if key != "do"}, **given}}
    return Client(HTTP_HOST="localhost").post(
        "/api/v1/editions",
        body,
        content_type="application/json",
        headers={**shows(name), "Idempotency-Key": f"one-{len(given)}-{'-'.join(given)}"},
    )


@pytest.mark.usefixtures("cheap")
def test_a_program_has_the_same_edition_built_as_the_page(office):
    from synodos.ledger import snapshot
    from synodos.web.editions.models import PublishedEdition
    from synodos.web.runs import answering
    from synodos.web.runs.models import Run

    draft = PublishedEdition.objects.get(key=built(office).strip("/").split("/")[-1])
    page, hash_of_page = Run.objects.filter(question="edition").latest("asked_at"), draft.sha256
    draft.delete()
    asked = by_program("office")
    assert asked.status_code == 202, asked.content
    run = Run.objects.get(pk=asked.json()["id"])
    assert asked.headers["Location"].endswith(str(run.pk))
    assert (run.question, run.viewer, run.title) == (page.question, page.viewer, page.title)
    assert {**run.parameters, "asked_at": ""} == {**page.parameters, "asked_at": ""}
    answering.answer(run.question, snapshot(viewer=run.viewer), run.parameters, lambda *_: None)
    assert PublishedEdition.objects.get(key=draft.key).sha256 == hash_of_page


@pytest.mark.parametrize("viewer", ["members", "public"])
def test_a_program_has_the_same_edition_built_as_the_command(office, viewer, tmp_path):
    from synodos.exchange import edition_plan_text
    from synodos.language import EditionPlan
    from synodos.ledger import snapshot
    from synodos.web.runs import answering
    from synodos.web.runs.models import Run

    run = Run.objects.get(pk=by_program("office", viewer=viewer).json()["id"])
    answering.answer(run.question, snapshot(viewer=run.viewer), run.parameters, lambda *_: None)
    draft = PublishedEdition.objects.get(edition="round-table-3")
    (tmp_path / "plan.yaml").write_text(edition_plan_text(EditionPlan.model_validate(run.parameters["plan"])))
    eyes = {} if viewer == "public" else shows("office")
    plans = Client(HTTP_HOST="localhost").get("/api/v1/portfolio/file?on=2012-06-30", headers=eyes)
    (tmp_path / "plans.json").write_bytes(plans.content)
    done = ran("edition", "build", tmp_path / "plans.json", tmp_path / "plan.yaml", "-o", tmp_path / "built")
    assert done.exit_code == 0, done.output
    for file in draft.files.all():
        assert (tmp_path / "built" / file.name).read_bytes() == bytes(file.content), file.name
    assert done.stdout.split()[0] == draft.sha256


def test_programs_of_others_build_nothing_and_faults_are_told_by_field(office):
    assert [by_program(name).status_code for name in ("owner", "partner")] == [403, 403]
    refused = by_program("office", known_on="2030-01-01")
    assert (refused.status_code, "Expected no day after" in refused.json()["detail"]) == (422, True)
    unknown = by_program("office", colour="blue")
    assert (unknown.status_code, "found 'colour'" in unknown.json()["detail"]) == (422, True)


def test_nobody_else_builds(as_):
    assert {status(as_(name), "/editions/build/") for name in ("owner", "observer")} == {404}
    assert as_("stranger").get("/editions/build/").status_code == 302


def test_without_its_key_nothing_is_published(office, settings, tmp_path):
    draft = built(office, signs="on")
    settings.SYNODOS_KEYS = tmp_path / "no-keys"
    office.post(f"{draft}publish/", {"shown_to": "members"})
    assert PublishedEdition.objects.get(edition="round-table-3").state == "draft"
    assert not EditionFile.objects.filter(edition__edition="round-table-3", name="signature.json").exists()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda files: files.filter(name="portfolio.json").delete(), "edition.missing-file"),
        (lambda files: files.filter(name="portfolio.json").update(content=b"{}"), "edition.changed-file"),
        (lambda files: files.filter(name="signature.json").delete(), "edition.missing-file"),
        (lambda files: files.filter(name="edition.json").update(content=b"{}"), "edition.changed-file"),
    ],
    ids=["missing", "changed", "signature", "listing"],
)
def test_verifying_the_ledger_tells_of_files_of_editions(as_, undone, spoil, code):
    from synodos.ledger import verify

    assert verify() == ()
    spoil(EditionFile.objects.filter(edition__key=published.key("public")))
    told = {one.code for one in verify()}
    assert code in told
    assert {one.place for one in verify()} == {f"edition {published.key('public')}"}


def test_a_backup_holds_the_files_of_editions_and_one_that_lost_them_is_refused(desk, tmp_path):
    from synodos.ledger import DamagedBackupError, backup, restore, verify
    from tests.databases import opened

    copy, other = tmp_path / "monday.backup", tmp_path / "other.sqlite3"
    backup(copy)
    files = EditionFile.objects.count()
    with opened(other):
        other.unlink(missing_ok=True)
        restore(copy)
    with opened(other):
        assert (EditionFile.objects.count(), verify()) == (files, ())
    with opened(copy):
        EditionFile.objects.filter(name="portfolio.json").first().delete()
    with opened(other), pytest.raises(DamagedBackupError) as refused:
        restore(copy, replace=True)
    assert [one.code for one in refused.value.problems] == ["edition.missing-file"]
