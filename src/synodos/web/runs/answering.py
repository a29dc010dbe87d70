"""What answers each question that takes long: the same engines, with the same parameters, as on the command line.

Loaded only by what works on a run, and inside functions, since engines are slow to load.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from synodos.language import PUBLIC

if TYPE_CHECKING:
    from synodos.coalition import CoalitionWorth, WorthStore
    from synodos.language import Portfolio, Step
    from synodos.report import Answer
    from synodos.web.showing.told import Told

Progress = Callable[[int, int], None]
Say = Callable[[float | None, str], None]
"""Told how much is done, from 0 to 1 or None, and what is being done."""
OPTIONS: Final = "options"
"""Part of the answer on a change that says what can be done."""
MAIN: Final = 0.7
"""Part of the work on risk that the main run is; what is asked beside it tells no progress."""
SHOWN: Final = 0.95
"""How much is done when only tables and pictures are left."""
ROUNDED: Final = 0.005
"""Part of the whole by which shares may miss it: people type what they read."""


@dataclass(frozen=True)
class Led:
    """What work left behind elsewhere at the table.

    Attributes
    ----------
    shown : Told
        What the run shows.
    leads_to : str
        Path of the page on which it goes on.
    """

    shown: Told
    leads_to: str


def answer(question: str, portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer | Led:
    """Return the answer to a question.

    Parameters
    ----------
    question : str
        One of `QUESTIONS`.
    portfolio : Portfolio
        As its viewer may see it.
    asked : mapping
        Its parameters; `paths` are the files on which it rests, `run` is the key of its run.
    say : callable
        Told how far the work is.

    Raises
    ------
    ValueError, PortfolioError
        If the engine refuses what is asked.
    """
    return QUESTIONS[question](portfolio, asked, say)


def _risk(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer:
    """Return how sure the dates are."""
    from synodos import schedule
    from synodos.report import risk_answer

    def progress(done: int, total: int) -> None:
        share = MAIN * done / total
        say(share, f"{done:,} of {total:,} iterations" if done < total else "Who causes the delay, and what moves it")

    say(0.0, "The network of activities")
    network = schedule.network(portfolio, asked["scope"])
    found = schedule.risk(
        network,
        portfolio,
        target=asked["until"],
        iterations=asked["iterations"],
        seed=asked["seed"],
        progress=progress,
    )
    say(SHOWN, "Tables and pictures")
    parameters = {name: asked[name] for name in ("scope", "until", "iterations")}
    return risk_answer(portfolio, found, parameters=parameters, drawn=True)


def _difference(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer:
    """Return what changed in a schedule since a day, and what moved its finish."""
    from synodos import schedule
    from synodos.ledger import snapshot
    from synodos.report import difference_answer

    since = dt.date.fromisoformat(asked["since"])
    earlier = snapshot(since, viewer=portfolio.viewer or PUBLIC)
    say(None, "Both versions")
    before, after = (
        schedule.critical_path(schedule.network(one, asked["scope"]), asked["until"]) for one in (earlier, portfolio)
    )
    say(None, "What moved the finish")
    parameters = {"scope": asked["scope"], "until": asked["until"], "since": since}
    return difference_answer(portfolio, before, after, schedule.difference(before, after), parameters=parameters)


def _whatif(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer:
    """Return what follows from one change, or from several side by side."""
    from synodos.report import comparison_answer, whatif_answer
    from synodos.whatif import consequences, options

    parts, found = asked["parts"], []
    changes = steps_of(asked["changes"])
    of = len(changes)
    for done, (name, steps) in enumerate(changes.items()):
        follow, could = _told_on(say, SHOWN * done / of, SHOWN / of, name)
        with _refused():
            after = consequences(
                portfolio,
                steps,
                parts=[part for part in parts if part != OPTIONS],
                iterations=asked["iterations"],
                seed=asked["seed"],
                progress=follow,
            )
        then = options(portfolio, steps, progress=could) if OPTIONS in parts else None
        found.append((name, after, then))
    say(SHOWN, "Tables and pictures")
    parameters = {name: asked[name] for name in ("changes", "parts", "iterations", "seed")}
    if len(found) > 1:
        return comparison_answer(portfolio, found, parameters)
    return whatif_answer(portfolio, *found[0][1:], parameters=parameters, drawn=True)


def _told_on(say: Say, begun: float, part: float, name: str) -> tuple[Progress, Progress]:
    """Return what tells of what follows from a change, and of what could be done then: half of its part each."""

    def follow(done: int, total: int) -> None:
        say(begun + part / 2 * done / total, f"What follows from {name}: {done} of {total} parts")

    def could(done: int, total: int) -> None:
        say(begun + part / 2 * (1 + done / total), f"What could be done after {name}: {done} of {total} steps")

    follow(0, 1)
    return follow, could


@contextmanager
def _refused() -> Iterator[None]:
    """Raise what the catalogue of norms does not know as what is refused: its words are for who asks."""
    try:
        yield
    except KeyError as error:
        raise ValueError(str(error.args[0])) from error


def steps_of(changes: Mapping[str, list[dict[str, Any]]]) -> dict[str, tuple[Step, ...]]:
    """Return the steps of changes by their names."""
    from synodos.language import Step

    return {name: tuple(Step.model_validate(step) for step in steps) for name, steps in changes.items()}


def _compare(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer:
    """Return scenarios side by side."""
    from synodos import roadmap
    from synodos.report import scenarios_answer

    def progress(done: int, total: int) -> None:
        say(SHOWN * done / total, f"{done} of {total} parts of scenarios")

    keys = asked["scenarios"] or list(portfolio.scenarios)
    parts = asked["parts"] or list(roadmap.ASPECTS[:-1])
    say(0.0, "What the missions need")
    found = roadmap.compare(
        portfolio, keys, aspects=parts, iterations=asked["iterations"], seed=asked["seed"], progress=progress
    )
    say(SHOWN, "Tables and pictures")
    parameters = {name: asked[name] for name in ("iterations", "seed")} | {"scenarios": keys, "parts": parts}
    return scenarios_answer(portfolio, found, parameters, drawn=True)


def _exposure(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer:
    """Return who can hurt whom."""
    from synodos.report import exposure_answer
    from synodos.whatif import exposure

    if asked["for"] is not None and asked["for"] not in portfolio.agencies:
        message = f"for: there is no agency {asked['for']!r} to be seen"
        raise ValueError(message)

    def progress(done: int, total: int) -> None:
        say(SHOWN * done / total, f"{done:,} of {total:,} withdrawals")

    say(0.0, "Every withdrawal in turn")
    found = exposure(portfolio, asked["for"], progress=progress)
    say(SHOWN, "Tables and pictures")
    return exposure_answer(portfolio, found, {"for": asked["for"], "most": None}, drawn=True)


def _worth(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer:
    """Return what cooperating is worth."""
    from synodos.coalition import settlement
    from synodos.report import worth_answer

    found = _worths(portfolio, asked, say)
    say(0.9, "What each would owe and bring")
    settled = settlement(portfolio, found, rule=asked["rule"])
    say(SHOWN, "Tables and pictures")
    names = ("game", "players", "rule", "terms", "years", "flight_years", "exponent", "interface_share", "redundancy")
    parameters = {**{name: asked[name] for name in names}, "limit_s": asked["limit_s"], "for": asked["for"]}
    return worth_answer(portfolio, found, settled, for_agency=asked["for"], parameters=parameters, drawn=True)


def _shares(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer:
    """Return shares of what groups of agencies are worth by their plans; worths that are kept are used."""
    from synodos.coalition import shares_of
    from synodos.report import plan_shares_answer

    found = _worths(portfolio, asked, say)
    say(0.9, "Shares by every rule")
    proposal = _stretched(_proposal(asked["share"], found.players), found) if asked["share"] else None
    divided = shares_of(found, proposal=proposal, most=asked["most"])
    parameters = {"game": asked["game"], "players": asked["players"] or None} | {
        name: asked[name] for name in ("share", "most")
    }
    return plan_shares_answer(portfolio, found, divided, parameters=parameters, drawn=True)


def _game(_portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer:
    """Return shares of what a file states; the portfolio is not asked."""
    from synodos.coalition import fair_shares
    from synodos.report import shares_answer

    say(None, "Shares by every rule")
    proposal = _proposal(asked["share"], tuple(asked["players"])) if asked["share"] else None
    found = fair_shares(
        asked["players"],
        asked["values"],
        kind=asked["kind"],
        budgets=asked["budgets"],
        proposal=proposal,
        most=asked["most"],
    )
    parameters = {name: asked[name] for name in ("file", "share", "most")}
    return shares_answer(found, asked["unit"], parameters=parameters, drawn=True)


def _screened(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer:
    """Return which agencies may be on a list of sanctioned parties."""
    from synodos import law
    from synodos.exchange import read_sanctions_list
    from synodos.report import screening_answer

    (path,) = asked["paths"]
    say(None, "The list")
    entries = read_sanctions_list(path)
    say(0.5, f"{len(entries):,} entries")
    agencies = [one for one in portfolio.agencies.values() if asked["for"] in (None, one.id)]
    found = law.screen(agencies, entries)
    return screening_answer(portfolio, agencies, found, entries, {"list": path.name, "for": asked["for"]})


def _backtest(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Answer:
    """Return how good opportunities, or dates, were beside what came."""
    from synodos import roadmap
    from synodos.exchange import read_outcomes
    from synodos.report import backtest_answer, calibration_answer

    (path,) = asked["paths"]
    came = read_outcomes(path)
    say(None, "What was said, beside what came")
    if asked["dates"]:
        fared = roadmap.calibration(portfolio, came, iterations=asked["iterations"], seed=asked["seed"])
        return calibration_answer(portfolio, came, fared, drawn=True)
    found = roadmap.backtest(portfolio, came, dealings=asked["dealings"], seed=asked["seed"])
    return backtest_answer(portfolio, came, found, drawn=True)


def _edition(_portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Led:
    """Build an edition, and leave it as a draft."""
    from synodos.web.editions.building import build

    return build(asked, say)


def _import(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> Led:
    """Read files, and leave what they say for a preview."""
    from synodos.web.agency.taking_in import take_in

    return take_in(portfolio, asked, say)


def _worths(portfolio: Portfolio, asked: Mapping[str, Any], say: Say) -> CoalitionWorth:
    """Return what every group is worth; each worth is kept as it is found."""
    from synodos.coalition import Assumptions, processes, worth

    currency, _, year = (asked["terms"] or "").partition("@")
    assumed = Assumptions(
        game=asked["game"],
        players=tuple(asked["players"] or ()),
        currency=currency or None,
        price_year=int(year) if year else None,
        years=asked["years"],
        flight_years=asked["flight_years"],
        exponent=asked["exponent"],
        interface_share=asked["interface_share"],
        providers_per_need=asked["redundancy"],
    )

    def progress(done: int, total: int) -> None:
        say(0.9 * done / total, f"{done:,} of {total:,} groups")

    say(0.0, "What each group can do")
    with processes() as executor:
        return worth(portfolio, assumed, executor=executor, store=_kept(), limit_s=asked["limit_s"], progress=progress)


def _kept() -> WorthStore | None:
    """Return where worths are kept, for the command line too; nothing where there is no place for them."""
    from synodos.exchange import KeptWorths, cache_folder

    try:
        return KeptWorths(cache_folder() / "worths")
    except OSError:  # it goes on without, and is only slower when it is asked again
        return None


def _proposal(stated: list[str], players: tuple[str, ...]) -> list[float]:
    """Return the shares that are stated as PLAYER=AMOUNT, in the order of the players."""
    found = {player: float(amount) for player, _, amount in (text.rpartition("=") for text in stated)}
    missing = [player for player in players if player not in found]
    if missing:
        message = f"share: expected one for each player; found none for {', '.join(missing)}"
        raise ValueError(message)
    return [found[player] for player in players]


def _stretched(shares: list[float], found: CoalitionWorth) -> list[float]:
    """Return shares as people read them off an answer, stretched to what there is to divide."""
    from synodos.report import worth_unit

    unit, whole = worth_unit(found.together), found.game.whole
    total = sum(shares) * unit.per
    if not whole or abs(total - whole) > ROUNDED * abs(whole):
        told = f"{whole / unit.per:,.4g} {unit.words}"
        message = f"share: expected shares that add up to {told}; found {sum(shares):,.4g}"
        raise ValueError(message)
    return [share * unit.per * whole / total for share in shares]


QUESTIONS: Final[Mapping[str, Callable[[Portfolio, Mapping[str, Any], Say], Answer | Led]]] = {
    "compare": _compare,
    "risk": _risk,
    "schedule-diff": _difference,
    "whatif": _whatif,
    "exposure": _exposure,
    "worth": _worth,
    "shares": _shares,
    "game": _game,
    "law-screen": _screened,
    "backtest": _backtest,
    "edition": _edition,
    "import": _import,
}
"""What answers each question."""
