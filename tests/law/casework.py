"""Cases that a lawyer can read: dated facts, one question, and the answer that the sources give."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from synodos import law
from synodos.language import KIND_BY_PLURAL, Header, History, faults

FOLDER = Path(__file__).parent.parent / "cases" / "law"
STATES = {
    "usa": "United States", "jpn": "Japan", "can": "Canada", "rus": "Russia", "chn": "China", "ind": "India",
    "deu": "Germany", "ita": "Italy", "fra": "France", "gbr": "United Kingdom", "lux": "Luxembourg",
    "are": "United Arab Emirates", "kor": "Republic of Korea", "aus": "Australia",
}  # fmt: skip
AGENCIES = {
    "nasa": "usa", "jaxa": "jpn", "csa": "can", "roscosmos": "rus", "cnsa": "chn", "isro": "ind", "dlr": "deu",
    "asi": "ita", "cnes": "fra", "ukspace": "gbr", "lsa": "lux", "uaesa": "are", "kari": "kor", "asa": "aus",
}  # fmt: skip
OWNERS = ("lead", "payer", "user", "from_agency")
LATEST = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Case:
    """One case of a file."""

    file: str
    case: str
    source: str
    norm: str
    activity: str
    bearer: str
    expect: dict
    facts: dict
    law_known_on: dt.date = LATEST
    known_on: dt.date | None = None
    readings: dict = field(default_factory=dict)
    note: str = ""

    def __str__(self):
        return f"{self.file}: {self.case}"


@cache
def cases():
    """Every case of every file, in order."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        found += [Case(file=path.stem, **one) for one in told or ()]
    return tuple(found)


@cache
def _usual():
    """Statements on the usual states and agencies."""
    known = dt.date(1957, 1, 1)
    plain = [("states", {"id": key, "owner": key, "name": name}) for key, name in STATES.items()]
    for key, state in AGENCIES.items():
        own = {"id": key, "owner": key, "name": key.upper(), "short_name": key.upper(), "actor": "agency"}
        plain.append(("agencies", {**own, "state": state}))
    esa = {"name": "European Space Agency", "short_name": "ESA", "actor": "intergovernmental"}
    plain.append(("agencies", {"id": "esa", "owner": "esa", **esa}))
    return {(plural, values["id"]): _statement(plural, values, known) for plural, values in plain}


def _statement(plural, values, known_on):
    """A statement with the common fields that a case leaves out."""
    owner = values.get("owner") or next((values[name] for name in OWNERS if values.get(name)), None)
    owner = owner or (values.get("parties") or values.get("binds") or [values.get("id")])[0]
    if plural in ("agencies", "states"):
        owner = values.get("owner", values["id"])
    kind = KIND_BY_PLURAL[plural]
    usual = {"name": values["id"], "short_name": values["id"], "status": "planned", "level": "intent"}
    values = {**{name: value for name, value in usual.items() if name in kind.model_fields}, **values}
    common = {"owner": owner, "stated_by": owner, "release": "public", "as_of": str(known_on)}
    return kind.model_validate({**common, "confidence": "read", "sources": ["case"], **values})


def portfolio(case):
    """The portfolio of a case: its facts among the usual agencies and states."""
    known_on = case.known_on or case.law_known_on
    statements = dict(_usual())
    for plural, records in case.facts.items():
        for values in records:
            statements[plural, values["id"]] = _statement(plural, values, known_on)
    page = {"id": "case", "title": case.case, "known_on": str(known_on), "sources": {"case": {"title": case.source}}}
    history = History(Header.model_validate(page), tuple(statements.values()))
    wrong = [fault for fault in faults(history) if fault.severity == "error"]
    assert not wrong, "\n".join(map(str, wrong))
    return history.known_on()


_ASSESSED = {}


def _assessed(case):
    """What law says about the facts of a case; cases that ask different questions of the same facts share it."""
    key = repr((case.facts, case.law_known_on, case.known_on, case.readings))
    if key not in _ASSESSED:
        _ASSESSED[key] = law.assess(portfolio(case), case.law_known_on, readings=case.readings)
    return _ASSESSED[key]


def finding(case):
    """The finding that a case asks for, or None."""
    found = _assessed(case).findings
    return next((f for f in found if (f.norm, f.activity, f.bearer) == (case.norm, case.activity, case.bearer)), None)


def differences(case):
    """What the finding says otherwise than the sources."""
    found, expect = finding(case), case.expect
    if expect.get("absent"):
        return [] if found is None else [f"expected nothing, found {found}"]
    if found is None:
        return [f"expected {expect}, found nothing"]
    said = {
        "status": found.status,
        "certainty": found.certainty,
        "exemption": found.exemption,
        "asks": sorted({question.id for question in found.questions}),
        "contested": sorted({lead.question for lead in found.contested}),
        "leads": {lead.reading: lead.status for lead in found.contested},
        "own_reading": list(found.own_reading),
        "since": found.since,
    }
    said["asks"] = sorted(set(said["asks"]) & set(expect.get("asks", ())))  # a finding may ask for more
    wanted = {name: sorted(value) if name in ("asks", "contested") else value for name, value in expect.items()}
    return [f"{name}: expected {value}, found {said[name]}" for name, value in wanted.items() if said[name] != value]


def case_counts():
    """How the cases come out: counts of all, of confident wrong answers and of needless determinations.

    A case is certain though contested where the sources are contested or missing (the case expects a certainty other
    than certain, or a determination) and the finding is certain all the same. A determination is needless where the
    sources give an answer and the finding asks.
    """
    counts = Counter(cases=0, agree=0, certain_though_contested=0, needless_determinations=0)
    for case in cases():
        found = finding(case)
        counts["cases"] += 1
        counts["agree"] += not differences(case)
        if found is None or case.expect.get("absent"):
            continue
        answered = found.status != "needs_determination"
        open_in_sources = case.expect.get("certainty", "certain") != "certain" or (
            case.expect.get("status") == "needs_determination"
        )
        counts["certain_though_contested"] += open_in_sources and answered and found.certainty == "certain"
        asked = case.expect.get("status") not in (None, "needs_determination")
        counts["needless_determinations"] += asked and not answered
    return dict(counts)
