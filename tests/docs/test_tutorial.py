import pytest

from tests.docs.pages import difference, follow, labels, typed


@pytest.fixture
def followed(root, tmp_path_factory):
    """The folder of one who wrote the tutorial's files and typed its commands, and what differed on the way."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "portfolios").symlink_to(root / "portfolios")
    tutorial = (root / "docs/tutorial.md").read_text(encoding="utf-8")
    return folder, follow(tutorial, folder)


def test_the_readme_shows_what_commands_print(root):
    shown = typed((root / "README.md").read_text(encoding="utf-8"))
    assert len(shown) > 3
    differences = list(filter(None, (difference(command, expected, root) for command, expected in shown)))
    assert not differences, "\n\n".join(differences)


def test_the_tutorial_asks_every_question(root):
    tutorial = (root / "docs/tutorial.md").read_text(encoding="utf-8")
    asked = {command.split()[1] for command, _ in typed(tutorial)}
    questions = {"check", "show", "opportunities", "dependence", "dossier", "schedule", "risk", "convert", "report"}
    assert questions <= asked


def test_the_tutorial_can_be_followed_to_its_picture(root, followed):
    folder, differences = followed
    assert not differences, "\n\n".join(differences)
    drawn = labels((folder / "my-report/figures/roadmap.svg").read_text(encoding="utf-8"))
    assert {"Quiet Relay · SOUTH", "Polar Lander · NORTH"} <= drawn
    kept = (root / "docs/tutorial-roadmap.svg").read_text(encoding="utf-8")
    assert labels(kept) == drawn, "copy figures/roadmap.svg to docs/tutorial-roadmap.svg"
