"""What files would change: what is new, changed field by field, as before, or refused."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from synodos.exchange import Imported, schedule_news
from synodos.language import KIND_BY_NAME, Fault, Portfolio, Record, Schedule
from synodos.web.agency.keeping import compiler_of
from synodos.web.agency.reading import Found
from synodos.web.records.differing import Difference, differences
from synodos.web.records.wording import kind_words, party_name, title_of

Verdict = Literal["new", "changed", "retracted", "unchanged", "refused"]
ORDER: Final = ("refused", "new", "changed", "retracted", "unchanged")


@dataclasses.dataclass(frozen=True)
class Row:
    """One statement of a file beside what stands: what taking it would do, and why not."""

    kind: str
    id: str
    name: str
    verdict: Verdict
    record: Record | None = None
    changes: tuple[Difference, ...] = ()
    faults: tuple[Fault, ...] = ()
    why: str = ""

    @property
    def key(self) -> str:
        """Kind and id as a form names it."""
        return f"{self.kind}:{self.id}"

    @property
    def kind_words(self) -> str:
        """Its kind as people read it."""
        return kind_words(self.kind)

    @property
    def takable(self) -> bool:
        """Whether it can become a draft."""
        return self.verdict in ("new", "changed", "retracted")


def rows_of(found: Found, agency: str, portfolio: Portfolio, releases: Mapping[str, Any]) -> list[Row]:
    """Return the statements of files beside what an agency sees now, refused ones first.

    Of several statements of one record the latest counts. A schedule keeps what people had added to its activities,
    and who may see each; activities that an earlier file held and this one does not are retracted. `releases` says by
    kind who may see what is new in a schedule, of which its file says nothing.
    """
    refused = [_refused(one) for one in found.statements if one["faults"]]
    built = [_record(one) for one in found.statements if not one["faults"]]
    latest: dict[tuple[str, str], Record] = {}
    for record in sorted(built, key=lambda one: one.as_of.latest):
        latest[record.kind, record.id] = record
    older = [record for record in built if latest[record.kind, record.id] is not record]
    records = _with_additions(list(latest.values()), portfolio, releases)
    rows = [*refused, *(_row(record, agency, portfolio) for record in records), *map(_older, older)]
    return sorted(rows, key=lambda row: ORDER.index(row.verdict))


def sources_for(rows: Sequence[Row], listed: Mapping[str, Any], portfolio: Portfolio) -> dict[str, Any]:
    """Return the sources that rows cite, as far as the files say of them what is not known."""
    cited = dict.fromkeys(key for row in rows if row.record for key in row.record.sources)
    known = portfolio.header.sources
    return {
        key: listed[key]
        for key in cited
        if key in listed
        and (key not in known or known[key].model_dump(mode="json", exclude_defaults=True) != listed[key])
    }


def _record(stated: Mapping[str, Any]) -> Record:
    """Return a statement that was checked as a record."""
    return KIND_BY_NAME[stated["kind"]].model_validate(stated["values"])


def _with_additions(records: list[Record], portfolio: Portfolio, releases: Mapping[str, Any]) -> list[Record]:
    """Return records of which those of schedules keep what people had added to them, and who may see them."""
    files = {record.sources for record in records if isinstance(record, Schedule) and record.file}
    found = list(records)
    for cited in files:
        those = tuple(record for record in records if record.sources == cited)
        first = next(record for record in those if isinstance(record, Schedule))
        day = first.as_of.latest if first.as_of.latest < dt.date.max else portfolio.known_on
        imported = Imported(first.file or "", "", day, cited[0], those)
        before = [record for record in portfolio if record.as_of.latest <= day]
        stated = {
            (record.kind, record.id): record for record in schedule_news(imported, before, keep_release=True).records
        }
        found = [stated.pop((record.kind, record.id), record) for record in found]
        found += stated.values()
        new = {(record.kind, record.id) for record in those if record.id not in portfolio.tables[record.kind]}
        found = [_released(record, releases) if (record.kind, record.id) in new else record for record in found]
    return found


def _released(record: Record, releases: Mapping[str, Any]) -> Record:
    """Return a record for those who see new ones of its kind."""
    release = releases[record.kind]
    return record.model_copy(update={"release": release if isinstance(release, str) else tuple(release)})


def _row(record: Record, agency: str, portfolio: Portfolio) -> Row:
    """Return what taking a record would do."""
    named = (record.kind, record.id, title_of(record))
    now = portfolio.tables[record.kind].get(record.id)
    compiles = compiler_of(portfolio) == agency
    if record.owner != agency and not compiles:
        return Row(*named, "refused", why=f"It is a record of {portfolio.agency_name(record.owner)}, not yours.")
    if now is not None and now.owner != record.owner:
        return Row(*named, "refused", why=f"{portfolio.agency_name(now.owner)} has a record with this id.")
    if record.retracted:
        return Row(*named, "retracted" if now else "unchanged", record)
    changes = differences(now, record, portfolio)
    if now is not None and now.stated_by != record.stated_by:
        why = f"Until now {party_name(now.stated_by, portfolio)} stated it."
        return Row(*named, "changed", record, changes, why=why)
    return Row(*named, "new" if now is None else "changed" if changes else "unchanged", record, changes)


def _refused(stated: Mapping[str, Any]) -> Row:
    """Return a statement that does not fit its kind."""
    faults = tuple(Fault(**{**fault, "chain": ()}) for fault in stated["faults"])
    name = stated["values"].get("name")
    return Row(stated["kind"], stated["id"], name if isinstance(name, str) else "", "refused", faults=faults)


def _older(record: Record) -> Row:
    """Return a statement of which a later one stands in the same files."""
    return Row(record.kind, record.id, title_of(record), "unchanged", why="A later statement of it stands in the file.")
