"""Addresses of what pages with pictures share."""

from django.urls import path

from synodos.web.showing.library import library

urlpatterns = [path("pictures/<str:name>.js", library, name="showing-library")]
