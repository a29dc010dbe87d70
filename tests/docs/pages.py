"""Pages whose files are written and whose commands are typed, as a reader would."""

import doctest
import os
import re
import shlex
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.docs.warm import Warm

BLOCK = re.compile(r'^```(?P<language>\w+)(?: title="(?P<file>[^"]+)")?\n(?P<body>.*?)^```$', re.DOTALL | re.MULTILINE)
ELSEWHERE = re.compile(r"cd (?P<folder>[a-z]+) && (?P<rest>synodos [^;&|]*)")
WIDTH = "100"
LIKE_DOCTESTS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
"""Three dots stand for any lines; blanks do not count, for editors cut them off."""


def commands(block):
    """Yield each command of a block with the output that stands below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def typed(page):
    """Return the commands of a page's console blocks with their outputs."""
    blocks = [block["body"] for block in BLOCK.finditer(page) if block["language"] == "console"]
    return [pair for block in blocks for pair in commands(block)]


def output_of(command, folder):
    """What a shell shows for a command: output and errors in the order in which they come."""
    moved = ELSEWHERE.fullmatch(command)
    if moved and (folder / moved["folder"]).is_dir():
        return output_of(moved["rest"], folder / moved["folder"])
    words = plain_words(command)
    if words and words[0] == "synodos":
        with tempfile.NamedTemporaryFile() as shown:
            warm().type(words[1:], folder, environment(), shown.name)
            return Path(shown.name).read_text(encoding="utf-8")
    done = subprocess.run(
        ["sh", "-c", command],  # as a reader types it
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def plain_words(command):
    """Return the words of a command, or None where it asks something of the shell."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = list(lexer)
    asks = any(set(word) <= set("();<>|&") or set(word) & set("$*?~`[]") or "=" in words[0] for word in words)
    return None if asks else words


def environment():
    """Return the environment in which commands are typed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "COLUMNS": WIDTH, "NO_COLOR": "1"}


@cache
def warm():
    """Return the process that types commands without loading everything anew."""
    return Warm()


def difference(command, expected, folder):
    """Return how the output of a command differs from what a page shows, or nothing."""
    shown = output_of(command, folder)
    if doctest.OutputChecker().check_output(expected, shown, LIKE_DOCTESTS):
        return ""
    return f"$ {command}\n--- on the page\n{expected}\n--- shown\n{shown}"


def follow(page, folder):
    """Write the files of a page into a folder, type its commands there, and return what differed on the way."""
    differences = []
    for block in BLOCK.finditer(page):
        if block["file"]:
            path = folder / block["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(block["body"], encoding="utf-8")
        for command, expected in commands(block["body"]) if block["language"] == "console" else ():
            differences.append(difference(command, expected, folder))
    return [one for one in differences if one]


def labels(picture):
    """Texts of a picture, without the hash of its portfolio."""
    found = re.findall(r"<text[^>]*>([^<]*)", picture)
    return {re.sub(r"portfolio [0-9a-f]+", "portfolio", text) for text in found}
