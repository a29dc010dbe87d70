"""Random valid headers, records and histories, drawn from the shapes of the kinds.

A new kind or field is drawn without a change here, unless it has a bound that its shape does not tell; then
it gets a line in `BOUNDED`.
"""

import datetime as dt
import functools
from dataclasses import dataclass, field

from hypothesis import strategies as st

from synodos.language import (
    KINDS,
    Action,
    Activity,
    Agreement,
    Calendar,
    Cites,
    CloseOut,
    Commitment,
    ComputedDates,
    Constraint,
    Correlation,
    DateRange,
    Determination,
    Element,
    Exceptional,
    Header,
    History,
    LaunchOpportunity,
    Link,
    Mission,
    Offer,
    Paper,
    Points,
    Position,
    Progress,
    Risk,
    Schedule,
    Silence,
    Spread,
    Step,
    Term,
    WorkCost,
    fields,
    load,
)

NASTY_TEXTS = (
    "null",
    "~",
    "true",
    "No",
    "007",
    "1e3",
    "0x1F",
    "-",
    "- item",
    "? key",
    "key: value",
    "# no comment",
    "text # with a hash",
    "'single'",
    'a "double" quote',
    "back\\slash \\n \\x41",
    "{flow: [1, 2]}",
    "*alias",
    "&anchor",
    "!tag",
    "!!python/object:os.system",
    "%directive",
    "@at",
    "`tick`",
    "| literal",
    "> folded",
    "---",
    "...",
    "--- text",
    "2011-04-20",
    "2011",
    "12:30:45",
    ".inf",
    "1_000",
    "=SUM(A1)",
    "+1",
    "@cmd",
    "_x000D_",
    "two\nlines",
    "a\n\n\n  indented after blank lines",
    "line\n# not a comment",
    "line\n--- \nline",
    "trailing blanks   \nhere",
    "nbsp\u00a0inside",
    "zero\u200bwidth, bom \ufeff inside",
    "naïve façade, 宇宙, ракета, 🚀, e\u0301",
    "right-to-left \u202e mark",
    "comma, semicolon; pipe | bar",
    "x" * 4000,
    "a long line of words that goes on " * 20,
    "z",
)
OWN_TERMS = ("own-word", "own-word-2")

_letters = st.characters(
    exclude_categories=("Cs", "Cc"), include_characters="\n", exclude_characters="\u2028\u2029\ufffe\uffff"
)


_texts = st.sampled_from(NASTY_TEXTS).map(str.strip) | st.text(_letters, min_size=1, max_size=30).map(str.strip).filter(
    bool
)
_ids = st.sampled_from(("null", "true", "no", "007", "2011", "1e3", "2011-04")) | st.from_regex(
    r"[a-z0-9]{1,5}(-[a-z0-9]{1,4}){0,2}",
    fullmatch=True,  # too short for the words that are reserved
)
_source_keys = st.sampled_from(("null", "1.5", "2011", "1e3", "0.", "TRUE", "a.b")) | st.from_regex(
    r"[A-Za-z0-9][A-Za-z0-9_.-]{0,12}", fullmatch=True
)


def texts():
    """Text as the language takes it, after blanks at its ends are gone."""
    return _texts


def ids():
    """Ids of records; some look like numbers, words or dates."""
    return _ids


@functools.cache
def date_ranges(first=1960, last=2035, *, open_ends=True):
    """A date as stated: a moment, or a range, open at an end if `open_ends`."""
    start, days = dt.date(first, 1, 1).toordinal(), (last - first + 1) * 365
    forms = 4 if open_ends else 2
    # One draw for all parts of a date: Hypothesis takes its time for each.
    drawn = st.integers(0, days * days * 9 * forms - 1)
    return drawn.map(functools.partial(_date_text, start=start, days=days))


