"""Six real cooperations as dated statements: who provides what on which day, as the sources of each folder tell."""

import datetime as dt
from functools import cache

import pytest

from synodos.exchange import inspect
from synodos.language import GENERAL_KNOWLEDGE, Points, references

LAST_DAYS = {
    "exomars": "2026-06-30",
    "iss": "2020-12-31",
    "gateway": "2026-06-30",
    "cassini-huygens": "2017-09-30",
    "hubble": "2003-12-31",
    "jwst": "2021-12-31",
}
NOBODY = None


@pytest.fixture(scope="module")
def case(root):
    """Every statement of a folder, read once."""

    @cache
    def read(name):
        history, faults = inspect(root / "portfolios" / name)
        assert faults == ()
        return history

    return read


@pytest.fixture(scope="module")
def on(case):
    """The portfolio of a folder as known on a day."""
    return lambda name, day: case(name).known_on(dt.date.fromisoformat(day))


def met(plan):
    """Return (capability, essential, record) for each requirement of a plan; no record where nothing meets it."""
    needed = plan.requirements if plan.kind == "mission" else plan.needs
    return {(r.capability, r.essential, key) for r in needed for key in (r.met_by or (NOBODY,))}


def provided(portfolio, agency, *, essential, plans=None):
    """Return the elements of `agency` that meet requirements of missions of others."""
    missions = portfolio.missions.values() if plans is None else [portfolio.missions[key] for key in plans]
    return {
        key
        for mission in missions
        for requirement in mission.requirements
        for key in requirement.met_by
        if requirement.essential is essential
        and mission.owner != agency
        and key in portfolio.elements
        and portfolio.elements[key].owner == agency
    }


def hanging_on(portfolio, *hosts):
    """Return the elements that need one of `hosts`, directly or over another element that does."""
    lost = set(hosts)
    while True:
        more = {
            e.id for e in portfolio.elements.values() for r in e.needs if r.essential and lost & set(r.met_by)
        } - lost
        if not more:
            return lost - set(hosts)
        lost |= more


def gaps(portfolio, mission):
    """Return the essential capabilities that nobody provides and nobody owes."""
    needed = portfolio.missions[mission].requirements
    return {r.capability for r in needed if r.essential and not r.met_by and r.provider is None}


# What holds in every folder


@pytest.mark.parametrize(("name", "last_day"), LAST_DAYS.items())
def test_no_statement_is_later_than_the_folders_day(case, name, last_day):
    history = case(name)
    assert history.header.known_on.latest == dt.date.fromisoformat(last_day)
    late = [(s.kind, s.id, s.as_of.text) for s in history.statements if s.as_of.latest > history.header.known_on.latest]
    assert late == []


@pytest.mark.parametrize("name", LAST_DAYS)
def test_sources_are_listed_and_cited(case, name):
    history = case(name)
    shared = (*history.header.exchange_rates, *history.header.price_indices)
    cited = {key for statement in (*history.statements, *shared) for key in statement.sources}
    assert cited == set(history.header.sources)
    addressless = {key for key, source in history.header.sources.items() if not source.url}
    assert addressless <= {GENERAL_KNOWLEDGE}


@pytest.mark.parametrize("name", LAST_DAYS)
def test_general_knowledge_is_marked_wherever_it_supports_a_statement(case, name):
    unmarked = [
        (s.kind, s.id, s.as_of.text)
        for s in case(name).statements
        if GENERAL_KNOWLEDGE in s.sources and not s.rests_on_unverified
    ]
    assert unmarked == []
    assert all(GENERAL_KNOWLEDGE in s.sources for s in case(name).statements if s.rests_on_unverified)


@pytest.mark.parametrize("name", LAST_DAYS)
def test_statements_are_public_and_made_by_the_compiler(case, name):
    history = case(name)
    assert {(s.stated_by, s.release) for s in history.statements} == {(history.header.compiler.id, "public")}


@pytest.mark.parametrize("name", LAST_DAYS)
def test_on_every_day_all_that_is_named_is_known(case, name):
    history = case(name)
    unknown = set()
    for day in sorted({statement.as_of.latest for statement in history.statements}):
        portfolio = history.known_on(day)
        known = {kind: table.keys() for kind, table in portfolio.tables.items()}
        known["compiler"] = {history.header.compiler.id}
        unknown |= {
            (str(day), record.kind, record.id, reference.path, reference.target)
            for record in portfolio
            for reference in references(record)
            if isinstance(reference.mark, Points)
            and not any(reference.target in known[kind] for kind in reference.mark.kinds)
        }
    assert unknown == set()


