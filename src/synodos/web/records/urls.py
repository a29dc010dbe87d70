"""Addresses of records."""

from django.urls import URLPattern, path

from synodos.web.records import views

urlpatterns: list[URLPattern] = [
    path("records/", views.records, name="records"),
    path("records/<str:kind>/<str:record_id>/", views.record, name="record"),
]
