import os
import sys

import pytest

from synodos import __version__
from synodos.exchange import folder as folder_module
from synodos.exchange import inspect, read_history, write
from synodos.language import PortfolioError
from tests.exchange.plans import AGENCIES, DEFAULTS, HEAD, PAGE, only_fault, told

MISSION = "{id: ID, name: Landing, status: planned}"


def missions(*ids):
    return HEAD + DEFAULTS + "missions:\n" + "".join(f"  - {MISSION.replace('ID', name)}\n" for name in ids)


def ids(path):
    return [record.id for record in read_history(path).statements]


def test_every_yaml_file_in_the_folder_is_read_in_the_order_of_names(folder):
    path = folder({"c.yaml": missions("m3"), "b.YML": missions("m1", "m2"), "z.yml": missions("m4")})
    assert ids(path) == ["esa", "m1", "m2", "m3", "m4"]


def test_hidden_files_other_files_and_sub_folders_are_not_read(folder):
    path = folder({".hidden.yaml": "nonsense", "README.md": "# Plans", "notes.txt": "x", "old.yaml~": "nonsense"})
    (path / "more").mkdir()
    (path / "more" / "missions.yaml").write_text("nonsense")
    assert ids(path) == ["esa"]


def test_one_file_may_hold_several_lists_and_several_statements_of_a_record(folder):
    text = missions("m1") + "elements:\n  - {id: e1, name: Lander, status: idea}\nscenarios:\n"
    path = folder(a_yaml=text, b_yaml=missions("m1").replace("as_of: 2011", "as_of: 2010"))
    assert ids(path) == ["m1", "e1", "esa", "m1"]


def test_defaults_hold_for_every_record_that_does_not_say_otherwise(folder):
    text = missions("m1") + "  - {id: m2, name: Other, status: idea, release: private, as_of: 2010}\n"
    first, second = read_history(folder(m_yaml=text)).statements[1:]
    assert (first.release, str(first.as_of), first.owner) == ("public", "2011", "esa")
    assert (second.release, str(second.as_of), second.owner) == ("private", "2010", "esa")


def test_a_wrong_default_is_told_once_and_where_it_stands(folder):
    text = missions("m1", "m2", "m3").replace("release: public", "release: open")
    assert told(folder(m_yaml=text)) == [("m.yaml:3", "record.value")]


def test_a_misspelt_default_is_one_fault(folder):
    path = folder(m_yaml=missions("m1", "m2").replace("stated_by:", "stated-by:"))
    fault = only_fault(path)
    assert (fault.code, fault.place, fault.nearest) == ("defaults.unknown-field", "m.yaml:3", "stated_by")


@pytest.mark.parametrize(("text", "code"), [("{id: x}", "defaults.unknown-field"), ("[x]", "defaults.form")])
def test_defaults_are_fields_that_every_kind_has(folder, text, code):
    path = folder(a_yaml=AGENCIES.replace("agencies:", f"defaults: {text}\nagencies:"), agencies_yaml=None)
    assert told(path) == [("a.yaml:3", code)]


@pytest.mark.parametrize(
    ("text", "place", "code", "near"),
    [
        ("misions: []", "x.yaml:3", "file.unknown-list", "missions"),
        ("agency: []", "x.yaml:3", "file.unknown-list", "agencies"),
        ("missions: {a: 1}", "x.yaml:3", "file.not-a-list", ""),
        ("missions: m1", "x.yaml:3", "file.not-a-list", ""),
        ("missions:\n  - m1\n", "x.yaml:4", "record.form", ""),
        ("missions:\n  - [m1]\n", "x.yaml:4", "record.form", ""),
        ("missions:\n  -\n", "x.yaml:4", "record.form", ""),
    ],
)
def test_what_is_no_list_of_records_is_told(folder, text, place, code, near):
    fault = only_fault(folder(x_yaml=HEAD + text))
    assert (fault.place, fault.code, fault.nearest) == (place, code, near)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "file.empty", ""),
        ("# nothing\n", "file.empty", ""),
        ("- a\n", "file.format", ":1"),
        ("just text\n", "file.format", ":1"),
        ("version: 1\n", "file.format", ":1"),
        ("# x\nformat: synodos-portfolio\nversion: 1\n", "file.format", ":2"),
        ("format: other\nversion: 1\n", "file.format", ":1"),
        ("format: synodos-records\n", "file.version", ":1"),
        ("format: synodos-records\nversion: one\n", "file.version", ":2"),
        ("format: synodos-records\nversion: true\n", "file.version", ":2"),
        ("format: synodos-records\nversion: 0\n", "file.version", ":2"),
        ("format: synodos-records\nversion: 2\nfuture: things\n", "file.version", ":2"),
    ],
)
def test_a_file_says_its_format_and_version(folder, text, code, line):
    fault = only_fault(folder(x_yaml=text))
    assert (fault.code, fault.place) == (code, f"x.yaml{line}")
    assert "synodos-records" in fault.expected or "version: 1" in fault.expected


