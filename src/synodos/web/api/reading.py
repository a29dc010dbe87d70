"""Portfolios, records and their history."""

import re
from typing import Any, Final, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from synodos.language import KIND_BY_NAME, History, Record
from synodos.web.api.problems import Problem
from synodos.web.api.stamping import stamped, stamped_by_content
from synodos.web.records.finding import Asked, found
from synodos.web.records.tracing import traces

router: Final = Router(tags=["records"])
REFUSALS: Final = {frozenset({400, 401, 403, 404, 422, 429}): Problem}
DAY_TOLD: Final = "Synodos-Known-On"
"""Heading with the day of which a file tells: its header holds the one that was declared."""
DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
ID: Final = r"^[a-z0-9][a-z0-9-]{0,119}$"


class OnADay(Schema):
    """The day of knowledge; the latest where it is not given."""

    on: str | None = Field(None, pattern=DAY, description="Day of knowledge, as 2011-09-30; default: the latest.")


class Listing(OnADay):
    """Which records, and from where on."""

    q: str = Field("", max_length=200, description="Words that stand in a record.")
    kind: str = Field("", max_length=40, description="Kind, as mission.")
    owner: str = Field("", max_length=120, description="Id of the agency whose plan it is.")
    status: str = Field("", max_length=80)
    release: str = Field("", max_length=80)
    limit: int = Field(100, ge=1, le=500, description="Records at a time.")
    after: str = Field("", max_length=200, description="`next` of the answer before.")


class Known(Schema):
    """Which portfolio was looked at: its hash changes whenever anything in it does."""

    id: str
    title: str
    known_on: str
    viewer: str
    sha256: str
    records: int


class OneRecord(Schema):
    """A record by kind, with its fields; see the schema of its kind in the documentation."""

    kind: str
    id: str
    record: dict[str, Any]


class Records(Schema):
    """Some records, in the order of kinds and ids."""

    portfolio: Known
    found: int
    records: list[OneRecord]
    next: str | None = Field(
        None, description="What to give as `after` for those that follow; null: these were the last."
    )


class Statement(Schema):
    """One statement of a record."""

    act: Literal["declared", "revised", "retracted"]
    as_of: str
    stated_by: str
    audience: str
    number: int
    hash: str
    key: str = Field(description="Public key with which it was signed, in hexadecimal.")
    record: dict[str, Any]


class Statements(Schema):
    """How a record came to read as it does, oldest statement first."""

    portfolio: Known
    kind: str
    id: str
    statements: list[Statement]


def known(request: HttpRequest) -> dict[str, object]:
    """Return which portfolio is looked at."""
    portfolio = request.table.portfolio
    return {
        "id": portfolio.header.id,
        "title": portfolio.header.title,
        "known_on": portfolio.known_on.isoformat(),
        "viewer": portfolio.viewer or "",
        "sha256": portfolio.sha256,
        "records": len(portfolio),
    }


@router.get(
    "/portfolio", response={200: Known, **REFUSALS}, summary="Which portfolio is on the table", url_name="portfolio"
)
@stamped
def portfolio_named(request: HttpRequest, asked: Query[OnADay]) -> dict[str, object]:
    """Name the portfolio of a day, as the token sees it."""
    return known(request)


@router.get(
    "/portfolio/file",
    response={200: dict[str, Any], **REFUSALS},
    summary="The whole portfolio as one file",
    url_name="portfolio-file",
)
@stamped
def portfolio_file(request: HttpRequest, asked: Query[OnADay]) -> HttpResponse:
    """Give the portfolio of a day as the file that every command reads."""
    from synodos.exchange import portfolio_json

    portfolio = request.table.portfolio
    history = History(portfolio.header, tuple(portfolio))
    response = HttpResponse(portfolio_json(history), content_type="application/json")
    response.headers[DAY_TOLD] = portfolio.known_on.isoformat()
    return response


@router.get("/records", response={200: Records, **REFUSALS}, summary="Records, some at a time", url_name="records")
@stamped
def records(request: HttpRequest, asked: Query[Listing]) -> dict[str, object]:
    """List records by words, kind, owner, status and release."""
    chosen = found(
        request.table.portfolio, Asked(asked.q.strip(), asked.kind, asked.owner, asked.status, asked.release, "kind")
    )
    chosen.sort(key=_key)
    start = 0
    if asked.after:
        kind, _separator, record_id = asked.after.partition(":")
        start = sum(_key(one) <= (kind, record_id) for one in chosen)
    page = chosen[start : start + asked.limit]
    more = start + asked.limit < len(chosen)
    return {
        "portfolio": known(request),
        "found": len(chosen),
        "records": [_told(one) for one in page],
        "next": f"{page[-1].kind}:{page[-1].id}" if more else None,
    }


@router.get(
    "/records/{kind}/{record_id}", response={200: OneRecord, **REFUSALS}, summary="One record", url_name="record"
)
@stamped
def record(request: HttpRequest, kind: str, record_id: str, asked: Query[OnADay]) -> dict[str, object]:
    """Give one record; one that is hidden and one that is not there are the same."""
    one = request.table.portfolio.tables.get(kind, {}).get(record_id)
    if one is None:
        raise Http404
    return _told(one)


@router.get(
    "/records/{kind}/{record_id}/history",
    response={200: Statements, **REFUSALS},
    summary="Every statement of a record",
    url_name="record-history",
)
@stamped_by_content
def history(request: HttpRequest, kind: str, record_id: str, asked: Query[OnADay]) -> dict[str, object]:
    """Give every statement of a record that the token may see, oldest first."""
    portfolio = request.table.portfolio
    named = kind in KIND_BY_NAME and re.fullmatch(ID, record_id)  # a database fails at what no text of its can hold
    told = traces(kind, record_id, portfolio) if named else ()
    if not told:
        raise Http404
    statements = [
        {
            "act": one.act, "as_of": one.as_of, "stated_by": one.record.stated_by, "audience": one.audience,
            "number": one.number, "hash": one.hash, "key": one.key, "record": plain(one.record),
        }
        for one in told
    ]  # fmt: skip
    return {"portfolio": known(request), "kind": kind, "id": record_id, "statements": statements}


def plain(record: Record) -> dict[str, Any]:
    """Return the fields of a record, without those that are empty."""
    return record.model_dump(mode="json", exclude_defaults=True)


def _told(one: Record) -> dict[str, object]:
    """Return a record as it is listed."""
    return {"kind": one.kind, "id": one.id, "record": plain(one)}


def _key(record: Record) -> tuple[str, str]:
    """Return the place of a record among all."""
    return record.kind, record.id
