"""Files that a question rests on: kept with its run, and laid out in a folder for what works on it."""

from __future__ import annotations

import hashlib
import re
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from synodos.web.runs.models import Run, RunFile

Sent = Sequence[tuple[str, bytes]]
"""Names and contents of files, in the order in which they were sent."""
LONGEST_NAME: Final = 120


def named(sent: Sent) -> list[dict[str, str]]:
    """Return what of files stands among the parameters of a question: the same files, the same question."""
    return [{"name": plain_name(name), "sha256": hashlib.sha256(content).hexdigest()} for name, content in sent]


def keep(run: Run, sent: Sent) -> None:
    """Keep the files of a run; they go with it."""
    RunFile.objects.bulk_create(
        RunFile(run=run, place=place, name=plain_name(name), content=content)
        for place, (name, content) in enumerate(sent)
    )


def kept(run: Run) -> list[tuple[str, bytes]]:
    """Return the files of a run."""
    return [(file.name, bytes(file.content)) for file in run.files.all()]


@contextmanager
def laid_out(key: uuid.UUID | str) -> Iterator[list[Path]]:
    """Give the files of a run as files, each in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="synodos-run-") as folder:
        paths = []
        for file in RunFile.objects.filter(run_id=key):
            path = Path(folder) / str(file.place) / file.name
            path.parent.mkdir()
            path.write_bytes(bytes(file.content))
            paths.append(path)
        yield paths


def plain_name(name: str) -> str:
    """Return the name of a file with nothing in it that leads elsewhere."""
    return re.sub(r"[^\w. -]+", "_", Path(name).name)[-LONGEST_NAME:].strip(". ") or "file"
