"""Keeping what was read from files until somebody looks at it; large files are read by the worker."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from synodos.language import Fault, Portfolio, PortfolioError
from synodos.report import counted, header_line
from synodos.web.agency.models import Upload
from synodos.web.agency.reading import Found, read_here
from synodos.web.runs.answering import Led
from synodos.web.runs.models import Run
from synodos.web.showing.told import Told

KEPT_DAYS: Final = 1
"""Days for which what was read is kept."""
LONGEST_NAMES: Final = 1_000


def faults_of(found: Found) -> list[Fault]:
    """Return what keeps files from being taken: their faults, or that nothing stands in them."""
    if found.faults or found.statements or found.sources:
        return found.faults
    return [Fault("file.empty", "there are no records in the files", expected="lists of records, or a schedule")]


def keep_upload(found: Found, agency: str, person: int, names: Sequence[str]) -> Upload:
    """Keep what stands in files for a preview; what was kept longer than a day is forgotten."""
    day = timezone.now() - dt.timedelta(days=KEPT_DAYS)
    Upload.objects.filter(made_at__lt=day).delete()
    content = json.dumps(dataclasses.asdict(found))
    return Upload.objects.create(
        agency=agency, person_id=person, names=", ".join(names)[:LONGEST_NAMES], content=content
    )


def take_in(portfolio: Portfolio, asked: Mapping[str, Any], say: Callable[[float | None, str], None]) -> Led:
    """Read the files of a run, and keep what they say for a preview.

    Raises
    ------
    PortfolioError
        With what is wrong with the files.
    """
    say(None, "Files are read")
    found = read_here(asked["paths"], asked)
    if faults := faults_of(found):
        raise PortfolioError(faults)
    run = Run.objects.get(pk=asked["run"])
    names = [file["name"] for file in asked["files"]]
    kept = keep_upload(found, asked["agency"], run.asked_by_id, names)
    run.files.all().delete()
    stated = counted(len(found.statements), "statement")
    lead = f"{stated} from {', '.join(names)}: see what they would change."
    told = Told(title="Files were read", lead=lead, header=header_line(portfolio), notes=tuple(found.notes))
    return Led(told, reverse("agency-import-preview", args=[kept.pk]))
