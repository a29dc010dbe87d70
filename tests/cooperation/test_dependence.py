import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synodos.cooperation import dependence, profile
from synodos.language import Agency, Compiler, Element, Header, History, Mission, Offer

STATED = {"stated_by": "compilers", "release": "public", "as_of": "2011", "confidence": "read", "sources": ["paper"]}
AGENCIES = ("nasa", "esa", "csa", "roscosmos")


def agency(key):
    return Agency(id=key, owner=key, name=key, short_name=key.upper(), actor="agency", member_since="2007", **STATED)


def element(key, owner, provides, needs=(), **fields):
    fields = {"status": "operating", **fields}
    return Element(id=key, owner=owner, name=key, provides=provides, needs=needs, **fields, **STATED)


def mission(key, owner, requirements=(), **fields):
    fields = {"status": "approved", "planned": "2018", **fields}
    return Mission(id=key, owner=owner, name=key, requirements=requirements, **fields, **STATED)


def portfolio(*records):
    header = Header(
        id="small",
        title="Small",
        known_on="2012-01-31",
        compiler=Compiler(id="compilers", name="Compilers"),
        sources={"paper": {"title": "A paper"}},
    )
    return History(header, (*map(agency, AGENCIES), *records)).known_on()


def needs(capability, *, essential=True, met_by=(), **fields):
    return {"capability": capability, "essential": essential, "met_by": met_by, **fields}


def hubble():
    """The European share of the Hubble Space Telescope: camera an enhancement, solar arrays interdependence."""
    return portfolio(
        element("faint-object-camera", "esa", ["spectrometer"]),
        element("arrays", "esa", ["surface-power"]),
        element("telescope", "nasa", ["optical-astronomy"]),
        mission(
            "hubble",
            "nasa",
            [
                needs("spectrometer", essential=False, met_by=["faint-object-camera"]),
                needs("surface-power", met_by=["arrays"]),
                needs("optical-astronomy", met_by=["telescope"]),
            ],
        ),
    )


def test_a_camera_is_enhancement_and_a_power_source_is_interdependence():
    found = {item.capability: item for item in dependence(hubble()).items}
    assert found["spectrometer"].form == "enhancement"
    assert found["surface-power"].form == "interdependence"
    assert "optical-astronomy" not in found, "an own element is no dependence"


def test_share_of_missions_that_hang_on_others():
    row = next(row for row in dependence(hubble()).agencies if row.agency == "nasa")
    assert (row.missions, row.hanging, row.share, row.depends_on) == (1, ("hubble",), 1.0, (("esa", 1),))


def orion(*, module_essential):
    """A crew ship of NASA that cannot fly without the service module of ESA."""
    return portfolio(
        element("service-module", "esa", ["service-module"]),
        element("orion", "nasa", ["crew-spacecraft"], [needs("service-module", met_by=["service-module"])]),
        mission("flight", "csa", [needs("crew-spacecraft", essential=module_essential, met_by=["orion"])]),
    )


@pytest.mark.parametrize(("ship_essential", "over_chain"), [(True, "interdependence"), (None, "not known")])
def test_a_chain_is_essential_only_if_every_link_is(ship_essential, over_chain):
    found = {
        item.on: item for item in dependence(orion(module_essential=ship_essential)).items if "flight" in item.record
    }
    assert found["esa"].via == ("element:orion", "element:service-module")
    assert found["esa"].form == over_chain


def test_what_an_enhancement_needs_in_turn_is_no_dependence():
    found = {item.on for item in dependence(orion(module_essential=False)).items if "flight" in item.record}
    assert found == {"nasa"}


def test_a_loop_of_needs_ends():
    plans = portfolio(
        element("ship", "nasa", ["crew-spacecraft"], [needs("service-module", met_by=["module"])]),
        element("module", "esa", ["service-module"], [needs("crew-spacecraft", met_by=["ship"])]),
        mission("flight", "csa", [needs("crew-spacecraft", met_by=["ship"])]),
    )
    assert {item.on for item in dependence(plans).items if item.dependent == "csa"} == {"nasa", "esa"}


def test_alternatives_count_other_agencies_there_and_then():
    flight = mission("rover", "esa", [needs("launch", met_by=["atlas"])], destinations=["mars-surface"])
    atlas = element("atlas", "nasa", ["launch"])
    proton = element("proton", "roscosmos", ["heavy-launch"], available="2010..")
    late = element("late", "csa", ["launch"], available="2030..")
    offer = Offer(id="ride", owner="csa", name="ride", provides=["launch"], available="2018", **STATED)
    closed = offer.model_copy(update={"standing": "closed"})
    only = dependence(portfolio(flight, atlas, proton, late)).items[0]
    assert only.alternatives == ("roscosmos",)
    assert dependence(portfolio(flight, atlas, proton, late, offer)).items[0].alternatives == ("csa", "roscosmos")
    assert dependence(portfolio(flight, atlas, proton, late, closed)).items[0].alternatives == ("roscosmos",)


def test_what_has_no_second_source_is_a_single_point_of_failure():
    lander = element("lander", "nasa", ["mars-edl"], destinations=["mars-surface"])
    use = needs("mars-edl", met_by=["lander"])
    flights = [mission(f"flight-{n}", "esa", [use], destinations=["mars-surface"]) for n in range(2)]
    (point,) = dependence(portfolio(lander, *flights)).single_points
    assert (point.provider, point.record, point.missions) == (
        "nasa",
        "element:lander",
        ("mission:flight-0", "mission:flight-1"),
    )
    spare = element("spare", "roscosmos", ["mars-edl"], destinations=["mars-surface"])
    assert not dependence(portfolio(lander, spare, *flights)).single_points


