"""Keys come, change and go, and forks are settled, in the tables of a ledger."""

from dataclasses import replace

import pytest
from django.db import transaction

from synodos.language import PUBLIC
from synodos.ledger import (
    ChainName,
    LedgerError,
    append,
    declare,
    entries_of,
    forks_of,
    found_ledger,
    head,
    is_founded,
    keys_in_force,
    load_signer,
    record_history,
    register_key,
    resolve,
    revoke_key,
    rotate_key,
    rotate_key_in,
    save_signer,
    snapshot,
)
from synodos.ledger.founding import begin, the_ledger
from synodos.ledger.keying import count_of
from synodos.ledger.signing import key_file, signed
from tests.language.minimal import agency, header, statement
from tests.ledger.councils import ANCHOR, SECRETARIAT, signer

ESA = ChainName("esa", "public")
SOURCES = header().sources


@pytest.fixture(scope="module")
def council(django_db_setup, django_db_blocker):
    """A ledger with an agency that declared itself, made once for all tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        found_ledger(signer(SECRETARIAT), header=header(sources={}))
        register_key("esa", signer("esa").public_hex, secretariat=signer(SECRETARIAT))
        declare([agency("esa", member_since="2007")], signer=signer("esa"), sources=SOURCES)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def ledger(council, db):
    """Each test begins with that ledger."""


def element(**given):
    return statement("element", **{"id": "lander", "as_of": "2012", **given})


def refusal(call, *arguments, **given):
    with pytest.raises(LedgerError) as caught:
        call(*arguments, **given)
    return caught.value.code


def fork():
    """Two entries with one number in ESA's public chain, as two machines with one key make them."""
    last = list(entries_of(ESA))[-1]
    one = declare([element(name="One")], signer=signer("esa"))[0]
    content = {**one.content, "name": "Other"}
    other = signed(replace(one, content=content, previous=last.hash), signer("esa"))
    append([other])
    return one, other


def test_a_ledger_begins_with_its_anchor():
    assert is_founded()
    assert (the_ledger().secretariat, the_ledger().anchor) == (SECRETARIAT, ANCHOR)
    first = next(iter(entries_of(ChainName(SECRETARIAT, "public"))))
    assert (first.act, first.id, first.content) == (
        "register",
        SECRETARIAT,
        {"author": SECRETARIAT, "public_key": ANCHOR},
    )
    assert refusal(found_ledger, signer("other")) == "ledger.founded"
    assert refusal(begin, "other", ANCHOR) == "ledger.founded"


def test_a_key_is_registered_once_and_by_the_secretariat():
    key = signer("nasa").public_hex
    assert refusal(register_key, "nasa", key, secretariat=signer("esa")) == "key.not-secretariat"
    assert refusal(register_key, "nasa", key, secretariat=signer(SECRETARIAT, 1)) == "key.unregistered"
    assert refusal(register_key, "nasa", "no key", secretariat=signer(SECRETARIAT)) == "key.form"
    assert refusal(register_key, SECRETARIAT, key, secretariat=signer(SECRETARIAT)) == "key.secretariat"
    assert keys_in_force("nasa") == ()
    assert len(register_key("nasa", key, secretariat=signer(SECRETARIAT))) == 1
    assert register_key("nasa", key, secretariat=signer(SECRETARIAT)) == ()
    assert keys_in_force("nasa") == (key,)


def test_a_rotated_key_signs_and_the_old_one_no_longer():
    new = signer("esa", 1)
    rotate_key(signer("esa"), new)
    assert keys_in_force("esa") == (signer("esa").public_hex, new.public_hex)
    assert refusal(declare, [element()], signer=signer("esa")) == "key.replaced"
    assert refusal(rotate_key, signer("esa"), signer("esa", 2)) == "key.replaced"
    assert refusal(rotate_key, new, signer("esa")) == "key.used"
    assert refusal(rotate_key, new, signer("nasa")) == "key.author"
    declare([element()], signer=new)
    assert "lander" in snapshot(viewer=PUBLIC).elements


def test_the_secretariat_rotates_its_key():
    new = signer(SECRETARIAT, 1)
    rotate_key(signer(SECRETARIAT), new)
    assert keys_in_force(SECRETARIAT) == (ANCHOR, new.public_hex)
    register_key("nasa", signer("nasa").public_hex, secretariat=new)
    assert keys_in_force("nasa") == (signer("nasa").public_hex,)


