"""Addresses of reminders."""

from django.urls import URLPattern, path

from synodos.web.reminding import pages

urlpatterns: list[URLPattern] = [
    path("accounts/reminders/", pages.reminders, name="reminders"),
    path("reminders/off/<str:token>/", pages.off, name="reminders-off"),
]
