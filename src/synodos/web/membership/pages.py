"""Pages of applications: for whoever applies, for the members, and for the secretariat that keeps the table."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from synodos.forum import members_on
from synodos.report import counted
from synodos.web.accounts.audit import Event, note
from synodos.web.accounts.inviting import GOOD_FOR, invite
from synodos.web.accounts.models import Person
from synodos.web.mailing import mail_leaves
from synodos.web.membership import applying, deciding
from synodos.web.membership.forms import WORDS, AdmitForm, ApplicationForm, DeclineForm, EndorseForm, SilenceForm
from synodos.web.membership.models import Application
from synodos.web.table import needs

State = Application.State
VERDICTS = {
    "consensus": _lazy("The members agree."),
    "consensus-some-aside": _lazy("The members agree; some stand aside."),
    "carried": _lazy("Enough members agree."),
    "none": _lazy("The members do not agree."),
    "open": _lazy("Members can still speak."),
    "not-known": _lazy("Whether the members agree is not known."),
}
View = Callable[..., HttpResponse]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """Take in an application; whoever applies then gets one letter, and nothing here tells of other applications."""
    portfolio = deciding.known_now(request.table)
    terms = deciding.terms_of_all(portfolio)
    form = ApplicationForm(set(members_on(portfolio, deciding.today(), terms)), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            applying.apply(request, form.cleaned_data)
        except applying.TooManyError:
            form.add_error(None, _("So many applications came today that no more are taken; come again tomorrow."))
        except applying.UnsentError:
            form.add_error(None, _("The letter could not be sent, so nothing was kept; try again later."))
        else:
            return redirect("application-sent")
    context = {"title": _("Apply to take part"), "form": form, "terms": terms, "leaves": mail_leaves()}
    return render(request, "membership/apply.html", context)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say what comes next."""
    context = {"title": _("Confirm the application"), "leaves": mail_leaves(), "days": applying.FORGOTTEN.days}
    return render(request, "membership/sent.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, secret: str) -> HttpResponse:
    """Show an application to whoever made it, who confirms or withdraws it here."""
    found = applying.application_of(secret)
    if found is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("do") == "withdraw":
            applying.withdraw(found)
        elif request.POST.get("do") == "confirm":
            applying.confirm(found)
        found = applying.application_of(secret)
        if found is None:
            messages.success(request, _("The application is erased."))
            return redirect("membership")
        return redirect("application-own", secret)
    context = {"title": _("Your application"), "application": found, "is_open": found.state == State.OPEN}
    return render(request, "membership/own.html", context)


def _for_members(view: View) -> View:
    """Return a view for members of the forum and the secretariat; to others there is no such page."""

    @wraps(view)
    @needs("reader", "secretariat")
    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not deciding.may_look(request.table):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _confirmed() -> QuerySet[Application]:
    """Return the applications that are or were before the members."""
    return Application.objects.exclude(state=State.UNCONFIRMED)


@_for_members
@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """List the applications."""
    found = list(_confirmed())
    waiting = sum(one.state == State.OPEN for one in found)
    lead = ngettext("%d application is before the members.", "%d applications are before the members.", waiting)
    context = {"title": _("Applications"), "lead": lead % waiting, "applications": found}
    return render(request, "membership/applications.html", context)


@_for_members
@require_safe
def application(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show an application, where each member stands, and what follows."""
    return _shown(request, get_object_or_404(_confirmed(), pk=key))


def _shown(request: HttpRequest, found: Application, **forms: Any) -> HttpResponse:
    """Return the page of an application, with forms for what who asks may do."""
    table, portfolio = request.table, deciding.known_now(request.table)
    judged = deciding.judgement(portfolio, found)
    is_open, keeps = found.state == State.OPEN, table.can("administer")
    stands = deciding.stands_on(portfolio, found)
    own = next((one for one in stands if one.agency == table.agency and one.stand != "silent"), None)
    given = {"stand": own.stand, "reason": own.reason} if own else None
    context = {
        "title": found.name,
        "application": found,
        "lead": VERDICTS[judged.verdict] if is_open else found.get_state_display().capitalize() + ".",
        "because": judged.because if is_open else (),
        "missing": judged.missing if is_open else (),
        "stands": [(one, WORDS[one.stand]) for one in stands],
        "keeps": keeps,
        "known": found.agency in portfolio.agencies,
        "seated": keeps and Person.objects.filter(agency=found.agency).count(),
        "endorse": EndorseForm(initial=given) if is_open and deciding.may_speak(table) else None,
        "silence": SilenceForm(portfolio) if is_open and keeps and found.closes is None else None,
        "admit": AdmitForm(portfolio) if is_open and keeps and judged.verdict in deciding.AGREED else None,
        "decline": DeclineForm() if is_open and keeps else None,
        **forms,
    }
    return render(request, "membership/application.html", context)


@_for_members
@require_POST
def endorse(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep where the member stands for which who asks signs."""
    found = get_object_or_404(_confirmed(), pk=key, state=State.OPEN)
    if not deciding.may_speak(request.table):
        raise Http404
    form = EndorseForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, endorse=form)
    given = form.cleaned_data
    deciding.endorse(found, request.table.agency, given["stand"], given["reason"], request.user)
    messages.success(request, _("Said."))
    return redirect("application", key)


@needs("secretariat")
@never_cache
@require_POST
def silence(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin a silence procedure."""
    found = get_object_or_404(_confirmed(), pk=key, state=State.OPEN, closes=None)
    form = SilenceForm(deciding.known_now(request.table), request.POST)
    if not form.is_valid():
        return _shown(request, found, silence=form)
    found.closes = form.cleaned_data["closes"]
    found.save(update_fields=["closes"])
    return redirect("application", key)


@needs("secretariat")
@never_cache
@require_POST
def admit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Admit an applicant whom the members agreed to: drafts for what is to be declared, and a link for its contact."""
    found = get_object_or_404(_confirmed(), pk=key)
    portfolio = deciding.known_now(request.table)
    form = AdmitForm(portfolio, request.POST)
    if not form.is_valid():
        return _shown(request, found, admit=form)
    try:
        drafts = deciding.admit(portfolio, found, form.cleaned_data["meeting"])
    except deciding.NotAgreedError:
        messages.error(request, _("The members have not agreed, or it was decided already."))
        return redirect("application", key)
    note(request, Event.RIGHTS, about=f"application of {found.agency} as {found.seat}: admitted")
    context = {
        "title": _("Admitted"),
        "lead": _("{name} is admitted; {drafts} wait to be declared.").format(
            name=found.name, drafts=counted(len(drafts), "draft")
        ),
        "application": found,
        "drafts": drafts,
        "address": _link(request, found),
        "days": GOOD_FOR.days,
    }
    return render(request, "membership/admitted.html", context)


def _link(request: HttpRequest, found: Application) -> str:
    """Return the link by which the applicant's contact takes a seat; nothing where that cannot be."""
    email = found.contact_email
    if not email or Person.objects.filter(email__iexact=email).exists():
        return ""
    role, agency = deciding.role_for(found)
    token = invite(email, role, agency, made_by=request.user)
    note(request, Event.INVITED, about=f"{role} of {agency}" if agency else str(role))
    address: str = request.build_absolute_uri(reverse("invitation", args=[token]))
    return address


@needs("secretariat")
@never_cache
@require_POST
def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    """Decline an application."""
    found = get_object_or_404(_confirmed(), pk=key, state=State.OPEN)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, decline=form)
    deciding.decline(found, form.cleaned_data["said"])
    note(request, Event.RIGHTS, about=f"application of {found.agency} as {found.seat}: declined")
    return redirect("application", key)


@needs("secretariat")
@never_cache
@require_POST
def erase_contact(request: HttpRequest, key: UUID) -> HttpResponse:
    """Erase the personal data of an application."""
    applying.erase_contact(get_object_or_404(_confirmed(), pk=key))
    note(request, Event.ERASED, about="contact of an application")
    return redirect("application", key)
