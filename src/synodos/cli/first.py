"""The first things a person types: nothing at all, and the tour."""

from __future__ import annotations

import shlex
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Option
from typer.core import TyperGroup

from synodos.cli.fetching import ADDRESSES
from synodos.cli.refusing import refuse, say, unwritable
from synodos.cli.waiting import waiting
from synodos.extras import what_to_install

SERVER = "--server"
UNHURRIED = ("serve",)
"""Commands that wait for others to ask them something."""
PORTFOLIO = ("folder", "file")
"""What commands call the portfolio that they ask."""
TOUR = """\
Synodos lays the exploration plans of space agencies side by side, and says where they could
cooperate, who depends on whom, when a mission can fly, and what law and policy ask of it.

Real plans, compiled from public sources, came with it. Three questions to begin with:

  synodos check {plans}
      What fourteen agencies planned in 2011: how many records, and is anything wrong with them?
  synodos opportunities {plans} --for esa --most 3
      Where could one agency cooperate, with whom, and why?
  synodos schedule path {mars} --scope exomars-rover --on 2009-12-17
      When could the joint rover to Mars fly, as known that day, and who held its critical path?

  synodos demo       writes all answers about the plans of 2011 on one page
  synodos tour -o .  puts the plans that came with it into a folder here, to read and to change
  synodos --help     lists every command
"""


class Commands(TyperGroup):
    """Commands that say which extra to install where what they need is missing, and take `--server` for FOLDER."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer keeps the type to itself
        """Read what was typed; the address of a server stands for the portfolio that a command asks."""
        words, address = _apart(args)
        if address is None or "--help" in words:
            return super().parse_args(ctx, args if address is None else words)
        return super().parse_args(ctx, self._placed(ctx, words, address))

    def _placed(self, ctx: Any, words: list[str], address: str) -> list[str]:  # noqa: ANN401 - as above
        """Return what was typed with an address where FOLDER stands: behind the names of the command.

        A command that has the option itself keeps it.
        """
        command, names = self.get_command(ctx, words[0]) if words else None, 1
        if isinstance(command, TyperGroup) and words[1:]:
            command, names = command.get_command(ctx, words[1]), 2
        params = getattr(command, "params", ())
        if any(SERVER in one.opts for one in params):
            return [*words[:names], SERVER, address, *words[names:]]
        first = next((one.name for one in params if one.param_type_name == "argument"), None)
        if first not in PORTFOLIO:
            refuse(f"{SERVER}: {' '.join(words[:names]) or 'synodos'} asks no portfolio, so no server either")
        return [*words[:names], address, *words[names:]]

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer keeps the type to itself
        """Run the command that was typed."""
        name = (getattr(ctx, "_protected_args", None) or [""])[0]
        try:
            with nullcontext() if name in UNHURRIED else waiting(f"synodos {name}".strip()):
                return super().invoke(ctx)
        except ImportError as error:
            needed = what_to_install(error)
            if needed is None:
                raise
            refuse(f"{ctx.invoked_subcommand}: {needed}")


def _apart(args: list[str]) -> tuple[list[str], str | None]:
    """Return what was typed without the option that names a server, and the address that it names."""
    place = next((place for place, one in enumerate(args) if one.partition("=")[0] == SERVER), None)
    if place is None:
        return args, None
    _option, sign, address = args[place].partition("=")
    if not sign:
        address, rest = (args[place + 1 : place + 2] or [""])[0], args[place + 2 :]
    else:
        rest = args[place + 1 :]
    if not address.lower().startswith(ADDRESSES):
        refuse(f"{SERVER}: expected the address of a table, as https://table.example.org; found {address!r}")
    return [*args[:place], *rest], address


def nothing_typed(
    ctx: typer.Context,
    _server: Annotated[
        str | None,
        Option(SERVER, metavar="URL", help="Ask the table served there, in place of FOLDER.", show_default=False),
    ] = None,
) -> None:
    """Lay space agencies' exploration plans side by side: where they could cooperate, and who depends on whom."""
    if ctx.invoked_subcommand is None:
        _show_tour()


def tour(
    output: Annotated[
        Path | None, Option("--output", "-o", help="Folder in which to put the portfolios, in one named `portfolios`.")
    ] = None,
) -> None:
    """Say in a few lines what to type first, with plans that are there; or copy these plans into a folder."""
    if output is None:
        _show_tour()
        return
    target = output / "portfolios"
    if target.exists():
        refuse(f"--output: {str(target)!r} is there already; name another folder")
    with unwritable(target):
        _copy_whole(shipped(), target)
    say(f"Wrote {target}: {', '.join(sorted(path.parent.name for path in target.glob('*/portfolio.yaml')))}")


def _copy_whole(source: Path, target: Path) -> None:
    """Copy a folder whole or not at all."""
    from tempfile import TemporaryDirectory

    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as beside:
        try:
            shutil.copytree(source, Path(beside) / target.name).rename(target)
        except shutil.Error as error:  # holds source, target and reason of every file
            raise OSError(error.args[0][0][-1]) from None


def shipped(name: str = "") -> Path:
    """Return a portfolio that comes with the package, or stands beside its source; without a name, all of them."""
    here = Path(__file__).parents[1]
    places = [here / "portfolios" / name, here.parents[1] / "portfolios" / name]
    return next((place for place in places if place.is_dir()), places[0])


def _show_tour() -> None:
    """Print the tour."""
    typer.echo(TOUR.format(plans=_typed("exploration2011"), mars=_typed("exomars")), nl=False)


def _typed(name: str) -> str:
    """Return the path of a shipped portfolio as one types it here."""
    folder, here = shipped(name), Path.cwd()
    return shlex.quote(str(folder.relative_to(here) if folder.is_relative_to(here) else folder))
