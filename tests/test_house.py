"""The order of the house: who imports what, how long a module is, and what committed files may not say."""

import ast
import importlib
import re
import subprocess
import tomllib

import pytest

from synodos.extras import EXTRA_BY_LIBRARY
from tests.costs import SECONDS

MOST_LINES = 600
NAMELESS = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
EXTRAS = ("risk", "worth", "documents", "schedules", "cluster", "table")
# Written with a class of one letter so that this file does not match itself.
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b")


@pytest.fixture(scope="module")
def committed(root):
    """Files in git's index, and new ones that nothing ignores; all files must be read from a git checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := root / name).is_file()]


@pytest.fixture(scope="module")
def rooms(root):
    """Rooms of the house, each with the names that its door lists."""
    doors = (root / "src/synodos").glob("*/__init__.py")
    return {door.parent.name: listed_names(ast.parse(door.read_text(encoding="utf-8"))) for door in doors}


def listed_names(door):
    """Names in `__all__`."""
    for node in door.body:
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "__all__" for target in node.targets):
            return set(ast.literal_eval(node.value))
    return set()


def trespasses(tree, room, rooms):
    """Yield the imports of `tree`, which stands in `room`, that pass another room's door."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            taken = [(alias.name, None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            taken = [(node.module, alias.name) for alias in node.names]
        else:
            continue
        yield from (_full(*one) for one in taken if _is_behind_a_door(*one, room, rooms))
    yield from _unlisted_attributes(tree, room, rooms)


def _full(module, name):
    return f"{module}.{name}" if name else module


def _is_behind_a_door(module, name, room, rooms):
    parts = module.split(".")
    if len(parts) == 1 or parts[0] != "synodos" or parts[1] == room or parts[1] not in rooms:
        return False
    door = ".".join(parts[1:])
    return door not in rooms or (name is not None and name not in rooms[door])


def _unlisted_attributes(tree, room, rooms):
    """Yield `room.name` where `room` came by `from synodos import room` and its door does not list `name`."""
    bound = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "synodos"
        for alias in node.names
        if alias.name in rooms and alias.name != room
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in bound:
            neighbour = bound[node.value.id]
            if node.attr not in rooms[neighbour]:
                yield f"synodos.{neighbour}.{node.attr}"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from synodos.language import Portfolio", []),
        ("from synodos.language import _hidden", ["synodos.language._hidden"]),
        ("from synodos.language import *", ["synodos.language.*"]),
        ("from synodos.language.record import Record", ["synodos.language.record.Record"]),
        ("import synodos.language.record", ["synodos.language.record"]),
        ("from synodos.exchange.folder import read", []),
        ("from synodos import language\nlanguage.Portfolio", []),
        ("from synodos import language as words\nwords.record", ["synodos.language.record"]),
        ("def late():\n    from synodos.language.record import Record", ["synodos.language.record.Record"]),
    ],
)
def test_trespasses_are_noticed(line, found):
    rooms = {"language": {"Portfolio"}, "exchange": set()}
    assert list(trespasses(ast.parse(line), "exchange", rooms)) == found


def test_rooms_import_only_what_other_rooms_list(root, rooms):
    assert "language" in rooms
    house = root / "src/synodos"
    scripts = [*(root / "benchmarks").rglob("*.py"), *(root / "scripts").rglob("*.py")]
    # What measures a part of a room may enter by the door of that part.
    parts = {
        ".".join(door.relative_to(house).parts[:-1]): listed_names(ast.parse(door.read_text(encoding="utf-8")))
        for door in house.glob("*/*/__init__.py")
    }
    found = {
        str(path.relative_to(root)): sorted(set(names))
        for doors, paths in ((rooms, house.rglob("*.py")), ({**rooms, **parts}, scripts))
        for path in paths
        if (names := list(trespasses(ast.parse(path.read_text(encoding="utf-8")), _room(path, house), doors)))
    }
    assert found == {}


def _room(path, house):
    return path.relative_to(house).parts[0] if path.is_relative_to(house) else None


def test_every_door_states_its_question_and_holds_no_code(root, rooms):
    for room in rooms:
        door = ast.parse((root / "src/synodos" / room / "__init__.py").read_text(encoding="utf-8"))
        assert "?" in (ast.get_docstring(door) or ""), f"{room}: the door states no question"
        code = [node for node in door.body[1:] if not _only_names(node)]
        assert code == [], f"{room}: the door holds code at line {code[0].lineno}"


def _only_names(node):
    """Whether a statement brings or gives names, and does nothing: also imports that only type checkers follow."""
    if isinstance(node, ast.If):
        checked = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        return checked and not node.orelse and all(isinstance(one, ast.ImportFrom) for one in node.body)
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.Assign))


def test_doors_give_what_they_list_from_where_type_checkers_look(root, rooms):
    """What a door loads late stands in it three times: as import for type checkers, in its list, and by module."""
    for room, names in rooms.items():
        door = importlib.import_module(f"synodos.{room}")
        tree = ast.parse((root / "src/synodos" / room / "__init__.py").read_text(encoding="utf-8"))
        homes = {
            alias.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"synodos.{room}")
            for alias in node.names
        }
        assert names <= homes.keys()
        for name in names:
            assert getattr(door, name) is getattr(importlib.import_module(homes[name]), name), f"{room}.{name}"
        with pytest.raises(AttributeError, match="no attribute 'nothing'"):
            _ = door.nothing


def test_no_module_is_too_long(root):
    lengths = {
        str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (root / "src").rglob("*.py")
    }
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_modules_are_named_for_what_they_answer(committed):
    named = {path.stem if path.suffix == ".py" else path.parent.name for path in committed}
    assert named & NAMELESS == set()


def test_committed_files_leave_nothing_unfinished(committed, root):
    marked = [str(path.relative_to(root)) for path in committed if UNFINISHED.search(_text(path))]
    assert marked == []


def _text(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_oldest_constraints_are_the_lower_bounds(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (root / "constraints-oldest.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    extras = project["optional-dependencies"]
    chosen = [bound for name in EXTRAS for bound in extras[name] if not bound.startswith("synodos[")]
    bounds = [*project["dependencies"], *chosen]
    lowest = [re.sub(r"\[.*\]|,.*", "", bound).replace(">=", "==") for bound in bounds]  # no extras, no upper bounds
    assert pins == lowest


def test_every_heavy_library_of_an_extra_is_named_with_it(root):
    extras = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(EXTRA_BY_LIBRARY.values()) == set(EXTRAS) <= set(extras)
    assert {extra for extra in EXTRAS if extra != "cluster"} == set(re.findall(r"\w+", extras["all"][0])) - {"synodos"}


def test_files_whose_costs_are_told_are_there(root):
    assert [name for name in SECONDS if not (root / name).is_file()] == []
