"""The forms by which questions that take long are asked; they offer what the viewer sees, and nothing else."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from synodos.language import Portfolio
from synodos.web.runs.answering import OPTIONS
from synodos.web.runs.files import Sent
from synodos.web.runs.naming import scopes

MOST_ITERATIONS: Final = 1_000_000
MOST_SEED: Final = 2**32 - 1
MOST_LIMIT_S: Final = 600
TERMS: Final = re.compile(r"^[A-Z]{3}@[0-9]{4}$")
RULES: Final = ("nucleolus", "shapley", "banzhaf", "least_core", "equal_surplus", "proportional")
ALL: Final = ("", _("all"))
MOST_LABEL: Final = _("Groups to name that object")


MOST_SHOWN: Final = 8
"""Lines of a list from which several may be chosen, before it scrolls."""


def proposed(text: str) -> list[str] | None:
    """Return the shares that are typed as PLAYER=AMOUNT, one a line; None where there are none.

    Raises
    ------
    django.forms.ValidationError
        If a line is none of that form, or a player stands twice.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    players = []
    for line in lines:
        player, _sign, amount = line.rpartition("=")
        if not player or player in players or not _is_amount(amount):
            raise forms.ValidationError(
                _("Expected each player once, as in esa=12.5; found “%(line)s”."), params={"line": line[:80]}
            )
        players.append(player)
    return lines or None


def _is_amount(text: str) -> bool:
    """Return whether a text is a number."""
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


class ProposedField(forms.CharField):
    """A division to judge beside the rules: lines, or a list, of PLAYER=AMOUNT; None where there is none."""

    def __init__(self) -> None:
        """Be a field of several lines."""
        super().__init__(
            label=_("Proposed shares"),
            required=False,
            max_length=5_000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("A division to judge beside the rules, as PLAYER=AMOUNT, one line for each; empty: none."),
        )

    def clean(self, value: Any) -> list[str] | None:
        """Return the lines; refuse what is no division."""
        text = "\n".join(map(str, value)) if isinstance(value, list) else value
        return proposed(super().clean(text))


class QuestionForm(forms.Form):
    """A question, of which the parameters come as the command line has them."""

    def __init__(self, portfolio: Portfolio, data: Any = None, **options: Any) -> None:
        """Offer what stands in the portfolio."""
        super().__init__(data, **options)
        self.portfolio = portfolio
        self.offer(portfolio)
        show_several(self)

    def offer(self, portfolio: Portfolio) -> None:
        """Fill the choices."""

    def asked(self) -> dict[str, Any]:
        """Return the parameters of the question, once the form is valid."""
        return {name: _stated(value) for name, value in self.cleaned_data.items()}

    def sent(self) -> Sent:
        """Return the files on which the question rests."""
        return ()

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the fields hold when parameters are asked again."""
        return dict(asked)

    @classmethod
    def defaults(cls, portfolio: Portfolio) -> dict[str, Any]:
        """Return the parameters of the question as it is asked without choosing anything."""
        blank = {name: field.initial for name, field in cls.base_fields.items() if field.initial is not None}
        form = cls(portfolio, blank)
        if not form.is_valid():
            raise ValueError(form.errors.as_json())
        return form.asked()


def show_several(form: forms.Form) -> None:
    """Let lists from which several may be chosen show several."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.SelectMultiple):
            choices = sum(len(words) if isinstance(words, list) else 1 for _key, words in field.choices)
            field.widget.attrs["size"] = max(2, min(MOST_SHOWN, choices))


def _stated(value: Any) -> Any:
    """Return a value as the command line has it: nothing chosen is None."""
    return None if value in ("", []) else value


def agencies(portfolio: Portfolio) -> list[tuple[str, str]]:
    """Return the agencies to choose from, by name."""
    return sorted(((key, portfolio.agency_name(key)) for key in portfolio.agencies), key=lambda pair: pair[1])


