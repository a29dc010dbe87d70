"""The interface keeps to its own description, whatever is sent to it: Schemathesis asks."""

import contextlib

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.web import tables
from tests.web.api.conftest import everything

QUICK, MANY = 1, 100
"""Requests of each sort to each operation, here and in `make proof`."""
LIGHT = r"/(portfolio|records|runs|drafts|bundles|questions/(opportunities|align|calendar))"
"""Operations that are asked here: no two that read their parameters alike."""


def served(environ, start_response):
    """Serve a request as servers do, which close each answer; whoever asks here does neither that nor unpacks one."""
    answer = WSGIHandler()({**environ, "HTTP_ACCEPT_ENCODING": "identity"}, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


@pytest.fixture(scope="module")
def asked(room):
    """The interface as it describes itself, and a token that may do all that a signatory may."""
    from synodos.web.api.tokens import make_token

    secret = make_token(tables.user("owner"), "schemathesis", everything("owner"), 1)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served)
    return schema, {"Authorization": f"Bearer {secret}"}


def ask(asked, examples):
    """Send requests that fit the description, and some that do not, to every operation; return what went wrong."""
    schema, heads = asked
    wrong = []

    def each(case):
        try:
            case.call_and_validate(headers=heads, excluded_checks=[positive_data_acceptance])  # no id is made up right
        except FailureGroup as found:
            wrong.extend(f"{case.method} {case.formatted_path}: {one}" for one in found.exceptions)

    quiet = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    for operation in schema.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            strategy = operation.ok().as_strategy(generation_mode=mode)
            with contextlib.suppress(Unsatisfiable):  # whatever is sent fits
                quiet(given(case=strategy)(each))()
    return sorted(set(wrong))


def test_the_interface_keeps_to_its_description(asked):
    schema, heads = asked
    assert ask((schema.include(path_regex=LIGHT), heads), QUICK) == []


def test_the_description_is_made_once_and_tells_of_tokens():
    from synodos.web.api.v1 import api

    described = api.get_openapi_schema()
    assert api.get_openapi_schema() is described
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert {} in described["security"]


@pytest.mark.proof
def test_the_interface_keeps_to_its_description_whatever_is_sent(asked):
    assert ask(asked, MANY) == []
