"""The log as lines of JSON: what a line tells, and what it does not."""

import io
import json
import logging
import sys

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from synodos.web import errors, journal

SECRET = "secret-lander"


def shown(request, key):
    return HttpResponse("shown")


def broken(request, key):
    raise RuntimeError(key)


def lost(request, key):
    message = f"disk full while keeping {key}"
    raise OperationalError(message)


def nowhere(request, exception):
    return HttpResponse(status=404)


handler400, handler404, handler500 = errors.bad_request, nowhere, errors.failed


def unread(request, key):
    raise RuntimeError(request.path)


urlpatterns = [
    *(path(f"{name}/<key>/", view) for name, view in (("shown", shown), ("broken", broken), ("lost", lost))),
    path("feeds/<key>/calendar.ics", unread),
    *(path(f"{name}/<key>/", unread) for name in ("membership/own", "reminders/off", "accounts/invitation")),
]


@pytest.fixture
def text(db, settings, monkeypatch):
    """What is written, where no lines are asked for, while somebody asks."""
    settings.ROOT_URLCONF = __name__
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(journal.Text(settings.LOGGING["formatters"]["text"]["format"]))
    assert settings.LOGGING["formatters"]["text"]["()"] == "synodos.web.journal.Text"
    monkeypatch.setattr(logging.getLogger("django"), "handlers", [handler])
    monkeypatch.setattr(logging.getLogger("django"), "level", logging.WARNING)
    logging.getLogger().manager._clear_cache()
    yield out.getvalue
    logging.getLogger().manager._clear_cache()


SECRETS = (
    "/feeds/{}/calendar.ics", "/membership/own/{}/", "/reminders/off/{}/", "/accounts/invitation/{}/?next=/",
)  # fmt: skip


@pytest.mark.parametrize("address", SECRETS, ids=["feed", "application", "letter", "invitation"])
@pytest.mark.parametrize("fails", [True, False], ids=["fails", "missing"])
def test_the_log_as_text_holds_no_address_that_lets_somebody_in(text, address, fails):
    before, after = address.split("{}")
    Client(raise_request_exception=False).get(f"{before}{SECRET}{after if fails else '/nowhere/'}")
    written = text()
    assert SECRET not in written
    assert f"{before}..." in written
    assert ("Traceback" in written) == fails


def test_every_secret_part_of_an_address_is_known_to_the_log():
    from tests.web.crawling import places

    found = [place for place in places() if {"secret", "token"} & set(place.names)]
    assert len(found) >= 4
    for place in found:
        asked = place.filled(dict.fromkeys(place.names, SECRET))
        assert SECRET not in journal.SECRET.sub(r"\1...", asked), asked


@pytest.fixture
def lines(db, settings, monkeypatch):
    """What is written while somebody asks."""
    settings.ROOT_URLCONF, settings.SYNODOS_LOG_LINES = __name__, True
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(journal.Line())
    for name in ("django", "synodos"):
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "handlers", [handler])
        monkeypatch.setattr(logger, "level", logging.INFO if name == "synodos" else logging.ERROR)
        logger.manager._clear_cache()

    def read():
        written = out.getvalue()
        assert SECRET not in written
        return [json.loads(line) for line in written.splitlines()]

    yield read
    logging.getLogger().manager._clear_cache()


@pytest.fixture
def asking():
    return Client(raise_request_exception=False, REMOTE_ADDR="192.0.2.77")


def test_a_line_tells_route_status_and_duration_and_neither_id_nor_query_nor_who_asks(lines, asking):
    response = asking.get(f"/shown/{SECRET}/?q={SECRET}", headers={"user-agent": SECRET, "authorization": SECRET})
    (line,) = lines()
    assert {name: line[name] for name in ("logger", "method", "route", "status", "bytes", "level")} == {
        "logger": "synodos.request",
        "method": "GET",
        "route": "shown/<key>/",
        "status": 200,
        "bytes": 5,
        "level": "info",
    }
    assert line["ms"] > 0
    assert line["request"] == response.headers["X-Request-ID"]
    assert "192.0.2" not in json.dumps(line)


def test_an_error_tells_its_kind_and_place_and_not_its_message(lines, asking):
    response = asking.get(f"/broken/{SECRET}/")
    error, request = lines()
    assert error["error"] == "RuntimeError"
    assert error["where"][-1].endswith(" broken")
    assert error["request"] == request["request"] == response.headers["X-Request-ID"]
    assert (response.status_code, request["status"]) == (500, 500)


def test_an_address_that_leads_nowhere_has_no_route(lines, asking):
    asking.get(f"/{SECRET}/")
    asking.generic(SECRET, "/shown/x/")
    assert [(line["method"], line["route"], line["status"]) for line in lines()] == [
        ("GET", None, 404),
        ("other", "shown/<key>/", 200),
    ]


def test_each_request_has_a_name_of_its_own_and_its_own_line(lines, asking):
    names = [asking.get("/shown/x/").headers["X-Request-ID"] for _ in range(3)]
    assert [line["request"] for line in lines()] == names
    assert len(set(names)) == 3


def test_nothing_is_written_where_nobody_asked_for_lines(lines, asking, settings):
    settings.SYNODOS_LOG_LINES = False
    assert asking.get("/shown/x/").headers["X-Request-ID"]
    assert lines() == []


@pytest.mark.parametrize("address", [f"/lost/{SECRET}/", "/api/lost"])
def test_a_database_that_fails_is_told_as_something_that_passes(db, rf, address):
    try:
        lost(None, SECRET)
    except OperationalError:
        response = errors.failed(rf.get(address))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert SECRET not in response.content.decode()
    assert (b"problem" in response.headers["Content-Type"].encode()) == address.startswith("/api/")
    assert sys.exc_info() == (None, None, None)
    assert errors.failed(rf.get(address)).status_code == 500
