"""Reading files in a process of its own, so that a hostile one can take nothing but that process down.

Run as `python -m synodos.web.agency.reading`; it takes what to read as JSON and gives what it found as JSON.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from synodos.language import KIND_BY_NAME, Fault, PortfolioError, Source

PIECES: Final = (".yaml", ".yml", ".json", ".xlsx")
"""How files of records end; others are taken for schedules."""
MOST_SECONDS: Final = 120
"""Time after which reading is given up."""


@dataclasses.dataclass(frozen=True)
class Found:
    """What stands in files.

    Attributes
    ----------
    statements : list of dict
        Each with `kind`, `id`, `values` (its fields) and `faults`.
    sources : dict
        Sources as JSON by key.
    faults : list of Fault
        What is wrong with the files themselves.
    notes : list of str
        What the reader has to know.
    """

    statements: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    sources: dict[str, Any] = dataclasses.field(default_factory=dict)
    faults: list[Fault] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)


def read_apart(paths: Sequence[Path], asked: Mapping[str, Any]) -> Found:
    """Return what stands in files, read in a process of its own.

    Parameters
    ----------
    paths : sequence of Path
        Files.
    asked : mapping
        `agency`, who states what they hold, and `compiler`, whether it does so for others; for schedules `as_of`,
        `schedule` and `encoding`, each of which may be empty.
    """
    command = [sys.executable, "-m", "synodos.web.agency.reading"]
    question = json.dumps({"paths": [str(path) for path in paths], **asked})
    try:
        done = subprocess.run(  # noqa: S603 - this very module
            command, input=question, capture_output=True, encoding="utf-8", timeout=MOST_SECONDS, check=False
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        fault = Fault("file.slow", "the file takes too long to be read", expected=f"less than {MOST_SECONDS} seconds")
        return Found(faults=[fault])
    except json.JSONDecodeError:
        fault = Fault("file.unreadable", "the file cannot be read", expected="a file of records or a schedule")
        return Found(faults=[fault])
    faults = [Fault(**fault) for fault in answer.pop("faults")]
    return Found(**answer, faults=faults)


def read_here(paths: Sequence[Path], asked: Mapping[str, Any]) -> Found:
    """Return what stands in files, read in this process."""
    found = Found()
    for path in paths:
        if path.suffix.lower() in PIECES:
            _read_piece(path, asked, found)
        else:
            _read_schedule(path, asked, found)
    return found


def _read_piece(path: Path, asked: Mapping[str, Any], found: Found) -> None:
    """Add what a file of records holds; who states it is the agency, whoever did so before."""
    from synodos.exchange import Stated, check_record, read_piece

    piece = read_piece(path)
    found.faults.extend(piece.faults)
    found.sources.update({key: _plain(source) for key, source in piece.sources.items()})
    kinds = {kind.plural: name for name, kind in KIND_BY_NAME.items()}
    for one in piece.statements:
        values = {"owner": asked["agency"], **one.values, "stated_by": asked["agency"]}
        record, faults = check_record(Stated(one.plural, values, one.place))
        told = _plain(record) if record else values
        faults_told = [dataclasses.asdict(fault) for fault in faults]
        found.statements.append(
            {"kind": kinds[one.plural], "id": str(values.get("id", "")), "values": told, "faults": faults_told}
        )


def _read_schedule(path: Path, asked: Mapping[str, Any], found: Found) -> None:
    """Add what a schedule file holds."""
    from synodos.exchange import read_schedule

    as_of = dt.date.fromisoformat(asked["as_of"]) if asked.get("as_of") else None
    chosen = {name: asked.get(name) or None for name in ("schedule", "encoding")}
    try:
        imported = read_schedule(path, asked["agency"], as_of=as_of, **chosen)
    except PortfolioError as error:
        found.faults.extend(error.faults)
        return
    source = Source(
        title=f"Schedule file {imported.file}", date=imported.as_of, note=f"Imported; form: {imported.form}."
    )
    found.sources[imported.source] = _plain(source)
    found.notes.append(f"{imported.file}: {imported.form}, as of {imported.as_of}.")
    found.notes.extend(f"Not mapped: {one}" for one in imported.unmapped)
    found.notes.extend(imported.notes)
    for record in imported.records:
        found.statements.append({"kind": record.kind, "id": record.id, "values": _plain(record), "faults": []})


def _plain(stated: Any) -> dict[str, Any]:
    """Return a record or a source as JSON holds it."""
    return stated.model_dump(mode="json", exclude_defaults=True)


def main() -> None:
    """Answer the question on standard input."""
    question = json.load(sys.stdin)
    paths = [Path(path) for path in question.pop("paths")]
    sys.stdout.write(json.dumps(dataclasses.asdict(read_here(paths, question))))


if __name__ == "__main__":
    main()
