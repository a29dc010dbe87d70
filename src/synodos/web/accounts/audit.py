"""The log of what happened: who came in, who took data out, whose rights changed."""

from __future__ import annotations

from functools import lru_cache

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from synodos.web.accounts.models import LogEntry, Person

Event = LogEntry.Event


def note(request: HttpRequest | None, event: str, *, about: str = "", person: Person | None = None) -> LogEntry | None:
    """Enter something into the log, and return what was entered.

    Parameters
    ----------
    request : HttpRequest, optional
        What was asked, which says from where; none for what the machine does itself.
    event : str
        One of `LogEntry.Event`, such as `exported` or `declared`.
    about : str
        What it was about: addresses and ids of records; no content and no personal data. Of what an agency takes out
        or declares, only its own signatories read it; others read which page it was, and the format.
    person : Person, optional
        Who did it, if it is not who asks. Exports by the public are not noted: there is nobody to name.
    """
    asks = getattr(request, "user", None)
    who = person or (asks if asks is not None and asks.is_authenticated else None)
    if who is None and event == Event.EXPORTED:
        return None
    return LogEntry.objects.create(
        event=event,
        user=who,
        person=who.pk if who else None,
        agency=who.agency if who else "",
        about=about,
        view=_view(request),
        address=network_address(request),
    )


def network_address(request: HttpRequest | None) -> str:
    """Return the network address from which somebody asks; nothing if nobody says."""
    if request is None:
        return ""
    said, proxies = request.META, settings.ALLAUTH_TRUSTED_PROXY_COUNT
    return _address(said.get("HTTP_X_FORWARDED_FOR", ""), said.get("REMOTE_ADDR", ""), proxies)


@lru_cache(maxsize=10_000)
def _address(forwarded: str, remote: str, _proxies: int) -> str:
    """Return the address that is behind our own proxies, as it counts at the door; the same ask again and again."""
    asked = HttpRequest()
    asked.META = {"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": remote}
    try:
        return str(get_adapter().get_client_ip(asked))
    except PermissionDenied:
        return ""


def _view(request: HttpRequest | None) -> str:
    """Return the name of the page that was asked for, and the format; nothing that who asks could write at will."""
    match = getattr(request, "resolver_match", None)
    if request is None or match is None:
        return ""
    form = request.GET.get("format", "")[:10]
    return f"{match.view_name} {form}" if form.isascii() and form.isalnum() else str(match.view_name)