def test_a_newer_portfolio_is_one_fault_that_says_what_reads_it(folder):
    newer = {"portfolio.yaml": PAGE.replace("version: 1", "version: 7"), "agencies.yaml": AGENCIES.replace("1", "7", 1)}
    fault = only_fault(folder(newer))
    assert (fault.code, fault.place, fault.found) == ("file.version", "portfolio.yaml:2", "version: 7")
    assert "later release" in fault.expected
    assert __version__ in fault.expected


def test_all_files_are_looked_at_in_one_run(folder):
    path = folder(
        {"portfolio.yaml": PAGE + "colour: red\n"},
        a_yaml="a: [",
        b_yaml=missions("m1").replace("planned", "soon"),
        c_yaml=b"\xff\xfea",
        d_yaml=missions("m2", "m2") + "    horizon: 3\n",
    )
    assert told(path) == [
        ("a.yaml:2", "file.syntax"),
        ("b.yaml:5", "record.value"),
        ("c.yaml", "file.encoding"),
        ("d.yaml:7", "file.syntax"),
        ("portfolio.yaml:8", "record.unknown-field"),
    ]


def test_faults_between_records_name_file_and_line(folder):
    text = (
        missions("m1") + "    #\n  - id: m2\n    name: Other\n    status: planned\n    partners:\n    - agency: eso\n"
    )
    assert told(folder(m_yaml=text)) == [("m.yaml:11", "reference.unknown")]


def test_an_unreadable_file_makes_no_faults_elsewhere(folder):
    assert told(folder(agencies_yaml="agencies: [", m_yaml=missions("m1"))) == [("agencies.yaml:2", "file.syntax")]


def test_a_missing_field_stands_where_its_record_begins(folder):
    text = missions("m1", "m2").replace("name: Landing, ", "", 1)
    assert told(folder(m_yaml=text)) == [("m.yaml:5", "record.missing-field")]


def test_faults_of_form_hide_no_others(folder):
    text = missions("m1") + "  - id: m2\n    id: m3\n    name: 0.1e999\n    status: soon\n"
    assert told(folder(m_yaml=text)) == [
        ("m.yaml:7", "key.twice"),
        ("m.yaml:8", "value.number"),
        ("m.yaml:9", "record.value"),
    ]


def test_a_folder_without_a_page_is_no_portfolio(folder, tmp_path):
    fault = only_fault(folder(portfolio_yaml=None))
    assert (fault.code, fault.expected) == ("file.no-page", "portfolio.yaml")
    assert "agencies.yaml" in fault.found
    (tmp_path / "empty").mkdir()
    assert only_fault(tmp_path / "empty").code == "file.no-page"


@pytest.mark.parametrize("name", ["portfolio.yaml", "x.yaml"])
@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\xff\xfea\x00", "UTF-16"),
        (b"\xfe\xff\x00a", "UTF-16"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"),
        (b"\x00\x00\xfe\xff\x00\x00\x00a", "UTF-32"),
        (b"format: x\nname: M\xfcnchen\n", "byte FC at byte 17"),
        (b"\xef\xbb\xbfa: 1\nb: \xe9\n", "byte E9 at byte 11"),
        (b"a: 1\nb: \x00\n", "byte 00 at byte 8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "byte 00 at byte 8"),
    ],
)
def test_a_wrong_encoding_is_told_with_the_byte(folder, name, data, found):
    fault = only_fault(folder({name: data}))
    assert fault.code == "file.encoding"
    assert found in fault.found
    assert fault.place.split(":")[0] == name


