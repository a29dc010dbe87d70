"""A run builds the command that was typed, and no other; what it builds is what the whole program has."""

import pytest
from typer.main import get_command

from synodos.cli import app
from synodos.cli.narrowing import narrowed


@pytest.fixture(scope="module")
def whole():
    return get_command(app)


def built(*typed):
    return get_command(narrowed(app, typed))


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        (("check", "plans"), {"check": None}),
        (("schedule", "path", "plans"), {"schedule": {"path"}}),
        (("ledger", "keys", "new"), {"ledger": {"keys"}}),
        (("import", "plan.xer"), {"import": None}),
    ],
    ids=["command", "command-of-a-group", "group-of-a-group", "command-under-another-name"],
)
def test_what_was_typed_is_left_alone(typed, left):
    found = built(*typed).commands
    assert {name: set(one.commands) if hasattr(one, "commands") else None for name, one in found.items()} == left


@pytest.mark.parametrize(
    "typed",
    [(), ("--help",), ("chek",), ("--server", "https://a.example", "check")],
    ids=["nothing", "help", "misspelt", "option-first"],
)
def test_all_commands_are_there_where_no_name_comes_first(typed, whole):
    assert set(built(*typed).commands) == set(whole.commands)


def test_all_commands_of_a_group_are_there_where_none_of_them_was_typed(whole):
    every = set(whole.commands["schedule"].commands)
    assert set(built("schedule", "pth").commands["schedule"].commands) == every
    assert set(built("schedule").commands["schedule"].commands) == every


def test_a_command_built_alone_takes_what_it_takes_among_the_others(whole):
    alone, among = (one.commands["schedule"].commands["path"] for one in (built("schedule", "path"), whole))
    assert alone.help == among.help
    assert [one.opts for one in alone.params] == [one.opts for one in among.params]


def test_the_program_itself_keeps_all_commands(whole):
    built("schedule", "path")
    assert set(get_command(app).commands) == set(whole.commands)