@pytest.mark.parametrize("name", LAST_DAYS)
def test_agencies_are_known_before_the_plan_names_them(case, name):
    days = {}
    for statement in case(name).statements:
        days.setdefault((statement.kind, statement.id), []).append(statement.as_of.latest)
    late = {
        (s.kind, s.id, s.owner)
        for s in case(name).statements
        if s.kind != "state" and s.as_of.latest < min(days.get(("agency", s.owner)) or days[("state", s.owner)])
    }
    assert late == set()


# ExoMars


ROVER = {"robotic-rover": "esa", "mars-relay": "esa"}
ORBITER = {"orbiter": "esa", "entry-probe": "esa"}
NASA_LANDS = {"launch": "nasa", "mars-edl": "nasa", "cruise-stage": "nasa"}
NOBODY_LANDS = dict.fromkeys(NASA_LANDS, NOBODY)
EUROPEAN_CRUISE = ROVER | {"cruise-stage": "esa", "mass-spectrometry": "nasa"}


@pytest.mark.parametrize(
    ("day", "mission", "expected"),
    [
        ("2009-12-17", "exomars-2016", ORBITER | {"launch": "nasa", "orbiter-instruments": "nasa"}),
        ("2009-12-17", "exomars-rover", ROVER | NASA_LANDS | {"caching-rover": "nasa"}),
        ("2011-04-20", "exomars-rover", ROVER | NASA_LANDS),
        ("2011-10-04", "exomars-2016", ORBITER | {"launch": NOBODY, "orbiter-instruments": "nasa"}),
        ("2011-10-04", "exomars-rover", ROVER | NASA_LANDS),
        ("2012-02-14", "exomars-2016", ORBITER | {"launch": NOBODY, "orbiter-instruments": NOBODY}),
        ("2012-02-14", "exomars-rover", ROVER | NOBODY_LANDS),
        (
            "2013-03-15",
            "exomars-2016",
            ORBITER | {"launch": "roscosmos", "proximity-radio": "nasa", "orbiter-instruments": "roscosmos"},
        ),
        (
            "2013-03-15",
            "exomars-rover",
            EUROPEAN_CRUISE | {"launch": "roscosmos", "mars-edl": "roscosmos", "radioisotope-heat": "roscosmos"},
        ),
        (
            "2022-03-18",
            "exomars-rover",
            EUROPEAN_CRUISE | {"launch": NOBODY, "mars-edl": NOBODY, "radioisotope-heat": NOBODY},
        ),
        (
            "2024-05-17",
            "exomars-rover",
            EUROPEAN_CRUISE
            | {"launch": "nasa", "mars-edl": "esa", "landing-engines": "nasa", "radioisotope-heat": "nasa"},
        ),
    ],
)
def test_exomars_providers(on, day, mission, expected):
    portfolio = on("exomars", day)
    found = {
        capability: portfolio.provider_record(key).owner if key else NOBODY
        for capability, _, key in met(portfolio.missions[mission])
    }
    assert found == expected


def test_what_nasa_provided_to_exomars_in_2009(on):
    portfolio = on("exomars", "2009-12-17")
    assert provided(portfolio, "nasa", essential=True) == {
        "atlas-5-launch-2016",
        "atlas-5-launch-2018",
        "sky-crane-2018",
    }
    assert provided(portfolio, "nasa", essential=False) == {"tgo-instruments-nasa", "max-c-rover"}


@pytest.mark.parametrize(
    ("day", "agency", "expected"),
    [
        ("2022-02-23", "roscosmos", {"proton-launch-rover", "descent-module", "heater-units-russian"}),
        ("2026-04-17", "nasa", {"us-launch-2028", "braking-engines", "heater-units-american"}),
    ],
)
def test_essential_parts_of_the_rover_mission_in_one_hand(on, day, agency, expected):
    assert provided(on("exomars", day), agency, essential=True, plans=["exomars-rover"]) == expected


