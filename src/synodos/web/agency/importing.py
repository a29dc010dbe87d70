"""Importing files into drafts: read apart, shown beside what stands, and taken by choice; nothing is declared."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from synodos.language import Fault
from synodos.web.agency.keeping import compiler_of, default_release, draft_values, keep_all, latest
from synodos.web.agency.models import Draft, Upload
from synodos.web.agency.previewing import ORDER, Row, rows_of, sources_for
from synodos.web.agency.reading import PIECES, Found, read_apart
from synodos.web.agency.shapes import SOURCE
from synodos.web.agency.taking_in import faults_of, keep_upload
from synodos.web.runs import queueing
from synodos.web.runs.asking import asked
from synodos.web.runs.files import named
from synodos.web.table import needs

MEGABYTE: Final = 1_000_000
MOST_BYTES: Final = 25 * MEGABYTE
"""What one import may bring."""
MOST_FILES: Final = 20
SCHEDULED: Final = ("calendar", "schedule", "activity")
"""Kinds that schedule files hold."""
LARGE_BYTES: Final = 500_000
"""From here on files are read by the worker: some seconds of work."""
REFUSED: Final = 400
TOO_LARGE: Final = 413
MOST_ROWS: Final = 1_000
"""Rows of one sort that a preview lists; all of them can be taken."""

View = Callable[..., HttpResponse]


def _bounded(view: View) -> View:
    """Refuse what is too large before it is read; the check against forged forms would read it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MOST_BYTES:
            found = f"{int(length) / MEGABYTE:,.1f} MB" if length.isdecimal() else "no length"
            most = f"at most {MOST_BYTES // MEGABYTE} MB"
            fault = Fault("file.too-large", "the files are too large together", found=found, expected=most)
            return _asking(request, [fault], status=TOO_LARGE)
        return csrf_protect(view)(request, *args, **kwargs)

    return guarded


@csrf_exempt
@needs("editor")
@_bounded
@require_http_methods(["GET", "HEAD", "POST"])
def import_files(request: HttpRequest) -> HttpResponse:
    """Ask for files, read them, and keep what they say for a preview."""
    if request.method != "POST":
        return _asking(request, [])
    faults = _misasked(request)
    if faults:
        return _asking(request, faults, status=REFUSED)
    files, how = request.FILES.getlist("files"), _asked(request)
    if _takes_long(files) and queueing.somebody_works():
        return _left_to_the_worker(request, files, how)
    with _stored(request) as paths:
        found = read_apart(paths, how)
    if faults := faults_of(found):
        return _asking(request, faults, status=REFUSED)
    kept = keep_upload(found, how["agency"], request.user.pk, [file.name for file in files])
    return redirect("agency-import-preview", kept.pk)


def _takes_long(files: list[UploadedFile]) -> bool:
    """Return whether files are read by the worker, so that nobody waits for the page."""
    return sum(file.size or 0 for file in files) > LARGE_BYTES


def _left_to_the_worker(request: HttpRequest, files: list[UploadedFile], how: dict[str, Any]) -> HttpResponse:
    """Put the reading of files into the queue, and lead to how far it is; its preview comes afterwards."""
    sent = [(file.name or "file", file.read()) for file in files]
    parameters = {**how, "files": named(sent), "asked_at": timezone.now().isoformat()}
    return asked(request, "import", parameters, request.path, files=sent)


