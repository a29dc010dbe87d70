"""Bundles: what is in one, what merging it does, and that a bad one changes nothing and says why."""

import hashlib
import json

import pytest

from synodos.ledger import ChainName, LedgerError, bundle_header, join, merge_bundle, new_signer, verify, write_bundle
from synodos.ledger.bundle_lines import BundleHeader, entry_line, first_line, last_line
from synodos.ledger.entry import Entry
from synodos.ledger.signing import signed
from synodos.ledger.storing import entries_of
from tests.ledger.instances import SECRETARIAT, count, held, portfolio_hash


def lines(path):
    return path.read_bytes().splitlines(keepends=True)


def sealed(path, *body):
    """Write lines with the last line that belongs to them."""
    text = b"".join(body)
    path.write_bytes(text + last_line(len(body) - 1, hashlib.sha256(text).hexdigest()))
    return path


def refusal(path):
    """Why a bundle is refused; nothing may change."""
    before = held()
    with pytest.raises(LedgerError) as caught:
        merge_bundle(path)
    assert held() == before
    return caught.value


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        ("public", {"public"}),
        ("jaxa", {"public", "members"}),
        ("nasa", {"public", "members", "nasa"}),
        ("esa", {"public", "members", "nasa", "private"}),
        ("isecg", {"public", "members"}),
        ("stranger", {"public"}),
    ],
)
def test_a_bundle_holds_what_its_reader_may_read_and_no_trace_of_more(shared, viewer, seen):
    path = shared.bundle(SECRETARIAT, viewer)
    text = path.read_text(encoding="utf-8")
    assert {name for name in ("public", "members", "nasa", "private") if f'"to-{name}"' in text} == seen
    first, *entries, last = map(json.loads, text.splitlines())
    assert first == {
        "anchor": shared.signer(SECRETARIAT).public_hex,
        "for": viewer,
        "format": "synodos-bundle",
        "secretariat": SECRETARIAT,
        "version": 1,
    }
    assert last["end"]["entries"] == len(entries)
    chains = {}
    for line in entries:
        entry = line["entry"]
        chains.setdefault((entry["author"], str(entry["audience"])), []).append(entry["number"])
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in chains.values()), "whole chains"


def test_a_bundle_does_not_change_with_what_its_reader_may_not_read(shared):
    before = shared.bundle(SECRETARIAT, "jaxa").read_bytes()
    shared.element(SECRETARIAT, "esa", "secret", release="private")
    shared.element(SECRETARIAT, "esa", "for-nasa", release=["nasa"])
    assert shared.bundle(SECRETARIAT, "jaxa").read_bytes() == before


def test_joining_and_merging_show_the_same_portfolio(shared):
    for viewer in ("jaxa", "nasa", "esa"):
        shared.look_at(SECRETARIAT)
        expected = portfolio_hash(viewer)
        merged = shared.join(viewer, SECRETARIAT, viewer)
        assert (merged.known, merged.forked) == (0, ())
        assert merged.added == count()
        assert portfolio_hash(viewer) == expected
        assert verify() == ()


def test_merging_again_changes_nothing_and_news_are_added(shared):
    shared.join("laptop", SECRETARIAT, "nasa")
    again = shared.give(SECRETARIAT, "laptop", "nasa")
    assert (again.added, again.chains) == (0, ())
    shared.element("laptop", "nasa", "rover")
    back = shared.give("laptop", SECRETARIAT, SECRETARIAT)
    assert (back.added, back.chains) == (1, (ChainName("nasa", "public"),)) or back.added == 2  # with its source
    assert '"rover"' in shared.bundle(SECRETARIAT, "public").read_text(encoding="utf-8")


def test_older_bundles_take_nothing_back(shared):
    shared.join("laptop", SECRETARIAT, "nasa")
    old = shared.bundle(SECRETARIAT, "nasa", shared.folder / "old.jsonl")
    shared.element(SECRETARIAT, "esa", "second")
    shared.give(SECRETARIAT, "laptop", "nasa")
    after = portfolio_hash("nasa")
    assert merge_bundle(old).added == 0
    assert portfolio_hash("nasa") == after


def test_joining_needs_the_anchor_that_the_secretariat_gives(shared):
    bundle = shared.bundle(SECRETARIAT, "nasa")
    assert bundle_header(bundle) == BundleHeader(SECRETARIAT, shared.signer(SECRETARIAT).public_hex, "nasa")
    shared.new("laptop")
    shared.look_at("laptop")
    with pytest.raises(LedgerError, match=r"bundle\.anchor: .*line 1, anchor: found"):
        join(bundle, anchor=new_signer("x").public_hex)
    assert count() == 0
    join(bundle, anchor=" ".join(shared.signer(SECRETARIAT).public_hex.upper()))
    with pytest.raises(LedgerError, match=r"ledger\.founded"):
        join(bundle, anchor=shared.signer(SECRETARIAT).public_hex)


