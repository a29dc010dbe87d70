"""A table at which an edition for everybody and one for an agency are published."""

import shutil

import pytest

from tests.databases import opened
from tests.web import tables


@pytest.fixture(scope="module")
def desk(whole_table, tmp_path_factory, django_db_blocker):
    """The whole scene in a database of this module's own."""
    path = tmp_path_factory.mktemp("editions") / "desk.sqlite3"
    shutil.copy(whole_table, path)
    with django_db_blocker.unblock(), opened(path):
        yield path


@pytest.fixture
def as_(desk):
    """Give the browser of somebody who is logged in, or of a stranger."""
    return tables.browser


@pytest.fixture
def undone(desk):
    """Take back at the end what a test writes."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
