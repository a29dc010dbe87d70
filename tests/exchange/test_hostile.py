"""Files made to exhaust the machine: each ends in clear faults, within little memory, in a process of its own."""

import json
import os
from pathlib import Path

import pytest

from tests.exchange.plans import AGENCIES, HEAD, PAGE, told_within

# A process that has only imported the reader takes about 300 MB of addresses.
LITTLE = 800
"""Megabytes of addresses that reading a small or refused file may take."""


def laughs(levels, width):
    """Lists of aliases of lists of aliases: width ** levels values if they were followed."""
    lines = ["a0: &a0 [" + ", ".join(["ha"] * width) + "]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * width) + "]" for n in range(1, levels)]
    return "\n".join(lines)


YAML_ATTACKS = {
    "billion laughs": (HEAD + laughs(9, 9), "value.alias"),
    "quadratic aliases": (HEAD + "a: &a " + "x" * 100_000 + "\nb: [" + "*a, " * 100_000 + "]\n", "value.alias"),
    "a loop of aliases": (HEAD + "missions: &m [*m]\n", "value.alias"),
    "merge keys": (HEAD + "a: &a {x: 1}\n" + "".join(f"b{n}: {{<<: *a}}\n" for n in range(1000)), "value.alias"),
    "lists in lists": (HEAD + "missions: " + "[" * 100_000, "file.too-deep"),
    "mappings in mappings": (HEAD + "missions: " + "{a: " * 100_000, "file.too-deep"),
    "blocks in blocks": (HEAD + "missions:\n" + "".join(" " * n + "- \n" for n in range(1, 2000)), "file.too-deep"),
    "dashes": (HEAD + "missions:\n  " + "- " * 100_000, "file.too-deep"),
    "a code tag": (HEAD + "missions: !!python/object/apply:os.system ['touch pwned']\n", "value.tag"),
    "a module tag": (HEAD + "missions: !!python/name:os.system\n", "value.tag"),
    "a huge number": (HEAD + "missions: [{id: " + "9" * 3_000_000 + "}]\n", "value.number"),
    "a huge exponent": (HEAD + "missions: [{id: 1e999999999}]\n", "value.number"),
    "many documents": (HEAD + "---\n" * 100_000, "file.documents"),
    "one name many times": (HEAD + "a: 1\n" * 200_000, "key.twice"),
    "one huge name": (HEAD + "? " + "a" * 5_000_000 + "\n: 1\n", "file.unknown-list"),
    "many unknown fields": (
        HEAD + "missions:\n  - " + "".join(f"f{n}: 1\n    " for n in range(30_000)),
        "record.too-large",
    ),
    "one huge text": (HEAD + "missions:\n  - {id: x, name: " + "a" * 5_000_000 + "}\n", "record.missing-field"),
    "many quotes": (HEAD + "a: " + "'" * 1_000_001, "file.syntax"),
    "question marks": (HEAD + "? " * 50_000, "file.too-deep"),
    "only colons": (":" * 1_000_000, "file.syntax"),
    "spaces": (HEAD + "missions:" + " " * 5_000_000 + "\n  - x\n", "record.form"),
}


@pytest.fixture(scope="module")
def yaml_outcomes(tmp_path_factory):
    """What is told of each attack by YAML, as a file of records and as the page."""
    paths = {}
    for place in ("x.yaml", "portfolio.yaml"):
        for name, (text, _) in YAML_ATTACKS.items():
            paths[place, name] = folder = tmp_path_factory.mktemp("plans")
            files = {"portfolio.yaml": PAGE, "agencies.yaml": AGENCIES, place: text}
            if place == "portfolio.yaml":
                files[place] = text.replace(HEAD, PAGE)
            for file, content in files.items():
                (folder / file).write_text(content)
    return dict(zip(paths, told_within(LITTLE, paths.values()), strict=True))


@pytest.mark.parametrize("name", YAML_ATTACKS)
def test_hostile_yaml_ends_in_clear_faults(yaml_outcomes, name):
    faults = yaml_outcomes["x.yaml", name]
    assert YAML_ATTACKS[name][1] in {code for _, code in faults}
    assert {place.partition(":")[0] for place, _ in faults} == {"x.yaml"}


@pytest.mark.parametrize("name", YAML_ATTACKS)
def test_a_hostile_page_ends_in_clear_faults(yaml_outcomes, name):
    faults = yaml_outcomes["portfolio.yaml", name]
    code = YAML_ATTACKS[name][1]
    if code.startswith("record.") or code == "file.unknown-list":
        code = "record.unknown-field"  # the page holds no lists
    assert code in {found for _, found in faults}
    assert {place.partition(":")[0] for place, _ in faults} == {"portfolio.yaml"}


