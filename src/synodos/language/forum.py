"""The forum: its Terms of Reference, who works on what, meetings, papers, where each agency stands, who does what."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from synodos.language.dates import DateRange
from synodos.language.marks import (
    AgencyId,
    AgreementId,
    ContestedQuestionId,
    Id,
    InstrumentTypeId,
    MatterId,
    MeetingId,
    PaperId,
    PlanId,
    ScenarioId,
    TermsId,
    Text,
    WorkingGroupId,
)
from synodos.language.record import Part, Record

DecisionRule = Literal["consensus", "unanimity", "two-thirds", "majority"]
PaperType = Literal[
    "finding", "recommendation", "roadmap-edition", "annual-report", "common-understanding", "publication"
]
PaperStage = Literal["draft", "for-comment", "for-decision", "issued", "withdrawn"]
Stand = Literal["joins", "no-objection", "reserves", "stands-aside", "not-yet"]
Version = Annotated[int, Field(ge=1, le=9_999)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class TermsOfReference(Record):
    """Terms of Reference: what a forum is for, who takes part in it, and how it comes to a decision."""

    kind: ClassVar[str] = "terms-of-reference"
    plural: ClassVar[str] = "terms-of-reference"

    name: Text
    """Their title."""
    adopted: DateRange | None = None
    """When they were adopted."""
    under: tuple[AgreementId, ...] = ()
    """Agreements under which it happens."""
    purposes: tuple[Text, ...] = ()
    """What it is for."""
    scope: tuple[Text, ...] = ()
    """What it deals with."""
    principles: tuple[Text, ...] = ()
    """Principles by which it works."""
    who_may_join: Text | None = None
    """Who may become a member; empty: not stated."""
    how_to_join: Text | None = None
    """How one becomes a member; empty: not stated."""
    members: tuple[AgencyId, ...] = ()
    """Agencies that take part; empty: the members of the coordinating mechanism."""
    observers: tuple[AgencyId, ...] = ()
    """Bodies that may attend and do not count in a decision."""
    decides_by: DecisionRule
    """How it decides: nobody objects, all join, or two thirds or more than half of the members agree."""
    standing_aside: bool | None = None
    """Whether a member may stand aside without keeping the others from agreeing; empty: not stated."""
    quorum_share: Annotated[float, Field(gt=0, le=1)] | None = None
    """Share of the members that has to take a position for a decision; empty: no such rule is stated."""
    silence_days: Annotated[int, Field(ge=1, le=366)] | None = None
    """Least number of days of a silence procedure; empty: no such rule is stated."""
    chair_rule: Literal["host", "elected", "appointed", "order"] | None = None
    """Who takes the chair: the host of the meeting, whoever is elected or appointed, or each in an order."""
    secretariat: AgencyId | None = None
    """Who keeps its papers and prepares its meetings."""
    products_shown: Literal["from-first-draft", "when-issued"] | None = None
    """From when on all members see a product; empty: not stated."""
    products_bind: bool | None = None
    """Whether its products bind those who join them; empty: not stated."""
    rules: tuple[Text, ...] = ()
    """Further rules, each in a sentence."""


class Chairing(Part):
    """Somebody who leads a working group, and when."""

    agency: AgencyId
    """Agency whose turn it is."""
    person: Text | None = None
    """Who does it for the agency, where a source names the person."""
    when: DateRange | None = None
    """When."""


class WorkingGroup(Record):
    """A group of a forum that works on one thing between its meetings."""

    kind: ClassVar[str] = "working-group"
    plural: ClassVar[str] = "working-groups"

    name: Text
    """Its name."""
    short_name: Text | None = None
    """Name on charts and in tables, such as `ESA`."""
    also_called: tuple[Text, ...] = ()
    """Former and other names."""
    terms: TermsId | None = None
    """Terms of Reference that it stands under; empty: the only ones of the portfolio."""
    task: Text | None = None
    """What it works on."""
    active: DateRange | None = None
    """When it was seen at work; open at the end while no end is stated."""
    members: tuple[AgencyId, ...] = ()
    """Agencies that take part, as far as they are named."""
    chairs: tuple[Chairing, ...] = ()
    """Who leads it, one after the other or together."""
    follows: WorkingGroupId | None = None
    """Group whose work it took over."""


class AgendaItem(Part):
    """One point of an agenda."""

    name: Text
    """The point in one line."""
    papers: tuple[PaperId, ...] = ()
    """Papers that it is about."""
    about: tuple[MatterId, ...] = ()
    """Records that it is about."""
    instrument: InstrumentTypeId | None = None
    """Type of instrument."""


class Decision(Part):
    """Something that a meeting decided."""

    decided: Text
    """What was decided."""
    papers: tuple[PaperId, ...] = ()
    """Papers that it is about."""
    welcomes: tuple[AgencyId, ...] = ()
    """Agencies that become members by it."""


class Meeting(Record):
    """A meeting of a forum or of one of its working groups, held or planned."""

    kind: ClassVar[str] = "meeting"
    plural: ClassVar[str] = "meetings"

    name: Text
    """What it is called."""
    terms: TermsId | None = None
    """Terms of Reference that it stands under; empty: the only ones of the portfolio."""
    group: WorkingGroupId | None = None
    """Working group concerned; empty: the whole forum, or the owner itself."""
    meets: Literal["members", "senior-managers", "workshop", "other"] | None = None
    """Who meets: the members, their senior managers, a wider circle, or others; empty: not stated."""
    held: DateRange | None = None
    """When it was or will be held; empty: not settled."""
    place: Text | None = None
    """Where; empty: not stated."""
    virtual: bool | None = None
    """Whether it is held by wire alone; empty: not stated."""
    host: AgencyId | None = None
    """Who invites to it."""
    chair: AgencyId | None = None
    """Who leads it."""
    chair_passes_to: AgencyId | None = None
    """Who has the chair of the forum from this meeting on, where it changes hands."""
    participants: tuple[AgencyId, ...] = ()
    """Agencies that took part, as far as they are named."""
    agencies_present: Annotated[int, Field(ge=0, le=9_999)] | None = None
    """How many agencies took part, as stated."""
    agenda: tuple[AgendaItem, ...] = ()
    """Its agenda, in order."""
    documents: tuple[PaperId, ...] = ()
    """Papers that lay before it."""
    minutes: tuple[Text, ...] = ()
    """What was said and reported, in our words."""
    decisions: tuple[Decision, ...] = ()
    """What it decided."""


class Silence(Part):
    """A silence procedure: who says nothing until it ends does not object."""

    opens: DateRange
    """Day on which the text was put to the members."""
    closes: DateRange
    """Last day on which a member can speak."""

    @model_validator(mode="after")
    def _of_days(self) -> Self:
        """Refuse anything but two days in order."""
        if self.opens.earliest != self.opens.latest or self.closes.earliest != self.closes.latest:
            message = "`opens` and `closes`: each a day such as 2027-03-01"
            raise ValueError(message)
        if self.closes.latest < self.opens.latest:
            message = "`closes`: a day on or after `opens`"
            raise ValueError(message)
        return self


class PinnedFigure(Part):
    """A figure on which a paper was agreed."""

    name: Text
    """What it is a figure of."""
    shown: Text
    """The figure as the answer shows it, with its unit."""
    asked: Text | None = None
    """Question that gave it, as it is asked on the command line."""


class Pins(Part):
    """What a paper was agreed on, so that anyone can compute it again."""

    known_on: DateRange
    """Day of knowledge."""
    portfolio_sha256: Sha256
    """Hash of the portfolio."""
    scenario: ScenarioId | None = None
    """Scenario that it rests on."""
    edition: Id | None = None
    """Id of the roadmap edition that it is about."""
    figures: tuple[PinnedFigure, ...] = ()
    """Figures that it states."""

    @model_validator(mode="after")
    def _of_a_day(self) -> Self:
        """Refuse a day of knowledge that is no day."""
        if self.known_on.earliest != self.known_on.latest:
            message = "`known_on`: a day such as 2027-03-01"
            raise ValueError(message)
        return self


class Paper(Record):
    """A product of a forum, from its first draft on: the latest statement holds the latest version."""

    kind: ClassVar[str] = "paper"
    plural: ClassVar[str] = "papers"

    name: Text
    """Its title."""
    type: PaperType
    """What sort of product it is."""
    terms: TermsId | None = None
    """Terms of Reference that it stands under; empty: the only ones of the portfolio."""
    group: WorkingGroupId | None = None
    """Working group concerned; empty: the whole forum, or the owner itself."""
    version: Version = 1
    """Version of the paper, counted from 1."""
    stage: PaperStage
    """How far it is."""
    issued: DateRange | None = None
    """When it came out."""
    authors: tuple[AgencyId, ...] = ()
    """Agencies that wrote it, or in whose name it came out."""
    statement: Text | None = None
    """What it says, in short."""
    paragraphs: tuple[Text, ...] = ()
    """Its text, paragraph by paragraph."""
    about: tuple[MatterId, ...] = ()
    """Records that it is about."""
    contested: ContestedQuestionId | None = None
    """Contested question of law on which it proposes a common understanding."""
    silence: Silence | None = None
    """Silence procedure in which this version is or was decided."""
    pins: Pins | None = None
    """Day of knowledge, portfolio, scenario and figures that it was agreed on."""
    replaces: PaperId | None = None
    """Earlier paper that it takes the place of."""
    binding: bool | None = None
    """Whether it binds by its own text; never guessed from its title."""


class Position(Record):
    """Where the owner stands on one version of a paper."""

    kind: ClassVar[str] = "position"
    plural: ClassVar[str] = "positions"

    paper: PaperId
    """The paper."""
    version: Version
    """Version of the paper, counted from 1."""
    stand: Stand
    """Whether the owner joins, does not object, has a reservation, stands aside, or is not ready yet."""
    reason: Text | None = None
    """Why; a reservation states it."""

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        """Refuse a reservation without its reason."""
        if self.stand == "reserves" and self.reason is None:
            message = "`reason`: why the owner has a reservation"
            raise ValueError(message)
        return self


class Action(Record):
    """Something that somebody is to do for the forum by a day."""

    kind: ClassVar[str] = "action"
    plural: ClassVar[str] = "actions"

    name: Text
    """What is to be done, in one line."""
    bearer: AgencyId | None = None
    """Party that has to do it; empty: all of them."""
    due: DateRange | None = None
    """When."""
    standing: Literal["open", "done", "dropped"] = "open"
    """Whether it is still to be done."""
    done: DateRange | None = None
    """When it was done; empty: not stated."""
    meeting: MeetingId | None = None
    """Meeting that gave it."""
    paper: PaperId | None = None
    """The paper."""
    group: WorkingGroupId | None = None
    """Working group concerned; empty: the whole forum, or the owner itself."""

    @model_validator(mode="after")
    def _of_one_mind(self) -> Self:
        """Refuse the day on which something was done that is not done."""
        if self.done is not None and self.standing != "done":
            message = "`standing`: done, where `done` says when"
            raise ValueError(message)
        return self


class Progress(Record):
    """What the owner, or a working group, reached in a period and does next."""

    kind: ClassVar[str] = "progress"
    plural: ClassVar[str] = "progress"

    period: DateRange
    """Stretch of time that is reported on."""
    group: WorkingGroupId | None = None
    """Working group concerned; empty: the whole forum, or the owner itself."""
    accomplishments: tuple[Text, ...] = ()
    """What was reached in the period."""
    future_work: tuple[Text, ...] = ()
    """What comes next, as seen at its end."""
    plans: tuple[PlanId, ...] = ()
    """Missions and elements that it is about."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        """Refuse a report of nothing."""
        if not (self.accomplishments or self.future_work):
            message = "`accomplishments` or `future_work`: what was reached, or what comes next"
            raise ValueError(message)
        return self
