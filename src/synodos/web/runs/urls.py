"""Addresses of what takes long."""

from django.urls import path

from synodos.web.runs import asking, pages, sharing, supposing

app_name = "runs"
urlpatterns = [
    path("schedule/risk/", asking.risk, name="risk"),
    path("schedule/changes/", asking.changes, name="changes"),
    path("scenarios/compare/", asking.compare, name="compare"),
    path("exposure/", asking.exposure, name="exposure"),
    path("law/screen/", asking.screen, name="screen"),
    path("backtest/", asking.backtest, name="backtest"),
    path("worth/", asking.worth, name="worth"),
    path("worth/shares/", sharing.shares, name="shares"),
    path("what-if/", supposing.what_if, name="what_if"),
    path("what-if/begin/", supposing.begin, name="begin"),
    path("what-if/work-out/", supposing.work_out, name="work_out"),
    path("what-if/<uuid:key>/", supposing.change, name="change"),
    path("what-if/<uuid:key>/drop/", supposing.drop, name="drop"),
    path("what-if/<uuid:key>/rename/", supposing.rename, name="rename"),
    path("what-if/<uuid:key>/erase/", supposing.erase, name="erase_change"),
    path("what-if/<uuid:key>/draft/", supposing.draft, name="draft"),
    path("what-if/<uuid:key>/record.yaml", supposing.record, name="record"),
    path("runs/", pages.runs, name="runs"),
    path("runs/<uuid:key>/", pages.run, name="run"),
    path("runs/<uuid:key>/progress/", pages.progress, name="progress"),
    path("runs/<uuid:key>/again/", pages.repeat, name="repeat"),
    path("runs/<uuid:key>/cancel/", pages.cancel, name="cancel"),
    path("runs/<uuid:key>/share/", pages.share, name="share"),
    path("runs/<uuid:key>/erase/", pages.erase, name="erase"),
]
