"""What is hidden from a viewer changes nothing that the viewer gets: no record, no source, no hash, no answer."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synodos.language import KINDS, PUBLIC, DateRange, History, Mission, Source
from tests.language.minimal import agency, history, statement
from tests.strategies import World, headers, ids, records

AGENCIES = ("esa", "nasa", "kari")
FEW = {
    "capabilities": ["propulsion", "chemical-propulsion", "launch", "robotic-arm"],
    "destinations": ["mars", "mars-surface", "moon"],
    "exploration-objectives": ["goal-search-for-life", "objective-past-habitability"],
}


class Crowded(World):
    """A world of few capabilities and places, so that plans meet."""

    def terms(self, vocabulary):
        return FEW.get(vocabulary) or super().terms(vocabulary)


@dataclasses.dataclass
class Case:
    """A portfolio, one who looks, and the same portfolio after changes to what is hidden from him."""

    before: object
    after: object
    viewer: str


def is_hidden(portfolio, viewer, record):
    """Whether `record` is hidden from `viewer`; spelt out anew, so that the rule is not checked by itself."""
    if record.release == "members" and is_member(portfolio, viewer):
        return False
    return not is_addressed(viewer, record)


def is_addressed(viewer, record):
    """Whether `viewer` may see `record` by its name alone, or because everybody may."""
    named = isinstance(record.release, tuple) and viewer in record.release
    return named or record.release == "public" or viewer in {record.owner, record.stated_by}


def is_member(portfolio, viewer):
    """Whether a record that `viewer` sees by its name, and the members or the compiler know, says that it is one."""
    own = portfolio.agencies.get(viewer)
    if own is None or own.member_since is None or own.member_since.latest > portfolio.known_on:
        return False
    compiled = portfolio.header.compiler is not None and own.stated_by == portfolio.header.compiler.id
    return is_addressed(viewer, own) and (own.release in {"public", "members"} or compiled)


CROWD = ("element", "element", "mission", "mission", "offer", "paper")
OTHERS = [kind.kind for kind in KINDS if kind.kind != "agency"]
VIEWERS = st.sampled_from([*AGENCIES, PUBLIC, "stranger"])


@st.composite
def plans(draw):
    """Random plans, and the world that they are drawn from."""
    header = draw(headers())
    world = Crowded(sources=list(header.sources), compiler=header.compiler.id if header.compiler else None)
    world.ids = {"agency": [*AGENCIES]}
    for kind in (*CROWD, *draw(st.lists(st.sampled_from(OTHERS), max_size=6))):
        world.ids.setdefault(kind, []).append(f"{kind}-{len(world.ids.get(kind, ()))}")
    for key in (key for kind in ("element", "mission", "offer") for key in world.ids[kind]):
        world.provides[key] = draw(st.lists(st.sampled_from(FEW["capabilities"]), max_size=2, unique=True))
    stated = [draw(a_record(kind, key, world)) for kind in KINDS for key in world.ids.get(kind.kind, ())]
    return History(header, tuple(stated)).known_on(), world


@st.composite
def cases(draw):
    """Random plans, a random viewer, and random changes to what that viewer may not see."""
    before, world = draw(plans())
    viewer = draw(VIEWERS)
    return Case(before, draw(with_hidden_changes(before, viewer, world)), viewer)


@st.composite
def a_record(draw, kind, key, world):
    """A record that still stands, more often public than not, so that much is seen beside what is hidden."""
    given = {"id": key, "as_of": "2011", "retracted": False}
    given["owner"] = key if kind.kind == "agency" and draw(st.booleans()) else draw(st.sampled_from(AGENCIES))
    if draw(st.booleans()):
        given["release"] = "public"
    if "status" in kind.model_fields:
        given["status"] = draw(st.sampled_from(["planned", "approved", "operating", "completed"]))
    if kind is Mission:
        given["requirements"] = draw(st.lists(a_requirement(world, key), max_size=3))
    return draw(records(kind, world, **given))


@st.composite
def a_requirement(draw, world, key):
    capability = draw(st.sampled_from(FEW["capabilities"]))
    able = [one for one in world.providers(capability) if one != key]
    met_by = draw(st.lists(st.sampled_from(able), max_size=2)) if able else []
    return {"capability": capability, "essential": draw(st.none() | st.booleans()), "met_by": met_by}


@st.composite
def with_hidden_changes(draw, portfolio, viewer, world):
    """The portfolio after some records that `viewer` may not see are changed, deleted or added."""
    hidden = [record for record in portfolio if is_hidden(portfolio, viewer, record)]
    deleted = [record for record in hidden if draw(st.booleans())]
    changed = [draw(a_hidden_record(portfolio, viewer, type(r), r.id, world)) for r in hidden if draw(st.booleans())]
    fresh = st.sampled_from([key for keys in world.ids.values() for key in keys]) | ids()
    added = []
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=4)):
        key = draw(fresh)
        if key not in portfolio.tables[kind.kind]:
            added.append(draw(a_hidden_record(portfolio, viewer, kind, key, world)))
    after = portfolio.without(*deleted).replace(*changed, *added)
    return draw(with_other_sources(after, viewer))


@st.composite
def a_hidden_record(draw, portfolio, viewer, kind, key, world):
    """A record that `viewer` may not see, and that makes nobody a member."""
    world.ids.setdefault(kind.kind, [])
    if key not in world.ids[kind.kind]:
        world = dataclasses.replace(world, ids={**world.ids, kind.kind: [*world.ids[kind.kind], key]})
    record = draw(a_record(kind, key, world))
    if not is_hidden(portfolio.replace(record), viewer, record):
        other = next(name for name in AGENCIES if name != viewer)
        update = {"release": "private", "owner": other, "stated_by": other}
        record = record.model_copy(update=update)
    return record


@st.composite
def with_other_sources(draw, portfolio, viewer):
    """The portfolio after sources that only hidden records cite are changed, deleted or added."""
    header = portfolio.header
    seen = [record for record in portfolio if not is_hidden(portfolio, viewer, record)]
    shared = [*header.exchange_rates, *header.price_indices, *(t for ts in header.vocabularies.values() for t in ts)]
    needed = {key for thing in (*seen, *shared) for key in thing.sources}
    sources = {key: source for key, source in header.sources.items() if key in needed or draw(st.booleans())}
    sources |= {key: Source(title="Changed") for key in sources if key not in needed and draw(st.booleans())}
    if draw(st.booleans()):
        sources = {"known-to-few": Source(title="Added"), **sources}
    return dataclasses.replace(portfolio, header=header.model_copy(update={"sources": sources}))


def the_view(seen):
    return seen, [(record.kind, record.id) for record in seen], list(seen.header.sources), seen.sha256


def the_opportunities(seen):
    from synodos.cooperation import opportunities

    return [opportunities(seen, agency) for agency in (None, *sorted(seen.agencies))]


def the_dependence(seen):
    from synodos.cooperation import dependence

    return [dependence(seen, agency) for agency in (None, *sorted(seen.agencies))]


def the_profiles(seen):
    from synodos.cooperation import profile

    return [profile(seen, mission) for mission in sorted(seen.missions)]


def the_dossiers(seen):
    from synodos.report import dossier_answer

    return [dossier_answer(seen, mission) for mission in sorted(seen.missions)]


def the_briefs(seen):
    from synodos.report import brief_answer

    return [brief_answer(seen, agency) for agency in ("esa",) if agency in seen.agencies]  # one is enough, and slow


QUESTIONS = (the_view, the_opportunities, the_dependence, the_profiles, the_dossiers, the_briefs)


WRITTEN = (the_dossiers, the_briefs)
"""What takes ten times as long as all others, and rests on them."""


@given(cases())
def test_no_answer_changes_when_what_is_hidden_changes(case):
    before, after = case.before.as_seen_by(case.viewer), case.after.as_seen_by(case.viewer)
    for question in (one for one in QUESTIONS if one not in WRITTEN):
        assert question(before) == question(after), question.__name__


@settings(max_examples=settings.default.max_examples // 3)
@given(cases())
def test_no_text_changes_when_what_is_hidden_changes(case):
    before, after = case.before.as_seen_by(case.viewer), case.after.as_seen_by(case.viewer)
    for question in WRITTEN:
        assert question(before) == question(after), question.__name__


@given(plans(), st.randoms(use_true_random=False))
def test_the_order_in_which_records_stand_tells_nothing(drawn, randomness):
    """Equal content has one hash, so it has one answer."""
    portfolio, _ = drawn
    tables = {kind: shuffled(table.items(), randomness) for kind, table in portfolio.tables.items()}
    other = dataclasses.replace(portfolio, tables=tables)
    assert other.sha256 == portfolio.sha256
    for question in (the_opportunities, the_dependence, the_profiles):
        assert question(other) == question(portfolio), question.__name__


def shuffled(items, randomness):
    items = list(items)
    randomness.shuffle(items)
    return dict(items)


YEARS = st.sampled_from(["2009", "2010", "2011"]).map(DateRange)


@st.composite
def tales(draw):
    """Dated statements, the same with hidden ones reworded or left out, a viewer, and a day."""
    portfolio, _ = draw(plans())
    viewer = draw(VIEWERS)
    told, retold = [], []
    for record in portfolio:
        for as_of in draw(st.lists(YEARS, min_size=1, unique=True)):
            release = draw(st.sampled_from([record.release, "public", "private"]))
            one = record.model_copy(update={"as_of": as_of, "release": release})
            reworded = {"note": "reworded", "confidence": "secondary", "retracted": draw(st.booleans())}
            told.append(one)
            outside = viewer not in AGENCIES  # and so no member on any day
            hidden = not is_addressed(viewer, one) and (outside or release != "members")
            if hidden and draw(st.booleans()):
                continue
            retold.append(one.model_copy(update=reworded) if hidden else one)
    return History(portfolio.header, tuple(told)), History(portfolio.header, tuple(retold)), viewer, draw(YEARS).latest


@given(tales())
def test_no_day_of_the_past_shows_what_was_hidden_on_it(tale):
    told, retold, viewer, day = tale
    assert the_view(told.known_on(day, viewer)) == the_view(retold.known_on(day, viewer))


@pytest.fixture
def secret():
    """ESA needs an engine on Mars; NASA has one, and tells ESA alone."""
    return history(
        agency("nasa"),
        agency("kari"),
        statement(
            "mission",
            planned="2018",
            destinations=["mars"],
            requirements=[
                {"capability": "propulsion", "essential": True},
                {"capability": "launch", "met_by": ["rocket"]},
            ],
        ),
        statement("element", id="rocket", owner="nasa", stated_by="nasa", release=["esa"], provides=["launch"]),
        statement(
            "element",
            id="engine",
            owner="nasa",
            stated_by="nasa",
            release=["esa"],
            provides=["chemical-propulsion"],
            destinations=["mars"],
            available="2016..",
        ),
    ).known_on()


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_changed_by_what_is_seen(question, secret):
    without = secret.without(secret.elements["engine"], secret.elements["rocket"])
    assert question(secret.as_seen_by("esa")) != question(without.as_seen_by("esa"))
    assert question(secret.as_seen_by("kari")) == question(without.as_seen_by("kari"))