def plans(portfolio: Portfolio, *, missions_only: bool = False) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the missions and elements to choose from, each by name, with its owner."""
    groups = [(_("Missions"), portfolio.missions)]
    groups += [] if missions_only else [(_("Elements"), portfolio.elements)]
    return [
        (title, sorted(((key, _owned(portfolio, one)) for key, one in table.items()), key=lambda pair: pair[1]))
        for title, table in groups
    ]


def _owned(portfolio: Portfolio, plan: Any) -> str:
    """Return the name of a plan, with whose it is."""
    return f"{plan.name} ({portfolio.agency_name(plan.owner)})"


class ScheduleForm(QuestionForm):
    """A question about a schedule, or a part of it."""

    scope = forms.MultipleChoiceField(
        label=_("Of"),
        required=False,
        help_text=_("Missions, elements, agencies or schedules, with all that they wait for; none chosen: all."),
    )
    until = forms.CharField(
        label=_("Until"),
        required=False,
        max_length=200,
        help_text=_("Id of the mission or activity whose finish counts; empty: the last launch."),
    )

    def offer(self, portfolio: Portfolio) -> None:
        """Fill the choices."""
        schedules = [(key, getattr(one, "name", key)) for key, one in portfolio.schedules.items()]
        self.fields["scope"].choices = [
            *plans(portfolio),
            (_("Agencies"), agencies(portfolio)),
            *([(_("Schedules"), schedules)] if schedules else []),
        ]
        self.fields["until"].widget.attrs["list"] = "known"
        self.known = [(key, one.name) for key, one in portfolio.missions.items()]

    def clean_until(self) -> str:
        """Refuse what nothing is called by."""
        from synodos.language import nearest

        until = str(self.cleaned_data["until"]).strip()
        known = scopes(self.portfolio)
        if until and ":" not in until and until not in known:
            near = nearest(until, known)
            raise forms.ValidationError(
                _("Nothing that you see has the id “%(until)s”%(near)s."),
                params={"until": until, "near": f"; did you mean {near}?" if near else ""},
            )
        return until


class RiskForm(ScheduleForm):
    """How sure are the dates?"""

    iterations = forms.IntegerField(
        label=_("Iterations"), min_value=1, max_value=MOST_ITERATIONS, initial=10_000, help_text=_("Up to a million.")
    )
    seed = forms.IntegerField(
        label=_("Seed"), min_value=0, max_value=MOST_SEED, initial=1, help_text=_("The same seed, the same answer.")
    )


class SinceForm(ScheduleForm):
    """What changed in a schedule, and what moved its finish?"""

    since = forms.DateField(
        label=_("Since what was known on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    field_order = ("since", "scope", "until")

    def clean_since(self) -> str:
        """Refuse a day after that of the plans that are shown."""
        since: dt.date = self.cleaned_data["since"]
        if since > self.portfolio.known_on:
            raise forms.ValidationError(_("Expected no day after %s, which is shown.") % self.portfolio.known_on)
        return since.isoformat()


class ExposureForm(QuestionForm):
    """Who can hurt whom by leaving?"""

    for_agency = forms.ChoiceField(label=_("Only what hurts"), required=False)

    def offer(self, portfolio: Portfolio) -> None:
        """Fill the choices."""
        self.fields["for_agency"].choices = [ALL, *agencies(portfolio)]

    def asked(self) -> dict[str, Any]:
        """Return the parameters."""
        return {"for": _stated(self.cleaned_data["for_agency"])}

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the fields hold."""
        return {"for_agency": asked["for"]}


