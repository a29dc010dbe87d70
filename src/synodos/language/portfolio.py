"""A portfolio: everything stated up to a day of knowledge, as one viewer may see it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, Self, TypeVar

from pydantic import Field, model_validator

from synodos.language.dates import DateRange
from synodos.language.kinds import KIND_BY_NAME
from synodos.language.marks import WITHHELD, Cites, Id, OwnId, Points, SourceKey, Text
from synodos.language.money import Currency, PriceYear
from synodos.language.record import Part, Record
from synodos.language.shape import Mark, redirected, references
from synodos.language.vocabulary import Source, Vocabularies, Vocabulary, VocabularyTerm

if TYPE_CHECKING:
    from synodos.language.agency import Agency, State
    from synodos.language.changes import Change
    from synodos.language.forum import Action, Meeting, Paper, Position, Progress, TermsOfReference, WorkingGroup
    from synodos.language.intent import Interest, Objective, Policy
    from synodos.language.legal import Determination, LegalPosition, Payment, ResourceUse, Transfer
    from synodos.language.plan import Commitment, Element, Mission
    from synodos.language.standing import Agreement, Need, Offer, Scenario
    from synodos.language.work import Activity, Calendar, Risk, Schedule
    from synodos.language.worth import Benefit, Estimate

PUBLIC: Final = "public"
"""The viewer who belongs to no agency."""
MEMBERS: Final = "members"
"""The viewer who sees what every member sees."""
GENERAL_KNOWLEDGE: Final = "general-knowledge"
"""Key of the source that stands for knowledge without a text."""

R = TypeVar("R", bound=Record)


class Compiler(Part):
    """Who put a portfolio together from public sources, in place of the agencies."""

    id: OwnId
    """Id under which it states records."""
    name: Text
    """Its name."""


class ExchangeRate(Part):
    """What one unit of a currency was worth in another."""

    currency: Currency
    """Currency that is valued."""
    in_currency: Currency
    """Currency in which it is valued."""
    rate: Annotated[float, Field(gt=0)]
    """Units of `in_currency` for one unit of `currency`."""
    on: DateRange
    """Day or period of the rate."""
    sources: Annotated[tuple[SourceKey, ...], Field(min_length=1)]
    """Where it was read."""


class PriceIndex(Part):
    """The price level of a currency area in one year."""

    currency: Currency
    """Currency."""
    year: PriceYear
    """Year."""
    index: Annotated[float, Field(gt=0)]
    """Price level; only the ratio of two years matters."""
    sources: Annotated[tuple[SourceKey, ...], Field(min_length=1)]
    """Where it was read."""


class Header(Part):
    """What stands in `portfolio.yaml`: what a portfolio is, and what its records share.

    Every viewer sees this page: nothing belongs on it that is not for everybody. Of the sources a viewer sees those
    that something it may see cites.
    """

    id: Id
    """Short name of the portfolio."""
    title: Text
    """Its title."""
    known_on: DateRange
    """The portfolio's day: no statement in it is later."""
    compiler: Compiler | None = None
    """Who compiled it from public sources; empty if the agencies declared it themselves."""
    about: tuple[Text, ...] = ()
    """What a reader has to know: choice of rows, limits, dates."""
    exchange_rates: tuple[ExchangeRate, ...] = ()
    """Rates by which amounts become comparable."""
    price_indices: tuple[PriceIndex, ...] = ()
    """Indices by which price years become comparable."""
    vocabularies: dict[str, tuple[VocabularyTerm, ...]] = Field(default_factory=dict)
    """Terms that the portfolio adds to a vocabulary of the package."""
    sources: dict[SourceKey, Source] = Field(default_factory=dict)
    """Every source by its key."""

    @model_validator(mode="after")
    def _dated(self) -> Self:
        """Refuse a portfolio's day that is open."""
        if self.known_on.opens_early or self.known_on.stays_open:
            message = "known_on: a portfolio has a day, not an open range"
            raise ValueError(message)
        return self


