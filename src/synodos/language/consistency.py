"""Checks across records: what each record on its own cannot tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from synodos.language.faults import Fault, nearest, shown
from synodos.language.kinds import KIND_BY_NAME
from synodos.language.marks import SUPPOSED, WITHHELD, Cites, Points, Term
from synodos.language.portfolio import GENERAL_KNOWLEDGE, Header, History
from synodos.language.record import Record
from synodos.language.shape import Reference, references
from synodos.language.vocabulary import NAMES, Vocabularies, Vocabulary, load
from synodos.language.work_faults import work_faults

if TYPE_CHECKING:
    from synodos.language.dates import DateRange
    from synodos.language.plan import Element, Mission, Requirement
    from synodos.language.standing import Offer
    from synodos.language.work import Activity, Schedule

ABOVE: Final = (
    ("agreement", "parent"),
    ("calendar", "parent"),
    ("scenario", "builds_on"),
    ("paper", "replaces"),
    ("working-group", "follows"),
)
"""Kinds of which a record may name one of its kind that stands above it or came before, and in which field."""
ORDER: Final = {"mission": ("planned", "ends"), "agreement": ("signed", "in_force")}
"""Kinds with two dates of which the first cannot lie behind the second."""
MOST_SUGGESTED = 200
"""Unknown references for which a run looks for the nearest valid one."""


def label(record: Record) -> str:
    """Return kind and id, as messages name a record."""
    return f"{record.kind} {record.id}"


def requirements(record: Record) -> Sequence[tuple[str, Requirement]]:
    """Return every requirement that a record states, with its place in the record."""
    name = _requiring(type(record))
    if not name:
        return ()
    found: Sequence[Requirement] = getattr(record, name)
    return [(f"{name}[{position}]", requirement) for position, requirement in enumerate(found)]


@cache
def _requiring(kind: type[Record]) -> str:
    """Return the field in which records of a kind state requirements; none where they state none."""
    return next((name for name in ("requirements", "needs", "seeks") if name in kind.model_fields), "")


class _Nearest:
    """Names the nearest valid value, as long as anyone would read it: each look through a large portfolio is slow."""

    def __init__(self) -> None:
        """Start with all suggestions left."""
        self._left = MOST_SUGGESTED

    def __call__(self, found: str, valid: Iterable[str]) -> str:
        """Return the valid value that looks most like `found`, or nothing."""
        self._left -= 1
        return nearest(found, valid) if self._left >= 0 else ""


def faults(history: History) -> tuple[Fault, ...]:
    """Return every fault that lies between records: unknown references, wrong order, wrong authors, loops.

    Parameters
    ----------
    history : History
        Every statement of a portfolio.

    Returns
    -------
    tuple of Fault
        In the order of the statements; `statement` says which one a fault concerns.
    """
    found = list(_header_faults(history.header))
    vocabularies = Vocabularies(history.header.vocabularies, history.header.sources)
    table: dict[str, dict[str, Record]] = defaultdict(dict)
    for statement in history.statements:
        table[statement.kind][statement.id] = statement
    first_owner: dict[tuple[str, str], Record] = {}
    days: set[tuple[str, str, object]] = set()
    near = _Nearest()
    for position, statement in enumerate(history.statements):
        own = [
            *_statement_faults(history.header, statement, first_owner, days),
            *_reference_faults(history.header, statement, table, vocabularies, near),
            *_order_faults(statement),
            *_requirement_faults(statement, table, vocabularies),
            *work_faults(statement, table, history.header.known_on.latest),
        ]
        found.extend(replace(fault, record=label(statement), statement=position) for fault in own)
    found.extend(_ambiguous_ids(table))
    for kind, field in ABOVE:
        found.extend(_parent_loops(table, kind, field))
    found.extend(_faults_of_matters(history.statements, table, vocabularies))
    return tuple(found)


def _faults_of_matters(
    statements: Sequence[Record], table: Mapping[str, Mapping[str, Record]], vocabularies: Mapping[str, Vocabulary]
) -> Iterator[Fault]:
    """Yield what is wrong among statements on law, forum and work; checks of what nobody speaks of are not loaded."""
    if any(table[kind] for kind in ("agreement", "determination", "legal-position")):
        from synodos.language.legal_faults import legal_faults

        yield from legal_faults(table, vocabularies)
    if any(table[kind] for kind in ("meeting", "paper", "position")):
        from synodos.language.forum_faults import forum_faults

        yield from forum_faults(statements, table, vocabularies)
    if table["activity"]:
        from synodos.language.loops import activity_loops

        yield from activity_loops(*_at_last(table))


def _header_faults(header: Header) -> Iterator[Fault]:
    """Yield what is wrong with the portfolio's own page."""
    for name in header.vocabularies:
        if name not in NAMES:
            yield Fault(
                "vocabulary.unknown",
                "there is no such vocabulary",
                record="portfolio",
                field=f"vocabularies.{name}",
                found=shown(name),
                expected="one of " + ", ".join(NAMES),
                nearest=nearest(name, NAMES),
            )
        else:
            yield from _term_faults(header, name, load(name))
    for rate in header.exchange_rates:
        for key in rate.sources:
            yield from _source_fault(header, key, "exchange_rates")
    for index in header.price_indices:
        for key in index.sources:
            yield from _source_fault(header, key, "price_indices")


