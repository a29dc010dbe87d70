"""Answers as they are kept: packed once, with their headers, by the hash of what they rest on."""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from synodos.language import PUBLIC
from synodos.web.masking import masked
from synodos.web.splicing import Spliced, spliced

if TYPE_CHECKING:
    from django.urls import ResolverMatch

MOST_BYTES: Final = 64 * 1024 * 1024
"""What a process keeps, packed."""
LARGEST_BYTES: Final = 32 * 1024 * 1024
"""What is longer is not kept."""
WORTH_PACKING: Final = 1_000
PACKS: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))")
"""What a reader says who can unpack."""
FORM: Final = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
CONFIRMED: Final = ("Cache-Control", "Content-Disposition", "Vary")
"""Headers of an answer that are repeated where it still holds."""
OWN_WISH: Final = ("same-origin", "none")
"""What a browser says where a page of the same address asks, or the reader alone."""
Key = tuple[str, str]
"""For whom it is kept, and the address."""


@dataclass(frozen=True, slots=True)
class Packed:
    """An answer as it is kept.

    Attributes
    ----------
    state : str
        Hash of what it rests on.
    body : bytes or Spliced
        The whole; or what stands round the token of each form, which is new each time.
    packed : bool
        Whether it is compressed.
    headers : dict
        Those that are its own.
    match : ResolverMatch, optional
        Which page it is, for the log.
    viewer : str
        With whose eyes it was made.
    person : int
        For whom, if it names somebody.
    """

    state: str
    body: bytes | Spliced
    packed: bool
    headers: dict[str, str]
    match: ResolverMatch | None = None
    viewer: str = PUBLIC
    person: int = 0

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return self.body.size if isinstance(self.body, Spliced) else len(self.body)

    def given(self, request: HttpRequest) -> HttpResponse:
        """Return the answer for a request, or that it still holds."""
        etag = self.headers.get("ETag", "")
        if etag and holds(request, etag):
            return _confirmed(self.headers)
        if isinstance(self.body, Spliced):
            content = self.body.filled(masked(request.META["CSRF_COOKIE"]).encode())
            small = asks_from_here(request)
        else:
            content, small = self.body, True
        if not self.packed:
            return HttpResponse(content, headers=self.headers)
        if small and PACKS.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return HttpResponse(content, headers={**self.headers, **_of_packed(content, etag)})
        whole = gzip.decompress(content)
        return HttpResponse(whole, headers={**self.headers, "Content-Length": str(len(whole))})


def packed(response: HttpResponse, state: str, match: ResolverMatch | None = None) -> Packed:
    """Return a response that anybody with the same rights may be given, as it is kept."""
    if not response.has_header("ETag"):
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    small = response.content
    if len(small) >= WORTH_PACKING:
        patch_vary_headers(response, ["Accept-Encoding"])
        small = gzip.compress(response.content, compresslevel=6, mtime=0)
    pays = len(small) < len(response.content)
    return Packed(state, small if pays else response.content, pays, dict(response.headers), match)


def with_forms(
    response: HttpResponse, state: str, match: ResolverMatch | None, viewer: str, person: int
) -> Packed | None:
    """Return a page with forms as it is kept for one person; None if its tokens cannot be told from the rest."""
    tokens = set(FORM.findall(response.content))
    if len(tokens) != 1:
        return None
    patch_vary_headers(response, ["Accept-Encoding", "Sec-Fetch-Site"])
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    body = spliced(response.content.split(tokens.pop()))
    return Packed(state, body, packed=True, headers=headers, match=match, viewer=viewer, person=person)


def asks_from_here(request: HttpRequest) -> bool:
    """Return whether the browser says that the reader, or a page of ours, asks: no other site brought the address.

    Only then is a page compressed that not everybody may read: beside what another site could bring into an address,
    what stands in the page could be guessed by its length.
    """
    return request.META.get("HTTP_SEC_FETCH_SITE") in OWN_WISH


def holds(request: HttpRequest, etag: str) -> bool:
    """Return whether who asks has the answer already."""
    held = request.META.get("HTTP_IF_NONE_MATCH", "")
    return bool(held) and etag in [one.removeprefix("W/") for one in parse_etags(held)]  # packing weakens them


def _confirmed(headers: dict[str, str]) -> HttpResponse:
    """Return that an answer still holds."""
    told = {name: headers[name] for name in ("ETag", *CONFIRMED) if name in headers}
    return HttpResponseNotModified(headers=told)


def _of_packed(content: bytes, etag: str) -> dict[str, str]:
    """Return the headers of a compressed body."""
    told = {"Content-Encoding": "gzip", "Content-Length": str(len(content))}
    return {**told, "ETag": f"W/{etag}"} if etag else told


class Pages:
    """The answers that were given last; the oldest go where there is no more room."""

    def __init__(self, most_bytes: int = MOST_BYTES, largest_bytes: int = LARGEST_BYTES) -> None:
        self._most_bytes, self._largest_bytes, self._bytes = most_bytes, largest_bytes, 0
        self._pages: OrderedDict[Key, Packed] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Packed | None:
        """Return what was kept last at a place, whether or not it still holds."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def fits(self, response: HttpResponse) -> bool:
        """Return whether a response may be kept by its length."""
        return len(response.content) <= self._largest_bytes

    def keep(self, key: Key, page: Packed) -> None:
        """Keep an answer in place of an earlier one."""
        with self._lock:
            self._forget(key)
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > self._most_bytes:
                self._forget(next(iter(self._pages)))

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _forget(self, key: Key) -> None:
        """Forget one answer, if it is kept."""
        gone = self._pages.pop(key, None)
        self._bytes -= gone.size if gone else 0


PAGES: Final = Pages()
"""What this process keeps."""
