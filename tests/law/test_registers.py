"""Registers: who is bound since when, with a source per row, and contradictions as faults."""

import datetime as dt

import pytest

from synodos.language import DateRange, PortfolioError
from synodos.law.registers import COLUMNS, read, registers, state_names

TODAY = dt.date(2026, 11, 22)
PAGE = """\
registers:
  PACT: {title: A pact, file: pact.csv, in_force: '1980-01-01', waiting_days: 30, as_at: '2026-01-01', others: none}
"""


def truth(register, party, day, known_on=TODAY):
    return registers().on(register, party, DateRange(day), known_on)


@pytest.mark.parametrize(
    ("register", "party", "day", "expected"),
    [
        ("OST", "usa", "1967-10-09", "no"),
        ("OST", "usa", "1967-10-10", "yes"),
        ("OST", "lux", "2006-01-16", "no"),  # Fedlex SR 0.790: 2006-01-17
        ("OST", "lux", "2006-01-17", "yes"),
        ("OST", "esa", "2020", "no"),  # Articles VI and XIII know no organisation as a party
        ("OST", "irn", "2000", "perhaps"),  # the sources disagree
        ("OST", "zzz", "2000", "perhaps"),  # no row
        ("ARRA", "bel", "2000", "perhaps"),  # a party, since when is not known
        ("ARRA", "bel", "2030", "yes"),
        ("LIAB", "esa", "1976-09-22", "no"),
        ("LIAB", "esa", "1976-09-23", "yes"),  # declaration of 1976-09-23, at once
        ("REG", "esa", "1979-01-02", "yes"),
        ("REG", "isr", "2020", "perhaps"),  # no party by general knowledge, which is not enough
        ("MOON", "aus", "1986-08-05", "no"),  # deposit 1986-07-07, thirtieth day after
        ("MOON", "aus", "1986-08-06", "yes"),
        ("MOON", "aut", "1984-07-10", "no"),  # before the agreement itself was in force
        ("MOON", "aut", "1984-07-11", "yes"),
        ("MOON", "fra", "2000", "no"),  # signed only
        ("MOON", "usa", "2000", "no"),
        ("MOON", "sau", "2024-01-04", "yes"),
        ("MOON", "sau", "2024-01-05", "no"),  # withdrawal takes effect a year after the notice
        ("artemis-accords", "usa", "2020-10-12", "no"),
        ("artemis-accords", "usa", "2020-10-13", "yes"),
        ("artemis-accords", "mys", "2025-10", "perhaps"),  # the day was not found
        ("artemis-accords", "lva", "2026-06", "perhaps"),
        ("artemis-accords", "rus", "2026-06", "no"),
        ("iss-partners", "ita", "2001-03-27", "yes"),
        ("iss-partners", "chn", "2020", "no"),
        ("esa", "ita", "1999", "yes"),
        ("esa", "ita", "1990", "perhaps"),
    ],
)
def test_who_is_bound(register, party, day, expected):
    assert truth(register, party, day) == expected


@pytest.mark.parametrize("register", ["OST", "ARRA", "LIAB", "REG", "MOON"])
def test_general_knowledge_makes_nobody_a_stranger_to_a_treaty(register):
    rows = registers().rows[register].values()
    assert [row.id for row in rows if row.status == "none" and row.confidence == "unverified"] == []


def test_a_withdrawal_counts_since_it_was_notified():
    assert truth("MOON", "sau", "2025", dt.date(2023, 1, 4)) == "yes"
    assert truth("MOON", "sau", "2025", dt.date(2023, 1, 5)) == "no"


def test_a_deposit_that_lies_ahead_is_not_known():
    assert truth("OST", "arm", "2030", dt.date(2017, 1, 1)) == "no"
    assert truth("OST", "arm", "2030", dt.date(2018, 3, 28)) == "yes"


def test_every_row_has_a_source_and_says_when_it_is_general_knowledge():
    rows = [row for of in registers().rows.values() for row in of.values()]
    assert len(rows) > 500
    assert all(row.source for row in rows)
    assert all(row.confidence == "unverified" for row in rows if row.source.startswith("general knowledge"))
    assert registers().row("ARRA", "esa").confidence == "unverified"


def test_disputes_are_kept():
    for party in ("mex", "hun", "lva"):
        assert "disagree" in registers().row("artemis-accords", party).note
    assert "disagree" in registers().row("OST", "esa").note


def written(folder, *rows):
    (folder / "registers.yaml").write_text(PAGE, encoding="utf-8")
    lines = [",".join(COLUMNS), *rows]
    (folder / "pact.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("rows", "code", "places"),
    [
        (
            ["PACT,usa,party,1990,,,,read,a,", "PACT,usa,party,1991,,,,read,b,"],
            "register.twice",
            ["pact.csv:2", "pact.csv:3"],
        ),
        (["PACT,usa,party,1990,1989,,,read,a,"], "register.order", ["pact.csv:2"]),
        (["PACT,usa,none,,1989,,,read,a,"], "register.status", ["pact.csv:2"]),
        (["PACK,usa,party,1990,,,,read,a,"], "register.unknown", ["pact.csv:2"]),
        (["PACT,usa,maybe,1990,,,,read,a,"], "record.value", ["pact.csv:2"]),
        (["PACT,usa,party,1990-13,,,,read,a,"], "record.value", ["pact.csv:2"]),
        (["PACT,usa,party,1990,,,,read,,"], "record.missing-field", ["pact.csv:2"]),
    ],
)
def test_rows_at_fault_are_named(tmp_path, rows, code, places):
    with pytest.raises(PortfolioError) as error:
        read(written(tmp_path, *rows))
    (fault,) = error.value.faults
    assert fault.code == code
    assert all(place in str(fault) for place in places)


def test_a_waiting_period_counts_from_the_deposit(tmp_path):
    found = read(written(tmp_path, "PACT,usa,party,1990-01-01,,,,read,a,"))
    assert found.on("PACT", "usa", DateRange("1990-01-30"), TODAY) == "no"
    assert found.on("PACT", "usa", DateRange("1990-01-31"), TODAY) == "yes"


def test_every_state_of_a_register_has_a_name():
    listed = {
        party for name, rows in registers().rows.items() if name not in ("isecg", "china-rider") for party in rows
    }
    organisations = {"esa", "eumetsat", "eutelsat-igo"}
    assert listed - organisations <= state_names().keys()
