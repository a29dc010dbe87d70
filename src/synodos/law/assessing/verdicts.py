"""Verdicts on aspects, and the numbers by which clingo tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from synodos.language import load
from synodos.law.assessing.aspects import Aspects
from synodos.law.assessing.program import quoted
from synodos.law.types import Outcome, Status

STATUSES: Final[tuple[Status, ...]] = ("met", "breached", "needs_determination", "exempt")
SILENT: Final[Outcome] = "not_applicable"
BOUND_TO_RECORDS: Final = ("bound", "date", "exemption")
"""Questions that are answered by a register or a date, and by no determination."""
SYMBOLS: Final = (*STATUSES, SILENT, *BOUND_TO_RECORDS)
"""Codes that are names in the program, and no strings."""
LARGEST: Final = 2**31 - 1
"""Largest number that clingo holds."""
PACKED: Final = "X = 1+(((A-first)*norms+O)*places+P)*codes+Z, aspect(A,K,F,G,C,L,D), number(K,N,O), company(C,B,M,P)"
SHOWN: Final = f"""
hinge(X) :- contestable(A,B,N,W), status(A,B,N,S), code(S,Z), {PACKED}.
hinge(X) :- silent(A,B,N), code({SILENT},Z), {PACKED}.
said(X) :- hinge_exempts(A,B,N,E), code(E,Z), {PACKED}.
said(-X) :- hinge_asks(A,B,N,Q), question(Q,Z), {PACKED}.
on(X) :- contestable(A,B,N,W), contest(W,Z), {PACKED}.
#show hinge/1.
#show X : status(A,B,N,S), code(S,Z), {PACKED}.
#show X : exempt(A,B,N,E), code(E,Z), {PACKED}.
#show -X : open(A,B,N,Q), question(Q,Z), {PACKED}.
#show -X : unsure(A,B,N,Q), question(Q,Z), {PACKED}.
#show -X : may_exempt(A,B,N,E,Q), question(Q,Z), {PACKED}.
"""
"""Statuses come back as numbers, which are read ten times faster than terms; questions as negative ones.

`hinge` holds what contestable norms may lead to, `said` what exempts and what is missing then, `on` the questions.
`hinge` is shown because consequences are worked out for what is shown only.
"""

Readings = tuple[tuple[str, str], ...]
"""Questions, each with a reading of it, in order."""


@dataclass(slots=True)
class Verdict:
    """What follows for one norm and bearer in one aspect.

    Attributes
    ----------
    status : Outcome or None
        Under every reading; None where it hinges on one.
    exemptions, questions : list of str
        Norms that exempt, and what is missing.
    contestable : list of str
        Contested questions on which it hinges.
    leads : mapping of Readings to (Outcome or None)
        Status under some readings; None where it hinges on others too.
    """

    status: Outcome | None = None
    exemptions: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    contestable: list[str] = field(default_factory=list)
    leads: dict[Readings, Outcome | None] = field(default_factory=dict)


Verdicts = dict[int, dict[tuple[str, str], Verdict]]
"""For each aspect by norm and bearer, in the order of norms and parties."""


class Codes:
    """Numbers for what is read back, as wide as the largest of each needs."""

    def __init__(self, found: Aspects, exemptions: Iterable[str], questions: Iterable[str]) -> None:
        """Give numbers to the norms of each bundle, to exemptions, questions and the parties of each aspect."""
        self._found = found
        self._outcomes: list[str] = [*STATUSES, SILENT, *exemptions]
        self._questions = [*BOUND_TO_RECORDS, *questions]
        self._contests = load("contested-questions").children(None)
        self._parties = [aspect.parties for aspect in found.aspects]
        self._places = max(map(len, self._parties), default=0) or 1
        self._norms = max((len(bundle.norms) for bundle in found.bundles), default=0) or 1
        self._codes = max(len(self._outcomes), len(self._questions), len(self._contests))
        self._first = 0

    @property
    def most_aspects(self) -> int:
        """Aspects whose numbers clingo can hold at once."""
        return max(1, LARGEST // (self._places * self._norms * self._codes) - 1)

    def text(self, chosen: Sequence[int]) -> str:
        """Return the numbers for some aspects, in order and without gaps, as facts, and what is shown."""
        self._first = chosen[0] if chosen else 0
        sizes = {"places": self._places, "norms": self._norms, "codes": self._codes, "first": self._first}
        lines = ["", *(f"#const {name}={size}." for name, size in sizes.items())]
        for bundle in self._found.bundles:
            lines += [f"number({bundle.number},{quoted(norm)},{at})." for at, norm in enumerate(bundle.norms)]
        named = ("code", self._outcomes), ("question", self._questions), ("contest", self._contests)
        for name, codes in named:
            lines += [f"{name}({one if one in SYMBOLS else quoted(one)},{at})." for at, one in enumerate(codes)]
        return "\n".join([*lines, SHOWN])

    def split(self, number: int) -> tuple[int, tuple[str, str], int]:
        """Return the aspect, the norm with the bearer, and the code that a number stands for."""
        rest, code = divmod(abs(number) - 1, self._codes)
        rest, place = divmod(rest, self._places)
        aspect, norm = divmod(rest, self._norms)
        aspect += self._first
        return aspect, (self._found.aspects[aspect].bundle.norms[norm], self._parties[aspect][place]), code

    def said(self, number: int, code: int) -> tuple[str, str]:
        """Return of a verdict that hinges on a reading what exempts or is missing, with the attribute that keeps it."""
        return ("questions", self._questions[code]) if number < 0 else ("exemptions", self._outcomes[code])

    def contest(self, code: int) -> str:
        """Return the contested question that a code stands for."""
        return self._contests[code]

    def outcome(self, code: int) -> Outcome:
        """Return the status that a code stands for."""
        return (*STATUSES, SILENT)[code]

    def read(self, numbers: Iterable[int]) -> Verdicts:
        """Return the verdicts that numbers stand for; two statuses of one norm and bearer are a defect of the rules."""
        result: Verdicts = defaultdict(dict)
        for number in sorted(numbers, key=abs):
            aspect, key, code = self.split(number)
            verdict = result[aspect].get(key)
            if verdict is None:
                verdict = result[aspect][key] = Verdict()
            if number < 0:
                verdict.questions.append(self._questions[code])
            elif code < len(STATUSES):
                if verdict.status is not None:
                    message = f"the rules give {key[0]} two statuses: {verdict.status} and {STATUSES[code]}"
                    raise RuntimeError(message)
                verdict.status = STATUSES[code]
            else:
                verdict.exemptions.append(self._outcomes[code])
        return result
