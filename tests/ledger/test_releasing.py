"""Who will see what is about to be stated."""

import pytest

from synodos.language import KINDS, History, fields
from synodos.ledger import CANNOT_BE_CALLED_BACK, LedgerError, classification_of, who_will_see
from synodos.ledger.releasing import CLASSIFICATIONS, asks_first, members, require_confirmation
from tests.language.minimal import agency, header, statement

COUNCIL = (
    agency("esa", short_name="ESA", member_since="2007"),
    agency("jaxa", short_name="JAXA", member_since="2007"),
    agency("nasa", short_name="NASA", member_since="2013"),
)
PLANS = History(header(), COUNCIL).known_on()


def sight(kind="element", **given):
    return who_will_see([statement(kind, **given)], PLANS)[0]


@pytest.mark.parametrize(
    ("release", "names", "words"),
    [
        ("public", ("everybody",), "seen by everybody."),
        ("members", ("JAXA",), "seen by all members: JAXA."),
        (["nasa", "jaxa"], ("JAXA", "NASA"), "seen by JAXA, NASA."),
        (["unknown"], ("unknown",), "seen by unknown."),
        ("private", (), "seen by nobody but esa."),
    ],
    ids=["public", "members", "named", "unknown", "private"],
)
def test_readers_are_named(release, names, words):
    found = sight(release=release)
    assert found.names == names
    assert found.sentence == f"element some-element will be {words}"
    assert found.warning == ""


def test_what_a_compiler_keeps_private_its_owner_sees():
    found = sight(stated_by="compilers", release="private")
    assert (found.audience, found.names) == (("esa",), ("ESA",))


def test_members_are_those_on_the_portfolios_day():
    assert members(PLANS) == ("esa", "jaxa")


def test_a_classification_warns_with_those_who_will_see_it():
    found = sight(release=["nasa"], export_classification="EAR 9A515")
    assert found.warning == (
        "element some-element has the export classification 'EAR 9A515'. element some-element will be seen by NASA."
    )
    with pytest.raises(LedgerError) as caught:
        require_confirmation([found, sight()])
    assert caught.value.code == "release.unconfirmed"
    assert found.warning in caught.value.message
    assert caught.value.message.endswith(CANNOT_BE_CALLED_BACK)


@pytest.mark.parametrize(
    ("release", "named", "betrays"),
    [
        ("public", "public", False),
        ("public", "members", True),
        ("members", "members", False),
        ("members", ["jaxa", "nasa"], True),
        (["jaxa"], "members", False),
        (["nasa"], "members", True),
        (["jaxa"], ["jaxa", "nasa"], False),
        (["jaxa", "nasa"], ["jaxa"], True),
        ("private", "private", False),
        (["esa"], "private", False),
    ],
    ids=str,
)
def test_a_record_betrays_another_one_that_not_all_its_readers_may_see(release, named, betrays):
    lander = statement("element", id="lander", release=named)
    mission = statement("mission", release=release, requirements=[{"capability": "launch", "met_by": ["lander"]}])
    for together in ([mission, lander], [mission]):
        plans = History(header(), (*COUNCIL, lander)).known_on()
        found = who_will_see(together, plans)[0]
        assert [(one.field, one.named.id) for one in found.betrays] == (
            [("requirements[0].met_by[0]", "lander")] if betrays else []
        )
        assert bool(found.warning) == betrays


def test_a_history_for_everybody_is_asked_about_by_its_classified_records_alone():
    plain, classified = statement("element"), statement("element", id="thruster", export_classification="EAR 9A515")
    assert asks_first([plain, classified]) == (classified,)
    assert asks_first([plain, statement("mission", release="members")]) != ()


def test_nobody_is_asked_where_nothing_is_shared_or_nothing_controlled():
    require_confirmation(
        [
            sight(release="private", export_classification="EAR 9A515"),
            sight("transfer", classification="uncontrolled"),
            sight("transfer"),
            sight(),
        ]
    )


def test_every_field_of_the_language_that_names_a_control_list_is_known():
    found = {
        kind.kind: field.name for kind in KINDS for field in fields(kind) if "export control list" in field.description
    }
    assert found == dict(CLASSIFICATIONS)
    for kind in KINDS:
        parts = [field.part for field in fields(kind) if field.part]
        assert not [field.name for part in parts for field in fields(part) if "classification" in field.name]
    assert classification_of(statement("transfer", classification="USML XV(a)")) == "USML XV(a)"
