"""What whoever watches over the server is told."""

import logging

import pytest
from django.db import OperationalError, connection
from django.test import Client

from synodos.web import health
from synodos.web.runs import queueing


@pytest.fixture
def asking(db, monkeypatch):
    """Somebody who watches, and is not told what was so a moment ago."""
    monkeypatch.setattr(health, "KEPT_S", 0.0)
    return Client()


@pytest.fixture
def ready(asking):
    """The same, where a worker is there."""
    queueing.show_up("a worker")
    return asking


def said(client, path="/readyz"):
    response = client.get(path)
    return response.status_code, response.content.decode()


def test_a_server_with_database_tables_and_worker_is_ready(ready):
    assert said(ready) == (200, "ready\n")
    response = ready.get("/readyz")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in response.headers


def test_a_server_without_worker_is_alive_and_not_ready(asking, caplog):
    with caplog.at_level(logging.ERROR, "synodos.health"):
        assert [said(asking) for _ in range(3)] == [(503, "not ready\n")] * 3
    assert said(asking, "/healthz") == (200, "alive\n")
    assert [record.getMessage() for record in caplog.records] == ["Not ready: no worker has said anything lately"]


def test_a_server_is_ready_while_its_worker_is_at_work(asking):
    from synodos.web.runs.models import Run

    Run.objects.create(viewer="public", question="risk", parameters={}, title="risk")
    assert queueing.take("a worker") is not None
    assert said(asking)[0] == 200


def test_a_database_of_another_release_is_not_ready(ready, monkeypatch):
    needed = health._needed()
    monkeypatch.setattr(health, "_needed", lambda: needed | {("runs", "0999_later")})
    assert said(ready) == (503, "not ready\n")
    assert "not up to this release" in health.missing()[0]


def test_a_database_that_does_not_answer_is_told_in_the_log_alone(ready, monkeypatch):
    def lost():
        words = "connection to server at db.example failed"
        raise OperationalError(words)

    monkeypatch.setattr(health, "_missing", lost)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert said(ready) == (503, "not ready\n")
    assert health.missing() == ("the database does not answer",)
    assert said(ready, "/healthz") == (200, "alive\n")


def test_who_watches_needs_neither_host_nor_encryption_nor_session(ready, settings, django_assert_max_num_queries):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["table.example.org"]
    asked = Client(headers={"host": "10.1.2.3:8000"})
    with django_assert_max_num_queries(4):
        assert said(asked) == (200, "ready\n")
    assert said(asked, "/healthz") == (200, "alive\n")
    assert asked.get("/accounts/login/").status_code in {301, 400}


def test_one_answer_holds_for_a_moment(db, django_assert_num_queries):
    asked = Client()
    before = said(asked)
    queueing.show_up("a worker")
    with django_assert_num_queries(0):
        assert said(asked) == before == (503, "not ready\n")
