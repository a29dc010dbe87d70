"""The questions that take long as programs ask them: the forms of the pages, and what pages put together otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from synodos.language import Portfolio, Step
from synodos.web.runs.forms import (
    MOST_LABEL,
    CompareForm,
    ExposureForm,
    ProposedField,
    QuestionForm,
    RiskForm,
    SinceForm,
    WhatIfForm,
    WorthForm,
)
from synodos.web.runs.naming import unseen
from synodos.web.runs.sending import BacktestForm, ScreenForm
from synodos.web.runs.sharing import MOST, GameForm
from synodos.web.runs.steps import try_steps
from synodos.web.runs.supposing import MOST_COMPARED, MOST_STEPS

LONGEST_NAME: Final = 200
Told = list[dict[str, Any]]


class ChangesForm(WhatIfForm):
    """What would follow from changes: steps by the name of each change, or names of changes that are declared."""

    changes = forms.JSONField(label=_("Changes"))

    def clean_changes(self) -> dict[str, Told]:
        """Return the steps of each change; refuse what the language or the engine refuses, in its words."""
        given = _by_name(self.cleaned_data["changes"], self.portfolio)
        if not 1 <= len(given) <= MOST_COMPARED:
            raise forms.ValidationError(_("Expected 1 to %d changes.") % MOST_COMPARED)
        try:
            found = {name: _checked(name, steps, self.portfolio) for name, steps in given.items()}
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise forms.ValidationError(f"{where}: {first['msg']}" if where else first["msg"]) from None
        except (ValueError, KeyError) as error:
            raise forms.ValidationError(str(error.args[0])) from None
        if hidden := unseen("whatif", {"changes": found}, self.portfolio):
            raise forms.ValidationError(_("There is no “%s” to be seen.") % hidden[0])
        return found


def _by_name(given: Any, portfolio: Portfolio) -> Mapping[str, Any]:
    """Return changes by their names: as they are given, or as they are declared."""
    if isinstance(given, list) and all(isinstance(key, str) for key in given):
        if odd := [key for key in given if key not in portfolio.changes]:
            raise forms.ValidationError(_("There is no change “%s” to be seen.") % odd[0][:LONGEST_NAME])
        return {key: [step.model_dump(mode="json") for step in portfolio.changes[key].happens] for key in given}
    if not isinstance(given, dict):
        raise forms.ValidationError(_("Expected steps by the name of each change, or a list of declared changes."))
    return given


def _checked(name: str, steps: Any, portfolio: Portfolio) -> Told:
    """Return the steps of a change as the language has them."""
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS or not 1 <= len(name) <= LONGEST_NAME:
        message = f"expected 1 to {MOST_STEPS} steps for each change, under a name of at most {LONGEST_NAME} characters"
        raise ValueError(message)
    found = tuple(Step.model_validate(step) for step in steps)
    told = [step.model_dump(mode="json", exclude_defaults=True) for step in found]
    if not unseen("whatif", {"changes": {name: told}}, portfolio):
        try_steps(portfolio, found)
    return told


class PlanSharesForm(WorthForm):
    """How could what planning together is worth be shared?"""

    share = ProposedField()
    most = forms.IntegerField(label=MOST_LABEL, min_value=1, max_value=MOST, initial=10)


FORMS: Final[dict[str, type[QuestionForm]]] = {
    "risk": RiskForm,
    "schedule-diff": SinceForm,
    "whatif": ChangesForm,
    "exposure": ExposureForm,
    "worth": WorthForm,
    "shares": PlanSharesForm,
    "game": GameForm,
    "compare": CompareForm,
    "law-screen": ScreenForm,
    "backtest": BacktestForm,
}
"""Every question that takes long, and by which form it is asked."""
