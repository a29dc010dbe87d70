"""The page on every command, as the command line itself describes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from blocks import joined, plain, table
from typer.main import get_command

from synodos.cli import app

EXIT_CODES: Final = (("0", "done"), ("1", "the portfolio or the data have faults, which are listed"), ("2", "misuse"))


def commands_page() -> str:
    """Return the page that lists every command with its arguments and options."""
    return joined(
        "# Commands",
        "Data go to standard output and talk to standard error. Where a command takes a FOLDER, it also takes one\n"
        "JSON file, a workbook, or the address of a served table. `synodos` alone shows where to begin; `--help`\n"
        "after any command shows what stands here.",
        table(["exit code", "meaning"], EXIT_CODES),
        *(block for words, command in every_command() for block in _section(words, command)),
    )


def every_command(group: Any = None, words: str = "synodos") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - Typer's own
    """Yield every command with the words by which it is called."""
    top: Any = group or get_command(app)
    for name, command in top.commands.items():
        if hasattr(command, "commands"):
            yield from every_command(command, f"{words} {name}")
        else:
            yield f"{words} {name}", command


def _section(words: str, command: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the blocks on one command."""
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
    called = " ".join([words, *(_argument(one) for one in arguments), *(["[OPTIONS]"] if options else [])])
    yield f"## {words}"
    yield plain(command.help or "")
    yield f"```text\n{called}\n```"
    rows = [[f"`{_argument(one)}`", "", plain(getattr(one, "help", None) or "")] for one in arguments]
    rows += [[_names(one), _default(one), plain(one.help or "")] for one in options]
    if rows:
        yield table(["argument or option", "default", "meaning"], rows)


def _argument(argument: Any) -> str:  # noqa: ANN401
    """Return an argument as help writes it."""
    name = (argument.metavar or argument.name).strip("{}[]").upper() + ("..." if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _names(option: Any) -> str:  # noqa: ANN401
    """Return how an option is written."""
    return ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))


def _default(option: Any) -> str:  # noqa: ANN401
    """Return what holds where an option is not given."""
    value = getattr(option.default, "value", option.default)
    if option.required:
        return "must be given"
    return f"`{value}`" if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "" else ""
