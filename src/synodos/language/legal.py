"""What law asks about: what crosses a border, who pays whom, which resource is used, and who reads the rules how."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from synodos.language.dates import DateRange
from synodos.language.marks import (
    AgencyId,
    AgreementId,
    ContestedReadingId,
    DestinationId,
    LegalMatterId,
    LegalQuestionId,
    PartyId,
    PlanId,
    StateId,
    Text,
)
from synodos.language.money import Money
from synodos.language.record import Record


class Transfer(Record):
    """Goods, software, technical data or services that pass from one party to another."""

    kind: ClassVar[str] = "transfer"
    plural: ClassVar[str] = "transfers"

    name: Text
    """The transfer in one line."""
    from_agency: AgencyId
    """Who hands it over."""
    to_agency: AgencyId
    """Who receives it."""
    what: Literal["hardware", "software", "technical-data", "service", "samples"] | None = None
    """What sort of thing passes; empty if not stated."""
    classification: Text | None = None
    """Entry of an export control list, such as `USML XV(a)`, `EAR 9A515` or `uncontrolled`; empty: none yet."""
    origin: StateId | None = None
    """State whose export control law follows the item; empty: that of the giver."""
    destination: StateId | None = None
    """State it goes to; empty: that of the receiver."""
    when: DateRange | None = None
    """When."""
    plans: tuple[PlanId, ...] = ()
    """Missions and elements that it is about."""
    under: tuple[AgreementId, ...] = ()
    """Agreements under which it happens."""


class Payment(Record):
    """Money, or goods or services in place of money, that one party gives another for what it does."""

    kind: ClassVar[str] = "payment"
    plural: ClassVar[str] = "payments"

    name: Text
    """The payment in one line."""
    payer: AgencyId
    """Who pays."""
    payee: AgencyId
    """Who is paid."""
    purpose: (
        Literal["seats", "flight-services", "hardware", "facility-use", "study", "contribution", "other"] | None
    ) = None
    """What it is for; empty if not stated."""
    in_kind: bool | None = None
    """Whether goods or services stand in place of money; empty if not stated."""
    value: Money | None = None
    """What is paid, or what the goods or services are worth."""
    when: DateRange | None = None
    """When."""
    rendered: DateRange | None = None
    """When the work or service is rendered."""
    contracted: DateRange | None = None
    """When the contract or agreement that asks for it was made."""
    plans: tuple[PlanId, ...] = ()
    """Missions and elements that it is about."""
    under: tuple[AgreementId, ...] = ()
    """Agreements under which it happens."""


class ResourceUse(Record):
    """The taking or use of a natural resource of a celestial body."""

    kind: ClassVar[str] = "resource-use"
    plural: ClassVar[str] = "resource-uses"

    name: Text
    """The use in one line."""
    user: AgencyId
    """Who takes or uses it."""
    with_agencies: tuple[AgencyId, ...] = ()
    """Who takes or uses it jointly with the user."""
    body: DestinationId
    """Celestial body whose resource it is."""
    resource: Text | None = None
    """The resource, such as water ice; empty if not stated."""
    use: Literal["science", "mission-support", "commercial"] | None = None
    """What it is used for; empty if not stated."""
    exclusive: bool | None = None
    """Whether others are kept from the same deposit; empty if not stated."""
    claims_ownership: bool | None = None
    """Whether somebody claims to own what is taken; empty if not stated."""
    when: DateRange | None = None
    """When."""
    plans: tuple[PlanId, ...] = ()
    """Missions and elements that it is about."""


class LegalPosition(Record):
    """Which reading of a contested rule a state or an agency holds."""

    kind: ClassVar[str] = "legal-position"
    plural: ClassVar[str] = "legal-positions"

    reading: ContestedReadingId
    """The reading of the contested question that the owner holds."""
    since: DateRange | None = None
    """Since when."""
    statement: Text | None = None
    """What the owner says, in our words."""


class Determination(Record):
    """The answer to a question that law asks about a plan, as its owner determined it."""

    kind: ClassVar[str] = "determination"
    plural: ClassVar[str] = "determinations"

    question: LegalQuestionId
    """The question."""
    about: Annotated[tuple[LegalMatterId, ...], Field(min_length=1)]
    """Missions, elements, transfers, payments, resource uses or agreements that the answer is about."""
    party: PartyId | None = None
    """State or agency that the answer is about; empty: all that take part."""
    answer: Literal["yes", "no"]
    """The answer."""
    since: DateRange | None = None
    """Since when."""
    statement: Text | None = None
    """What the answer rests on, in words."""
