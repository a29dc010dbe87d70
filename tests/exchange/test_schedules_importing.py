"""Schedule files on their way into a portfolio folder, and again when a newer one comes."""

import datetime as dt

import pytest

from synodos.exchange import import_schedule, inspect, read_portfolio
from synodos.exchange.schedules.page import page_with_source
from synodos.exchange.yaml_text import compose
from synodos.language import DateRange, Header, PortfolioError, Source
from tests.exchange.plans import AGENCIES, PAGE
from tests.exchange.schedule_files import link, project, task, xer

OWNER = compose(AGENCIES, "").content["agencies"][0]["id"]
FIRST = "2026-01-05"
LATER = "2026-03-02"
PAGE_NOW = PAGE.replace(str(compose(PAGE, "").content["known_on"]), "2026-02-01")


@pytest.fixture
def plan(tmp_path):
    """Write a P6 file with these activities."""

    def write(*tasks, day=FIRST, links=(), name="plan.xer"):
        path = tmp_path / name
        text = xer(list(tasks), list(links), projects=[project(last_recalc_date=f"{day} 08:00")])
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def plans(folder):
    return folder(portfolio_yaml=PAGE_NOW)


def numbers(summary):
    return summary.added, summary.changed, summary.unchanged, summary.retracted


def texts(path):
    return {entry.name: entry.read_text(encoding="utf-8") for entry in path.iterdir()}


def test_a_new_folder_becomes_a_portfolio_that_checks(plan, tmp_path):
    into = tmp_path / "mars lander"
    done = import_schedule(plan(task(1, "A", 3), task(2, "B", 2), links=[link(1, 1, 2)]), "esa", into)
    assert numbers(done) == (4, 0, 0, 0)
    assert sorted(texts(into)) == ["agencies.yaml", f"esa-lander-{FIRST}.yaml", "portfolio.yaml"]
    assert all(path.is_file() for path in done.written)
    history, faults = inspect(into)
    assert faults == ()
    assert history is not None
    assert set(history.known_on().activities) == {"esa-lander-a", "esa-lander-b"}
    assert (history.header.id, history.header.known_on.text) == ("mars-lander", FIRST)
    assert history.known_on().agencies["esa"].confidence == "unverified"


def test_a_portfolio_keeps_its_own_files_and_its_words(plan, plans):
    page = PAGE_NOW.rstrip() + "\n# the last line\n"
    (plans / "portfolio.yaml").write_text(page, encoding="utf-8")
    before = texts(plans)
    done = import_schedule(plan(task(1, "A", 3)), OWNER, plans)
    now = texts(plans)
    assert now["agencies.yaml"] == before["agencies.yaml"]
    assert set(now) - set(before) == {f"{OWNER}-lander-{FIRST}.yaml"}
    assert "# the last line" in now["portfolio.yaml"]
    assert done.imported.source in read_portfolio(plans).header.sources
    assert read_portfolio(plans).header.known_on.text == "2026-02-01"


def test_a_newer_file_adds_statements_and_retractions(plan, plans):
    import_schedule(plan(task(1, "A", 3), task(2, "B", 2), task(3, "C", 1)), OWNER, plans)
    done = import_schedule(plan(task(1, "A", 3), task(2, "B", 5), task(4, "D", 1), day=LATER), OWNER, plans)
    # new: D; changed: B and the schedule with its status date; as before: A and the calendar; gone: C
    assert numbers(done) == (1, 2, 2, 1)
    then, now = read_portfolio(plans, dt.date.fromisoformat(FIRST)), read_portfolio(plans)
    ends = {key: activity.duration_days for key, activity in now.activities.items()}
    assert ends == {f"{OWNER}-lander-a": 3, f"{OWNER}-lander-b": 5, f"{OWNER}-lander-d": 1}
    assert then.activities[f"{OWNER}-lander-b"].duration_days == 2
    assert f"{OWNER}-lander-c" in then.activities
    assert now.known_on.isoformat() == LATER
    text = (plans / f"{OWNER}-lander-{LATER}.yaml").read_text(encoding="utf-8")
    assert f"id: {OWNER}-lander-a" not in text


def test_what_people_added_stays(plan, plans):
    import_schedule(plan(task(1, "A", 3), task(2, "B", 1)), OWNER, plans, release="public")
    file = plans / f"{OWNER}-lander-{FIRST}.yaml"
    own = "    note: Waits for the customs.\n    spread: {shape: uniform, low: 1, high: 2}\n"
    text = file.read_text(encoding="utf-8")
    marker = f"  - id: {OWNER}-lander-a\n"
    file.write_text(text.replace(marker, marker + own), encoding="utf-8")
    import_schedule(plan(task(1, "A", 4), task(2, "B", 1), day=LATER), OWNER, plans)
    activity = read_portfolio(plans).activities[f"{OWNER}-lander-a"]
    assert (activity.duration_days, activity.note, activity.release) == (4, "Waits for the customs.", "public")
    assert activity.spread is not None