def _term_faults(header: Header, name: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Yield what is wrong with the terms that a portfolio adds; parents stand before children, so no loop can be."""
    field = f"vocabularies.{name}"
    known = set(vocabulary.terms)
    for term in header.vocabularies[name]:
        if term.id in known:
            message = "the vocabulary has this term already"
            yield Fault("term.twice", message, "portfolio", field, shown(term.id), "an id of its own")
        for wider in filter(None, (term.parent, *term.serves)):
            if wider not in known:
                yield Fault(
                    "term.unknown",
                    "no term above it has this id",
                    "portfolio",
                    field,
                    shown(wider),
                    f"a term of {name} that stands before it",
                    nearest(wider, known),
                )
        known.add(term.id)
        for key in term.sources:
            yield from _source_fault(header, key, field)


def _source_fault(header: Header, key: str, path: str) -> Iterator[Fault]:
    """Yield a fault if the portfolio lists no source `key`."""
    if key not in header.sources:
        yield Fault(
            "source.unknown",
            "the portfolio lists no such source",
            record="portfolio",
            field=path,
            found=shown(key),
            expected="a key of the source list",
            nearest=nearest(key, header.sources),
        )


def _statement_faults(
    header: Header,
    statement: Record,
    first_owner: dict[tuple[str, str], Record],
    days: set[tuple[str, str, object]],
) -> Iterator[Fault]:
    """Yield what is wrong with who stated a record, and when."""
    compiler = header.compiler.id if header.compiler else None
    if statement.stated_by not in (statement.owner, compiler, WITHHELD):
        yield Fault(
            "author.not-owner",
            "a record is stated by its owner or the named compiler",
            field="stated_by",
            found=shown(statement.stated_by),
            expected=f"{statement.owner!r}" + (f" or {compiler!r}" if compiler else ""),
        )
    if statement.as_of.latest > header.known_on.latest:
        yield Fault(
            "statement.late",
            "the statement is later than the portfolio's day",
            field="as_of",
            found=statement.as_of.text,
            expected=f"{header.known_on.text} or earlier",
        )
    key = (statement.kind, statement.id)
    before = first_owner.setdefault(key, statement)
    if before.owner != statement.owner:
        yield Fault(
            "owner.changed",
            "a record keeps its owner from statement to statement",
            field="owner",
            found=shown(statement.owner),
            expected=shown(before.owner),
        )
    day = (*key, statement.as_of.latest)
    if day in days:
        yield Fault(
            "statement.twice",
            "two statements of one record count from the same day",
            field="as_of",
            found=statement.as_of.text,
            expected="another date, or one statement",
        )
    days.add(day)
    if set(statement.sources) == {GENERAL_KNOWLEDGE} and statement.confidence != "unverified":
        yield Fault(
            "confidence.too-high",
            "general knowledge alone supports no more than `unverified`",
            field="confidence",
            found=statement.confidence,
            expected="unverified",
        )


def _reference_faults(
    header: Header,
    statement: Record,
    table: Mapping[str, Mapping[str, Record]],
    vocabularies: Mapping[str, Vocabulary],
    near: _Nearest,
) -> Iterator[Fault]:
    """Yield a fault for every reference that leads nowhere."""
    for reference in references(statement):
        mark, target = reference.mark, reference.target
        if isinstance(mark, Cites):
            if target not in header.sources and not (target == SUPPOSED and statement.kind == "change"):
                yield Fault(
                    "source.unknown",
                    "the portfolio lists no such source",
                    field=reference.path,
                    found=shown(target),
                    expected="a key of the source list",
                    nearest=near(target, header.sources),
                )
        elif isinstance(mark, Term):
            vocabulary = vocabularies[mark.vocabulary]
            if target not in vocabulary:
                yield Fault(
                    "term.unknown",
                    f"the vocabulary {mark.vocabulary} has no such term",
                    field=reference.path,
                    found=shown(target),
                    expected=f"a term of {mark.vocabulary}",
                    nearest=near(target, vocabulary),
                )
        else:
            yield from _record_fault(header, reference, mark, table, near)


def _record_fault(
    header: Header,
    reference: Reference,
    mark: Points,
    table: Mapping[str, Mapping[str, Record]],
    near: _Nearest,
) -> Iterator[Fault]:
    """Yield a fault if a reference to a record leads nowhere."""
    target = reference.target
    for kind in mark.kinds:
        if kind in table and target in table[kind]:
            return
    if target == WITHHELD:
        return
    if "compiler" in mark.kinds and header.compiler and target == header.compiler.id:
        return
    kinds = [kind for kind in mark.kinds if kind in KIND_BY_NAME]
    valid = (key for kind in kinds for key in table.get(kind, ()))
    yield Fault(
        "reference.unknown",
        "the portfolio has no such record",
        field=reference.path,
        found=shown(target),
        expected="the id of " + " or ".join(_articled(kind) for kind in kinds),
        nearest=near(target, valid),
    )


def _articled(kind: str) -> str:
    """Return a kind with its article."""
    return f"an {kind}" if kind[0] in "aeio" else f"a {kind}"


def _order_faults(statement: Record) -> Iterator[Fault]:
    """Yield a fault where something ends before it begins."""
    if statement.kind not in ORDER:
        return
    first_name, last_name = ORDER[statement.kind]
    first: DateRange | None = getattr(statement, first_name)
    last: DateRange | None = getattr(statement, last_name)
    if first and last and last.latest < first.earliest:
        yield Fault(
            "dates.order",
            f"{last_name} lies before {first_name}",
            field=last_name,
            found=last.text,
            expected=f"{first.text} or later",
        )


def _requirement_faults(
    statement: Record,
    table: Mapping[str, Mapping[str, Record]],
    vocabularies: Mapping[str, Vocabulary],
) -> Iterator[Fault]:
    """Yield a fault where what is named does not meet a requirement."""
    for path, requirement in requirements(statement):
        for position, target in enumerate(requirement.met_by):
            at = f"{path}.met_by[{position}]"
            if target == statement.id:
                yield Fault(
                    "requirement.itself",
                    "a record cannot meet its own requirement",
                    field=at,
                    found=shown(target),
                    expected="another element, or no requirement",
                )
                continue
            found = (table[kind][target] for kind in ("element", "mission", "offer") if target in table[kind])
            meets = cast("Element | Mission | Offer | None", next(found, None))
            if meets is None:
                continue
            capabilities = vocabularies["capabilities"]
            if not any(capabilities.covers(requirement.capability, given) for given in meets.provides):
                yield Fault(
                    "requirement.capability",
                    f"{label(meets)} does not provide {requirement.capability}",
                    field=at,
                    found=", ".join(meets.provides) or "nothing provided",
                    expected=f"{requirement.capability}, or a capability below it",
                )


def _ambiguous_ids(table: Mapping[str, Mapping[str, Record]]) -> Iterator[Fault]:
    """Yield a fault for every id that two of elements, missions and offers share."""
    kinds = ("element", "mission", "offer")
    for position, kind in enumerate(kinds):
        for other in kinds[position + 1 :]:
            for shared in sorted(table[kind].keys() & table[other].keys()):
                yield Fault(
                    "id.ambiguous",
                    f"{_articled(other)} has the same id; `met_by` could not tell them apart",
                    record=f"{kind} {shared}",
                    field="id",
                    found=shown(shared),
                    expected="an id of its own",
                )


def _parent_loops(table: Mapping[str, Mapping[str, Record]], kind: str, field: str) -> Iterator[Fault]:
    """Yield a fault for every record of a kind that stands, over what its field names, under itself."""
    records = table[kind]
    for key in records:
        chain = [key]
        while (above := getattr(records.get(chain[-1]), field, None)) and above not in chain:
            chain.append(above)
        if above == key:
            yield Fault(
                f"{kind}.loop",
                f"{kind}s stand under each other",
                record=f"{kind} {key}",
                field=field,
                found=" → ".join([*chain, key]),
                expected="a chain that ends",
            )


def _at_last(table: Mapping[str, Mapping[str, Record]]) -> tuple[dict[str, Activity], dict[str, Schedule]]:
    """Return the activities and schedules that stand after all statements."""
    activities = {key: one for key, one in table["activity"].items() if not one.retracted}
    return cast("dict[str, Activity]", activities), cast("dict[str, Schedule]", table["schedule"])