def test_every_place_at_which_a_bundle_is_cut_off_is_told(shared):
    whole = shared.bundle(SECRETARIAT, "nasa").read_bytes()
    shared.join("laptop", SECRETARIAT, "public")
    cut = shared.folder / "cut.jsonl"
    codes = set()
    for length in (0, 1, 50, len(whole) // 2, len(whole) - 1, *(len(whole) - len(lines_) for lines_ in tails(whole))):
        cut.write_bytes(whole[:length])
        codes.add(refusal(cut).code)
    assert codes == {"bundle.empty", "bundle.truncated"}


def tails(text):
    """The last one to three lines of a text."""
    whole = text.splitlines(keepends=True)
    return [b"".join(whole[-number:]) for number in (1, 2, 3)]


def test_any_changed_byte_is_told(shared):
    path = shared.bundle(SECRETARIAT, "nasa")
    whole = path.read_bytes()
    shared.join("laptop", SECRETARIAT, "public")
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        path.write_bytes(bytes(changed))
        assert refusal(path).code.startswith(("bundle.", "entry."))
    assert verify() == ()


def resealed(shared, change, name="forged.jsonl"):
    """A bundle for NASA whose lines were changed, with the right count and hash at its end."""
    shared.join("laptop", SECRETARIAT, "public")
    body = lines(shared.bundle(SECRETARIAT, "nasa"))[:-1]
    shared.look_at("laptop")
    return sealed(shared.folder / name, *change(body))


def test_changed_content_with_a_new_seal_is_told_by_its_signature(shared):
    def change(body):
        at = next(place for place, line in enumerate(body) if b"Lander nasa" in line)
        body[at] = body[at].replace(b"Lander nasa", b"Lander xxxx")
        return body

    error = refusal(resealed(shared, change))
    assert error.code == "entry.signature"
    assert error.place.startswith("forged.jsonl, line ")
    assert error.place.endswith(", signature")


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (lambda body: body[:-2] + body[-1:], "entry.chain", "previous"),
        (lambda body: [*body[:-2], body[-1], body[-2]], "entry.chain", "previous"),
        (lambda body: [body[0], *body[2:], body[1]], "entry.chain", "line 2, previous"),
        (lambda body: [*body, body[-1]], "bundle.order", "out of order, or twice"),
        (lambda body: [body[0], b"{}\n", *body[1:]], "bundle.line", "holds no entry"),
        (lambda body: [body[0], b"\n", *body[1:]], "bundle.line", "holds no entry"),
        (lambda body: [body[0].replace(b'"version":1', b'"version":2'), *body[1:]], "bundle.version", "later Synodos"),
        (lambda body: [b'{"format":"other"}\n', *body[1:]], "bundle.form", "expected 'synodos-bundle'"),
        (lambda body: [b"[1]\n", *body[1:]], "bundle.form", "no JSON object"),
        (lambda body: [body[0].replace(b'"for":"nasa"', b'"for":"NASA!"'), *body[1:]], "bundle.form", "expected an id"),
        (lambda body: [body[0].replace(b",", b", ", 1), *body[1:]], "bundle.form", "not as bundles write it"),
        (lambda body: [body[0], *body[2:]], "entry.chain", "expected the hash of an entry 1 of this chain"),
        (lambda body: [*body[:-1], body[1], body[-1]], "bundle.order", "out of order, or twice"),
    ],
    ids=(
        *("missing", "swapped", "moved", "twice", "no-entry", "blank", "later", "other-form", "list", "viewer"),
        *("blanks", "first-missing", "back"),
    ),
)
def test_a_bundle_of_another_shape_is_refused_with_its_line(shared, change, code, said):
    error = refusal(resealed(shared, change))
    assert error.code == code
    assert said in str(error)
    assert "forged.jsonl, line " in error.place


def test_lines_after_the_last_are_told(shared):
    shared.join("laptop", SECRETARIAT, "public")
    path = shared.bundle(SECRETARIAT, "nasa")
    path.write_bytes(path.read_bytes() + b"{}\n")
    shared.look_at("laptop")
    assert "goes on after its last line" in str(refusal(path))


