"""The page on norms: its example is built and run, and its tables name what there is."""

import re
import shutil

import pytest
import yaml

from synodos import law
from synodos.language import PortfolioError
from synodos.law.assessing.assess import judged
from synodos.law.norm_files import read
from synodos.law.registers import COLUMNS, registers
from synodos.law.rules.dependencies import CONDITIONS
from synodos.law.rules.facts import FACTS
from synodos.law.situations import situations
from tests.docs.pages import BLOCK
from tests.law import casework

NORMS = "src/synodos/law/norms"
MORE = " (one line more)"


@pytest.fixture(scope="module")
def page(root):
    """The text of the page."""
    return (root / "docs/norms.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(root, page, tmp_path_factory):
    """A copy of the shipped norms with the files of the page in it."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(root / NORMS, folder / NORMS)
    for block in BLOCK.finditer(page):
        if block["file"]:
            path = folder / block["file"].removesuffix(MORE)
            before = path.read_text(encoding="utf-8") if block["file"].endswith(MORE) else ""
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(before + block["body"], encoding="utf-8")
    return folder


def test_every_case_of_the_example_comes_out_as_it_says(built, monkeypatch):
    catalogue = read(built / NORMS, registers())

    def finding(case):
        portfolio = casework.portfolio(case)
        found = judged(situations(portfolio, catalogue), portfolio, catalogue, case.law_known_on, case.readings)
        mine = (case.norm, case.activity, case.bearer)
        return next((one for one in found.findings if (one.norm, one.activity, one.bearer) == mine), None)

    monkeypatch.setattr(casework, "finding", finding)
    text = (built / "tests/cases/law/quiet_far_side.yaml").read_text(encoding="utf-8")
    cases = [casework.Case(file="quiet_far_side", **one) for one in yaml.safe_load(text)]
    assert len(cases) > 3
    assert {case.case: casework.differences(case) for case in cases} == {case.case: [] for case in cases}


def test_the_example_is_not_shipped():
    assert "QUIET-2" not in law.catalogue().norms


def test_a_fault_is_told_as_the_page_shows(built, page, tmp_path):
    folder = shutil.copytree(built / NORMS, tmp_path / "norms")
    rules = folder / "quiet_far_side.lp"
    rules.write_text(rules.read_text(encoding="utf-8").replace("QUIET-2", "QUIET-3"), encoding="utf-8")
    with pytest.raises(PortfolioError) as raised:
        read(folder, registers())
    (shown,) = (block["body"] for block in BLOCK.finditer(page) if block["language"] == "text")
    assert shown.strip() in [str(fault) for fault in raised.value.faults]


def rows(page, first):
    """The first cells of the table whose head begins with a word."""
    table = page.partition(f"| {first} |")[2].partition("\n\n")[0]
    return re.findall(r"^\| \*\*(.+?)\*\* \|", table, re.MULTILINE)


def names(model):
    """How the fields of a record are written."""
    return [info.alias or key for key, info in model.model_fields.items()]


def test_the_fields_of_records_are_those_of_the_code(page):
    instrument, norm = (page.partition(f"## The {name}\n")[2].partition("\n## ")[0] for name in ("instrument", "norm"))
    assert sorted(rows(instrument, "field")) == sorted(names(law.Instrument))
    shared = re.findall(r"`(\w+)`", norm.partition("A norm may also state")[2].partition(";")[0])
    assert sorted(rows(norm, "field") + shared) == sorted(names(law.Norm))
    assert sorted(rows(instrument, "binds")) == sorted(names(law.Instrument.model_fields["binds"].annotation))
    assert rows(page, "column") == list(COLUMNS)


def test_the_facts_are_those_that_rules_may_ask_for(page):
    told = [row[:-1].split("(") for row in rows(page, "fact")]
    assert {name: 1 + arguments.count(",") for name, arguments in told} == FACTS


def test_what_a_rule_may_say_is_what_the_lint_knows(page):
    assert sorted(row.partition("(")[0] for row in rows(page, "what a rule may say")) == sorted(CONDITIONS)


def test_the_faults_are_those_that_the_code_can_find(root, page):
    texts = [
        (root / f"src/synodos/law/{name}.py").read_text(encoding="utf-8") for name in ("norm_files", "rules/linting")
    ]
    found = {code for text in texts for code in re.findall(r'"((?:norms|rules)\.[a-z-]+)', text)}
    told = {row.removesuffix("...") for row in rows(page, "fault")}
    assert told == found
