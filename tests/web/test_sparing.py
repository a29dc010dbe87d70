"""What strangers may make the server do: how much they send, and how many new answers they ask for."""

import time

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from synodos.web import errors


def work(request):
    """Take some time of the processor, as a new answer does."""
    until = time.thread_time() + 0.02
    while time.thread_time() < until:
        pass
    return HttpResponse("worked out")


def drawing(request):
    """Have a picture drawn, which another thread does."""
    request.drawn_s = 30.0
    return HttpResponse("drawn")


def taking(request):
    """Take what is sent."""
    return HttpResponse(str(len(request.FILES["file"].read())))


handler400, handler404, handler429 = errors.bad_request, errors.not_found, errors.too_many
urlpatterns = [
    path("work/", work),
    path("drawing/", drawing),
    path("taking/", taking),
    path("accounts/", include("synodos.web.accounts.urls")),
]


@pytest.fixture(autouse=True)
def _few(db, settings):
    settings.ROOT_URLCONF = __name__
    settings.SYNODOS_STRANGERS_WORK_S = 0.05
    caches["strangers"].clear()


def statuses(client, address="/work/", times=6, **more):
    return [client.get(address, **more).status_code for _ in range(times)]


def test_a_stranger_who_asks_for_ever_new_answers_has_to_wait():
    found = statuses(Client())
    assert found[:2] == [200, 200]
    assert set(found[3:]) == {429}
    response = Client().get("/work/")
    assert b"new answers" in response.content
    assert response.headers["Retry-After"] == "300"
    assert "no-cache" in response.headers["Cache-Control"]


def test_pictures_count_as_work():
    assert statuses(Client(), "/drawing/", 2) == [200, 429]


def test_other_addresses_go_on_and_a_subscriber_has_one():
    statuses(Client())
    assert Client().get("/work/", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert 429 in statuses(Client(), REMOTE_ADDR="2001:db8::1")
    assert Client().get("/work/", REMOTE_ADDR="2001:db8::2").status_code == 429
    assert Client().get("/work/", REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def test_people_with_accounts_go_on_and_can_come_in(seated):
    statuses(Client())
    assert statuses(seated("reader", "esa")) == [200] * 6
    assert Client().get("/accounts/login/").status_code == 200


def test_on_this_machine_alone_nobody_waits(settings):
    settings.SYNODOS_STRANGERS_WORK_S = None
    assert statuses(Client()) == [200] * 6


def test_what_is_too_large_is_refused_before_it_is_read(settings, tmp_path):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    browser, read = Client(), []

    class Body:
        def read(self, size=-1):
            read.append(size)
            return b""

        readline = read

    response = browser.generic(
        "POST", "/taking/", b"", content_type="multipart/form-data; boundary=x", **{"wsgi.input": Body()},
        CONTENT_LENGTH=str(1024 * 1024 + 1),
    )  # fmt: skip
    assert response.status_code == 413
    assert b"at most 1 MB" in response.content
    assert not read
    small = tmp_path / "small"
    small.write_bytes(b"x" * 1000)
    with small.open("rb") as file:
        assert browser.post("/taking/", {"file": file}).content == b"1000"
