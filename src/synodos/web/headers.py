"""What every response tells the browser not to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

SOURCES: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",  # the code for an authenticator, and pictures on their way to a file
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
FORBIDDEN: Final = ", ".join(
    f"{feature}=()" for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)
HEADERS: Final = {
    "Content-Security-Policy": "; ".join(f"{what} {allowed}" for what, allowed in SOURCES.items()),
    "Permissions-Policy": FORBIDDEN,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
KEPT_BY_NOBODY: Final = "private, no-cache"
"""A page may be kept by the reader's browser alone, which asks each time whether it still holds."""


def guarded(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Return the middleware that sets the headers; what a view has set itself stays."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", KEPT_BY_NOBODY)
        return response

    return middleware
