"""How far one chain counts: along the entries that its author may sign, up to a fork that nobody has settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from synodos.ledger.entry import ChainName
from synodos.ledger.registry import Keys, Link, Position, rotated

Reason = Literal["fork", "abandoned", "revoked", "unknown-key", "earlier-key", "gap"]
"""Why an entry does not count. `fork`: it stands on one of several branches and its author has not said which one
stays; `abandoned`: its author kept another branch; `revoked`: the secretariat revoked its key before it; `unknown-key`:
nobody admitted its key; `earlier-key`: it is signed with a key that was replaced before it; `gap`: what it follows is
not there. What follows an entry that does not count shares its reason."""
_NONE: Final[frozenset[str]] = frozenset()
_LOWEST: Final[Position] = (0, 0)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain goes on: number, hash and key of the last entry that counts."""

    number: int
    hash: str
    key: str


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the ways in which a chain could go on where it stands still at a fork.

    Attributes
    ----------
    tip : Head
        Its last entry; a resolution that keeps the branch stands behind it.
    abandons : tuple of str
        Hashes of the first entries of the other branches, which that resolution names.
    """

    tip: Head
    abandons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """What counts of one chain.

    Attributes
    ----------
    counted : sequence of Link
        Entries that count, in their order.
    reasons : mapping of str to Reason
        By hash those that do not.
    keys : mapping of str to Position
        Keys with which the author may go on, also those that the chain itself brought into force.
    """

    counted: Sequence[Link]
    reasons: Mapping[str, Reason]
    keys: Keys
    stop: str
    """Hash of the last entry that counts, or of the chain's start."""
    followers: Mapping[str, Sequence[Link]]
    """By hash the entries that could follow an entry."""
    kept: Mapping[str, Link]
    """By hash the one that does, where that is settled."""

    @property
    def forked(self) -> bool:
        """Whether the chain stands still at a fork."""
        return bool(self.followers.get(self.stop))

    @property
    def head(self) -> Head | None:
        """Last entry that counts."""
        return _head(self.counted[-1]) if self.counted else None


@dataclass(frozen=True, slots=True)
class _State:
    """What holds behind an entry: which keys may go on, and the position of the last one in use."""

    keys: Keys
    lowest: Position


def walk_chain(chain: ChainName, links: Sequence[Link], keys: Keys, revoked: Iterable[tuple[str, int]] = ()) -> Walk:
    """Return what counts of one chain.

    Parameters
    ----------
    chain : ChainName
        Which one.
    links : sequence of Link
        Its entries by number, each once.
    keys : mapping of str to Position
        Keys with which its author may sign from the start, with their positions.
    revoked : iterable of (str, int)
        Revoked keys, each with the last number that it could sign.
    """
    limits: dict[str, int] = {}
    for key, last_valid in revoked:
        limits[key] = min(last_valid, limits.get(key, last_valid))
    states, reasons = _permitted(chain, links, keys, limits)
    valid = [link for link in links if link.hash in states]
    followers: dict[str, list[Link]] = defaultdict(list)
    for link in valid:
        followers[link.previous].append(link)
    kept = _kept(valid, followers, chain.start)
    counted = tuple(_along(chain.start, kept))
    last = counted[-1].hash if counted else chain.start
    reasons |= _beside(valid, {chain.start, *(link.hash for link in counted)}, last)
    return Walk(counted, reasons, states[last].keys, last, followers, kept)


def _permitted(
    chain: ChainName, links: Sequence[Link], keys: Keys, limits: Mapping[str, int]
) -> tuple[dict[str, _State], dict[str, Reason]]:
    """Return what holds behind each entry that the author was allowed to sign, and why others fall out."""
    states = {chain.start: _State(keys, _LOWEST)}
    numbers = {chain.start: 0}
    reasons: dict[str, Reason] = {}
    for link in links:
        before = states.get(link.previous)
        if before is None or numbers[link.previous] != link.number - 1:
            reasons[link.hash] = reasons.get(link.previous, "gap")
            continue
        reason = _forbidden(link, before, limits)
        if reason:
            reasons[link.hash] = reason
            continue
        states[link.hash] = _behind(link, before)
        numbers[link.hash] = link.number
    return states, reasons


