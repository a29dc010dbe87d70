"""Pages of accounts: one's own, and those of the people at the table."""

from __future__ import annotations

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from synodos.web.accounts.audit import Event, note
from synodos.web.accounts.forms import InviteForm, LogForm, RightsForm, TakeUpForm
from synodos.web.accounts.inviting import GOOD_FOR, invitation_of, invite, invite_again, open_invitations, take_up
from synodos.web.accounts.models import LogEntry, Person
from synodos.web.accounts.people import LastSecretariatError, change_rights, erase
from synodos.web.accounts.seats import has_second_factor
from synodos.web.table import Table, needs

PER_PAGE = 100


def log_out(request: HttpRequest) -> HttpResponse:
    """Log out, and have the browser forget the pages that were seen."""
    response = account.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


@needs("observer")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    return render(request, "accounts/own.html", {"title": _("Your account")})


@needs("observer")
@reauthentication_required(allow_get=True)
def erase_own(request: HttpRequest) -> HttpResponse:
    """Erase one's own account and what it holds of the person."""
    return _erase(request, request.user, "/")


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation: set a password."""
    found = invitation_of(token)
    if found is None:
        return render(request, "accounts/no_invitation.html", status=404)
    form = TakeUpForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = take_up(found, form.cleaned_data["email"], form.cleaned_data["password"])
        if person is None:
            return render(request, "accounts/no_invitation.html", status=404)
        note(request, Event.JOINED, person=person, about=_seat_text(person.role, person.agency))
        messages.success(request, _("The seat is yours. Log in with your new password."))
        return redirect("account_login")
    return render(request, "accounts/invitation.html", {"form": form, "invitation": found})


@needs("secretariat", "signatory")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List who sits at the table: for the secretariat all, for a signatory those of the own agency."""
    there = _within(request.table)
    context = {
        "title": _("People"),
        "people": [(person, has_second_factor(person)) for person in there],
        "invitations": open_invitations().filter(**_own_agency(request.table)),
    }
    return render(request, "accounts/people.html", context)


@needs("secretariat", "signatory")
@never_cache
@reauthentication_required(allow_get=True)
def invite_somebody(request: HttpRequest) -> HttpResponse:
    """Invite somebody, and show the link, once."""
    form = InviteForm(request.table, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        token = invite(given["email"], given["role"], given["agency"], made_by=request.user)
        note(request, Event.INVITED, about=_seat_text(given["role"], given["agency"]))
        return _show_link(request, given["email"], token)
    return render(request, "accounts/invite.html", {"title": _("Invite somebody"), "form": form})


@needs("secretariat", "signatory")
@require_POST
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Withdraw an invitation that was not taken up."""
    open_invitations().filter(pk=key, **_own_agency(request.table)).delete()
    return redirect("people")


@needs("secretariat", "signatory")
@reauthentication_required(allow_get=True)
def one(request: HttpRequest, key: int) -> HttpResponse:
    """Show one person, and change what he or she may do."""
    person = get_object_or_404(_within(request.table), pk=key)
    now = {"role": person.role, "agency": person.agency, "active": person.is_active}
    form = RightsForm(request.table, request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        before = _seat_text(person.role, person.agency, active=person.is_active)
        try:
            change_rights(person, **form.cleaned_data)
        except LastSecretariatError as error:
            form.add_error(None, str(error))
        else:
            after = _seat_text(person.role, person.agency, active=person.is_active)
            note(request, Event.RIGHTS, about=f"account {person.pk}: {before} -> {after}")
            messages.success(request, _("Changed."))
            return redirect("people")
    return render(request, "accounts/person.html", {"title": person.email, "person": person, "form": form})


@needs("secretariat", "signatory")
@require_POST
@never_cache
@reauthentication_required
def new_link(request: HttpRequest, key: int) -> HttpResponse:
    """Show a link by which somebody sets a new password and a new second factor."""
    person = get_object_or_404(_within(request.table), pk=key)
    token = invite_again(person, made_by=request.user)
    note(request, Event.INVITED, about=f"account {person.pk} anew")
    return _show_link(request, person.email, token)


@needs("secretariat")
@reauthentication_required(allow_get=True)
def erase_one(request: HttpRequest, key: int) -> HttpResponse:
    """Erase somebody's account and what it holds of the person."""
    return _erase(request, get_object_or_404(Person, pk=key), reverse("people"))


@needs("secretariat", "signatory")
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show what happened, the latest first: to the secretariat all, to a signatory what the own agency did."""
    form = LogForm(request.GET)
    entries = LogEntry.objects.select_related("user").filter(**_own_agency(request.table))
    if form.is_valid():
        wanted = {name: value for name, value in form.cleaned_data.items() if value}
        entries = entries.filter(**wanted)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(entry, entry.shown_to(request.table.agency)) for entry in page]
    return render(request, "accounts/log.html", {"title": _("Log"), "form": form, "page": page, "rows": rows})


def _within(table: Table) -> QuerySet[Person]:
    """Return the people whose accounts whoever looks may change."""
    return Person.objects.filter(**_own_agency(table))


def _own_agency(table: Table) -> dict[str, str]:
    """Return the filter that a signatory looks through; the secretariat through none."""
    if table.can("administer"):
        return {}
    if not table.agency:
        raise Http404
    return {"agency": table.agency}


def _show_link(request: HttpRequest, email: str, token: str) -> HttpResponse:
    """Show the link of an invitation: it cannot be had again."""
    address = request.build_absolute_uri(reverse("invitation", args=[token]))
    context = {"title": _("The link"), "address": address, "email": email, "days": GOOD_FOR.days}
    return render(request, "accounts/link.html", context)


def _erase(request: HttpRequest, person: Person, afterwards: str) -> HttpResponse:
    """Ask, then erase a person's data."""
    context = {"title": _("Erase personal data"), "person": person}
    if request.method != "POST":
        return render(request, "accounts/erase.html", context)
    number = person.pk
    try:
        erase(person)
    except LastSecretariatError as error:
        return render(request, "accounts/erase.html", {**context, "refused": str(error)}, status=409)
    own_account = request.user.pk in (None, number)
    if own_account:
        request.session.flush()
    note(None if own_account else request, Event.ERASED, about=f"account {number}")
    return redirect(afterwards)


def _seat_text(role: str, agency: str, *, active: bool = True) -> str:
    """Return a seat in words for the log."""
    return f"{role}{f' of {agency}' if agency else ''}{'' if active else ', closed'}"
