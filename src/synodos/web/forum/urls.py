"""Addresses of the forum."""

from django.urls import URLPattern, path

from synodos.web.agency.keeping import of_today
from synodos.web.forum import commenting, convening, meetings, overview, papers, proposing, understanding

app_name = "forum"
urlpatterns: list[URLPattern] = [
    path("forum/", overview.forum_page, name="forum"),
    path("forum/papers/", papers.papers_page, name="papers"),
    path("forum/papers/<str:paper>/", papers.paper_page, name="paper"),
    path("forum/papers/<str:paper>/next/", of_today(proposing.next_version), name="next-version"),
    path("forum/papers/<str:paper>/position/", proposing.position, name="position"),
    path("forum/papers/<str:paper>/stage/", proposing.stage, name="stage"),
    path("forum/papers/<str:paper>/comments/", commenting.comment, name="comment"),
    path("forum/comments/<uuid:key>/erase/", commenting.erase_comment, name="erase-comment"),
    path("forum/meetings/", meetings.meetings_page, name="meetings"),
    path("forum/meetings/<str:meeting>/", meetings.meeting_page, name="meeting"),
    path("forum/meetings/<str:meeting>/agenda/", convening.agenda_item, name="agenda-item"),
    path("forum/meetings/<str:meeting>/minutes/", of_today(convening.minutes), name="minutes"),
    path("forum/actions/", overview.actions_page, name="actions"),
    path("forum/actions/<str:action>/done/", convening.action_done, name="action-done"),
    path("forum/new/paper/", of_today(proposing.new_paper), name="new-paper"),
    path("forum/new/meeting/", of_today(convening.new_meeting), name="new-meeting"),
    path("forum/new/action/", of_today(convening.new_action), name="new-action"),
    path("forum/new/instrument-point/", convening.instrument_point, name="instrument-point"),
    path("forum/new/common-understanding/", understanding.begin_understanding, name="common-understanding"),
]