def _date_text(number, *, start, days):
    """A date made from a number: two days, the precision of each, and which of them is stated."""
    number, one = divmod(number, days)
    number, other = divmod(number, days)
    number, first_precision = divmod(number, 3)
    form, last_precision = divmod(number, 3)
    first, last = (dt.date.fromordinal(start + day).isoformat() for day in sorted((one, other)))
    first, last = first[: (4, 7, 10)[first_precision]], last[: (4, 7, 10)[last_precision]]
    return (first, f"{first}..{last}", f"{first}..", f"..{last}")[form]


def _some(draw, names):
    """About a quarter of `names`, in one draw; fewer when Hypothesis makes a case smaller."""
    number = draw(st.integers(0, 4 ** len(names) - 1))
    return {name for position, name in enumerate(names) if number >> 2 * position & 3 == 3}


def _few(draw, one, least=0):
    """Two drawn values at most, and `least` at least."""
    return [draw(one) for _ in range(draw(st.integers(least, 2)))]


def moments(first=1960, last=2034):
    """A day, or a minute of one."""
    start = dt.datetime(first, 1, 1)  # noqa: DTZ001 - schedules state times without a zone
    minutes = (last - first + 1) * 365 * 1440
    return st.integers(0, 2 * minutes - 1).map(
        lambda number: (start + dt.timedelta(minutes=number // 2)).isoformat()[: 16 if number % 2 else 10]
    )


_positive = st.floats(1e-3, 1e3) | st.floats(0, exclude_min=True, allow_infinity=False)

BOUNDED = {
    "id": _ids,
    "amount": st.floats(0, 1e16) | st.integers(0, 10**12).map(float),
    "rate": _positive,
    "index": _positive,
    "currency": st.from_regex(r"[A-Z]{3}", fullmatch=True),
    "in_currency": st.from_regex(r"[A-Z]{3}", fullmatch=True),
    "price_year": st.integers(1950, 2200),
    "year": st.integers(1950, 2200),
    "horizon_years": st.integers(1, 200),
    **dict.fromkeys(
        ("duration_days", "remaining_days", "development_days"), st.integers(0, 100_000).map(float) | st.floats(0, 1e5)
    ),
    **dict.fromkeys(("lag_days", "critical_float_days", "total_float_days", "free_float_days"), st.floats(-1e5, 1e5)),
    **dict.fromkeys(("probability", "kept_probability"), st.floats(0, 1)),
    **dict.fromkeys(("starts", "finish_by", "deadline", "early_start", "early_finish"), moments()),
    **dict.fromkeys(("late_start", "late_finish", "expected_finish"), moments()),
    "weight": st.floats(0, 1e6, exclude_min=True),
    "actual_start": moments(1960, 1979),
    "actual_finish": moments(1980, 1999),
    "status_date": moments(2000, 2030),
    "hours_per_day": st.floats(0, 24, exclude_min=True),
    "days": st.sampled_from((["mon"], ["sat", "sun"], ["mon", "tue", "wed", "thu", "fri"])),
    "hours": st.sampled_from((["08:00-12:00", "13:00-17:00"], ["00:00-24:00"], ["22:30-24:00"], ["00:00-00:01"])),
    "version": st.just(1),
    "agencies_present": st.integers(2, 9_999),
    "silence_days": st.integers(1, 366),
    "quorum_share": st.floats(0, 1, exclude_min=True),
    "portfolio_sha256": st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    "edition": _ids,
    "known_on": st.dates(dt.date(1950, 1, 1), dt.date(1959, 12, 31)).map(dt.date.isoformat),
    "revision": st.sampled_from(("A", "1", "2.0", "1e3", "Rev-F", "007", "null")),
}
"""Values of fields that are bounded by more than their shape says."""


_numbers = st.integers(0, 1000).map(float) | st.floats(0, 1e5)
_ordered = st.lists(_numbers, min_size=3, max_size=3).map(sorted)
_spreads = st.one_of(
    st.builds(
        lambda shape, ends: {"shape": shape, **dict(zip(("low", "likely", "high"), ends, strict=True))},
        st.sampled_from(("triangular", "pert")),
        _ordered,
    ),
    _ordered.map(lambda ends: {"shape": "uniform", "low": ends[0], "high": ends[2]}),
    st.builds(lambda mean, deviation: {"shape": "normal", "mean": mean, "deviation": deviation}, _numbers, _numbers),
    st.floats(0, 5).map(lambda sigma: {"shape": "lognormal", "median": 1.5, "sigma": sigma}),
    st.floats(0, 100, exclude_min=True).map(lambda form: {"shape": "weibull", "scale": 2, "form": form}),
    st.builds(lambda value: {"shape": "discrete", "values": [0, value], "weights": [1, 2.5]}, _numbers),
)
_exceptions = st.one_of(
    date_ranges(open_ends=False).map(lambda dates: {"dates": dates}),
    st.builds(
        lambda first, every, rule: {"dates": f"{first}..", "every": every, **rule},
        date_ranges().filter(lambda dates: ".." not in dates),
        st.integers(1, 1000),
        st.sampled_from(
            (
                {"recurs": "daily"},
                {"recurs": "weekly", "weekdays": ["mon", "fri"]},
                {"recurs": "monthly", "day": 31, "hours": ["09:00-12:00"]},
                {"recurs": "monthly", "weekdays": ["thu"], "ordinal": "last"},
                {"recurs": "yearly", "day": 29, "month": 2, "name": "leap day"},
                {"recurs": "yearly", "weekdays": ["mon"], "ordinal": "first", "month": 9},
            )
        ),
    ),
)
_constraints = st.builds(
    lambda kind, on: {"type": kind, "on": on} if on else {"type": "as-late-as-possible"},
    st.sampled_from(("start-no-earlier", "finish-no-later", "must-start", "must-finish")),
    st.none() | moments(),
)


def _apart(periods):
    """Those of the periods, in order, that open after the ones before have closed."""
    found = []
    for period in sorted(periods, key=lambda text: DateRange(text).earliest):
        if not found or DateRange(period).earliest > DateRange(found[-1]).latest:
            found.append(period)
    return found


_opportunities = st.builds(
    lambda periods, c3: [
        {"type": "any-time"},
        {"type": "planetary", "target": "mars", "c3_max_km2_s2": c3, "periods": periods},
        {"type": "listed", "periods": _apart(periods)},
    ][len(periods)],
    st.lists(date_ranges(open_ends=False), max_size=2),
    st.floats(0, 500, exclude_min=True),
)
_silences = st.builds(
    lambda opens, days: {"opens": opens.isoformat(), "closes": (opens + dt.timedelta(days)).isoformat()},
    st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)),
    st.integers(366, 800),  # as long as any Terms of Reference ask
)
WHOLE = {
    Silence: _silences,
    Spread: _spreads,
    Exceptional: _exceptions,
    Constraint: _constraints,
    LaunchOpportunity: _opportunities,
}
"""Parts whose fields depend on each other, drawn whole."""


