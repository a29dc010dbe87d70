"""The script that makes pictures interactive, under an address that changes with it."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse

from synodos.report import picture_script

FOR_EVER: Final = "public, max-age=31536000, immutable"


@cache
def library_name() -> str:
    """Return the stamp in the address of the script: the release of what it is made with."""
    return f"vega-{version('vl-convert-python')}"


def library(request: HttpRequest, name: str) -> HttpResponse:
    """Give the script; browsers keep it."""
    if name != library_name():
        raise Http404
    return HttpResponse(
        picture_script(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": FOR_EVER}
    )
