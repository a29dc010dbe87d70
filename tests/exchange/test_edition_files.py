"""Plans and built editions as files: they read back as they were, and everything that was touched is named."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.exchange import (
    EditionSignature,
    edition_json,
    edition_plan_text,
    read_edition,
    read_edition_plan,
    signature_json,
    write_edition,
)
from synodos.language import Chapter, DateRange, EditionPlan, PortfolioError

IDS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?", fullmatch=True).filter(
    lambda key: key not in ("public", "members")
)
WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40).map(str.strip).filter(bool)
CHAPTERS = st.builds(Chapter, title=WORDS, text=st.lists(WORDS, min_size=1, max_size=3).map(tuple))
PLANS = st.builds(
    EditionPlan,
    id=IDS,
    number=st.integers(1, 999),
    title=WORDS,
    published=st.sampled_from(["2026", "2026-07", "2026-12-31"]).map(DateRange),
    known_on=st.sampled_from(["2025", "2026-06", "2026-06-30"]).map(DateRange),
    law_known_on=st.none() | st.just(DateRange("2020")),
    scenarios=st.lists(IDS, min_size=1, max_size=3, unique=True).map(tuple),
    authors=st.lists(IDS, max_size=3, unique=True).map(tuple),
    iterations=st.integers(1, 9_999),
    seed=st.integers(0, 99),
    foreword=st.lists(WORDS, max_size=2).map(tuple),
    chapters=st.lists(CHAPTERS, max_size=2).map(tuple),
)
PLAN = """format: synodos-edition-plan
version: 1
id: roadmap-1
number: 1
title: Roadmap
published: 2026-07
known_on: 2026-06
scenarios: [moon-next]
"""
FILES = (("edition.yaml", PLAN.encode()), ("data/gaps.csv", b"capability\r\n"))


def faults(read, *arguments):
    with pytest.raises(PortfolioError) as caught:
        read(*arguments)
    return caught.value.faults


@given(PLANS)
def test_a_plan_reads_back_as_it_was_written(tmp_path_factory, plan):
    path = tmp_path_factory.mktemp("plan") / "plan.yaml"
    path.write_text(edition_plan_text(plan), encoding="utf-8")
    assert read_edition_plan(path) == plan


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("number: one", "record.value", "plan.yaml:5"),
        ("chapter: []", "record.unknown-field", "nearest: chapters"),
        ("published: soon", "record.value", "a date such as"),
        ("authors: [ESA]", "record.value", "an id in lower case letters"),
        ("format: synodos-records", "file.format", "synodos-edition-plan"),
        ("version: 2", "file.version", "a later release"),
        ("seed: &one 1", "value.alias", "anchors"),
    ],
    ids=lambda value: value.split(":")[0],
)
def test_a_wrong_plan_is_told_with_its_line(tmp_path, line, code, words):
    name = line.split(":")[0]
    kept = [one for one in PLAN.splitlines() if not one.startswith(f"{name}:")]
    path = tmp_path / "plan.yaml"
    path.write_text("\n".join([*kept[:4], line, *kept[4:]]), encoding="utf-8")
    found = faults(read_edition_plan, path)
    assert code in {one.code for one in found}
    assert words in "\n".join(map(str, found))


def test_every_fault_of_a_plan_is_told_at_once(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN.replace("number: 1", "number: 0").replace("[moon-next]", "[]"), encoding="utf-8")
    assert [one.field for one in faults(read_edition_plan, path)] == ["number", "scenarios"]


def built(folder, signed_by=None, signature=None, changed=()):
    """Write a small edition, with parts of `edition.json` changed."""
    told = json.loads(edition_json({"plan": "a plan"}, None, signed_by, FILES)) | dict(changed)
    content = [*FILES, ("edition.json", json.dumps(told).encode())]
    if signature:
        content.append(("signature.json", signature_json(signature)))
    write_edition(folder, content)
    return folder


def test_an_edition_reads_back_as_it_was_written(tmp_path):
    found = read_edition(built(tmp_path / "edition"))
    assert found.content == {"plan": "a plan"}
    assert dict(found.files) == {name: hashlib.sha256(data).hexdigest() for name, data in FILES}
    assert found.sha256 == hashlib.sha256((tmp_path / "edition/edition.json").read_bytes()).hexdigest()
    assert (found.signed_by, found.signature, found.changes) == (None, None, None)


def test_the_order_in_which_files_come_changes_nothing():
    assert edition_json({}, None, None, FILES) == edition_json({}, None, None, FILES[::-1])


def test_nothing_is_overwritten_and_nothing_is_half_written(tmp_path):
    folder = built(tmp_path / "edition")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (fault,) = faults(write_edition, folder, [("a.txt", b"")])
    assert (fault.code, fault.expected) == ("file.exists", "a new or empty folder")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before

    def broken():
        yield "a.txt", b""
        raise OSError

    assert [one.code for one in faults(write_edition, tmp_path / "other", broken())] == ["file.unwritable"]
    assert [path.name for path in tmp_path.iterdir()] == ["edition"]


def test_what_was_changed_is_missing_or_does_not_belong_is_named(tmp_path):
    folder = built(tmp_path / "edition")
    (folder / "edition.yaml").write_text(PLAN.replace("Roadmap", "Road map"), encoding="utf-8")
    (folder / "data/gaps.csv").unlink()
    (folder / "data/more.csv").write_text("", encoding="utf-8")
    told = {(one.code, one.place) for one in faults(read_edition, folder)}
    assert told == {
        ("edition.changed-file", "edition.yaml"),
        ("edition.missing-file", "data/gaps.csv"),
        ("edition.foreign-file", "data/more.csv"),
    }


def test_a_link_is_none_of_its_files(tmp_path):
    folder = built(tmp_path / "edition")
    (tmp_path / "gaps.csv").write_bytes(b"capability\r\n")
    (folder / "data/gaps.csv").unlink()
    (folder / "data/gaps.csv").symlink_to(tmp_path / "gaps.csv")
    assert [one.code for one in faults(read_edition, folder)] == ["edition.link"]
    (folder / "data/gaps.csv").unlink()
    (folder / "data").rmdir()
    (folder / "data").symlink_to(tmp_path)
    assert {one.code for one in faults(read_edition, folder)} == {"edition.foreign-file", "edition.missing-file"}


@pytest.mark.parametrize(
    "name",
    ["../outside.txt", "/etc/passwd", "data/../../a", "edition.json", "signature.json", "", "a\nb", 7, None, "A.csv"],
    ids=repr,
)
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    listed = [{"name": name, "sha256": "0" * 64}]
    found = faults(read_edition, built(tmp_path / "edition", changed={"files": listed}))
    assert found[0].code == "edition.name"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"format": "synodos-portfolio"}, "file.format"),
        ({"version": 2}, "file.version"),
        ({"edition": []}, "edition.form"),
        ({"changes": 1}, "edition.form"),
        ({"signed_by": {}}, "edition.form"),
        ({"files": {}}, "edition.form"),
        ({"files": [{"name": "a.csv", "sha256": "short"}]}, "edition.hash"),
        ({"files": [{"name": "a.csv", "sha256": "0" * 64}] * 2}, "edition.twice"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_another_form_is_refused(tmp_path, changed, code):
    assert code in {one.code for one in faults(read_edition, built(tmp_path / "edition", changed=changed))}


SIGNED = EditionSignature("esa", "0" * 64, "1" * 128)


def test_who_signed_is_whom_the_pages_name(tmp_path):
    assert read_edition(built(tmp_path / "right", "esa", SIGNED)).signature == SIGNED
    for number, (named, signature) in enumerate([("esa", None), (None, SIGNED), ("jaxa", SIGNED)]):
        found = faults(read_edition, built(tmp_path / str(number), named, signature))
        assert [one.code for one in found] == ["edition.author"]


def test_a_signature_of_another_form_is_refused(tmp_path):
    folder = built(tmp_path / "edition", "esa", EditionSignature("esa", "no key", "1" * 128))
    assert [one.code for one in faults(read_edition, folder)] == ["edition.signature"]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    assert [one.code for one in faults(read_edition, tmp_path / "nowhere")] == ["edition.place"]
    assert [one.code for one in faults(read_edition, tmp_path)] == ["file.missing"]
