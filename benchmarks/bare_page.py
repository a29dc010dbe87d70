"""The least that a page of Django does: one view, one query, one line of text, no middleware."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

PERSISTENT_S = 60
settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["SYNODOS_DATABASE"],
            "CONN_MAX_AGE": PERSISTENT_S,
        }
    },
)
django.setup()


def page(_request: HttpRequest) -> HttpResponse:
    """Return a page with what one query finds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM ledger_storedentry ORDER BY id LIMIT 1")
        (found,) = cursor.fetchone()
    return HttpResponse(f"<!DOCTYPE html><title>Bare</title><p>{found}")


urlpatterns = [path("", page)]
application = get_wsgi_application()