FILLED = {
    CloseOut: {"delivered": ["A lander"]},
    WorkCost: {"fixed": {"amount": 1.0, "currency": "EUR"}},
    ComputedDates: {"early_start": "2011-01-01"},
}
"""Parts that say something at least, with what they say where nothing else was drawn."""
WORK = (Activity, Activity, Activity, Calendar, Schedule, Risk, Commitment, Mission)
"""Kinds of a portfolio that is mostly schedules."""


@dataclass
class World:
    """What the references of records may lead to."""

    sources: list = field(default_factory=lambda: ["general-knowledge"])
    compiler: str | None = None
    ids: dict = field(default_factory=dict)
    provides: dict = field(default_factory=dict)
    own_capabilities: tuple = ()
    parties: dict = field(default_factory=dict)
    milestones: dict = field(default_factory=dict)

    def terms(self, vocabulary):
        """Some terms of a vocabulary, with the portfolio's own."""
        own = self.own_capabilities if vocabulary == "capabilities" else ()
        return (*_first_terms(vocabulary), *own)

    def targets(self, kinds):
        """Ids of all records of these kinds."""
        return [key for kind in kinds for key in self.ids.get(kind, ())]

    def providers(self, capability):
        """Ids of the records that provide a capability, or one below it."""
        tree = load("capabilities")
        return [
            key
            for key, given in self.provides.items()
            if any(one == capability or tree.covers(capability, one) for one in given)
        ]


