"""The forms of questions that rest on a file which is sent with them."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from synodos.language import Portfolio
from synodos.web.runs.files import Sent, named
from synodos.web.runs.forms import ALL, MOST_SEED, QuestionForm, agencies

MEGABYTE: Final = 1_000_000
MOST_DRAWN: Final = 1_000_000


class SendingForm(QuestionForm):
    """A question that rests on one file."""

    most_bytes = 15 * MEGABYTE
    file = forms.FileField(label=_("File"))

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > self.most_bytes:
            raise forms.ValidationError(
                _("The file is larger than %d MB; ask about it on the command line.") % (self.most_bytes // MEGABYTE)
            )
        return file

    def sent(self) -> Sent:
        """Return the file."""
        file = self.cleaned_data["file"]
        file.seek(0)
        return [(file.name or "file", file.read())]

    def asked(self) -> dict[str, Any]:
        """Return the parameters, among which the file stands by its hash."""
        found = super().asked()
        del found["file"]
        return {**found, "files": named(self.sent())}


class ScreenForm(SendingForm):
    """Who may be on a list of sanctioned parties?"""

    file = forms.FileField(
        label=_("List of sanctioned parties"),
        help_text=_("FollowTheMoney entities, or the SDN list of OFAC as XML or CSV; at most 15 MB."),
    )
    for_agency = forms.ChoiceField(label=_("Only"), required=False)

    def offer(self, portfolio: Portfolio) -> None:
        """Fill the choices."""
        self.fields["for_agency"].choices = [ALL, *agencies(portfolio)]

    def asked(self) -> dict[str, Any]:
        """Return the parameters."""
        found = super().asked()
        return {"files": found["files"], "for": found["for_agency"]}

    @classmethod
    def of(cls, asked: Any) -> dict[str, Any]:
        """Return what the fields hold; a file has to be sent anew."""
        return {"for_agency": asked["for"]}


class BacktestForm(SendingForm):
    """How good were the opportunities, or the dates?"""

    most_bytes = 4 * MEGABYTE
    file = forms.FileField(
        label=_("What came later"), help_text=_("Outcomes as a .yaml file, as `synodos backtest` reads them.")
    )
    dates = forms.BooleanField(label=_("Ask how sure dates were, and not opportunities"), required=False)
    dealings = forms.IntegerField(
        label=_("Random dealings that show what chance does"), min_value=1, max_value=MOST_DRAWN // 10, initial=2_000
    )
    iterations = forms.IntegerField(
        label=_("Iterations behind dates"), min_value=1, max_value=MOST_DRAWN // 10, initial=5_000
    )
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=MOST_SEED, initial=1)