def test_keys_in_force_are_those_that_counting_finds():
    rotate_key(signer("esa"), signer("esa", 1))
    register_key("esa", signer("esa", 2).public_hex, secretariat=signer(SECRETARIAT))
    rotate_key(signer("esa", 2), signer("esa", 3))
    rotate_key(signer(SECRETARIAT), signer(SECRETARIAT, 1))
    for author in ("esa", SECRETARIAT):
        assert keys_in_force(author) == count_of(author).keys[author]
    assert keys_in_force("esa") == tuple(signer("esa", number).public_hex for number in range(4))


@pytest.mark.parametrize("passphrase", [None, "open sesame"], ids=["plain", "encrypted"])
def test_a_key_in_a_folder_is_rotated(tmp_path, passphrase):
    save_signer(signer("esa"), tmp_path, passphrase)
    new = rotate_key_in(tmp_path, "esa", passphrase)
    assert load_signer(tmp_path, "esa", passphrase) == new
    assert keys_in_force("esa")[-1] == new.public_hex
    assert not key_file(tmp_path, "esa", upcoming=True).exists()


@pytest.mark.parametrize("stored", [False, True], ids=["before-it-was-stored", "after-it-was-stored"])
def test_a_rotation_that_was_interrupted_is_completed(tmp_path, stored):
    save_signer(signer("esa"), tmp_path)
    save_signer(signer("esa", 1), tmp_path, upcoming=True)
    if stored:
        rotate_key(signer("esa"), signer("esa", 1))
    assert rotate_key_in(tmp_path, "esa") == signer("esa", 1)
    assert load_signer(tmp_path, "esa") == signer("esa", 1)
    assert keys_in_force("esa") == (signer("esa").public_hex, signer("esa", 1).public_hex)


def test_what_a_stolen_key_declared_is_revoked_and_its_owner_goes_on():
    good = head(ESA).number
    declare([element(name="Forged")], signer=signer("esa"))
    register_key("esa", signer("esa", 1).public_hex, secretariat=signer(SECRETARIAT))
    revoke_key(ESA, signer("esa").public_hex, good, secretariat=signer(SECRETARIAT))
    assert "lander" not in snapshot(viewer=PUBLIC).elements
    assert record_history("element", "lander", viewer="esa") == ()
    declare([element(name="Own")], signer=signer("esa", 1))
    assert snapshot(viewer=PUBLIC).elements["lander"].name == "Own"
    assert head(ESA).number == good + 1


def test_what_cannot_be_revoked():
    secretariat = signer(SECRETARIAT)
    own = ChainName(SECRETARIAT, "public")
    assert refusal(revoke_key, own, ANCHOR, 0, secretariat=secretariat) == "key.secretariat"
    assert refusal(revoke_key, ESA, signer("nasa").public_hex, 0, secretariat=secretariat) == "key.unknown"
    assert refusal(revoke_key, ESA, signer("esa").public_hex, 0, secretariat=signer("esa")) == "key.not-secretariat"


def test_a_fork_stops_the_chain_until_its_author_settles_it():
    one, other = fork()
    assert "lander" not in snapshot(viewer=PUBLIC).elements
    assert refusal(declare, [element(id="rover")], signer=signer("esa")) == "fork.open"
    assert {branch.tip.hash for branch in forks_of(ESA)} == {one.hash, other.hash}
    assert refusal(resolve, ESA, "0" * 64, signer=signer("esa")) == "fork.branch"
    assert refusal(resolve, ESA, other.hash, signer=signer(SECRETARIAT)) == "fork.author"
    resolve(ESA, other.hash, signer=signer("esa"))
    assert snapshot(viewer=PUBLIC).elements["lander"].name == "Other"
    assert forks_of(ESA) == ()
    declare([element(id="rover")], signer=signer("esa"))
    assert "rover" in snapshot(viewer=PUBLIC).elements


def test_there_must_be_a_fork_to_settle():
    assert refusal(resolve, ESA, head(ESA).hash, signer=signer("esa")) == "fork.none"
    assert refusal(resolve, ChainName("esa", "members"), "0" * 64, signer=signer("esa")) == "fork.none"


def test_a_fork_in_the_registry_stops_new_keys():
    last = list(entries_of(ChainName(SECRETARIAT, "public")))[-1]
    one = register_key("nasa", signer("nasa").public_hex, secretariat=signer(SECRETARIAT))[0]
    append([signed(replace(one, content={**one.content, "author": "jaxa"}, previous=last.hash), signer(SECRETARIAT))])
    assert keys_in_force("nasa") == ()
    assert refusal(register_key, "x", signer("x").public_hex, secretariat=signer(SECRETARIAT)) == "fork.open"
    resolve(ChainName(SECRETARIAT, "public"), one.hash, signer=signer(SECRETARIAT))
    assert keys_in_force("nasa") == (signer("nasa").public_hex,)
    assert keys_in_force("jaxa") == ()
