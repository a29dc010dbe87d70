"""A table at which the forum meets: one of each test's own for what is declared, one for all others of a module."""

import shutil

import pytest

from tests.databases import opened
from tests.web import scene, tables


@pytest.fixture
def desk(whole_table, tmp_path, settings, django_db_blocker):
    """The whole scene without drafts."""
    from synodos.ledger import save_signer
    from synodos.web.agency.models import Draft

    path = tmp_path / "desk.sqlite3"
    shutil.copy(whole_table, path)
    settings.SYNODOS_KEYS = tmp_path / "keys"
    for author in (scene.OFFICE, *scene.AGENCIES):
        save_signer(tables.signer(author), settings.SYNODOS_KEYS)
    with django_db_blocker.unblock(), opened(path):
        Draft.objects.all().delete()
        yield path


@pytest.fixture
def as_(desk):
    """Give the browser of somebody who is logged in, or of a stranger."""
    return tables.browser


@pytest.fixture(scope="module")
def table(whole_table, tmp_path_factory, django_db_blocker):
    """The whole scene without drafts, in a database of the module's own."""
    from synodos.web.agency.models import Draft

    path = tmp_path_factory.mktemp("forum") / "table.sqlite3"
    shutil.copy(whole_table, path)
    with django_db_blocker.unblock(), opened(path):
        Draft.objects.all().delete()
        yield path


@pytest.fixture
def undone(table):
    """Take back at the end what a test writes."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def guests(undone):
    """Give the browser of somebody who is logged in, or of a stranger; what they write is taken back."""
    return tables.browser
