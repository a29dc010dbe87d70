"""What answers on law and agreements hold for programs: the shapes of which the published schemas are made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from synodos.language import DateRange
from synodos.law import AgreementState, ContestedQuestion, Finding, PartnerCount, Question, Uncovered, Watched


@dataclass(frozen=True, slots=True)
class ToldActivity:
    """An activity that was judged."""

    activity: str
    name: str
    start: DateRange | None
    course: DateRange | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFinding(Finding):
    """What one norm says about one bearer in one activity, with the citation of the norm."""

    instrument: str | None
    pinpoint: str | None
    strength: str
    shown_as: str


@dataclass(frozen=True, slots=True)
class ToldAssessment:
    """Findings of law on the activities of a portfolio, and the open determinations, those first that block most."""

    law_known_on: dt.date
    readings: dict[str, str]
    activities: tuple[ToldActivity, ...]
    findings: tuple[ToldFinding, ...]
    open: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ToldFindings:
    """Some of the findings of law, those that were asked for."""

    law_known_on: dt.date
    readings: dict[str, str]
    findings: tuple[ToldFinding, ...]


@dataclass(frozen=True, slots=True)
class ToldQuestions:
    """Contested questions of law with who holds which reading."""

    law_known_on: dt.date
    questions: tuple[ContestedQuestion, ...]


@dataclass(frozen=True, slots=True)
class ToldAgreement:
    """An agreement as it stands on the day that was asked about."""

    agreement: str
    name: str
    instrument: str
    parties: tuple[str, ...]
    state: AgreementState
    signed: DateRange | None
    expires: DateRange | None
    binding: bool | None
    under: tuple[str, ...]
    superseded_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldPair:
    """Active agreements that two agencies share."""

    agencies: tuple[str, str]
    active: int


@dataclass(frozen=True, slots=True)
class ToldShare:
    """Share of the largest partners in all active agreements, 0 to 1."""

    partners: int
    share: float | None


@dataclass(frozen=True, slots=True)
class ToldRegister:
    """The register of agreements on a day, and the commitments that no binding instrument in force covers."""

    at: dt.date
    active: int
    rows: tuple[ToldAgreement, ...]
    partners: tuple[PartnerCount, ...]
    by_type: dict[str, int]
    between: tuple[ToldPair, ...]
    share_of_largest: ToldShare
    uncovered: tuple[Uncovered, ...]


@dataclass(frozen=True, slots=True)
class ToldWatch:
    """What needs attention on a day, the most pressing first."""

    at: dt.date
    watched: tuple[Watched, ...]


@dataclass(frozen=True, slots=True)
class ToldMatch:
    """An agency that may be on a list of sanctioned parties; people have to determine it."""

    party: str
    own_name: str
    listed_name: str
    entry: str
    programmes: tuple[str, ...]
    how: Literal["exact", "alias", "close"]
    similarity: float
    standing: str


@dataclass(frozen=True, slots=True)
class ToldScreening:
    """Possible matches of agencies with a list of sanctioned parties, and how many of either were compared."""

    listed: int
    compared: int
    matches: tuple[ToldMatch, ...]
