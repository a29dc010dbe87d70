"""Forms of accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from synodos.language import Portfolio
from synodos.web.accounts.models import Invitation, LogEntry, Person
from synodos.web.accounts.people import check_seat
from synodos.web.accounts.roles import OF_AN_AGENCY, Role
from synodos.web.table import Table

RULES = lazy(password_validators_help_text_html, str)


class TakeUpForm(forms.Form):
    """Setting a password with an invitation."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=RULES(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, invitation: Invitation, *args: Any, **kwargs: Any) -> None:
        """Take the address from the invitation, if it names one."""
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        if invitation.email:
            self.fields["email"].initial = invitation.email
            self.fields["email"].disabled = True

    def clean_email(self) -> str:
        """Refuse an address that somebody has."""
        email = str(self.cleaned_data["email"]).lower()
        if self.invitation.renews is None and Person.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_now("Somebody with this address has an account."))
        return email

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is weak or typed in two ways."""
        given = super().clean() or self.cleaned_data
        password = given.get("password")
        if password and password != given.get("again"):
            self.add_error("again", _now("The two passwords are not the same."))
        if password:
            try:
                validate_password(password, Person(email=given.get("email") or ""))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class SeatForm(forms.Form):
    """What somebody may do, and for which agency: within what whoever fills it in may give."""

    role = forms.ChoiceField(label=_("Role"))
    agency = forms.ChoiceField(label=_("Agency"), required=False, help_text=_("For readers, editors and signatories."))

    def __init__(self, table: Table, *args: Any, **kwargs: Any) -> None:
        """Offer the secretariat all roles and agencies, and a signatory those of the own agency."""
        super().__init__(*args, **kwargs)
        roles = [role for role in Role if role is not Role.PUBLIC]
        agencies = _agencies(table.portfolio)
        if not table.can("administer"):
            roles = list(OF_AN_AGENCY)
            agencies = [(key, name) for key, name in agencies if key == table.agency] or [(table.agency, table.agency)]
        else:
            agencies = [("", "-"), *agencies]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.fields["agency"].choices = agencies

    def clean(self) -> dict[str, Any]:
        """Refuse a role for an agency without one, and the other way round."""
        given = super().clean() or self.cleaned_data
        try:
            check_seat(given.get("role", ""), given.get("agency", ""))
        except ValueError as error:
            self.add_error("agency", str(error))
        return given


class InviteForm(SeatForm):
    """Whom to invite."""

    email = forms.EmailField(label=_("E-mail address"))
    field_order = ("email", "role", "agency")

    def clean_email(self) -> str:
        """Refuse an address that somebody has."""
        email = str(self.cleaned_data["email"]).lower()
        if Person.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_now("Somebody with this address has an account."))
        return email


class RightsForm(SeatForm):
    """What somebody may do from now on."""

    active = forms.BooleanField(label=_("The account is open"), required=False)


class LogForm(forms.Form):
    """What to look for in the log."""

    event = forms.ChoiceField(label=_("Event"), required=False, choices=[("", _("all")), *LogEntry.Event.choices])
    person = forms.IntegerField(label=_("Number of the account"), required=False, min_value=1)


def _agencies(portfolio: Portfolio) -> list[tuple[str, str]]:
    """Return whom somebody may sit for: the agencies, and the compiler."""
    agencies = [(agency.id, agency.short_name) for agency in portfolio.agencies.values()]
    compiler = portfolio.header.compiler
    listed = sorted(agencies, key=lambda pair: pair[1].casefold())
    return [*listed, (compiler.id, compiler.name)] if compiler else listed
