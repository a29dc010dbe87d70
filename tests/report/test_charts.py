"""The pictures: what is drawn, that nothing overlaps, and that nothing leaves the page."""

import datetime as dt
import random

import pytest

from synodos.language import Agency, Element, Header, Mission, Portfolio

DAY = "2011-12-31"
NAMES = "ESA NASA Roscosmos JAXA CNSA ISRO CNES DLR ASI CSA UKSA KARI SSAU CSIRO".split()
PLACES = (
    "earth-analogue low-earth-orbit iss iss iss cislunar lunar-orbit lunar-orbit lunar-surface lunar-surface "
    "lunar-south-pole near-earth-asteroid apophis mars-orbit phobos mars-surface mars-surface deep-space"
).split()
PROPER = (
    "Luna-Glob;ExoMars Trace Gas Orbiter;Lunar Reconnaissance Orbiter;International Lunar Network anchor nodes;"
    "Chandrayaan-2;SELENE-2;Hayabusa-2;MarcoPolo-R;OSIRIS-REx;Mars Science Laboratory (Curiosity);MAVEN;"
    "Robotic south-pole outpost;First flights of SLS with the crew vehicle;Tiangong-1 and Shenzhou-8, -9, -10;"
    "Automated Transfer Vehicle;Space Launch System;Multi-Purpose Crew Vehicle (Orion);HTV-R;METERON;"
    "Mars precision lander with fetch rover; Phobos sample return;Deep Space Habitat;Commercial cargo (Dragon, Cygnus);"
    "LADEE (Lunar Atmosphere and Dust Environment Explorer);Canadarm2 and Dextre;Korean lunar orbiter;GRAIL;Farside Explorer"
).split(";")
STATUSES = "idea studied planned approved in-development operating planned planned deferred cancelled lost".split()
CAPABILITIES = (
    "launch heavy-launch crew-transport cargo-transport communications-relay robotic-rover drill habitation "
    "sample-return-mars lunar-lander orbiter deep-space-tracking robotic-arm service-module docking"
).split()
COMMON = {"release": "public", "as_of": "2011-06", "stated_by": "compiler"}


def agency(name):
    return Agency(
        id=name.lower(), owner=name.lower(), name=f"{name} in full", short_name=name, actor="agency",
        confidence="read", sources=("a",), **COMMON,
    )  # fmt: skip


def mission(id="m", owner="esa", **more):
    return Mission(**{**COMMON, "confidence": "read", "sources": ("a",), "status": "planned", "name": id, "id": id, "owner": owner, **more})


def element(id="e", owner="esa", **more):
    return Element(**{**COMMON, "confidence": "read", "sources": ("a",), "status": "planned", "name": id, "id": id, "owner": owner, **more})


def portfolio(*records, viewer=None):
    header = Header(
        id="made-up", title="Made up", known_on=DAY, compiler={"id": "compiler", "name": "Compiler"},
        sources={"a": {"title": "A text"}},
    )  # fmt: skip
    empty = Portfolio(header, dt.date.fromisoformat(DAY), viewer, {})
    return empty.replace(*map(agency, NAMES), *records)


def stretch(chance, *, long=False):
    """Draw a date as sources state them."""
    year = min(2010 + int(chance.expovariate(1 / 7)), 2040)
    form = chance.random()
    if form < 0.15:
        return None
    if form < 0.4:
        return f"{year}-{chance.randint(1, 12):02d}" + ("-15" if form < 0.25 else "")
    if form < 0.75 and not long:
        return str(year)
    return f"{year}.." if form > 0.95 else f"{year}..{year + chance.randint(1, 6)}"


def busy(missions=120, elements=60, seed=2011):
    """Return a portfolio as large as the picture has to bear."""
    chance = random.Random(seed)
    common = lambda n: {  # noqa: E731
        "owner": chance.choices([name.lower() for name in NAMES], weights=range(14, 0, -1))[0],
        "name": f"{chance.choice(PROPER)}" + (f" {n}" if n % 3 == 0 else ""),
        "destinations": chance.sample(PLACES, chance.choice((1, 1, 1, 2))),
        "status": chance.choice(STATUSES),
        "crewed": chance.choice((True, False, False, None)),
        "partners": [{"agency": a.lower()} for a in chance.sample(NAMES, chance.choice((0, 0, 1, 1, 2, 5)))],
        "confidence": chance.choice(("read", "read", "read", "secondary", "unverified")),
        "provides": chance.sample(CAPABILITIES, chance.choice((0, 1, 2))),
    }
    requirement = lambda: {  # noqa: E731
        "capability": chance.choice(CAPABILITIES),
        "essential": chance.choice((True, False, None)),
        "met_by": chance.choice(((), (f"e{chance.randrange(elements)}",))) if elements else (),
    }
    made = [
        mission(f"m{n}", planned=stretch(chance), ends=None, requirements=[requirement()] if n % 2 else [], **common(n))
        for n in range(missions)
    ]
    made += [element(f"e{n}", available=stretch(chance, long=True), **common(n)) for n in range(elements)]
    return portfolio(*made)


@pytest.fixture(scope="module")
def crowd():
    return busy()
