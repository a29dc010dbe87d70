"""The one program: rules, norms, windows, registers and the facts of each profile, as clingo reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from synodos.language import Portfolio, load
from synodos.law.assessing.profiles import Profile, Profiles
from synodos.law.catalogue import Binds, Catalogue
from synodos.law.rules.dependencies import constants
from synodos.law.types import ALL
from synodos.law.windows import Truth

REGISTER_PLACE: Final = 2
"""Place of the register among what rules ask of it."""
STATES: Final = ("agency", "government-body")
"""Kinds of actors that are bodies of their state."""


def program(found: Profiles, catalogue: Catalogue, portfolio: Portfolio, only: Iterable[int] | None = None) -> str:
    """Return the program that judges some profiles.

    Parameters
    ----------
    found : Profiles
        Profiles, with what their classes mean.
    catalogue : Catalogue
        Norms and rules; see `with_policies` for those that the portfolio records.
    portfolio : Portfolio
        Says which actors are bodies of which state.
    only : iterable of int, optional
        Numbers of the profiles to judge; all if it is not given.
    """
    chosen = found.profiles if only is None else [found.profiles[number] for number in only]
    return "\n".join(
        [
            *catalogue.rules.values(),
            *_norm_facts(catalogue, found.windows),
            *_reading_facts(catalogue),
            *catalogue.facts,
            *_window_facts(found),
            *_standing_facts(chosen),
            *_binding_facts(catalogue, portfolio, chosen),
            *(line for profile in chosen for line in _profile_facts(profile)),
            "",
        ]
    )


def _norm_facts(catalogue: Catalogue, windows: Mapping[str, int]) -> Iterator[str]:
    """Yield what the catalogue says of each norm that is known."""
    for key, window in windows.items():
        norm, name = catalogue.norms[key], quoted(key)
        yield f"norm({name},{quoted(catalogue.instrument_of[key])},{norm.judged},{window})."
        for question, answer in norm.met_when.items():
            yield f"turns_on({name},{quoted(question)},{answer})."
        for other in norm.lifts:
            yield f"lifts({name},{quoted(other)})."
    for instrument in catalogue.instruments.values():
        if instrument.binds.listed_in is not None:
            yield f"register_of({quoted(instrument.id)},{quoted(instrument.binds.listed_in)})."


def _reading_facts(catalogue: Catalogue) -> Iterator[str]:
    """Yield the readings of each contested question, and the registers that rules ask."""
    contested = load("contested-questions")
    for question in contested.children(None):
        for reading in contested.children(question):
            yield f"reading_of({quoted(question)},{quoted(reading)})."
    for asked, predicate in (("asked_of_register", "listed"), ("doubt_asked_of_register", "perhaps_listed")):
        registers = sorted(constants(catalogue.rules, predicate, REGISTER_PLACE))
        yield from (f"{asked}({quoted(register)})." for register in registers)


def _window_facts(found: Profiles) -> Iterator[str]:
    """Yield which windows are in force on the days of each class, and what registers say of each standing."""
    for number, windows in enumerate(found.in_force):
        for window, truth in windows.items():
            yield f"in_force{'' if truth == 'yes' else '_unknown'}({window},{number})."
    for number, truths in enumerate(found.standing):
        for (register, judged), truth in truths.items():
            yield f"party{'' if truth == 'yes' else '_unknown'}({number},{quoted(register)},{judged})."


def _standing_facts(chosen: Iterable[Profile]) -> Iterator[str]:
    """Yield each party with the class of what registers say of it, whatever it does."""
    pairs = dict.fromkeys(pair for profile in chosen for pair in profile.standings if pair[0] in profile.involved)
    yield "".join([f"stands({quoted(party)},{kind})." for party, kind in pairs])


def _binding_facts(catalogue: Catalogue, portfolio: Portfolio, chosen: Iterable[Profile]) -> Iterator[str]:
    """Yield whom each instrument binds that does so by nationality, by name, or all."""
    parties = dict.fromkeys(party for profile in chosen for party in profile.parties)
    for instrument in catalogue.instruments.values():
        if instrument.binds.listed_in is None:
            for party in parties:
                truth = binds(instrument.binds, party, portfolio)
                if truth != "no":
                    perhaps = "" if truth == "yes" else "_perhaps"
                    yield f"named{perhaps}({quoted(party)},{quoted(instrument.id)})."


def binds(whom: Binds, party: str, portfolio: Portfolio) -> Truth:
    """Return whether an instrument that asks no register binds a party: yes, no or perhaps."""
    agency = portfolio.agencies.get(party)
    if whom.everybody is not None:
        is_state = agency is None or agency.actor == "intergovernmental"
        return "yes" if whom.everybody == "actors" or is_state else "no"
    if whom.agencies is not None:
        return "yes" if party in whom.agencies else "no"
    if whom.state is not None:
        return "yes" if agency is None and party == whom.state else "no"
    state = whom.agencies_of or whom.persons_of
    if agency is None or (whom.agencies_of and agency.actor not in STATES) or agency.actor == "intergovernmental":
        return "no"
    if agency.state is None:
        return "perhaps"
    return "yes" if agency.state == state else "no"


def _profile_facts(profile: Profile) -> Iterator[str]:
    """Yield the facts of one profile."""
    number = profile.number
    yield "".join([f"date({number},{judged},{days})." for judged, days in profile.dates])
    standing = [
        ("standing" if party in profile.involved else "placed", party, kind) for party, kind in profile.standings
    ]
    yield "".join([f"{how}({number},{quoted(party)},{kind})." for how, party, kind in standing])
    yield "".join([atom(predicate, number, arguments) for predicate, arguments in profile.facts])


def atom(predicate: str, number: int, arguments: tuple[str, ...]) -> str:
    """Return a fact about a profile as clingo reads it."""
    if predicate == "answer":
        question, party, told = arguments
        return f"answer({number},{quoted(question)},{ALL if party == ALL else quoted(party)},{told})."
    return f"{predicate}({','.join([str(number), *map(quoted, arguments)])})."


@lru_cache(maxsize=65_536)
def quoted(text: str) -> str:
    """Return a string as clingo reads it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