def test_the_day_after_cape_town_only_the_launch_of_2016_is_gone(on):
    portfolio = on("exomars", "2011-10-04")
    assert gaps(portfolio, "exomars-2016") == {"launch"}
    assert gaps(portfolio, "exomars-rover") == set()
    assert portfolio.elements["atlas-5-launch-2016"].status == "cancelled"
    fallback = portfolio.offers["proton-fallback"]
    assert (fallback.owner, fallback.standing, fallback.offered_to) == ("roscosmos", "open", ("esa",))
    assert portfolio.agreements["fobos-grunt-exomars-2009"].standing == "in-force"


def test_the_day_before_cape_town_nothing_is_missing(on):
    portfolio = on("exomars", "2011-10-02")
    assert gaps(portfolio, "exomars-2016") == gaps(portfolio, "exomars-rover") == set()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2005-12-31", "2011"),
        ("2008-11-26", "2016"),
        ("2009-12-17", "2018-05"),
        ("2016-05-01", "2018-05"),
        ("2016-05-02", "2020-07"),
        ("2020-03-12", "2022"),
        ("2022-02-23", "2022-09"),
        ("2022-03-17", None),
        ("2022-11-23", "2028"),
        ("2026-06-30", "2028-10..2028-12"),
    ],
)
def test_planned_launch_of_the_rover(on, day, expected):
    planned = on("exomars", day).missions["exomars-rover"].planned
    assert (planned and planned.text) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2013-03-14", "in-force"), ("2022-03-16", "in-force"), ("2022-03-18", "suspended"), ("2022-07-12", "ended")],
)
def test_standing_of_the_agreement_with_roscosmos(on, day, expected):
    assert on("exomars", day).agreements["esa-roscosmos-exomars"].standing == expected


def test_the_accord_of_2010_was_planned_and_never_concluded(on):
    assert on("exomars", "2011-10-04").agreements["nasa-esa-exomars-accord"].standing == "planned"
    assert on("exomars", "2012-02-13").agreements["nasa-esa-exomars-accord"].standing == "never-concluded"


# The International Space Station


@pytest.mark.parametrize(
    ("day", "carriers"),
    [
        ("2003-01-31", {"space-shuttle"}),
        ("2003-02-02", {"soyuz"}),
        ("2006-08-01", {"space-shuttle", "soyuz"}),
        ("2011-07-22", {"soyuz"}),
        ("2020-05-29", {"soyuz"}),
        ("2020-06-01", {"commercial-crew", "soyuz"}),
    ],
)
def test_who_carries_crew_to_the_station(on, day, carriers):
    portfolio = on("iss", day)
    flight = met(portfolio.missions["iss-crew-operations"])
    found = {(essential, key) for capability, essential, key in flight if capability == "leo-crew"}
    assert found == {(len(carriers) == 1, key) for key in carriers}  # of two carriers either serves
    assert all(portfolio.elements[key].status == "operating" for key in carriers)


def test_the_lifeboat_was_russian_until_2020(on):
    for day in ("2003-01-31", "2003-02-02", "2011-07-22"):
        portfolio = on("iss", day)
        lifeboats = {k for c, _, k in met(portfolio.missions["iss-crew-operations"]) if c == "crew-rescue"}
        assert lifeboats == {"soyuz"}


@pytest.mark.parametrize(
    ("element", "owner", "essential"),
    [
        ("zarya", "roscosmos", True),
        ("unity", "nasa", True),
        ("zvezda", "roscosmos", True),
        ("destiny", "nasa", True),
        ("canadarm2", "csa", True),
        ("quest", "nasa", True),
        ("pirs", "roscosmos", False),
        ("station-truss", "nasa", True),
        ("node-2", "esa", True),
        ("columbus-module", "esa", False),
        ("kibo-module", "jaxa", False),
        ("atv", "esa", False),
        ("logistics-modules", "asi", False),
        ("space-shuttle", "nasa", True),
    ],
)
def test_station_elements_on_the_day_before_columbia(on, element, owner, essential):
    portfolio = on("iss", "2003-01-31")
    assert portfolio.elements[element].owner == owner
    needed = met(portfolio.missions["iss-assembly"])
    assert {flag for _, flag, key in needed if key == element} == {essential}


def test_what_stops_with_the_shuttle(on):
    before, after = on("iss", "2003-01-31"), on("iss", "2003-02-02")
    waiting = {"station-truss", "node-2", "columbus-module", "kibo-module"}
    assert waiting < hanging_on(before, "space-shuttle")
    assert {before.elements[key].status for key in waiting} == {"in-development"}
    assert {after.elements[key].status for key in waiting} == {"deferred"}
    assert after.missions["iss-assembly"].status == "deferred"
    assert after.missions["iss-crew-operations"].status == "operating"


