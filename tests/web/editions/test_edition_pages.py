"""Editions at the table: who sees which, what their pages say, what changed, and what is refused."""

import html
import io
import json
import re
import shutil
import zipfile

import pytest

from synodos import exchange
from synodos.language import PortfolioError
from synodos.report import open_edition
from synodos.web.editions.models import EditionFile, PublishedEdition
from tests.commands import ran
from tests.databases import kept_connection, opened
from tests.web import published, scene, tables

LEAD = re.compile(r'<p class="lead">(.*?)</p>', re.DOTALL)
PRIVATE = scene.MARKS["aster-private"]


def page(browser, path, status=200):
    found = browser.get(path)
    assert found.status_code == status, (path, found.status_code)
    return html.unescape(found.content.decode())


def address(viewer):
    return f"/editions/{published.key(viewer)}/"


@pytest.mark.parametrize("name", ["stranger", "observer", "partner", "other", "office", "owner"])
def test_an_edition_is_seen_with_the_eyes_for_which_it_was_made(as_, name):
    browser = as_(name)
    listed = page(browser, "/editions/")
    own = name == "owner"
    assert "Plans as public sees them" in listed
    assert ("Plans as aster sees them" in listed) == own
    assert ("2 editions are published here" in LEAD.findall(listed)[0]) == own
    page(browser, address("public"))
    for path in ("", "all.zip", "files/portfolio.json", "files/data/elements.csv"):
        found = browser.get(address("aster") + path)
        assert found.status_code == (200 if own else 404), path
        assert (PRIVATE.encode() in found.content) == own or path == "all.zip"
    page(browser, "/editions/changes/", 200 if own else 404)


def test_the_page_of_an_edition_says_what_it_holds_and_who_signed_it(as_):
    said = page(as_("stranger"), address("public"))
    assert LEAD.findall(said) == ["1 scenario (Mars first) with 1 mission."]
    assert "Signed by Aster with a key that this ledger knows as theirs." in said
    assert "It rests on just the plans that this ledger holds for that day." in said
    assert "It was made for a test." in said
    assert '<a href="/records/mission/aster-mission/">Mars landing</a>' in said
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)", said), "the page's policy forbids it"


def test_its_files_are_had_as_they_were_built(as_, tmp_path):
    browser = as_("stranger")
    made = dict(published.files("public"))
    for name, content in made.items():
        found = browser.get(f"{address('public')}files/{name}")
        assert found.content == content
        assert found["Content-Disposition"].startswith("attachment; ")
    with zipfile.ZipFile(io.BytesIO(browser.get(f"{address('public')}all.zip").content)) as packed:
        packed.extractall(tmp_path)
    assert open_edition(tmp_path / "edition-of-public").edition.plan == published.plan("public")
    assert browser.get(f"{address('public')}files/..%2Fedition.json").status_code == 404


def test_on_a_past_day_only_what_was_out_by_then_is_listed(as_):
    assert "No edition of the roadmap that you may see" in page(as_("owner"), "/editions/?on=2012-07-14")
    assert "Plans as aster sees them" in page(as_("owner"), "/editions/?on=2012-07-15")
    page(as_("owner"), f"{address('public')}?on=2012-07-14", 404)


def test_what_changed_is_told_of_two_editions(as_):
    before, after = published.key("public"), published.key("aster")
    said = page(as_("owner"), f"/editions/changes/?before={before}&after={after}")
    (lead,) = LEAD.findall(said)
    assert lead.startswith("0 missions added and 0 dropped")
    assert "From Plans as public sees them" in said
    answer = json.loads(as_("owner").get(f"/editions/changes/?before={before}&after={after}&format=json").content)
    assert answer["question"] == "edition-diff"
    page(as_("owner"), "/editions/changes/?before=nothing", 400)
    hidden = as_("partner").get(f"/editions/changes/?before={before}&after={after}")
    nowhere = as_("partner").get(f"/editions/changes/?before={before}&after=nothing")
    assert hidden.status_code == nowhere.status_code == 404


def test_what_is_exported_is_noted(as_, undone):
    from synodos.web.accounts.models import LogEntry

    as_("owner").get(f"{address('aster')}files/portfolio.json")
    entry = LogEntry.objects.first()
    assert (entry.event, entry.view) == ("exported", "editions:file")


def changed(made, name, content):
    """Return files of an edition with another content of one of them; nothing: without it."""
    return [(key, value) for key, value in (*made, (name, content)) if (key != name or value is content) and value]


FORGED = b'{"format": "synodos-portfolio"}'


