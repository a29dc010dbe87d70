"""The program as it was typed: a run builds one command, since building all of them takes longer than most answers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from copy import copy
from typing import Any

import typer
from typer.main import get_command_name
from typer.models import CommandInfo


class Program(typer.Typer):
    """All commands; called, it builds the one that was typed and runs it."""

    def __call__(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - as Typer has it
        """Run the command that was typed."""
        return typer.Typer.__call__(narrowed(self, sys.argv[1:]), *given, **named)


def narrowed(commands: typer.Typer, typed: Sequence[str]) -> typer.Typer:
    """Return commands of which only the one that was typed is left; all of them where the first word names none."""
    if not typed:
        return commands
    groups = [copy(one) for one in commands.registered_groups if one.name == typed[0]]
    single = [one for one in commands.registered_commands if _name(one) == typed[0]]
    if not groups and not single:
        return commands
    for group in groups:
        group.typer_instance = group.typer_instance and narrowed(group.typer_instance, typed[1:])
    left = copy(commands)
    left.registered_groups, left.registered_commands = groups, single
    return left


def _name(command: CommandInfo) -> str:
    """Return by what a command is called."""
    return command.name or get_command_name(getattr(command.callback, "__name__", ""))
