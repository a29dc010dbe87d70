"""The forms by which the secretariat plans an edition, publishes a draft, and withdraws what is published."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from synodos.language import MEMBERS, PUBLIC, EditionPlan, Portfolio, of_validation
from synodos.ledger import latest_day, snapshot
from synodos.web.editions.models import PublishedEdition

EYES: Final = ((PUBLIC, _("everybody sees")), (MEMBERS, _("every member sees")))
HEADING: Final = "# "
LONGEST: Final = 100_000
"""Characters of a foreword, or of all chapters together."""
MOST_ITERATIONS: Final = 100_000


class PlanForm(forms.Form):
    """What an edition freezes, and the words that go with it."""

    title = forms.CharField(label=_("Title"), max_length=200)
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999)
    key = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]{0,79}$",
        label=_("Short name"),
        help_text=_("In lower case with hyphens, such as roadmap-2026; it stands in its address."),
    )
    published = forms.CharField(
        label=_("Published"), max_length=10, help_text=_("A year, a month or a day, such as 2026-07.")
    )
    known_on = forms.DateField(
        label=_("As known on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day of knowledge that it freezes."),
    )
    viewer = forms.ChoiceField(
        label=_("It rests on what"), choices=EYES, initial=PUBLIC, help_text=_("Never on what fewer may see.")
    )
    scenarios = forms.MultipleChoiceField(label=_("Scenarios"), widget=forms.CheckboxSelectMultiple)
    authors = forms.MultipleChoiceField(
        label=_("Agencies that publish it together"), required=False, widget=forms.CheckboxSelectMultiple
    )
    supersedes = forms.ChoiceField(label=_("It follows"), required=False)
    foreword = forms.CharField(
        label=_("Foreword"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Paragraphs with an empty line between them."),
    )
    chapters = forms.CharField(
        label=_("Chapters"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Each begins with a line such as “# Why the poles”; its paragraphs follow."),
    )
    iterations = forms.IntegerField(
        label=_("Iterations behind dates"), min_value=1, max_value=MOST_ITERATIONS, initial=2_000
    )
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=2**32 - 1, initial=1)
    shown_to = forms.ChoiceField(label=_("The draft is seen by"))
    signs = forms.BooleanField(
        label=_("The secretariat signs it before it is published"),
        required=False,
        help_text=_("Its pages say so from the first draft on."),
    )

    def __init__(
        self, portfolio: Portfolio, secretariat: str, out: Iterable[PublishedEdition], *args: Any, **options: Any
    ) -> None:
        """Offer the scenarios, members and published editions that the secretariat sees."""
        super().__init__(*args, **options)
        self.secretariat = secretariat
        self.plan: EditionPlan | None = None
        members = [key for key, one in portfolio.agencies.items() if one.member_since is not None or key == secretariat]
        named = sorted((portfolio.agency_name(key), key) for key in members)
        self.fields["scenarios"].choices = [(key, one.name) for key, one in portfolio.scenarios.items()]
        self.fields["authors"].choices = [(key, name) for name, key in named]
        self.fields["supersedes"].choices = [("", _("no other")), *((one.edition, one.title) for one in out)]
        self.fields["shown_to"].choices = [(secretariat, _("the secretariat alone")), (MEMBERS, _("the members"))]

    def clean_known_on(self) -> dt.date:
        """Refuse a day that is still to come."""
        found, latest = self.cleaned_data["known_on"], latest_day(viewer=self.secretariat)
        if found > latest:
            raise forms.ValidationError(_("Expected no day after %s, up to which something is known.") % latest)
        return found

    def clean(self) -> dict[str, Any]:
        """Make the plan; say of each field what the language, or the day of knowledge, refuses."""
        found = super().clean() or {}
        if self.errors:
            return found
        values = {name: found[name] for name in ("title", "number", "viewer", "iterations", "seed")}
        values |= {"id": found["key"], "published": found["published"], "known_on": found["known_on"].isoformat()}
        values |= {name: tuple(found[name]) for name in ("scenarios", "authors")}
        values |= {"supersedes": found["supersedes"] or None, "foreword": tuple(paragraphs(found["foreword"]))}
        try:
            self.plan = EditionPlan.model_validate({**values, "chapters": tuple(chapters(found["chapters"]))})
        except ValidationError as error:
            for fault in of_validation(error, "edition plan", tuple(EditionPlan.model_fields)):
                self._refuse(fault.field, f"{fault.found}: expected {fault.expected}" if fault.found else fault.message)
        else:
            self._seen(self.plan)
        return found

    def _refuse(self, field: str, message: str) -> None:
        """Say what is wrong, at the field where it is."""
        name = {"id": "key"}.get(field.partition("[")[0].partition(".")[0], field.partition("[")[0].partition(".")[0])
        self.add_error(name if name in self.fields else None, message)

    def _seen(self, plan: EditionPlan) -> None:
        """Refuse what those with whose eyes the edition looks do not see on its day."""
        seen = snapshot(plan.day, viewer=plan.viewer)
        for name, keys, there in (
            ("scenarios", plan.scenarios, seen.scenarios),
            ("authors", plan.authors, seen.agencies),
        ):
            if hidden := [key for key in keys if key not in there]:
                self.add_error(
                    name, _("Not to be seen on %(day)s: %(names)s.") % {"day": plan.day, "names": ", ".join(hidden)}
                )
        if self.cleaned_data["signs"] and plan.authors and self.secretariat not in plan.authors:
            self.add_error(
                "signs", _("Only its authors sign an edition; choose the secretariat among them, or nobody.")
            )

    def asked(self) -> dict[str, Any]:
        """Return the parameters of the run that builds it."""
        assert self.plan is not None  # noqa: S101 - the form is valid
        return {
            "plan": self.plan.model_dump(mode="json", exclude_defaults=True),
            "signs": self.secretariat if self.cleaned_data["signs"] else None,
            "shown_to": self.cleaned_data["shown_to"],
            "asked_at": timezone.now().isoformat(),  # a draft that was discarded is built anew
        }


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text, between which lines are empty."""
    yield from (" ".join(one.split()) for one in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if one.strip())


