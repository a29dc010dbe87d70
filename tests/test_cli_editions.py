"""The commands on editions: build, show, compare, sign and verify, with their exit codes."""

import os
import shutil
import subprocess
import sys

import pytest

from synodos.ledger import new_signer, save_signer
from tests.commands import DONE, FAULTS, answered, did, ran, refused
from tests.two_lands import written


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory):
    """The example, with both editions built and the second one signed."""
    place = written(root, tmp_path_factory.mktemp("two-lands"))
    save_signer(new_signer("north"), place / "keys")
    save_signer(new_signer("west"), place / "keys")
    done = build(place, "first")
    assert done.exit_code == DONE, done.output
    done = build(place, "second", "--since", place / "first", "--by", "north", "--keys", place / "keys")
    assert done.exit_code == DONE, done.output
    assert "signed by north" in done.stderr
    return place


def build(place, plan, *options, output=None):
    return ran("edition", "build", place / "two-lands", place / f"{plan}.yaml", "-o", output or place / plan, *options)


def refused_build(place, plan, *options):
    done = build(place, plan, *options, output=place / "never")
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert not (place / "never").exists()
    return done.stderr


def test_an_edition_is_shown_and_compared_in_every_form(folder):
    assert "Roadmap of two lands, edition 1" in did("edition", "show", folder / "first")
    found = answered("edition", "show", folder / "first")
    assert found["parameters"]["edition"] == "two-lands-2025"
    assert found["portfolio"]["known_on"] == "2025-06-30"
    changed = answered("edition", "diff", folder / "first", folder / "second")
    assert changed["parameters"] == {"before": "two-lands-2025", "after": "two-lands-2026"}
    assert [one["mission"] for one in changed["answer"]["missions"]] == ["far-orbiter", "polar-lander"]


def test_verify_tells_who_signed(folder):
    assert "It is an unsigned draft." in did("edition", "verify", folder / "first")
    text = did("edition", "verify", folder / "second")
    assert "Signed by NORTH" in text
    assert "the signature holds" in text
    key = " ".join(text.split("with the key ")[1].split(";")[0].split())
    assert "Compare the key" not in did("edition", "verify", folder / "second", "--key", key)
    for wrong in (("second", "--key", "0" * 64), ("first", "--key", key)):
        done = ran("edition", "verify", folder / wrong[0], *wrong[1:])
        assert done.exit_code == FAULTS
        assert "edition.key" in done.stderr or "edition.unsigned" in done.stderr


def test_a_signature_holds_for_what_was_signed_and_nothing_else(folder, tmp_path):
    forged = tmp_path / "forged"
    shutil.copytree(folder / "second", forged)
    with (forged / "edition.json").open("ab") as seal:
        seal.write(b"\n")  # every hash in it is still right
    done = ran("edition", "verify", forged)
    assert done.exit_code == FAULTS
    assert "edition.signature: the signature of north does not hold" in done.stderr


def test_only_an_author_with_a_key_signs(folder):
    keys = ("--keys", folder / "keys")
    assert "only its authors sign" in refused_build(folder, "first", "--by", "west", *keys)
    assert "--keys" in refused_build(folder, "first", "--by", "north")
    assert "no key of south" in refused_build(folder, "first", "--by", "south", *keys)


def test_a_plan_that_does_not_fit_is_refused(folder):
    (folder / "late.yaml").write_text(
        (folder / "first.yaml").read_text().replace("2025-06-30", "2026-07-01").replace("2025-07", "2026-08")
    )
    assert "late.yaml: known_on: the portfolio ends on 2026-06-30" in refused_build(folder, "late")
    (folder / "other.yaml").write_text((folder / "first.yaml").read_text().replace("[poles-first]", "[pole-first]"))
    assert "did you mean 'poles-first'" in refused_build(folder, "other")
    assert "supersedes" in refused_build(folder, "first", "--since", folder / "first")
    done = build(folder, "first", output=folder / "second")
    assert (done.exit_code, "file.exists" in done.stderr) == (2, True)


def test_faults_of_files_are_told(folder, tmp_path):
    (folder / "wrong.yaml").write_text("format: synodos-edition-plan\nversion: 1\nnumber: 0\n")
    done = build(folder, "wrong", output=folder / "never")
    assert done.exit_code == FAULTS
    assert "wrong.yaml:3" in done.stderr
    for command in (("show", tmp_path), ("verify", tmp_path / "nowhere"), ("diff", tmp_path, tmp_path)):
        assert ran("edition", *command).exit_code == FAULTS


@pytest.mark.proof
def test_another_folder_seed_of_hashes_and_number_of_threads_give_the_same_bytes(root, folder, tmp_path):
    for number, (seed, threads) in enumerate([("0", "1"), ("77", "2")]):
        place = tmp_path / str(number) / "deep"
        place.mkdir(parents=True)
        settings = {"PYTHONHASHSEED": seed, "NUMBA_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        command = [sys.executable, "-m", "synodos", "edition", "build", folder / "two-lands", folder / "first.yaml"]
        subprocess.run([*command, "-o", "out"], cwd=place, env={**os.environ, **settings}, check=True)
        for path in (path for path in (folder / "first").rglob("*") if path.is_file()):
            assert (place / "out" / path.relative_to(folder / "first")).read_bytes() == path.read_bytes(), path.name
    done = ran("edition", "verify", tmp_path / "1/deep/out", "--recompute")
    assert "every file is the same" in done.stdout


def test_refusals_name_what_is_missing():
    assert "Missing argument" in refused("edition", "verify")
