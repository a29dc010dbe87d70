"""Entries go in whole and come out as they were; the tables refuse whoever would change them or look at all of them."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from synodos.exchange import read_history
from synodos.language import History
from synodos.ledger import (
    ChainName,
    LedgerError,
    append,
    declare,
    entries_of,
    head,
    import_history,
    snapshot,
    writing,
)
from synodos.ledger.models import Chain, StoredEntry, UnstatedViewerError
from synodos.ledger.triggers import REFUSAL
from tests.language.minimal import statement
from tests.ledger.councils import SECRETARIAT, founded, signer
from tests.ledger.places import SOURCES, assert_whole, looking_at

ESA = signer("esa")
PUBLIC_ESA = ChainName("esa", "public")


@pytest.fixture(params=("files", "server"))
def place(request):
    """A founded ledger of this test alone, in a file and on a server."""
    address = request.getfixturevalue(request.param).new()
    with looking_at(address):
        yield address


def test_entries_come_out_as_they_were_signed(place):
    declare([statement("element", release=["nasa"], note="Größe ≥ 1 €")], signer=ESA, sources=SOURCES)
    made = declare([statement("element", id="other")], signer=ESA, sources=SOURCES)
    again = [entry for entry in entries_of(PUBLIC_ESA) if entry.number >= made[0].number]
    assert tuple(again) == made
    assert [(one.body, one.hash, one.signature) for one in again] == [(e.body, e.hash, e.signature) for e in made]
    assert [entry.audience for entry in entries_of(ChainName("esa", ("nasa",)))] == [("nasa",), ("nasa",)]


def test_what_is_stored_already_is_passed_over(place):
    made = declare([statement("element")], signer=ESA, sources=SOURCES)
    revision = Chain.objects.get(author="esa").revision
    assert append(made) == ()
    assert append([*made, *made]) == ()
    assert head(PUBLIC_ESA).hash == made[-1].hash
    assert Chain.objects.get(author="esa").revision == revision


def test_the_database_refuses_to_change_an_entry(place):
    rows = StoredEntry.whole_ledger.filter(chain__author="esa")
    changes = {
        "update": lambda: rows.update(number=F("number") + 10),
        "save": lambda: rows.first().save(),
        "delete": lambda: rows.first().delete(),
        "sql": lambda: connection.cursor().execute("DELETE FROM ledger_storedentry"),
    }
    if connection.vendor == "postgresql":
        changes["truncate"] = lambda: connection.cursor().execute("TRUNCATE ledger_storedentry CASCADE")
    before = [entry.hash for entry in entries_of(PUBLIC_ESA)]
    for change in changes.values():
        with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
            change()
    assert [entry.hash for entry in entries_of(PUBLIC_ESA)] == before


def test_an_act_that_fails_leaves_nothing(place):
    before = [entry.hash for entry in assert_whole()[0]]

    def fails():
        with writing():
            declare([statement("element")], signer=ESA, sources=SOURCES)
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert [entry.hash for entry in assert_whole()[0]] == before
    assert snapshot(viewer="esa").elements == {}
    assert declare([statement("element")], signer=ESA, sources=SOURCES)


def test_a_portfolio_is_the_same_in_a_file_and_on_a_server(files, server, root):
    history = read_history(root / "portfolios" / "exomars")
    days = sorted({one.as_of.latest for one in history.statements})
    asked = [(viewer, day) for viewer in ("public", "esa") for day in (*days[:: len(days) // 3], None)]
    seen = []
    for place in (files, server):
        with looking_at(place.new()):
            seen_before = snapshot(viewer="public").header.id
            _import(history, seen_before)
            seen.append([snapshot(day, viewer=viewer) for viewer, day in asked])
    assert [one.sha256 for one in seen[0]] == [one.sha256 for one in seen[1]]
    assert [list(one.header.sources) for one in seen[0]] == [list(one.header.sources) for one in seen[1]]
    assert [[record.id for record in one] for one in seen[0]] == [[record.id for record in one] for one in seen[1]]
    assert len({one.sha256 for one in seen[0]}) > 2


def _import(history, name):
    """Take a history into a founded ledger, under the name of that ledger's portfolio."""
    header = history.header.model_copy(update={"id": name})
    signers = {author: signer(author) for author in {SECRETARIAT, *(one.stated_by for one in history.statements)}}
    import_history(History(header, history.statements), signers=signers, confirmed=True)


@pytest.mark.django_db
def test_entries_are_not_queried_without_saying_who_looks():
    asked = (
        StoredEntry.objects.all,
        StoredEntry.objects.count,
        lambda: StoredEntry.objects.filter(kind="element"),
        lambda: StoredEntry.objects.get(pk=1),
        Chain(pk=1).entries.all,
        StoredEntry.objects.seen_by,
    )
    for ask in asked:
        with pytest.raises((UnstatedViewerError, TypeError), match="viewer"):
            ask()
    assert list(StoredEntry.objects.seen_by(viewer="esa", member=False)) == []


@pytest.mark.django_db
def test_without_a_ledger_nothing_is_stored():
    with pytest.raises(LedgerError, match=r"ledger\.missing"):
        append(founded("esa").entries)
    assert not StoredEntry.whole_ledger.exists()
