"""Running commands in this process, and reading what they print."""

import csv
import io
import json
import re
from functools import cache

import typer.testing
from jsonschema import Draft202012Validator

from synodos.cli import app
from synodos.report import published_schemas

DONE, FAULTS, MISUSE = 0, 1, 2
ANSWERS = {
    name: Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for name, schema in published_schemas().items()
    if name.startswith("answer")
}
typer.testing._get_command = cache(typer.testing._get_command)  # all commands are built once, not for each that is run


def ran(*arguments):
    """What a command does in this process, on a terminal of a set width."""
    return typer.testing.CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "160"})


def did(*arguments):
    """What a command prints that ends well and has nothing to say but its answer."""
    done = ran(*arguments)
    assert (done.exit_code, done.stderr) == (DONE, ""), done.output
    return done.stdout


def refused(*arguments):
    """What a command says that was called wrongly, and that answers nothing."""
    done = ran(*arguments)
    assert (done.exit_code, done.stdout) == (MISUSE, ""), done.output
    return done.stderr


def answered(*arguments):
    """The answer of a command in JSON, with its envelope checked, and what is in it where a schema says that."""
    envelope = json.loads(did(*arguments, "--format", "json"))
    ANSWERS["answer"].validate(envelope)
    ANSWERS.get(f"answer-{envelope['question']}", ANSWERS["answer"]).validate(envelope)
    return envelope


def listed(*arguments):
    """The first table of a command in CSV, as rows; talk of further tables goes to stderr."""
    done = ran(*arguments, "--format", "csv")
    assert done.exit_code == DONE, done.output
    assert re.fullmatch(r"(Only the first of \d tables, [a-z-]+; --format json gives all\.\n)?", done.stderr)
    return list(csv.DictReader(io.StringIO(done.stdout, newline="")))
