"""A table of this folder's own, and programs that ask it."""

import json
import shutil

import pytest
from django.test import Client

from tests.databases import opened
from tests.web import tables


@pytest.fixture(scope="module")
def room(whole_table, tmp_path_factory, django_db_blocker):
    """The whole scene in a database file of this module's own."""
    path = tmp_path_factory.mktemp("api") / "table.sqlite3"
    shutil.copy(whole_table, path)
    with django_db_blocker.unblock(), opened(path):
        yield path


class Program:
    """A program with a token, or without."""

    def __init__(self, token=None):
        self.client = Client(HTTP_HOST="localhost")
        self.heads = {} if token is None else {"Authorization": f"Bearer {token}"}

    def get(self, path, **heads):
        """Ask."""
        return self.client.get(f"/api/v1{path}", headers={**self.heads, **heads})

    def post(self, path, content, media="application/json", **heads):
        """Bring something."""
        body = content if isinstance(content, (bytes, str)) else json.dumps(content)
        return self.client.post(f"/api/v1{path}", body, content_type=media, headers={**self.heads, **heads})

    def delete(self, path):
        """Have something erased."""
        return self.client.delete(f"/api/v1{path}", headers=self.heads)


def everything(name):
    """Return all that the role of somebody allows a program."""
    from synodos.web.accounts.roles import Role
    from synodos.web.api.tokens import scopes_of

    return [scope.value for scope in scopes_of(Role(tables.PEOPLE[name].role))]


@pytest.fixture
def program(room):
    """Give the program of somebody, with some scopes or with all that they may give, or of a stranger."""
    from synodos.web.api.tokens import make_token

    def of(name, *scopes):
        if name == "stranger":
            return Program()
        person = tables.user(name)
        person.tokens.all().delete()
        return Program(make_token(person, "test", scopes or everything(name), 1))

    return of