@functools.cache
def _first_terms(vocabulary):
    """The first dozen terms of a vocabulary, parents before their children; of contested questions the readings."""
    terms = load(vocabulary).terms.values()
    return tuple(term.id for term in terms if term.parent or vocabulary != "contested-questions")[:12]


@st.composite
def headers(draw):
    """A portfolio page."""
    keys = ["general-knowledge", *draw(st.lists(_source_keys, max_size=3, unique=True))]
    world = World(sources=keys)
    values = {
        "id": draw(_ids),
        "title": draw(_texts),
        "known_on": draw(date_ranges(2036, 2040, open_ends=False)),
        "sources": {key: draw(_source_values) for key in keys},
    }
    given = _some(draw, ("compiler", "about", "exchange_rates", "price_indices", "vocabularies"))
    if "compiler" in given:
        values["compiler"] = {"id": draw(_ids), "name": draw(_texts)}
    if "vocabularies" in given:
        values["vocabularies"] = {"capabilities": draw(_own_terms(keys))}
    for shape in fields(Header):
        if shape.name in given and shape.name not in values:
            values[shape.name] = _values(draw, shape, world, "")
    return Header.model_validate(values)


_source_values = st.fixed_dictionaries(
    {"title": _texts}, optional={"publisher": _texts, "date": date_ranges(), "url": _texts, "note": _texts}
)


def _own_terms(keys):
    """Two terms that a portfolio adds to the capabilities."""
    given = {"label": _texts, "confidence": st.just("read"), "sources": st.just([keys[-1]])}
    above = st.sampled_from([None, _first_terms("capabilities")[0]])
    return st.tuples(
        st.fixed_dictionaries({"id": st.just(OWN_TERMS[0]), "parent": above, **given}),
        st.fixed_dictionaries({"id": st.just(OWN_TERMS[1]), "refs": st.lists(_texts, max_size=2), **given}),
    )


@st.composite
def histories(draw, max_extra=5, kinds=KINDS):
    """A portfolio without a fault: records of these kinds, dated revisions, references that resolve."""
    header = draw(headers())
    chosen = [Element, Mission, *draw(st.lists(st.sampled_from(kinds), max_size=max_extra))]
    if Position in chosen:
        chosen.append(Paper)  # there is no position without one
    world = World(
        sources=list(header.sources),
        compiler=header.compiler.id if header.compiler else None,
        own_capabilities=OWN_TERMS if header.vocabularies else (),
    )
    names = draw(st.lists(_ids, min_size=len(chosen) + 2, max_size=len(chosen) + 2, unique=True))
    world.ids["agency"] = names[:2]
    for kind, name in zip(chosen, names[2:], strict=True):
        world.ids.setdefault(kind.kind, []).append(name)
    for kind in (Element, Mission, Offer):
        for key in world.ids.get(kind.kind, ()):
            world.provides[key] = draw(st.lists(st.sampled_from(world.terms("capabilities")), max_size=3, unique=True))
    statements = [
        statement
        for kind in KINDS
        for name in world.ids.get(kind.kind, ())
        for statement in draw(revisions(kind, name, world))
    ]
    return History(header, tuple(statements))


_statement_dates = st.lists(
    date_ranges(last=2034, open_ends=False),
    min_size=1,
    max_size=2,
    unique_by=lambda date: DateRange(date).latest,
)


@st.composite
def revisions(draw, kind, name, world):
    """One or two statements of one record, each dated otherwise, by one owner."""
    owner = draw(st.sampled_from(world.targets(("agency", "state"))))
    dates = draw(_statement_dates)
    return [draw(records(kind, world, id=name, owner=owner, as_of=as_of)) for as_of in dates]