def test_columbus_needs_node_shuttle_and_arm(on):
    portfolio = on("iss", "2003-01-31")
    assert met(portfolio.elements["columbus-module"]) == {
        ("launch", True, "space-shuttle"),
        ("station-node", True, "node-2"),
        ("berthing", True, "canadarm2"),
    }
    assert portfolio.elements["columbus-module"].available.text == "2004-10.."


@pytest.mark.parametrize(
    ("day", "until"),
    [
        ("2005-11-21", None),
        ("2005-11-22", "2012-01-01"),
        ("2008-09-30", "2016-07-01"),
        ("2013-01-14", "2020-12-31"),
        ("2019-12-20", "2025-12-31"),
    ],
)
def test_until_when_nasa_may_buy_from_russia(on, day, until):
    policies = on("iss", day).policies
    act = policies["iran-nonproliferation-act"]
    assert (act.bears, act.binds, act.about) == ("restricts", ("nasa",), ("roscosmos",))
    exception = policies.get("station-purchase-exception")
    assert (exception and exception.applies.latest.isoformat()) == until
    assert exception is None or exception.bears == "eases"


def test_the_act_is_not_known_before_its_day(on):
    assert "iran-nonproliferation-act" not in on("iss", "2000-03-13").policies


def test_the_russian_obligation_runs_out_in_april_2006(on):
    seats = on("iss", "2005-03-31").commitments["free-soyuz-seats"]
    assert seats.owner == "roscosmos"
    assert [(cost.money.amount, cost.period.latest) for cost in seats.funding] == [(0, dt.date(2006, 4, 30))]
    assert "free-soyuz-seats" not in on("iss", "2006-05-01").commitments


def test_seat_purchases_add_up(on):
    bought = on("iss", "2020-12-31").commitments["soyuz-seat-purchases"].funding
    contracts = [43.8, 719, 141, 306, 335, 753, 424, 491.2, 90]
    assert [cost.money.amount / 1e6 for cost in bought] == pytest.approx(contracts)


def test_the_service_module_is_late_at_the_end_of_1998(on):
    assert on("iss", "1996-06-30").elements["zvezda"].available.text == "1998-04.."
    assert on("iss", "1998-12-31").elements["zvezda"].available.text == "1999-07.."
    assert on("iss", "2000-07-12").elements["zvezda"].status == "operating"


# Gateway and Artemis

PARTNER_PARTS = {"i-hab": "esa", "esprit": "esa", "canadarm3": "csa", "gateway-airlock": "mbrsc", "htv-xg": "jaxa"}


def test_gateway_plan_of_2024(on):
    portfolio = on("gateway", "2024-01-10")
    found = met(portfolio.missions["gateway"])
    assert {key for _, flag, key in found if flag} == {"gateway-launch", "halo", "ppe"}
    assert PARTNER_PARTS.keys() <= {key for _, flag, key in found if flag is False}
    assert {key: portfolio.elements[key].owner for key in PARTNER_PARTS} == PARTNER_PARTS


@pytest.mark.parametrize(
    ("day", "provider"), [("2019-08-30", "roscosmos"), ("2020-10-12", NOBODY), ("2024-01-07", "mbrsc")]
)
def test_who_brings_the_airlock(on, day, provider):
    portfolio = on("gateway", day)
    parts = {key for capability, _, key in met(portfolio.missions["gateway"]) if capability == "airlock"}
    assert {key and portfolio.elements[key].owner for key in parts} == {provider}


@pytest.mark.parametrize("day", ["2025-05-02", "2026-03-24"])
def test_partner_parts_that_lose_their_host_with_the_american_modules(on, day):
    stranded = hanging_on(on("gateway", day), "ppe", "halo")
    assert stranded - {"halo"} == set(PARTNER_PARTS)


def test_orion_does_not_fly_without_its_european_module(on):
    portfolio = on("gateway", "2016-05-19")
    assert met(portfolio.elements["orion"]) == {("service-module", True, "european-service-module")}
    assert portfolio.elements["european-service-module"].owner == "esa"


def test_gateway_is_paused_not_cancelled(on):
    paused = ("gateway", "ppe", "halo")
    before, after = on("gateway", "2026-03-23"), on("gateway", "2026-03-25")
    assert {before.provider_record(key).status for key in paused} == {"in-development"}
    assert {after.provider_record(key).status for key in paused} == {"deferred"}


