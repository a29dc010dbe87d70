"""Lists of sanctioned parties come in; what is no such list ends in one clear fault."""

import json

import pytest

from synodos.exchange import read_sanctions_list
from synodos.language import ListedParty, PortfolioError

ENTITIES = (
    {
        "id": "made-up-1",
        "schema": "Company",
        "properties": {
            "name": ["Progress Rocket Works", "Ракетный завод Прогресс"],
            "alias": ["PRW"],
            "weakAlias": ["Works 7"],
            "country": ["ru"],
            "program": ["MADE-UP"],
        },
    },
    {"id": "made-up-2", "schema": "Person", "properties": {"name": ["A. Person"]}},
    {"id": "made-up-3", "schema": "Address", "properties": {"full": ["1 Street"]}},
)
XML = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://made-up.example/sdn">
  <publshInformation><Publish_Date>01/02/2026</Publish_Date><Record_Count>2</Record_Count></publshInformation>
  <sdnEntry>
    <uid>7</uid><lastName>PROGRESS ROCKET WORKS</lastName><sdnType>Entity</sdnType>
    <programList><program>MADE-UP</program></programList>
    <akaList><aka><uid>8</uid><type>a.k.a.</type><category>weak</category><lastName>WORKS 7</lastName></aka></akaList>
    <addressList><address><uid>9</uid><country>Russia</country></address></addressList>
  </sdnEntry>
  <sdnEntry><uid>10</uid><firstName>A.</firstName><lastName>PERSON</lastName><sdnType>Individual</sdnType></sdnEntry>
</sdnList>
"""
CSV = (
    '7,"PROGRESS ROCKET WORKS",-0- ,"MADE-UP] [OTHER",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a remark"\r\n'
    '10,"PERSON, A.","individual","MADE-UP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
)
WORKS = "PROGRESS ROCKET WORKS"


def saved(folder, text, name="list.txt"):
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def lines(*entities):
    return "\n".join(json.dumps(entity) for entity in entities) + "\n"


def test_entities_of_follow_the_money_are_read(tmp_path):
    works, person = read_sanctions_list(saved(tmp_path, lines(*ENTITIES)))
    others = ("Ракетный завод Прогресс", "PRW", "Works 7")
    assert works == ListedParty("made-up-1", "Progress Rocket Works", others, "organisation", ("MADE-UP",), ("ru",))
    assert (person.id, person.sort) == ("made-up-2", "person")


def test_the_sdn_list_in_xml_is_read(tmp_path):
    works, person = read_sanctions_list(saved(tmp_path, XML, "sdn.xml"))
    assert works == ListedParty("7", WORKS, ("WORKS 7",), "organisation", ("MADE-UP",), ("Russia",))
    assert (person.name, person.sort) == ("A. PERSON", "person")


def test_the_sdn_list_in_csv_is_read_with_the_other_names_beside_it(tmp_path):
    file = saved(tmp_path, CSV, "sdn.csv")
    saved(tmp_path, '7,8,"aka","WORKS 7",-0- \r\n7,9,"fka","OLD WORKS",-0- \r\n\x1a', "alt.csv")
    works, person = read_sanctions_list(file)
    assert works == ListedParty("7", WORKS, ("WORKS 7", "OLD WORKS"), "organisation", ("MADE-UP", "OTHER"))
    assert (person.name, person.sort, person.programmes) == ("PERSON, A.", "person", ("MADE-UP",))


def test_without_the_file_beside_it_a_csv_has_no_other_names(tmp_path):
    saved(tmp_path, '7,8,"aka","WORKS 7",-0- \n', "alt.csv")
    assert read_sanctions_list(saved(tmp_path, CSV, "copy.csv"))[0].also_called == ()


ENTITY = '{"id": "a", "schema": "Company", "properties": {"name": ["A"]}}\n'
BOMB = '<!DOCTYPE sdnList [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><sdnList><x>&b;</x></sdnList>'
OUTSIDE = '<!DOCTYPE sdnList SYSTEM "file:///etc/passwd"><sdnList/>'


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        pytest.param("", "sanctions.empty", "list.txt", id="empty"),
        pytest.param(b"\xff\xfe\x00", "file.encoding", "list.txt", id="other-encoding"),
        pytest.param(b'{"id"\x00', "file.encoding", "list.txt:1", id="null-byte"),
        pytest.param('{"id": "a"}\n', "sanctions.entity", "list.txt:1", id="no-schema"),
        pytest.param(ENTITY + '{"id": \n', "sanctions.entity", "list.txt:2", id="cut-off-json"),
        pytest.param(ENTITY + '["a"]\n', "sanctions.entity", "list.txt:2", id="no-object"),
        pytest.param('{"id": "a", "schema": "Company", "properties": []}', "sanctions.entity", "list.txt:1", id="list"),
        pytest.param(ENTITY.replace('["A"]', '"A"'), "sanctions.entity", "list.txt:1", id="name-is-no-list"),
        pytest.param(ENTITY.replace('["A"]', "[[]]"), "sanctions.entity", "list.txt:1", id="name-is-no-text"),
        pytest.param(ENTITY + '{"a":' * 100_000 + "\n", "sanctions.entity", "list.txt:2", id="deep-json"),
        pytest.param(lines(ENTITIES[2]), "sanctions.empty", "list.txt", id="nobody"),
        pytest.param(BOMB, "sanctions.entities", "list.txt", id="entities-in-xml"),
        pytest.param(OUTSIDE, "sanctions.entities", "list.txt", id="outside-file-in-xml"),
        pytest.param(XML[:-20], "sanctions.xml", "list.txt", id="cut-off-xml"),
        pytest.param("<html><body/></html>", "sanctions.xml", "list.txt", id="other-xml"),
        pytest.param("<sdnList/>", "sanctions.empty", "list.txt", id="empty-xml"),
        pytest.param("<sdnList><sdnEntry/></sdnList>", "sanctions.entry", "list.txt", id="nameless-entry"),
        pytest.param("<a>" * 100_000, "sanctions.xml", "list.txt", id="deep-xml"),
        pytest.param("name;state\nWorks;Russia\n", "sanctions.row", "list.txt:1", id="other-csv"),
        pytest.param(CSV + "1,2,3\n", "sanctions.row", "list.txt:3", id="short-row"),
        pytest.param('7,"PROGRESS', "sanctions.row", "list.txt", id="cut-off-csv"),
    ],
)
def test_what_is_no_list_ends_in_one_fault(tmp_path, text, code, place):
    with pytest.raises(PortfolioError) as raised:
        read_sanctions_list(saved(tmp_path, text))
    (fault,) = raised.value.faults
    assert fault.code == code
    assert fault.place.startswith(place)


def test_a_folder_or_a_missing_file_ends_in_one_fault(tmp_path):
    for file in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(PortfolioError) as raised:
            read_sanctions_list(file)
        assert len(raised.value.faults) == 1
