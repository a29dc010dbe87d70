"""The poster of an edition: the roadmap as one picture on A1, to hang on a wall."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from synodos.language import Portfolio
from synodos.report.answering.wording import counted, listed, percent
from synodos.report.charts.readiness import DARK, FILLS, SIGNS, WORDS
from synodos.report.editions.booklet import edition_header
from synodos.report.editions.poster_lanes import body_colours, lanes
from synodos.report.writing.paper_tables import BREAK
from synodos.report.writing.typesetting import typeset

if TYPE_CHECKING:
    from synodos.roadmap import Edition

MOST_ARRIVALS: Final = 12
MOST_GAPS: Final = 9
MOST_OPPORTUNITIES: Final = 5
MOST_SAID: Final = 3
"""Missions that a gap names."""


def poster_pdf(portfolio: Portfolio, edition: Edition, *, signed_by: str | None = None) -> bytes:
    """Return the poster of an edition as PDF/UA-1 on A1, landscape; equal editions give equal bytes.

    Parameters
    ----------
    portfolio : Portfolio
        What the edition rests on.
    edition : Edition
        The edition.
    signed_by : str, optional
        Agency that signs it; without one the poster says that it is an unsigned draft.
    """
    return typeset("poster.typ", "poster", poster_content(portfolio, edition, signed_by=signed_by))


def poster_content(portfolio: Portfolio, edition: Edition, *, signed_by: str | None = None) -> dict[str, Any]:
    """Return what a poster says and draws, as the template takes it."""
    plan = edition.plan
    return {
        "title": plan.title,
        "edition": f"Edition {plan.number} · {plan.published} · as known on {edition.portfolio.known_on}",
        "draft": signed_by is None,
        "header": edition_header(portfolio, edition, signed_by),
        "alt": poster_words(portfolio, edition),
        "numbers": [{"number": number, "words": words} for number, words in _numbers(edition)],
        "picture": lanes(portfolio, edition),
        "bodies": [
            {"fill": fill, "label": portfolio.destinations.label(body)} for body, fill in body_colours(edition).items()
        ],
        "stages": {
            stage: {"fill": FILLS[stage], "sign": SIGNS[stage], "words": WORDS[stage], "dark": stage in DARK}
            for stage in FILLS
        },
        "arrivals": list(_arrivals(portfolio, edition)),
        "gaps": list(_gaps(portfolio, edition)),
        "instruments": list(_instruments(portfolio, edition)),
        "opportunities": list(_opportunities(portfolio, edition)),
        "members": [one.short_name for one in edition.agencies if one.member],
        "others": [one.short_name for one in edition.agencies if not one.member],
        "sources": _sources(portfolio, edition),
    }


def poster_words(portfolio: Portfolio, edition: Edition) -> str:
    """Return in words what the picture of a poster shows."""
    told = []
    for one in edition.scenarios:
        dated = [mission for mission in one.missions if mission.planned is not None]
        missions = "; ".join(
            f"{mission.name}, {portfolio.agency_name(mission.lead)}, {mission.planned}" for mission in dated
        )
        undated = len(one.missions) - len(dated)
        more = f"; {counted(undated, 'mission')} without a date" if undated else ""
        told.append(f"{one.name}: {missions or 'no dated mission'}{more}")
    return f"Missions of {counted(len(edition.scenarios), 'scenario')} along the years. {'. '.join(told)}."


def _numbers(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the figures that a passer-by should take along."""
    missions = {mission.mission: mission for one in edition.scenarios for mission in one.missions}
    yield str(len(edition.scenarios)), "scenarios"
    yield str(len(missions)), "missions"
    yield str(sum(mission.crewed is True for mission in missions.values())), "with people"
    yield str(sum(one.member for one in edition.agencies)), "members"
    yield str(len(edition.gaps)), "gap" if len(edition.gaps) == 1 else "gaps"
    yield str(len(edition.instruments)), "instruments open"
    yield f"{edition.opportunity_count:,}", "opportunities"


def _arrivals(portfolio: Portfolio, edition: Edition) -> Iterator[dict[str, str]]:
    """Yield the first mission to each body, of all scenarios, people and robots apart."""
    found: dict[tuple[str, bool], tuple[Any, str, Any]] = {}
    for one in edition.comparison.scenarios:
        for arrival in one.arrivals or ():
            if arrival.planned is None:
                continue
            key = arrival.body, bool(arrival.crewed)
            if key not in found or arrival.planned.latest < found[key][0]:
                found[key] = arrival.planned.latest, one.name, arrival
    for (body, crewed), (_, name, arrival) in sorted(found.items(), key=lambda item: item[1][0])[:MOST_ARRIVALS]:
        chance = "" if arrival.in_time is None else f", {percent(arrival.in_time)} in time"
        yield {
            "where": portfolio.destinations.label(body) + (", people" if crewed else ""),
            "when": f"{arrival.planned}{chance}",
            "how": f"{portfolio.missions[arrival.mission].name} ({name})",
        }


def _gaps(portfolio: Portfolio, edition: Edition) -> Iterator[dict[str, str]]:
    """Yield what nobody supplies."""
    for gap in edition.gaps[:MOST_GAPS]:
        names = [portfolio.missions[key].name for key in gap.missions]
        work = ", ".join(portfolio.agency_name(key) for key in gap.worked_on_by[:MOST_SAID])
        yield {
            "what": gap.label,
            "says": f"needed by {listed(names, MOST_SAID)}; "
            + (f"worked on by {work}" if work else "nobody works on it"),
        }
    if len(edition.gaps) > MOST_GAPS:
        yield {"what": f"and {len(edition.gaps) - MOST_GAPS} more", "says": "in the booklet"}


def _instruments(portfolio: Portfolio, edition: Edition) -> Iterator[dict[str, str]]:
    """Yield the instruments that are open, mission by mission, as far as there is room below the gaps."""
    room = MOST_GAPS - min(len(edition.gaps), MOST_GAPS)
    partners: dict[tuple[str, str], list[str]] = {}
    for one in edition.instruments:
        partners.setdefault((one.mission, one.lead), []).append(portfolio.agency_name(one.partner))
    for (mission, lead), names in list(partners.items())[:room]:
        yield {
            "what": portfolio.missions[mission].name,
            "says": f"{portfolio.agency_name(lead)} with {listed(names, MOST_SAID)}",
        }


def _opportunities(portfolio: Portfolio, edition: Edition) -> Iterator[dict[str, str]]:
    """Yield the best opportunities."""
    for one in edition.opportunities[:MOST_OPPORTUNITIES]:
        who = ", ".join(portfolio.agency_name(key) for key in one.agencies)
        yield {"what": f"{who}: {one.kind.replace('-', ' ')}", "says": one.why}


def _sources(portfolio: Portfolio, edition: Edition) -> str:
    """Return what the poster rests on."""
    frozen, plan = edition.portfolio, edition.plan
    stated = f"compiled from public sources by {frozen.compiler}" if frozen.compiler else "declared by the agencies"
    return (
        f"{frozen.title}: {frozen.records:,} records, {frozen.unverified:,} unverified, {stated}; "
        f"{len(portfolio.header.sources):,} sources, listed in the booklet and the data. Chances: {plan.iterations:,} "
        f"iterations, seed {plan.seed}. Law of {plan.law_day}. Synodos {edition.synodos}. "
        f"SHA-256 {_broken(frozen.sha256)}."
    )


def _broken(digest: str) -> str:
    """Return a digest with places to break the line."""
    return BREAK.join(digest[place : place + 8] for place in range(0, len(digest), 8))
