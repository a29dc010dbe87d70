"""The table as tests of the pages see it."""

import shutil

import pytest
from django.test import Client

from tests.databases import opened
from tests.web import tables


@pytest.fixture(scope="session")
def empty_table(tmp_path_factory, made_once, django_db_blocker):
    """A database file with every table, and nothing in them."""
    from django.core.management import call_command

    def make(path):
        with django_db_blocker.unblock(), opened(path):
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)

    path = tmp_path_factory.mktemp("tables") / "empty.sqlite3"
    shutil.copy(made_once(path.name, make), path)
    return path


@pytest.fixture(scope="session")
def whole_table(empty_table, made_once, django_db_blocker):
    """A database with the whole scene."""

    def make(path):
        with django_db_blocker.unblock():
            tables.found(path, empty_table)

    path = empty_table.with_name("whole.sqlite3")
    shutil.copy(made_once(path.name, make), path)
    return path


@pytest.fixture(scope="session")
def worn_table(whole_table):
    """The whole scene once more, for tests that leave traces in its log; the other is what everybody copies."""
    path = whole_table.with_name("worn.sqlite3")
    shutil.copy(whole_table, path)
    return path


@pytest.fixture(scope="session")
def bare(empty_table, made_once, django_db_blocker):
    """Return a function that copies the table that never knew what somebody may not see, which is made once."""

    def copy(viewer, path):
        def make(place):
            with django_db_blocker.unblock():
                tables.found(place, empty_table, viewer=viewer)

        shutil.copy(made_once(f"bare-{viewer}.sqlite3", make), path)

    return copy


@pytest.fixture
def at_table(worn_table, django_db_blocker):
    """Django looks at the whole scene."""
    with django_db_blocker.unblock(), opened(worn_table):
        yield


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """A hash that is made in no time: how passwords are kept is Django's to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch):
    """Programs may ask as often as they like: a crawl asks more in a minute than anybody."""
    from synodos.web.api.v1 import api

    for rate in api.throttle:
        monkeypatch.setattr(rate, "of_token", 10**9)
        monkeypatch.setattr(rate, "of_address", 10**9)


@pytest.fixture(autouse=True)
def _nothing_counted():
    """What one test took out is no repetition in the next."""
    from synodos.web.accounts.again import ENTERED

    ENTERED.clear()


@pytest.fixture
def seated(db):
    """Return a function that gives a client logged in with a role, for an agency or none."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from synodos.web.accounts.people import make_person

    def seat(role, agency="", *, second_factor=True, email=None):
        person = make_person(email or f"{role}@{agency or 'table'}.example", role, agency, password="long enough 4 all")
        if second_factor:
            TOTP.activate(person, generate_totp_secret())
        client = Client()
        client.force_login(person)
        client.person = person
        return client

    return seat