@pytest.mark.parametrize(
    ("day", "planned"),
    [("2020-10-27", "2024"), ("2024-01-09", "2026-09"), ("2024-12-05", "2027"), ("2026-02-27", "2027")],
)
def test_planned_flight_of_artemis_3(on, day, planned):
    assert on("gateway", day).missions["artemis-3"].planned.text == planned


def test_the_landing_moves_to_artemis_4(on):
    before, after = on("gateway", "2026-02-26"), on("gateway", "2026-02-27")
    assert "lunar-surface" in before.missions["artemis-3"].destinations
    assert after.missions["artemis-3"].destinations == ("low-earth-orbit",)
    assert after.missions["artemis-4"].destinations == ("lunar-surface",)
    assert after.missions["artemis-4"].planned.text == "2028"


def test_seats_are_owed_to_every_partner(on):
    offers = on("gateway", "2024-04-09").offers.values()
    seats = {(o.offered_to, o.destinations) for o in offers if o.provides == ("crew-seat",) and o.standing == "agreed"}
    to_gateway = {partner for (partner,), where in seats if where == ("lunar-orbit",)}
    assert to_gateway == {"esa", "csa", "jaxa", "mbrsc"}
    assert (("jaxa",), ("lunar-surface",)) in seats


# Cassini-Huygens, Hubble, Webb


def test_esa_and_asi_parts_of_cassini(on):
    portfolio = on("cassini-huygens", "1994-06-13")
    mission = met(portfolio.missions["cassini-huygens"])
    assert ("entry-probe", False, "huygens-probe") in mission
    assert ("imaging-radar", False, "cassini-radar") in mission
    assert ("high-gain-antenna", True, "cassini-antenna") in met(portfolio.elements["cassini-orbiter"])
    assert (portfolio.elements["huygens-probe"].owner, portfolio.elements["cassini-antenna"].owner) == ("esa", "asi")


def test_huygens_cannot_fly_without_nasa(on):
    portfolio = on("cassini-huygens", "1994-06-13")
    assert provided(portfolio, "nasa", essential=True, plans=["huygens"]) == {"cassini-orbiter", "titan-launch"}


@pytest.mark.parametrize(
    ("day", "planned"),
    [("1985-06-30", "1994-05"), ("1987-12-31", "1995-03"), ("1994-06-13", "1997-10"), ("1997-10-15", "1997-10-15")],
)
def test_planned_launch_of_cassini(on, day, planned):
    assert on("cassini-huygens", day).missions["cassini-huygens"].planned.text == planned


def test_the_camera_enhances_hubble_and_the_arrays_are_a_condition(on):
    # The camera is the example of programmatic enhancement in Johnson (IAC-11-B3.8), section II.
    portfolio = on("hubble", "1977-12-31")
    assert provided(portfolio, "esa", essential=True) == {"european-solar-arrays"}
    assert provided(portfolio, "esa", essential=False) == {"faint-object-camera", "esa-staff"}


def test_no_european_hardware_is_left_on_hubble_after_march_2002(on):
    portfolio = on("hubble", "2002-03-31")
    assert provided(portfolio, "esa", essential=True) == set()
    assert provided(portfolio, "esa", essential=False) == {"esa-staff"}


def test_webb_depends_on_europe_for_launch_and_on_canada_for_pointing(on):
    portfolio = on("jwst", "2007-06-18")
    assert provided(portfolio, "esa", essential=True) == {"ariane-5-launch"}
    assert provided(portfolio, "csa", essential=True) == {"fine-guidance-sensor"}
    assert provided(portfolio, "esa", essential=False) == {"nirspec", "miri"}
    assert provided(portfolio, "csa", essential=False) == {"niriss"}


@pytest.mark.parametrize(
    ("day", "planned"),
    [
        ("2005-08-31", "2013"),
        ("2010-07-31", "2014"),
        ("2011-09-30", "2018-10"),
        ("2017-09-28", "2019-03..2019-06"),
        ("2018-03-27", "2020-05"),
        ("2018-06-27", "2021-03-30"),
        ("2021-12-25", "2021-12-25"),
    ],
)
def test_planned_launch_of_webb(on, day, planned):
    assert on("jwst", day).missions["jwst"].planned.text == planned
