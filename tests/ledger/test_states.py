"""One query tells whether a viewer would see something else."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from synodos.ledger import ChainName, declare, revoke_key, snapshot, state, verify
from tests.language.minimal import statement
from tests.ledger.councils import SECRETARIAT, signer
from tests.ledger.places import SOURCES, looking_at

VIEWERS = ("public", "esa", "nasa", SECRETARIAT)


def states():
    return {viewer: state(viewer=viewer) for viewer in VIEWERS}


def states_after(act):
    before = states()
    act()
    after = states()
    return {viewer for viewer in VIEWERS if before[viewer] != after[viewer]}


def stating(release):
    to = "-".join(release) if isinstance(release, list) else release
    record = statement("element", id=f"lander-{to}", owner="esa", stated_by="esa", release=release)
    return lambda: declare([record], signer=signer("esa"), sources=SOURCES)


def revoked():
    revoke_key(ChainName("esa", "public"), signer("esa").public_hex, 1, secretariat=signer(SECRETARIAT))


@pytest.mark.parametrize("place", ["files", pytest.param("server", marks=pytest.mark.proof)])
def test_a_state_changes_for_those_who_see_something_else(place, request):
    with looking_at(request.getfixturevalue(place).new()):
        assert states() == states()
        assert states_after(stating("public")) == set(VIEWERS)
        assert states_after(stating("members")) == {"esa", "nasa", SECRETARIAT}
        assert states_after(stating(["nasa"])) == {"esa", "nasa"}
        assert states_after(stating("private")) == {"esa"}
        assert states_after(revoked) == set(VIEWERS)
        with CaptureQueriesContext(connection) as asked:
            state(viewer="nasa")
        assert len(asked) == 1


def test_two_ledgers_have_states_of_their_own(files):
    found = []
    for path in (files.new(), files.new()):
        with looking_at(path):
            found.append(state(viewer="public"))
    assert len(set(found)) == 2


@pytest.mark.django_db
def test_without_a_ledger_there_is_no_state():
    assert state(viewer="public") == ""
    with pytest.raises(ValueError, match="viewer: an agency's id"):
        state(viewer="members")


def test_a_clock_that_is_set_back_loses_and_disorders_nothing(files, monkeypatch):
    with looking_at(files.new()):
        stating("public")()
        monkeypatch.setattr("synodos.ledger.storing._now", lambda: dt.datetime(2001, 1, 1, tzinfo=dt.UTC))
        assert states_after(stating("members")) == {"esa", "nasa", SECRETARIAT}
        assert set(snapshot(viewer="esa").elements) == {"lander-public", "lander-members"}
        assert list(verify()) == []
