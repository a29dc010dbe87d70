"""What a question names: whether a viewer sees all of it, and the question in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.web.runs.answering import steps_of

if TYPE_CHECKING:
    from synodos.language import Step

TITLES: Final = {
    "compare": "How do scenarios compare",
    "risk": "How sure are the dates",
    "schedule-diff": "What changed in the schedule",
    "whatif": "What if",
    "exposure": "Who can hurt whom by leaving",
    "worth": "What is planning together worth",
    "shares": "How could it be shared",
    "game": "Shares of a game from a file",
    "law-screen": "Who may be on a list of sanctioned parties",
    "backtest": "How good were the answers",
    "edition": "An edition is built",
    "import": "Files are read",
}
"""What each question is called."""
NAMES: Final = {
    "scenarios": "Scenarios",
    "scope": "Of",
    "until": "Until",
    "since": "Since",
    "iterations": "Iterations",
    "seed": "Seed",
    "for": "Told first of",
    "game": "What is counted",
    "players": "Agencies that may plan together",
    "rule": "Divided by",
    "terms": "Amounts in",
    "years": "Years that are planned",
    "flight_years": "Years in which a mission may fly",
    "exponent": "Exponent of sharing",
    "interface_share": "Share of cost for each interface",
    "redundancy": "Providers of each essential need",
    "limit_s": "Seconds to search for one group",
    "share": "Proposed",
    "most": "Groups to name that object",
    "file": "File",
    "kind": "What the file states",
    "parts": "Parts",
    "dates": "Dates, and not opportunities",
    "dealings": "Random dealings",
}
"""What each parameter is called; those that are not here are not told."""
PERSONAL: Final = ("game", "edition", "import")
"""Questions that rest on more than plans, so that nobody else asks the same."""
UNTOLD: Final = (None, "", [], {})


def title_of(question: str, asked: Mapping[str, Any], portfolio: Portfolio) -> str:
    """Return a question in one line."""
    about = ""
    if question == "whatif":
        told = list(change_lines(asked, portfolio).values())
        about = told[0] if len(told) == 1 else f"{len(told)} changes side by side"
    elif question == "schedule-diff":
        about = f"since {asked['since']}"
    elif question == "risk" and (asked["until"] or asked["scope"]):
        about = ", ".join(_name(portfolio, key) for key in (asked["until"] or "", *(asked["scope"] or ())) if key)
    elif question == "exposure" and asked["for"]:
        about = portfolio.agency_name(asked["for"])
    elif question == "compare" and asked["scenarios"]:
        about = ", ".join(_name(portfolio, key) for key in asked["scenarios"])
    elif question in ("worth", "shares"):
        about = asked["game"]
    elif question == "game":
        about = asked["file"]
    elif question == "edition":
        about = asked["plan"]["title"]
    elif files := asked.get("files"):
        about = ", ".join(file["name"] for file in files)
    return f"{TITLES[question]}: {about}" if about else TITLES[question]


def facts_of(asked: Mapping[str, Any], portfolio: Portfolio) -> list[tuple[str, str]]:
    """Return the parameters of a question in words; those that say nothing are left out."""
    changes = [("Change", line) for line in change_lines(asked, portfolio).values()] if "changes" in asked else []
    sent = [("File", f"{file['name']} (SHA-256 {file['sha256'][:12]})") for file in asked.get("files", ())]
    plain = [
        (NAMES[name], ", ".join(_name(portfolio, str(one)) for one in (value if isinstance(value, list) else [value])))
        for name, value in asked.items()
        if name in NAMES and value not in UNTOLD and not (name == "players" and "values" in asked)
    ]
    return [*changes, *sent, *plain]


def change_lines(asked: Mapping[str, Any], portfolio: Portfolio) -> dict[str, str]:
    """Return each change of a question in words, by its name."""
    from synodos.whatif import change_words

    return {name: change_words(portfolio, steps) for name, steps in steps_of(asked["changes"]).items()}


def _name(portfolio: Portfolio, key: str) -> str:
    """Return the name of what has an id."""
    for table in (
        portfolio.missions,
        portfolio.elements,
        portfolio.activities,
        portfolio.schedules,
        portfolio.scenarios,
    ):
        if key in table:
            return str(getattr(table[key], "name", key))
    return portfolio.agency_name(key)


def unseen(question: str, asked: Mapping[str, Any], portfolio: Portfolio) -> list[str]:
    """Return what a question names and a viewer does not see, be it hidden or not there.

    Parameters
    ----------
    question : str
        Which.
    asked : mapping
        Its parameters.
    portfolio : Portfolio
        As the viewer sees it.
    """
    if question == "whatif":
        found = (one for steps in steps_of(asked["changes"]).values() for step in steps for one in _of(step, portfolio))
    elif question in PERSONAL:
        found = iter(())
    else:
        found = _of_plans(asked, portfolio)
    return list(dict.fromkeys(name for name, valid in found if name not in valid))


def _of_plans(asked: Mapping[str, Any], portfolio: Portfolio) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield what a question names beside steps, each with what it may be."""
    known = scopes(portfolio)
    yield from ((one, known) for one in asked.get("scope") or ())
    if until := asked.get("until"):
        yield until.split(":")[1] if ":" in until else until, known
    yield from ((one, portfolio.scenarios) for one in asked.get("scenarios") or ())
    yield from ((one, portfolio.agencies) for one in asked.get("players") or ())
    if agency := asked.get("for"):
        yield agency, portfolio.agencies
    yield from ((one.rpartition("=")[0], portfolio.agencies) for one in asked.get("share") or ())


def scopes(portfolio: Portfolio) -> set[str]:
    """Return what a network can be about."""
    tables = (portfolio.missions, portfolio.elements, portfolio.agencies, portfolio.schedules, portfolio.activities)
    return {key for table in tables for key in table}


def _of(step: Step, portfolio: Portfolio) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield what a step names, each with what it may be."""
    plans = {*portfolio.missions, *portfolio.elements}
    if step.agency is not None:
        yield step.agency, portfolio.agencies
    yield from ((plan, plans) for plan in (*step.plans, *filter(None, [step.replacement])))
    yield from ((one, portfolio.agreements) for one in step.agreements)
    yield from ((one, portfolio.commitments) for one in step.commitments)
    yield from ((one, portfolio.capabilities.terms) for one in step.provides)
    yield from ((one, portfolio.destinations.terms) for one in step.destinations)
