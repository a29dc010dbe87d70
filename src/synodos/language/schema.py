"""JSON Schemas of everything that stands in a portfolio's files, generated from the models."""

from __future__ import annotations

from typing import Any, Final

from pydantic.json_schema import models_json_schema

from synodos.language.edition import EditionPlan
from synodos.language.kinds import KINDS
from synodos.language.portfolio import Header
from synodos.language.record import Record

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of `portfolio.yaml`, of each record kind, and of a file of records, by name."""
    kinds = {kind.kind: {"$schema": DIALECT, **kind.model_json_schema()} for kind in KINDS}
    return {"portfolio": _page_schema(), **kinds, "records": _records_schema()}


def edition_plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of the plan of an edition, with the format and version of its file."""
    plan = EditionPlan.model_json_schema()
    plan["properties"] = {**_form("synodos-edition-plan"), **plan["properties"]}
    plan["required"] = ["format", "version", *plan["required"]]
    return {"$schema": DIALECT, **plan}


def _page_schema() -> dict[str, Any]:
    """Return the schema of `portfolio.yaml`: the page, with the format and version of the file."""
    page = Header.model_json_schema()
    page["properties"] = {**_form("synodos-portfolio"), **page["properties"]}
    page["required"] = ["format", "version", *page["required"]]
    return {"$schema": DIALECT, **page}


def _records_schema() -> dict[str, Any]:
    """Return the schema of a file that holds lists of records.

    Fields that every kind has are not required in it, for they may stand among the file's defaults.
    """
    listed: list[type[Record]] = [Record, *KINDS]
    _, found = models_json_schema([(model, "validation") for model in listed])
    models = found["$defs"]
    for kind in KINDS:
        own = models[kind.__name__]
        own["required"] = [name for name in own["required"] if name == "id" or name not in Record.model_fields]
    defaults = models.pop(Record.__name__)["properties"]
    del defaults["id"]
    lists = {kind.plural: {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}} for kind in KINDS}
    return {
        "$schema": DIALECT,
        "$defs": models,
        "title": "Records",
        "description": "A file of a portfolio folder: lists of records under the names of their kinds.",
        "type": "object",
        "properties": {
            **_form("synodos-records"),
            "defaults": {
                "type": "object",
                "description": "Fields given to every record that does not state them.",
                "properties": defaults,
                "additionalProperties": False,
            },
            **lists,
        },
        "required": ["format", "version"],
        "additionalProperties": False,
    }


def _form(name: str) -> dict[str, Any]:
    """Return the properties by which a file says what it is."""
    return {"format": {"const": name}, "version": {"const": 1}}
