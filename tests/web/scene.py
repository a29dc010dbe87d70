"""A small table for tests: four agencies and an office, records of every kind for every audience, and people.

Every hidden record carries one word that stands nowhere else. So what a page gives away can be searched for.
"""

import datetime as dt

from synodos.language import KIND_BY_NAME, KINDS, Header, History

OFFICE = "round-office"
AGENCIES = ("aster", "borea", "corvo", "draco")
"""Owner of most records; partner, who is named; another member; one that does not take part."""
MEMBERS = (*AGENCIES[:3], OFFICE)
STATES = {"usa": "United States", "fra": "France", "jpn": "Japan", "kor": "Korea"}
DAY = dt.date(2012, 6, 30)

MARKS = {
    "aster-members": "zemblarik",
    "aster-named": "yordanquist",
    "aster-private": "xanthelmo",
    "borea-private": "wuthrekin",
    "corvo-private": "vexmirano",
    "borea-named": "ulvatrisk",
    "moved": "thrombelan",
    "revised": "skarpendil",
    "late": "quorvimast",
    "clash": "pelbruntia",
}
"""The word in what is hidden, by who hides it from whom."""
SEEN_BY = {
    "aster-members": {"aster", "borea", "corvo", OFFICE},
    "aster-named": {"aster", "borea"},
    "aster-private": {"aster"},
    "borea-private": {"borea"},
    "corvo-private": {"corvo"},
    "borea-named": {"aster", "borea"},
    "moved": {"aster", "borea"},
    "revised": {"aster", "borea", "corvo", OFFICE},
    "late": {"aster", "borea"},
    "clash": {"corvo"},
}
"""Who may read each word."""
RELEASES = {
    "aster-members": ("aster", "members"),
    "aster-named": ("aster", ("borea",)),
    "aster-private": ("aster", "private"),
    "borea-private": ("borea", "private"),
    "corvo-private": ("corvo", "private"),
    "borea-named": ("borea", ("aster",)),
}
"""Owner and release of the records that are hidden from some."""