@dataclass(frozen=True)
class Portfolio:
    """An immutable snapshot of plans.

    Attributes
    ----------
    header : Header
        What the portfolio is, and its sources.
    known_on : datetime.date
        Day of knowledge.
    viewer : str or None
        Agency that looks, `members`, `public`, or None for all that is stated.
    tables : mapping
        For each kind (by its singular name) its records by id.
    """

    header: Header
    known_on: dt.date
    viewer: str | None
    tables: Mapping[str, Mapping[str, Record]]

    def of(self, kind: type[R]) -> Mapping[str, R]:
        """Return the records of one kind by id."""
        return self._of(kind.kind)

    def _of(self, kind: str) -> Mapping[str, Any]:
        """Return the records of the kind of a name; its class need not be loaded."""
        return self.tables.get(kind, {})

    @property
    def states(self) -> Mapping[str, State]:
        """States by id."""
        return self._of("state")

    @property
    def agencies(self) -> Mapping[str, Agency]:
        """Agencies by id."""
        return self._of("agency")

    @property
    def policies(self) -> Mapping[str, Policy]:
        """Policies by id."""
        return self._of("policy")

    @property
    def objectives(self) -> Mapping[str, Objective]:
        """Objectives by id."""
        return self._of("objective")

    @property
    def interests(self) -> Mapping[str, Interest]:
        """Interests by id."""
        return self._of("interest")

    @property
    def elements(self) -> Mapping[str, Element]:
        """Elements by id."""
        return self._of("element")

    @property
    def missions(self) -> Mapping[str, Mission]:
        """Missions by id."""
        return self._of("mission")

    @property
    def commitments(self) -> Mapping[str, Commitment]:
        """Commitments by id."""
        return self._of("commitment")

    @property
    def offers(self) -> Mapping[str, Offer]:
        """Offers by id."""
        return self._of("offer")

    @property
    def needs(self) -> Mapping[str, Need]:
        """Needs by id."""
        return self._of("need")

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        """Scenarios by id."""
        return self._of("scenario")

    @property
    def agreements(self) -> Mapping[str, Agreement]:
        """Agreements by id."""
        return self._of("agreement")

    @property
    def transfers(self) -> Mapping[str, Transfer]:
        """Transfers by id."""
        return self._of("transfer")

    @property
    def payments(self) -> Mapping[str, Payment]:
        """Payments by id."""
        return self._of("payment")

    @property
    def resource_uses(self) -> Mapping[str, ResourceUse]:
        """Uses of resources by id."""
        return self._of("resource-use")

    @property
    def legal_positions(self) -> Mapping[str, LegalPosition]:
        """Positions on contested questions by id."""
        return self._of("legal-position")

    @property
    def determinations(self) -> Mapping[str, Determination]:
        """Answers to questions of law by id."""
        return self._of("determination")

    @property
    def calendars(self) -> Mapping[str, Calendar]:
        """Calendars by id."""
        return self._of("calendar")

    @property
    def schedules(self) -> Mapping[str, Schedule]:
        """Schedules by id."""
        return self._of("schedule")

    @property
    def activities(self) -> Mapping[str, Activity]:
        """Activities by id."""
        return self._of("activity")

    @property
    def risks(self) -> Mapping[str, Risk]:
        """Risks by id."""
        return self._of("risk")

    @property
    def estimates(self) -> Mapping[str, Estimate]:
        """Estimates by id."""
        return self._of("estimate")

    @property
    def benefits(self) -> Mapping[str, Benefit]:
        """Benefits other than money by id."""
        return self._of("benefit")

    @property
    def terms_of_reference(self) -> Mapping[str, TermsOfReference]:
        """Terms of Reference by id."""
        return self._of("terms-of-reference")

    @property
    def working_groups(self) -> Mapping[str, WorkingGroup]:
        """Working groups of the forum by id."""
        return self._of("working-group")

    @property
    def meetings(self) -> Mapping[str, Meeting]:
        """Meetings of the forum by id."""
        return self._of("meeting")

    @property
    def papers(self) -> Mapping[str, Paper]:
        """Papers of the forum by id."""
        return self._of("paper")

    @property
    def positions(self) -> Mapping[str, Position]:
        """Positions on papers by id."""
        return self._of("position")

    @property
    def actions(self) -> Mapping[str, Action]:
        """Actions by id."""
        return self._of("action")

    @property
    def progress(self) -> Mapping[str, Progress]:
        """Reports of progress by id."""
        return self._of("progress")

    @property
    def changes(self) -> Mapping[str, Change]:
        """Changes to think through by id."""
        return self._of("change")

    def __iter__(self) -> Iterator[Record]:
        """Yield every record, kind by kind."""
        for table in self.tables.values():
            yield from table.values()

    def __len__(self) -> int:
        return sum(len(table) for table in self.tables.values())

    def provider_record(self, record_id: str) -> Element | Mission | Offer | None:
        """Return the element, mission or offer with this id, or None."""
        return self.elements.get(record_id) or self.missions.get(record_id) or self.offers.get(record_id)

    def agency_name(self, agency_id: str) -> str:
        """Return the short name of an agency, or its id where no record is at hand."""
        agency = self.agencies.get(agency_id)
        return agency.short_name if agency else agency_id

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """Every vocabulary by name, with the portfolio's own terms."""
        return Vocabularies(self.header.vocabularies, self.header.sources)

    @property
    def capabilities(self) -> Vocabulary:
        """The capability tree."""
        return self.vocabularies["capabilities"]

    @property
    def destinations(self) -> Vocabulary:
        """The destination tree."""
        return self.vocabularies["destinations"]

    @cached_property
    def unverified(self) -> tuple[Record, ...]:
        """Records that rest, whole or in a field, on general knowledge."""
        return tuple(record for record in self if record.rests_on_unverified)

    @cached_property
    def sha256(self) -> str:
        """Hash of all that the portfolio says; equal content gives equal hashes."""
        header = json.dumps(self.header.model_dump(mode="json"), sort_keys=True)  # whatever order sources stand in
        digest = hashlib.sha256(header.encode())
        digest.update(self.known_on.isoformat().encode())
        for kind in sorted(self.tables):
            for record_id in sorted(self.tables[kind]):
                digest.update(f"\n{kind} ".encode())
                digest.update(self.tables[kind][record_id].model_dump_json().encode())
        return digest.hexdigest()

    def replace(self, *records: Record) -> Portfolio:
        """Return the portfolio with these records in place of those with the same kind and id, or added."""
        tables = dict(self.tables)
        for kind in {record.kind for record in records}:
            tables[kind] = {**tables.get(kind, {}), **{r.id: r for r in records if r.kind == kind}}
        return replace(self, tables=tables)

    def without(self, *records: Record) -> Portfolio:
        """Return the portfolio without these records."""
        gone = {(record.kind, record.id) for record in records}
        tables = dict(self.tables)
        for kind in {record.kind for record in records}:
            tables[kind] = {key: r for key, r in tables.get(kind, {}).items() if (kind, key) not in gone}
        return replace(self, tables=tables)

    def as_seen_by(self, viewer: str, *, member: bool | None = None) -> Portfolio:
        """Return what `viewer` (an agency id, `members` or `public`) may see, and nothing that betrays the rest.

        A reference that the viewer cannot resolve reads `withheld`, whether its target is hidden from the
        viewer or does not exist; sources that only hidden records cite are left out. `member` says whether the
        viewer takes part in the mechanism; if it is not given, the viewer's own record says so.
        """
        if member is None:
            member = is_member(self, viewer)
        tables = {
            kind: {key: record for key, record in table.items() if may_see(viewer, record, member=member)}
            for kind, table in self.tables.items()
        }
        visible = replace(self, viewer=viewer, tables=tables)
        seen = {
            kind: {key: visible.redacted(record) for key, record in table.items()} for kind, table in tables.items()
        }
        return replace(visible, header=_header_for(self.header, seen), tables=seen)

    def redacted(self, record: R) -> R:
        """Return `record` with every reference that leads to no record of this portfolio withheld."""
        compiler = self.header.compiler.id if self.header.compiler else None

        def rename(mark: Mark, target: str) -> str:
            kinds = mark.kinds if isinstance(mark, Points) else ()
            for kind in kinds:
                if target in self.tables.get(kind, ()):
                    return target
            if not kinds or target == WITHHELD:
                return target
            itself = "agency" in kinds and target == self.viewer  # a viewer knows its own name, also without a record
            return target if itself or ("compiler" in kinds and target == compiler) else WITHHELD

        return redirected(record, rename, (Points,))


