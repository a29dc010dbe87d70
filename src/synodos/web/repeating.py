"""Pages that strangers asked for before, given again by the hash of what they rest on, without being made anew."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from synodos.language import PUBLIC

PURE: Final = frozenset({"roadmap", "opportunities", "dependence", "coverage", "missions", "dossier"})
"""Pages that rest on the portfolio and the address alone: not on the day, nor on drafts, runs or editions."""
MOST_BYTES: Final = 64 * 1024 * 1024
"""What a process keeps."""
LARGEST_BYTES: Final = 2 * 1024 * 1024
"""What is longer is not kept."""
Key = tuple[str, str]


class Pages:
    """The pages that were given last, each with its headers; the oldest go where there is no more room."""

    def __init__(self, most_bytes: int = MOST_BYTES, largest_bytes: int = LARGEST_BYTES) -> None:
        self._most_bytes, self._largest_bytes, self._bytes = most_bytes, largest_bytes, 0
        self._pages: OrderedDict[Key, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> HttpResponse | None:
        """Return a page that is at hand."""
        with self._lock:
            if key not in self._pages:
                return None
            self._pages.move_to_end(key)
            content, headers = self._pages[key]
        return HttpResponse(content, headers=headers)

    def keep(self, key: Key, response: HttpResponse) -> None:
        """Keep a page."""
        if len(response.content) > self._largest_bytes:
            return
        with self._lock:
            self._forget(key)
            self._pages[key] = response.content, dict(response.headers)
            self._bytes += len(response.content)
            while self._bytes > self._most_bytes:
                self._forget(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _forget(self, key: Key) -> None:
        """Forget one page, if it is kept."""
        content, _ = self._pages.pop(key, (b"", {}))
        self._bytes -= len(content)


PAGES: Final = Pages()


class repeated:  # noqa: N801 - named as the other middleware, which are functions
    """The middleware that gives a page again.

    Only to those who show no cookie, and who look with the eyes of the public: what somebody may see is never kept for
    another.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what responds."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Respond, and keep what may be given again."""
        response = self.respond(request)
        key = getattr(request, "repeats", None)
        if key is not None and _may_be_kept(request, response):
            if not response.has_header("ETag"):
                response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            PAGES.keep(key, response)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Give the page, if it is at hand and still holds."""
        if not _asks_as_the_public(request):
            return None
        key = request.table.portfolio.sha256, f"{request.get_host()} {request.get_full_path()}"
        kept = PAGES.get(key)
        if kept is None:
            request.repeats = key
            return None
        return get_conditional_response(request, etag=kept.get("ETag"), response=kept)


def _asks_as_the_public(request: HttpRequest) -> bool:
    """Return whether a stranger asks for a page that rests on the portfolio alone."""
    match = request.resolver_match
    asked = request.method == "GET" and match is not None and match.url_name in PURE and not request.COOKIES
    return asked and "HX-Request" not in request.headers and request.table.viewer == PUBLIC


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether a page is whole, and says nothing that is meant for one reader alone."""
    if response.status_code != 200 or response.streaming or response.cookies:  # noqa: PLR2004 - OK
        return False
    return not request.META.get("CSRF_COOKIE") and not request.session.modified
