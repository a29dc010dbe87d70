"""The catalogue: strict records, sound rules, and every fault told with its place."""

import copy
import datetime as dt

import pytest

from synodos import law
from synodos.exchange import read_history
from synodos.language import PortfolioError
from synodos.law.norm_files import read
from synodos.law.registers import registers
from synodos.law.rules.dependencies import parsed
from synodos.law.rules.facts import FACTS
from synodos.law.rules.linting import rule_faults
from synodos.law.situations import situations
from tests.law.small import FILES, FOR_ALL, norm, small_catalogue, written


@pytest.fixture(scope="module")
def catalogue():
    return law.catalogue()


def test_every_norm_cites_a_source_and_is_in_force_from_some_day(catalogue):
    assert len(catalogue.norms) > 130
    for key in catalogue.norms:
        assert catalogue.sources_of(key), key
        assert set(catalogue.sources_of(key)) <= catalogue.sources.keys(), key
        assert catalogue.stated(key).begins, key


def test_what_rests_on_general_knowledge_is_marked(catalogue):
    for key in catalogue.norms:
        if set(catalogue.sources_of(key)) == {"general-knowledge"}:
            assert catalogue.is_unverified(key), key


def test_the_rules_of_the_catalogue_are_sound(catalogue):
    assert [str(fault) for fault in rule_faults(catalogue)] == []


def test_rules_are_read_as_clingo_reads_them(catalogue):
    ast = pytest.importorskip("clingo.ast")
    for name, text in catalogue.rules.items():
        heads = []

        def collect(node, heads=heads):
            if node.ast_type == ast.ASTType.Rule:
                heads.append(str(node.head).partition("(")[0])

        ast.parse_string(text, collect)
        ours = [rule.head.name if rule.head else None for rule in parsed(text)]
        assert len(ours) == len(heads), name
        assert [head for head, own in zip(heads, ours, strict=True) if own not in (None, head)] == [], name


def test_each_rule_file_but_the_shared_ones_belongs_to_an_instrument(catalogue):
    files = {place.removesuffix(".yaml") for place in catalogue.places.values()}
    assert files <= catalogue.rules.keys()
    assert catalogue.rules.keys() - files <= {"core", "parties"}


def test_an_instrument_gives_its_norms_what_they_do_not_say_themselves():
    small = small_catalogue()
    assert str(small.stated("D-1").ends) == "2020-01-01"
    assert str(small.stated("X-1").ends) == "2010-01-01"
    assert small.stated("X-1").afterwards == "unknown"
    assert small.sources_of("D-1") == ("made-up",)


def changed(**fields):
    """The small catalogue with the first norm of a file changed."""
    files = copy.deepcopy({key: FILES[key] for key in ("statute",)})
    files["statute"][1][0].update(fields)
    return files


def with_rules(text, *more):
    """A catalogue of one norm with rules of one's own."""
    return {"for_all": (FOR_ALL, [norm("N-1"), *more], text)}


PLAIN = 'concerns(A,B,"N-1") :- participant(A,B).\n'