@needs("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, upload_id: object) -> HttpResponse:
    """Show what files would change, and take what is chosen into drafts."""
    kept = Upload.objects.filter(pk=upload_id, agency=request.table.agency, person=request.user).first()
    if kept is None:
        raise Http404
    found = Found(**json.loads(kept.content))
    portfolio = latest(request)
    releases = {kind: default_release(kind, request.table.agency) for kind in SCHEDULED}
    rows = rows_of(found, request.table.agency, portfolio, releases)
    if request.method == "POST":
        return _take(request, kept, rows, found, portfolio)
    drafted = set(Draft.objects.filter(agency=request.table.agency).values_list("kind", "record_id"))
    counts = Counter(row.verdict for row in rows)
    context = {
        "title": gettext("What the files would change"),
        "lead": ", ".join(f"{counts[verdict]} {verdict}" for verdict in ORDER if counts[verdict]).capitalize() + ".",
        "names": kept.names,
        "notes": found.notes,
        "groups": [_group(verdict, rows, drafted) for verdict in ORDER if counts[verdict]],
        "sources": sources_for([row for row in rows if row.takable], found.sources, portfolio),
        "takable": any(row.takable for row in rows),
    }
    return render(request, "agency/preview.html", context)


def _group(verdict: str, rows: list[Row], drafted: set[tuple[str, str]]) -> dict[str, Any]:
    """Return the rows of one verdict, as far as a page lists them."""
    those = [row for row in rows if row.verdict == verdict]
    listed = [{"row": row, "drafted": (row.kind, row.id) in drafted} for row in those[:MOST_ROWS]]
    return {"verdict": verdict, "rows": listed, "more": len(those) - len(listed), "count": len(those)}


def _take(request: HttpRequest, kept: Upload, rows: list[Row], found: Found, portfolio: Any) -> HttpResponse:
    """Take what was chosen into drafts, with the sources that it cites."""
    chosen = set(request.POST.getlist("take"))
    every = request.POST.get("do") == "all"
    taken = [row for row in rows if row.takable and row.record and (every or row.key in chosen)]
    if not taken:
        messages.error(request, gettext("Nothing was chosen, so nothing was taken."))
        return redirect("agency-import-preview", kept.pk)
    own = request.table.agency
    values = {(row.kind, row.id): draft_values(row.record, own) for row in taken if row.record}
    sources = {(SOURCE, key): source for key, source in sources_for(taken, found.sources, portfolio).items()}
    keep_all(request, {**sources, **values}, portfolio)
    kept.delete()
    told = ngettext(
        "%d draft is kept. Nothing is declared yet.", "%d drafts are kept. Nothing is declared yet.", len(taken)
    )
    messages.success(request, told % len(taken))
    return redirect("agency-drafts")


def _asking(request: HttpRequest, faults: list[Fault], status: int = 200) -> HttpResponse:
    """Return the page that asks for files, with what is wrong with those that were given."""
    context = {
        "title": gettext("Import"),
        "faults": [(fault, "") for fault in faults[:MOST_ROWS]],
        "most": MOST_BYTES // MEGABYTE,
        "pieces": ", ".join(PIECES),
    }
    return render(request, "agency/import.html", context, status=status)


def _misasked(request: HttpRequest) -> list[Fault]:
    """Return what is wrong with what was asked, before any file is read."""
    files = request.FILES.getlist("files")
    if not files or len(files) > MOST_FILES:
        return [
            Fault("import.files", "choose the files to import", found=str(len(files)), expected=f"1 to {MOST_FILES}")
        ]
    as_of = request.POST.get("as_of", "")
    try:
        if as_of:
            dt.date.fromisoformat(as_of)
    except ValueError:
        return [
            Fault("import.as-of", "the date of the statement is none", found=as_of[:40], expected="such as 2026-04-01")
        ]
    return []


def _asked(request: HttpRequest) -> dict[str, Any]:
    """Return how files are to be read, and for whom."""
    given: Mapping[str, str] = request.POST
    how = {name: given.get(name, "").strip() for name in ("as_of", "schedule", "encoding")}
    compiles = compiler_of(latest(request)) == request.table.agency
    return {**how, "agency": request.table.agency, "compiler": compiles}


@contextmanager
def _stored(request: HttpRequest) -> Iterator[list[Path]]:
    """Give the files that were sent as files in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="synodos-import-") as folder:
        paths = []
        for number, file in enumerate(request.FILES.getlist("files")):
            place = Path(folder) / str(number)
            place.mkdir()
            path = place / (re.sub(r"[^\w. -]+", "_", Path(file.name).name)[-120:].strip(". ") or "file")
            with path.open("wb") as stored:
                for chunk in file.chunks():
                    stored.write(chunk)
            paths.append(path)
        yield paths
