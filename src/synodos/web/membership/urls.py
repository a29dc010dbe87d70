"""Addresses of those who take part, and of those who want to."""

from django.urls import URLPattern, path

from synodos.web.membership import pages, taking_part

urlpatterns: list[URLPattern] = [
    path("forum/members/", taking_part.members_page, name="membership"),
    path("membership/apply/", pages.apply, name="apply"),
    path("membership/apply/sent/", pages.sent, name="application-sent"),
    path("membership/own/<str:secret>/", pages.own, name="application-own"),
    path("membership/applications/", pages.applications, name="applications"),
    path("membership/applications/<uuid:key>/", pages.application, name="application"),
    path("membership/applications/<uuid:key>/endorse/", pages.endorse, name="application-endorse"),
    path("membership/applications/<uuid:key>/silence/", pages.silence, name="application-silence"),
    path("membership/applications/<uuid:key>/admit/", pages.admit, name="application-admit"),
    path("membership/applications/<uuid:key>/decline/", pages.decline, name="application-decline"),
    path("membership/applications/<uuid:key>/erase-contact/", pages.erase_contact, name="application-erase-contact"),
]
