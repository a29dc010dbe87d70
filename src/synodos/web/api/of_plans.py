"""Questions on plans: what is planned, where plans meet, who depends on whom; documents; scenarios."""

from typing import Final

from pydantic import Field

from synodos.web.api.asking import BestOf, OfAgency, OnADay, Question

PAGES: Final = "synodos.web.pages."
YEARS: Final = Field(None, max_length=40, description="A year or a range, as 2018..2025.")


class OfPlans(OfAgency):
    """Which plans."""

    destination: str | None = Field(None, max_length=120)
    years: str | None = YEARS
    status: str | None = Field(None, max_length=40)


class Opportune(BestOf):
    """Which opportunities."""

    kind: str | None = Field(None, max_length=40, description="Kind of opportunity, as gap; default: all.")


class Ahead(OfAgency):
    """Which dates."""

    years: str | None = YEARS
    kind: list[str] = Field([], max_length=20, description="Kinds of dates; default: all.")


class Briefed(OnADay):
    """Who is briefed."""

    agency: str = Field(max_length=120)
    years: int | None = Field(None, ge=1, le=100, description="How far to look ahead; default: 5.")


class OfYear(OnADay):
    """Which year."""

    year: int | None = Field(None, ge=1958, le=2199, description="Default: the last that is over.")


class SideBySide(OnADay):
    """Which scenarios."""

    scenario: list[str] = Field([], max_length=50, description="Ids; default: all.")
    part: list[str] = Field([], max_length=20, description="Parts that are answered at once; default: those.")


class Weighed(OnADay):
    """Which scenarios, by which weights."""

    scenario: list[str] = Field([], max_length=50, description="Ids; default: all.")
    run: str | None = Field(None, max_length=40, description="Run of `compare` whose rows are weighed.")
    weight: list[str] = Field([], max_length=100, description="Row and weight, as missions-missions=2.")


class Aligned(OnADay):
    """For whom."""

    agency: str | None = Field(None, max_length=120, description="Default: your own, or else all.")


QUESTIONS: Final = (
    Question("about", "What is on the table, and how is it counted?", f"{PAGES}about.about_page", OnADay),
    Question("roadmap", "Which missions and elements are planned?", f"{PAGES}planning.roadmap_page", OfPlans),
    Question(
        "opportunities", "Where could plans meet?", f"{PAGES}planning.opportunities_page", Opportune,
        command="opportunities",
    ),
    Question(
        "dependence", "Who depends on whom, for what?", f"{PAGES}planning.dependence_page", BestOf, command="dependence"
    ),
    Question("coverage", "Who provides which capability, when?", f"{PAGES}planning.coverage_page", OnADay),
    Question(
        "dossier/{id}", "What is there to know of a mission?", f"{PAGES}planning.dossier_page", OnADay, "mission",
        command="dossier",
    ),
    Question("brief", "What does an agency have to know?", f"{PAGES}briefing.brief_page", Briefed, command="brief"),
    Question(
        "annual", "What did a year bring?", f"{PAGES}briefing.annual_page", OfYear, command="annual", grows=True
    ),
    Question(
        "compare", "How do scenarios compare?", f"{PAGES}comparing.scenarios_page", SideBySide, command="compare"
    ),
    Question("weigh", "Which scenario is first by your weights?", f"{PAGES}ranking.weigh_page", Weighed, grows=True),
    Question(
        "readiness/{id}", "How ready is a scenario?", f"{PAGES}comparing.scenario_page", OnADay, "scenario",
        command="readiness",
    ),
    Question(
        "align/{id}", "What could an agency do for it?", f"{PAGES}comparing.alignment_page", Aligned, "scenario",
        command="align",
    ),
    Question("calendar", "Which dates lie ahead?", f"{PAGES}calendars.calendar_page", Ahead, command="calendar"),
)  # fmt: skip
