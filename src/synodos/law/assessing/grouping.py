"""Findings that say the same about many activities and bearers, as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from synodos.law.types import Certainty, Finding, ReadingLeads, Status


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
    findings : tuple of Finding
        The findings.
    activities, bearers : tuple of str
        Whom they are about, each once.
    """

    norm: str
    status: Status
    certainty: Certainty
    exemption: str | None
    contested: tuple[ReadingLeads, ...]
    asks: tuple[str, ...]
    findings: tuple[Finding, ...]
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
        Such as the findings of an assessment, or some of them.
    """
    found: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        asks = tuple([question.id for question in finding.questions])
        key = finding.norm, finding.status, finding.certainty, finding.exemption, finding.contested, asks
        found.setdefault(key, []).append(finding)
    return tuple(_group(of) for of in found.values())


def _group(findings: list[Finding]) -> Group:
    """Return a group of findings that say the same."""
    first = findings[0]
    return Group(
        norm=first.norm,
        status=first.status,
        certainty=first.certainty,
        exemption=first.exemption,
        contested=first.contested,
        asks=tuple(question.id for question in first.questions),
        findings=tuple(findings),
        activities=tuple(dict.fromkeys(finding.activity for finding in findings)),
        bearers=tuple(dict.fromkeys(finding.bearer for finding in findings)),
    )
