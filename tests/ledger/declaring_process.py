"""A process of its own that declares, imports or appends until it is stopped, and says what was acknowledged."""

import resource
import signal
import time
from pathlib import Path

import django
from django.conf import settings

if not settings.configured:  # in the process from which the others are forked
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["synodos.ledger"],
        USE_TZ=True,
    )
    django.setup()

from django.db import DatabaseError, connections

from synodos.language import History
from synodos.ledger import append, declare, entries_of, head, import_history
from synodos.ledger.entry import ChainName, Entry
from synodos.ledger.signing import signed
from synodos.web.starting import start
from tests.language.minimal import header, statement
from tests.ledger.councils import SECRETARIAT, signer
from tests.ledger.places import SOURCES

TOGETHER = 3
"""Records that one act states together."""


def work(address, act, name, said, most_bytes=None, pause_s=0):
    """Declare again and again, and send the hashes of the entries of each act that was acknowledged.

    `most_bytes` is how much a file may grow; `pause_s` lets others take their turn.
    """
    start(address)
    if most_bytes is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = Path(address).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + most_bytes, resource.RLIM_INFINITY))
    for number in range(10_000):
        time.sleep(pause_s)
        try:
            said.send([entry.hash for entry in ACTS[act](f"{name}-{number}")])
        except DatabaseError as error:
            connections["default"].close()
            said.send(f"{type(error).__name__}: {error}")
            if most_bytes is not None:
                return


def declares(name):
    """Declare records of ESA to everybody."""
    return declare(_records(name), signer=signer("esa"), sources=SOURCES)


def imports(name):
    """Import a history of the two members, public and for members."""
    records = [one for owner in ("esa", "nasa") for one in _records(f"{owner}-{name}", owner=owner, release="members")]
    history = History(header(sources=SOURCES), tuple(records))
    signers = {one: signer(one) for one in (SECRETARIAT, "esa", "nasa")}
    before = {author: head(ChainName(author, "members")).number for author in ("esa", "nasa")}
    import_history(history, signers=signers)
    return [
        entry
        for author, number in before.items()
        for entry in entries_of(ChainName(author, "members"))
        if entry.number > number
    ]


def appends(name):
    """Append signed entries of NASA, which were made elsewhere."""
    chain = ChainName("nasa", "public")
    last, by, made = head(chain), signer("nasa"), []
    number, previous = last.number, last.hash
    for record in _records(name, owner="nasa"):
        content = record.model_dump(mode="json", exclude_defaults=True)
        about = ("declare", "element", record.id, record.as_of.text, content)
        number += 1
        made.append(signed(Entry(*("nasa", "public", number), *about, previous, by.public_hex), by))
        previous = made[-1].hash
    return append(made)


def _records(name, owner="esa", **given):
    return [
        statement("element", id=f"{name}-{letter}", owner=owner, stated_by=owner, **given)
        for letter in "abc"[:TOGETHER]
    ]


ACTS = {"declares": declares, "imports": imports, "appends": appends}
