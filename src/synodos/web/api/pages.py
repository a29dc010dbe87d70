"""The page on which people give programs a token, and take it back."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from synodos.web.accounts.audit import Event, note
from synodos.web.accounts.roles import Role
from synodos.web.api.models import Scope
from synodos.web.api.tokens import MOST_DAYS, TooManyTokensError, make_token, scopes_of
from synodos.web.table import needs


class TokenForm(forms.Form):
    """What a program is called, what it may do, and for how long."""

    name = forms.CharField(label=_("Program"), max_length=80, help_text=_("As you will know it again in the list."))
    scopes = forms.MultipleChoiceField(
        label=_("It may"), widget=forms.CheckboxSelectMultiple, initial=[Scope.READ.value]
    )
    days = forms.IntegerField(label=_("Days until it ends"), min_value=1, max_value=MOST_DAYS, initial=90)

    def __init__(self, role: Role, *args: Any, **kwargs: Any) -> None:
        """Offer what somebody with that role may do."""
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(scope.value, scope.label) for scope in scopes_of(role)]


@needs("observer")
@never_cache
@reauthentication_required(allow_get=True)
def programs(request: HttpRequest) -> HttpResponse:
    """List the tokens of who asks, and make one, which is shown once."""
    form = TokenForm(request.table.role, request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        made = _made(request, form)
    held = list(request.user.tokens.all())
    lead = ngettext("%d program has a token of yours.", "%d programs have a token of yours.", len(held)) % len(held)
    context = {
        "title": _("Programs"),
        "lead": lead,
        "form": TokenForm(request.table.role) if made else form,
        "made": made,
        "tokens": [(token, ", ".join(str(Scope(one).label) for one in token.scopes)) for token in held],
        "now": timezone.now(),
    }
    return render(request, "api/programs.html", context)


def _made(request: HttpRequest, form: TokenForm) -> str | None:
    """Return a new token, or say at the form why there is none."""
    given = form.cleaned_data
    try:
        secret = make_token(request.user, given["name"], given["scopes"], given["days"])
    except TooManyTokensError:
        form.add_error(None, _now("You have as many tokens as one person may have; take one back first."))
        return None
    note(request, Event.RIGHTS, about=f"token “{given['name']}” made: {', '.join(given['scopes'])}")
    return secret


@needs("observer")
@require_POST
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """End a token of who asks."""
    token = get_object_or_404(request.user.tokens, pk=key)
    note(request, Event.RIGHTS, about=f"token “{token.name}” taken back")
    token.delete()
    return redirect("programs")
