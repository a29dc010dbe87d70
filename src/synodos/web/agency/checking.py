"""What a draft states, and what is wrong with it: on its own, and beside what stands already."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from synodos.exchange import Stated, check_record
from synodos.language import (
    KIND_BY_NAME,
    WITHHELD,
    DateRange,
    Fault,
    History,
    Portfolio,
    Record,
    Source,
    faults,
    label,
    of_validation,
    references,
)
from synodos.web.agency.models import Draft
from synodos.web.agency.shapes import SOURCE


@dataclass(frozen=True)
class Checked:
    """A draft with what it states, and what is wrong with it on its own."""

    draft: Draft
    stated: BaseModel | None
    faults: tuple[Fault, ...]

    @property
    def record(self) -> Record | None:
        """The record that it states, if it states one."""
        return self.stated if isinstance(self.stated, Record) else None

    @property
    def source(self) -> Source | None:
        """The source that it states, if it states one."""
        return self.stated if isinstance(self.stated, Source) else None


def whole(draft: Draft) -> dict[str, Any]:
    """Return the fields of a draft with those that its place says: its id, who owns and who states it."""
    values = draft.values
    if draft.kind == SOURCE:
        return values
    named = {"id": draft.record_id, "owner": values.get("owner", draft.agency), "stated_by": draft.agency}
    return {**named, **{name: value for name, value in values.items() if name not in named}}


def checked(draft: Draft, compiler: str | None, place: Any = None) -> Checked:
    """Return what a draft states, and what is wrong with it on its own, as the check of a file would say."""
    if draft.unread:
        return Checked(draft, None, (Fault("draft.unread", "the text of this draft cannot be read"),))
    at = place or (lambda _path: "")
    if draft.kind == SOURCE:
        return _checked_source(draft)
    record, found = check_record(Stated(KIND_BY_NAME[draft.kind].plural, whole(draft), at))
    more = [fault.at(at(fault.field)) for fault in _own_faults(record, draft, compiler)] if record else []
    return Checked(draft, record, (*found, *more))


def faulty(found: Sequence[Fault]) -> bool:
    """Return whether any of some faults keeps a draft from being declared."""
    return any(fault.severity == "error" for fault in found)


def faults_of_others(
    records: Sequence[Record], sources: Mapping[str, Source], portfolio: Portfolio
) -> tuple[Fault, ...]:
    """Return what would be wrong with others' records if some were declared, and is not wrong now."""
    before = {_told(fault) for fault in _between(portfolio, [], {})}
    mine = {label(record) for record in records}
    found = _between(portfolio, [record for record in records if not record.retracted], sources, records)
    return tuple(fault for fault in found if fault.record not in mine and _told(fault) not in before)


def stamp(record: BaseModel | None) -> str:
    """Return a hash of what a record or a source says; nothing for none."""
    return hashlib.sha256(record.model_dump_json().encode()).hexdigest() if record else ""


def standing(draft: Draft, portfolio: Portfolio) -> BaseModel | None:
    """Return what is stated now under the name of a draft, as the agency sees it."""
    if draft.kind == SOURCE:
        return portfolio.header.sources.get(draft.record_id)
    return portfolio.tables.get(draft.kind, {}).get(draft.record_id)


def _between(
    portfolio: Portfolio, records: Sequence[Record], sources: Mapping[str, Source], replaced: Sequence[Record] = ()
) -> tuple[Fault, ...]:
    """Return the faults between the records of a portfolio in which some stand in the place of others."""
    last = max([portfolio.known_on, *(record.as_of.latest for record in records)])
    update = {"known_on": DateRange(last.isoformat()), "sources": {**portfolio.header.sources, **sources}}
    header = portfolio.header.model_copy(update=update)
    return faults(History(header, (*portfolio.without(*replaced), *records)))


def _told(fault: Fault) -> tuple[str, ...]:
    """Return what makes a fault the same one, wherever it stands in a list."""
    return fault.code, fault.record, fault.field, fault.found


def _own_faults(record: Record, draft: Draft, compiler: str | None) -> list[Fault]:
    """Return what is wrong with a draft that its model cannot know: whose it is, and what it cannot name."""
    found = []
    if draft.agency not in (record.owner, compiler):
        message = "an agency states its own records alone"
        found.append(Fault("author.not-owner", message, label(record), "owner", repr(record.owner), repr(draft.agency)))
    for path, _mark, target in references(record):
        if target == WITHHELD:
            message = "declared like this, it names nothing: your agency may not see what stood here, or leaves it out"
            fault = Fault("reference.withheld", message, label(record), path, severity="warning")
            found.append(replace(fault, found=WITHHELD, expected="the id of what is meant, or `withheld` on purpose"))
    return found


def _checked_source(draft: Draft) -> Checked:
    """Return the source that a draft states."""
    try:
        return Checked(draft, Source.model_validate(draft.values), ())
    except ValidationError as error:
        names = tuple(Source.model_fields)
        return Checked(draft, None, tuple(of_validation(error, f"source {draft.record_id}", names)))
