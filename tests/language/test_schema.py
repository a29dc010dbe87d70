import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from synodos.language import KIND_BY_NAME, KINDS, fields, schemas
from tests.language.minimal import values
from tests.strategies import headers, histories

SCHEMAS = schemas()


class NoDates(yaml.SafeLoader):
    """Reads dates as text, as YAML 1.2 and editors do."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def validator(name):
    return Draft202012Validator(SCHEMAS[name])


def accepts(name, content):
    return validator(name).is_valid(content)


def test_there_is_a_schema_of_each_kind_of_the_page_and_of_a_file():
    assert set(SCHEMAS) == {*(kind.kind for kind in KINDS), "portfolio", "records"}
    for schema in SCHEMAS.values():
        assert validator_for(schema) is Draft202012Validator
        Draft202012Validator.check_schema(schema)


FILE = {"format": "synodos-records", "version": 1}


def test_a_file_of_records_holds_lists_of_every_kind():
    assert accepts("records", {**FILE, **{kind.plural: [values(kind.kind)] * 2 for kind in KINDS}})
    assert accepts("records", FILE)
    assert not accepts("records", {**FILE, "planets": []})
    assert not accepts("records", {**FILE, "version": 2})
    assert not accepts("records", {"missions": [values("mission")]})
    assert not accepts("records", {**FILE, "missions": values("mission")})
    assert not accepts("records", {**FILE, "missions": [values("need")]})


def test_what_every_record_has_may_stand_among_the_defaults_of_a_file():
    own = {"id": "landing", "name": "Landing", "status": "planned"}
    shared = {name: value for name, value in values("mission").items() if name not in own}
    assert accepts("records", {**FILE, "defaults": shared, "missions": [own]})
    assert not accepts("records", {**FILE, "defaults": {**shared, "release": "nobody"}, "missions": [own]})
    assert not accepts("records", {**FILE, "defaults": {**shared, "id": "landing"}, "missions": [own]})
    assert not accepts("records", {**FILE, "defaults": shared, "missions": [{**own, "status": "flying"}]})
    for name in own:
        less = {key: value for key, value in own.items() if key != name}
        assert not accepts("records", {**FILE, "defaults": shared, "missions": [less]})


def test_dates_may_be_whole_years():
    assert accepts("mission", {**values("mission"), "as_of": 2011, "planned": "2018.."})
    assert not accepts("mission", {**values("mission"), "as_of": 11})
    assert not accepts("mission", {**values("mission"), "as_of": True})


@pytest.mark.parametrize("name", ["exploration2011", "exploration2026", "exomars", "iss"])
def test_the_files_of_shipped_portfolios_follow_the_schemas(root, name):
    for path in sorted((root / "portfolios" / name).glob("*.yaml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=NoDates)  # noqa: S506 - a safe loader
        schema = "portfolio" if path.name == "portfolio.yaml" else "records"
        errors = [
            f"{path.name}: {error.json_path}: {error.message}" for error in validator(schema).iter_errors(content)
        ]
        assert errors == []


@pytest.mark.parametrize("kind", [kind.kind for kind in KINDS])
def test_a_schema_refuses_what_the_model_refuses(kind):
    assert accepts(kind, values(kind))
    assert not accepts(kind, {**values(kind), "colour": "red"})
    assert not accepts(kind, {**values(kind), "id": "Not An Id"})
    assert not accepts(kind, {**values(kind), "as_of": "last year"})
    for name in (field.name for field in fields(KIND_BY_NAME[kind]) if field.required):
        assert not accepts(kind, {key: value for key, value in values(kind).items() if key != name})


@given(histories(), st.data())
def test_a_schema_takes_every_valid_record(history, data):
    record = data.draw(st.sampled_from(history.statements))
    assert accepts(record.kind, json.loads(record.model_dump_json()))


@given(headers())
def test_a_schema_takes_every_valid_page(header):
    page = json.loads(header.model_dump_json())
    assert accepts("portfolio", {"format": "synodos-portfolio", "version": 1, **page})
    assert not accepts("portfolio", page)
