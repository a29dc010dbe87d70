"""The command line as a whole: every command, in the order in which help lists them."""

from __future__ import annotations

import typer

from synodos.cli.cooperating import dependence, dossier, opportunities
from synodos.cli.files import check, convert, schema, show
from synodos.cli.reporting import demo, report

app = typer.Typer(
    name="synodos",
    help="Lay space agencies' exploration plans side by side: where they could cooperate, and who depends on whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (check, show, opportunities, dependence, dossier, convert, schema, report, demo):
    app.command()(command)