def may_see(viewer: str, record: Record, *, member: bool) -> bool:
    """Return whether `viewer` may see `record`; `member` says whether it takes part in the mechanism."""
    if record.release == PUBLIC or viewer in (record.owner, record.stated_by):
        return True
    if record.release == MEMBERS:
        return member
    return isinstance(record.release, tuple) and viewer in record.release


def is_member(portfolio: Portfolio, viewer: str) -> bool:
    """Return whether `viewer` is a member on the portfolio's day, by a record that it may see without being one.

    The other members, or the compiler, have to know of it: nobody becomes one by what it tells only itself or friends.
    Whoever looks as `members` sees what every member sees.
    """
    if viewer == MEMBERS:
        return True
    agency = portfolio.agencies.get(viewer)
    if agency is None or agency.member_since is None or not may_see(viewer, agency, member=False):
        return False
    compiler = portfolio.header.compiler
    if agency.release not in (PUBLIC, MEMBERS) and not (compiler and agency.stated_by == compiler.id):
        return False
    return agency.member_since.latest <= portfolio.known_on


def _header_for(header: Header, tables: Mapping[str, Mapping[str, Record]]) -> Header:
    """Return the header with only the sources that what can be seen cites."""
    cited = {key for table in tables.values() for record in table.values() for key in record.sources}
    shared = (
        *header.exchange_rates,
        *header.price_indices,
        *(t for ts in header.vocabularies.values() for t in ts),
    )
    cited.update(ref.target for part in shared for ref in references(part) if isinstance(ref.mark, Cites))
    if cited >= header.sources.keys():
        return header
    return header.model_copy(update={"sources": {key: s for key, s in header.sources.items() if key in cited}})


