"""What is wrong with statements on law: answers that contradict each other, positions that name no reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from synodos.language.faults import Fault, shown
from synodos.language.legal import Determination, LegalPosition
from synodos.language.marks import LEGAL_MATTERS, WITHHELD
from synodos.language.record import Record
from synodos.language.standing import Agreement
from synodos.language.vocabulary import Vocabulary


def legal_faults(table: Mapping[str, Mapping[str, Record]], vocabularies: Mapping[str, Vocabulary]) -> Iterator[Fault]:
    """Yield every fault that lies in what the records say about law, by their latest statements."""
    determinations = [
        one for one in table["determination"].values() if isinstance(one, Determination) and not one.retracted
    ]
    yield from _contradictions(determinations)
    yield from _ambiguous(determinations, table)
    for position in table["legal-position"].values():
        if isinstance(position, LegalPosition) and not position.retracted:
            yield from _no_reading(position, vocabularies["contested-questions"])
    yield from _superseding_loops(table["agreement"])


def _contradictions(determinations: list[Determination]) -> Iterator[Fault]:
    """Yield a fault for every two answers to one question that cannot both be right."""
    given: dict[tuple[str, str, str | None], list[Determination]] = defaultdict(list)
    for one in determinations:
        for matter in one.about:
            if WITHHELD in (matter, one.party):
                continue
            for other in given[one.question, matter, one.party]:
                if other.answer != one.answer and other.owner == one.owner and other.since == one.since:
                    yield Fault(
                        "determination.contradicts",
                        f"determination {other.id} answers the same question about {matter} otherwise",
                        record=f"determination {one.id}",
                        field="answer",
                        found=one.answer,
                        expected=f"{other.answer}, or another day in `since`",
                    )
            given[one.question, matter, one.party].append(one)


def _ambiguous(determinations: list[Determination], table: Mapping[str, Mapping[str, Record]]) -> Iterator[Fault]:
    """Yield a fault for every answer whose matter could be either of two records."""
    for one in determinations:
        for position, matter in enumerate(one.about):
            kinds = [kind for kind in LEGAL_MATTERS if matter in table[kind]]
            if len(kinds) > 1:
                yield Fault(
                    "id.ambiguous",
                    "several records have this id: " + " and ".join(f"{kind} {matter}" for kind in kinds),
                    record=f"determination {one.id}",
                    field=f"about[{position}]",
                    found=shown(matter),
                    expected="the id of one record",
                )


def _no_reading(position: LegalPosition, questions: Vocabulary) -> Iterator[Fault]:
    """Yield a fault if a position names a question in place of one of its readings."""
    term = questions.terms.get(position.reading)
    if term is not None and term.parent is None:
        readings = [one.id for one in questions.terms.values() if one.parent == term.id]
        yield Fault(
            "position.question",
            "a position names the reading that is held, not the question",
            record=f"legal-position {position.id}",
            field="reading",
            found=shown(position.reading),
            expected=" or ".join(readings),
        )


def _superseding_loops(agreements: Mapping[str, Record]) -> Iterator[Fault]:
    """Yield a fault for every agreement that replaces, over others, itself."""
    replaces = {key: one.supersedes for key, one in agreements.items() if isinstance(one, Agreement)}
    for key in replaces:
        came_from: dict[str, str] = {}
        left = [key]
        while left and key not in came_from:
            last = left.pop()
            fresh = [one for one in replaces.get(last, ()) if one not in came_from]
            came_from.update(dict.fromkeys(fresh, last))
            left.extend(fresh)
        if key in came_from:
            yield Fault(
                "agreement.loop",
                "agreements supersede each other",
                record=f"agreement {key}",
                field="supersedes",
                found=" → ".join(_way_round(came_from, key)),
                expected="a chain that ends",
            )


def _way_round(came_from: Mapping[str, str], key: str) -> list[str]:
    """Return the agreements of a loop from `key` to itself."""
    way = [key]
    while True:
        way.append(came_from[way[-1]])
        if way[-1] == key:
            return way[::-1]
