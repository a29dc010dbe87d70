"""Addresses of the pages that show what plans say."""

from django.urls import URLPattern, URLResolver, include, path

from synodos.web.pages import (
    about,
    agreeing,
    briefing,
    calendars,
    comparing,
    explaining,
    judging,
    launching,
    planning,
    ranking,
    scheduling,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", planning.roadmap_page, name="roadmap"),
    path("opportunities/", planning.opportunities_page, name="opportunities"),
    path("dependence/", planning.dependence_page, name="dependence"),
    path("coverage/", planning.coverage_page, name="coverage"),
    path("missions/", planning.missions_page, name="missions"),
    path("missions/<str:mission>/", planning.dossier_page, name="dossier"),
    path("scenarios/", comparing.scenarios_page, name="scenarios"),
    path("scenarios/weigh/", ranking.weigh_page, name="scenarios-weigh"),
    path("scenarios/of/<str:scenario>/", comparing.scenario_page, name="scenario"),
    path("scenarios/of/<str:scenario>/align/", comparing.alignment_page, name="scenario-alignment"),
    path("brief/", briefing.brief_page, name="brief"),
    path("annual/", briefing.annual_page, name="annual"),
    path("schedule/", scheduling.path_page, name="schedule"),
    path("schedule/health/", scheduling.health_page, name="schedule-health"),
    path("schedule/why/", explaining.why_page, name="schedule-why"),
    path("launch-periods/", launching.launch_periods_page, name="launch-periods"),
    path("calendar/", calendars.calendar_page, name="calendar"),
    path("law/", judging.law_page, name="law"),
    path("law/findings/", judging.findings_page, name="law-findings"),
    path("law/finding/", judging.finding_page, name="law-finding"),
    path("law/questions/", judging.questions_page, name="law-questions"),
    path("law/contested/", judging.contested_page, name="law-contested"),
    path("agreements/", agreeing.register_page, name="agreements"),
    path("agreements/watch/", agreeing.watch_page, name="agreements-watch"),
    path("agreements/needed/", agreeing.needed_page, name="agreements-needed"),
    path("agreements/drafts/<str:mission>/", agreeing.draft_page, name="agreements-draft"),
    path("agreements/close-out/<str:agreement>/", agreeing.close_out_page, name="agreements-close-out"),
    path("about/", about.about_page, name="about"),
    path("", include("synodos.web.showing.urls")),
]
