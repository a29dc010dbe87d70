"""Databases with the scene in them: whole, and as they would be if what somebody may not see had never been said."""

import datetime as dt
import functools
import hashlib
import json
import shutil
import uuid
from dataclasses import dataclass

from tests.databases import opened
from tests.web import scene

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Secret of everybody's second factor."""
PASSWORD = "a long way round the Sun"
PASSWORD_HASH = (  # made once, for it takes half a second; with a salt so long that no login makes it anew
    "pbkdf2_sha256$1000000$synodosTestsOfTheTable22$JWzmGONOYP2rgdqe8Ug1euwIWKkutepZCxZ+sZTVlEY="
)

KEEPERS = ("owner", "partner", "other", "observer")
"""Who has drafts, uploads, changes and runs."""


def key(sort, name):
    """Return the key of what somebody keeps: the same in every table."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{sort} of {name}")


PUBLISHED = ("public", "aster")
"""With whose eyes the editions look that are published at the table."""
KEYS = {sort: [(key(sort, name),) for name in (*KEEPERS, "nobody")] for sort in ("uploads", "changes", "runs")}
"""Keys of what is kept by each, and of what nobody keeps."""
KEYS["comments"] = [(key("comments", f"paper-{word}"),) for word in scene.MARKS.values()]
KEYS["comments"] += [(key("comments", "aster-paper"),), (key("comments", "nobody"),)]
COMMENTERS = {"aster": "owner", "borea": "partner", "corvo": "other"}
"""Who says something of the papers of each agency."""


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    name: str
    role: str
    agency: str = ""

    @property
    def email(self):
        """How they log in."""
        return f"{self.name}@example.org"


PEOPLE = {
    person.name: person
    for person in (
        Person("owner", "signatory", "aster"),
        Person("colleague", "editor", "aster"),
        Person("reader", "reader", "aster"),
        Person("partner", "signatory", "borea"),
        Person("other", "signatory", "corvo"),
        Person("outsider", "signatory", "draco"),
        Person("observer", "observer"),
        Person("office", "secretariat"),
    )
}
EYES = {
    **{name: person.agency or "public" for name, person in PEOPLE.items()},
    "office": scene.OFFICE,
    "stranger": "public",
}
"""With whose eyes everybody looks."""


def signer(author):
    """Return the signer of an author: the same in every run, so that tables can be compared."""
    from synodos.ledger.signing import Signer

    return Signer(author, hashlib.sha256(author.encode()).digest())


@functools.cache
def entries():
    """Return all that is stated, signed: keys, the header, sources and records, each chain from its beginning."""
    chains = _Chains()
    for author in (scene.OFFICE, *scene.AGENCIES, *scene.STATES):
        content = {"author": author, "public_key": signer(author).public_hex}
        chains.add(scene.OFFICE, "public", "register", "key", author, "2010-01-01", content)
    header = scene.header()
    plain = header.model_dump(mode="json", exclude_defaults=True, exclude={"sources"})
    chains.add(scene.OFFICE, "public", "declare", "header", header.id, header.known_on.text, plain)
    for record in (*scene.history().statements, *scene.late_statements()):
        chains.state(record, header.sources)
    return tuple(chains.entries)


class _Chains:
    """Chains as they grow."""

    def __init__(self):
        self.entries = []
        self.heads = {}
        self.said = {}

    def state(self, record, sources):
        """State a record with what it cites; where it was stated to others before, retract it there."""
        from synodos.ledger import audience_of

        audience = audience_of(record)
        before = self.said.get((record.kind, record.id, record.owner))
        if before is not None and audience_of(before) != audience:
            gone = before.model_copy(update={"as_of": record.as_of, "retracted": True})
            self._record("retract", gone, audience_of(before))
        for key in record.sources:
            content = sources[key].model_dump(mode="json", exclude_defaults=True)
            if (record.stated_by, audience, key) not in self.said:
                self.add(record.stated_by, audience, "declare", "source", key, record.as_of.text, content)
                self.said[record.stated_by, audience, key] = content
        self._record("declare" if before is None or audience_of(before) != audience else "revise", record, audience)
        self.said[record.kind, record.id, record.owner] = record

    def _record(self, act, record, audience):
        content = record.model_dump(mode="json", exclude_defaults=True)
        self.add(record.stated_by, audience, act, record.kind, record.id, record.as_of.text, content)

    def add(self, author, audience, act, kind, id, as_of, content):
        """Sign one more entry."""
        from synodos.ledger import ChainName, Entry
        from synodos.ledger.signing import signed

        name = ChainName(author, audience)
        number, previous = self.heads.get(name, (0, name.start))
        key = signer(author)
        unsigned = Entry(author, audience, number + 1, act, kind, id, as_of, content, previous, key.public_hex)
        self.entries.append(signed(unsigned, key))
        self.heads[name] = number + 1, self.entries[-1].hash


def may_read(viewer, entry):
    """Return whether a viewer receives the chain of an entry; spelt out anew, so the rule is not checked by itself."""
    if entry.audience == "public" or viewer == entry.author:
        return True
    if entry.audience == "members":
        return viewer in scene.MEMBERS
    return entry.audience != "private" and viewer in entry.audience


def browser(name):
    """Return the browser of somebody who is logged in, or of a stranger."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    if name != "stranger":
        client.force_login(user(name), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def found(path, template, viewer=None):
    """Make a database with the scene in it; with a viewer, only with the chains that the viewer receives."""
    shutil.copy(template, path)
    with opened(path):
        fill(viewer)


def fill(viewer=None):
    """Lay the scene into tables that are empty."""
    from synodos.ledger import append
    from synodos.ledger.models import Ledger
    from tests.web import published

    created_at = dt.datetime(2012, 7, 1, tzinfo=dt.UTC)
    Ledger.objects.create(secretariat=scene.OFFICE, anchor=signer(scene.OFFICE).public_hex, created_at=created_at)
    append(entry for entry in entries() if viewer is None or may_read(viewer, entry))
    for person in PEOPLE.values():
        seat(person)
    for name in PUBLISHED:
        if viewer in (None, name) or name == "public":
            published.publish(published.files(name))
    for name in KEEPERS:
        if viewer in (None, EYES[name]):
            keep(name)
    for entry in entries():
        if entry.kind == "paper" and (viewer is None or may_read(viewer, entry)):
            comment_on(entry)


def comment_on(entry):
    """Let somebody of its owner say something of a paper."""
    from synodos.web.forum.models import Comment

    about = {"paper": entry.id, "version": 1, "statement": entry.hash, "agency": entry.author}
    said = {"author": user(COMMENTERS[entry.author]), "text": f"More pictures, please, of {entry.content['name']}"}
    Comment.objects.create(id=key("comments", entry.id), **about, **said)


def seat(person):
    """Give somebody an account, a second factor, and a role."""
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    from synodos.web.accounts.models import Person as Account

    user = Account(email=person.email, role=person.role, agency=person.agency, password=PASSWORD_HASH)
    user.save()
    secret = get_adapter().encrypt(SECRET)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
    return user


def user(name):
    """Return somebody's account."""
    from synodos.web.accounts.models import Person as Account

    return Account.objects.get(email=PEOPLE[name].email)


def keep(name):
    """Let somebody have a draft, a run and a change, each with the word of what they alone may see."""
    from synodos.web.agency.models import Draft
    from synodos.web.runs.models import Run, State, SupposedChange

    person, viewer = user(name), EYES[name]
    word = scene.MARKS.get(f"{viewer}-private", "lonely")
    kept = {"viewer": viewer}
    steps = [{"does": "withdraw", "agency": "borea"}]
    SupposedChange.objects.create(id=key("changes", name), owner=person, name=f"What if {word}", steps=steps, **kept)
    kept |= {"question": "exposure", "parameters": {"for": None}, "sha256": "0" * 64, "state": State.CANCELLED}
    Run.objects.create(id=key("runs", name), asked_by=person, title=f"Exposure {word}", **kept)
    if person.agency:
        given = {"name": f"Draft {word}", "status": "idea"}
        Draft.objects.create(agency=person.agency, kind="element", record_id=f"draft-{word}", content=json.dumps(given))
