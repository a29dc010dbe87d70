"""Answers that took long tell nobody of what is hidden from them: not on pages, to programs, or in lists."""

import re
import shutil

import pytest

from synodos.language import History
from tests.databases import opened
from tests.web import answers, scene, tables
from tests.web.crawling import Guest

QUICK = pytest.param("other", ("owner", "other"), ("exposure",), id="other-exposure")
ALL = [
    pytest.param(name, answers.NAMES, answers.QUESTIONS, id=name, marks=pytest.mark.proof)
    for name in (*answers.NAMES, "observer")
]
PAGES = {
    "exposure": "/exposure/",
    "whatif": "/what-if/",
    "risk": "/schedule/risk/",
    "schedule-diff": "/schedule/changes/",
    "compare": "/scenarios/compare/",
    "worth": "/worth/",
    "shares": "/worth/shares/",
}
"""Pages that open with the latest answer to a question."""
TAKEN = ("?format=json", "?format=csv", "?format=xlsx", "progress/")
DONE_TO = ("again", "cancel", "share", "erase")


@pytest.fixture
def documents(monkeypatch):
    """Editions are built without documents, which take seconds to set."""
    from synodos import exchange
    from synodos.report.editions.files import frozen
    from synodos.web.editions import building

    def files(portfolio, edition, *, signed_by=None, changes=None):
        told = (
            (exchange.PLAN_FILE, exchange.edition_plan_text(edition.plan).encode()),
            (exchange.PORTFOLIO_FILE, exchange.portfolio_json(History(portfolio.header, tuple(portfolio)))),
        )
        yield from told
        yield exchange.EDITION_FILE, exchange.edition_json(frozen(edition), None, signed_by, list(told))

    monkeypatch.setattr(building, "edition_files", files)


@pytest.fixture
def told(whole_table, bare, documents, tmp_path, monkeypatch, django_db_blocker):
    """Return a function: all that is said to somebody of answers, at the whole table, and where nothing was hidden."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def say(name, names, asked):
        whole, without = tmp_path / "whole.sqlite3", tmp_path / "without.sqlite3"
        shutil.copy(whole_table, whole)
        bare(tables.EYES[name], without)
        drafts, said = [], []
        for path in (whole, without):
            with django_db_blocker.unblock(), opened(path):
                answers.lay(names, asked)
                if asked == answers.QUESTIONS:
                    drafts.append(answers.built())
                said.append(_said(name, names, asked, drafts[:1]))
        return said

    return say


def _said(name, names, asked, drafts):
    """Return what is said to somebody, by what is asked."""
    guest = Guest(None if name == "stranger" else tables.user(name))
    keys = [answers.key(who, question) for who in names for question in asked]
    addresses = ["/runs/", "/api/v1/runs", "/editions/", "/api/v1/editions", *drafts, *(PAGES[one] for one in asked)]
    addresses += [f"{PAGES[one]}?format=json" for one in asked]
    addresses += [f"/runs/{key}/{what}" for key in keys for what in ("", *TAKEN)]
    addresses += [f"/api/v1/runs/{key}" for key in keys]
    addresses += [f"{draft}{file}" for draft in drafts for file in ("all.zip", "files/portfolio.json")]
    found = {address: guest.get(address) for address in addresses}
    for key in keys:
        found |= {f"POST {what} {key}": guest.post(f"/runs/{key}/{what}/") for what in DONE_TO}
    return {**found, "afterwards": guest.get("/runs/"), "of programs": guest.get("/api/v1/runs")}


@pytest.mark.parametrize(("name", "names", "asked"), [QUICK, *ALL])
def test_answers_say_nothing_of_what_is_hidden(told, name, names, asked):
    whole, without = told(name, names, asked)
    hidden = {word for sort, word in scene.MARKS.items() if tables.EYES[name] not in scene.SEEN_BY[sort]}
    found = re.compile("|".join(sorted(hidden)))
    for address, said in whole.items():
        assert said.status < 500, f"{name} at {address}"
        assert not set(found.findall(said.text)), f"{name} at {address}"
        assert said == without[address], f"{name} at {address}"
    _check_some_is_said(name, names, asked, whole)


def _check_some_is_said(name, names, asked, whole):
    """Check that those who may see an answer do, and that those with whom a question is shared may ask it."""
    for who in names:
        for question in asked:
            said = whole[f"/runs/{answers.key(who, question)}/"]
            public = who == "stranger" and tables.EYES[name] == "public"
            shared = tables.EYES[name] in answers.SHARED.get(who, ())
            assert said.status == (200 if who == name or public or shared else 404), (who, question)
            assert ("format=json" in said.body) == (who == name or public), (who, question)
            assert ("answered on what your agency may see" in said.body) == shared, (who, question)
    if name in names and name != "stranger":
        own = "".join((whole["/runs/"].body, *(whole[f"/runs/{answers.key(name, one)}/"].body for one in asked)))
        seen = {word for sort, word in scene.MARKS.items() if scene.SEEN_BY[sort] == {tables.EYES[name]}}
        assert all(word in own for word in seen)
