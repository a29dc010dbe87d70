"""The way from page to page, and what else stands round every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from synodos.web.accounts.roles import OF_AN_AGENCY, Role
from synodos.web.table import KEPT


@dataclass(frozen=True)
class Place:
    """A page in the navigation; `roles` are those that see it, if not all do."""

    title: str | Promise
    path: str
    roles: tuple[Role, ...] = ()


PLACES: Final = (
    Place(_("Roadmap"), "/"),
    Place(_("Scenarios"), "/scenarios/"),
    Place(_("Editions"), "/editions/"),
    Place(_("Opportunities"), "/opportunities/"),
    Place(_("Dependence"), "/dependence/"),
    Place(_("Schedule and risk"), "/schedule/"),
    Place(_("Calendar"), "/calendar/"),
    Place(_("What if"), "/what-if/"),
    Place(_("Law"), "/law/"),
    Place(_("Agreements"), "/agreements/"),
    Place(_("Worth"), "/worth/"),
    Place(_("Forum"), "/forum/"),
    Place(_("Records"), "/records/"),
    Place(_("My agency"), "/agency/", OF_AN_AGENCY),
    Place(_("About"), "/about/"),
)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return what the base template shows round every page; nothing for a request that came to no table."""
    table = getattr(request, "table", None)
    if table is None:
        return {}
    others = [(name, value) for name, values in request.GET.lists() if name != KEPT for value in values]
    return {
        "table": table,
        "places": [
            {"title": place.title, "address": table.link(place.path), "here": here(place.path, request.path)}
            for place in PLACES
            if not place.roles or table.role in place.roles
        ],
        "home": table.link("/"),
        "other_parameters": others,
        "today": f"?{urlencode(others)}",
    }


def here(place: str, path: str) -> str:
    """Return the value of `aria-current` for a place: `page`, `true` for a page within it, or nothing."""
    if place == path:
        return "page"
    return "true" if place != "/" and path.startswith(place) else ""
