"""Is a party on a list of sanctioned parties? Names are compared; whatever agrees has to be determined by people."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from synodos.language import Agency, ListedParty

How = Literal["exact", "alias", "close"]
POSSIBLE: Final = "possible match, to be determined"
"""What every match is, however close."""
CLOSE: Final = 0.75
"""Share of three-letter pieces in common from which names are close: one letter changed in a dozen still passes."""
SHORTEST_CLOSE: Final = 7
"""Letters below which names are only compared as a whole: abbreviations are close to everything."""
_LEGAL_FORMS: Final = frozenset(
    (
        "ag",
        "ao",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "fgup",
        "gmbh",
        "inc",
        "incorporated",
        "jsc",
        "limited",
        "llc",
        "ltd",
        "nv",
        "oao",
        "ojsc",
        "ooo",
        "pao",
        "pjsc",
        "plc",
        "pte",
        "pty",
        "sa",
        "sarl",
        "sas",
        "se",
        "spa",
        "srl",
        "zao",
        "the",
    )
)
"""Words that say in what legal form a body stands, and an article; they tell nobody apart."""
_RANK: Final[dict[How, int]] = {"exact": 0, "alias": 1, "close": 2}


@dataclass(frozen=True, slots=True)
class Match:
    """A party that may be on the list.

    Attributes
    ----------
    party : str
        Id of the party.
    own_name, listed_name : str
        The two names that agree.
    listed : ListedParty
        The entry of the list.
    how : {"exact", "alias", "close"}
        Main names agree, another name of either agrees, or names are close to each other.
    similarity : float
        Share of three-letter pieces that the two names have in common (Dice's coefficient), 0 to 1.
    """

    party: str
    own_name: str
    listed_name: str
    listed: ListedParty
    how: How
    similarity: float

    @property
    def standing(self) -> str:
        """What a match means: never that the party is listed."""
        return POSSIBLE


def screen(parties: Iterable[Agency], listed: Iterable[ListedParty]) -> tuple[Match, ...]:
    """Return which parties may be on a list, as possible matches that people have to determine.

    Entries that are persons, vessels or aircraft are not compared with agencies. That nothing matches does not say that
    a party is not listed: lists spell names in many ways, and hold owners that a portfolio does not name.

    Parameters
    ----------
    parties : iterable of Agency
        Who takes part.
    listed : iterable of ListedParty
        Entries of a list.

    Returns
    -------
    tuple of Match
        One for each party and entry that agree, the best agreement of the two; first by party, then the closest.
    """
    names, best = _Names(parties), dict[tuple[str, str], Match]()
    for entry in listed:
        if entry.sort in ("organisation", "unknown"):
            for match in _matches(entry, names):
                key = match.party, entry.id
                best[key] = min(best.get(key, match), match, key=_distance)
    return tuple(sorted(best.values(), key=lambda match: (match.party, *_distance(match), match.listed.id)))


def _distance(match: Match) -> tuple[int, float]:
    """Return how far apart two names are, to be compared."""
    return _RANK[match.how], -match.similarity


def normalised(name: str) -> str:
    """Return a name in the form in which names are compared: no case, accents, signs or legal forms.

    Examples
    --------
    >>> normalised("Société d'Études Spatiales, S.A.")
    'societe d etudes spatiales'
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", letters)
    kept = [word for word in re.findall(r"\w+", words) if word not in _LEGAL_FORMS]
    return " ".join(kept or re.findall(r"\w+", words))


def _pieces(name: str) -> frozenset[str]:
    """Return the three-letter pieces of the words of a name; the order of the words does not matter."""
    return frozenset(f" {word} "[at : at + 3] for word in name.split() for at in range(len(word)))


class _Names:
    """The names of the parties, found by the whole and by their pieces."""

    def __init__(self, parties: Iterable[Agency]) -> None:
        """Take in every name of the parties."""
        self.names = [
            (party, own, normalised(own))
            for party in parties
            for own in dict.fromkeys((party.name, party.short_name, *party.also_called))
        ]
        self._pieces = [_pieces(plain) for _, _, plain in self.names]
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._by_piece: dict[str, list[int]] = defaultdict(list)
        for number, (_, _, plain) in enumerate(self.names):
            self._whole[plain].append(number)
            for piece in self._pieces[number] if len(plain) >= SHORTEST_CLOSE else ():
                self._by_piece[piece].append(number)

    def near(self, plain: str) -> Iterator[tuple[int, float]]:
        """Yield the names that are the same as `plain` or close to it, with how close they are."""
        same = self._whole.get(plain, ())
        yield from ((number, 1.0) for number in same)
        if len(plain) < SHORTEST_CLOSE:
            return
        pieces = _pieces(plain)
        for number in self._candidates(pieces).difference(same):
            share = 2 * len(pieces & self._pieces[number]) / (len(pieces) + len(self._pieces[number]))
            if share >= CLOSE:
                yield number, share

    def _candidates(self, pieces: frozenset[str]) -> set[int]:
        """Return the names that may be close: those with one of the pieces that fewest names have.

        Names that have a share s of their pieces in common have s / (2 - s) of the pieces of each in common at least,
        so a name that misses one piece more than may be missed is not close.
        """
        needed = math.ceil(CLOSE / (2 - CLOSE) * len(pieces))
        rarest_first = sorted((self._by_piece.get(piece, ()) for piece in pieces), key=len)
        return set().union(*rarest_first[: len(pieces) - needed + 1])


def _matches(entry: ListedParty, names: _Names) -> Iterator[Match]:
    """Yield the parties with a name that agrees with one of an entry."""
    for listed_name in dict.fromkeys((entry.name, *entry.also_called)):
        plain = normalised(listed_name)
        for number, share in names.near(plain):
            party, own, own_plain = names.names[number]
            both_main = (own, listed_name) == (party.name, entry.name)
            how: How = "close" if plain != own_plain else "exact" if both_main else "alias"
            yield Match(party.id, own, listed_name, entry, how, share)
