"""What browsers are told, what errors say, and what the settings refuse."""

import json
import os
import re
import subprocess
import sys
import uuid

import pytest
from django.test import Client
from django.urls import include, path

from synodos.web import errors
from synodos.web.accounts.people import make_person


def broken(request):
    """Fail as a view may, with something in hand that nobody is to see."""
    in_hand = "private plan"
    raise RuntimeError(in_hand)


handler400, handler403, handler404, handler500 = errors.bad_request, errors.forged, errors.not_found, errors.failed
urlpatterns = [
    path("broken/", broken),
    path("accounts/", include("synodos.web.accounts.urls")),
]
PAGES = ["/accounts/login/", "/accounts/", "/nowhere/", "/?on=soon", "/broken/", "/static/synodos/table.css"]


@pytest.fixture
def asking(db, settings):
    """A browser before a table with a view that fails."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", PAGES)
def test_every_response_carries_the_headers(asking, address):
    response = asking.get(address)
    response.close()
    headers = response.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers, "a promise that this machine alone could not keep"
    if not address.startswith("/static/"):
        assert headers["X-Frame-Options"] == "DENY"
        assert {"private", "no-cache"} <= set(headers["Cache-Control"].split(", "))


@pytest.mark.parametrize(("address", "status"), [("/nowhere/", 404), ("/?on=soon", 400), ("/broken/", 500)])
def test_errors_say_what_to_do_and_nothing_of_what_there_is(asking, address, status):
    response = asking.get(address)
    said = response.content.decode()
    assert response.status_code == status
    assert "<h1>" in said
    assert 'lang="en-GB"' in said
    for word in ("private plan", "Traceback", "RuntimeError", "django", "nowhere", "test_security"):
        assert word not in re.sub(r'src="[^"]*"', "", said)


@pytest.mark.parametrize(
    ("address", "takes"),
    [("/editions/any/publish/", {"POST"}), ("/editions/any/withdraw/", {"POST"}), ("/runs/{0}/cancel/", {"POST"})],
)
def test_who_opens_the_address_of_a_form_reads_that_it_is_none_to_read(db, address, takes):
    response = Client().get(address.format(uuid.UUID(int=0)))
    said = response.content.decode()
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == takes
    assert "<h1>Nothing to read here</h1>" in said
    assert "This address takes only what a form sends to it" in said


def test_the_table_answers_errors_with_these_pages():
    from synodos.web import urls

    for status, view in ((400, handler400), (403, handler403), (404, handler404), (500, handler500)):
        assert getattr(urls, f"handler{status}") == f"{view.__module__}.{view.__name__}"


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost.elsewhere.example", "127.0.0.1.elsewhere.example"])
def test_another_host_is_refused(asking, host):
    response = asking.get("/accounts/login/", headers={"host": host})
    assert response.status_code == 400
    assert host not in response.content.decode()


def test_a_form_from_elsewhere_is_refused(db):
    browser = Client(enforce_csrf_checks=True)
    response = browser.post("/accounts/login/", {"login": "a@b.example", "password": "x"})
    assert response.status_code == 403
    assert b"did not come from a page of this table" in response.content


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(db):
    browser = Client()
    make_person("a@b.example", "observer", password="long enough 4 all")
    browser.get("/accounts/login/")
    browser.post("/accounts/login/", {"login": "a@b.example", "password": "long enough 4 all"})
    assert {"sessionid", "csrftoken"} <= set(browser.cookies)
    for cookie in browser.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] in {"Lax", "Strict"}


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_logging_in_leads_nowhere_else(db, target):
    make_person("a@b.example", "observer", password="long enough 4 all")
    given = {"login": "a@b.example", "password": "long enough 4 all", "next": target}
    assert Client().post("/accounts/login/", given).url == "/"


def test_scripts_and_styles_are_kept_until_they_change(db):
    page = Client().get("/accounts/login/").content.decode()
    address = re.search(r'href="(/static/synodos/table\.css\?[0-9a-f]{12})"', page)[1]
    response = Client().get(address)
    assert b"".join(response.streaming_content)
    assert "max-age=31536000" in response.headers["Cache-Control"]
    response.close()


def test_no_page_of_ours_holds_a_script_or_a_style(root):
    found = {
        f"{file.relative_to(root)}: {match[0]}"
        for file in (root / "src/synodos/web").rglob("templates/**/*.html")
        for match in re.finditer(
            r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|<script(?![^>]*\bsrc=)(?![^>]*application/json)",
            file.read_text(encoding="utf-8"),
        )
    }
    assert found == set()


SETTINGS = """
import json
from synodos.web import settings as s
print(json.dumps({name: getattr(s, name) for name in dir(s) if name.isupper()}, default=str))
"""


def settings_for(**environment):
    """Return the settings of a table in an environment."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SYNODOS_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", SETTINGS], env={**own, **environment}, capture_output=True, encoding="utf-8", check=True
    )
    return json.loads(done.stdout)


def test_an_encrypted_address_hardens_everything():
    found = settings_for(SYNODOS_ADDRESS="https://table.example.org")
    assert "table.example.org" in found["ALLOWED_HOSTS"]
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://table.example.org"]
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert found[name] is True
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_HSTS_SECONDS"] == 31536000
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_on_this_machine_no_proxy_is_believed():
    found = settings_for()
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
    assert not found["DEBUG"]


def test_django_finds_nothing_to_complain_of_before_it_is_deployed():
    environment = {"SYNODOS_ADDRESS": "https://table.example.org", "SYNODOS_SECRET_KEY": "x9!" * 25 + "abcdefgh"}
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SYNODOS_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={**own, **environment, "DJANGO_SETTINGS_MODULE": "synodos.web.settings"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_no_server_runs_with_the_key_that_all_know():
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SYNODOS_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", "import synodos.web.wsgi"], env=own, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode != 0
    assert "SYNODOS_SECRET_KEY: expected a long random text" in done.stderr


def test_no_command_names_the_password_of_the_database():
    from synodos.web.serving import Worker

    address = "postgresql://keeper:secret@db.example/table"
    worker = Worker(address)
    assert not [word for word in worker.command if "secret" in word]
    assert worker.environment["SYNODOS_DATABASE"] == address


def test_strangers_are_bounded_where_they_can_come_in():
    assert settings_for()["SYNODOS_STRANGERS_WORK_S"] is None
    assert settings_for(SYNODOS_ADDRESS="https://table.example.org")["SYNODOS_STRANGERS_WORK_S"] > 0