def test_a_byte_order_mark_and_windows_line_ends_are_read(folder):
    path = folder({"agencies.yaml": b"\xef\xbb\xbf" + AGENCIES.replace("\n", "\r\n").encode()})
    assert ids(path) == ["esa"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
class TestLinks:
    def test_a_link_inside_the_folder_is_followed(self, folder):
        path = folder()
        (path / "kept").mkdir()
        (path / "agencies.yaml").rename(path / "kept" / "agencies")
        (path / "agencies.yaml").symlink_to("kept/agencies")
        assert ids(path) == ["esa"]

    def test_a_folder_that_is_a_link_is_read(self, folder, tmp_path):
        (tmp_path / "link").symlink_to(folder())
        assert ids(tmp_path / "link") == ["esa"]

    @pytest.mark.parametrize("name", ["portfolio.yaml", "x.yaml"])
    def test_a_link_out_of_the_folder_is_refused(self, folder, tmp_path, name):
        (tmp_path / "secret").write_text(PAGE)
        path = folder({name: None})
        (path / name).symlink_to(tmp_path / "secret")
        fault = only_fault(path)
        assert (fault.code, fault.place) == ("file.outside", name)

    def test_loops_and_links_to_nothing_are_told(self, folder):
        path = folder()
        (path / "a.yaml").symlink_to("b.yaml")
        (path / "b.yaml").symlink_to("a.yaml")
        (path / "c.yaml").symlink_to("gone")
        assert told(path) == [("a.yaml", "file.unreadable"), ("b.yaml", "file.unreadable"), ("c.yaml", "file.missing")]

    def test_a_folder_that_is_a_loop_is_told(self, tmp_path):
        (tmp_path / "a").symlink_to("b")
        (tmp_path / "b").symlink_to("a")
        assert only_fault(tmp_path / "a").code == "file.unreadable"


def test_a_folder_or_a_pipe_in_place_of_a_file_is_refused(folder):
    path = folder()
    (path / "a.yaml").mkdir()
    os.mkfifo(path / "b.yaml")
    assert told(path) == [("a.yaml", "file.not-regular"), ("b.yaml", "file.not-regular")]


def test_a_file_name_may_hold_anything(folder):
    path = folder()
    (path / "odd\n\x1b[2J.yaml").write_text("x: [")
    (path / os.fsdecode(b"l\xfcge.yaml")).write_text("x: [")
    for fault in inspect(path)[1]:
        assert fault.code == "file.syntax"
        assert fault.place.isprintable()
        assert fault.place.isascii()


def test_files_of_a_folder_are_limited_together(folder, monkeypatch):
    path = folder(m_yaml=missions("m1"))
    monkeypatch.setattr(folder_module, "MOST_FOLDER_BYTES", 100)
    assert only_fault(path).code == "file.too-large"
    monkeypatch.undo()
    monkeypatch.setattr(folder_module, "MOST_FILES", 2)
    assert only_fault(path).code == "file.too-many-files"


def test_the_number_of_records_is_limited(folder, monkeypatch):
    monkeypatch.setattr("synodos.exchange.document.MOST_RECORDS", 2)
    monkeypatch.setattr(folder_module, "MOST_RECORDS", 2)
    assert told(folder(m_yaml=missions("m1", "m2"), n_yaml="never read")) == [("m.yaml", "file.too-many-records")]


def test_many_entries_that_are_no_records_end_in_a_bounded_number_of_faults(folder, monkeypatch):
    monkeypatch.setattr("synodos.exchange.document.MOST_FAULTS", 5)
    faults = inspect(folder(m_yaml=HEAD + "missions:\n" + "- x\n" * 1000))[1]
    assert [fault.code for fault in faults if fault.code != "record.form"] == ["file.more-faults"]
    assert len(faults) == 6


@pytest.mark.parametrize("text", ["", "defaults:\n"])
def test_many_unknown_names_end_in_a_bounded_number_of_faults(folder, monkeypatch, text):
    monkeypatch.setattr("synodos.exchange.document.MOST_FAULTS", 5)
    indent = "  " if text else ""
    names = "".join(f"{indent}word{n}: []\n" for n in range(1000))
    assert len(inspect(folder(m_yaml=HEAD + text + names))[1]) == 6


def written(folder, tmp_path, text):
    write(read_history(folder(m_yaml=text)), tmp_path / "out")
    return {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir()}


def test_a_folder_is_written_with_a_file_for_each_kind(folder, tmp_path):
    files = written(folder, tmp_path, missions("m1", "m2"))
    assert set(files) == {"portfolio.yaml", "agencies.yaml", "missions.yaml"}
    assert files["missions.yaml"] == (
        "format: synodos-records\nversion: 1\n"
        "defaults:\n  owner: esa\n  stated_by: esa\n  release: public\n  confidence: read\n"
        'missions:\n  - id: m1\n    as_of: "2011"\n    sources: [report]\n    name: Landing\n    status: planned\n\n'
        '  - id: m2\n    as_of: "2011"\n    sources: [report]\n    name: Landing\n    status: planned\n\n'
    )
    assert files["portfolio.yaml"].startswith("format: synodos-portfolio\nversion: 1\nid: some-portfolio\n")


def test_only_what_all_records_of_a_file_share_is_written_as_default(folder, tmp_path):
    text = missions("m1") + "  - {id: m2, name: Other, status: idea, release: [], confidence: secondary}\n"
    files = written(folder, tmp_path, text)
    assert "defaults:\n  owner: esa\n  stated_by: esa\nmissions:" in files["missions.yaml"]
    assert "release: []" in files["missions.yaml"]


def test_no_scratch_is_left_and_nothing_changes_if_writing_fails(folder, tmp_path, monkeypatch):
    history = read_history(folder())
    write(history, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def full(path, lines):
        if path.name != "portfolio.yaml":
            raise OSError(28, "No space left on device")
        path.write_text("half")

    monkeypatch.setattr(folder_module, "write_lines", full)
    for name, replace in (("out", True), ("new", False)):
        with pytest.raises(PortfolioError, match="No space left"):
            write(history, tmp_path / name, replace=replace)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "plans"]
