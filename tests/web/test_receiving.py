"""Bodies on their way: so many that others still get their pages, and no more."""

import threading

import pytest
from django.http import HttpResponse, UnreadablePostError
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from synodos.web import errors, sparing


@csrf_exempt
def taking(request):
    """Take what is sent, piece by piece."""
    taken = b""
    while piece := request.read(7):
        taken += piece
    return HttpResponse(str(len(taken)))


handler400, handler404, handler500 = errors.bad_request, errors.not_found, errors.failed
urlpatterns = [path("taking/", taking)]


@pytest.fixture(autouse=True)
def _only_these(db, settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(sparing, "TURN_S", 0.01)
    monkeypatch.setattr(sparing, "RECEIVING", threading.BoundedSemaphore(2))


def sent(client):
    return client.post("/taking/", b"x" * 100, content_type="application/octet-stream")


def test_a_body_that_was_received_is_read_as_it_comes():
    assert [sent(Client()).content for _ in range(5)] == [b"100"] * 5


def test_who_sends_waits_while_too_many_are_sending_and_who_reads_goes_on():
    with sparing.RECEIVING, sparing.RECEIVING:
        response = sent(Client())
        assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
        assert b"send it again" in response.content
        assert Client().get("/taking/").content == b"0"
    assert sent(Client()).content == b"100"


def test_a_body_that_breaks_off_leaves_its_place_to_others():
    class Broken:
        def read(self, *_):
            message = "broken off"
            raise UnreadablePostError(message)

        readline = read

    for _ in range(3):
        response = Client().generic("POST", "/taking/", b"", **{"wsgi.input": Broken()}, CONTENT_LENGTH="100")
        assert response.status_code == 400
    assert sent(Client()).content == b"100"
