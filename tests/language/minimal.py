"""The shortest valid statement of each kind, and portfolios made of such statements."""

from synodos.language import KIND_BY_NAME, Header, History

REQUIREMENT = {"capability": "launch"}
OWN_FIELDS = {
    "state": {"name": "France"},
    "agency": {"name": "European Space Agency", "short_name": "ESA", "actor": "intergovernmental"},
    "policy": {"name": "No flag, no money", "binds": ["esa"], "applies": "2011.."},
    "objective": {"name": "Find traces of life"},
    "interest": {"name": "Landing on Mars"},
    "element": {"name": "Lander", "status": "planned"},
    "mission": {"name": "Landing", "status": "planned"},
    "commitment": {"name": "Money for the lander", "to": ["mars-landing"], "level": "budgeted"},
    "offer": {"name": "Antenna time"},
    "need": {"name": "A launch", "seeks": [REQUIREMENT]},
    "scenario": {"name": "Asteroid Next"},
    "agreement": {"name": "Joint exploration", "instrument": "memorandum-of-understanding", "parties": ["esa"]},
    "transfer": {"name": "The lander's radio", "from_agency": "esa", "to_agency": "esa"},
    "payment": {"name": "Seats", "payer": "esa", "payee": "esa"},
    "resource-use": {"name": "Water from polar ice", "user": "esa", "body": "moon"},
    "legal-position": {"reading": "extracted-resources-may-be-owned"},
    "determination": {"question": "registered", "about": ["mars-landing"], "answer": "yes"},
    "calendar": {"name": "Five days of eight hours"},
    "schedule": {"name": "The lander's schedule"},
    "activity": {"name": "Drop test"},
    "estimate": {"name": "Cost of the lander", "plan": "mars-landing", "analogue": "An earlier lander"},
    "benefit": {"name": "A first landing", "sort": "prestige", "plans": ["mars-landing"], "weight": 3},
    "terms-of-reference": {"name": "Terms of Reference", "decides_by": "consensus"},
    "working-group": {"name": "Roadmap group"},
    "meeting": {"name": "First meeting"},
    "paper": {"name": "A roadmap", "type": "roadmap-edition", "stage": "draft"},
    "position": {"paper": "some-paper", "version": 1, "stand": "joins"},
    "action": {"name": "Send the plans"},
    "progress": {"period": "2011", "accomplishments": ["Goals compared"]},
    "change": {"name": "The lander is given up", "happens": [{"does": "cancel", "plans": ["mars-landing"]}]},
    "risk": {"name": "Late parachutes", "affects": ["mars-landing"], "removes": True},
}
SHARED_FIELDS = {
    "owner": "esa",
    "stated_by": "esa",
    "release": "public",
    "as_of": "2011",
    "confidence": "read",
    "sources": ["report"],
}


def values(kind, **given):
    """Plain values of a statement: required fields only, but for those given."""
    shared = {"id": f"some-{kind}", **SHARED_FIELDS}
    return {**shared, **OWN_FIELDS[kind], **{name: value for name, value in given.items() if value is not None}}


def statement(kind, **given):
    """A statement of one kind."""
    return KIND_BY_NAME[kind].model_validate(values(kind, **given))


def agency(name, **given):
    """A statement by which an agency says that it is there."""
    return statement("agency", **{"id": name, "owner": name, "stated_by": name, **given})


def header(**given):
    """A portfolio page with one source."""
    page = {
        "id": "some-portfolio",
        "title": "Some plans",
        "known_on": "2012",
        "sources": {"report": {"title": "Report"}},
    }
    return Header.model_validate({**page, **given})


def history(*statements, **given):
    """A portfolio of these statements, and of ESA."""
    return History(header(**given), (agency("esa"), *statements))
