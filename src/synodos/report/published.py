"""The JSON Schemas that are published: of records, portfolio pages, files and answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from synodos.language import schemas
from synodos.report.envelope import Envelope
from synodos.report.writing import write_whole


def published_schemas() -> dict[str, dict[str, Any]]:
    """Return every published schema by name."""
    return {**schemas(), "answer": Envelope.model_json_schema()}


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
