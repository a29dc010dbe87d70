"""A table of each test's own, with the keys of two agencies: one plain, one locked with a passphrase."""

import shutil

import pytest

from tests.databases import opened
from tests.web import tables

PASSPHRASE = "over the far side"


@pytest.fixture
def desk(whole_table, tmp_path, settings, django_db_blocker):
    """The whole scene without drafts."""
    from synodos.ledger import save_signer
    from synodos.web.agency.models import Draft

    path = tmp_path / "desk.sqlite3"
    shutil.copy(whole_table, path)
    settings.SYNODOS_KEYS = tmp_path / "keys"
    save_signer(tables.signer("aster"), settings.SYNODOS_KEYS)
    save_signer(tables.signer("borea"), settings.SYNODOS_KEYS, PASSPHRASE)
    with django_db_blocker.unblock(), opened(path):
        Draft.objects.all().delete()
        yield path


@pytest.fixture
def as_(desk):
    """Give the browser of somebody who is logged in, or of a stranger."""

    return tables.browser


@pytest.fixture
def drafted(desk):
    """Keep a draft of an agency."""
    from synodos.web.agency.models import Draft

    def keep(kind, record_id, agency="aster", **values):
        draft = Draft(agency=agency, kind=kind, record_id=record_id)
        draft.values = values
        draft.save()
        return draft

    return keep
