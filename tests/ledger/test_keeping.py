"""Backups of a database in use, and what is put back only when it is sound."""

import hashlib
import json
import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import connection

from synodos.ledger import LedgerError, backup, declare, restore, verify
from synodos.ledger.keeping import DamagedBackupError
from synodos.web.starting import start
from tests.language.minimal import statement
from tests.ledger.councils import signer
from tests.ledger.instances import SECRETARIAT, SOURCES, count, dump, portfolio_hash
from tests.ledger.places import looking_at


@pytest.fixture
def kept(shared):
    """A ledger with a backup of it."""
    shared.look_at(SECRETARIAT)
    backup(shared.folder / "backup")
    return shared


def test_a_backup_restores_the_whole_ledger(kept):
    kept.look_at(SECRETARIAT)
    expected, seen = dump(), portfolio_hash("nasa")
    start(str(kept.folder / "elsewhere.sqlite3"))
    done = restore(kept.folder / "backup")
    assert (done.entries, done.missing, done.replaced) == (len(expected), 0, None)
    assert dump() == expected
    assert portfolio_hash("nasa") == seen
    assert verify() == ()


def test_a_backup_is_one_file_that_only_its_owner_reads(kept):
    assert (kept.folder / "backup").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.folder.iterdir() if path.name.startswith((".", "backup-"))] == []


def test_nothing_is_overwritten_without_being_asked_to(kept):
    kept.look_at(SECRETARIAT)
    before = (kept.folder / "backup").read_bytes()
    kept.element(SECRETARIAT, "esa", "later")
    with pytest.raises(LedgerError, match=r"backup\.exists"):
        backup(kept.folder / "backup")
    assert (kept.folder / "backup").read_bytes() == before
    entries = count()
    with pytest.raises(LedgerError, match=r"backup\.exists"):
        restore(kept.folder / "backup")
    assert count() == entries


def test_what_is_replaced_moves_aside_and_what_is_missing_is_told(kept):
    kept.element(SECRETARIAT, "esa", "later")
    entries = count()
    done = restore(kept.folder / "backup", replace=True)
    assert done.missing == entries - done.entries > 0
    assert count() == done.entries
    done.replaced.replace(kept.folder / "aside.sqlite3")
    kept.look_at("aside")
    assert count() == entries


def test_a_damaged_backup_changes_nothing(kept):
    with closing(sqlite3.connect(kept.folder / "backup")) as copy:
        copy.execute("DROP TRIGGER no_update")
        copy.execute("UPDATE ledger_storedentry SET signature = replace(signature, '1', '2') WHERE id = 3")
        copy.commit()
    kept.look_at(SECRETARIAT)
    before = dump()
    with pytest.raises(DamagedBackupError, match=r"backup\.damaged: .*nothing was changed") as caught:
        restore(kept.folder / "backup", replace=True)
    assert {problem.code for problem in caught.value.problems} == {"entry.signature"}
    assert dump() == before
    assert [path.name for path in kept.folder.glob(".*")] == []


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\x00" + b"x" * 5_000])
def test_other_files_are_refused(kept, content):
    (kept.folder / "other").write_bytes(content)
    kept.look_at(SECRETARIAT)
    with pytest.raises(LedgerError, match=r"backup\.form"):
        restore(kept.folder / "other", replace=True)
    with pytest.raises(LedgerError, match=r"backup\.place"):
        restore(kept.folder / "nowhere", replace=True)
    assert verify() == ()


def test_a_database_without_a_ledger_is_refused(kept):
    with closing(sqlite3.connect(kept.folder / "other")) as other:
        other.execute("CREATE TABLE something (id)")
    with pytest.raises(LedgerError, match=r"backup\.form: .*without a ledger"):
        restore(kept.folder / "other", replace=True)


def test_a_backup_made_while_others_write_is_of_one_moment(kept, monkeypatch):
    monkeypatch.setattr("synodos.ledger.keeping.PAGES", 10)
    kept.look_at(SECRETARIAT)
    connection.cursor().execute("CREATE TABLE busy (number INTEGER, filling TEXT)")
    path, stop, written = kept.folder / f"{SECRETARIAT}.sqlite3", threading.Event(), []

    def write():
        with closing(sqlite3.connect(path, timeout=30)) as other:
            while not stop.is_set():
                other.execute("INSERT INTO busy VALUES (?, ?)", (len(written), "x" * 2_000))
                other.commit()
                written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    while not written:
        pass
    told = []
    backup(kept.folder / "during", progress=lambda done, total: told.append((done, total)))
    stop.set()
    writer.join()
    assert told[-1][0] == told[-1][1] > 10
    with closing(sqlite3.connect(kept.folder / "during")) as copy:
        ((rows, last),) = copy.execute("SELECT COUNT(*), MAX(number) FROM busy")
        assert rows == (last + 1 if last is not None else 0)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    start(str(kept.folder / "restored.sqlite3"))
    assert restore(kept.folder / "during").entries > 0


@pytest.fixture
def served(server, django_db_blocker):
    """A ledger on a server, with an element, and the folder of its backup."""
    address = server.new()
    with django_db_blocker.unblock(), looking_at(address):
        declare([statement("element", id="lander", name="Lander")], signer=signer("esa"), sources=SOURCES)
        yield address


def test_a_server_is_backed_up_and_restored(served, server, tmp_path):
    expected, seen = dump(), portfolio_hash("esa")
    backup(tmp_path / "backup")
    assert (tmp_path / "backup").stat().st_mode & 0o777 == 0o600
    with pytest.raises(LedgerError, match=r"backup\.exists"):
        restore(tmp_path / "backup")
    declare([statement("element", id="rover", name="Rover")], signer=signer("esa"), sources=SOURCES)
    assert dump() != expected
    done = restore(tmp_path / "backup", replace=True)
    assert (done.entries, dump(), portfolio_hash("esa")) == (len(expected), expected, seen)
    declare([statement("element", id="rover", name="Rover")], signer=signer("esa"), sources=SOURCES)
    assert verify() == ()
    server.run("CREATE DATABASE other")
    with looking_at(server.named("other")):
        assert restore(tmp_path / "backup").entries == len(expected)
        assert dump() == expected


def test_a_damaged_backup_of_a_server_changes_nothing(served, tmp_path):
    backup(tmp_path / "backup")
    whole = (tmp_path / "backup").read_bytes()
    before = dump()
    for broken in (whole[:-20], whole.replace(b'"element"', b'"elemint"'), b"", b"text\n"):
        (tmp_path / "broken").write_bytes(broken)
        with pytest.raises(LedgerError, match=r"backup\.(damaged|form)"):
            restore(tmp_path / "broken", replace=True)
    head, *rows, _ = whole.splitlines(keepends=True)
    forged = [row.replace(b'"act": "declare"', b'"act": "revise"') for row in rows]
    text = b"".join((head, *forged))
    end = {"end": {"lines": len(rows) + 1, "sha256": hashlib.sha256(text).hexdigest()}}
    (tmp_path / "forged").write_bytes(text + json.dumps(end, sort_keys=True).encode() + b"\n")
    with pytest.raises(DamagedBackupError):
        restore(tmp_path / "forged", replace=True)
    assert dump() == before
