"""The one program: rules, norms, windows, registers and the facts of each aspect, as clingo reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, TypeVar

from synodos.language import load
from synodos.law.assessing.aspects import Aspects
from synodos.law.assessing.profiles import Said
from synodos.law.catalogue import Catalogue
from synodos.law.rules.dependencies import constants
from synodos.law.rules.guarding import guarded
from synodos.law.types import ALL

REGISTER_PLACE: Final = 2
"""Place of the register among what rules ask of it."""


LAYOUT: Final = """
about(A,I) :- aspect(A,K,F,G,C,P,D), of_bundle(K,I).
date(A,J,T) :- aspect(A,K,F,G,C,P,D), days(D,J,T).
standing(A,B,M) :- aspect(A,K,F,G,C,P,D), company(C,B,M,O).
placed(A,B,M) :- aspect(A,K,F,G,C,P,D), company(P,B,M,O).
"""
"""What the line of each aspect stands for: its bundle, and two sets of facts, one of parties, of places, of days."""


def program(found: Aspects, catalogue: Catalogue, only: Iterable[int] | None = None) -> str:
    """Return the program that judges some aspects.

    Parameters
    ----------
    found : Aspects
        Aspects, with what their classes mean.
    catalogue : Catalogue
        Norms and rules; see `with_policies` for those that the portfolio records.
    only : iterable of int, optional
        Numbers of the aspects to judge; all if it is not given.
    """
    chosen = range(len(found.aspects)) if only is None else only
    return "\n".join(
        [
            guarded(catalogue.rules, catalogue.instrument_of),
            *_norm_facts(catalogue, found.windows),
            *_reading_facts(catalogue),
            *catalogue.facts,
            *_class_facts(found),
            LAYOUT,
            *_aspect_facts(found, chosen),
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


def _class_facts(found: Aspects) -> Iterator[str]:
    """Yield which windows are in force on the days of each class, and what is said of the parties of each standing."""
    for number, windows in enumerate(found.in_force):
        for window, truth in windows:
            yield f"in_force{'' if truth == 'yes' else '_unknown'}({window},{number})."
    for number, truths in enumerate(found.standing):
        for name, judged, truth in truths:
            if judged:
                yield f"party{'' if truth == 'yes' else '_unknown'}({number},{quoted(name)},{judged})."
            else:
                yield f"named{'' if truth == 'yes' else '_perhaps'}({number},{quoted(name)})."


def _aspect_facts(found: Aspects, chosen: Iterable[int]) -> Iterator[str]:
    """Yield a line for each aspect, the sets that they share, and the rules that give it what is in its sets."""
    said, company, days = _Sets[Said](), _Sets[Stands](), _Sets[Stands]()
    for number in chosen:
        one = found.aspects[number]
        parties, places = company.number(one.standings), company.number(one.placed)
        told = said.number(one.facts), said.number(one.shared)
        numbers = number, one.bundle.number, *told, parties, places, days.number(one.dates)
        yield f"aspect({','.join(map(str, numbers))})."
    for bundle in found.bundles:
        yield "".join([f"of_bundle({bundle.number},{quoted(one)})." for one in bundle.instruments])
    for of, number in company.items():
        yield "".join([f"company({number},{quoted(party)},{kind},{at})." for at, (party, kind) in enumerate(of)])
    for dates, number in days.items():
        yield "".join([f"days({number},{judged},{kind})." for judged, kind in dates])
    shapes: dict[tuple[str, int], None] = {}
    for facts, number in said.items():
        yield "".join([_fact(number, predicate, arguments) for predicate, arguments in facts])
        shapes.update(dict.fromkeys([(predicate, len(arguments)) for predicate, arguments in facts]))
    for predicate, arity in shapes:
        terms = "".join(f",X{place}" for place in range(arity))
        yield f"{predicate}(A{terms}) :- aspect(A,K,F,G,C,P,D), its_{predicate}(F{terms})."
        yield f"{predicate}(A{terms}) :- aspect(A,K,F,G,C,P,D), its_{predicate}(G{terms})."


T = TypeVar("T")
Stands = tuple[tuple[str, int], ...]


class _Sets(dict[T, int]):
    """Numbers for what several aspects share."""

    def number(self, one: T) -> int:
        """Return the number of a set."""
        return self.setdefault(one, len(self))


def _fact(number: int, predicate: str, arguments: tuple[str, ...]) -> str:
    """Return a fact of a set as clingo reads it."""
    if predicate == "answer":
        question, party, told = arguments
        terms = [quoted(question), ALL if party == ALL else quoted(party), told]
    else:
        terms = [quoted(one) for one in arguments]
    return f"its_{predicate}({','.join([str(number), *terms])})."


@lru_cache(maxsize=65_536)
def quoted(text: str) -> str:
    """Return a string as clingo reads it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
