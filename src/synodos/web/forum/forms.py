"""Forms of what agencies say in the forum; each becomes a draft of a record, which is checked once more as such."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, get_args

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from synodos.language import DateRange, Paper, Portfolio
from synodos.web.pages.choosing import agencies

Options = list[tuple[str, str]]
TITLE: Final = 300
TEXT: Final = 200_000
"""Characters of a text; each paragraph is bounded by its record."""
SAID: Final = 4_000
DAY: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
USUAL_SILENCE_DAYS: Final = 14
"""Days of a silence procedure where the Terms of Reference name none."""


def words_of(model: type, name: str) -> tuple[str, ...]:
    """Return the words that a field of a record may hold."""
    return tuple(get_args(model.model_fields[name].annotation))  # type: ignore[attr-defined]


def as_read(words: Iterable[str]) -> Options:
    """Return words as options, as people read them."""
    return [(word, word.replace("-", " ")) for word in words]


def named(records: Iterable[Any], none: str) -> Options:
    """Return records as options, and the words for none."""
    found = sorted(((one.id, one.name) for one in records), key=lambda one: one[1].casefold())
    return [("", none), *found]


def stated_date(text: str) -> str:
    """Return a day, a month, a year or a range; refuse anything else."""
    if not text:
        return text
    try:
        return DateRange(text).text
    except ValueError:
        raise forms.ValidationError(
            _now("Write a day, a month or a range, as 2027-03-01 or 2027-03-01..2027-03-02.")
        ) from None


class PaperForm(forms.Form):
    """What a paper says."""

    name = forms.CharField(label=_("Title"), max_length=TITLE)
    type = forms.ChoiceField(label=_("What it is"), choices=as_read(words_of(Paper, "type")))
    terms = forms.ChoiceField(label=_("Forum"), required=False)
    group = forms.ChoiceField(label=_("Working group"), required=False)
    statement = forms.CharField(
        label=_("In short"), required=False, max_length=SAID, widget=forms.Textarea(attrs={"rows": 3})
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("A blank line begins a new paragraph."),
    )

    def __init__(self, portfolio: Portfolio, *args: Any, **options: Any) -> None:
        """Offer the forums and working groups in sight."""
        super().__init__(*args, **options)
        self.fields["terms"].choices = named(portfolio.terms_of_reference.values(), _now("not stated"))
        self.fields["group"].choices = named(portfolio.working_groups.values(), _now("the whole forum"))


class PositionForm(forms.Form):
    """Where an agency stands."""

    stand = forms.ChoiceField(
        label=_("We"),
        choices=[
            ("joins", _("join it")),
            ("no-objection", _("do not object")),
            ("reserves", _("have a reservation")),
            ("stands-aside", _("stand aside")),
            ("not-yet", _("are not ready to say")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=SAID,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A reservation states its reason."),
    )
    release = forms.ChoiceField(label=_("Who reads it"), required=False)

    def __init__(self, readers: Options, *args: Any, **options: Any) -> None:
        """Offer who may read it."""
        super().__init__(*args, **options)
        self.fields["release"].choices = readers
        if len(readers) == 1:
            del self.fields["release"]

    def clean(self) -> dict[str, Any]:
        """Refuse a reservation without its reason."""
        given = super().clean() or self.cleaned_data
        if given.get("stand") == "reserves" and not given.get("reason"):
            self.add_error("reason", _now("A reservation states its reason."))
        return given


class SilenceForm(forms.Form):
    """Until when the members can speak, and what the paper is agreed on."""

    closes = forms.DateField(label=_("Last day to speak"), widget=DAY)
    pin = forms.BooleanField(label=_("Pin the public plans of yesterday"), required=False, initial=True)
    scenario = forms.ChoiceField(
        label=_("Scenario"), required=False, help_text=_("Its figures are pinned too, and computed again by readers.")
    )

    def __init__(
        self, portfolio: Portfolio, today: dt.date, least_days: int | None, *args: Any, **options: Any
    ) -> None:
        """Propose a day, and offer the scenarios that everybody sees."""
        super().__init__(*args, **options)
        self.today, self.least_days = today, least_days
        shared = (one for one in portfolio.scenarios.values() if one.release == "public")
        self.fields["scenario"].choices = named(shared, _now("none"))
        self.fields["closes"].initial = today + dt.timedelta(days=least_days or USUAL_SILENCE_DAYS)

    def clean_closes(self) -> dt.date:
        """Refuse a procedure that is over, or shorter than the Terms of Reference allow."""
        closes: dt.date = self.cleaned_data["closes"]
        first = self.today + dt.timedelta(days=self.least_days or 0)
        if closes < first:
            found = _now("Expected {first} or later").format(first=first.isoformat())
            rule = _now("; the Terms of Reference ask for {days} days.").format(days=self.least_days)
            raise forms.ValidationError(found + (rule if self.least_days else "."))
        return closes


class MeetingForm(forms.Form):
    """A meeting that is called."""

    name = forms.CharField(label=_("Name"), max_length=TITLE)
    terms = forms.ChoiceField(label=_("Forum"), required=False)
    group = forms.ChoiceField(label=_("Working group"), required=False)
    held = forms.CharField(label=_("When"), required=False, max_length=40, help_text=_("As 2027-03-01..2027-03-02."))
    place = forms.CharField(label=_("Where"), required=False, max_length=TITLE)
    virtual = forms.BooleanField(label=_("By wire alone"), required=False)
    host = forms.ChoiceField(label=_("Host"), required=False)
    chair = forms.ChoiceField(label=_("Chair"), required=False)

    def __init__(self, portfolio: Portfolio, *args: Any, **options: Any) -> None:
        """Offer the forums, working groups and agencies in sight."""
        super().__init__(*args, **options)
        self.fields["terms"].choices = named(portfolio.terms_of_reference.values(), _now("not stated"))
        self.fields["group"].choices = named(portfolio.working_groups.values(), _now("the whole forum"))
        for name in ("host", "chair"):
            self.fields[name].choices = [("", _now("not stated")), *agencies(portfolio)]

    def clean_held(self) -> str:
        """Refuse what is no date."""
        return stated_date(self.cleaned_data["held"])


class AgendaForm(forms.Form):
    """A point of an agenda."""

    name = forms.CharField(label=_("Point"), max_length=TITLE)
    paper = forms.ChoiceField(label=_("Paper"), required=False)

    def __init__(self, portfolio: Portfolio, *args: Any, **options: Any) -> None:
        """Offer the papers in sight."""
        super().__init__(*args, **options)
        self.fields["paper"].choices = named(portfolio.papers.values(), _now("none"))


class MinutesForm(forms.Form):
    """What was said and decided, and who was there."""

    minutes = forms.CharField(
        label=_("Minutes"),
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("A blank line begins a new paragraph."),
    )
    decisions = forms.CharField(
        label=_("Decisions"),
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A blank line begins a new decision; papers and new members are added in the draft."),
    )
    participants = forms.MultipleChoiceField(label=_("Took part"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, portfolio: Portfolio, *args: Any, **options: Any) -> None:
        """Offer the agencies in sight."""
        super().__init__(*args, **options)
        self.fields["participants"].choices = agencies(portfolio)


class ActionForm(forms.Form):
    """Something that is to be done."""

    name = forms.CharField(label=_("What is to be done"), max_length=TITLE)
    bearer = forms.ChoiceField(label=_("Who does it"), required=False)
    due = forms.CharField(label=_("By when"), required=False, max_length=40, help_text=_("As 2027-03-01 or 2027-03."))
    meeting = forms.ChoiceField(label=_("Meeting that gave it"), required=False)
    paper = forms.ChoiceField(label=_("Paper"), required=False)
    group = forms.ChoiceField(label=_("Working group"), required=False)

    def __init__(self, portfolio: Portfolio, *args: Any, **options: Any) -> None:
        """Offer what is in sight."""
        super().__init__(*args, **options)
        self.fields["bearer"].choices = [("", _now("all of them")), *agencies(portfolio)]
        self.fields["meeting"].choices = named(portfolio.meetings.values(), _now("none"))
        self.fields["paper"].choices = named(portfolio.papers.values(), _now("none"))
        self.fields["group"].choices = named(portfolio.working_groups.values(), _now("the whole forum"))

    def clean_due(self) -> str:
        """Refuse what is no date."""
        return stated_date(self.cleaned_data["due"])
