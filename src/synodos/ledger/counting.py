"""Which entries count, and why others do not: a function of the set of entries, whatever their order of arrival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synodos.language import PUBLIC
from synodos.ledger.entry import Audience, ChainName
from synodos.ledger.registry import Keys, Link, Revocation, admitted, revocation
from synodos.ledger.walking import Branch, Head, Reason, Walk, branches, walk_chain


@dataclass(frozen=True, slots=True)
class Count:
    """Which entries count.

    Attributes
    ----------
    uncounted : mapping of str to Reason
        By hash the entries that do not count, and why.
    heads : mapping of ChainName to Head
        Where each chain goes on: its last entry that counts.
    stopped : mapping of ChainName to Walk
        Chains that stand still at a fork.
    keys : mapping of str to tuple of str
        By author the public keys that were ever in force, in their order; the last one is in force now.
    revocations : frozenset of Revocation
        Keys that the secretariat revoked.
    """

    uncounted: Mapping[str, Reason]
    heads: Mapping[ChainName, Head]
    stopped: Mapping[ChainName, Walk]
    keys: Mapping[str, tuple[str, ...]]
    revocations: frozenset[Revocation]

    @property
    def forks(self) -> Mapping[ChainName, tuple[Branch, ...]]:
        """For each chain that stands still at a fork the ways in which it could go on, by hash of their tips."""
        return {chain: branches(walk) for chain, walk in self.stopped.items()}


def count(entries: Iterable[Link], *, secretariat: str, anchor: str) -> Count:
    """Return which of a set of entries count.

    Parameters
    ----------
    entries : iterable of Link
        Entries whose signatures hold, in any order; repeats make no difference.
    secretariat : str
        Whose public chain is the registry of keys.
    anchor : str
        Public key of the secretariat with which trust begins, in hexadecimal.

    Notes
    -----
    A chain counts along `previous` as long as exactly one entry follows that its author may sign. The registry is
    counted first, then the secretariat's other chains (they revoke keys), authors' public chains (they replace keys),
    and the rest; so whether an entry counts depends on no chain that a reader of its own chain does not receive.
    """
    chains = _by_chain(entries)
    registry = ChainName(secretariat, PUBLIC)
    order = sorted(chains, key=lambda name: (name != registry, name.author != secretariat, name.audience != PUBLIC))
    keys: dict[str, Keys] = {secretariat: {anchor: (0, 0)}}
    revocations: set[Revocation] = set()
    walks: dict[ChainName, Walk] = {}
    for name in order:
        limits = [(one.key, one.last_valid) for one in revocations if one.chain == name]
        walk = walks[name] = walk_chain(name, chains[name], keys.get(name.author, {}), limits)
        keys[name.author] = {**keys.get(name.author, {}), **walk.keys}
        if name == registry:
            keys = {**_admitted_keys(walk.counted), **keys}
        if name.author == secretariat:
            revocations.update(filter(None, (revocation(link, secretariat) for link in walk.counted)))
    return Count(
        uncounted={hash_: reason for walk in walks.values() for hash_, reason in walk.reasons.items()},
        heads={name: walk.head for name, walk in walks.items() if walk.head},
        stopped={name: walk for name, walk in walks.items() if walk.forked},
        keys={author: tuple(sorted(found, key=found.__getitem__)) for author, found in keys.items() if found},
        revocations=frozenset(revocations),
    )


def uncounted(entries: Iterable[Link], *, secretariat: str, anchor: str) -> Mapping[str, Reason]:
    """Return the entries that do not count, by hash, and why; parameters as in `count`."""
    return count(entries, secretariat=secretariat, anchor=anchor).uncounted


def _by_chain(entries: Iterable[Link]) -> dict[ChainName, list[Link]]:
    """Return the entries of each chain by number, each once."""
    chains: dict[tuple[str, Audience], dict[str, Link]] = defaultdict(dict)
    for entry in entries:
        chains[entry.author, entry.audience][entry.hash] = entry
    return {ChainName(*name): sorted(links.values(), key=_in_order) for name, links in chains.items()}


def _in_order(link: Link) -> tuple[int, str]:
    """Return what sorts the entries of a chain."""
    return link.number, link.hash


def _admitted_keys(registered: Iterable[Link]) -> dict[str, Keys]:
    """Return by author the keys that the registry admits, with their positions."""
    return {
        author: {key: (place, 0) for place, key in enumerate(keys)} for author, keys in admitted(registered).items()
    }