def _forbidden(link: Link, before: _State, limits: Mapping[str, int]) -> Reason | None:
    """Return why the author was not allowed to sign an entry with its key at its place, or None."""
    if link.key in limits and link.number > limits[link.key]:
        return "revoked"
    position = before.keys.get(link.key)
    if position is None:
        return "unknown-key"
    return "earlier-key" if position < before.lowest else None


def _behind(link: Link, before: _State) -> _State:
    """Return what holds behind an entry; the state itself comes back where nothing changes."""
    position = before.keys[link.key]
    new = rotated(link) if link.act == "rotate" else None
    if new is not None and new not in before.keys:
        after = (position[0], position[1] + 1)
        return _State({**before.keys, new: after}, after)
    return before if position == before.lowest else _State(before.keys, position)


def _kept(valid: Sequence[Link], followers: Mapping[str, Sequence[Link]], start: str) -> dict[str, Link]:
    """Return by hash the entry with which a chain goes on behind each entry; none where that is not settled."""
    kept: dict[str, Link] = {}
    abandoned: dict[str, frozenset[str]] = {}
    for hash_, own in (*((link.hash, link) for link in reversed(valid)), (start, None)):
        following = followers.get(hash_, ())
        chosen = following[0] if len(following) == 1 else _settled(following, abandoned)
        if chosen is not None:
            kept[hash_] = chosen
        named = abandoned.get(chosen.hash, _NONE) if chosen is not None else _NONE
        if own is not None and own.act == "resolve":
            named |= _named(own)
        if named:
            abandoned[hash_] = named
    return kept


def _settled(following: Sequence[Link], abandoned: Mapping[str, frozenset[str]]) -> Link | None:
    """Return the one entry whose branch abandons all others, and that no other branch abandons; None if there is none.

    `abandoned` holds for each entry what is abandoned from it on.
    """
    hashes = {link.hash for link in following}
    against = frozenset().union(*(abandoned.get(hash_, _NONE) for hash_ in hashes))
    for link in following:
        if link.hash not in against and hashes - {link.hash} <= abandoned.get(link.hash, _NONE):
            return link
    return None


def _named(link: Link) -> frozenset[str]:
    """Return the hashes that a resolution abandons."""
    said = link.content.get("abandoned")
    return frozenset(one for one in said if isinstance(one, str)) if isinstance(said, list | tuple) else _NONE


def _along(start: str, kept: Mapping[str, Link]) -> Iterator[Link]:
    """Yield the entries with which a chain goes on, one after the other."""
    at = start
    while at in kept:
        yield kept[at]
        at = kept[at].hash


def _beside(valid: Sequence[Link], counted: set[str], last: str) -> dict[str, Reason]:
    """Return why permitted entries beside the path that counts do not."""
    reasons: dict[str, Reason] = {}
    for link in valid:
        if link.hash in counted:
            continue
        if link.previous in counted:
            reasons[link.hash] = "fork" if link.previous == last else "abandoned"
        else:
            reasons[link.hash] = reasons[link.previous]
    return reasons


def branches(walk: Walk) -> tuple[Branch, ...]:
    """Return the ways in which a chain could go on from a fork, inner forks that nobody has settled included."""
    found: list[Branch] = []
    following = walk.followers.get(walk.stop, ())
    waiting = [(link, _others(link, following)) for link in following]
    while waiting:
        link, abandons = waiting.pop()
        tip = [link, *_along(link.hash, walk.kept)][-1]
        inner = walk.followers.get(tip.hash, ())
        if inner:
            waiting += [(one, (*abandons, *_others(one, inner))) for one in inner]
        else:
            found.append(Branch(_head(tip), tuple(sorted(abandons))))
    return tuple(sorted(found, key=lambda branch: branch.tip.hash))


def _others(link: Link, following: Sequence[Link]) -> tuple[str, ...]:
    """Return the hashes of the entries beside one."""
    return tuple(one.hash for one in following if one is not link)


def _head(link: Link) -> Head:
    """Return where a chain goes on behind an entry."""
    return Head(link.number, link.hash, link.key)
