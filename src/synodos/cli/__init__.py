"""The command line: who asks?

Each command reads a portfolio, asks one question and prints the answer.
"""

from synodos.cli import collecting  # noqa: F401 - first, since loading makes most values
from synodos.cli.app import app

__all__ = ["app"]
