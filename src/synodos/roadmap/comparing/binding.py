"""What law asks of a scenario, and which instruments its cooperations need."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from synodos import law
from synodos.roadmap.comparing.followed import Followed


@dataclass(frozen=True, slots=True)
class Binding:
    """What law asks of a scenario.

    Attributes
    ----------
    findings : tuple of (str, int)
        Findings on its missions by status.
    contested : int
        Findings that hinge on a contested question.
    needed : int
        Pairs of a lead and a partner that need an instrument for a mission.
    lacking : tuple of (str, str, str)
        Those for which no instrument in force is known to do: mission, lead, partner.
    evidence : tuple of str
        Records behind the instruments, as `kind:id`.
    judged : tuple of (str, tuple of str)
        What the findings of each status are about, and the contested ones (`contested`), as `kind:id`.
    """

    findings: tuple[tuple[str, int], ...]
    contested: int
    needed: int
    lacking: tuple[tuple[str, str, str], ...]
    evidence: tuple[str, ...]
    judged: tuple[tuple[str, tuple[str, ...]], ...]


def binding(followed: Followed, law_known_on: dt.date | None = None) -> Binding:
    """Return what law asks of the missions of a scenario, as it was known on a day; it informs, and advises nobody."""
    scope = followed.law_scope
    if not scope:
        return Binding((), 0, 0, (), (), ())
    found = law.assess(followed.portfolio, law_known_on, scope=scope).findings
    counts = Counter(finding.status for finding in found)
    about: dict[str, dict[str, None]] = {}
    for finding in found:
        for sort in (finding.status, *(["contested"] if finding.contested else [])):
            about.setdefault(sort, {})[finding.activity] = None
    needs = law.instruments(followed.portfolio, scope=scope)
    lacking = tuple((need.cooperation.partition(":")[2], need.lead, need.partner) for need in needs if not need.is_met)
    evidence = tuple(dict.fromkeys(key for need in needs for key in need.evidence))
    return Binding(
        findings=tuple(sorted(counts.items())),
        contested=sum(bool(one.contested) for one in found),
        needed=len(needs),
        lacking=lacking,
        evidence=evidence,
        judged=tuple((sort, tuple(keys)) for sort, keys in sorted(about.items())),
    )
