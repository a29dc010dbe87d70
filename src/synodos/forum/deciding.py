"""How stands become a decision: the rules that Terms of Reference can name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from synodos.forum.stands import StandWord
from synodos.language import DecisionRule, TermsOfReference

Verdict = Literal["consensus", "consensus-some-aside", "carried", "none", "open", "not-known"]
AGREEING: Final = ("joins", "no-objection")
SHARE: Final[Mapping[DecisionRule, Fraction]] = {"two-thirds": Fraction(2, 3), "majority": Fraction(1, 2)}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and its reasons.

    Attributes
    ----------
    verdict : Verdict
        What was decided.
    because : tuple of str
        Why, in sentences.
    missing : tuple of str
        Facts that would settle what is not known.
    """

    verdict: Verdict
    because: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def judged(
    terms: TermsOfReference,
    stands: Mapping[str, StandWord],
    name: Callable[[str], str],
    *,
    over: bool,
    by_silence: bool,
) -> Judgement:
    """Return what the stands of all members come to.

    Parameters
    ----------
    terms : TermsOfReference
        The rule, the quorum, and whether a member may stand aside.
    stands : mapping of str to StandWord
        Where each member stands, by agency.
    name : callable
        Gives the name of an agency.
    over : bool
        Whether nobody can speak any more.
    by_silence : bool
        Whether who is silent then does not object.
    """
    if not stands:
        return Judgement("not-known", ("No member of the forum is known.",), ("who the members are",))
    short = _short_of_quorum(terms, stands)
    if short:
        return Judgement("none" if over else "open", (short,))
    heads = _heads(stands, by_silence=by_silence)
    if terms.decides_by in SHARE:
        return _by_count(terms.decides_by, heads, len(stands), over=over)
    return _together(terms, stands, heads, name, over=over)


@dataclass(frozen=True, slots=True)
class _Heads:
    """Who agrees, by a word or by silence, and of whom nothing was heard."""

    agreeing: frozenset[str]
    unheard: frozenset[str]


def _heads(stands: Mapping[str, StandWord], *, by_silence: bool) -> _Heads:
    """Return who agrees and who was not heard."""
    silent = frozenset(_standing(stands, "silent"))
    agreeing = frozenset(key for key, stand in stands.items() if stand in AGREEING)
    return _Heads(agreeing | silent, frozenset()) if by_silence else _Heads(agreeing, silent)


def _short_of_quorum(terms: TermsOfReference, stands: Mapping[str, StandWord]) -> str:
    """Say that too few members took a position; nothing where enough did or no rule asks for it."""
    if terms.quorum_share is None:
        return ""
    needed = math.ceil(Fraction(terms.quorum_share).limit_denominator(1_000) * len(stands))
    spoke = sum(stand != "silent" for stand in stands.values())
    return f"The quorum is {needed} of {len(stands)} members; {spoke} took a position." if spoke < needed else ""


def _by_count(rule: DecisionRule, heads: _Heads, members: int, *, over: bool) -> Judgement:
    """Return the verdict of a rule that counts heads."""
    agreeing = len(heads.agreeing)
    told = f"{agreeing} of {members} members agree; the rule is {rule}."
    if _enough(rule, agreeing, members):
        return Judgement("carried", (told,))
    if not _enough(rule, agreeing + len(heads.unheard), members):
        return Judgement("none", (told,))
    return _undecided(told, over=over)


def _enough(rule: DecisionRule, agreeing: int, members: int) -> bool:
    """Return whether as many as agree are enough: two thirds at least, or more than half."""
    share = Fraction(agreeing, members)
    return share >= SHARE[rule] if rule == "two-thirds" else share > SHARE[rule]


def _together(
    terms: TermsOfReference,
    stands: Mapping[str, StandWord],
    heads: _Heads,
    name: Callable[[str], str],
    *,
    over: bool,
) -> Judgement:
    """Return the verdict of a rule that every objection stops."""
    stopped = _stopped(terms, stands, name, over=over)
    if stopped is not None:
        return stopped
    if heads.unheard:
        return _undecided(f"Nothing was heard from {_listed(heads.unheard, name)}.", over=over)
    if not heads.agreeing:
        return Judgement("none", ("Every member stands aside.",))
    aside = _standing(stands, "stands-aside")
    if not aside:
        return Judgement("carried" if terms.decides_by == "unanimity" else "consensus")
    missing = () if terms.standing_aside else ("whether the Terms of Reference let a member stand aside",)
    return Judgement("consensus-some-aside", (f"Standing aside: {_listed(aside, name)}.",), missing)


def _stopped(
    terms: TermsOfReference, stands: Mapping[str, StandWord], name: Callable[[str], str], *, over: bool
) -> Judgement | None:
    """Return the judgement where somebody stops the others, or is not ready; None where nobody does."""
    objecting, aside, waiting = (_standing(stands, word) for word in ("reserves", "stands-aside", "not-yet"))
    if objecting:
        return Judgement("none", (f"There is a reservation of {_listed(objecting, name)}.",))
    if aside and (terms.decides_by == "unanimity" or terms.standing_aside is False):
        return Judgement("none", (f"The Terms of Reference let nobody stand aside; {_listed(aside, name)} did.",))
    if waiting:
        return Judgement("none" if over else "open", (f"Not ready to say: {_listed(waiting, name)}.",))
    return None


def _standing(stands: Mapping[str, StandWord], word: str) -> list[str]:
    """Return who stands where a word says."""
    return [key for key, stand in stands.items() if stand == word]


def _listed(keys: Iterable[str], name: Callable[[str], str]) -> str:
    """Return the names of agencies."""
    return ", ".join(sorted(name(key) for key in keys))


def _undecided(told: str, *, over: bool) -> Judgement:
    """Return that some have not spoken: the matter is open, or once it is over nobody recorded what they said."""
    if not over:
        return Judgement("open", (told,))
    return Judgement("not-known", (told,), ("where those stand of whom nothing was heard",))
