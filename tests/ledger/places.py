"""Where a ledger stands in tests: a file or a database of a PostgreSQL server, founded and ready to declare."""

import shutil
from contextlib import contextmanager

import psycopg
from django.core.management import call_command
from django.db import connections

from synodos.language import Source
from synodos.ledger import declare, found_ledger, register_key
from synodos.ledger.counting import count
from synodos.ledger.models import Chain, StoredEntry, Uncounted
from synodos.ledger.storing import chain_name, entries_of
from synodos.ledger.walking import Head
from synodos.web.starting import start
from tests.databases import kept_connection
from tests.language.minimal import agency, header
from tests.ledger.councils import ANCHOR, SECRETARIAT, signer

SOURCES = {"report": Source(title="Report")}
MEMBERS = ("esa", "nasa")


def found(address):
    """Make the tables, and begin a ledger with two members."""
    start(str(address))
    call_command("migrate", verbosity=0)
    found_ledger(signer(SECRETARIAT), header=header(sources={}))
    for member in MEMBERS:
        register_key(member, signer(member).public_hex, secretariat=signer(SECRETARIAT))
        declare([agency(member, member_since="2007")], signer=signer(member), sources=SOURCES)
    connections["default"].close()


class Files:
    """Ledgers in files, all alike."""

    def __init__(self, folder):
        self.folder, self.made = folder, 0

    def new(self):
        """The path of a founded ledger."""
        template = self.folder / "founded.sqlite3"
        if not template.exists():
            found(template)
        self.made += 1
        return str(shutil.copy(template, self.folder / f"{self.made}.sqlite3"))


class Server:
    """Ledgers in the databases of a PostgreSQL server, all alike."""

    def __init__(self, server):
        self.address, self.made = server.get_uri(), 0

    def named(self, name):
        """The address of a database."""
        return self.address.replace("/postgres?", f"/{name}?")

    def run(self, *statements):
        """Run statements on the server, and return what the last one gives."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def new(self):
        """The address of a founded ledger."""
        if not self.made:
            self.run("CREATE DATABASE founded")
            found(self.named("founded"))
        self.made += 1
        self.run(f"CREATE DATABASE ledger_{self.made} TEMPLATE founded")
        return self.named(f"ledger_{self.made}")

    def end_connections(self, address):
        """Kill every connection to a database."""
        name = address.removeprefix(self.address.partition("/postgres?")[0] + "/").partition("?")[0]
        return self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608


@contextmanager
def looking_at(address):
    """Look at a ledger for a while."""
    with kept_connection():
        start(str(address))
        try:
            yield
        finally:
            connections["default"].close()


def assert_whole():
    """Everything that the tables say of what counts follows from the entries."""
    names = [chain_name(row) for row in Chain.objects.all()]
    entries = [entry for name in names for entry in entries_of(name)]
    assert len(entries) == StoredEntry.whole_ledger.count()
    counted = count(entries, secretariat=SECRETARIAT, anchor=ANCHOR)
    assert dict(Uncounted.objects.values_list("entry__hash", "reason")) == counted.uncounted
    for row in Chain.objects.all():
        assert Head(row.length, row.head, row.key) == counted.heads.get(chain_name(row), Head(0, row.head, ""))
        assert row.readers.exists()
    return entries, counted
