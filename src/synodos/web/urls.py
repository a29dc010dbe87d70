"""Every address of the table."""

from django.urls import URLPattern, URLResolver, include, path

from synodos.web.api import pages
from synodos.web.api.v1 import api

handler400 = "synodos.web.errors.bad_request"
handler403 = "synodos.web.errors.forged"
handler404 = "synodos.web.errors.not_found"
handler429 = "synodos.web.errors.too_many"
handler500 = "synodos.web.errors.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("accounts/programs/", pages.programs, name="programs"),
    path("accounts/programs/<int:key>/take-back/", pages.take_back, name="program-taken-back"),
    path("", include("synodos.web.feeds.urls")),
    path("", include("synodos.web.reminding.urls")),
    path("", include("synodos.web.membership.urls")),
    path("accounts/", include("synodos.web.accounts.urls")),
    path("", include("synodos.web.agency.urls")),
    path("", include("synodos.web.records.urls")),
    path("", include("synodos.web.runs.urls")),
    path("", include("synodos.web.editions.urls")),
    path("", include("synodos.web.forum.urls")),
    path("", include("synodos.web.pages.urls")),
]
