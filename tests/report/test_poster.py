"""The poster and the booklet of an edition: everything is there, in its place, and reads without eyes."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest

from synodos.language import DateRange
from synodos.report import document_file
from synodos.report.editions.booklet import edition_document
from synodos.report.editions.poster import poster_content, poster_pdf
from synodos.report.editions.poster_lanes import HIGH, NAMES, WIDE, _label_width
from synodos.roadmap import edition, edition_changes
from tests.report.reading_pdf import catalogue, elements, opened, outline, pages, said
from tests.two_lands import asked, written

A1_MM = (841, 594)
MM_OF_POINT = 25.4 / 72


@pytest.fixture(scope="module")
def folder(root, tmp_path_factory):
    return written(root, tmp_path_factory.mktemp("two-lands"))


@pytest.fixture(scope="module")
def frozen(folder):
    """A portfolio, and an edition of it."""
    portfolio, plan = asked(folder, "second")
    return portfolio, edition(portfolio, plan)


@pytest.fixture(scope="module")
def poster(frozen):
    return poster_pdf(*frozen)


@pytest.fixture(scope="module")
def booklet(folder, frozen):
    changes = edition_changes(edition(*asked(folder, "first")), frozen[1])
    return edition_document(*frozen, changes=changes)


def missions(found):
    return {one.mission: one for scenario in found.scenarios for one in scenario.missions}


def test_a_poster_is_one_page_of_a1(poster):
    (page,) = opened(poster).pages
    assert [round(float(side) * MM_OF_POINT) for side in page.mediabox[2:]] == list(A1_MM)


def test_a_poster_names_every_mission_also_to_those_who_do_not_see_it(poster, frozen):
    _, found = frozen
    words = [alt for tag, alt in elements(poster) if tag == "/Figure" and alt]
    (told,) = [alt for alt in words if "along the years" in alt]
    (text,) = pages(poster)
    for one in missions(found).values():
        assert one.name in text
        assert one.planned is None or (one.name in told and str(one.planned) in told)
    assert found.plan.title in text
    assert bool(catalogue(poster)["/MarkInfo"]["/Marked"])
    assert all(said(member.short_name) in text for member in found.agencies if member.member)


def test_only_an_unsigned_poster_is_a_draft(poster, frozen):
    _, found = frozen
    assert "unsigned draft" in pages(poster)[0]
    signer = next(one for one in found.agencies if one.member)
    signed = pages(poster_pdf(*frozen, signed_by=signer.agency))[0]
    assert "unsigned draft" not in signed
    assert f"signed by {signer.short_name}" in signed


def test_the_same_edition_is_the_same_poster(poster, frozen):
    assert poster_pdf(*frozen) == poster


def test_missions_stand_in_their_lanes_and_in_the_order_of_their_dates(frozen):
    portfolio, found = frozen
    picture = poster_content(portfolio, found)["picture"]
    assert [lane["name"] for lane in picture["lanes"]] == [one.name for one in found.scenarios]
    for lane, scenario in zip(picture["lanes"], found.scenarios, strict=True):
        for drawn, one in zip(lane["missions"], scenario.missions, strict=True):
            assert lane["y"] < drawn["y"] < lane["y"] + lane["high"]
            assert NAMES < drawn["x"] <= drawn["x2"] <= WIDE
            chances = [place for place in drawn["chances"] if place is not None]
            assert chances == sorted(chances)
            assert (one.planned is None) is not drawn["dated"]
        dated = [
            (drawn["x"], one.planned.earliest)
            for drawn, one in zip(lane["missions"], scenario.missions, strict=True)
            if one.planned
        ]
        assert [x for x, _ in sorted(dated)] == [x for x, _ in sorted(dated, key=lambda pair: pair[1])]


@pytest.mark.parametrize("count", [70, 150, 400])
def test_many_missions_share_rows_and_no_label_stands_on_another(frozen, count):
    portfolio, found = frozen
    (one, *_), years = found.scenarios[0].missions, 25
    crowd = [
        replace(
            one,
            mission=f"m{n}",
            name=f"Mission {n}",
            planned=DateRange(str(2027 + n * years // count)) if n % 20 else None,
            p10=None,
            p50=dt.date(2028 + n * years // count, 3, 1) if n % 3 else None,
            p80=None,
        )
        for n in range(count)
    ]
    crowd.sort(key=lambda mission: (mission.planned is None, mission.mission))
    scenario = replace(found.scenarios[0], missions=tuple(crowd))
    picture = poster_content(portfolio, replace(found, scenarios=(scenario,)))["picture"]
    assert picture["high"] <= HIGH + 1e-6
    rows = {}
    for drawn in picture["lanes"][0]["missions"]:
        wide = _label_width(drawn["name"], drawn["who"], drawn["high"])
        left, right = sorted((drawn["label"], drawn["label"] + (wide if drawn["after"] else -wide)))
        rows.setdefault(drawn["y"], []).append((min(left, drawn["x"]), max(right, drawn["x2"])))
    assert sum(len(row) for row in rows.values()) == count
    assert len(rows) < count
    assert all(before[1] < after[0] for row in rows.values() for before, after in pairwise(sorted(row)))


def test_a_booklet_has_every_part_of_its_edition(booklet, frozen):
    _, found = frozen
    titles = [one.title for one in booklet.sections]
    assert [one.name for one in found.scenarios] == [
        title for title in titles if title in {s.name for s in found.scenarios}
    ]
    assert {chapter.title for chapter in found.plan.chapters} <= set(titles)
    assert {"Law and instruments", "What changed since the last edition", "Who takes part", "Sources"} <= set(titles)
    tables = {table.name: table for one in booklet.sections for table in one.tables}
    for scenario in found.scenarios:
        assert [row[0] for row in tables[f"missions-{scenario.id}"].rows] == [one.name for one in scenario.missions]
    assert len({one.anchor for one in booklet.sections}) == len(booklet.sections)


def test_a_booklet_says_on_every_page_what_it_rests_on(booklet, frozen):
    _, found = frozen
    file = document_file(booklet, "pdf")
    assert outline(file) == [one.title for one in booklet.sections]
    for page in pages(file):
        assert "unsigned draft" in page
        assert found.portfolio.sha256[:12] in page
