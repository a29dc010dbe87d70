"""JSON Schemas of everything that stands in a portfolio's files, generated from the models."""

from __future__ import annotations

from typing import Any, Final

from synodos.language.kinds import KINDS
from synodos.language.portfolio import Header
from synodos.language.record import Part

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each record kind, of the portfolio page and of a file of records, by name."""
    models: dict[str, type[Part]] = {"portfolio": Header, **{kind.kind: kind for kind in KINDS}}
    found = {name: {"$schema": DIALECT, **model.model_json_schema()} for name, model in models.items()}
    found["records"] = _records_schema()
    return found


def _records_schema() -> dict[str, Any]:
    """Return the schema of a file that holds lists of records."""
    lists = {kind.plural: {"type": "array", "items": {"$ref": f"{kind.kind}.json"}} for kind in KINDS}
    return {
        "$schema": DIALECT,
        "title": "Records",
        "description": "A file of a portfolio folder: lists of records under the names of their kinds.",
        "type": "object",
        "properties": {
            "format": {"const": "synodos-records"},
            "version": {"const": 1},
            "defaults": {
                "type": "object",
                "description": "Fields given to every record that does not state them.",
            },
            **lists,
        },
        "required": ["format", "version"],
        "additionalProperties": False,
    }
