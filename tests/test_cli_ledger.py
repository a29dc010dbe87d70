"""The commands of the ledger: what they print, what they refuse, and with which exit codes."""

import os
import re

import pytest

from tests.commands import DONE, FAULTS, MISUSE, ran, refused
from tests.databases import kept_connection
from tests.ledger.instances import empty_file

SHARED = "owner: {0}, stated_by: {0}, release: public, as_of: '2026-03', confidence: read, sources: [board]"
RECORDS = "format: synodos-records\nversion: 1\ndefaults: {{{}}}\n{}"
SOURCES = "format: synodos-portfolio\nversion: 1\nsources: {board: {title: Decision}}\n"
NORTH = "agencies: [{id: north, name: North, short_name: NORTH, actor: agency, member_since: '2026'}]\n"
LANDER = "elements: [{id: lander, name: Lander, status: planned}]\n"
ARMED = "elements: [{id: lander, name: Lander, status: planned, export_classification: 9A515}]\n"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch, django_db_setup, django_db_blocker):
    """A folder and databases of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SYNODOS_DATABASE", raising=False)
    with django_db_blocker.unblock(), kept_connection():
        yield


@pytest.fixture(scope="module")
def template(tmp_path_factory, django_db_setup, django_db_blocker):
    """A file with every table and no row, to be copied."""
    with django_db_blocker.unblock(), kept_connection():
        return empty_file(tmp_path_factory.mktemp("template") / "empty.sqlite3").read_bytes()


@pytest.fixture
def begun(tmp_path, template):
    """A ledger of North, with the files of one agency and one lander."""
    (tmp_path / "synodos.sqlite3").write_bytes(template)
    done = told("init", "north", "--title", "Plans")
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    for name, records in (("north", NORTH), ("lander", LANDER), ("armed", ARMED)):
        text = RECORDS.format(SHARED.format("north"), records)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    told("declare", "north.yaml", "sources.yaml", "--as", "north")
    return done.stdout.strip()


def told(*arguments, code=DONE):
    """What a command of the ledger does that ends as it should."""
    os.environ.pop("SYNODOS_DATABASE", None)  # commands in processes of their own leave nothing behind
    done = ran("ledger", *arguments)
    assert done.exit_code == code, done.output
    return done


def test_a_ledger_is_begun_once(begun):
    assert re.fullmatch(r"([0-9a-f]{4} ?){16}", begun)
    assert "ledger.founded" in refused("ledger", "init", "north")


def test_declaring_tells_who_will_see_and_then_that_it_is_known(begun):
    done = told("declare", "lander.yaml", "--as", "north")
    assert "element lander will be seen by everybody." in done.stderr
    assert "Signed and stored 1 statement of north." in done.stderr
    assert "holds all of it already" in told("declare", "lander.yaml", "--as", "north").stderr
    shown = told("show", "lander")
    assert "Lander" in shown.stdout
    (line,) = told("show", "element:lander", "--history").stdout.splitlines()
    assert line.startswith("2026-03  declare  north/public, entry ")


def test_controlled_records_are_shared_after_confirmation_only(begun):
    refusal = refused("ledger", "declare", "armed.yaml", "--as", "north")
    assert "Warning: element lander has the export classification '9A515'" in refusal
    assert "cannot be called back" in refusal
    assert "Nothing was shared" in refusal
    assert refused("ledger", "show", "lander")
    told("declare", "armed.yaml", "--as", "north", "--yes")
    assert "9A515" in told("show", "lander").stdout


def test_faults_of_records_are_told_together_and_nothing_is_stored(begun, tmp_path):
    (tmp_path / "bad.yaml").write_text(RECORDS.format(SHARED.format("north"), LANDER.replace("planned", "odd")))
    done = told("declare", "bad.yaml", "--as", "north", code=FAULTS)
    assert "record.value" in done.stderr
    assert "bad.yaml" in done.stderr
    (tmp_path / "other.yaml").write_text(RECORDS.format(SHARED.format("esa"), LANDER))
    done = told("declare", "other.yaml", "--as", "north", code=FAULTS)
    assert "author.not-signer" in done.stderr


def test_a_folder_is_imported_once(begun, root, tmp_path):
    database = ("--database", "hubble.sqlite3")
    told("init", "secretariat", *database)
    folder = root / "portfolios/hubble"
    assert "--make-keys" in refused("ledger", "import", folder, *database)
    done = told("import", folder, "--make-keys", "--yes", *database)
    assert "statements will be seen by everybody." in done.stderr
    again = told("import", folder, "--yes", *database)
    assert "0 entries signed and stored" in again.stderr
    assert told("verify", *database).exit_code == DONE


def test_bundles_go_out_and_come_in(begun, tmp_path):
    told("export", "--for", "public", "-o", "all.jsonl")
    assert "--replace" in refused("ledger", "export", "--for", "public", "-o", "all.jsonl")
    told("export", "--for", "public", "-o", "all.jsonl", "--replace")
    south = ("--database", "south.sqlite3")
    asked = told("join", "all.jsonl", *south, code=MISUSE)
    assert asked.stdout.strip() == begun
    assert "bundle.anchor" in told("join", "all.jsonl", "--anchor", "00" * 32, *south, code=FAULTS).stderr
    told("join", "all.jsonl", "--anchor", begun, *south)
    assert "0 new entries" in told("merge", "all.jsonl", *south).stderr
    text = (tmp_path / "all.jsonl").read_bytes()
    (tmp_path / "cut.jsonl").write_bytes(text[:-30])
    done = told("merge", "cut.jsonl", *south, code=FAULTS)
    assert re.search(r"^bundle\.truncated: cut\.jsonl, line \d+: ", done.stderr)
    assert done.stdout == ""


def test_keys_are_made_registered_replaced_revoked_and_listed(begun):
    key = told("keys", "new", "south").stdout.strip()
    assert "key.exists" in refused("ledger", "keys", "new", "south")
    told("keys", "register", "south", key)
    assert "already" in told("keys", "register", "south", key).stderr
    assert "key.form" in refused("ledger", "keys", "register", "south", "12")
    new = told("keys", "rotate", "south").stdout.strip()
    assert new != key
    told("keys", "revoke", "south/members", new, "--last-valid", "0")
    assert "CHAIN: expected AUTHOR/AUDIENCE" in refused("ledger", "keys", "revoke", "south", new, "--last-valid", "0")
    listed = told("keys", "list").stdout
    assert f"south  {key}  replaced" in listed
    assert f"south  {new}  in force; a private key lies here" in listed


def test_encrypted_keys_ask_for_their_passphrase(begun, monkeypatch):
    monkeypatch.setenv("SYNODOS_PASSPHRASE", "open sesame")
    key = told("keys", "new", "south", "--encrypt").stdout.strip()
    told("keys", "register", "south", key)
    told("keys", "rotate", "south")
    monkeypatch.delenv("SYNODOS_PASSPHRASE")
    assert "set SYNODOS_PASSPHRASE" in refused("ledger", "keys", "rotate", "south")
    monkeypatch.setenv("SYNODOS_PASSPHRASE", "wrong")
    assert "key.passphrase-wrong" in refused("ledger", "keys", "rotate", "south")


def test_days_are_compared(begun):
    told("declare", "lander.yaml", "--as", "north")
    done = told("diff", "2026-03-30", "2026-04-01")
    assert done.stdout.splitlines() == ["agency:north  declared", "element:lander  declared"]
    assert "Nothing that public may see changed" in told("diff", "2026-04-01", "2026-04-02").stderr
    assert "AFTER" in refused("ledger", "diff", "2026-04-01", "2026-03-01")


def test_a_fork_is_listed_and_settled(begun, tmp_path):
    told("keys", "list")
    copy = ("--database", "copy.sqlite3", "--keys", "synodos.sqlite3.keys")
    told("backup", "b")
    told("restore", "b", "--database", "copy.sqlite3")
    told("declare", "lander.yaml", "--as", "north")
    told("declare", "armed.yaml", "--as", "north", "--yes", *copy)
    told("export", "--for", "north", "-o", "copy.jsonl", *copy[:2])
    assert "north/public stands still" in told("merge", "copy.jsonl").stderr
    tips = re.findall(r"ends in ([0-9a-f]{64})", told("forks").stdout)
    assert len(tips) == 2
    told("resolve", "north/public", "--keep", tips[0])
    assert "No chain stands still." in told("forks").stderr
    assert "fork.none" in refused("ledger", "resolve", "north/public", "--keep", tips[0])


def test_backups_are_kept_and_restored(begun):
    told("backup", "kept")
    assert "backup.exists" in refused("ledger", "backup", "kept")
    assert "backup.exists" in refused("ledger", "restore", "kept")
    told("declare", "lander.yaml", "--as", "north")
    done = told("restore", "kept", "--replace")
    assert "1 entries of it are not in the backup" in done.stderr or "entries of it" in done.stderr
    assert refused("ledger", "show", "lander")
    assert "backup.form" in told("restore", "sources.yaml", "--replace", code=FAULTS).stderr


def test_a_damaged_ledger_is_told(begun):
    from django.db import connection

    from synodos.ledger.triggers import allow_changes

    assert told("verify").stdout == ""
    allow_changes(connection)
    connection.cursor().execute("UPDATE ledger_storedentry SET kind = 'mission' WHERE kind = 'agency'")
    done = told("verify", code=FAULTS)
    assert done.stdout.startswith("entry.column: ")
    assert "do not rely on this ledger" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify",), "--database: there is no 'synodos.sqlite3'"),
        (("verify", "--database", "mysql://x/y"), "--database: a path, or an address that begins with postgresql://"),
        (("init", "north", "--database", "no/where.sqlite3"), "--database: there is no folder 'no'"),
        (("verify", "--database", "text.sqlite3"), "--database: "),
        (("verify", "--database", "empty.sqlite3"), "--database: it holds no ledger"),
    ],
    ids=["none", "scheme", "folder", "text", "empty"],
)
def test_places_without_a_ledger_are_refused_with_one_line(arguments, said, tmp_path):
    (tmp_path / "text.sqlite3").write_text("no database at all " * 300, encoding="utf-8")
    (tmp_path / "empty.sqlite3").touch()
    refusal = refused("ledger", *arguments)
    assert refusal.startswith(said)
    assert len(refusal.splitlines()) == 1


def test_without_the_extra_every_command_says_what_to_install(begun, monkeypatch):
    monkeypatch.setattr("synodos.cli.ledger_place.find_spec", lambda name: None)
    message = "ledger: needs the extra `table`; install it with: pip install 'synodos[table]'\n"
    assert refused("ledger", "verify") == message
    assert refused("ledger", "keys", "new", "x") == message