@st.composite
def records(draw, kind, world, **given):
    """One valid record of `kind` whose references resolve in `world`; `given` values stand as they are."""
    values = dict(given)
    optional = _some(draw, [shape.name for shape in fields(kind) if not shape.required])
    for shape in fields(kind):
        if shape.name not in values and (shape.required or shape.name in optional):
            values[shape.name] = _values(draw, shape, world, values["id"])
    values["stated_by"] = draw(st.sampled_from([values["owner"], *filter(None, [world.compiler])]))
    if "unverified_fields" in optional:
        values["unverified_fields"] = [draw(st.sampled_from(list(kind.model_fields)))]
    if values["id"] in world.provides and "provides" in kind.model_fields:
        values["provides"] = world.provides[values["id"]]
    if set(values["sources"]) == {"general-knowledge"}:
        values["confidence"] = "unverified"
    _put_in_order(kind, values, world)
    if kind is Risk:
        _let_act(values, world)
    _remember(kind, values, world)
    return kind.model_validate({name: value for name, value in values.items() if value is not None})


def _put_in_order(kind, values, world):
    """Undo what fields drawn one by one may contradict: dates in order, agreements above themselves."""
    for first, last in (("planned", "ends"), ("signed", "in_force")):
        early, late = values.get(first), values.get(last)
        if early and late and DateRange(late).latest < DateRange(early).earliest:
            values[first], values[last] = late, early
    names = world.ids.get(kind.kind, [])
    earlier = names[: names.index(values["id"])] if values["id"] in names else []
    for above in ("parent", "builds_on", "replaces", "follows"):
        if values.get(above) not in earlier:
            values.pop(above, None)
    if kind is Agreement:
        values["supersedes"] = [key for key in values.get("supersedes") or () if key in earlier]
    if kind is Determination:
        values["answer"] = "yes"
    _put_forum_in_order(kind, values)
    if kind is Activity:
        _put_work_in_order(values, world, earlier)


def _put_forum_in_order(kind, values):
    """Undo what records of the forum may contradict: each other, or what they say themselves."""
    if kind is Position:
        values["stand"] = "joins"
    if kind is Paper:
        values.pop("binding", None)
        reading = load("contested-questions").terms.get(values.get("contested"))
        values["contested"] = reading.parent if reading else values.get("contested")
    if kind is Action and values.get("done"):
        values["standing"] = "done"
    if kind is Progress and not values.get("future_work"):
        values["accomplishments"] = values.get("accomplishments") or ["Something"]


def _put_work_in_order(values, world, earlier):
    """Undo what fields of an activity may contradict: links backwards, milestones that last."""
    values["same_as"] = [key for key in values.get("same_as") or () if key in earlier and world.milestones.get(key)]
    if values["owner"] not in world.parties.get(values.get("agreement"), ()):
        values.pop("agreement", None)
    if values.get("actual_finish"):
        values.pop("remaining_days", None)
    values["after"] = [link for link in values.get("after") or () if link["activity"] in earlier]
    if values["same_as"]:  # whatever leads to it leads to the one that it is the same as
        values.update(after=[], schedule=None, type="finish-milestone")
    if values.get("type", "task").endswith("milestone"):
        values.pop("duration_days", None)


def _remember(kind, values, world):
    """Keep of a record what later ones have to agree with, as all statements of it say."""
    key = values["id"]
    if kind is Agreement:
        world.parties[key] = world.parties.get(key, {*values["parties"]}) & {*values["parties"]}
    if kind is Activity:
        world.milestones[key] = world.milestones.get(key, True) and values.get("type", "task").endswith("milestone")


def _let_act(values, world):
    """Have a risk strike something, in the measures that it takes."""
    values["correlations"] = [
        pair for pair in values.get("correlations") or () if len({*pair["activities"]}) == len(pair["activities"])
    ]
    for name, measure in (("delay", "days"), ("factor", "factor")):
        if values.get(name):
            values[name] = {**values[name], "of": measure}
    values["removes"] = values.get("removes") or not (values.get("delay") or values.get("factor"))
    if not (values.get("affects") or values.get("correlations")):
        values["affects"] = world.targets(("element", "mission"))[:1]


