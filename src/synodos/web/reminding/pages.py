"""Pages of reminders: whether somebody wants them, and the way out that stands in each letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from synodos.ledger import snapshot
from synodos.web.agency.keeping import today
from synodos.web.mailing import mail_leaves
from synodos.web.reminding.matters import LATE_DAYS, SILENCE_DAYS, SOON_DAYS, matters
from synodos.web.reminding.models import Wish
from synodos.web.reminding.posting import person_of, wants
from synodos.web.table import day_of, needs


@needs("reader")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """Show whether who asks gets reminders, what they would be about now, and switch them on or off."""
    if request.method == "POST":
        Wish.objects.update_or_create(person=request.user, defaults={"wanted": request.POST.get("wanted") == "1"})
        messages.success(request, _("Changed."))
        return redirect("reminders")
    agency, wanted = request.table.agency, wants(request.user)
    told = _("You get reminders by e-mail.") if wanted else _("You get no reminders by e-mail.")
    context = {
        "title": _("Reminders"),
        "lead": told,
        "wanted": wanted,
        "leaves": mail_leaves(),
        "matters": matters(snapshot(viewer=agency), agency, day_of(today())),
        "days": {"soon": SOON_DAYS, "late": LATE_DAYS, "silence": SILENCE_DAYS},
    }
    return render(request, "reminding/reminders.html", context)


@csrf_exempt  # mail programs send it by themselves; who has the token may do this one thing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """Switch somebody's reminders off by the link in a letter; nothing happens until it is confirmed."""
    person = person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        Wish.objects.update_or_create(person=person, defaults={"wanted": False})
    context = {"title": _("No more reminders"), "done": request.method == "POST"}
    return render(request, "reminding/off.html", context)
