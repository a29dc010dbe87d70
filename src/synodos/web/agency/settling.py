"""Settings of an agency: who may see its new records, unless their authors say otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from synodos.language import KIND_BY_NAME
from synodos.web.agency.keeping import default_release, latest
from synodos.web.agency.models import DefaultRelease
from synodos.web.records.wording import kind_words
from synodos.web.table import needs

WORDS = ("private", "members", "public")
"""Releases that are a word; all others are lists of agencies."""
REFUSED = 400


@needs("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show and change who may see new records of each kind."""
    portfolio, own = latest(request), request.table.agency
    problems: dict[str, str] = {}
    if request.method == "POST":
        given = {kind: _release(request.POST, kind) for kind in KIND_BY_NAME}
        problems = {kind: _problem(release, set(portfolio.agencies)) for kind, release in given.items()}
        if not any(problems.values()):
            for kind, release in given.items():
                named = {"agency": own, "kind": kind}
                DefaultRelease.objects.update_or_create(**named, defaults={"release": json.dumps(release)})
            messages.success(request, gettext("Kept. Drafts that were begun before stay as they are."))
            return redirect("agency-settings")
    rows = [_row(kind, default_release(kind, own), request, problems) for kind in KIND_BY_NAME]
    agencies = [(key, agency.name) for key, agency in portfolio.agencies.items() if key != own]
    context = {"title": gettext("Who sees our new records"), "rows": rows, "words": WORDS, "agencies": agencies}
    return render(request, "agency/settings.html", context, status=REFUSED if problems else 200)


def _release(given: Mapping[str, str], kind: str) -> str | list[str]:
    """Return the release that a form gives for a kind: a word, or agencies."""
    word = given.get(f"{kind}-release", "private")
    named = [name.strip() for name in given.get(f"{kind}-agencies", "").split(",") if name.strip()]
    return word if word in WORDS else list(dict.fromkeys(named))


def _problem(release: str | list[str], known: set[str]) -> str:
    """Say what is wrong with a release; nothing where nothing is."""
    if isinstance(release, str):
        return ""
    unknown = [name for name in release if name not in known]
    if unknown:
        return f"No agency that you may see has the id {', '.join(unknown)}."
    return "" if release else "Name at least one agency, or choose “private”."


def _row(kind: str, release: Any, request: HttpRequest, problems: dict[str, str]) -> dict[str, object]:
    """Return the setting of one kind as the form shows it."""
    if request.method == "POST":
        release = _release(request.POST, kind)
    listed = not isinstance(release, str)
    return {
        "kind": kind,
        "words": kind_words(KIND_BY_NAME[kind].plural).capitalize(),
        "word": "list" if listed else release,
        "agencies": ", ".join(release) if listed else request.POST.get(f"{kind}-agencies", ""),
        "problem": problems.get(kind, ""),
    }