def test_an_entry_signed_by_a_key_that_nobody_announced_is_refused(shared):
    thief = new_signer("jaxa")

    def forge(body):
        chain = ChainName("jaxa", "members")
        content = {"id": "x", "owner": "jaxa", "stated_by": "jaxa", "release": "members", "as_of": "2011"}
        content |= {"confidence": "read", "sources": ["report"], "name": "X", "status": "planned"}
        entry = Entry("jaxa", "members", 1, "declare", "element", "x", "2011", content, chain.start, thief.public_hex)
        line = entry_line(signed(entry, thief))
        at = next(place for place, one in enumerate(body) if place and json.loads(one)["entry"]["audience"] != "public")
        return [*body[:at], *sorted([*body[at:], line], key=by_author)]

    error = refusal(resealed(shared, forge))
    assert error.code == "entry.unknown-key"
    assert "jaxa" in error.message


def by_author(line):
    entry = json.loads(line)["entry"]
    return entry["author"], str(entry["audience"]).strip("[']"), entry["number"]


def test_a_bundle_of_another_ledger_is_refused(shared, tmp_path, template):
    shared.join("laptop", SECRETARIAT, "nasa")
    other = type(shared)(tmp_path / "other", template)
    other.folder.mkdir()
    other.found("nasa")
    foreign = other.bundle(SECRETARIAT, "nasa")
    shared.look_at("laptop")
    error = refusal(foreign)
    assert error.code == "bundle.foreign"
    assert error.place == f"{foreign.name}, line 1, anchor"


def test_too_much_is_refused(shared, monkeypatch):
    shared.join("laptop", SECRETARIAT, "public")
    path = shared.bundle(SECRETARIAT, "nasa")
    shared.look_at("laptop")
    for name, most in (("MOST_LINE_BYTES", 500), ("MOST_BUNDLE_BYTES", 3_000), ("MOST_ENTRIES", 3)):
        with monkeypatch.context() as patched:
            patched.setattr(f"synodos.ledger.bundle_lines.{name}", most)
            assert refusal(path).code == "bundle.large"
    assert merge_bundle(path).added > 0


def test_hostile_lines_end_in_one_clear_refusal(shared):
    deep = b'{"entry":' + b"[" * 200_000 + b"]" * 200_000 + b',"signature":"' + b"0" * 128 + b'"}\n'
    brace = b'{"entry":{"a":' + b"[" * 50_000 + b"]" * 50_000 + b'},"signature":"' + b"0" * 128 + b'"}\n'
    number = b'{"entry":{"a":' + b"9" * 100_000 + b'},"signature":"' + b"0" * 128 + b'"}\n'
    bytes_ = b'{"entry":{"a":"\xff\xfe"},"signature":"' + b"0" * 128 + b'"}\n'
    nan = b'{"entry":{"a":NaN},"signature":"' + b"0" * 128 + b'"}\n'
    for line in (deep, brace, number, bytes_, nan):
        error = refusal(resealed_once(shared, line))
        assert error.code in ("bundle.line", "entry.form")
        assert len(str(error)) < 1_000


def resealed_once(shared, line):
    """A bundle for the laptop of NASA that holds one more line."""
    if not (shared.folder / "laptop.sqlite3").exists():
        shared.join("laptop", SECRETARIAT, "public")
    shared.look_at("laptop")
    first = first_line(BundleHeader(SECRETARIAT, shared.signer(SECRETARIAT).public_hex, "nasa"))
    return sealed(shared.folder / "hostile.jsonl", first, line)


def test_a_file_that_cannot_be_read_is_told(shared):
    shared.look_at(SECRETARIAT)
    with pytest.raises(LedgerError, match=r"bundle\.place: .*cannot be read"):
        merge_bundle(shared.folder / "nowhere.jsonl")
    with pytest.raises(LedgerError, match=r"bundle\.place: .*cannot be read"):
        merge_bundle(shared.folder)


def test_an_interrupted_export_leaves_the_former_file(shared, monkeypatch):
    path = shared.bundle(SECRETARIAT, "nasa")
    before = path.read_bytes()
    monkeypatch.setattr("synodos.ledger.bundles.last_line", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_bundle("nasa", path)
    assert path.read_bytes() == before
    assert [one.name for one in shared.folder.glob(".*")] == []


def test_entries_come_out_as_they_were_signed(shared):
    shared.look_at(SECRETARIAT)
    chain = ChainName("esa", ("nasa",))
    here = [(entry.body, entry.signature) for entry in entries_of(chain)]
    shared.join("laptop", SECRETARIAT, "nasa")
    assert [(entry.body, entry.signature) for entry in entries_of(chain)] == here
