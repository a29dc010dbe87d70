"""The dates ahead as a page, and as a calendar."""

import html
import re

import pytest
from ical.calendar_stream import IcsCalendarStream

from synodos.language import Fault, PortfolioError
from synodos.web.pages import calendars
from tests.commands import listed
from tests.language.minimal import agency, history, statement
from tests.web.pages import conftest

ADDRESS = "/calendar/?kind=launch&kind=expiry"


def events(response):
    return IcsCalendarStream.calendar_from_ics(response.content.decode()).events


def test_the_page_says_what_the_command_says(laid, root):
    client = laid("exploration2026")
    page = html.unescape(client.get(ADDRESS).content.decode())
    (lead,) = re.findall(r'<p class="lead">(.*?)</p>', page, re.DOTALL)
    rows = listed("calendar", root / "portfolios/exploration2026", "--kind", "launch", "--kind", "expiry")
    assert lead.strip().startswith(f"{len(rows)} dates ahead: launch ")
    assert page.count("<h1>") == 1
    assert "Artemis III" in page
    assert 'href="/calendar/?kind=launch&kind=expiry&format=ics"' in page


def test_the_file_holds_the_same_dates(laid, no_log, root):
    client = laid("exploration2026")
    response = client.get(f"{ADDRESS}&agency=esa&years=2027..2028&format=ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="dates-ahead-exploration2026-esa.ics"'
    asked = ("--for", "esa", "--after", "2027", "--before", "2028", "--kind", "launch", "--kind", "expiry")
    assert len(events(response)) == len(listed("calendar", root / "portfolios/exploration2026", *asked))
    assert [event for event, _ in no_log] == ["exported"]


@pytest.mark.parametrize("asked", ["agency=esx", "kind=birthday", "years=soon", "format=doc", "since=2020"])
def test_misasked_is_refused(laid, asked):
    assert laid("exomars").get(f"/calendar/?{asked}").status_code == 400


def test_each_viewer_gets_its_own_dates(monkeypatch, laid, no_log):
    plans = history(
        agency("nasa"),
        statement("mission", id="one", name="For all", planned="2028"),
        statement("mission", id="two", name="For NASA", planned="2028", release=["nasa"]),
    )
    found = {}
    for viewer in ("public", "nasa", "esa"):
        monkeypatch.setattr(conftest.Table, "portfolio", property(lambda table, as_=viewer: plans.known_on(None, as_)))
        client = conftest.Client()
        page, file = client.get("/calendar/"), client.get("/calendar/?format=ics")
        found[viewer] = {one.summary.partition(":")[0] for one in events(file)}
        assert all((name in page.content.decode()) == (name in found[viewer]) for name in ("For all", "For NASA"))
    assert found == {"public": {"For all"}, "nasa": {"For all", "For NASA"}, "esa": {"For all", "For NASA"}}


def test_dates_that_follow_from_a_circle_are_left_out_and_the_page_says_so(monkeypatch, laid):
    whole = calendars.dates_ahead

    def circular(portfolio, *, kinds, **asked):
        if "milestone" in kinds:
            raise PortfolioError((Fault(code="schedule.cycle", message="activities wait for each other"),))
        return whole(portfolio, kinds=kinds, **asked)

    monkeypatch.setattr(calendars, "dates_ahead", circular)
    page = laid("hubble").get("/calendar/?years=1980..2020").content.decode()
    assert "activities wait for each other" in page
