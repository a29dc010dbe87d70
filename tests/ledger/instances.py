"""Several instances of a ledger in one process: each is a file, and one at a time is looked at."""

import shutil
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from synodos.language import Source
from synodos.ledger import (
    ChainName,
    declare,
    found_ledger,
    join,
    merge_bundle,
    new_signer,
    register_key,
    revoke_key,
    rotate_key,
    snapshot,
    write_bundle,
)
from synodos.ledger.models import Chain, StoredEntry
from synodos.ledger.storing import chain_name, entries_of
from synodos.web.starting import start
from tests.language.minimal import agency, header, statement

SECRETARIAT = "isecg"
SOURCES = {"report": Source(title="Report")}


def empty_file(path):
    """A database with every table and no row."""
    start(str(path))
    call_command("migrate", verbosity=0)
    connections["default"].close()
    return path


class Instances:
    """A secretariat and agencies that hold its ledger, each in a file of its own."""

    def __init__(self, folder, template):
        self.folder, self.template = Path(folder), template
        self.signers = {}

    def new(self, name):
        """An empty database."""
        path = self.folder / f"{name}.sqlite3"
        shutil.copy(self.template, path)
        return path

    def copied(self, folder):
        """The same instances in another folder."""
        found = Instances(folder, self.template)
        found.signers = dict(self.signers)
        for path in self.folder.iterdir():
            shutil.copy(path, found.folder)
        return found

    def look_at(self, name):
        """Let the process look at an instance; nobody cuts its power, so that no write waits for the disk."""
        start(str(self.folder / f"{name}.sqlite3"))
        connections["default"].cursor().execute("PRAGMA synchronous=OFF")

    def signer(self, author):
        """The key of an author, made when it is first asked for."""
        return self.signers.setdefault(author, new_signer(author))

    def found(self, *members, name=SECRETARIAT):
        """The ledger begins, and members' keys are registered."""
        self.new(name)
        self.look_at(name)
        found_ledger(self.signer(SECRETARIAT), header=header(sources={}))
        for member in members:
            register_key(member, self.signer(member).public_hex, secretariat=self.signer(SECRETARIAT))
            own = agency(member, short_name=member.upper(), member_since="2007")
            declare([own], signer=self.signer(member), sources=SOURCES)

    def bundle(self, name, viewer, path=None):
        """A bundle that an instance writes for a viewer."""
        self.look_at(name)
        path = path or self.folder / f"{name}-{viewer}.jsonl"
        write_bundle(viewer, path)
        return path

    def join(self, name, source, viewer):
        """A new instance joins by a bundle of another one."""
        bundle = self.bundle(source, viewer)
        self.new(name)
        self.look_at(name)
        return join(bundle, anchor=self.signer(SECRETARIAT).public_hex)

    def give(self, source, target, viewer):
        """One instance merges a bundle of another one."""
        bundle = self.bundle(source, viewer)
        self.look_at(target)
        return merge_bundle(bundle)

    def element(self, where, author, id="lander", **given):
        """An author states an element on an instance."""
        self.look_at(where)
        record = statement("element", id=id, owner=author, stated_by=author, **given)
        return declare([record], signer=self.signer(author), sources=SOURCES)

    def rotate(self, where, author):
        """An author replaces its key on an instance."""
        self.look_at(where)
        new = new_signer(author)
        rotate_key(self.signer(author), new)
        self.signers[author] = new

    def revoke(self, where, author, audience="public", last_valid=0):
        """The secretariat revokes the key of an author in one chain."""
        self.look_at(where)
        chain = ChainName(author, audience)
        revoke_key(chain, self.signer(author).public_hex, last_valid, secretariat=self.signer(SECRETARIAT))


def portfolio_hash(viewer):
    """The hash of what a viewer sees."""
    return snapshot(viewer=viewer).sha256


def held():
    """Every entry by chain."""
    return {name: frozenset(entry.hash for entry in entries_of(name)) for name in map(chain_name, Chain.objects.all())}


def count():
    """Number of entries."""
    return StoredEntry.whole_ledger.count()


def dump():
    """Every entry as it is stored, by its hash."""
    return sorted(StoredEntry.whole_ledger.values_list("hash", "body", "signature", "kind", "number"))
