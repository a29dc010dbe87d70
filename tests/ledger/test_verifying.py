"""Verifying finds every single bit that is not as it was signed."""

import random
import shutil
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction

from synodos.ledger import Problem, verify
from synodos.ledger.models import Chain, Ledger, StoredEntry
from synodos.ledger.triggers import refuse_changes
from tests.ledger.instances import SECRETARIAT, dump

ENTRY = ("body", "signature", "hash", "number", "chain_id", "kind", "record_id", "owner", "act", "known_from")
PLACES = (
    *(("ledger_storedentry", column) for column in ENTRY),
    *(("ledger_chain", column) for column in ("author", "audience", "length", "head", "key", "last_day")),
    *(("ledger_ledger", column) for column in ("anchor", "secretariat")),
    ("ledger_uncounted", "entry_id"),
    ("ledger_uncounted", "reason"),
    ("ledger_reader", "chain_id"),
    ("ledger_reader", "reader"),
)
"""Where signed content, order, signatures, chains and keys are kept, and what follows from them."""
IN_TEST, IN_PROOF = 200, 10_000


def flipped(value, chance):
    """A value with one bit changed, and how SQL takes it."""
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(8), "%s"
    raw = bytearray(value if isinstance(value, bytes) else value.encode())
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw), "%s" if isinstance(value, bytes) else "CAST(%s AS TEXT)"


def flip(table, column, chance):
    """Change one bit of one row in the database; return what was there and what is there now."""
    with connection.cursor() as cursor:
        read = column if column in ("body", "number", "chain_id", "length", "entry_id") else f"CAST({column} AS TEXT)"
        key = "entry_id" if table == "ledger_uncounted" else "id"
        cursor.execute(f"SELECT {key}, {read} FROM {table} ORDER BY {key}")  # noqa: S608 - names are ours
        row, value = chance.choice([pair for pair in cursor.fetchall() if pair[1] not in ("", None)])
        new, form = flipped(value, chance)
        cursor.execute(f"UPDATE {table} SET {column} = {form} WHERE {key} = %s", [new, row])  # noqa: S608
    return value, new


def unseen(flips, chance):
    """Bits that were changed one after the other without being found."""
    found = []
    for _ in range(flips):
        place = chance.choice(PLACES)
        with suppress(IntegrityError), transaction.atomic():  # some the database itself refuses
            before, after = flip(*place, chance)
            if not verify():
                found.append((*place, before, after))
            transaction.set_rollback(True)
    return found


def test_every_flipped_bit_is_found(forked):
    assert unseen(IN_TEST, random.Random(1)) == []  # noqa: S311 - made-up damage, repeatable
    assert verify() == ()


@pytest.mark.proof
def test_every_one_of_ten_thousand_flipped_bits_is_found(forked, record_property):
    assert unseen(IN_PROOF, random.Random(2)) == []  # noqa: S311
    record_property("flipped bits found", IN_PROOF)


def test_flipped_bits_of_the_file_are_found_or_change_no_entry(forked):
    chance = random.Random(3)  # noqa: S311
    forked.look_at(SECRETARIAT)
    whole, path = dump(), forked.folder / f"{SECRETARIAT}.sqlite3"
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = path.read_bytes()
    starts = [at for at in range(len(content)) if content.startswith(b'"synodos-entry"', at)]
    seen = 0
    for _ in range(40):
        broken = forked.folder / "broken.sqlite3"
        changed = bytearray(content)
        changed[(chance.choice(starts) + chance.randrange(-900, 900)) % len(changed)] ^= 1 << chance.randrange(8)
        broken.write_bytes(changed)
        forked.look_at("broken")
        problems = verify()
        assert problems or dump() == whole
        seen += bool(problems)
        connection.close()
    assert seen > 30


def changed(statement, *values):
    """The problems after one change of the tables."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
        problems = verify()
        transaction.set_rollback(True)
    assert problems
    assert all(str(problem).startswith(f"{problem.code}: {problem.place}: ") for problem in problems)
    return {problem.code for problem in problems}


def test_problems_say_what_is_wrong(forked):
    last = StoredEntry.whole_ledger.order_by("id").last()
    assert changed("DELETE FROM ledger_storedentry WHERE number = 1 AND chain_id = %s", last.chain_id) >= {
        "entry.chain",
        "chain.head",
    }
    assert "entry.column" in changed("UPDATE ledger_storedentry SET kind = 'mission' WHERE id = %s", last.id)
    assert "entry.signature" in changed(
        "UPDATE ledger_storedentry SET signature = replace(signature, '0', '1') WHERE id = %s", last.id
    )
    assert changed("UPDATE ledger_storedentry SET signature = upper(signature)") >= {"entry.field"}
    assert "entry.received" in changed(
        "UPDATE ledger_storedentry SET received_at = '2001-01-01 00:00:00' WHERE id = %s", last.id
    )
    assert "entry.received" in changed("UPDATE ledger_storedentry SET received_at = 'soon' WHERE id = %s", last.id)
    assert "entry.counting" in changed("DELETE FROM ledger_uncounted")
    assert "entry.unknown-key" in changed("UPDATE ledger_ledger SET anchor = %s", "0" * 64)
    assert changed("DELETE FROM ledger_ledger") == {"ledger.pin"}
    assert "chain.readers" in changed("DELETE FROM ledger_reader WHERE reader = 'nasa'")
    assert "entry.stray" in changed("UPDATE ledger_storedentry SET chain_id = 99 WHERE id = %s", last.id)


def test_a_swapped_pair_of_entries_is_found(forked):
    one, other = StoredEntry.whole_ledger.filter(kind="element")[:2]
    with transaction.atomic():
        StoredEntry.whole_ledger.filter(id=one.id).update(body=other.body)
        assert verify()
        transaction.set_rollback(True)


def test_problems_are_told_up_to_a_limit(forked, monkeypatch):
    monkeypatch.setattr("synodos.ledger.verifying.MOST_PROBLEMS", 3)
    Ledger.objects.update(anchor="0" * 64)
    assert len(verify()) == 3


def test_progress_is_told(forked, monkeypatch):
    monkeypatch.setattr("synodos.ledger.verifying.BATCH", 5)
    told = []
    assert verify(lambda done, total: told.append((done, total))) == ()
    assert told[-1] == (StoredEntry.whole_ledger.count(),) * 2
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_file_that_is_no_database_is_one_problem(shared):
    path = shared.folder / "text.sqlite3"
    shutil.copy(shared.folder / f"{SECRETARIAT}.sqlite3", path)
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 3] = b"\x55" * 8192
    path.write_bytes(content)
    shared.look_at("text")
    problems = verify()
    assert problems
    assert problems[-1].code == "file.unreadable"
    assert isinstance(problems[0], Problem)


def test_the_database_refuses_changes_of_its_own(forked):
    refuse_changes(connection)
    with pytest.raises(Exception, match="never changed and never deleted"), transaction.atomic():
        StoredEntry.whole_ledger.update(kind="x")
    assert Chain.objects.count() > 3
