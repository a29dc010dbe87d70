"""Addresses of editions."""

from django.urls import path

from synodos.web.editions import deciding, views

app_name = "editions"
urlpatterns = [
    path("editions/", views.editions_page, name="editions"),
    path("editions/changes/", views.changes_page, name="changes"),
    path("editions/build/", deciding.plan_page, name="build"),
    path("editions/<str:key>/publish/", deciding.publish_page, name="publish"),
    path("editions/<str:key>/discard/", deciding.discard_page, name="discard"),
    path("editions/<str:key>/withdraw/", deciding.withdraw_page, name="withdraw"),
    path("editions/<str:key>/", views.edition_page, name="edition"),
    path("editions/<str:key>/all.zip", views.bundle_page, name="bundle"),
    path("editions/<str:key>/files/<path:name>", views.file_page, name="file"),
]
