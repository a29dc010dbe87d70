"""Every address of the table."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "synodos.web.errors.bad_request"
handler403 = "synodos.web.errors.forged"
handler404 = "synodos.web.errors.not_found"
handler429 = "synodos.web.errors.too_many"
handler500 = "synodos.web.errors.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("synodos.web.accounts.urls")),
    path("", include("synodos.web.agency.urls")),
    path("", include("synodos.web.records.urls")),
    path("", include("synodos.web.runs.urls")),
    path("", include("synodos.web.pages.urls")),
]
