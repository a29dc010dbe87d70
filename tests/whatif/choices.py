"""Random programmes of three agencies in which somebody leaves, and searches of what could be done."""

from random import Random

from hypothesis import strategies as st

from synodos.language import History
from synodos.whatif.applying.apply import apply
from synodos.whatif.options.case import Case
from synodos.whatif.options.defaults import default_option_defaults
from synodos.whatif.options.question import Question
from synodos.whatif.options.search import Search
from tests.language.minimal import agency, header
from tests.whatif.worlds import by, step

WHO = ("red", "green", "blue")
GIVES = ("launch", "mars-relay", "orbiter", "mars-edl")
PERIODS = ["2014-01-01..2014-02-28", "2016-03-01..2016-05-31", "2019-01-01..2019-03-31", "2022-06-01..2022-09-30"]


def euros(millions):
    """An amount of money."""
    return {"money": {"amount": millions * 1e6, "currency": "EUR", "price_year": 2011}}


@st.composite
def changes(draw, missions=2):
    """A portfolio, and a withdrawal from it; from one number, since drawing every record takes long."""
    return drawn(draw(st.integers(0, 2**32)), missions)


def drawn(number, missions=2):
    """The change that a number stands for."""
    random = Random(number)  # noqa: S311 - no secret
    known = History(header(), tuple(_records(random, missions))).known_on()
    plans = random.sample([f"m{n}" for n in range(missions)], random.randint(0, 1))
    return known, (step("withdraw", agency=random.choice(WHO[1:]), plans=plans),)


def asked(portfolio, steps):
    """A question about options."""
    case = Case(portfolio, apply(portfolio, steps), steps)
    return Question(case, default_option_defaults())


def searched(question):
    """What a search finds."""
    return Search(question.growth, question.takeovers).run()


class Unpruned(Search):
    """A search that drops nothing on its way."""

    def _pruned(self, partials, ahead):
        """Keep everything."""
        del ahead
        return list(partials)


def exhausted(question):
    """What a search finds that looks at every combination."""
    return Unpruned(question.growth, question.takeovers).run()


def _records(random, missions):
    """Agencies, missions of red with elements of all, an offer, commitments with ceilings, agreements."""
    yield from (agency(who, short_name=who) for who in WHO)
    gives = {f"e{number}": random.sample(GIVES, random.randint(1, 2)) for number in range(5)}
    for number in range(missions):
        yield by("red", "mission", f"m{number}", **_mission(random, gives, number, missions))
    for key, provides in gives.items():
        given = {"status": random.choice(("planned", "idea", "operating", "in-development"))}
        given["costs"] = [euros(random.randint(1, 300))] if random.random() < 0.4 else []
        given["available"] = random.choice(("2013-06..", "2015..", "2013..2015"))
        yield by(random.choice(WHO), "element", key, provides=provides, destinations=["mars"], **given)
    yield by("green", "offer", "o1", provides=random.sample(GIVES, 2))
    limit = [euros(random.randint(50, 500)), euros(40)][: random.randint(1, 2)]
    yield by("red", "commitment", "c1", to=["m0"], level="budgeted", funding=limit)
    yield by("blue", "commitment", "c2", to=["m0"], level="agreed", funding=[euros(120)], with_agencies=["red"])
    parties = random.sample(WHO, 2)
    standing = random.choice(("in-force", "planned"))
    yield by("red", "agreement", "a1", parties=parties, covers=["m0"], standing=standing, binding=random.random() < 0.5)


def _mission(random, gives, number, missions):
    """A mission of red that needs up to three things and may wait for an earlier one."""
    used = random.sample(sorted(gives), random.randint(1, 3))
    needs = [
        {"capability": random.choice(gives[key]), "essential": random.choice((True, True, False)), "met_by": [key]}
        for key in used
    ]
    if number and random.random() < 0.5:
        needs.append({"capability": "mars-relay", "essential": True, "met_by": [f"m{number - 1}"]})
    return {
        "status": "planned",
        "planned": random.choice(("2014-01", "2016-03", "2016-04")),
        "destinations": ["mars"],
        "objectives": random.sample(["goal-search-for-life", "objective-human-health"], random.randint(0, 2)),
        "launch_opportunity": {"type": "listed", "periods": PERIODS} if random.random() < 0.7 else {"type": "any-time"},
        "partners": [{"agency": who} for who in random.sample(WHO[1:], random.randint(0, 2))],
        "requirements": needs,
        "provides": ["mars-relay"] if number < missions - 1 else [],
    }
