"""A table of one's own, on which runs may be asked and worked on."""

import shutil

import pytest

from tests.databases import opened
from tests.web import tables


@pytest.fixture(scope="module")
def room(whole_table, tmp_path_factory, django_db_blocker):
    """The whole scene in a database file of this module's own."""
    path = tmp_path_factory.mktemp("room") / "desk.sqlite3"
    shutil.copy(whole_table, path)
    with django_db_blocker.unblock(), opened(path):
        yield path


@pytest.fixture
def desk(room, tmp_path, monkeypatch):
    """A table on which nothing was asked yet, where workers find it too."""
    from synodos.web.agency.models import Draft
    from synodos.web.runs.models import Run, SupposedChange, WorkerBeat

    monkeypatch.setenv("SYNODOS_DATABASE", str(room))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for kept in (Run, WorkerBeat, SupposedChange, Draft):
        kept.objects.all().delete()
    return room


@pytest.fixture
def as_(desk):
    """Give the browser of somebody who is logged in, or of a stranger."""

    return tables.browser


@pytest.fixture
def ask(desk):
    """Put a question into the queue."""
    from synodos.ledger import snapshot
    from synodos.web.runs import queueing

    def put(question="exposure", parameters=None, name="owner"):
        user = None if name == "stranger" else tables.user(name)
        viewer = tables.EYES[name]
        asked = {"for": None} if parameters is None else parameters
        sha256 = snapshot(viewer=viewer).sha256
        return queueing.ask(question, asked, user=user, viewer=viewer, sha256=sha256, title=question)

    return put


@pytest.fixture
def told():
    """What an answer could be, without having it worked out."""
    from synodos.web.showing.told import Told

    return Told(title="Who can hurt whom", lead="Aster could hurt Borea.", header="as seen by Aster").model_dump(
        mode="json"
    )


@pytest.fixture
def done(ask, told):
    """Put a question into the queue that is answered at once, with no more than a sentence."""
    from synodos.web.runs import queueing

    def answered(*arguments, **options):
        run = ask(*arguments, **options)
        taken = queueing.take("a worker")
        assert taken == run
        assert queueing.end(taken, told, run.sha256)
        run.refresh_from_db()
        return run

    return answered
