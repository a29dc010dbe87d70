"""What an author with a key of its own, or a slip of the secretariat, can do to others: nothing."""

import hashlib
import os

import pytest

from synodos.ledger import (
    ChainName,
    LedgerError,
    append,
    backup,
    declare,
    head,
    join,
    new_signer,
    record_history,
    register_key,
    restore,
    revoke_key,
    snapshot,
    stated,
    takes_part,
    verify,
    write_bundle,
)
from synodos.ledger.bundle_lines import BundleHeader, first_line, last_line
from synodos.ledger.entry import Entry
from synodos.ledger.received import received_entry
from synodos.ledger.signing import signed
from tests.language.minimal import agency
from tests.ledger.instances import SECRETARIAT, SOURCES, count, held


def following(shared, author, audience, act, kind, id, content, **given):
    """The next entry of a chain, signed by its author, whatever it says."""
    chain = ChainName(author, audience)
    last = head(chain)
    fields = {"number": last.number + 1, "previous": last.hash, "as_of": "2012", **given}
    signer = shared.signer(author)
    return signed(
        Entry(author, audience, act=act, kind=kind, id=id, content=content, key=signer.public_hex, **fields), signer
    )


def deep(shared, levels):
    """Body and signature of an entry with a list in a list in a list."""
    shared.look_at(SECRETARIAT)
    body = following(shared, "esa", "public", "resolve", "fork", "esa", {}).body
    body = body.replace(b'"content":{}', b'"content":{"x":%b%b}' % (b"[" * levels, b"]" * levels))
    return body, shared.signer("esa").sign(body)


@pytest.mark.parametrize("levels", [250, 900, 5_000])
def test_an_entry_that_is_too_deep_to_be_read_again_is_not_received(shared, levels):
    with pytest.raises(LedgerError) as caught:
        received_entry(*deep(shared, levels))
    assert caught.value.code == "entry.form"


def test_a_deep_entry_that_is_received_stands_in_nobodys_way(shared):
    append([received_entry(*deep(shared, 150))])
    shared.element(SECRETARIAT, "esa", "later")
    assert verify() == ()
    assert "later" in snapshot(viewer="public").elements


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("rotate", "fork"),
        ("register", "fork"),
        ("resolve", "key"),
        ("declare", "key"),
        ("retract", "fork"),
        ("revoke", "mission"),
        ("rotate", "source"),
        ("retract", "source"),
        ("resolve", "header"),
    ],
)
def test_an_act_that_does_not_fit_its_kind_is_refused(shared, act, kind):
    shared.look_at(SECRETARIAT)
    entry = following(shared, "esa", "public", act, kind, "esa", {})
    with pytest.raises(LedgerError) as caught:
        received_entry(entry.body, entry.signature)
    assert (caught.value.code, caught.value.place) == ("entry.field", "act")


def test_an_audience_longer_than_a_server_indexes_is_refused(shared):
    shared.look_at(SECRETARIAT)
    crowd = tuple(sorted(f"{place:03}-{'agency' * 18}" for place in range(30)))
    entry = following(shared, "esa", crowd, "resolve", "fork", "esa", {})
    with pytest.raises(LedgerError) as caught:
        received_entry(entry.body, entry.signature)
    assert (caught.value.code, caught.value.place) == ("entry.field", "audience")


def test_what_another_author_says_of_a_record_is_no_part_of_its_history(shared):
    shared.look_at(SECRETARIAT)
    before = record_history("element", "to-public", viewer="public")
    told = snapshot(viewer="public")
    content = {**before[-1].content, "owner": "esa", "stated_by": "jaxa", "name": "Slander", "as_of": "2030"}
    append([following(shared, "jaxa", "public", "declare", "element", "to-public", content, as_of="2030")])
    assert record_history("element", "to-public", viewer="public") == before
    assert snapshot(told.known_on, viewer="public").elements == told.elements


@pytest.mark.parametrize("release", ["private", ["nasa"], ["jaxa", "nasa"]], ids=str)
def test_nobody_makes_itself_a_member_unseen(shared, release):
    shared.look_at(SECRETARIAT)
    register_key("spy", shared.signer("spy").public_hex, secretariat=shared.signer(SECRETARIAT))
    own = agency("spy", short_name="SPY", member_since="2007", release=release)
    declare([own], signer=shared.signer("spy"), sources=SOURCES, confirmed=True)
    assert not takes_part("spy")
    assert "to-members" not in snapshot(viewer="spy").elements


def test_a_statement_dated_far_ahead_does_not_move_the_day_on_which_others_look(shared):
    shared.look_at(SECRETARIAT)
    shared.element(SECRETARIAT, "jaxa", "far", as_of="2150")
    assert snapshot(viewer="public").known_on.year < 2150


@pytest.mark.parametrize("name", ["South Agency", "public", "members", "withheld", "a" * 121, "ESA"])
def test_no_key_is_registered_for_what_is_nobodys_id(shared, name):
    shared.look_at(SECRETARIAT)
    before = count()
    with pytest.raises(LedgerError):
        register_key(name, new_signer("x").public_hex, secretariat=shared.signer(SECRETARIAT))
    assert count() == before


@pytest.mark.parametrize("audience", [("esa", "members"), ("nasa", "nasa"), ("NASA",)])
def test_no_key_is_revoked_in_a_chain_that_cannot_be(shared, audience):
    shared.look_at(SECRETARIAT)
    before = held()
    with pytest.raises(LedgerError):
        revoke_key(
            ChainName("jaxa", audience), shared.signer("jaxa").public_hex, 1, secretariat=shared.signer(SECRETARIAT)
        )
    assert held() == before


@pytest.mark.parametrize("viewer", ["members", "private", "withheld", "", "NASA", "esa,nasa"])
def test_no_bundle_is_written_for_nobody(shared, viewer):
    shared.look_at(SECRETARIAT)
    path = shared.folder / "nobody.jsonl"
    with pytest.raises(LedgerError) as caught:
        write_bundle(viewer, path)
    assert caught.value.code == "viewer.form"
    assert not path.exists()


def test_nobody_joins_a_ledger_of_which_nothing_is_there(shared):
    anchor = shared.signer(SECRETARIAT).public_hex
    path = shared.folder / "empty.jsonl"
    first = first_line(BundleHeader("impostor", anchor, "nasa"))
    path.write_bytes(first + last_line(0, hashlib.sha256(first).hexdigest()))
    shared.new("laptop")
    shared.look_at("laptop")
    with pytest.raises(LedgerError):
        join(path, anchor=anchor)
    whole = shared.bundle(SECRETARIAT, "nasa")
    shared.look_at("laptop")
    assert join(whole, anchor=anchor).added


def test_only_its_user_reads_what_a_backup_makes(shared):
    shared.look_at(SECRETARIAT)
    kept = shared.folder / "kept.sqlite3"
    before = os.umask(0)
    try:
        backup(kept)
        replaced = restore(kept, replace=True).replaced
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in (kept, replaced, shared.folder / f"{SECRETARIAT}.sqlite3")} == {
        0o600
    }


def test_a_record_for_an_agency_called_public_is_no_public_record(shared):
    shared.look_at(SECRETARIAT)
    content = {**record_history("element", "to-public", viewer="public")[-1].content, "release": ["public"]}
    entry = following(shared, "esa", "public", "revise", "element", "to-public", content, as_of=content["as_of"])
    with pytest.raises(LedgerError, match="release is"):
        stated(entry)