ARM = {"capability": "robotic-arm", "essential": True}
MONEY = {"amount": 400_000_000, "currency": "EUR", "price_year": 2010}
COST = {"money": MONEY, "period": "2010..2016", "covers": "development"}
DELAY = {"shape": "triangular", "of": "days", "low": 10, "likely": 30, "high": 90}
SPREAD = {"shape": "triangular", "low": 0.9, "likely": 1.0, "high": 1.4}
PLAIN = {
    "policy": {
        "name": "Partners pay for their own part",
        "binds": ["aster"],
        "applies": "2008..",
        "effect": "No exchange of funds",
        "criteria": [{"text": "Each partner funds its part", "turns_on": "own-funding"}],
    },
    "objective": {"name": "Find traces of life", "serves": ["goal-search-for-life"], "destinations": ["mars"]},
    "interest": {
        "name": "Landing on Mars",
        "strength": "high",
        "capabilities": ["mars-relay"],
        "objectives": ["goal-search-for-life"],
        "destinations": ["mars-surface"],
        "seeks": [ARM],
    },
    "element": {
        "name": "Sample arm",
        "status": "in-development",
        "provides": ["robotic-arm"],
        "destinations": ["mars-surface"],
        "available": "2015..",
        "capacity_to_share": "One sampling run in three",
        "costs": [COST],
        "interfaces": [{"standard": "idss", "role": "active"}],
    },
    "mission": {
        "name": "Mars landing",
        "status": "planned",
        "planned": "2018",
        "destinations": ["mars-surface"],
        "objectives": ["goal-search-for-life"],
        "partners": [{"agency": "borea", "role": "relay"}],
        "requirements": [ARM, {"capability": "mars-relay"}, {"capability": "launch", "essential": True}],
        "costs": [COST],
    },
    "commitment": {
        "name": "Money for the landing",
        "to": ["aster-mission"],
        "level": "budgeted",
        "funding": [COST],
        "with_agencies": ["borea"],
    },
    "offer": {
        "name": "Antenna time",
        "provides": ["deep-space-tracking"],
        "available": "2012..",
    },
    "need": {"name": "A relay", "seeks": [{"capability": "mars-relay"}], "destinations": ["mars"]},
    "scenario": {"name": "Mars first", "missions": ["aster-mission"], "steps": ["Land"], "horizon_years": 20},
    "agreement": {
        "name": "Joint landing",
        "instrument": "memorandum-of-understanding",
        "parties": ["aster", "borea"],
        "signed": "2010-05-01",
        "in_force": "2010-05-01..",
        "standing": "in-force",
        "covers": ["aster-mission"],
        "clauses": ["purpose", "cross-waiver"],
        "obligations": [{"text": "Send the interface document", "bearer": "borea", "due": "2013-03"}],
    },
    "transfer": {
        "name": "The radio of the lander",
        "from_agency": "aster",
        "to_agency": "borea",
        "what": "hardware",
        "classification": "EAR 9A515",
        "when": "2013",
        "plans": ["aster-mission"],
    },
    "payment": {
        "name": "Seats",
        "payer": "aster",
        "payee": "borea",
        "purpose": "seats",
        "value": MONEY,
        "when": "2013",
    },
    "resource-use": {"name": "Polar ice", "user": "aster", "body": "moon", "use": "mission-support", "when": "2025"},
    "legal-position": {"reading": "extracted-resources-may-be-owned", "since": "2011"},
    "determination": {"question": "nuclear-power-source", "about": ["aster-mission"], "answer": "no"},
    "calendar": {
        "name": "Five days of eight hours",
        "week": [{"days": ["mon", "tue", "wed", "thu", "fri"], "hours": ["08:00-16:00"]}],
    },
    "schedule": {"name": "The way to the landing", "starts": "2012-07-02", "calendar": "aster-calendar"},
    "activity": {
        "name": "Drop test",
        "schedule": "aster-schedule",
        "leads_to": "aster-mission",
        "duration_days": 300,
        "spread": SPREAD,
    },
    "risk": {"name": "Late parachutes", "probability": 0.3, "affects": ["aster-activity"], "delay": DELAY},
    "estimate": {
        "name": "Cost of the landing",
        "plan": "aster-mission",
        "analogue": "An earlier lander",
        "costs": [COST],
    },
    "benefit": {"name": "A first landing", "sort": "prestige", "plans": ["aster-mission"], "weight": 3},
    "terms-of-reference": {
        "name": "Terms of the round",
        "decides_by": "consensus",
        "standing_aside": True,
        "secretariat": OFFICE,
        "products_bind": False,
        "purposes": ["Lay plans side by side"],
    },
    "working-group": {
        "name": "Landing group",
        "terms": "aster-terms-of-reference",
        "task": "Sites and dates",
        "members": ["aster", "borea"],
        "chairs": [{"agency": "aster", "when": "2011"}],
    },
    "meeting": {
        "name": "Meeting of spring",
        "terms": "aster-terms-of-reference",
        "held": "2012-03-01..2012-03-02",
        "host": "aster",
        "participants": ["aster", "borea"],
        "agencies_present": 3,
        "agenda": [{"name": "Landing sites", "papers": ["aster-paper"], "about": ["aster-mission"]}],
        "decisions": [{"decided": "The sites are studied", "papers": ["aster-paper"]}],
    },
    "paper": {
        "name": "Landing sites",
        "type": "finding",
        "stage": "for-decision",
        "terms": "aster-terms-of-reference",
        "group": "aster-working-group",
        "statement": "Three sites can be reached",
        "about": ["aster-mission"],
        "silence": {"opens": "2012-01-10", "closes": "2012-07-10"},
        "pins": {
            "known_on": "2010-12-31",
            "portfolio_sha256": "0f" * 32,
            "scenario": "aster-scenario",
            "figures": [{"name": "Sites", "shown": "3"}],
        },
    },
    "position": {"paper": "aster-paper", "version": 1, "stand": "reserves", "reason": "One site is too steep"},
    "action": {
        "name": "Send pictures of the sites",
        "bearer": "borea",
        "due": "2012-09",
        "meeting": "aster-meeting",
        "paper": "aster-paper",
    },
    "progress": {
        "period": "2011",
        "group": "aster-working-group",
        "accomplishments": ["Three sites were found"],
        "future_work": ["Pictures of each"],
        "plans": ["aster-mission"],
    },
    "change": {"name": "The partner leaves", "happens": [{"does": "withdraw", "agency": "borea"}]},
}
"""What aster says for everybody, by kind."""
HIDEABLE = tuple(kind.kind for kind in KINDS if kind.kind in PLAIN)
ENGLISH = ("name", "statement", "note", "capacity_to_share", "effect", "conditions", "subject", "task", "reason")
"""Fields of text in which a hidden record carries its word."""


def record(kind, record_id, owner, **given):
    """A statement of one kind."""
    shared = {"id": record_id, "owner": owner, "stated_by": owner, "release": "public", "as_of": "2011"}
    shared |= {"confidence": "read", "sources": ["plan-of-record"]}
    return KIND_BY_NAME[kind].model_validate(shared | given)


def hidden(kind, sort):
    """A record like the public one of its kind, full of the word of those from whom it is hidden."""
    owner, release = RELEASES[sort]
    word = MARKS[sort]
    texts = {name: f"{word} {name}" for name in ENGLISH if name in KIND_BY_NAME[kind].model_fields}
    given = {**PLAIN[kind], **texts, "release": release, "sources": [f"{word}-source", "plan-of-record"]}
    if kind == "activity":
        given["after"] = [{"activity": "aster-activity"}] if owner == "aster" else []
        given["schedule"] = f"schedule-{word}"
    if kind == "schedule":
        given["calendar"] = f"calendar-{word}"
    if kind == "progress":
        given["accomplishments"] = [f"{word} accomplishments"]
    if kind == "position":
        given["paper"] = f"paper-{word}"
    if kind == "change":
        given["happens"] = [{"does": "cancel", "plans": [f"mission-{word}"]}]
    return record(kind, f"{kind}-{word}", owner, **given)


