"""What is wrong with statements on the forum: versions that are not there, positions that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from synodos.language.faults import Fault, shown
from synodos.language.forum import Meeting, Paper, Position, TermsOfReference
from synodos.language.marks import WITHHELD
from synodos.language.record import Record
from synodos.language.vocabulary import Vocabulary


def forum_faults(
    statements: Sequence[Record], table: Mapping[str, Mapping[str, Record]], vocabularies: Mapping[str, Vocabulary]
) -> Iterator[Fault]:
    """Yield every fault that lies in what the records say about the forum.

    Parameters
    ----------
    statements : sequence of Record
        Every statement, for the versions that papers had.
    table : mapping
        The latest statement of each record by kind and id.
    vocabularies : mapping
        Vocabularies by name; that of the contested questions is read where a paper is about one.
    """
    versions = _versions(statements)
    yield from _versions_back(versions)
    positions = [one for one in table["position"].values() if isinstance(one, Position) and not one.retracted]
    for position in positions:
        yield from _no_such_version(position, versions)
    yield from _of_two_minds(positions)
    terms = {key: one for key, one in table["terms-of-reference"].items() if isinstance(one, TermsOfReference)}
    for paper in table["paper"].values():
        if isinstance(paper, Paper) and not paper.retracted:
            yield from _no_question(paper, vocabularies)
            yield from _pins_itself(paper)
            yield from _against_terms(paper, _terms_of(paper, terms))
    for meeting in table["meeting"].values():
        if isinstance(meeting, Meeting) and not meeting.retracted:
            yield from _too_few_present(meeting)


def _versions(statements: Iterable[Record]) -> dict[str, list[Paper]]:
    """Return the statements of each paper, oldest first."""
    found: dict[str, list[Paper]] = defaultdict(list)
    for one in sorted(statements, key=lambda one: one.as_of.latest):
        if isinstance(one, Paper):
            found[one.id].append(one)
    return found


def _versions_back(versions: Mapping[str, Sequence[Paper]]) -> Iterator[Fault]:
    """Yield a fault where a later statement of a paper holds an earlier version of it."""
    for key, papers in versions.items():
        for before, after in pairwise(papers):
            if after.version < before.version:
                yield Fault(
                    "paper.version",
                    f"the statement of {after.as_of.text} holds an earlier version than that of {before.as_of.text}",
                    record=f"paper {key}",
                    field="version",
                    found=str(after.version),
                    expected=f"{before.version} or more",
                )


def _no_such_version(position: Position, versions: Mapping[str, Sequence[Paper]]) -> Iterator[Fault]:
    """Yield a fault if the paper of a position never had the version that it is about."""
    last = max((paper.version for paper in versions.get(position.paper, ())), default=0)
    if last and position.version > last:
        yield Fault(
            "position.version",
            f"paper {position.paper} has no such version",
            record=f"position {position.id}",
            field="version",
            found=str(position.version),
            expected=f"1 to {last}" if last > 1 else "1",
        )


def _of_two_minds(positions: Iterable[Position]) -> Iterator[Fault]:
    """Yield a fault for every two positions of one owner on one version that differ."""
    taken: dict[tuple[str, str, int], Position] = {}
    for one in positions:
        if WITHHELD in (one.owner, one.paper):
            continue
        other = taken.setdefault((one.owner, one.paper, one.version), one)
        if other.stand != one.stand:
            yield Fault(
                "position.contradicts",
                f"position {other.id} of the same owner says otherwise of the same version",
                record=f"position {one.id}",
                field="stand",
                found=one.stand,
                expected=f"{other.stand}, or a later statement of position {other.id} in place of this record",
            )


def _no_question(paper: Paper, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Fault]:
    """Yield a fault if a paper proposes a common understanding of one reading in place of the question."""
    term = vocabularies["contested-questions"].terms.get(paper.contested) if paper.contested else None
    if term is not None and term.parent is not None:
        yield Fault(
            "paper.reading",
            "a common understanding is about a contested question, not about one of its readings",
            record=f"paper {paper.id}",
            field="contested",
            found=shown(term.id),
            expected=term.parent,
        )


def _pins_itself(paper: Paper) -> Iterator[Fault]:
    """Yield a fault if a paper pins a portfolio that would have to hold the paper itself, and so its own hash."""
    if paper.pins is not None and paper.pins.known_on.latest >= paper.as_of.latest:
        yield Fault(
            "paper.pins-itself",
            "the portfolio of that day holds this statement, and no statement can state the hash of what holds it",
            record=f"paper {paper.id}",
            field="pins.known_on",
            found=paper.pins.known_on.text,
            expected=f"a day before {paper.as_of.latest}",
        )


def _terms_of(paper: Paper, terms: Mapping[str, TermsOfReference]) -> TermsOfReference | None:
    """Return the Terms of Reference that a paper stands under, where that is plain."""
    if paper.terms is not None:
        return terms.get(paper.terms)
    return next(iter(terms.values())) if len(terms) == 1 else None


def _against_terms(paper: Paper, terms: TermsOfReference | None) -> Iterator[Fault]:
    """Yield a fault where a paper does what its Terms of Reference do not allow."""
    if terms is None or terms.retracted:
        return
    name = f"terms-of-reference {terms.id}"
    if paper.binding and terms.products_bind is False:
        message = f"no product binds under {name}"
        yield Fault("paper.binds", message, f"paper {paper.id}", "binding", "true", "false, or other terms")
    if paper.silence is not None and terms.silence_days is not None:
        days = (paper.silence.closes.latest - paper.silence.opens.latest).days
        if days < terms.silence_days:
            yield Fault(
                "silence.short",
                f"the silence procedure is shorter than {name} allow",
                record=f"paper {paper.id}",
                field="silence.closes",
                found=f"{paper.silence.closes.text}, {days} days after it opens",
                expected=f"{terms.silence_days} days or more",
            )


def _too_few_present(meeting: Meeting) -> Iterator[Fault]:
    """Yield a fault if fewer agencies are counted at a meeting than are named."""
    named = len(set(meeting.participants))
    if meeting.agencies_present is not None and meeting.agencies_present < named:
        yield Fault(
            "meeting.present",
            f"{named} agencies are named among the participants",
            record=f"meeting {meeting.id}",
            field="agencies_present",
            found=str(meeting.agencies_present),
            expected=f"{named} or more",
        )
