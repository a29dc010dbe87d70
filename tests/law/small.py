"""A small catalogue with one norm of each sort, and situations to judge by it."""

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path

import yaml

from synodos.language import Agency, DateRange, Header, History, State
from synodos.law.assessing import judged
from synodos.law.norm_files import read
from synodos.law.registers import registers
from synodos.law.types import Fact, Situation

CORE = Path(__file__).parents[2] / "src" / "synodos" / "law" / "norms" / "core.lp"
SOURCES = {"sources": {"made-up": {"title": "Made up for tests"}}}
DUTY, BAN, FREE, ANY, COURSE, CONTESTED, VANISHING = "D-1", "B-1", "X-1", "L-1", "C-1", "Q-1", "Q-2"
STATUTE = {
    "id": "statute", "title": "Statute on flights", "work": "test/statute", "strength": "statute",
    "binds": {"agencies_of": "usa"}, "from": "2000-01-01", "until": "2020-01-01", "sources": ["made-up"],
}  # fmt: skip
TREATY = {
    "id": "treaty", "title": "Treaty", "work": "test/treaty", "strength": "treaty", "binds": {"register": "MOON"},
    "from": "1984-07-11", "sources": ["made-up"],
}  # fmt: skip
FOR_ALL = {
    "id": "for-all", "title": "For all", "work": "test/all", "strength": "resolution",
    "binds": {"everybody": "actors"}, "from": "1990", "sources": ["made-up"],
}  # fmt: skip


def norm(key, modality="obligation", **fields):
    """A norm with plain words."""
    words = {"pinpoint": "Art. 1", "title": "Do so", "text": "One does so.", "bearer": "whoever flies"}
    return {"id": key, "modality": modality, **words, **fields}


FILES = {
    "statute": (
        STATUTE,
        [
            norm(DUTY, met_when={"registered": "yes"}),
            norm(BAN, "prohibition"),
            norm(FREE, "exemption", lifts=[BAN], until="2010-01-01", afterwards="unknown"),
        ],
        """
        concerns(A,B,"D-1") :- flies(A), participant(A,B).
        concerns(A,B,"B-1") :- payer(A,B).
        violated(A,B,"B-1","paid") :- applies(A,B,"B-1"), payee(A,P), national_of(A,P,"rus").
        excuses(A,B,"X-1") :- payer(A,B), iss_related(A).
        """,
    ),
    "treaty": (
        TREATY,
        [norm(ANY), norm(COURSE, judged="course")],
        """
        concerns(A,S,"L-1") :- flies(A), national_of(A,P,S).
        concerns(A,S,"C-1") :- flies(A), national_of(A,P,S).
        """,
    ),
    "for_all": (
        FOR_ALL,
        [norm(CONTESTED), norm(VANISHING)],
        """
        concerns(A,B,"Q-1") :- user(A,B).
        contestable(A,B,"Q-1","extracted-resources") :- user(A,B), claims_ownership(A,"yes").
        violated(A,B,"Q-1","owned") :- applies(A,B,"Q-1"), claims_ownership(A,"yes"),
            reading("extracted-resources","extracted-resources-may-not-be-owned").
        concerns(A,B,"Q-2") :- user(A,B), reading("peaceful-purposes","peaceful-is-non-military").
        contestable(A,B,"Q-2","peaceful-purposes") :- user(A,B).
        """,
    ),
}


def written(folder, files=None, sources=None):
    """A folder with a catalogue in it."""
    folder = Path(folder)
    (folder / "core.lp").write_text(CORE.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "sources.yaml").write_text(yaml.safe_dump(sources or SOURCES), encoding="utf-8")
    for name, (instrument, norms, rules) in (FILES if files is None else files).items():
        page = {"format": "synodos-norms", "version": 1, "instrument": instrument, "norms": norms}
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(page), encoding="utf-8")
        (folder / f"{name}.lp").write_text(rules, encoding="utf-8")
    return folder


@cache
def small_catalogue():
    """The small catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        return read(written(folder), registers())


@cache
def plans():
    """Agencies of four states, known in 2026."""
    shared = {"release": "public", "as_of": "2000", "confidence": "read", "sources": ["made-up"]}
    records = [
        State.model_validate({"id": key, "owner": key, "stated_by": key, "name": key.upper(), **shared})
        for key in ("usa", "rus", "aus", "sau")
    ]
    for key, state in (("nasa", "usa"), ("roscosmos", "rus"), ("asa", "aus"), ("ssa", "sau")):
        own = {"id": key, "owner": key, "stated_by": key, "name": key.upper(), "short_name": key.upper()}
        records.append(Agency.model_validate({**own, "actor": "agency", "state": state, **shared}))
    page = {"id": "small", "title": "Small", "known_on": "2026-01-01", **SOURCES}
    return History(Header.model_validate(page), tuple(records)).known_on()


def situation(key, when, *facts, parties=("nasa", "usa"), course=None):
    """An activity with facts such as `("flies",)` or `("payer", "nasa")`; all take part."""
    told = [Fact(one[0], tuple(one[1:]), (f"record:{one[0]}",)) for one in facts]
    told += [Fact("involved", (party,)) for party in parties]
    start = None if when is None else DateRange(when)
    return Situation(key, key, start, DateRange(course) if course else start, tuple(told), tuple(parties))


def findings(*situations, law_known_on=dt.date(2026, 1, 1), portfolio=None, readings=None):
    """What the small catalogue says, by norm and bearer; of one activity."""
    portfolio = portfolio or plans()
    found = judged(situations, portfolio, small_catalogue(), law_known_on, readings).findings
    return {(finding.norm, finding.bearer): finding for finding in found}
