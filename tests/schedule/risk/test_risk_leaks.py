"""A viewer's answer holds nothing that the viewer may not see."""

import datetime as dt
import json
from dataclasses import asdict

import pytest

from synodos.language import Activity, Agency, Commitment, Element, Header, History, Mission, Risk
from synodos.schedule.networks.network import network
from synodos.schedule.risk import risk

STATED = {"as_of": "2019", "confidence": "read", "sources": ["paper"]}
SECRETS = ("Kestrel", "kestrel", "hidden-partner", "4711", "5813")


def record(kind, key, owner, release="public", **fields):
    fields = {"name": key, **fields}
    return kind(id=key, owner=owner, stated_by=owner, release=release, **fields, **STATED)


def history():
    """A public mission of ESA; NASA keeps its activity, its commitment, its risk and a partner to itself."""
    agencies = [
        record(Agency, key, key, release, short_name=key.upper(), actor="agency", member_since="2007")
        for key, release in (("esa", "public"), ("nasa", "public"), ("hidden-partner", ("nasa",)))
    ]
    open_to_all = [
        record(Element, "rover", "esa", status="in-development", available="2022-06-01", provides=["rover"]),
        record(Element, "lander", "nasa", status="in-development", available="2022-06-01", provides=["lander"]),
        record(
            Mission,
            "mars",
            "esa",
            status="approved",
            planned="2022-07-01",
            launch_opportunity={"type": "any-time"},
            requirements=[
                {"capability": "rover", "essential": True, "met_by": ["rover"]},
                {"capability": "lander", "essential": True, "met_by": ["lander"]},
            ],
        ),
        record(
            Commitment,
            "part",
            "nasa",
            name="Part of NASA",
            to=["mars", "lander"],
            level="intent",
            with_agencies=["hidden-partner"],
        ),
    ]
    kept_back = [
        record(
            Activity,
            "kestrel-test",
            "nasa",
            ("nasa",),
            name="Kestrel test",
            leads_to="lander",
            performer="hidden-partner",
            duration_days=4711,
        ),
        record(
            Risk,
            "kestrel-risk",
            "nasa",
            "private",
            name="Kestrel fails",
            affects=["lander"],
            probability=0.5,
            delay={"shape": "uniform", "of": "days", "low": 5813, "high": 5814},
        ),
        record(Commitment, "kestrel-money", "nasa", "private", name="Money for Kestrel", to=["lander"], level="intent"),
    ]
    header = Header(id="small", title="Small", known_on="2020-01-06", sources={"paper": {"title": "A paper"}})
    return History(header, (*agencies, *open_to_all, *kept_back))


def told(viewer):
    known = history().known_on(dt.date(2020, 1, 6), viewer)
    answer = risk(network(known, ["mars"]), known, iterations=512, threads=2)
    return answer, json.dumps(asdict(answer), default=str)


@pytest.mark.parametrize("viewer", ["public", "esa"])
def test_a_stranger_learns_nothing_of_what_is_kept_back(viewer):
    answer, text = told(viewer)
    assert [word for word in SECRETS if word in text] == []
    assert {one.id for one in answer.drivers if one.kind != "default"} == {"commitment:part"}


def test_the_owner_sees_its_own():
    answer, text = told("nasa")
    assert [word for word in ("Kestrel", "hidden-partner") if word not in text] == []
    kept_back = {"risk:kestrel-risk", "commitment:kestrel-money"}
    assert kept_back <= {one.id for one in answer.drivers}
    assert answer.finish.mean > told("public")[0].finish.mean