def _values(draw, shape, world, record_id):
    """A drawn value of one field: one or several, words or a list."""
    if shape.many and isinstance(shape.mark, Points) and not world.targets(shape.mark.kinds):
        return []
    if shape.part in (Link, Correlation) and not world.targets(("activity",)):
        return []
    if shape.name in ("days", "hours") and shape.many:
        return draw(BOUNDED[shape.name])
    one = _value(shape, world, record_id)
    if shape.many and shape.words and draw(st.booleans()):
        return draw(st.sampled_from(shape.words))
    return _few(draw, one, int(shape.required and not shape.words)) if shape.many else draw(one)


def _value(shape, world, record_id):
    """One value of a field, by its bounds, what it points at, or its type."""
    if shape.name in BOUNDED:
        return BOUNDED[shape.name]
    if shape.part is not None:
        return _part(shape.part, world, record_id)
    if shape.mark is not None:
        return st.sampled_from(_targets(shape.mark, world) or [None])
    if shape.words:
        return st.sampled_from(shape.words)
    return {str: _texts, bool: st.booleans(), DateRange: date_ranges()}[shape.type]


def _targets(mark, world):
    """What a field with this mark may hold."""
    if isinstance(mark, Term):
        return world.terms(mark.vocabulary)
    return world.sources if isinstance(mark, Cites) else world.targets(mark.kinds)


def _steps(world):
    """Steps of every sort about what is there."""
    agency = st.sampled_from(world.targets(("agency",)))
    plan = st.sampled_from(world.targets(("mission", "element")))
    days = _ordered.map(lambda ends: {"shape": "uniform", "of": "days", "low": ends[0], "high": ends[2]})
    return st.one_of(
        st.fixed_dictionaries({"does": st.just("withdraw"), "agency": agency}, optional={"since": date_ranges()}),
        st.builds(lambda who, delay: {"does": "slip", "agency": who, "delay": delay}, agency, days),
        st.builds(lambda what: {"does": "cancel", "plans": [what]}, plan),
        st.builds(lambda what, other: {"does": "replace", "plans": [what], "replacement": other}, plan, plan),
        st.builds(lambda what, when: {"does": "miss", "plans": [what], "period": when}, plan, date_ranges()),
        st.builds(
            lambda who, amount: {
                "does": "cut",
                "agency": who,
                "cuts": [{"money": {"amount": amount, "currency": "EUR"}}],
            },
            agency,
            BOUNDED["amount"],
        ),
        st.builds(
            lambda who, what: {"does": "offer", "agency": who, "provides": [what]},
            agency,
            st.sampled_from(world.terms("capabilities")),
        ),
        st.just({"does": "repeal", "norms": ["OST-2"]}),
    )


@st.composite
def _part(draw, model, world, record_id):
    """A part of a record, as plain values."""
    if model in WHOLE:
        return draw(WHOLE[model])
    if model is Correlation:
        pair = st.sampled_from(world.targets(("activity",)))
        return {"activities": [draw(pair), draw(pair)], "coefficient": draw(st.floats(-1, 1))}
    if model is Step:
        return draw(_steps(world))
    optional = _some(draw, [shape.name for shape in fields(model) if not shape.required])
    values = {}
    for shape in fields(model):
        if shape.name == "met_by":
            able = [key for key in world.providers(values["capability"]) if key != record_id]
            if shape.required:
                able = able or world.targets(("element", "mission", "offer"))
            wanted = able and (shape.required or "met_by" in optional)
            values["met_by"] = [draw(st.sampled_from(able))] if wanted else []
        elif shape.required or shape.name in optional:
            values[shape.name] = _values(draw, shape, world, record_id)
    told = {name: value for name, value in values.items() if value is not None}
    return FILLED[model] if model in FILLED and not any(value != [] for value in told.values()) else told
