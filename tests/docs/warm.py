"""A process in which all that is slow to load is loaded, and which types each command in a copy of itself.

Started as `python warm.py`; takes lines of JSON (arguments, folder, environment, file for what is shown), and answers
each with a line.
"""

import contextlib
import importlib
import json
import os
import pkgutil
import subprocess
import sys

SLOW = (
    "altair",
    "clingo",
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "django.core.management",
    "django.db.migrations.executor",
    "django.forms",
    "numba",
    "numpy",
    "ortools.sat.python.cp_model",
    "typst",
    "vl_convert",
    "yaml",
)
ASK_FOR_DJANGO = ("synodos.__main__", "synodos.ledger.", "synodos.web.")


class Warm:
    """The process, for those who type."""

    def __init__(self):
        """Start it; it ends with who started it, for then its input ends."""
        self.process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def type(self, arguments, folder, environment, shown):
        """Type a command in a folder and an environment, and have what it shows written into a file."""
        self.process.stdin.write(json.dumps([arguments, str(folder), environment, str(shown)]) + "\n")
        self.process.stdin.flush()
        if not self.process.stdout.readline():
            message = "the warm process ended"
            raise RuntimeError(message)


def serve():
    """Type what is asked for, one command after the other."""
    command_line = load()
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            type_here(command_line, *asked)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def load():
    """Load all that is slow to load, and all of ours that asks for no Django; return the command line."""
    import synodos

    for module in SLOW:
        importlib.import_module(module)
    for module in pkgutil.walk_packages(synodos.__path__, "synodos.", onerror=lambda _: None):
        if not module.name.startswith(ASK_FOR_DJANGO):
            with contextlib.suppress(ImportError):  # of an extra that is not there
                importlib.import_module(module.name)
    return importlib.import_module("typer.main").get_command(importlib.import_module("synodos.cli").app)


def type_here(command_line, arguments, folder, environment, shown):
    """Become the command."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    out = os.open(shown, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for to, from_ in ((0, nothing), (1, out), (2, out)):
        os.dup2(from_, to)
    sys.argv = ["synodos", *arguments]
    code = 0
    try:
        command_line(prog_name="synodos")
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:  # noqa: BLE001 - as an interpreter that ends
        sys.excepthook(*sys.exc_info())
        code = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
