"""Forms of applications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from synodos.language import Portfolio
from synodos.web.agency.shapes import is_name
from synodos.web.membership.deciding import STANDS, least_close
from synodos.web.membership.models import Application

LONGEST = 4_000
WORDS = {
    "joins": _("endorses it"),
    "no-objection": _("does not object"),
    "reserves": _("has a reservation"),
    "stands-aside": _("stands aside"),
    "not-yet": _("is not ready to say"),
    "silent": _("nothing said"),
}
"""Where a member stands on an application, in words."""


class ApplicationForm(forms.Form):
    """What a body says that wants to take part."""

    name = forms.CharField(label=_("Name of the body"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=40, help_text=_("As on charts, such as ESA."))
    agency = forms.CharField(
        label=_("Id"), max_length=60, help_text=_("Small letters, digits and hyphens, such as esa.")
    )
    seat = forms.ChoiceField(label=_("It applies as"), choices=Application.Seat.choices)
    why = forms.CharField(
        label=_("What it does in exploration, and why it wants to take part"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    contact_name = forms.CharField(label=_("Your name"), max_length=200)
    contact_email = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("One letter is sent there, to confirm the application.")
    )

    def __init__(self, members: set[str], *args: Any, **kwargs: Any) -> None:
        """Take who is a member already."""
        super().__init__(*args, **kwargs)
        self.members = members

    def clean_agency(self) -> str:
        """Refuse what can be no id, and that of a member."""
        found = str(self.cleaned_data["agency"]).lower()
        if not is_name("agency", found):
            raise forms.ValidationError(_now("An id has small letters, digits and hyphens."))
        if found in self.members:
            raise forms.ValidationError(_now("This body is a member."))
        return found


class EndorseForm(forms.Form):
    """Where a member stands."""

    stand = forms.ChoiceField(label=_("Your agency"), choices=[(key, WORDS[key]) for key in STANDS])
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a reservation without its reason."""
        given = super().clean() or self.cleaned_data
        if given.get("stand") == "reserves" and not given.get("reason"):
            self.add_error("reason", _now("A reservation says why."))
        return given


class SilenceForm(forms.Form):
    """Until when members can speak; who says nothing until then does not object."""

    closes = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, portfolio: Portfolio, *args: Any, **kwargs: Any) -> None:
        """Take how long a procedure lasts at least."""
        super().__init__(*args, **kwargs)
        self.least = least_close(portfolio)
        self.fields["closes"].initial = self.least

    def clean_closes(self) -> Any:
        """Refuse a day that is too soon."""
        found = self.cleaned_data["closes"]
        if found < self.least:
            raise forms.ValidationError(_now("The first day that leaves enough time is %s.") % self.least)
        return found


class AdmitForm(forms.Form):
    """Which meeting endorsed it, if one did."""

    meeting = forms.ChoiceField(label=_("Meeting that welcomes it"), required=False)

    def __init__(self, portfolio: Portfolio, *args: Any, **kwargs: Any) -> None:
        """Offer the meetings of the whole forum, the latest first."""
        super().__init__(*args, **kwargs)
        whole = [one for one in portfolio.meetings.values() if one.group is None]
        whole.sort(key=lambda one: one.held.earliest.isoformat() if one.held else "9999", reverse=True)
        self.fields["meeting"].choices = [("", _now("none")), *((one.id, one.name) for one in whole)]


class DeclineForm(forms.Form):
    """What the applicant is told."""

    said = forms.CharField(
        label=_("What the applicant is told"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
