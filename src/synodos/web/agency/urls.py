"""Addresses of what an agency prepares and declares."""

from django.urls import URLPattern, path

from synodos.web.agency import changing, declaring, desk, editing, importing, settling
from synodos.web.agency.keeping import of_today

urlpatterns: list[URLPattern] = [
    path("agency/", of_today(desk.agency), name="agency"),
    path("agency/drafts/", of_today(desk.drafts), name="agency-drafts"),
    path("agency/drafts/new/", of_today(editing.new), name="agency-new"),
    path("agency/drafts/<str:kind>/<str:record_id>/", of_today(editing.draft), name="agency-draft"),
    path("agency/drafts/<str:kind>/<str:record_id>/discard/", of_today(editing.discard), name="agency-discard"),
    path("agency/revise/<str:kind>/<str:record_id>/", of_today(editing.revise), name="agency-revise"),
    path("agency/declare/", of_today(declaring.declare), name="agency-declare"),
    path("agency/import/", of_today(importing.import_files), name="agency-import"),
    path("agency/import/<uuid:upload_id>/", of_today(importing.preview), name="agency-import-preview"),
    path("agency/changes/", of_today(changing.changes), name="agency-changes"),
    path("agency/settings/", of_today(settling.settings), name="agency-settings"),
]