def _another_key(made):
    from synodos.ledger import new_signer

    return changed(made, *published.signature(dict(made)["edition.json"], "aster", new_signer("aster")))


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        (lambda made: changed(made, "portfolio.json", FORGED), "edition.changed-file"),
        (lambda made: changed(made, "data/elements.csv", b""), "edition.missing-file"),
        (_another_key, "edition.key"),
        (lambda made: changed(made, *published.signature(b"another edition", "aster")), "edition.signature"),
        (lambda _made: published.files("public", author=None), "edition.unsigned"),
    ],
    ids=["changed", "missing", "key", "signature", "unsigned"],
)
def test_what_is_not_what_it_says_is_not_published(as_, spoilt, code):
    before = PublishedEdition.objects.count(), EditionFile.objects.count()
    with pytest.raises(PortfolioError) as refused:
        published.publish(spoilt(list(published.files("public"))))
    assert [fault.code for fault in refused.value.faults] == [code]
    assert (PublishedEdition.objects.count(), EditionFile.objects.count()) == before


def test_an_edition_that_holds_what_its_viewer_may_not_see_is_not_published(as_):
    from synodos.language import History

    plans, own = published.seen("public"), published.seen("aster").elements[f"element-{PRIVATE}"]
    leaking = exchange.portfolio_json(
        History(plans.header, (*plans, own.model_copy(update={"sources": ("plan-of-record",)})))
    )
    made = [one for one in published.files("public") if one[0] not in ("signature.json", "edition.json")]
    made = changed(made, "portfolio.json", leaking)
    told = json.loads(dict(published.files("public"))["edition.json"])
    made.append(("edition.json", exchange.edition_json(told["edition"], None, "aster", made)))
    made.append(published.signature(made[-1][1], "aster"))
    with pytest.raises(PortfolioError) as refused:
        published.publish(made)
    assert [fault.code for fault in refused.value.faults] == ["edition.hidden"]


def test_a_draft_says_so_on_its_page(as_, undone):
    path = published.publish(published.files("public", author=None), unsigned=True)
    said = page(as_("stranger"), path)
    assert "This is an unsigned draft." in said
    assert "Nobody signed it: it is a draft." in said
    assert "nobody: a draft" in page(as_("stranger"), "/editions/")


def test_what_is_published_already_stays(as_):
    count = PublishedEdition.objects.count()
    assert published.publish(published.files("public")) == address("public")
    assert PublishedEdition.objects.count() == count


def test_without_an_edition_the_page_says_so(as_, undone):
    PublishedEdition.objects.all().delete()
    assert LEAD.findall(page(as_("stranger"), "/editions/")) == [
        "No edition of the roadmap that you may see is published here."
    ]


def test_an_edition_on_other_plans_leads_to_no_record_that_is_not_here(as_, undone):
    PublishedEdition.objects.update(portfolio_sha256="0" * 64)
    found = PublishedEdition.objects.get(viewer="public")
    found.told["links"]["Mars landing"] = "mission:nowhere"
    found.public_key = "0" * 64
    found.save()
    said = page(as_("stranger"), address("public"))
    assert "It rests on other plans than this ledger holds for that day" in said
    assert "with a key that this ledger does not know as theirs any more" in said
    assert "/records/mission/nowhere/" not in said


def test_the_public_key_of_the_author_is_kept(as_):
    assert PublishedEdition.objects.get(viewer="public").public_key == tables.signer("aster").public_hex


def test_the_command_publishes_what_is_verified(as_, whole_table, tmp_path):
    path = tmp_path / "table.sqlite3"
    shutil.copy(whole_table, path)
    exchange.write_edition(tmp_path / "draft", published.files("public", author=None))

    def publish(*options):
        with kept_connection():
            return ran("edition", "publish", tmp_path / "draft", *options, "--database", path)

    refused = publish()
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "edition.unsigned: nobody signed the edition" in refused.stderr
    done = publish("--unsigned")
    assert (done.exit_code, done.stderr) == (0, "")
    address = re.fullmatch(r"Published: see (/editions/edition-of-public-[0-9a-f]{8}/) at the table\.\n", done.stdout)[
        1
    ]
    with opened(path):
        assert "This is an unsigned draft." in page(tables.browser("stranger"), address)


def test_an_edition_that_another_release_built_is_not_compared_but_still_had(as_, undone):
    file = EditionFile.objects.get(edition__viewer="public", name="edition.json")
    told = json.loads(bytes(file.content))
    told["edition"]["another_release"] = {"names": []}
    file.content = json.dumps(told).encode()
    file.save()
    key = published.key("public")
    said = page(as_("owner"), f"/editions/changes/?before={key}&after={key}")
    assert "another release built an edition in a form that this one cannot read" in LEAD.findall(said)[0]
    assert "edition.form" in said
    page(as_("owner"), address("public"))