@pytest.mark.parametrize(
    ("files", "code", "words"),
    [
        (changed(modality="duty"), "record.value", ["statute.yaml", "norm D-1", "modality", "'duty'", "'obligation'"]),
        (changed(colour="red"), "record.unknown-field", ["norm D-1", "colour"]),
        (changed(sources=["nowhere"]), "norms.unknown-source", ["norm D-1", "'nowhere'"]),
        (changed(met_when={"registerd": "yes"}), "norms.unknown-question", ["'registerd'", "nearest: registered"]),
        (changed(met_when={"registered": "maybe"}), "record.value", ["norm D-1", "met_when.registered", "'maybe'"]),
        (changed(contested=["extracted"]), "norms.unknown-contested-question", ["'extracted'"]),
        (changed(id="B-1"), "norms.twice", ["norm B-1"]),
        (changed(lifts=["B-1"]), "norms.lifts", ["an exemption lifts norms"]),
        (changed(**{"from": "2000-13"}), "record.value", ["norm D-1", "from"]),
        (with_rules(""), "norms.no-rule", ["norm N-1"]),
        (
            with_rules(PLAIN + 'concerns(A,B,"N-2") :- flies(A), involved(A,B).'),
            "rules.unknown-norm",
            ["for_all.lp:2", "N-2"],
        ),
        (with_rules(PLAIN + "concerns(A,B,N) :- flies(A), participant(A,B)."), "rules.no-norm", ["for_all.lp:2"]),
        (with_rules(PLAIN + "x(A) :- leads(A,_)."), "rules.anonymous", ["for_all.lp:2"]),
        (with_rules(PLAIN + 'x(A) :- kind(A,"some text here").'), "rules.text", ["some text here"]),
        (with_rules(PLAIN + 'x(A) :- told(A,B,"crewd",yes).'), "rules.unknown-question", ["crewd", "nearest: crewed"]),
        (with_rules(PLAIN + 'x(A) :- told(A,B,"crewed","yes").'), "rules.quoted-answer", ["yes or no"]),
        (with_rules(PLAIN + 'x(A) :- flies(A), reading("peaceful","x").'), "rules.unknown-question", ["peaceful"]),
        (
            with_rules(PLAIN + 'x(A) :- flies(A), reading("peaceful-purposes","x").'),
            "rules.unknown-reading",
            ["no such reading"],
        ),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path, files, code, words):
    with pytest.raises(PortfolioError) as error:
        read(written(tmp_path, files), registers())
    told = [str(fault) for fault in error.value.faults if fault.code == code]
    assert len(told) >= 1, str(error.value)
    assert all(word in told[0] for word in words), told[0]


DUTY_FROM = {"from": "2001-02-30"}


@pytest.mark.parametrize(
    ("files", "code", "words"),
    [
        (
            changed(**DUTY_FROM),
            "record.value",
            ["statute.yaml", "norm D-1", "from", "'2001-02-30'", "a day of the calendar"],
        ),
        (changed(known_since="2001-13-01"), "record.value", ["norm D-1", "known_since", "'2001-13-01'", "2011-11-20"]),
        (changed(until="1999"), "norms.window", ["statute.yaml", "norm D-1", "until", "1999", "2000-01-01"]),
        (changed(**{"from": "2021"}), "norms.window", ["norm D-1", "until", "2020-01-01", "after 2021"]),
        (changed(until="2000-01-01"), "norms.window", ["norm D-1", "until"]),
        (
            changed(until="2002", renewed=[{"until": "2001", "known_since": "2002-01-01"}]),
            "norms.window",
            ["norm D-1", "renewed", "2001", "a day after 2002"],
        ),
        (
            changed(sources=["general-knowledge"]),
            "norms.confidence",
            ["statute.yaml", "norm D-1", "confidence", "unverified, or a text as source"],
        ),
        (
            with_rules('concerns(A,B,"N-1") :- participant(A,B)\nx(A) :- flies(A).'),
            "rules.unended",
            ["for_all.lp:2", "x(A)", "full stop"],
        ),
        (with_rules('concerns(A,B,"N-1") :- participant(A,B) x(A) :- flies(A).'), "rules.unended", ["for_all.lp:1"]),
        (with_rules(PLAIN + "x(A) :- flies(A)"), "rules.unended", ["for_all.lp:2", "x(A)"]),
        (
            with_rules(PLAIN + 'x(A) :- tolld(A,B,"crewed",yes).'),
            "rules.unknown-predicate",
            ["for_all.lp:2", "tolld with 4 arguments", "nearest: told"],
        ),
        (
            with_rules(PLAIN + 'x(A) :- flies(A), not tolld(A,B,"crewed",yes).'),
            "rules.unknown-predicate",
            ["for_all.lp:2", "nearest: told"],
        ),
        (with_rules(PLAIN + "x(A) :- payer(A)."), "rules.arguments", ["for_all.lp:2", "payer with 1 arg", "with 2"]),
    ],
)
def test_a_malformed_file_is_told_with_its_place(tmp_path, files, code, words):
    sources = {"sources": {"made-up": {"title": "Made up"}, "general-knowledge": {"title": "General knowledge"}}}
    with pytest.raises(PortfolioError) as error:
        read(written(tmp_path, files, sources), registers())
    told = [str(fault) for fault in error.value.faults if fault.code == code]
    assert len(told) == 1, str(error.value)
    assert all(word in told[0] for word in words), told[0]


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("statute.yaml", b"format: synodos-norms\nnorms: [a, b\nx: {", "file.syntax", ["statute.yaml:3", "YAML"]),
        ("statute.yaml", b"format: synodos-norms\nx: \xff", "file.encoding", ["statute.yaml:2", "byte FF", "UTF-8"]),
        ("statute.lp", b"% caf\xe9", "file.encoding", ["statute.lp:1", "byte E9", "UTF-8"]),
        ("sources.yaml", b"sources: {a", "file.syntax", ["sources.yaml:2", "YAML"]),
        (
            "sources.yaml",
            b"sources:\n  made-up: {title: Made up}\n  made-up: {title: Another}\n",
            "norms.key-twice",
            ["sources.yaml:3", "made-up, which stands on line 2 already", "each key once"],
        ),
        ("sources.yaml", b"sauces: {}", "norms.format", ["sources.yaml", "sources by their keys"]),
    ],
)
def test_a_file_that_cannot_be_read_is_told_among_the_other_faults(tmp_path, name, data, code, words):
    files = copy.deepcopy(FILES)
    files["treaty"][1][0]["modality"] = "duty"
    folder = written(tmp_path, files)
    (folder / name).write_bytes(data)
    with pytest.raises(PortfolioError) as error:
        read(folder, registers())
    (told,) = [str(fault) for fault in error.value.faults if fault.code == code]
    assert all(word in told for word in words), told
    assert "record.value" in {fault.code for fault in error.value.faults}


