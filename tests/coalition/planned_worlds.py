"""Small portfolios whose best plans can be worked out by hand."""

from synodos.language import (
    Agency,
    Commitment,
    Compiler,
    Element,
    Estimate,
    Header,
    History,
    Interest,
    LaunchOpportunity,
    Mission,
    Offer,
)

STATED = {"stated_by": "compilers", "release": "public", "as_of": "2011", "confidence": "read", "sources": ["paper"]}
MILLION = 1e6


def euros(millions, **other):
    """An amount in euros of 2011."""
    return {"money": {"amount": millions * MILLION, "currency": "EUR", "price_year": 2011}, **other}


def agency(key, budget=None, **fields):
    """An agency, with the same budget in millions every year from 2013 on."""
    rows = () if budget is None else (euros(budget, period="2013"),)
    fields = {"member_since": "2007", "exploration_budget": rows, **fields}
    return Agency(id=key, owner=key, name=key, short_name=key.upper(), actor="agency", **{**STATED, **fields})


def element(key, owner, provides, cost=None, **fields):
    """An element that has to be developed, with its cost in millions."""
    costs = () if cost is None else (euros(cost),)
    fields = {"status": "planned", "provides": provides, "costs": costs, **fields}
    return Element(id=key, owner=owner, name=key.title(), **{**STATED, **fields})


def mission(key, owner, requirements=(), cost=None, **fields):
    """A mission planned for 2018, with its cost in millions."""
    costs = () if cost is None else (euros(cost),)
    fields = {"status": "planned", "planned": "2018", "costs": costs, "requirements": requirements, **fields}
    return Mission(id=key, owner=owner, name=key.title(), **{**STATED, **fields})


def needs(capability, *met_by, essential=True, **fields):
    """A requirement."""
    return {"capability": capability, "essential": essential, "met_by": met_by, **fields}


def commitment(key, owner, to, level="agreed", **fields):
    """A commitment to plans."""
    return Commitment(id=key, owner=owner, name=key, to=to, level=level, **{**STATED, **fields})


def estimate(key, owner, plan, cost=None, **fields):
    """An estimate by analogy, in millions."""
    costs = () if cost is None else (euros(cost),)
    fields = {"name": key, "plan": plan, "analogue": "Something like it", "costs": costs, **fields}
    return Estimate(id=key, owner=owner, **{**STATED, **fields})


def interest(key, owner, objectives, strength="high", **fields):
    """How strongly an agency cares for objectives."""
    return Interest(id=key, owner=owner, name=key, objectives=objectives, strength=strength, **{**STATED, **fields})


def offer(key, owner, provides, **fields):
    """A standing offer."""
    return Offer(id=key, owner=owner, name=key.title(), provides=provides, **{**STATED, **fields})


def history(*records, **fields):
    """The statements of a portfolio of 31 January 2012."""
    header = Header(
        **{
            "id": "small",
            "title": "Small",
            "known_on": "2012-01-31",
            "compiler": Compiler(id="compilers", name="Compilers"),
            "sources": {"paper": {"title": "A paper"}},
            **fields,
        }
    )
    return History(header, records)


def portfolio(*records, **fields):
    """A portfolio of 31 January 2012."""
    return history(*records, **fields).known_on()


def planetary(target="mars", **fields):
    """A flight that leaves in launch periods."""
    return LaunchOpportunity(type="planetary", target=target, **fields)