def test_activities_that_came_from_no_file_are_not_retracted(plan, plans):
    import_schedule(plan(task(1, "A", 3)), OWNER, plans)
    by_hand = f"""format: synodos-records
version: 1
activities:
  - id: by-hand
    owner: {OWNER}
    stated_by: {OWNER}
    release: public
    as_of: '{FIRST}'
    name: By hand
    schedule: {OWNER}-lander
    confidence: read
    sources: [{next(iter(compose(PAGE, "").content["sources"]))}]
"""
    (plans / "by-hand.yaml").write_text(by_hand, encoding="utf-8")
    done = import_schedule(plan(task(1, "A", 3), day=LATER), OWNER, plans)
    assert done.retracted == 0
    assert "by-hand" in read_portfolio(plans).activities


def test_the_same_day_again_is_replaced_only_on_request(plan, plans):
    import_schedule(plan(task(1, "A", 3)), OWNER, plans)
    before = texts(plans)
    with pytest.raises(PortfolioError, match=r"import\.exists"):
        import_schedule(plan(task(1, "A", 9)), OWNER, plans)
    assert texts(plans) == before
    import_schedule(plan(task(1, "A", 9)), OWNER, plans, replace=True)
    assert read_portfolio(plans).activities[f"{OWNER}-lander-a"].duration_days == 9


def test_an_unknown_owner_is_refused_with_the_nearest(plan, plans):
    before = texts(plans)
    with pytest.raises(PortfolioError, match=rf"import\.owner[\s\S]*nearest: {OWNER}"):
        import_schedule(plan(task(1, "A")), f"{OWNER}x", plans)
    assert texts(plans) == before


def test_a_folder_that_would_not_be_sound_stays_as_it_was(plan, plans):
    taken = f"""format: synodos-records
version: 1
calendars:
  - id: {OWNER}-lander-five-days
    owner: other
    stated_by: other
    release: public
    as_of: 2026-01-01
    name: Taken
    confidence: read
    sources: [{next(iter(compose(PAGE, "").content["sources"]))}]
"""
    agencies = AGENCIES + AGENCIES[AGENCIES.index("  - ") :].replace(OWNER, "other")
    (plans / "agencies.yaml").write_text(agencies, encoding="utf-8")
    (plans / "taken.yaml").write_text(taken, encoding="utf-8")
    before = texts(plans)
    with pytest.raises(PortfolioError, match=r"owner\.changed"):
        import_schedule(plan(task(1, "A")), OWNER, plans)
    assert texts(plans) == before


@pytest.mark.parametrize(("name", "code"), [("file", "import.into"), ("folder", "file.no-page")])
def test_what_is_no_portfolio_is_left_alone(plan, tmp_path, name, code):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(PortfolioError) as caught:
        import_schedule(plan(task(1, "A")), "esa", tmp_path / name)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert (tmp_path / "folder" / "notes.txt").read_text(encoding="utf-8") == "x"


HEAD = "format: synodos-portfolio\nversion: 1\nid: p\ntitle: P\n"
COMMENTED = """format: synodos-portfolio
version: 1
sources:
  a: {title: A}

  # of b
  b:
    title: B


# P
id: p
title: P
known_on: 2026 # day
"""


@pytest.mark.parametrize(
    "page",
    [
        f"{HEAD}known_on: '2026-01-01'\n# end\n",
        COMMENTED,
        f"{HEAD}known_on: 2026-01-01\nsources: {{a: {{title: A}}}}\n",
        f"{HEAD}known_on: 2026-01-01\nsources:\n    a:\n        title: A",
    ],
    ids=["no sources", "comments", "in one line", "other indents"],
)
def test_a_page_says_what_it_said_and_the_new_source(page):
    content = dict(compose(page, "").content)
    content = {name: value for name, value in content.items() if name not in ("format", "version")}
    old = Header.model_validate(content)
    sources = {**old.sources, "new": Source(title="New: one", note="# none")}
    new = old.model_copy(update={"sources": sources, "known_on": DateRange("2026-02-03")})
    text = page_with_source(page, new, "new")
    said = {name: value for name, value in compose(text, "").content.items() if name not in ("format", "version")}
    assert Header.model_validate(said) == new
    if "{a: {title: A}}" not in page:  # what stands in one line is written anew
        assert {line for line in page.splitlines() if "known_on" not in line} <= set(text.splitlines())
