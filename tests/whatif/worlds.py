"""A small programme of three agencies that hang on each other, for questions about what would change."""

from synodos.language import History, Step
from tests.language.minimal import agency, header, statement

RED, GREEN, BLUE = "red", "green", "blue"
"""Red leads a rover and the orbiter that relays for it; green launches it; blue lands it, with engines of green."""


def by(owner, kind, key, **given):
    """A record of one agency, stated by itself in 2011."""
    return statement(kind, id=key, owner=owner, stated_by=owner, **{"name": key, **given})


def need(capability, *met_by, essential=True, **given):
    """A requirement."""
    return {"capability": capability, "met_by": list(met_by), "essential": essential, **given}


ROVER = {
    "status": "planned",
    "planned": "2018-05",
    "destinations": ["mars-surface"],
    "objectives": ["goal-search-for-life"],
    "launch_opportunity": {"type": "listed", "periods": ["2018-04-06..2018-06-20", "2020-06-21..2020-09-19"]},
    "partners": [{"agency": GREEN, "role": "launch"}, {"agency": BLUE, "role": "landing"}],
    "requirements": [
        need("robotic-rover", "red-rover"),
        need("launch", "green-launcher"),
        need("mars-edl", "blue-lander"),
        need("mars-relay", "orbiter"),
        need("mass-spectrometry", "green-spectrometer", essential=False),
        need("radioisotope-heat", essential=None, provider=GREEN),
    ],
}
ORBITER = {
    "status": "planned",
    "planned": "2016-01..2016-03",
    "destinations": ["mars-orbit"],
    "provides": ["mars-relay"],
    "requirements": [need("orbiter", "red-bus"), need("launch", "red-launcher")],
}


def records():
    """The records of the programme."""
    return [
        agency(RED, short_name="Red"),
        agency(GREEN, short_name="Green"),
        agency(BLUE, short_name="Blue"),
        by(RED, "mission", "rover", **ROVER),
        by(RED, "mission", "orbiter", **ORBITER),
        by(GREEN, "mission", "green-alone", status="planned", requirements=[need("launch", "green-other-launcher")]),
        by(RED, "element", "red-rover", provides=["robotic-rover"], status="in-development", available="2018-01.."),
        by(RED, "element", "red-bus", provides=["orbiter"], status="in-development", available="2016-01.."),
        by(RED, "element", "red-launcher", provides=["launch"], status="planned", available="2016-01.."),
        by(GREEN, "element", "green-launcher", provides=["launch"], status="planned", available="2018-05"),
        by(GREEN, "element", "green-other-launcher", provides=["launch"], status="planned"),
        by(GREEN, "element", "green-spectrometer", provides=["mass-spectrometry"], status="planned"),
        by(GREEN, "element", "green-engines", provides=["landing-engines"], status="planned"),
        by(
            BLUE,
            "element",
            "blue-lander",
            provides=["mars-edl"],
            status="planned",
            available="2018-02..",
            needs=[need("landing-engines", "green-engines")],
        ),
        by(GREEN, "offer", "green-antennas", provides=["mars-relay"]),
        by(GREEN, "commitment", "green-money", to=["rover"], level="agreed", with_agencies=[RED]),
        by(GREEN, "commitment", "green-both", to=["rover", "green-alone"], level="budgeted"),
        by(BLUE, "commitment", "blue-money", to=["rover"], level="intent", with_agencies=[GREEN, RED]),
        by(
            RED,
            "agreement",
            "rover-memorandum",
            parties=[RED, GREEN],
            covers=["rover", "green-launcher"],
            signed="2010-03-01",
            in_force="2010-04..",
            standing="in-force",
            clauses=["purpose", "termination"],
            obligations=[{"text": "A launch", "bearer": GREEN}, {"text": "Six months of notice"}],
        ),
        by(RED, "agreement", "rover-three", parties=[RED, GREEN, BLUE], covers=["rover"], standing="in-force"),
        by(RED, "agreement", "both-missions", parties=[RED, GREEN], covers=["rover", "orbiter"], standing="in-force"),
        by(GREEN, "transfer", "launcher-to-red", from_agency=GREEN, to_agency=RED, plans=["green-launcher", "rover"]),
    ]


def portfolio(*instead, without=()):
    """The programme as known on the last day of 2012, with these records in place of others of their ids."""
    stated = {(one.kind, one.id): one for one in (*records(), *instead) if one.id not in without}
    return History(header(), tuple(stated.values())).known_on()


def step(does, **given):
    """A step of a change."""
    return Step.model_validate({"does": does, **given})


def withdraw(who, *plans, **given):
    """A withdrawal."""
    return step("withdraw", agency=who, plans=plans, **given)
