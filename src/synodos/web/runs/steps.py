"""Forms of the steps of a change: for each sort of step the fields that it takes, and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from synodos.language import TAKES, Portfolio, Step
from synodos.web.runs.forms import agencies, plans, show_several

SORTS: Final = {
    "withdraw": _("an agency leaves"),
    "slip": _("something comes later"),
    "cut": _("a budget is cut"),
    "break": _("a commitment is not kept"),
    "cancel": _("a mission or element is given up"),
    "replace": _("something takes the place of something else"),
    "miss": _("a mission misses its launch period"),
    "offer": _("an agency offers capabilities"),
    "join": _("an agency joins"),
    "enact": _("a norm enters into force"),
    "repeal": _("a norm leaves force"),
}
"""Sorts of steps in words."""
PERIOD: Final = _("A year, a month, a day, or A..B, such as 2017 or 2011-04..2012.")
Make = Callable[[Portfolio, str, bool], dict[str, forms.Field]]


def _agency(portfolio: Portfolio, does: str, needed: bool) -> dict[str, forms.Field]:  # noqa: FBT001 - as all here
    """Return the field of the agency that acts."""
    choices = [("", _("choose one") if needed else _("whoever it belongs to")), *agencies(portfolio)]
    return {"agency": forms.ChoiceField(label=_("Agency"), required=needed, choices=choices)}


def _plans(portfolio: Portfolio, does: str, needed: bool) -> dict[str, forms.Field]:  # noqa: FBT001 - as all here
    """Return the field of the missions and elements that it is about."""
    helped = "" if needed else _("None chosen: all in which the agency has a part.")
    choices = plans(portfolio, missions_only=does == "miss")
    label = _("Missions") if does == "miss" else _("Missions and elements")
    return {"plans": forms.MultipleChoiceField(label=label, required=needed, choices=choices, help_text=helped)}


def _several(name: str, label: Any, table: str) -> Make:
    """Return what makes the field of several records of one kind."""

    def make(portfolio: Portfolio, does: str, needed: bool) -> dict[str, forms.Field]:  # noqa: FBT001 - as all here
        records = getattr(portfolio, table)
        choices = sorted(((key, one.name) for key, one in records.items()), key=lambda pair: pair[1])
        return {name: forms.MultipleChoiceField(label=label, required=needed, choices=choices)}

    return make


def _terms(name: str, label: Any, vocabulary: str) -> Make:
    """Return what makes the field of several words of a vocabulary."""

    def make(portfolio: Portfolio, does: str, needed: bool) -> dict[str, forms.Field]:  # noqa: FBT001 - as all here
        words = portfolio.vocabularies[vocabulary]
        choices = [(key, words.label(key)) for key in words.terms]
        return {name: forms.MultipleChoiceField(label=label, required=needed, choices=choices)}

    return make


def _delay(portfolio: Portfolio, does: str, needed: bool) -> dict[str, forms.Field]:  # noqa: FBT001 - as all here
    """Return the fields of a delay."""
    label = {"low": _("Days later, at least"), "likely": _("Days later, most likely"), "high": _("Days later, at most")}
    helped = {"low": _("Empty: as most likely."), "likely": "", "high": _("Empty: as most likely.")}
    return {
        f"delay_{end}": forms.FloatField(label=label[end], required=end == "likely", min_value=0, help_text=helped[end])
        for end in ("likely", "low", "high")
    }


def _cuts(portfolio: Portfolio, does: str, needed: bool) -> dict[str, forms.Field]:  # noqa: FBT001 - as all here
    """Return the fields of a cut."""
    return {
        "cut_amount": forms.FloatField(label=_("Amount"), min_value=0, help_text=_("In whole units: 226000000.")),
        "cut_currency": forms.CharField(label=_("Currency"), max_length=3, help_text=_("Such as USD.")),
        "cut_price_year": forms.IntegerField(
            label=_("Year of prices"), required=False, help_text=_("Empty: as the budget that it meets.")
        ),
        "cut_period": forms.CharField(label=_("Of the budget of"), required=False, max_length=40, help_text=PERIOD),
    }


def _replacement(portfolio: Portfolio, does: str, needed: bool) -> dict[str, forms.Field]:  # noqa: FBT001 - as all here
    """Return the field of what takes the place."""
    choices = [("", _("choose one")), *plans(portfolio)]
    return {"replacement": forms.ChoiceField(label=_("What takes its place"), choices=choices)}


def _range(name: str, label: Any, empty: Any) -> Make:
    """Return what makes the field of a date or period."""

    def make(portfolio: Portfolio, does: str, needed: bool) -> dict[str, forms.Field]:  # noqa: FBT001 - as all here
        helped = _("%(form)s Empty: %(empty)s.") % {"form": PERIOD, "empty": empty}
        return {name: forms.CharField(label=label, required=needed, max_length=40, help_text=helped)}

    return make


def _norms(portfolio: Portfolio, does: str, needed: bool) -> dict[str, forms.Field]:  # noqa: FBT001 - as all here
    """Return the field of norms."""
    helped = _("Ids of norms or instruments as the pages on law have them, joined by commas, such as OST-6.2.")
    return {"norms": forms.CharField(label=_("Norms"), required=needed, max_length=400, help_text=helped)}


FIELDS: Final[Mapping[str, Make]] = {
    "agency": _agency,
    "plans": _plans,
    "agreements": _several("agreements", _("Agreements that it leaves"), "agreements"),
    "commitments": _several("commitments", _("Commitments"), "commitments"),
    "delay": _delay,
    "cuts": _cuts,
    "replacement": _replacement,
    "period": _range("period", _("Launch period"), _("the one in which it is planned to fly")),
    "provides": _terms("provides", _("Capabilities"), "capabilities"),
    "destinations": _terms("destinations", _("Where they are of use"), "destinations"),
    "norms": _norms,
    "since": _range("since", _("From when"), _("from the day of knowledge")),
}
"""For each field of a step what makes the fields of its form, in the order in which they stand."""


class StepForm(forms.Form):
    """One step of a change."""

    def __init__(self, portfolio: Portfolio, does: str, earlier: Sequence[Step] = (), data: Any = None) -> None:
        """Have the fields of a sort of step; `earlier` are the steps before it."""
        super().__init__(data)
        self.portfolio, self.does, self.earlier = portfolio, does, earlier
        needed, allowed = TAKES[does]
        for name, make in FIELDS.items():
            if name in needed | allowed:
                self.fields.update(make(portfolio, does, name in needed))
        show_several(self)
        self.step: Step | None = None

    def clean(self) -> dict[str, Any]:
        """Build the step, and try it on the plans; say what the language or the engine refuses."""
        found = super().clean() or {}
        if self.errors:
            return found
        try:
            step = Step.model_validate({"does": self.does, **_values(found)})
            try_steps(self.portfolio, (*self.earlier, step))
        except ValidationError as error:
            for one in error.errors():
                self._refuse(one["loc"], _message(one["msg"], one["input"]))
        except (ValueError, KeyError) as error:
            self.add_error(None, str(error.args[0]))
        else:
            self.step = step
        return found

    def _refuse(self, place: tuple[int | str, ...], message: str) -> None:
        """Say what is wrong, at the field where it is."""
        head = {"cuts": "cut_amount", "delay": "delay_likely"}.get(str(place[0]), str(place[0])) if place else None
        if place and place[0] == "cuts" and place[-1] in ("currency", "price_year", "period"):
            head = f"cut_{place[-1]}"
        self.add_error(head if head in self.fields else None, message)


def _message(said: str, found: Any) -> str:
    """Return what the language says of a value: what it expects and what it found, where one value is wrong."""
    expected = said.removeprefix("Value error, ")
    if not isinstance(found, str | int | float):
        return expected
    return _("%(expected)s; found “%(found)s”.") % {
        "expected": expected if expected == said else _("Expected %s") % expected,
        "found": found,
    }


def _values(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed as the language takes it."""
    plain = {name: value for name, value in found.items() if name in FIELDS and value not in (None, "", [])}
    if "norms" in plain:
        plain["norms"] = [norm.strip() for norm in plain["norms"].split(",") if norm.strip()]
    if found.get("delay_likely") is not None:
        likely = found["delay_likely"]
        ends = {end: likely if found[f"delay_{end}"] is None else found[f"delay_{end}"] for end in ("low", "high")}
        plain["delay"] = {"shape": "triangular", "of": "days", "likely": likely, **ends}
    if found.get("cut_amount") is not None:
        money = {"amount": found["cut_amount"], "currency": found["cut_currency"]}
        money |= {"price_year": found["cut_price_year"]}
        plain["cuts"] = [{"money": money, "period": found["cut_period"] or None}]
    return plain


def try_steps(portfolio: Portfolio, steps: Sequence[Step]) -> None:
    """Raise what the engine raises if steps cannot be taken one after another."""
    from synodos.law import catalogue
    from synodos.whatif import apply, catalogue_after

    apply(portfolio, steps)
    catalogue_after(steps, catalogue(), known_on=portfolio.known_on)
