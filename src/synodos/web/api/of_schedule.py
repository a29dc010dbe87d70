"""Questions on time: what drives dates and why, whether schedules are sound, when launches are cheap."""

from typing import Final

from pydantic import Field

from synodos.web.api.asking import DAYS, OnADay, Question

PAGES: Final = "synodos.web.pages."


class OfSchedule(OnADay):
    """Which part of the schedule."""

    scope: str | None = Field(None, max_length=200, description="Mission, element, agency or schedule; default: all.")


class Checked(OfSchedule):
    """Beside which plan."""

    baseline: str | None = Field(None, pattern=DAYS, description="Day whose plan is the baseline; default: none.")


class Until(OfSchedule):
    """To which end."""

    until: str | None = Field(None, max_length=200, description="Mission or activity to which it leads.")


class Critical(Until):
    """Which path."""

    margin: float | None = Field(None, ge=0, le=100_000, description="Days of float up to which paths are shown.")


class OfActivity(Until):
    """Which activity."""

    activity: str = Field(min_length=1, max_length=200, description="Activity, or a mission or element.")


class Launched(OnADay):
    """From where to where, and when."""

    departure: str | None = Field(None, max_length=40, description="Body to leave; default: earth.")
    arrival: str | None = Field(None, max_length=40, description="Body to reach; default: mars.")
    after: str | None = Field(None, max_length=40, description="Earliest departure: a year, month or day.")
    before: str | None = Field(None, max_length=40, description="Latest departure; at most 20 years later.")
    c3_max: float | None = Field(None, ge=0, le=1_000, description="Most C3, in km²/s²; default: 5 above the least.")
    arrival_speed_max: float | None = Field(None, ge=0, le=100, description="Most v-infinity at arrival, in km/s.")


QUESTIONS: Final = (
    Question(
        "schedule/path", "What drives the dates, and who holds it?", f"{PAGES}scheduling.path_page", Critical,
        command="schedule path",
    ),
    Question(
        "schedule/why", "Why is an activity critical, or why not?", f"{PAGES}explaining.why_page", OfActivity,
        command="schedule why",
    ),
    Question(
        "schedule/health", "Are schedules sound?", f"{PAGES}scheduling.health_page", Checked,
        command="schedule health", grows=True,
    ),
    Question(
        "launch-periods", "When does a launch need least?", f"{PAGES}launching.launch_periods_page", Launched,
        command="launch-periods",
    ),
)  # fmt: skip
