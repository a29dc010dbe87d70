"""Whether entries from elsewhere, or from the disk, belong where they stand: order, chain, key, signature."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Final, TypeVar

from synodos.language import PUBLIC
from synodos.ledger.entry import KEY, ChainName, Entry, audience_text
from synodos.ledger.registry import is_key
from synodos.ledger.signing import all_verified, shown_key

MOST_AHEAD: Final = 4
"""Batches whose signatures are checked elsewhere while this process goes on."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an entry is not what it says to be.

    Attributes
    ----------
    code : str
        Stable name of the fault.
    field : str
        Field of the entry at which it shows.
    message : str
        What was found, and what was expected.
    """

    code: str
    field: str
    message: str


def reading_order(chain: ChainName, secretariat: str) -> tuple[int, str, str]:
    """Return what orders chains so that keys are announced before they are used: the registry, public ones, others."""
    public = chain.audience == PUBLIC
    return (not public) + (not public or chain.author != secretariat), chain.author, audience_text(chain.audience)


class Admission:
    """Judges entry after entry, chain by chain, by what came before.

    Parameters
    ----------
    secretariat, anchor : str
        Whose public chain is the registry, and the public key with which it begins.
    announced : mapping of str to iterable of str
        Keys of authors that are known already.
    """

    def __init__(self, secretariat: str, anchor: str, announced: Mapping[str, Iterable[str]] | None = None) -> None:
        """Begin with the anchor."""
        self.secretariat = secretariat
        self.keys: defaultdict[str, set[str]] = defaultdict(set)
        self.keys[secretariat].add(anchor)
        for author, keys in (announced or {}).items():
            self.keys[author].update(keys)
        self._chain: ChainName | None = None
        self._number = 0
        self._before: set[str] = set()
        self._here: set[str] = set()

    def refusals(self, entry: Entry) -> Iterator[Refusal]:
        """Yield what is wrong with the next entry, its signature apart; entries of a chain come by number."""
        self._step_to(entry)
        if entry.previous not in self._before:
            yield self._unlinked(entry)
        if entry.key not in self.keys[entry.author]:
            message = f"{shown_key(entry.key)} is no key that was ever announced for {entry.author}"
            yield Refusal("entry.unknown-key", "key", message)
        for author, key in announcements(entry, self.secretariat):
            self.keys[author].add(key)

    def _step_to(self, entry: Entry) -> None:
        """Keep the hashes of one number, which those of the next one name."""
        if entry.chain != self._chain:
            self._chain, self._number = entry.chain, 1
            self._before, self._here = {entry.chain.start}, set()
        elif entry.number != self._number:
            follows = entry.number == self._number + 1
            self._before, self._here = (self._here if follows else set()), set()
            self._number = entry.number
        if entry.number != self._number:  # a chain that does not begin with 1
            self._before, self._number = set(), entry.number
        self._here.add(entry.hash)

    def _unlinked(self, entry: Entry) -> Refusal:
        """Return the refusal of an entry that does not follow the one before it."""
        before = entry.number - 1
        expected = f"the hash of an entry {before} of this chain" if before else "the start of its chain"
        return Refusal("entry.chain", "previous", f"found {entry.previous[:16]}…, expected {expected}")


def forged(entry: Entry) -> Refusal:
    """Return the refusal of an entry whose signature does not hold."""
    message = f"it was not made with {shown_key(entry.key)} over this entry: forged or damaged"
    return Refusal("entry.signature", "signature", message)


def with_signatures(
    batches: Iterable[tuple[T, Sequence[Entry]]], executor: Executor | None = None
) -> Iterator[tuple[T, list[bool]]]:
    """Yield for each batch, in order, what came with it, and for each of its entries whether the signature holds.

    Parameters
    ----------
    batches : iterable
        Anything, and the entries to check.
    executor : concurrent.futures.Executor, optional
        Where signatures are checked; default: here.
    """
    waiting: deque[tuple[T, Future[list[bool]] | list[bool]]] = deque()
    for given, entries in batches:
        signatures = [(entry.key, entry.body, entry.signature) for entry in entries]
        if executor is None or not signatures:
            waiting.append((given, all_verified(signatures)))
        else:
            waiting.append((given, executor.submit(all_verified, signatures)))
        if executor is None or len(waiting) > MOST_AHEAD:
            yield _result(*waiting.popleft())
    while waiting:
        yield _result(*waiting.popleft())


def _result(given: T, found: Future[list[bool]] | list[bool]) -> tuple[T, list[bool]]:
    """Return what was found, when it is."""
    return given, found if isinstance(found, list) else found.result()


def announcements(entry: Entry, secretariat: str) -> Iterator[tuple[str, str]]:
    """Yield the author and the key that an entry announces, if it is one that does."""
    if entry.kind != KEY:
        return
    rotates = entry.act == "rotate"
    author = entry.author if rotates else entry.content.get("author")
    key = entry.content.get("public_key")
    registers = entry.act == "register" and entry.author == secretariat
    if (rotates or registers) and isinstance(author, str) and is_key(key):
        yield author, str(key)
