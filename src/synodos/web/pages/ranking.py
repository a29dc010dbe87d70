"""A reader's own weights on the rows by which scenarios are compared, and the ranking that follows from them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos import roadmap
from synodos.report import cell_text, header_line, weighable, weighing_answer
from synodos.web.pages.comparing import QUICK, chosen_scenarios, compared, scenario_field, scenario_tabs
from synodos.web.runs import seeing
from synodos.web.showing.asking import Misasked, amount, only
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told

HEAVIEST: Final = 10.0
"""Most that a reader may give a row."""
WEIGHT: Final = "weigh-"
"""Beginning of the parameters that say how much rows weigh; the key of the row follows."""
FIGURES: Final = "figures"
"""Table of a comparison that holds what can be weighed."""


@dataclass(frozen=True)
class Line:
    """A row as the form takes it: parameter, words, which way it counts, values, and weight."""

    name: str
    words: str
    better: str
    values: list[tuple[str, str]]
    weight: str


@require_safe
def weigh_page(request: HttpRequest) -> HttpResponse:
    """Rank scenarios by the weights that the reader gives to rows; without weights nothing is ranked."""
    portfolio = request.table.portfolio
    request.GET = _spelt_out(request.GET)
    given = [name for name in request.GET if name.startswith(WEIGHT)]
    asked = only(request, "run", *given, several=("scenario",))
    found = _comparison(request, asked)
    if found is None or FIGURES not in found.tables:
        lead = _("There is nothing to weigh: the plans have changed since this was worked out, or there is no answer.")
        found = Told(title=_("Scenarios by your weights"), lead=lead, header=header_line(portfolio))
        return render_answer(request, found, "pages/answer.html", within=scenario_tabs(request, []))
    scenarios, rows = weighable(found.tables[FIGURES].table)
    weights = _weights(asked, given, rows)
    parameters = {"scenarios": list(scenarios), "weights": weights}
    answer = weighing_answer(portfolio, roadmap.weigh(scenarios, rows, weights), parameters)
    shown = told(answer, title=_("Scenarios by your weights"), portfolio=portfolio)
    context = {
        "lines": [_line(scenarios, row, asked) for row in rows],
        "columns": scenarios,
        "run": asked.get("run", ""),
        "chosen": scenario_field(portfolio, asked),
        "heaviest": f"{HEAVIEST:g}",
    }
    within = scenario_tabs(request, asked.getlist("scenario"))
    return render_answer(request, shown, "pages/weigh.html", within=within, **context)


def _spelt_out(asked: QueryDict) -> QueryDict:
    """Return what is asked with weights that programs give in one parameter, as `weight=ROW=2`, spelt as forms do."""
    found = asked.copy()
    for text in found.pop("weight", []):
        row, _sign, weight = text.rpartition("=")
        found.appendlist(f"{WEIGHT}{row}", weight)
    return found


def _comparison(request: HttpRequest, asked: QueryDict) -> Told | None:
    """Return the comparison whose rows are weighed: of a run on the plans as they stand, or what is told at once."""
    portfolio = request.table.portfolio
    if not asked.get("run"):
        return compared(portfolio, chosen_scenarios(asked, portfolio), list(QUICK))
    try:
        run = seeing.run_of(request, uuid.UUID(asked["run"]))
    except ValueError:
        message = "The address asks for a run that is none; take the link from your list of runs."
        raise BadRequest(message) from None
    return seeing.told_of(run) if run.question == "compare" and run.sha256 == portfolio.sha256 else None


def _weights(asked: QueryDict, given: Iterable[str], rows: Iterable[roadmap.Figures]) -> dict[str, float]:
    """Return the weights that an address gives, by the keys of rows; rows without one do not count."""
    known = {f"{WEIGHT}{row.key}": row.key for row in rows}
    if odd := [name for name in given if name not in known]:
        raise Misasked(field="address", found=f"{odd[0]}=", expected=f"weights of rows, such as {next(iter(known))}=")
    found = {key: amount(asked, name, 0, least=-HEAVIEST, most=HEAVIEST) for name, key in known.items()}
    return {key: weight for key, weight in found.items() if weight}


def _line(scenarios: tuple[str, ...], row: roadmap.Figures, asked: QueryDict) -> Line:
    """Return a row as the form takes it."""
    name = f"{WEIGHT}{row.key}"
    values = [(scenario, _value(value)) for scenario, value in zip(scenarios, row.values, strict=True)]
    return Line(name, row.name, row.better, values, asked.get(name, ""))


def _value(value: float | None) -> str:
    """Return a value as people read it."""
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else cell_text(value)
