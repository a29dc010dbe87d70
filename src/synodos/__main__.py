"""Run the command line as `python -m synodos`."""

from synodos.cli import app

app(prog_name="synodos")