def test_no_tag_ran_anything(yaml_outcomes):
    assert not Path("pwned").exists()


def document(missions):
    """JSON text of a portfolio with this text in place of its missions."""
    page = {"id": "p", "title": "P", "known_on": "2012"}
    text = json.dumps({"format": "synodos-portfolio", "version": 1, "portfolio": page, "missions": "HERE"})
    return text.replace('"HERE"', missions)


JSON_ATTACKS = {
    "lists in lists": (document("[" * 100_000), "file.too-deep"),
    "lists in lists, closed": (document("[" * 100_000 + "]" * 100_000), "file.too-deep"),
    "mappings in mappings": (document('{"a":' * 100_000), "file.too-deep"),
    "a deep value": (document('[{"id": ' + "[" * 900 + "]" * 900 + "}]"), "record.too-deep"),
    "a huge number": (document('[{"id": ' + "9" * 3_000_000 + "}]"), "value.number"),
    "a huge exponent": (document('[{"id": 1e999}]'), "value.number"),
    "no number": (document('[{"id": NaN}, {"id": -Infinity}]'), "value.number"),
    "one name many times": (document("[{" + ", ".join(['"id": 1'] * 20_000) + "}]"), "key.twice"),
    "many unknown fields": (
        document("[{" + ", ".join(f'"f{n}": 1' for n in range(30_000)) + "}]"),
        "record.too-large",
    ),
    "many wrong sources": (document('[{"sources": [' + "1, " * 300_000 + "1]}]"), "record.too-large"),
    "half a character": (document('[{"\\ud800": 1}]'), "file.encoding"),
    "backslashes": (document('[{"' + "\\\\" * 1_000_000 + '\\ud800": 1}]'), "file.encoding"),
    "an open text": (document('["' + "a" * 5_000_000), "file.syntax"),
    "many quotes": (document('"' * 1_000_001), "file.syntax"),
    "spaces": (" " * 5_000_000, "file.empty"),
    "entries that are no records": (document("[" + "1," * 20_000 + "1]"), "record.form"),
    "empty records": (document("[" + "{}," * 20_000 + "{}]"), "record.missing-field"),
    "a name with many dots": (document('[{"' + "." * 2_000_000 + '": 1}]'), "record.unknown-field"),
}


@pytest.fixture(scope="module")
def json_outcomes(tmp_path_factory):
    """What is told of each attack by JSON."""
    folder = tmp_path_factory.mktemp("plans")
    paths = {name: folder / f"{number}.json" for number, name in enumerate(JSON_ATTACKS)}
    for name, path in paths.items():
        path.write_text(JSON_ATTACKS[name][0])
    return dict(zip(paths, told_within(LITTLE, paths.values()), strict=True))


@pytest.mark.parametrize("name", JSON_ATTACKS)
def test_hostile_json_ends_in_clear_faults(json_outcomes, name):
    assert JSON_ATTACKS[name][1] in {code for _, code in json_outcomes[name]}


def test_huge_files_pipes_and_devices_are_refused_unread(folder, tmp_path):
    plans = folder()
    for path in (tmp_path / "x.json", tmp_path / "x.xlsx", plans / "x.yaml"):
        with path.open("wb") as file:
            file.truncate(200_000_000)  # takes no room on the disk
    with (plans / "y.yaml").open("wb") as file:
        file.truncate(100_000_000)
    os.mkfifo(plans / "pipe.yaml")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "endless.json").symlink_to("/dev/zero")
    names = ("x.json", "x.xlsx", "plans", "pipe.json", "endless.json")
    found = told_within(LITTLE, [tmp_path / name for name in names])
    assert [code for ((_, code), *_) in (found[0], found[1], found[3], found[4])] == [
        "file.too-large",
        "file.too-large",
        "file.not-regular",
        "file.not-regular",
    ]
    assert found[2] == [
        ("pipe.yaml", "file.not-regular"),
        ("x.yaml", "file.too-large"),
        ("y.yaml:1", "file.encoding"),
    ]


def test_many_small_faults_take_little_memory(folder):
    records = "".join(f"  - {{id: m{n}, name: 1, status: 2, crewed: 3, partners: 4}}\n" for n in range(20_000))
    (faults,) = told_within(LITTLE, [folder({"x.yaml": HEAD + "missions:\n" + records})])
    assert len(faults) == 20
