"""Findings that say the same about many activities and bearers, as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from synodos.law.assessing.findings import Findings
from synodos.law.later import Later
from synodos.law.types import Certainty, Finding, ReadingLeads, Status

Says = tuple[str, Status, Certainty, str | None, tuple[ReadingLeads, ...], tuple[str, ...]]
"""What all findings of a group say: norm, status, certainty, exemption, where readings lead, and open questions."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings on one norm that say the same.

    Attributes
    ----------
    norm, status, certainty, exemption : str
        As in each finding.
    contested : tuple of ReadingLeads
        Where each reading leads.
    asks : tuple of str
        Ids of the questions that are open.
    findings : sequence of Finding
        The findings; made when first asked for.
    activities, bearers : tuple of str
        Whom they are about, each once.
    """

    norm: str
    status: Status
    certainty: Certainty
    exemption: str | None
    contested: tuple[ReadingLeads, ...]
    asks: tuple[str, ...]
    findings: Sequence[Finding]
    activities: tuple[str, ...]
    bearers: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of findings."""
        return len(self.findings)


def grouped(findings: Iterable[Finding]) -> tuple[Group, ...]:
    """Return findings by what they say, in the order in which each is first said.

    Parameters
    ----------
    findings : iterable of Finding
        Such as the findings of an assessment, or some of them; of a whole assessment, those of a group are made when
        they are first asked for.
    """
    if isinstance(findings, Findings):
        return tuple(found.group(findings) for found in _told(findings).values())
    made = tuple(findings)
    return tuple(found.group(made) for found in _gathered(made).values())


@dataclass(slots=True)
class _Members:
    """What the findings of a group say, and which they are: their places, activities and bearers in order."""

    says: Says
    places: list[int] = field(default_factory=list)
    activities: dict[str, None] = field(default_factory=dict)
    bearers: dict[str, None] = field(default_factory=dict)

    def add(self, place: int, activity: str, bearer: str) -> None:
        """Add a finding."""
        self.places.append(place)
        self.activities[activity] = None
        self.bearers[bearer] = None

    def group(self, findings: Sequence[Finding]) -> Group:
        """Return the group, with its findings out of all of them."""
        places = self.places
        of = Later(lambda: [findings[place] for place in places], len(places))
        return Group(*self.says, of, tuple(self.activities), tuple(self.bearers))


def _gathered(findings: Iterable[Finding]) -> dict[Says, _Members]:
    """Return findings by what they say."""
    found: dict[Says, _Members] = {}
    for place, one in enumerate(findings):
        asks = tuple([question.id for question in one.questions])
        says = one.norm, one.status, one.certainty, one.exemption, one.contested, asks
        found.setdefault(says, _Members(says)).add(place, one.activity, one.bearer)
    return found


def _told(findings: Findings) -> dict[Says, _Members]:
    """Return the findings of an assessment by what they say; what one ruling says is looked at once."""
    found: dict[Says, _Members] = {}
    of_ruling: dict[tuple[int, Certainty], _Members] = {}
    for place, (situation, ruling, certainty) in enumerate(findings.told()):
        key = id(ruling), certainty
        of = of_ruling.get(key)
        if of is None:
            says = ruling.norm, ruling.status, certainty, ruling.exemption, ruling.contested, ruling.questions
            of = of_ruling[key] = found.setdefault(says, _Members(says))
        of.add(place, situation.activity, ruling.bearer)
    return found