def _agency(name, state, **given):
    texts = {"name": f"Agency {name.title()}", "short_name": name.title(), "actor": "agency", "state": state}
    since = {"member_since": "2007"} if name in MEMBERS else {}
    return record("agency", name, name, **texts, **since, **given)


def public_statements():
    """What everybody may read."""
    found = [record("state", key, key, name=name) for key, name in STATES.items()]
    found += [_agency(name, state) for name, state in zip(AGENCIES, STATES, strict=True)]
    found.append(
        record("agency", OFFICE, OFFICE, name="Office of the round", short_name="Office", actor="intergovernmental",
               member_since="2007")
    )  # fmt: skip
    found += [record(kind, f"aster-{kind}", "aster", **PLAIN[kind]) for kind in HIDEABLE]
    relay = {"name": "Relay orbiter", "status": "planned", "provides": ["mars-relay"], "destinations": ["mars-orbit"]}
    rocket = {"name": "Rocket", "status": "operating", "provides": ["launch"], "available": "2005.."}
    plain = {"status": "planned", "planned": "2020", "destinations": ["mars-surface"], "name": "Second landing"}
    found += [
        record("element", "relay", "borea", **relay, available="2016..", capacity_to_share="Half of its passes"),
        record("element", "rocket", "corvo", **rocket, costs=[COST]),
        record("mission", "second-landing", "borea", **plain, requirements=[ARM, {"capability": "mars-relay"}]),
        record("mission", "third-landing", "draco", **plain | {"name": "Third landing"}, requirements=[ARM]),
        # One whose parts are met by what few may see: others read that something is withheld.
        record("mission", "guarded-landing", "aster", **plain | {"name": "Guarded landing"}, requirements=[
            {**ARM, "met_by": [f"element-{MARKS['aster-private']}"]},
            {"capability": "robotic-arm", "met_by": [f"element-{MARKS['borea-named']}", "aster-element"]},
        ]),
        # Revised in public, and once more for members.
        record("element", "drill", "aster", name="Drill", status="studied", provides=["sample-acquisition"],
               as_of="2010"),
        record("element", "drill", "aster", name="Longer drill", status="planned", provides=["sample-acquisition"],
               as_of="2011-03"),
        # Public first, then for a partner alone.
        record("element", "winch", "aster", name="Winch", status="studied", as_of="2010"),
    ]  # fmt: skip
    return found


def restricted_statements():
    """What some may not read."""
    found = [hidden(kind, sort) for sort in RELEASES for kind in HIDEABLE]
    moved, revised = MARKS["moved"], MARKS["revised"]
    found += [
        record("element", "winch", "aster", name=f"Winch {moved}", status="planned", provides=["robotic-arm"],
               release=("borea",), as_of="2011-05", sources=[f"{moved}-source"]),
        record("element", "hoist", "aster", name="Hoist", status="studied", release="members", as_of="2010",
               sources=[f"{revised}-source"]),
        record("element", "hoist", "aster", name=f"Hoist {revised}", status="planned", release="members",
               as_of="2011-06", sources=[f"{revised}-source"]),
        record("element", "coincidence", "aster", name=f"Winding {MARKS['aster-named']}", status="planned",
               release=("borea",), sources=[f"{MARKS['aster-named']}-source"]),
        record("element", "overlap", "aster", name=f"Crane {MARKS['aster-members']}", status="planned",
               release="members", sources=[f"{MARKS['aster-members']}-source"]),
    ]  # fmt: skip
    return found


def late_statements():
    """What is declared after the table was founded: for a partner alone, and later than all that others may read."""
    word, clash = MARKS["late"], MARKS["clash"]
    late = {"name": f"Late arm {word}", "status": "planned", "provides": ["robotic-arm"], "release": ("borea",)}
    own = {"name": f"Corvo's own drill {clash}", "status": "idea", "release": "private"}
    return [
        record("element", f"arm-{word}", "aster", **late, as_of="2012-09-15", sources=[f"{word}-source"]),
        # Ids that another uses for something that their author may not see.
        record("element", "coincidence", "corvo", **own, as_of="2012-04", sources=[f"{clash}-source"]),
        record("element", "overlap", "draco", name="Crane of Draco", status="idea", as_of="2012-04"),
    ]  # fmt: skip


def history():
    """All that is stated when the table is founded."""
    statements = (*public_statements(), *restricted_statements())
    return History(header(), statements)


def header():
    """The page of the portfolio: one public source, and one for each word."""
    sources = {"plan-of-record": {"title": "Plans of record"}}
    sources |= {f"{word}-source": {"title": f"Minutes {word}"} for word in MARKS.values()}
    page = {"id": "round-table", "title": "Plans round the table", "known_on": DAY.isoformat(), "sources": sources}
    return Header.model_validate(page)
