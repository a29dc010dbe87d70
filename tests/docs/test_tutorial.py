import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

BLOCK = re.compile(r'^```(?P<language>\w+)(?: title="(?P<file>[^"]+)")?\n(?P<body>.*?)^```$', re.DOTALL | re.MULTILINE)
WIDTH = "100"
LIKE_DOCTESTS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
"""Three dots stand for any lines; blanks do not count, for editors cut them off."""


def commands(block):
    """Yield each command of a block with the output that stands below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def output_of(command, folder):
    """What a shell shows for a command: output and errors in the order in which they come."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": WIDTH, "NO_COLOR": "1"}
    done = subprocess.run(
        ["sh", "-c", command],  # as a reader types it
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


@pytest.fixture
def followed(root, tmp_path_factory):
    """The folder of one who wrote the tutorial's files and typed its commands, and what differed on the way."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "portfolios").symlink_to(root / "portfolios")
    tutorial = (root / "docs/tutorial.md").read_text(encoding="utf-8")
    differences = []
    for block in BLOCK.finditer(tutorial):
        if block["file"]:
            path = folder / block["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(block["body"], encoding="utf-8")
        for command, expected in commands(block["body"]) if block["language"] == "console" else ():
            shown = output_of(command, folder)
            if not doctest.OutputChecker().check_output(expected, shown, LIKE_DOCTESTS):
                differences.append(f"$ {command}\n--- in the tutorial\n{expected}\n--- shown\n{shown}")
    return folder, differences


def test_the_readme_shows_what_commands_print(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    blocks = [block["body"] for block in BLOCK.finditer(readme) if block["language"] == "console"]
    typed = [pair for block in blocks for pair in commands(block)]
    assert len(typed) > 3
    for command, expected in typed:
        shown = output_of(command, root)
        assert doctest.OutputChecker().check_output(expected, shown, LIKE_DOCTESTS), f"$ {command}\n{shown}"


def test_the_tutorial_asks_every_question(root):
    tutorial = (root / "docs/tutorial.md").read_text(encoding="utf-8")
    typed = {command.split()[1] for block in BLOCK.finditer(tutorial) for command, _ in commands(block["body"])}
    assert {"check", "show", "opportunities", "dependence", "dossier", "convert", "report"} <= typed


def test_the_tutorial_can_be_followed_to_its_picture(root, followed):
    folder, differences = followed
    assert not differences, "\n\n".join(differences)
    drawn = labels(folder / "my-report/figures/roadmap.svg")
    assert {"Quiet Relay · SOUTH", "Polar Lander · NORTH"} <= drawn
    assert labels(root / "docs/tutorial-roadmap.svg") == drawn, "copy figures/roadmap.svg to docs/tutorial-roadmap.svg"


def labels(picture):
    """Texts of a picture, without the hash of its portfolio."""
    found = re.findall(r"<text[^>]*>([^<]*)", picture.read_text(encoding="utf-8"))
    return {re.sub(r"portfolio [0-9a-f]+", "portfolio", text) for text in found}
