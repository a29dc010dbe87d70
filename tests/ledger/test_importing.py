"""A folder's history in the ledger says the same on every day and to every viewer."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from synodos.exchange import read_history
from synodos.language import PUBLIC
from synodos.ledger import LedgerError, found_ledger, import_history, record_history, register_key, snapshot, verified
from synodos.ledger.keying import rotate_key
from synodos.ledger.models import StoredEntry
from synodos.ledger.storing import entry_of
from tests.language.minimal import agency, history, statement
from tests.ledger.councils import SECRETARIAT, signer

pytestmark = pytest.mark.django_db
SHIPPED = ("cassini-huygens", "exomars", "exploration2011", "exploration2026", "gateway", "hubble", "iss", "jwst")


@pytest.fixture(autouse=True)
def ledger():
    """A ledger that begins."""
    found_ledger(signer(SECRETARIAT))


def signers(history):
    """Everybody who states a record, and the secretariat."""
    return {name: signer(name) for name in {SECRETARIAT, *(record.stated_by for record in history.statements)}}


def imported(history, **given):
    return import_history(history, signers=signers(history), **given)


def entries():
    return [entry_of(row) for row in StoredEntry.whole_ledger.order_by("id")]


def says_the_same(folder, viewers, days):
    done = imported(folder, confirmed=True)
    assert (done.statements, done.known, done.registered) == (len(folder.statements), 0, ("synodos-compilers",))
    for viewer in viewers:
        for day in days:
            assert snapshot(day, viewer=viewer).sha256 == folder.known_on(day, viewer).sha256, (day, viewer)


@pytest.mark.parametrize("name", ["exploration2011", "exomars", "hubble"])
def test_a_shipped_portfolio_says_the_same(root, name):
    folder = read_history(root / "portfolios" / name)
    days = sorted({record.as_of.latest for record in folder.statements})
    says_the_same(folder, (PUBLIC, "esa"), (None, days[len(days) // 2]))


@pytest.mark.proof
@pytest.mark.parametrize("name", [*SHIPPED, "nasa-agreements"])
def test_every_shipped_portfolio_says_the_same_on_every_day(root, name):
    folder = read_history(root / "portfolios" / name)
    days = sorted({record.as_of.latest for record in folder.statements})
    viewers = (PUBLIC, "esa", "nasa", SECRETARIAT, "synodos-compilers", "nobody")
    says_the_same(folder, viewers, (None, days[0] - dt.timedelta(days=1), *days))


def test_importing_again_adds_nothing(root):
    folder = read_history(root / "portfolios/hubble")
    first = imported(folder, confirmed=True)
    again = imported(folder, confirmed=True)
    assert (again.entries, again.known) == (0, first.statements)
    assert first.entries == len(entries()) - 1  # but for the entry with which the ledger began


def test_a_folder_that_grew_adds_what_is_new():
    element = statement("element", owner="esa", name="Lander")
    imported(history(element))
    grown = history(element, statement("element", owner="esa", name="Larger lander", as_of="2012"))
    done = imported(grown)
    assert (done.entries, done.known) == (1, 2)
    assert snapshot(viewer=PUBLIC).sha256 == grown.known_on(viewer=PUBLIC).sha256
    assert snapshot(dt.date(2011, 12, 31), viewer=PUBLIC).sha256 == grown.known_on(dt.date(2011, 12, 31), PUBLIC).sha256


def test_a_statement_found_later_on_an_earlier_day_stands_on_that_day():
    late = statement("element", owner="esa", name="Lander", as_of="2012")
    imported(history(late))
    early = statement("element", owner="esa", name="Idea of a lander", as_of="2011")
    imported(history(early, late))
    assert snapshot(dt.date(2011, 12, 31), viewer=PUBLIC).elements["some-element"].name == "Idea of a lander"
    assert snapshot(viewer=PUBLIC).elements["some-element"].name == "Lander"


def test_a_folder_in_which_a_compiler_tells_members_what_the_owner_would_not_receive_is_refused():
    archive = {"id": "archive", "name": "The archive"}
    told = statement("element", owner="esa", stated_by="archive", release="members")
    with pytest.raises(LedgerError, match=r"release\.owner"):
        imported(history(told, compiler=archive))
    imported(history(told, agency("esa", member_since="2007", as_of="2012"), compiler=archive))
    assert "some-element" in snapshot(viewer="esa").elements


def test_every_entry_is_signed_by_its_author_and_follows_the_one_before():
    imported(history(statement("element"), statement("mission", release="members")))
    last = {}
    for entry in entries():
        assert entry.key == signer(entry.author).public_hex
        assert verified(entry.key, entry.body, entry.signature)
        number, hash_ = last.get(entry.chain, (0, entry.chain.start))
        assert (entry.number, entry.previous) == (number + 1, hash_)
        last[entry.chain] = entry.number, entry.hash


def test_processes_that_sign_change_nothing_but_the_time(root, monkeypatch):
    monkeypatch.setattr("synodos.ledger.importing.BATCH", 20)
    folder = read_history(root / "portfolios/hubble")
    told = []
    with ThreadPoolExecutor(2) as pool:
        imported(folder, confirmed=True, executor=pool, progress=lambda done, all_: told.append((done, all_)))
    assert all(verified(entry.key, entry.body, entry.signature) for entry in entries())
    assert snapshot(viewer=PUBLIC).sha256 == folder.known_on(viewer=PUBLIC).sha256
    assert told[0] == (0, len(folder.statements))
    assert told[-1] == (len(folder.statements), len(folder.statements))
    assert told == sorted(told)


def test_a_record_that_moves_is_retracted_where_it_was_and_told_where_it_goes():
    public = statement("element", release="public", name="Lander", as_of="2010")
    secret = statement("element", release=["jaxa"], name="Lander with a secret", as_of="2011")
    back = statement("element", release="public", name="Lander again", as_of="2012")
    jaxa = agency("jaxa", as_of="2009")
    imported(history(agency("esa", as_of="2009"), jaxa, back, secret, public))
    year = [dt.date(number, 12, 31) for number in (2010, 2011, 2012)]

    def name(day, viewer):
        found = snapshot(day, viewer=viewer).elements.get("some-element")
        return found.name if found else None

    assert [name(day, PUBLIC) for day in year] == ["Lander", None, "Lander again"]
    assert [name(day, "jaxa") for day in year] == ["Lander", "Lander with a secret", "Lander again"]
    assert [name(day, "esa") for day in year] == ["Lander", "Lander with a secret", "Lander again"]
    told = record_history("element", "some-element", viewer=PUBLIC)
    assert [entry.act for entry in told] == ["declare", "retract", "declare"]
    assert "secret" not in "".join(entry.body.decode() for entry in told)


def test_a_retraction_reaches_those_who_saw_the_record_and_nobody_else():
    stated = statement("element", release=["jaxa"], as_of="2010")
    ended = statement("element", release="public", retracted=True, as_of="2011")
    imported(history(agency("esa", as_of="2009"), agency("jaxa", as_of="2009"), stated, ended))
    assert record_history("element", "some-element", viewer=PUBLIC) == ()
    assert [entry.act for entry in record_history("element", "some-element", viewer="jaxa")] == ["declare", "retract"]


def test_somebody_without_a_key_stops_the_import_and_nothing_is_stored():
    before = len(entries())
    plans = history(statement("element"))
    assert refused(plans, signers={SECRETARIAT: signer(SECRETARIAT)}).code == "key.missing"
    assert refused(plans, signers={"esa": signer("esa")}).code == "key.unregistered"
    register_key("esa", signer("esa").public_hex, secretariat=signer(SECRETARIAT))
    assert refused(plans, signers={"esa": signer("esa")}).code == "key.missing"  # the header is the secretariat's
    wrong = {"esa": signer("esa", 1), SECRETARIAT: signer(SECRETARIAT)}
    assert refused(plans, signers=wrong).code == "key.unregistered"
    rotate_key(signer("esa"), signer("esa", 1))
    assert refused(plans, signers=signers(plans)).code == "key.replaced"
    assert len(entries()) == before + 2
    import_history(plans, signers=wrong)
    assert "some-element" in snapshot(viewer=PUBLIC).elements


def test_an_import_that_fails_half_way_stores_nothing(monkeypatch):
    monkeypatch.setattr("synodos.ledger.importing.BATCH", 2)
    before = len(entries())
    plans = history(*(statement("element", id=f"element-{number}") for number in range(9)))
    told = []

    def fail(done, _):
        told.append(done)
        if done >= 6:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        imported(plans, progress=fail)
    assert told == [0, 2, 4, 6]
    assert len(entries()) == before


def test_a_ledger_holds_one_portfolio():
    imported(history(statement("element")))
    other = refused(history(statement("mission"), id="other-portfolio"))
    assert other.code == "header.other"
    assert "'some-portfolio'" in str(other)


def test_a_header_may_be_revised():
    imported(history(statement("element")))
    imported(history(statement("element"), title="Plans of some"))
    assert snapshot(viewer=PUBLIC).header.title == "Plans of some"


def test_records_with_an_export_classification_ask_first():
    plans = history(statement("element", export_classification="USML XV(a)", name="Thruster"))
    error = refused(plans)
    assert error.code == "release.unconfirmed"
    assert "USML XV(a)" in str(error)
    assert "everybody" in str(error)
    assert imported(plans, confirmed=True).known == 0


def test_an_id_that_another_owner_has_is_refused():
    imported(history(statement("element"), agency("nasa")))
    taken = history(statement("element", owner="nasa", stated_by="nasa"), agency("nasa"))
    assert [fault.code for fault in refused(taken).faults] == ["id.taken"]


def refused(plans, **given):
    with pytest.raises(LedgerError) as caught:
        import_history(plans, **{"signers": signers(plans), **given})
    return caught.value
