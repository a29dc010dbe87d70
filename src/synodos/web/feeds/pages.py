"""The page on which people make calendars for their programs, and take them back."""

from __future__ import annotations

from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from synodos.roadmap import AHEAD_KINDS
from synodos.web.accounts.audit import Event, note
from synodos.web.feeds.keeping import TooManyFeedsError, make_feed
from synodos.web.pages.choosing import words_of
from synodos.web.table import needs

FIRST: Final = ("meeting", "milestone", "launch-period", "expiry", "action", "silence")
"""Kinds of dates that are chosen where nobody chose."""


class FeedForm(forms.Form):
    """What a calendar is called, and what it holds."""

    name = forms.CharField(label=_("Calendar"), max_length=80, help_text=_("As you will know it again in the list."))
    kinds = forms.MultipleChoiceField(
        label=_("It holds"),
        widget=forms.CheckboxSelectMultiple,
        choices=words_of(AHEAD_KINDS),
        initial=list(FIRST),
    )
    own = forms.BooleanField(label=_("Only dates that concern your agency"), required=False)

    def __init__(self, agency: str | None, *args: Any, **kwargs: Any) -> None:
        """Ask those who sit for an agency whether only its dates are wanted."""
        super().__init__(*args, **kwargs)
        if agency is None:
            del self.fields["own"]


@needs("observer")
@never_cache
@reauthentication_required(allow_get=True)
def feeds(request: HttpRequest) -> HttpResponse:
    """List the calendars of who asks, and make one, whose address is shown once."""
    agency = request.table.agency
    form = FeedForm(agency, request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        made = _made(request, form)
    held = list(request.user.feeds.all())
    lead = ngettext("%d calendar of yours has an address.", "%d calendars of yours have an address.", len(held))
    context = {
        "title": _("Calendars"),
        "lead": lead % len(held),
        "form": FeedForm(agency) if made else form,
        "made": made,
        "feeds": [(one, ", ".join(word for _kind, word in words_of(one.kinds))) for one in held],
    }
    return render(request, "feeds/feeds.html", context)


def _made(request: HttpRequest, form: FeedForm) -> str | None:
    """Return the address of a new calendar, or say at the form why there is none."""
    given = form.cleaned_data
    try:
        secret = make_feed(request.user, given["name"], given["kinds"], own=given.get("own", False))
    except TooManyFeedsError:
        form.add_error(None, _now("You have as many calendars as one person may have; take one back first."))
        return None
    note(request, Event.RIGHTS, about=f"calendar “{given['name']}” made")
    address: str = request.build_absolute_uri(reverse("feed", args=[secret]))
    return address


@needs("observer")
@require_POST
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """End a calendar of who asks: its address leads nowhere from now on."""
    found = get_object_or_404(request.user.feeds, pk=key)
    note(request, Event.RIGHTS, about=f"calendar “{found.name}” taken back")
    found.delete()
    return redirect("feeds")