@dataclass(frozen=True)
class History:
    """Every dated statement of a portfolio, from which the snapshot of any day follows.

    Attributes
    ----------
    header : Header
        What the portfolio is, and its sources.
    statements : tuple of Record
        Every statement, in the order read.
    """

    header: Header
    statements: tuple[Record, ...]

    @property
    def ends(self) -> dt.date:
        """Last day of which it tells."""
        return self.header.known_on.latest

    def stated(self, day: dt.date, viewer: str | None = None) -> tuple[Record, ...]:
        """Return the statements known on `day`, oldest first; of a viewer those that it may see."""
        known = sorted((s for s in self.statements if s.as_of.latest <= day), key=lambda s: s.as_of.latest)
        if viewer is None:
            return tuple(known)
        without = Portfolio(self.header, day, None, _tables(s for s in known if may_see(viewer, s, member=False)))
        member = is_member(without, viewer)
        return tuple(s for s in known if may_see(viewer, s, member=member))

    def known_on(self, day: dt.date | None = None, viewer: str | None = None) -> Portfolio:
        """Return the portfolio as known on `day` (default: the portfolio's own day), to `viewer` (default: whole).

        Of each record the latest statement that the viewer may see counts; one that retracts it leaves the record
        out. So a revision that is not released to a viewer leaves what that viewer knew before.
        """
        day = day or self.ends
        portfolio = Portfolio(self.header, day, None, _tables(self.stated(day, viewer)))
        return portfolio if viewer is None else portfolio.as_seen_by(viewer)


def _tables(statements: Iterable[Record]) -> dict[str, dict[str, Record]]:
    """Return the records that stand after statements, oldest first, by kind and id."""
    latest: dict[tuple[str, str], Record] = {}
    for statement in statements:
        key = (statement.kind, statement.id)
        if key not in latest or latest[key].as_of.latest < statement.as_of.latest:
            latest[key] = statement
    tables: dict[str, dict[str, Record]] = {kind: {} for kind in KIND_BY_NAME}
    for (kind, record_id), record in latest.items():
        if not record.retracted:
            tables[kind][record_id] = record
    return tables
