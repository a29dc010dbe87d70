"""Addresses of calendars for programs."""

from django.urls import URLPattern, path

from synodos.web.feeds import giving, pages

urlpatterns: list[URLPattern] = [
    path("accounts/feeds/", pages.feeds, name="feeds"),
    path("accounts/feeds/<int:key>/take-back/", pages.take_back, name="feed-taken-back"),
    path("feeds/<str:secret>/calendar.ics", giving.feed, name="feed"),
]