class WorthForm(QuestionForm):
    """What do agencies gain by planning together?"""

    game = forms.ChoiceField(
        label=_("What is counted"),
        choices=[("savings", _("what sharing developments saves")), ("programme", _("objectives within budgets"))],
        initial="savings",
    )
    players = forms.MultipleChoiceField(
        label=_("Agencies that may plan together"), required=False, help_text=_("None chosen: the members.")
    )
    rule = forms.ChoiceField(
        label=_("Rule by which the gain is divided"),
        choices=[(rule, rule.replace("_", " ")) for rule in RULES],
        initial="nucleolus",
    )
    terms = forms.CharField(
        label=_("Currency and price year of amounts"),
        required=False,
        max_length=8,
        help_text=_("Such as EUR@2011; empty: those in which most can be compared."),
    )
    years = forms.IntegerField(label=_("Years that are planned"), initial=15)
    flight_years = forms.IntegerField(
        label=_("Years in which each mission may fly"),
        required=False,
        min_value=1,
        help_text=_("From the first in which it can; empty: all that are planned."),
    )
    exponent = forms.FloatField(
        label=_("Exponent of sharing"),
        initial=0.15,
        help_text=_("What k agencies share costs k to this power times as much."),
    )
    interface_share = forms.FloatField(
        label=_("Share of cost for each interface"), initial=0.0, help_text=_("Of two agencies, on top.")
    )
    redundancy = forms.IntegerField(label=_("Providers of each essential need"), initial=1)
    limit_s = forms.FloatField(
        label=_("Seconds to search for one group"),
        required=False,
        min_value=0.01,
        max_value=MOST_LIMIT_S,
        help_text=_("Empty: until the best is proven."),
    )
    for_agency = forms.ChoiceField(label=_("Told first of"), required=False)

    def offer(self, portfolio: Portfolio) -> None:
        """Fill the choices."""
        self.fields["players"].choices = agencies(portfolio)
        self.fields["for_agency"].choices = [("", _("no agency")), *agencies(portfolio)]

    def clean_terms(self) -> str:
        """Refuse what is no currency and year."""
        terms = str(self.cleaned_data["terms"]).strip()
        if terms and not TERMS.match(terms):
            raise forms.ValidationError(
                _("Expected a currency and a year, such as EUR@2011; found “%(found)s”."), params={"found": terms}
            )
        return terms

    def clean(self) -> dict[str, Any]:
        """Refuse what the engine refuses, in its words."""
        from synodos.coalition import Assumptions, GameError

        found = super().clean() or {}
        if not self.errors:
            try:
                Assumptions(
                    years=found["years"],
                    flight_years=found["flight_years"],
                    exponent=found["exponent"],
                    interface_share=found["interface_share"],
                    providers_per_need=found["redundancy"],
                )
            except GameError as error:
                raise forms.ValidationError(str(error)) from None
        return found

    def asked(self) -> dict[str, Any]:
        """Return the parameters."""
        found = super().asked()
        return {**{name: value for name, value in found.items() if name != "for_agency"}, "for": found["for_agency"]}

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the fields hold."""
        return {**asked, "for_agency": asked["for"]}


class CompareForm(QuestionForm):
    """How do scenarios compare?"""

    scenarios = forms.MultipleChoiceField(
        label=_("Scenarios"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None: all.")
    )
    parts = forms.MultipleChoiceField(
        label=_("Parts of the answer"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: all but worth, which may take minutes."),
    )
    iterations = forms.IntegerField(
        label=_("Iterations behind dates"), min_value=1, max_value=MOST_ITERATIONS // 10, initial=2_000
    )
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=MOST_SEED, initial=1)

    def offer(self, portfolio: Portfolio) -> None:
        """Fill the choices."""
        from synodos.roadmap import ASPECTS

        self.fields["scenarios"].choices = [(key, one.name) for key, one in portfolio.scenarios.items()]
        self.fields["parts"].choices = [(part, part) for part in ASPECTS]

    def clean(self) -> dict[str, Any]:
        """Refuse to compare nothing."""
        found = super().clean() or {}
        if not self.portfolio.scenarios:
            raise forms.ValidationError(_("No scenario that you may see is stated."))
        return found


class WhatIfForm(QuestionForm):
    """How should changes be thought through?"""

    parts = forms.MultipleChoiceField(
        label=_("Parts of the answer"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None: all.")
    )
    iterations = forms.IntegerField(
        label=_("Iterations behind dates"), min_value=1, max_value=MOST_ITERATIONS // 10, initial=2_000
    )
    seed = forms.IntegerField(label=_("Seed"), min_value=0, max_value=MOST_SEED, initial=1)

    def offer(self, _portfolio: Portfolio) -> None:
        """Fill the choices."""
        from synodos.whatif import PARTS

        self.fields["parts"].choices = [(part, part) for part in (*PARTS, OPTIONS)]

    def asked(self) -> dict[str, Any]:
        """Return the parameters; no part chosen is all parts."""
        found = super().asked()
        return {**found, "parts": found["parts"] or [part for part, _words in self.fields["parts"].choices]}
