"""What counts is kept up while entries arrive, and is always what counting all of them at once gives."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.ledger import ChainName, append, append_all, head
from synodos.ledger.counting import count
from synodos.ledger.models import Chain, Ledger, StoredEntry, Uncounted
from synodos.ledger.storing import chain_name
from synodos.ledger.walking import Head
from tests.ledger.councils import ANCHOR, SECRETARIAT, founded, signer
from tests.ledger.test_counting import councils

pytestmark = pytest.mark.django_db
ESA = signer("esa")
PUBLIC_ESA = ChainName("esa", "public")


@contextmanager
def empty_ledger():
    """A ledger of this block alone."""
    with transaction.atomic():
        Ledger.objects.create(secretariat=SECRETARIAT, anchor=ANCHOR, created_at=dt.datetime.now(tz=dt.UTC))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def ledger():
    with empty_ledger():
        yield


def kept():
    """What the tables say of what counts."""
    reasons = dict(Uncounted.objects.values_list("entry__hash", "reason"))
    heads = {chain_name(row): Head(row.length, row.head, row.key) for row in Chain.objects.all()}
    return reasons, heads


def counted(entries):
    """What counting all entries at once says."""
    found = count(entries, secretariat=SECRETARIAT, anchor=ANCHOR)
    heads = {entry.chain: found.heads.get(entry.chain, Head(0, entry.chain.start, "")) for entry in entries}
    return dict(found.uncounted), heads


def arrive(council, data):
    """Let the entries of a council arrive in any order and in batches of any size."""
    entries = data.draw(st.one_of(st.just(council.entries), st.permutations(council.entries)))
    seen = []
    with empty_ledger():
        while len(seen) < len(entries):
            size = data.draw(st.sampled_from((1, 1, 3, 100)))
            append(entries[len(seen) : len(seen) + size])
            seen = entries[: len(seen) + size]
            assert kept() == counted(seen)


@settings(max_examples=12)
@given(councils(), st.data())
def test_whatever_arrives_in_whatever_order_counts_as_if_it_were_counted_at_once(council, data):
    arrive(council, data)


@pytest.mark.proof
@given(councils(), st.data())
def test_many_more_arrivals_count_as_if_they_were_counted_at_once(council, data):
    arrive(council, data)


def test_what_follows_plainly_asks_for_no_recount(ledger, monkeypatch):
    council = founded("esa")
    council.rotate(ESA, signer("esa", 1))
    council.add(signer("esa", 1))
    council.add(signer("esa", 1), "members")
    monkeypatch.setattr("synodos.ledger.recounting.count", None)
    append(council.entries)
    assert kept()[1][PUBLIC_ESA].number == 2
    assert append(council.entries) == ()


def test_after_a_settled_fork_the_chain_goes_on_without_a_recount(ledger, monkeypatch):
    council = founded("esa")
    one = council.add(ESA)
    left, right = council.add(ESA, after=one), council.add(ESA, after=one)
    append(council.entries)
    assert head(PUBLIC_ESA).number == 1
    settled = council.resolve(ESA, abandoned=[right], after=left)
    append([settled])
    assert head(PUBLIC_ESA).hash == settled.hash
    monkeypatch.setattr("synodos.ledger.recounting.count", None)
    after = council.add(ESA, after=settled)
    append([after])
    assert head(PUBLIC_ESA).hash == after.hash


def test_a_key_that_is_admitted_late_lets_what_it_signed_count(ledger):
    council = founded()
    early = council.add(ESA)
    append(council.entries)
    assert kept()[0] == {early.hash: "unknown-key"}
    append([council.register("esa", ESA)])
    assert kept()[0] == {}
    assert not Chain.objects.get(author="esa").plain  # at an earlier moment it did not count


def test_a_revocation_holds_for_what_comes_after_it(ledger):
    council = founded("esa")
    council.add(ESA)
    council.revoke(PUBLIC_ESA, ESA, 2)
    append(council.entries)
    append([council.add(ESA)])
    late = council.add(ESA)
    append([late])
    assert kept()[0] == {late.hash: "revoked"}
    assert kept() == counted(council.entries)


def test_a_key_that_was_revoked_before_it_was_used_signs_nothing(ledger):
    council = founded("esa")
    council.add(ESA)
    council.rotate(ESA, signer("esa", 1))
    council.revoke(PUBLIC_ESA, signer("esa", 1), 1)
    append(council.entries)
    stolen = council.add(signer("esa", 1))
    append([stolen])
    assert kept()[0] == {stolen.hash: "revoked"}


@pytest.mark.parametrize("at_once", [True, False])
def test_a_key_that_was_replaced_signs_nothing_more(ledger, at_once):
    council = founded("esa")
    council.rotate(ESA, signer("esa", 1))
    if not at_once:
        append(council.entries)
    late = council.add(ESA)
    append(council.entries)
    assert kept()[0] == {late.hash: "earlier-key"}
    assert kept() == counted(council.entries)


def test_an_entry_before_its_predecessor_waits_for_it(ledger):
    council = founded("esa")
    first, second = council.add(ESA), council.add(ESA)
    append([*council.entries[:2], second])
    assert head(PUBLIC_ESA) == Head(0, PUBLIC_ESA.start, "")
    append([first])
    assert head(PUBLIC_ESA).number == 2


def test_the_last_day_is_that_of_the_latest_record_that_counts(ledger):
    council = founded("esa")
    one = council.add(ESA, id="relay")
    append(council.entries)
    fork = council.add(ESA, id="probe", after=None)
    append([fork])
    assert Chain.objects.get(author="esa").last_day is None
    append([council.resolve(ESA, abandoned=[fork], after=one)])
    assert Chain.objects.get(author="esa").last_day == dt.date(2026, 11, 23)


def test_a_stream_is_stored_by_the_batch_and_told_of(ledger, monkeypatch):
    monkeypatch.setattr("synodos.ledger.storing.BATCH", 3)
    council = founded("esa")
    for _ in range(6):
        council.add(ESA)
    told = []
    assert append_all(iter(council.entries), lambda given, new: told.append((len(given), len(new)))) == 8
    assert append_all(iter([*council.entries, council.add(ESA)])) == 1
    assert told == [(3, 3), (3, 3), (2, 2)]
    assert StoredEntry.whole_ledger.count() == 9
    assert kept() == counted(council.entries)
