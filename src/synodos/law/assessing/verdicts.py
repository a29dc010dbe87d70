"""Verdicts on profiles, and the numbers by which clingo tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from synodos.law.assessing.profiles import Profiles
from synodos.law.assessing.program import quoted
from synodos.law.types import Outcome, Status

STATUSES: Final[tuple[Status, ...]] = ("met", "breached", "needs_determination", "exempt")
BOUND_TO_RECORDS: Final = ("bound", "date", "exemption")
"""Questions that are answered by a register or a date, and by no determination."""
LARGEST: Final = 2**31 - 1
"""Largest number that clingo holds."""
PACKED: Final = "X = 1+(((A-first)*norms+K)*places+P)*codes+C, number(N,K), place(A,B,P)"
SHOWN: Final = f"""
#show silent/3.
#show X : status(A,B,N,S), code(S,C), {PACKED}.
#show X : exempt(A,B,N,E), code(E,C), {PACKED}.
#show -X : open(A,B,N,Q), question(Q,C), {PACKED}.
#show -X : unsure(A,B,N,Q), question(Q,C), {PACKED}.
#show -X : may_exempt(A,B,N,E,Q), question(Q,C), {PACKED}.
"""
"""Statuses come back as numbers, which are read ten times faster than terms; questions as negative ones.

`silent` is shown because consequences are worked out for what is shown only.
"""

Readings = tuple[tuple[str, str], ...]
"""Questions, each with a reading of it, in order."""


@dataclass(slots=True)
class Verdict:
    """What follows for one norm and bearer in one profile.

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
"""For each profile by norm and bearer, in the order of norms and parties."""


class Codes:
    """Numbers for what is read back, as wide as the largest of each needs."""

    def __init__(self, found: Profiles, exemptions: Iterable[str], questions: Iterable[str], first: int) -> None:
        """Give numbers to norms, exemptions, questions and the parties of each profile."""
        self.found = found
        self.first = first
        self.norms = list(found.windows)
        self.outcomes: list[str] = [*STATUSES, *exemptions]
        self.questions = [*BOUND_TO_RECORDS, *questions]
        self.places = max((len(profile.parties) for profile in found.profiles), default=0) or 1
        self.codes = max(len(self.outcomes), len(self.questions))

    @property
    def most_profiles(self) -> int:
        """Profiles whose numbers clingo can hold at once."""
        return max(1, LARGEST // (self.places * max(1, len(self.norms)) * self.codes) - 1)

    def text(self, found: Profiles, chosen: Iterable[int]) -> str:
        """Return the numbers as facts, and what is shown."""
        sizes = {"places": self.places, "norms": len(self.norms), "codes": self.codes, "first": self.first}
        lines = ["", *(f"#const {name}={size}." for name, size in sizes.items())]
        lines += [f"number({quoted(norm)},{number})." for number, norm in enumerate(self.norms)]
        lines += [
            f"code({name if name in STATUSES else quoted(name)},{number})." for number, name in enumerate(self.outcomes)
        ]
        lines += [
            f"question({name if name in BOUND_TO_RECORDS else quoted(name)},{number})."
            for number, name in enumerate(self.questions)
        ]
        for number in chosen:
            parties = found.profiles[number].parties
            lines.append("".join([f"place({number},{quoted(party)},{at})." for at, party in enumerate(parties)]))
        return "\n".join([*lines, SHOWN])

    def read(self, numbers: Iterable[int]) -> Verdicts:
        """Return the verdicts that numbers stand for; two statuses of one norm and bearer are a defect of the rules."""
        result: Verdicts = defaultdict(dict)
        for number in sorted(numbers, key=abs):
            rest, code = divmod(abs(number) - 1, self.codes)
            rest, place = divmod(rest, self.places)
            profile, norm = divmod(rest, len(self.norms))
            profile += self.first
            key = self.norms[norm], self.found.profiles[profile].parties[place]
            verdict = result[profile].get(key)
            if verdict is None:
                verdict = result[profile][key] = Verdict()
            if number < 0:
                verdict.questions.append(self.questions[code])
            elif code < len(STATUSES):
                if verdict.status is not None:
                    message = f"the rules give {key[0]} two statuses: {verdict.status} and {STATUSES[code]}"
                    raise RuntimeError(message)
                verdict.status = STATUSES[code]
            else:
                verdict.exemptions.append(self.outcomes[code])
        return result
