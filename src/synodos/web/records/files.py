"""Records as files: one as YAML or JSON, many as a table."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.http import HttpResponse

from synodos.exchange import record_text
from synodos.language import Portfolio, Record
from synodos.report import Table
from synodos.web.records.finding import release_of, status_of
from synodos.web.records.wording import party_name, title_of

MEDIA = {"yaml": "application/yaml; charset=utf-8", "json": "application/json"}
"""Forms in which one record is given."""


def record_file(record: Record, form: str) -> HttpResponse:
    """Return one record as the viewer sees it, as a file of `yaml` or `json`."""
    values = record.model_dump(mode="json", exclude_defaults=True)
    whole = {"format": "synodos-records", "version": 1, record.plural: [values]}
    text = record_text(whole) if form == "yaml" else json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    headers = {
        "Content-Disposition": f'attachment; filename="{record.kind}-{record.id}.{form}"',
        "Cache-Control": "private, no-cache",
        "Vary": "Cookie",
    }
    return HttpResponse(text, content_type=MEDIA[form], headers=headers)


def records_table(records: Sequence[Record], portfolio: Portfolio) -> Table:
    """Return records as a table for export."""
    columns = ("record", "kind", "name", "owner", "status", "as of", "release", "stated by", "confidence", "unverified")
    rows = tuple(
        (
            f"{record.kind}:{record.id}",
            record.kind,
            title_of(record),
            party_name(record.owner, portfolio),
            status_of(record) or None,
            record.as_of.text,
            release_of(record),
            record.stated_by,
            record.confidence,
            record.rests_on_unverified,
        )
        for record in records
    )
    return Table("records", "Records", columns, rows)