def chapters(text: str) -> Iterator[Mapping[str, Any]]:
    """Yield the chapters of a text: each a line that begins with `# `, and paragraphs.

    Words before the first heading, and headings without words, come as they are, for the language to refuse.
    """
    for part in re.split(r"^(?=# )", text.replace("\r\n", "\n"), flags=re.MULTILINE):
        if part.strip():
            head, _end, rest = part.partition("\n") if part.startswith(HEADING) else ("", "", part)
            yield {"title": head.removeprefix(HEADING).strip(), "text": tuple(paragraphs(rest))}


class PublishForm(forms.Form):
    """To whom a draft is published, and the passphrase of who signs it."""

    shown_to = forms.ChoiceField(label=_("It is seen by"))
    passphrase = forms.CharField(
        label=_("Passphrase of the secretariat's key"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, draft: PublishedEdition, portfolio: Portfolio, *args: Any, **options: Any) -> None:
        """Offer those who see all that the edition rests on."""
        super().__init__(*args, **options)
        of_all = [(PUBLIC, _("everybody"))] if draft.viewer == PUBLIC else []
        there = [
            key for key, one in portfolio.agencies.items() if draft.viewer == PUBLIC or one.member_since is not None
        ]
        named = sorted((portfolio.agency_name(key), key) for key in there)
        choices = [*of_all, (MEMBERS, _("members")), *((key, _("%s alone") % name) for name, key in named)]
        self.fields["shown_to"].choices = choices
        if not draft.signs:
            del self.fields["passphrase"]


class WithdrawForm(forms.Form):
    """Why an edition is withdrawn."""

    reason = forms.CharField(
        label=_("Reason, as readers will see it"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )
