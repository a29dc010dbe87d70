"""The JSON Schemas that are published: of records, portfolio pages, files and answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pydantic import TypeAdapter

from synodos.language import edition_plan_schema, schemas
from synodos.report.answering.envelope import Envelope
from synodos.report.law.agreements import SHEET
from synodos.report.writing.whole import write_whole

Schema = dict[str, Any]
_ROWS: Final[Schema] = {"type": "array", "items": {"type": "object"}}
_TEXTS: Final[Schema] = {"type": "array", "items": {"type": "string"}}
_PATH: Final[Schema] = {
    "description": "The critical path of a network, and who holds it; what is not named here are tables.",
    "type": "object",
    "properties": {
        "finish": {"description": "When the target, or everything, is finished.", "type": ["string", "null"]},
        "target": {"description": "Id of what has to be finished.", "type": ["string", "null"]},
        "defaults_only": {"description": "Whether every length of work is assumed.", "type": "boolean"},
        "activities": {"description": "Dates and floats of every activity.", **_ROWS},
        "longest_path": {"description": "Ids along the longest path.", "type": "array", "items": {"type": "string"}},
    },
    "required": ["finish", "target", "defaults_only", "activities", "longest_path"],
    "additionalProperties": _ROWS,
}
_TOLD: Final[Mapping[str, Mapping[str, Schema]]] = {
    "schedule-diff": {
        "finish_before": {"description": "Finish of the earlier version.", "type": "string"},
        "finish_after": {"description": "Finish of the later version.", "type": "string"},
    }
}
"""Fields of an answer, by question, that are told as text and not as the engine counts them."""


@cache
def published_schemas() -> Mapping[str, Schema]:
    """Return every published schema by name; those of single questions are named `answer-` and the question.

    They are made once, which takes a second.
    """
    found = {**schemas(), "edition-plan": edition_plan_schema(), "answer": Envelope.model_json_schema()}
    questions = {f"answer-{question}": _wrapped(question, answer) for question, answer in _answers().items()}
    return MappingProxyType(found | questions)


def write_schemas(output: Path) -> None:
    """Write every published schema into a folder.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    output.mkdir(parents=True, exist_ok=True)
    for name, content in published_schemas().items():
        write_whole(output / f"{name}.json", (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode())


def _answers() -> dict[str, Schema]:
    """Return the schema of what the envelope of a question holds, by question."""
    from synodos.coalition import FairShares
    from synodos.report.roadmap.ahead_contents import ToldDates
    from synodos.report.whatif.contents import ToldWhatif
    from synodos.report.worth.contents import ToldWorth
    from synodos.roadmap import (
        AgencyBrief,
        Alignment,
        AnnualReport,
        Backtest,
        Calibration,
        Comparison,
        Edition,
        EditionChanges,
        Readiness,
        Weighing,
    )
    from synodos.schedule import Difference, Health, LaunchPeriods, Risk, Why  # files start without the engines
    from synodos.whatif import Exposure

    values = {
        "schedule-why": Why,
        "schedule-diff": Difference,
        "schedule-health": Health,
        "launch-periods": LaunchPeriods,
        "risk": Risk,
        "shares": FairShares,
        "worth": ToldWorth,
        "whatif": ToldWhatif,
        "exposure": Exposure,
        "readiness": Readiness,
        "align": Alignment,
        "brief": AgencyBrief,
        "annual": AnnualReport,
        "compare": Comparison,
        "edition": Edition,
        "edition-diff": EditionChanges,
        "backtest": Backtest,
        "calibration": Calibration,
        "calendar": ToldDates,
        "weigh": Weighing,
    }
    found = {"schedule-path": _PATH, **{question: _of_value(question, value) for question, value in values.items()}}
    each = _of_value("", Alignment)
    words = "What a scenario makes of the plans of several agencies, those first who could help most."
    found["alignments"] = {"description": words, "$defs": each.pop("$defs"), "type": "array", "items": each}
    found["whatif-compare"] = {
        "description": "Changes side by side, each under its name; each as in the answer of `whatif`.",
        "type": "object",
        "additionalProperties": {"type": "object"},
    }
    return found | _page_answers() | _law_answers() | _forum_answers()


def _page_answers() -> dict[str, Schema]:
    """Return the schemas of the answers that are tables."""
    return {
        "roadmap": {"description": "Missions and elements by destination and date.", **_ROWS},
        "coverage": {"description": "Who provides which capability, and what nobody is named for.", **_ROWS},
        "about": {
            "description": "What a portfolio holds, and how each answer is computed.",
            **_object({"records": _ROWS, "methods": _ROWS, "about": _TEXTS}),
        },
    }


def _law_answers() -> dict[str, Schema]:
    """Return the schemas of the answers on law and agreements."""
    from synodos.law import CloseOutSheet, Explanation, InstrumentNeed, Notification
    from synodos.report.law import contents as told

    values = {
        "law-assess": told.ToldAssessment,
        "law-findings": told.ToldFindings,
        "law-explain": Explanation,
        "law-contested": told.ToldQuestions,
        "law-screen": told.ToldScreening,
        "agreements-list": told.ToldRegister,
        "agreements-watch": told.ToldWatch,
        "agreements-close-out": CloseOutSheet,
    }
    found = {question: _of_value(question, value) for question, value in values.items()}
    need, notification = _of_value("", InstrumentNeed), _of_value("", Notification)
    words = "What each cooperation needs, those first that lack most."
    found["agreements-needed"] = {"description": words, "$defs": need.pop("$defs"), "type": "array", "items": need}
    words = "A draft term sheet, or a draft notification to the United Nations."
    either = [_term_sheet(), {key: part for key, part in notification.items() if key != "$defs"}]
    found["agreements-draft"] = {"description": words, "$defs": notification["$defs"], "oneOf": either}
    return found


def _forum_answers() -> dict[str, Schema]:
    """Return the schemas of the answers on the forum."""
    from synodos.forum import ForumState
    from synodos.report.forum import contents as told

    values = {
        "forum": ForumState,
        "forum-papers": told.ToldPapers,
        "forum-paper": told.ToldPaper,
        "forum-meetings": told.ToldMeetings,
        "forum-meeting": told.ToldMeeting,
        "forum-actions": told.ToldActions,
        "forum-members": told.ToldMembership,
    }
    return {question: _of_value(question, value) for question, value in values.items()}


def _term_sheet() -> Schema:
    """Return the schema of a draft term sheet: texts, lists of texts, and tables."""
    said: Schema = {name: {"type": "string"} for name in ("name", "counsel", "header")}
    said |= dict.fromkeys(("purpose", "unowed", "schedule", "blanks", "notes"), _TEXTS)
    for name, *_, keys, _ in SHEET:
        said[name] = {"type": "array", "items": _object({key: {"type": "string"} for key in keys})}
    return _object(said)


def _object(properties: Schema) -> Schema:
    """Return the schema of a mapping that holds exactly these."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _of_value(question: str, value: type) -> Schema:
    """Return the schema of a value of an engine as JSON holds it: each of its fields, and nothing else."""
    found = TypeAdapter(value).json_schema(mode="serialization")
    for part in (found, *found.get("$defs", {}).values()):
        if part.get("type") == "object":
            part["additionalProperties"] = False
    found["properties"] |= _TOLD.get(question, {})
    return {key: _without_times(part) for key, part in found.items()}


def _without_times(found: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Return a schema in which moments are plain text, since answers state them without a zone."""
    if isinstance(found, dict):
        return {key: _without_times(part) for key, part in found.items() if (key, part) != ("format", "date-time")}
    return [_without_times(part) for part in found] if isinstance(found, list) else found


def _wrapped(question: str, answer: Schema) -> Schema:
    """Return the schema of an answer in its envelope."""
    found = Envelope.model_json_schema()
    inner = {key: part for key, part in answer.items() if key != "$defs"}
    found["title"] = f"Answer of {question}"
    found["description"] = f"An answer of `{question}`: {answer['description'].partition(chr(10))[0]}"
    found["$defs"] |= answer.get("$defs", {})
    found["properties"]["question"] = {"const": question}
    found["properties"]["answer"] = inner
    return found
