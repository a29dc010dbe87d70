"""What law asks of a scenario, and which instruments its cooperations need."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from synodos import law
from synodos.roadmap.comparing.followed import Followed

MEETS: Final = frozenset({"covered", "weight-not-known"})
"""Verdicts on what exists that leave nothing to be signed, as far as is known."""


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
        Those for which no instrument that does is in force: mission, lead, partner.
    evidence : tuple of str
        Records behind the instruments, as `kind:id`.
    """

    findings: tuple[tuple[str, int], ...]
    contested: int
    needed: int
    lacking: tuple[tuple[str, str, str], ...]
    evidence: tuple[str, ...]


def binding(followed: Followed) -> Binding:
    """Return what law asks of the missions of a scenario; it informs, and advises nobody."""
    scope = [f"mission:{key}" for key in followed.said.missions]
    if not scope:
        return Binding((), 0, 0, (), ())
    found = law.assess(followed.portfolio, scope=scope).findings
    counts = Counter(finding.status for finding in found)
    needs = law.instruments(followed.portfolio, scope=scope)
    lacking = tuple(
        (need.cooperation.partition(":")[2], need.lead, need.partner) for need in needs if need.verdict not in MEETS
    )
    evidence = tuple(dict.fromkeys(key for need in needs for key in need.evidence))
    return Binding(
        tuple(sorted(counts.items())), sum(bool(one.contested) for one in found), len(needs), lacking, evidence
    )