def test_a_window_without_days_may_say_that_nobody_found_what_came_then(tmp_path):
    files = changed(**{"from": "2005-01-01", "until": "2005-01-01", "afterwards": "unknown"})
    assert read(written(tmp_path, files), registers()).stated("D-1").afterwards == "unknown"


def test_rules_may_ask_for_every_fact_that_is_stated_and_for_no_other(root):
    texts = "".join(
        path.read_text(encoding="utf-8") for path in (root / "src/synodos/law/situations").iterdir() if path.is_file()
    )
    assert [name for name in FACTS if f'"{name}"' not in texts and f" {name}" not in texts] == []
    plans = read_history(root / "portfolios/exomars").known_on()
    stated = {
        (fact.predicate, len(fact.arguments) + 1) for one in situations(plans, law.catalogue()) for fact in one.facts
    }
    assert stated <= set(FACTS.items())


def test_the_catalogue_holds_nothing_later_than_its_day(catalogue):
    begins = [catalogue.stated(key).begins.earliest for key in catalogue.norms]
    assert max(begins) <= catalogue.as_of
    assert catalogue.law_day(dt.date(2011, 12, 1)) == dt.date(2011, 12, 1)
    assert catalogue.law_day(dt.date(2050, 1, 1)) == catalogue.as_of


def test_a_wrong_register_or_none_is_refused(tmp_path):
    files = copy.deepcopy(FILES)
    files["treaty"][0]["binds"] = {"register": "MOOM"}
    files["statute"][0]["binds"] = {"state": "usa", "agencies": ["nasa"]}
    with pytest.raises(PortfolioError) as error:
        read(written(tmp_path, files), registers())
    assert {fault.code for fault in error.value.faults} >= {"norms.register", "record.value"}


def test_all_faults_are_told_together(tmp_path):
    files = changed(modality="duty")
    files["statute"][1][1]["sources"] = ["nowhere"]
    with pytest.raises(PortfolioError) as error:
        read(written(tmp_path, files), registers())
    assert {"record.value", "norms.unknown-source"} <= {fault.code for fault in error.value.faults}


def test_a_norm_that_only_constitutes_or_says_why_needs_no_rule(tmp_path):
    more = [norm("N-2", "constitutive"), norm("N-3", "permission", note="Turns on nothing that is planned.")]
    assert set(read(written(tmp_path, with_rules(PLAIN, *more)), registers()).norms) == {"N-1", "N-2", "N-3"}


def test_a_reading_that_no_norm_declares_is_a_warning(tmp_path):
    rules = PLAIN + 'violated(A,B,"N-1","x") :- applies(A,B,"N-1"), y(A).\n'
    rules += 'y(A) :- flies(A), reading("peaceful-purposes","peaceful-is-non-military").'
    found = read(written(tmp_path, with_rules(rules)), registers())
    (fault,) = rule_faults(found)
    assert (fault.code, fault.record) == ("rules.not-contestable", "norm N-1")


def test_what_a_norm_rests_on_is_followed_through_its_rules(tmp_path):
    rules = """
    helper(A,P) :- participant(A,P), not governmental(A,P), told(A,P,"licensed",no).
    concerns(A,B,"N-1") :- helper(A,P), national_of(A,P,B).
    concerns_if(A,B,"N-2","crewed") :- flies(A), participant(A,B). % a remark. With stops.
    of_list("N-3"). of_list("N-4").
    concerns(A,B,N) :- of_list(N), payer(A,B).
    """
    more = [norm("N-2"), norm("N-3"), norm("N-4")]
    needs = read(written(tmp_path, with_rules(rules, *more)), registers()).needs
    assert needs["N-1"].facts == {"participant", "governmental", "national_of"}
    assert needs["N-1"].answers == {"licensed"}
    assert needs["N-2"].answers == {"crewed"}
    assert needs["N-3"].facts == needs["N-4"].facts == {"payer"}


def test_days_of_contracts_are_those_that_rules_name(tmp_path):
    rules = PLAIN + 'x(A) :- contracted_by(A,"1999-01-01").\ny(A) :- contracted_after(A,"2005-06-30").'
    days = read(written(tmp_path, with_rules(rules)), registers()).contract_days
    assert [str(day) for day in days] == ["1999-01-01", "2005-06-30"]
