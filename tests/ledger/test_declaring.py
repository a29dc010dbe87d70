"""What an agency declares, revises and retracts, and what the ledger refuses."""

import datetime as dt

import pytest
from django.db import transaction

from synodos.language import PUBLIC, Compiler, Source
from synodos.ledger import (
    ChainName,
    LedgerError,
    append,
    declare,
    entries_of,
    faults_of,
    found_ledger,
    head,
    record_history,
    register_key,
    snapshot,
    verified,
)
from synodos.ledger.chaining import Author
from synodos.ledger.models import StoredEntry
from synodos.ledger.signing import signed
from tests.language.minimal import agency, header, statement
from tests.ledger.councils import SECRETARIAT, signer

SOURCES = {"report": Source(title="Report")}
COMPILERS = "compilers"


@pytest.fixture(scope="module")
def council(django_db_setup, django_db_blocker):
    """A ledger with two agencies that are members, a third that is none, and compilers; made once for all tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        _begin()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def ledger(council, db):
    """Each test begins with that ledger."""


def _begin():
    compiler = Compiler(id=COMPILERS, name="Compilers")
    found_ledger(signer(SECRETARIAT), header=header(compiler=compiler, sources={}))
    for name in ("esa", "nasa", "jaxa", COMPILERS):
        register_key(name, signer(name).public_hex, secretariat=signer(SECRETARIAT))
    for name in ("esa", "nasa"):
        declare([agency(name, member_since="2007")], signer=signer(name), sources=SOURCES)
    declare([agency("jaxa")], signer=signer("jaxa"), sources=SOURCES)


def element(**given):
    return statement("element", **{"id": "lander", "as_of": "2011-05-01", **given})


def stating(*records, by="esa", **given):
    return declare(records, signer=signer(by), **{"sources": SOURCES, **given})


def refusal(*records, **given):
    with pytest.raises(LedgerError) as caught:
        stating(*records, **given)
    return caught.value


def codes(*records, **given):
    error = refusal(*records, **given)
    assert error.code == "record.faults"
    assert len(str(error).splitlines()) >= len(error.faults)
    return [fault.code for fault in error.faults]


def seen(viewer, day=None, id="lander"):
    found = snapshot(day, viewer=viewer).elements.get(id)
    return found.name if found else None


def acts(viewer, id="lander"):
    return [(entry.act, entry.audience) for entry in record_history("element", id, viewer=viewer)]


def stored():
    return StoredEntry.whole_ledger.count()


def test_a_record_is_declared_revised_and_retracted():
    first = stating(element(name="Lander"))
    assert [(entry.act, entry.kind, entry.number) for entry in first] == [("declare", "element", 3)]
    assert all(verified(entry.key, entry.body, entry.signature) for entry in first)
    stating(element(name="Large lander", as_of="2011-06-01"))
    assert (seen(PUBLIC), seen(PUBLIC, dt.date(2011, 5, 2))) == ("Large lander", "Lander")
    stating(element(retracted=True, as_of="2011-07-01"))
    assert seen(PUBLIC) is None
    assert seen(PUBLIC, dt.date(2011, 6, 1)) == "Large lander"
    assert [act for act, _ in acts(PUBLIC)] == ["declare", "revise", "retract"]


def test_a_retracted_record_may_be_declared_again():
    stating(element())
    stating(element(retracted=True, as_of="2011-07-01"))
    stating(element(name="Once more", as_of="2011-08-01"))
    assert [act for act, _ in acts(PUBLIC)] == ["declare", "retract", "declare"]
    assert seen(PUBLIC) == "Once more"


def test_what_stands_already_is_not_stated_again():
    stating(element())
    before = stored()
    assert stating(element()) == ()
    assert stored() == before


def test_of_one_day_the_later_statement_counts():
    stating(element(name="Before lunch"))
    stating(element(name="After lunch"))
    assert seen(PUBLIC) == "After lunch"


def test_sources_stand_once_in_the_chain_that_cites_them():
    stating(element())
    stating(element(id="orbiter"))
    in_public = [e for e in entries_of(ChainName("esa", "public")) if e.kind == "source"]
    assert len(in_public) == 1
    stating(element(id="rover", release="members"))
    assert [e.kind for e in entries_of(ChainName("esa", "members"))] == ["source", "element"]
    stating(element(id="probe"), sources={"report": Source(title="Second edition")})
    acts_of_source = [e.act for e in entries_of(ChainName("esa", "public")) if e.kind == "source"]
    assert acts_of_source == ["declare", "revise"]
    assert snapshot(viewer=PUBLIC).header.sources["report"].title == "Second edition"


def test_a_source_cited_on_an_earlier_day_is_known_on_that_day():
    stating(element(sources=["old"], as_of="2012"), sources={"old": Source(title="Old")})
    stating(element(id="orbiter", sources=["old"], as_of="2011"), sources={})
    assert "old" in snapshot(dt.date(2011, 12, 31), viewer=PUBLIC).header.sources


def test_a_source_that_the_author_sees_need_not_be_given():
    stating(element(sources=["paper"]), sources={"paper": Source(title="Paper")})
    stating(element(id="rover", owner="nasa", stated_by="nasa", sources=["paper"]), by="nasa", sources={})
    assert snapshot(viewer=PUBLIC).header.sources["paper"].title == "Paper"


def test_ones_own_text_of_a_source_is_kept_where_others_have_another_under_that_key():
    stating(element(sources=["paper"]), sources={"paper": Source(title="ESA's paper")})
    nasa = {"owner": "nasa", "stated_by": "nasa", "sources": ["paper"]}
    stating(element(id="rover", **nasa), by="nasa", sources={"paper": Source(title="NASA's paper")})
    stating(element(id="probe", **nasa), by="nasa", sources={})
    assert [e.act for e in entries_of(ChainName("nasa", "public")) if e.id == "paper"] == ["declare"]
    view = snapshot(viewer=PUBLIC)
    assert view.header.sources[view.elements["probe"].sources[0]].title == "NASA's paper"
    assert view.header.sources[view.elements["lander"].sources[0]].title == "ESA's paper"


def test_a_record_that_moves_leaves_its_old_readers_without_a_word_of_the_new_text():
    stating(element(name="Lander"))
    moved = stating(element(name="Lander with a secret", release=["jaxa"], as_of="2011-06-01"))
    assert [(e.act, e.kind, e.audience) for e in sorted(moved, key=lambda e: e.audience == ("jaxa",))] == [
        ("retract", "element", "public"),
        ("declare", "source", ("jaxa",)),
        ("declare", "element", ("jaxa",)),
    ]
    assert (seen(PUBLIC), seen("nasa"), seen("jaxa")) == (None, None, "Lander with a secret")
    assert "secret" not in "".join(e.body.decode() for e in record_history("element", "lander", viewer="nasa"))
    stating(element(name="Lander", release="members", as_of="2011-07-01"))
    assert (seen(PUBLIC), seen("nasa"), seen("jaxa")) == (None, "Lander", None)


def test_a_record_that_moves_may_cite_other_sources_than_before():
    stating(element(sources=["old"]), sources={"old": Source(title="Old")})
    stating(element(release="members", sources=["new"], as_of="2012"), sources={"new": Source(title="New")})
    assert (seen(PUBLIC), seen("nasa")) == (None, "Lander")
    assert [(e.act, e.kind) for e in entries_of(ChainName("esa", "members"))] == [
        ("declare", "source"),
        ("declare", "element"),
    ]


def test_a_move_on_one_day_leaves_the_record_with_those_who_see_both():
    stating(element(name="Public"))
    stating(element(name="For members", release="members"))
    assert (seen(PUBLIC), seen("nasa"), seen("esa")) == (None, "For members", "For members")


def test_what_ended_on_its_own_day_is_not_ended_again_by_a_move():
    stating(element())
    stating(element(retracted=True))
    moved = stating(element(release="members", as_of="2012"))
    assert "retract" not in [entry.act for entry in moved]


def test_what_a_stranger_says_takes_no_id():
    forger = Author("nasa", signer("nasa").public_hex, head)
    entries = forger.stating(element(owner="jaxa", stated_by="nasa"), SOURCES)
    append([signed(entry, signer("nasa")) for entry in entries])
    assert seen(PUBLIC) is None
    stating(element())
    assert seen(PUBLIC) == "Lander"


def test_private_records_stay_with_their_author():
    stating(element(release="private"))
    assert (seen("esa"), seen("nasa"), seen(SECRETARIAT), seen(PUBLIC)) == ("Lander", None, None, None)


def test_compilers_state_records_of_owners_and_owners_correct_them():
    stating(element(stated_by=COMPILERS, name="As compiled"), by=COMPILERS)
    assert seen(PUBLIC) == "As compiled"
    stating(element(name="As declared"))
    assert seen(PUBLIC) == "As declared"
    stating(element(stated_by=COMPILERS, name="Compiled later", as_of="2011-06-01"), by=COMPILERS)
    assert seen(PUBLIC) == "Compiled later"


def test_what_a_compiler_keeps_private_its_owner_sees():
    stating(element(stated_by=COMPILERS, release="private"), by=COMPILERS)
    assert (seen("esa"), seen(COMPILERS), seen("nasa")) == ("Lander", "Lander", None)


def test_a_compiler_tells_the_members_nothing_that_the_owner_would_not_receive():
    told = element(owner="jaxa", stated_by=COMPILERS, release="members")
    assert codes(told, by=COMPILERS) == ["release.owner"]
    early = agency("jaxa", stated_by=COMPILERS, as_of="2010", member_since="2010")
    assert codes(told, early, by=COMPILERS) == ["release.owner"], "what the agency said later itself stands"
    stating(told, agency("jaxa", stated_by=COMPILERS, as_of="2012", member_since="2011"), by=COMPILERS)
    assert (seen("jaxa"), seen("nasa"), seen(PUBLIC)) == ("Lander", "Lander", None)


def test_others_records_are_refused():
    assert codes(element(owner="nasa", stated_by="esa")) == ["author.not-owner"]
    assert "author.not-signer" in codes(element(owner="nasa", stated_by="nasa"))
    assert codes(element(owner="nasa", stated_by="nasa"), by=COMPILERS) == ["author.not-signer"]


def test_an_id_that_is_taken_is_refused_only_where_it_can_be_seen():
    stating(element(owner="nasa", stated_by="nasa"), by="nasa")
    assert codes(element()) == ["id.taken"]
    stating(element(id="probe", owner="nasa", stated_by="nasa", release="private"), by="nasa")
    assert len(stating(element(id="probe"))) == 1  # a refusal would betray the other one
    assert seen("esa", id="probe") == "Lander"


def test_an_earlier_date_than_the_last_is_refused():
    stating(element(as_of="2011-06-01"))
    assert codes(element(as_of="2011-05-01")) == ["statement.early"]


def test_there_must_be_something_to_retract():
    assert codes(element(retracted=True)) == ["retraction.nothing"]


def test_what_readers_may_not_see_is_withheld_by_the_author_or_confirmed():
    stating(element(release=["nasa"]))
    mission = statement("mission", requirements=[{"capability": "launch", "met_by": ["lander"]}], as_of="2012")
    error = refusal(mission, check=False)
    assert error.code == "release.unconfirmed"
    assert "mission some-mission names element lander in requirements[0].met_by[0]" in error.message
    stating(mission.model_copy(update={"release": ("nasa",)}), check=False)
    stating(statement("mission", id="other", partners=[{"agency": "withheld"}]))
    assert len(stating(mission, check=False, confirmed=True)) > 0


def test_faults_are_those_of_files():
    found = refusal(
        element(needs=[{"capability": "launhc"}], owner="esa"), statement("mission", partners=[{"agency": "nsa"}])
    )
    assert [fault.code for fault in found.faults] == ["term.unknown", "reference.unknown"]
    assert found.faults[1].nearest == "nasa"
    assert refusal(element(sources=["nowhere"]), check=False).code == "source.unknown"
    assert codes(element(sources=["nowhere"])) == ["source.unknown"]


def test_records_may_refer_to_each_other_and_none_is_stored_if_one_is_wrong():
    mission = statement("mission", requirements=[{"capability": "landing-engines", "met_by": ["lander"]}])
    before = stored()
    assert codes(mission, element(provides=["nothing"])) != []
    assert stored() == before
    stating(mission, element(provides=["landing-engines"]))
    assert "some-mission" in snapshot(viewer=PUBLIC).missions


def test_a_preview_finds_the_same_faults_without_a_key():
    assert [f.code for f in faults_of([element(owner="nasa")], author="esa", sources=SOURCES)] == ["author.not-owner"]
    assert faults_of([element()], author="esa", sources=SOURCES) == ()
    assert [f.code for f in faults_of([element(sources=["nowhere"])], author="esa")] == ["source.unknown"]


@pytest.mark.parametrize(
    "record",
    [
        statement("element", export_classification="USML XV(a)"),
        statement("transfer", classification="EAR 9A515", release="members"),
    ],
    ids=["element", "transfer"],
)
def test_a_record_with_an_export_classification_asks_first(record):
    before = stored()
    error = refusal(record)
    assert error.code == "release.unconfirmed"
    assert ("everybody" if record.kind == "element" else "all members") in error.message
    assert "cannot be called back" in error.message
    assert stored() == before
    assert len(stating(record, confirmed=True)) >= 1


def test_a_key_that_nobody_registered_declares_nothing():
    stranger = signer("esa", 1)
    with pytest.raises(LedgerError, match="not registered") as caught:
        declare([element()], signer=stranger, sources=SOURCES)
    assert caught.value.code == "key.unregistered"


def test_nothing_is_declared_where_there_is_no_ledger():
    from synodos.ledger.models import Ledger

    Ledger.objects.all().delete()
    assert refusal(element()).code == "ledger.missing"
