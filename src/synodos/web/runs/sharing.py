"""The page on fair shares: of the worths of a run, or of a game that a file states."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from synodos.web.runs import seeing
from synodos.web.runs.asking import asked, run_key
from synodos.web.runs.files import plain_name
from synodos.web.runs.forms import MOST_LABEL, ProposedField, QuestionForm
from synodos.web.runs.models import State
from synodos.web.showing.rendering import render_answer

MOST_BYTES: Final = 4_000_000
"""Size of an uploaded game."""
MOST_PLAYERS: Final = 16
"""Players of an uploaded game: they make 65,536 groups."""
MOST_LISTED: Final = 10
MOST: Final = 1_000


class SharesForm(forms.Form):
    """Of which run, and what is proposed."""

    run = forms.ChoiceField(label=_("Worths of"))
    share = ProposedField()
    most = forms.IntegerField(label=MOST_LABEL, min_value=1, max_value=MOST, initial=10)

    def __init__(self, runs: Any, *args: Any, **options: Any) -> None:
        """Offer the runs on worth."""
        super().__init__(*args, **options)
        self.runs = {str(run.pk): run for run in runs}
        self.fields["run"].choices = [
            (key, f"{run.title}, {run.ended_at:%Y-%m-%d %H:%M}") for key, run in self.runs.items()
        ]

    def asked(self) -> dict[str, Any]:
        """Return the parameters: those of the run, and what is proposed."""
        run = self.runs[self.cleaned_data["run"]]
        return {**run.parameters, "share": self.cleaned_data["share"], "most": self.cleaned_data["most"]}


class GameForm(QuestionForm):
    """A game from a file."""

    file = forms.FileField(
        label=_("File of worths or costs"),
        help_text=_(
            "CSV or JSON, a line for each group of players; at most 16 players and 4 MB. It stays yours alone."
        ),
    )
    share = ProposedField()
    most = forms.IntegerField(label=MOST_LABEL, min_value=1, max_value=MOST, initial=10)

    def clean_file(self) -> dict[str, Any]:
        """Return what the file states; say what is wrong with it in the words of who reads it."""
        from synodos.language import PortfolioError

        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 4 MB; ask about it on the command line."))
        try:
            return _stated(file)
        except PortfolioError as error:
            raise forms.ValidationError([str(fault) for fault in error.faults]) from None

    def clean(self) -> dict[str, Any]:
        """Refuse shares of players that the file does not name."""
        found = super().clean() or {}
        if found.get("file") and found.get("share"):
            odd = {line.rpartition("=")[0] for line in found["share"]} ^ set(found["file"]["players"])
            if odd:
                self.add_error(
                    "share", _("Expected one for each player of the file; check %s.") % ", ".join(sorted(odd))
                )
        return found

    def asked(self) -> dict[str, Any]:
        """Return the parameters."""
        return {**self.cleaned_data["file"], "share": self.cleaned_data["share"], "most": self.cleaned_data["most"]}


def _stated(file: UploadedFile) -> dict[str, Any]:
    """Return the game that an uploaded file states."""
    from synodos.exchange import read_game_values

    name = plain_name(file.name or "game.csv")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(file.read())
        found = read_game_values(path)
    if len(found.players) > MOST_PLAYERS:
        message = _("Expected at most %(most)d players; found %(found)d.") % {
            "most": MOST_PLAYERS,
            "found": len(found.players),
        }
        raise forms.ValidationError(message)
    return {
        "file": name,
        "players": list(found.players),
        "values": list(found.values),
        "kind": found.kind,
        "budgets": None if found.budgets is None else list(found.budgets),
        "unit": found.unit,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: HttpRequest) -> HttpResponse:
    """Ask for fair shares, and show the latest."""
    may = request.table.can("run")
    done = seeing.own(request).filter(question="worth", state=State.DONE)[:MOST_LISTED] if may else []
    posted = request.POST if request.method == "POST" and may else None
    of_file = posted is not None and posted.get("of") == "file"
    of_run = SharesForm(done, None if of_file else posted, initial={"run": run_key(request)}, auto_id="run-%s")
    given = {"data": posted, "files": request.FILES} if of_file else {}
    of_game = GameForm(request.table.portfolio, **given, auto_id="file-%s")
    form = of_game if of_file else of_run
    if posted is not None and form.is_valid():
        return asked(request, "game" if of_file else "shares", form.asked(), request.path)
    run = seeing.latest(request, "shares")
    context = {
        "of_run": of_run if done else None,
        "of_game": of_game,
        "run": run,
        "runs": seeing.own(request).filter(question__in=("shares", "game"))[:MOST_LISTED] if may else [],
    }
    if run is None or posted is not None:
        lead = _("No shares have been worked out yet for the plans as they stand.")
        context |= {"title": _("What is a fair share?"), "lead": lead}
        return render(request, "runs/shares.html", context)
    return render_answer(request, seeing.told_of(run), "runs/shares_answered.html", **context)
