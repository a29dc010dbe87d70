"""Which entries count: each rule on its own, and the outcome whatever the order in which entries arrive."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.ledger import ChainName
from synodos.ledger.counting import count, uncounted
from synodos.ledger.registry import revocation_audience
from synodos.ledger.walking import Head
from tests.ledger.councils import ANCHOR, SECRETARIAT, Council, founded, may_read, signer

ESA, NASA = signer("esa"), signer("nasa")
PUBLIC_ESA = ChainName("esa", "public")


def counted(council):
    return count(council.entries, secretariat=SECRETARIAT, anchor=ANCHOR)


def reasons(council, *entries):
    found = uncounted(council.entries, secretariat=SECRETARIAT, anchor=ANCHOR)
    return tuple(found.get(entry.hash) for entry in entries)


def test_a_plain_chain_counts_to_its_end():
    council = founded("esa")
    for _ in range(4):
        last = council.add(ESA)
    found = counted(council)
    assert found.uncounted == {}
    assert found.heads[PUBLIC_ESA] == Head(4, last.hash, ESA.public_hex)
    assert found.forks == {}
    assert found.keys == {SECRETARIAT: (ANCHOR,), "esa": (ESA.public_hex,)}


def test_nothing_counts_of_nobody():
    assert counted(Council()).heads == {}


def test_a_key_that_nobody_admitted_signs_nothing():
    council = founded("esa")
    entry = council.add(NASA)
    after = council.add(NASA)
    assert reasons(council, entry, after) == ("unknown-key", "unknown-key")
    assert ChainName("nasa", "public") not in counted(council).heads


def test_only_the_secretariat_admits_keys_and_only_in_its_public_chain():
    council = founded("esa")
    council.register("nasa", NASA, by=ESA)
    council.register("nasa", NASA, audience="members")
    assert reasons(council, council.add(NASA)) == ("unknown-key",)


def test_a_registry_that_does_not_begin_with_the_anchor_admits_nobody():
    council = Council()
    council.register("esa", ESA, by=signer(SECRETARIAT, 1))
    entry = council.add(ESA)
    assert set(counted(council).uncounted.values()) == {"unknown-key"}
    assert counted(council).keys == {SECRETARIAT: (ANCHOR,)}
    assert reasons(council, entry) == ("unknown-key",)


def test_a_wrong_number_or_a_missing_entry_is_a_gap():
    council = founded("esa")
    missing = council.add(ESA)
    council.add(ESA)
    after = council.add(ESA)
    council.entries.remove(missing)
    assert reasons(council, *council.entries[-2:], after) == ("gap", "gap", "gap")


def test_an_entry_whose_number_skips_one_is_a_gap():
    council = founded("esa")
    first = council.add(ESA)
    skipping = replace(council.add(ESA), number=3)
    council.entries[-1] = skipping
    assert reasons(council, first, skipping) == (None, "gap")


def test_a_fork_stops_the_chain_at_the_last_common_entry():
    council = founded("esa")
    common = council.add(ESA)
    one = council.add(ESA, after=common)
    other = council.add(ESA, after=common)
    more = council.add(ESA, after=other)
    assert reasons(council, common, one, other, more) == (None, "fork", "fork", "fork")
    found = counted(council)
    assert found.heads[PUBLIC_ESA].hash == common.hash
    tips = {branch.tip.hash: branch.abandons for branch in found.forks[PUBLIC_ESA]}
    assert tips == {one.hash: (other.hash,), more.hash: (one.hash,)}


def test_a_fork_at_the_very_start_stops_the_whole_chain():
    council = founded("esa")
    one, other = council.add(ESA, after=None), council.add(ESA, after=None)
    assert reasons(council, one, other) == ("fork", "fork")
    assert PUBLIC_ESA not in counted(council).heads


def test_its_author_settles_a_fork_on_the_branch_that_stays():
    council = founded("esa")
    common = council.add(ESA)
    one, other = council.add(ESA, after=common), council.add(ESA, after=common)
    last = council.add(ESA, after=one)
    lost = council.add(ESA, after=other)
    settled = council.resolve(ESA, abandoned=[other], after=last)
    assert reasons(council, one, last, settled, other, lost) == (None, None, None, "abandoned", "abandoned")
    assert counted(council).heads[PUBLIC_ESA].hash == settled.hash


def test_only_a_resolution_settles_a_fork():
    council = founded("esa")
    one, other = council.add(ESA, after=None), council.add(ESA, after=None)
    council.add(ESA, content={"abandoned": [other.hash]}, after=one)
    assert reasons(council, one, other) == ("fork", "fork")


def test_resolutions_that_contradict_each_other_settle_nothing():
    council = founded("esa")
    one, other = council.add(ESA, after=None), council.add(ESA, after=None)
    council.resolve(ESA, abandoned=[other], after=one)
    council.resolve(ESA, abandoned=[one], after=other)
    assert set(counted(council).uncounted.values()) == {"fork"}


def test_branches_that_abandon_each_other_settle_nothing_for_a_third():
    council = founded("esa")
    one, other, third = (council.add(ESA, after=None) for _ in range(3))
    council.resolve(ESA, abandoned=[other], after=one)
    council.resolve(ESA, abandoned=[one], after=other)
    assert reasons(council, one, other, third) == ("fork", "fork", "fork")


def test_a_third_branch_opens_the_fork_again_until_it_is_named_too():
    council = founded("esa")
    one, other = council.add(ESA, after=None), council.add(ESA, after=None)
    settled = council.resolve(ESA, abandoned=[other], after=one)
    third = council.add(ESA, after=None)
    assert reasons(council, one, third) == ("fork", "fork")
    council.resolve(ESA, abandoned=[third], after=settled)
    assert reasons(council, one, third, other) == (None, "abandoned", "abandoned")


def test_a_fork_within_a_branch_is_settled_with_the_outer_one():
    council = founded("esa")
    one, other = council.add(ESA, after=None), council.add(ESA, after=None)
    inner, beside = council.add(ESA, after=one), council.add(ESA, after=one)
    branches = {branch.tip.hash: branch for branch in counted(council).forks[PUBLIC_ESA]}
    assert set(branches) == {inner.hash, beside.hash, other.hash}
    assert branches[inner.hash].abandons == tuple(sorted((beside.hash, other.hash)))
    council.resolve(ESA, abandoned=[beside, other], after=inner)
    assert reasons(council, one, inner, beside, other) == (None, None, "abandoned", "abandoned")


def test_what_somebody_else_settles_does_not_count():
    council = founded("esa", "nasa")
    one, other = council.add(ESA, after=None), council.add(ESA, after=None)
    council.resolve(NASA, abandoned=[other], after=None)
    assert reasons(council, one, other) == ("fork", "fork")


def test_a_fork_in_one_chain_leaves_the_others_alone():
    council = founded("esa")
    council.add(ESA, after=None), council.add(ESA, after=None)
    assert reasons(council, council.add(ESA, "members")) == (None,)


def test_a_new_key_counts_in_every_chain_of_its_author_and_old_ones_do_not_come_back():
    council = founded("esa")
    new = signer("esa", 1)
    first = council.add(ESA, "members")
    council.rotate(ESA, new)
    second = council.add(ESA, "members")  # the old key may still finish what it began elsewhere
    third = council.add(new, "members")
    late = council.add(ESA, "members")
    assert reasons(council, first, second, third, late) == (None, None, None, "earlier-key")
    assert reasons(council, council.add(ESA)) == ("earlier-key",)
    assert counted(council).keys["esa"] == (ESA.public_hex, new.public_hex)


def test_a_new_key_has_to_prove_that_its_holder_agrees():
    council = founded("esa", "nasa")
    foreign = {"public_key": NASA.public_hex, "proof": "00" * 64}
    council.add(ESA, act="rotate", kind="key", id="esa", content=foreign)
    assert counted(council).keys["esa"] == (ESA.public_hex,)
    assert reasons(council, council.add(ESA)) == (None,)


def test_a_rotation_counts_in_the_public_chain_only():
    council = founded("esa")
    council.rotate(ESA, signer("esa", 1), audience="members")
    new = signer("esa", 1)
    assert reasons(council, council.add(new, "members"), council.add(new)) == ("unknown-key", "unknown-key")


def test_a_key_that_is_lost_is_followed_by_one_that_the_secretariat_admits():
    council = founded("esa")
    old = council.add(ESA)
    council.register("esa", signer("esa", 2))
    new = council.add(signer("esa", 2))
    assert reasons(council, old, new, council.add(ESA)) == (None, None, "earlier-key")


def test_the_secretariat_rotates_its_own_key_and_goes_on():
    council = founded("esa")
    new = signer(SECRETARIAT, 1)
    council.rotate(signer(SECRETARIAT), new)
    council.register("nasa", NASA, by=new)
    assert reasons(council, council.add(NASA)) == (None,)
    assert counted(council).keys[SECRETARIAT] == (ANCHOR, new.public_hex)


@pytest.mark.parametrize("audience", ["public", "members", "private", ("nasa",), (SECRETARIAT, "nasa")], ids=str)
def test_what_a_revoked_key_signed_later_does_not_count_and_makes_no_fork(audience):
    council = founded("esa")
    chain = ChainName("esa", audience)
    good = council.add(ESA, audience)
    stolen = council.add(ESA, audience)
    stolen_too = council.add(ESA, audience)
    council.register("esa", signer("esa", 1))
    council.revoke(chain, ESA, good.number)
    own = council.add(signer("esa", 1), audience, after=good)
    assert reasons(council, good, stolen, stolen_too, own) == (None, "revoked", "revoked", None)
    assert counted(council).forks == {}


def test_a_revocation_counts_only_where_the_readers_of_the_chain_are():
    council = founded("esa", "nasa")
    named = ChainName("esa", ("nasa",))
    good, later = council.add(ESA, ("nasa",)), council.add(ESA, ("nasa",))
    council.revoke(named, ESA, 1, audience="public")
    council.revoke(named, ESA, 1, by=NASA, audience=("esa",))
    assert reasons(council, good, later) == (None, None)
    council.revoke(named, ESA, 1)
    assert reasons(council, good, later) == (None, "revoked")


@pytest.mark.parametrize(
    ("author", "audience", "readers"),
    [
        ("esa", "public", "public"),
        ("esa", "members", "members"),
        ("esa", "private", ("esa",)),
        ("esa", ("jaxa", "nasa"), ("esa", "jaxa", "nasa")),
        ("esa", (SECRETARIAT, "nasa"), ("esa", "nasa")),
        (SECRETARIAT, ("nasa",), ("nasa",)),
        (SECRETARIAT, "private", "private"),
    ],
    ids=str,
)
def test_a_revocation_is_for_those_who_receive_the_chain(author, audience, readers):
    assert revocation_audience(ChainName(author, audience), SECRETARIAT) == readers


def test_of_two_revocations_of_a_key_the_earlier_number_counts():
    council = founded("esa")
    entries = [council.add(ESA) for _ in range(4)]
    council.revoke(PUBLIC_ESA, ESA, 3)
    council.revoke(PUBLIC_ESA, ESA, 1)
    assert reasons(council, *entries) == (None, "revoked", "revoked", "revoked")


def test_a_rotation_by_a_revoked_key_does_not_count():
    council = founded("esa")
    council.add(ESA)
    thief = signer("esa", 7)
    council.rotate(ESA, thief)
    council.revoke(PUBLIC_ESA, ESA, 1)
    assert reasons(council, council.add(thief, "members")) == ("unknown-key",)
    assert counted(council).keys["esa"] == (ESA.public_hex,)


def test_the_secretariats_own_key_is_not_revoked():
    council = founded("esa")
    council.revoke(ChainName(SECRETARIAT, "public"), signer(SECRETARIAT), 0)
    assert counted(council).uncounted == {}
    assert counted(council).revocations == frozenset()


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"author": "esa", "audience": "public", "key": "short", "last_valid": 0},
        {"author": "esa", "audience": "public", "key": ESA.public_hex, "last_valid": True},
        {"author": "esa", "audience": "public", "key": ESA.public_hex, "last_valid": -1},
        {"author": "esa", "audience": "nobody", "key": ESA.public_hex, "last_valid": 0},
        {"author": ["esa"], "audience": [1], "key": None, "last_valid": None},
    ],
    ids=["empty", "short-key", "truth", "negative", "audience", "forms"],
)
def test_a_key_entry_that_says_nothing_has_no_effect_and_stops_nothing(content):
    council = founded("esa")
    entry = council.add(ESA)
    for act in ("register", "rotate", "revoke", "resolve"):
        council.add(signer(SECRETARIAT), act=act, kind="key", content=content)
        council.add(ESA, act=act, kind="key", content=content)
    assert reasons(council, entry) == (None,)
    assert counted(council).uncounted == {}


def test_forks_nested_a_thousand_deep_are_counted():
    council = founded("esa")
    at = None
    for _ in range(1_100):
        council.add(ESA, after=at)
        at = council.add(ESA, after=at)
    assert set(counted(council).uncounted.values()) == {"fork"}
    assert len(counted(council).forks[PUBLIC_ESA]) == 1_101


AUTHORS = ("esa", "nasa", SECRETARIAT)
AUDIENCES = ("public", "members", "private", "named")


def _audience(author, word):
    others = tuple(sorted({"esa", "nasa"} - {author}))
    return others if word == "named" else word


@st.composite
def councils(draw):
    """Councils that quarrel: forks, resolutions, new, lost and stolen keys, revocations right and wrong."""
    council = founded(*(name for name in ("esa", "nasa") if draw(st.booleans())))
    for _ in range(draw(st.integers(0, 22))):
        by = signer(draw(st.sampled_from(AUTHORS)), draw(st.sampled_from((0, 0, 0, 1, 2))))
        audience = _audience(by.author, draw(st.sampled_from(AUDIENCES)))
        there = [one for one in council.entries if one.chain == ChainName(by.author, audience)]
        after = draw(st.sampled_from([*there[-3:], there[-1], there[-1]])) if there else None
        act = draw(st.sampled_from(("declare", "declare", "resolve", "register", "rotate", "revoke")))
        if act == "resolve":
            council.resolve(
                by,
                audience,
                abandoned=draw(
                    st.lists(st.sampled_from(there or [None]), max_size=3).map(
                        lambda found: [one for one in found if one]
                    )
                ),
                after=after,
            )
        elif act == "register":
            key = signer(draw(st.sampled_from(AUTHORS)), draw(st.integers(0, 2)))
            council.register(key.author, key, by=by, audience=audience, after=after)
        elif act == "rotate":
            council.rotate(by, signer(by.author, draw(st.integers(0, 2))), audience=audience, after=after)
        elif act == "revoke" and by.author == SECRETARIAT:
            key = signer(draw(st.sampled_from(AUTHORS)), draw(st.integers(0, 2)))
            chain = ChainName(key.author, _audience(key.author, draw(st.sampled_from(AUDIENCES))))
            council.revoke(chain, key, draw(st.integers(0, 3)), by=by)
        else:
            council.add(by, audience, after=after)
    return council


@given(st.data())
def test_the_outcome_depends_on_no_order_and_no_repeats(data):
    council = data.draw(councils())
    shuffled = Council()
    shuffled.entries = data.draw(st.permutations(council.entries))
    shuffled.entries += data.draw(st.lists(st.sampled_from(council.entries), max_size=8))
    assert counted(shuffled) == counted(council)


@given(councils())
def test_what_counts_is_one_path_signed_by_keys_that_never_go_back(council):
    found = counted(council)
    entries = {entry.hash: entry for entry in council.entries}
    good = [entry for hash_, entry in entries.items() if hash_ not in found.uncounted]
    by_chain = {chain: sorted((e for e in good if e.chain == chain), key=lambda e: e.number) for chain in found.heads}
    assert sum(map(len, by_chain.values())) == len(good)
    assert found.uncounted.keys() <= entries.keys()
    for chain, path in by_chain.items():
        assert [entry.number for entry in path] == list(range(1, len(path) + 1))
        assert [entry.previous for entry in path] == [chain.start, *(entry.hash for entry in path[:-1])]
        assert found.heads[chain].hash == path[-1].hash
        places = [found.keys[chain.author].index(entry.key) for entry in path]
        assert places == sorted(places)
        for one in found.revocations:
            limits = [entry.number for entry in path if entry.key == one.key and one.chain == chain]
            assert max(limits, default=0) <= one.last_valid


@given(councils())
def test_whether_a_chain_counts_depends_on_nothing_that_its_readers_do_not_receive(council):
    whole = counted(council)
    for viewer in ("public", "esa", "nasa", SECRETARIAT, "jaxa"):
        part = Council()
        part.entries = [
            e for e in council.entries if may_read(viewer, e.chain, member=viewer not in ("public", "jaxa"))
        ]
        found = counted(part)
        assert found.uncounted == {e.hash: whole.uncounted[e.hash] for e in part.entries if e.hash in whole.uncounted}
        assert found.heads == {chain: head for chain, head in whole.heads.items() if chain in found.heads}


@given(councils(), st.data())
def test_the_author_can_settle_every_fork_that_no_contradiction_holds(council, data):
    """A resolution behind the tip of a branch makes that branch count, unless another one abandons it."""
    council.entries = [entry for entry in council.entries if entry.act not in ("resolve", "revoke", "rotate")]
    council.entries = [e for e in council.entries if e.hash not in _gaps(council)]
    for chain, branches in counted(council).forks.items():
        branch = data.draw(st.sampled_from(branches))
        by = next(signer(chain.author, n) for n in range(3) if signer(chain.author, n).public_hex == branch.tip.key)
        tip = next(entry for entry in council.entries if entry.hash == branch.tip.hash)
        others = [entry for entry in council.entries if entry.hash in branch.abandons]
        settled = council.resolve(by, chain.audience, abandoned=others, after=tip)
        assert counted(council).heads[chain].hash == settled.hash
        assert chain not in counted(council).forks


def _gaps(council):
    return {hash_ for hash_, reason in counted(council).uncounted.items() if reason == "gap"}