def test_plans_that_are_over_depend_on_nothing():
    atlas = element("atlas", "nasa", ["launch"])
    flown = mission("flown", "esa", [needs("launch", met_by=["atlas"])], status="completed")
    assert not dependence(portfolio(atlas, flown)).items


def test_what_is_withheld_stays_a_dependence_without_a_name():
    hidden = element("secret", "nasa", ["launch"]).model_copy(update={"release": ("csa",)})
    flight = mission("flight", "esa", [needs("launch", met_by=["secret"])])
    plans = portfolio(hidden, flight)
    (seen,) = dependence(plans.as_seen_by("roscosmos")).items
    assert (seen.on, seen.via) == ("withheld", ())
    assert dependence(plans.as_seen_by("csa")).items[0].on == "nasa"


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans()), max_size=12))
def test_only_what_another_agency_meets_is_a_dependence(links):
    owners = [AGENCIES[n % len(AGENCIES)] for n in range(6)]
    things = [element(f"thing-{n}", owner, ["launch"]) for n, owner in enumerate(owners)]
    asked = {n: [needs("launch", essential=e, met_by=[f"thing-{t}"]) for m, t, e in links if m == n] for n in range(6)}
    flights = [mission(f"flight-{n}", owner, asked[n]) for n, owner in enumerate(owners)]
    found = {
        (i.record, i.via, i.essential) for i in dependence(portfolio(*things, *flights)).items if i.record[0] == "m"
    }
    expected = {(f"mission:flight-{m}", (f"element:thing-{t}",), e) for m, t, e in links if owners[m] != owners[t]}
    assert found == expected


def test_a_chain_that_weighs_more_is_followed_again():
    plans = portfolio(
        element("drill", "csa", ["drill"]),
        element("rover", "esa", ["robotic-rover", "drill"], [needs("drill", met_by=["drill"])]),
        mission(
            "sample",
            "nasa",
            [needs("drill", essential=None, met_by=["rover"]), needs("robotic-rover", met_by=["rover"])],
        ),
    )
    assert {item.essential for item in dependence(plans).items if item.on == "csa"} >= {True}


def test_what_a_provider_needs_from_itself_is_its_own_business():
    plans = portfolio(
        element("platform", "roscosmos", ["lunar-lander"]),
        element("lander", "roscosmos", ["lunar-lander"], [needs("lunar-lander", met_by=["platform"])]),
        mission("flight", "esa", [needs("lunar-lander", met_by=["lander"])]),
    )
    (only,) = dependence(plans).items
    assert only.via == ("element:lander",)


def test_contractors_of_an_own_element_and_what_is_cancelled_are_no_dependence():
    own = element("lander", "nasa", ["lunar-lander"], operator="csa")
    gone = element("arm", "esa", ["robotic-arm"], status="cancelled")
    use = [needs("lunar-lander", met_by=["lander"]), needs("robotic-arm", met_by=["arm"])]
    assert not dependence(portfolio(own, gone, mission("flight", "nasa", use))).items


def test_a_requirement_that_is_inferred_marks_the_dependence():
    use = [needs("launch", met_by=["atlas"], basis="inferred")]
    plans = portfolio(element("atlas", "nasa", ["launch"]), mission("flight", "esa", use))
    assert dependence(plans).items[0].inferred


def test_a_profile_names_every_benefit_and_risk_of_the_paper():
    names = [aspect.name for aspect in profile(hubble(), "hubble").aspects]
    assert {"payoff", "shared cost", "expertise", "prestige"} <= set(names)
    assert {"dependence", "critical path", "transaction cost", "managerial complexity"} <= set(names)
    assert {"technology transfer", "industrial competitors", "perceived failure"} <= set(names)


def test_a_profile_says_what_is_not_stated():
    aspects = {aspect.name: aspect for aspect in profile(portfolio(mission("alone", "nasa")), "alone").aspects}
    assert not aspects["shared cost"].is_stated
    assert aspects["shared cost"].finding.startswith("not stated: ")
    assert aspects["transaction cost"].value is None


def test_shared_cost_is_the_share_that_others_carry():
    def cost(millions):
        return [{"money": {"amount": millions * 1e6, "currency": "EUR", "price_year": 2012}}]

    plans = portfolio(
        element("probe", "esa", ["orbiter-bus"], costs=cost(100)),
        element("orbiter", "nasa", ["orbiter-bus"], costs=cost(300)),
        mission("cassini", "nasa", [needs("orbiter-bus", met_by=["probe", "orbiter"])]),
    )
    aspects = {aspect.name: aspect for aspect in profile(plans, "cassini").aspects}
    assert aspects["shared cost"].value == pytest.approx(0.25)


def test_the_part_that_is_ready_last_holds_the_critical_path():
    plans = portfolio(
        element("early", "esa", ["launch"], available="2015.."),
        element("late", "roscosmos", ["mars-edl"], available="2018-03.."),
        mission(
            "rover",
            "esa",
            [needs("launch", met_by=["early"]), needs("mars-edl", met_by=["late"])],
            planned="2018-05",
            destinations=["mars-surface"],
        ),
    )
    aspects = {aspect.name: aspect for aspect in profile(plans, "rover").aspects}
    assert "ROSCOSMOS" in aspects["critical path"].finding
    assert aspects["critical path"].value == (dt.date(2018, 5, 31) - dt.date(2018, 3, 1)).days
    assert aspects["missed window"].value == pytest.approx(779.94)
