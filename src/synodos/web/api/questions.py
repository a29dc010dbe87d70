"""Every question that is answered at once: what the pages answer, in the envelope of all answers."""

# Types of parameters are read from the functions as they are made, so annotations are not put off here.

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from ninja import Path, Query, Router, Schema
from pydantic import Field

from synodos.report import Envelope
from synodos.web.api.reading import ID, REFUSALS, OnADay
from synodos.web.api.stamping import stamped

router: Final = Router(tags=["questions"])
PAGES: Final = "synodos.web.pages."
RecordId = Annotated[str, Field(pattern=ID)]
AGENCY: Final = Field(None, max_length=120, description="Id of an agency; default: all.")
DAYS: Final = r"^\d{4}-\d{2}-\d{2}$"


class OfAgency(OnADay):
    """Whom it is about."""

    agency: str | None = AGENCY


class OfPlans(OfAgency):
    """Which plans."""

    destination: str | None = Field(None, max_length=120)
    years: str | None = Field(None, max_length=40, description="A year or a range, as 2018..2025.")
    status: str | None = Field(None, max_length=40)


class BestOf(OfAgency):
    """How many."""

    most: int | None = Field(None, ge=1, le=100_000, description="No more than that; default: all.")


class Opportune(BestOf):
    """Which opportunities."""

    kind: str | None = Field(None, max_length=40, description="Kind of opportunity, as gap; default: all.")


class OfSchedule(OnADay):
    """Which part of the schedule."""

    scope: str | None = Field(None, max_length=200, description="Mission, element, agency or schedule; default: all.")


class Critical(OfSchedule):
    """Which path."""

    until: str | None = Field(None, max_length=200, description="Mission or activity to which it leads.")
    margin: float | None = Field(None, ge=0, le=100_000, description="Days of float up to which paths are shown.")


class Ahead(OfAgency):
    """Which dates."""

    years: str | None = Field(None, max_length=40)
    kind: list[str] = Field([], max_length=20, description="Kinds of dates; default: all.")


class Judged(OfAgency):
    """What law is asked about."""

    scope: str | None = Field(None, max_length=200, description="An activity, as mission:exomars-rover.")
    law_on: str | None = Field(None, pattern=DAYS, description="State of the law.")
    reading: str | None = Field(None, max_length=120, description="Reading of a contested question to take.")
    standing: str | None = Field(None, pattern="^1$", description="1: list standing duties too.")


class Chosen(Judged):
    """Which findings."""

    norm: str | None = Field(None, max_length=200)
    bearer: str | None = Field(None, max_length=120)
    state: str | None = Field(None, max_length=80)
    certainty: str | None = Field(None, max_length=40)


class Contested(OnADay):
    """Which state of the law."""

    law_on: str | None = Field(None, pattern=DAYS)


class OnTheDay(OfAgency):
    """At which day a register is asked."""

    at: str | None = Field(None, pattern=DAYS, description="Day on which agreements stand; default: of knowledge.")


class Watched(OnTheDay):
    """How far ahead."""

    within_days: int | None = Field(None, ge=0, le=36_525)


class Needed(OfAgency):
    """With what might come."""

    proposed: int | None = Field(None, ge=0, le=1_000, description="Of how many opportunities, too.")


class SideBySide(OnADay):
    """Which scenarios."""

    scenario: list[str] = Field([], max_length=50, description="Ids; default: all.")
    part: list[str] = Field([], max_length=20, description="Parts that are answered at once; default: those.")


class Aligned(OnADay):
    """For whom."""

    agency: str = Field(max_length=120)


@dataclass(frozen=True)
class Question:
    """A question: its address, what it asks in a line, the page that answers it, and its parameters."""

    address: str
    asks: str
    page: str
    parameters: type[Schema]
    about: str = ""
    """What the page calls the record that the address names, if it names one."""


QUESTIONS: Final = (
    Question("roadmap", "Which missions and elements are planned?", "planning.roadmap_page", OfPlans),
    Question("opportunities", "Where could plans meet?", "planning.opportunities_page", Opportune),
    Question("dependence", "Who depends on whom, for what?", "planning.dependence_page", BestOf),
    Question("coverage", "Who provides which capability, when?", "planning.coverage_page", OnADay),
    Question("dossier/{id}", "What is there to know of a mission?", "planning.dossier_page", OnADay, "mission"),
    Question("compare", "How do scenarios compare?", "comparing.scenarios_page", SideBySide),
    Question("readiness/{id}", "How ready is a scenario?", "comparing.scenario_page", OnADay, "scenario"),
    Question("align/{id}", "What could an agency do for it?", "comparing.alignment_page", Aligned, "scenario"),
    Question("schedule/path", "What drives the dates, and who holds it?", "scheduling.path_page", Critical),
    Question("schedule/health", "Are schedules sound?", "scheduling.health_page", OfSchedule),
    Question("calendar", "Which dates lie ahead?", "calendars.calendar_page", Ahead),
    Question("law/assess", "Which norms apply, and are they met?", "judging.law_page", Judged),
    Question("law/findings", "Which findings fit?", "judging.findings_page", Chosen),
    Question("law/contested", "Which questions of law are contested?", "judging.contested_page", Contested),
    Question("agreements/list", "Which agreements stand?", "agreeing.register_page", OnTheDay),
    Question("agreements/watch", "Which agreements need attention?", "agreeing.watch_page", Watched),
    Question("agreements/needed", "Which agreements are needed?", "agreeing.needed_page", Needed),
)


def _answered(question: Question) -> Callable[..., Any]:
    """Return what answers a question: the page that does, asked for its envelope."""
    view = import_string(PAGES + question.page)

    def respond(request: HttpRequest, **named: str) -> HttpResponse:
        request.GET = request.GET.copy()
        request.GET["format"] = "json"
        return view(request, **named)

    if question.about:

        def operation(
            request: HttpRequest,
            asked: Query[question.parameters],
            id: Path[RecordId],
        ) -> Any:
            return respond(request, **{question.about: id})
    else:

        def operation(request: HttpRequest, asked: Query[question.parameters]) -> Any:
            return respond(request)

    operation.__doc__ = question.asks
    return stamped(operation)


for each in QUESTIONS:
    router.add_api_operation(
        f"/{each.address}",
        ["GET"],
        _answered(each),
        response={200: Envelope, **REFUSALS},
        summary=each.asks,
        operation_id=each.address.partition("/{")[0].replace("/", "_"),
    )
