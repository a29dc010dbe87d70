"""What became of a paper on a day: who joined it, who did not, and whether the forum agreed, by its own Terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from synodos.forum.deciding import Judgement, Verdict, judged
from synodos.forum.stands import Heard, MemberStand, StandWord, heard
from synodos.forum.taking_part import members_on, terms_of
from synodos.language import WITHHELD, Paper, Portfolio, TermsOfReference, is_member

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
"""What can become of a paper: agreed in one of three ways, not agreed, not decided yet, or not known."""
NOT_ASKED: Final = ("draft", "for-comment")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one version of a paper.

    Attributes
    ----------
    paper : str
        The paper, by id.
    version : int
        The version that it is about.
    at : datetime.date
        The day that was asked about.
    terms : str
        The Terms of Reference, by id; empty where it is not known which.
    verdict : Verdict
        `consensus`, `consensus-some-aside`, `carried` (by a rule that counts, or by all), `none`, `open`, `not-known`.
    if_nothing_more : Verdict
        The verdict once the procedure is over, if nobody says anything more; the verdict itself where it is over.
    because : tuple of str
        Why, in sentences.
    members : tuple of MemberStand
        Where each member stands, in the order of their ids.
    others : tuple of MemberStand
        What was said by those who are no members, and does not count.
    joined, not_joined : tuple of str
        Members that joined, and all others; of a paper that came out without recorded positions, those that it names.
        Both are empty where nobody is named and nothing was said; of whom the viewer may see nothing is in neither.
    closes : datetime.date or None
        Last day of the silence procedure.
    binding : bool or None
        Whether it binds those who join: False where the Terms of Reference or the paper say so; None if not stated.
    missing : tuple of str
        Facts that would settle what is not known.
    evidence : tuple of str
        Records that it rests on, as `kind:id`.
    """

    paper: str
    version: int
    at: dt.date
    terms: str
    verdict: Verdict
    if_nothing_more: Verdict
    because: tuple[str, ...]
    members: tuple[MemberStand, ...]
    others: tuple[MemberStand, ...]
    joined: tuple[str, ...]
    not_joined: tuple[str, ...]
    closes: dt.date | None
    binding: bool | None
    missing: tuple[str, ...]
    evidence: tuple[str, ...]


def outcome(portfolio: Portfolio, paper: str, at: dt.date | None = None) -> Outcome:
    """Return what became of a paper, as the Terms of Reference define it and as far as the viewer may know.

    Parameters
    ----------
    portfolio : Portfolio
        What is known. Of a position that was revised it holds the latest statement: what an agency said before is
        told by the portfolio of that day.
    paper : str
        The paper, by id.
    at : datetime.date, optional
        The day that is asked about; by default the portfolio's day of knowledge.

    Raises
    ------
    ValueError
        If the portfolio has no such paper.

    Notes
    -----
    A position counts if all members can read it (released to `members` or `public`), if it is on the present version,
    and if it was stated before the silence procedure ended. Members are those of the day on which the paper came out,
    or the procedure ended, or the day asked about, whichever is first. Who looks from outside is told a verdict only
    where every member's position is public.
    """
    found = portfolio.papers.get(paper)
    if found is None:
        message = f"paper: expected the id of a paper of {portfolio.header.id}, found {paper!r}"
        raise ValueError(message)
    day = at or portfolio.known_on
    terms = terms_of(portfolio, found)
    keys = members_on(portfolio, _decided_on(found, day), terms)
    said = heard(portfolio, found, day, keys)
    members = tuple(said.stands.get(key, MemberStand(key, "silent")) for key in keys)
    now, later = _judgements(portfolio, found, terms, said, members, day)
    joined = _joined(found, members)
    return Outcome(
        paper=found.id,
        version=found.version,
        at=day,
        terms=terms.id if terms else "",
        verdict=now.verdict,
        if_nothing_more=later.verdict,
        because=(*now.because, *_asides(portfolio, said)),
        members=members,
        others=tuple(one for key, one in said.stands.items() if key not in keys),
        joined=joined,
        not_joined=_not_joined(portfolio, terms, said, members, joined),
        closes=found.silence.closes.latest if found.silence else None,
        binding=_binding(found, terms),
        missing=now.missing,
        evidence=_evidence(found, terms, said),
    )


def _decided_on(paper: Paper, day: dt.date) -> dt.date:
    """Return the day whose members count."""
    ends = [paper.silence.closes.latest] if paper.silence else []
    ends += [paper.issued.latest] if paper.issued else []
    return min([day, *ends])


def _judgements(
    portfolio: Portfolio,
    paper: Paper,
    terms: TermsOfReference | None,
    said: Heard,
    members: tuple[MemberStand, ...],
    day: dt.date,
) -> tuple[Judgement, Judgement]:
    """Return the judgement of the day, and the one once everything is over if nobody says anything more."""
    if terms is None:
        unknown = Judgement("not-known", ("It is not stated how the forum decides.",), ("its Terms of Reference",))
        return unknown, unknown
    stands = {one.agency: one.stand for one in members}
    if _sees_too_little(portfolio, terms, stands) or WITHHELD in said.stands:
        told = "The viewer may not see every member or position, and so is not told the outcome."
        hidden = Judgement("not-known", (told,))
        return hidden, hidden
    if paper.stage == "withdrawn":
        gone = Judgement("none", ("The paper was withdrawn.",))
        return gone, gone
    issued = _is_out(paper, day)
    if issued and paper.silence is None and set(stands.values()) <= {"silent"}:
        return _unrecorded(), _unrecorded()
    ended = paper.silence is not None and day > paper.silence.closes.latest
    by_silence = ended or (paper.silence is not None and not issued)  # what came out earlier did not wait for it
    end = judged(terms, stands, portfolio.agency_name, over=True, by_silence=by_silence)
    return (end if issued or ended else _so_far(portfolio, paper, terms, stands, day)), end


def _is_out(paper: Paper, day: dt.date) -> bool:
    """Return whether a paper has come out by a day; one that says no day came out before it was stated."""
    return paper.stage == "issued" and (paper.issued is None or paper.issued.earliest <= day)


def _so_far(
    portfolio: Portfolio, paper: Paper, terms: TermsOfReference, stands: Mapping[str, StandWord], day: dt.date
) -> Judgement:
    """Return the judgement of a day on which members can still speak."""
    if paper.stage in NOT_ASKED and paper.silence is None:
        return Judgement("open", (f"Its stage is {paper.stage}: the members are not asked yet.",))
    if paper.silence is None:
        return judged(terms, stands, portfolio.agency_name, over=False, by_silence=False)
    if day < paper.silence.opens.earliest:
        return Judgement("open", (f"The silence procedure opens on {paper.silence.opens.text}.",))
    days = (paper.silence.closes.latest - day).days
    ends = f"in {days} days" if days > 1 else ("tomorrow" if days else "today")
    return Judgement("open", (f"The silence procedure runs until {paper.silence.closes.text}, and ends {ends}.",))


def _unrecorded() -> Judgement:
    """Return the judgement on a paper that came out, where no position is recorded."""
    told = "It came out; no position is recorded. Those whom it names stand as those who joined."
    return Judgement("not-known", (told,), ("where the members stood",))


def _sees_too_little(portfolio: Portfolio, terms: TermsOfReference, stands: Mapping[str, StandWord]) -> bool:
    """Return whether positions or members may be hidden that would change what the viewer is told."""
    if WITHHELD in terms.members:
        return True
    viewer = portfolio.viewer
    inside = viewer is None or (viewer in stands and is_member(portfolio, viewer))
    return not inside and "silent" in stands.values()


def _asides(portfolio: Portfolio, said: Heard) -> Iterator[str]:
    """Yield what was said and does not count, in sentences."""
    if said.earlier:
        count = len(said.earlier)
        yield f"{count} position{'s' * (count > 1)} on earlier versions."
    if said.late:
        named = ", ".join(sorted(portfolio.agency_name(one.owner) for one in said.late))
        yield f"Said after the procedure ended, and not counted: {named}."
    if said.apart:
        named = ", ".join(sorted(portfolio.agency_name(one.owner) for one in said.apart))
        yield f"Not released to all members, and not counted: {named}."


def _joined(paper: Paper, members: tuple[MemberStand, ...]) -> tuple[str, ...]:
    """Return who joined; where no position is recorded on a paper that came out, whom it names."""
    if paper.stage == "issued" and all(one.stand == "silent" for one in members):
        return tuple(sorted(key for key in paper.authors if key != WITHHELD))
    return tuple(one.agency for one in members if one.stand == "joins")


def _not_joined(
    portfolio: Portfolio,
    terms: TermsOfReference | None,
    said: Heard,
    members: tuple[MemberStand, ...],
    joined: tuple[str, ...],
) -> tuple[str, ...]:
    """Return who did not join; of a member of whom the viewer sees nothing, who may have said something, nothing."""
    if not joined and not said.stands:
        return ()
    stands = {one.agency: one.stand for one in members}
    unseen = bool(said.stands) and terms is not None and _sees_too_little(portfolio, terms, stands)
    left = (key for key in stands if key not in joined)
    return tuple(key for key in left if not (unseen and stands[key] == "silent"))


def _binding(paper: Paper, terms: TermsOfReference | None) -> bool | None:
    """Return whether a paper binds those who join it."""
    if terms is not None and terms.products_bind is False:
        return False
    return paper.binding


def _evidence(paper: Paper, terms: TermsOfReference | None, said: Heard) -> tuple[str, ...]:
    """Return the records that an outcome rests on: the paper, its terms, what was said."""
    first = [f"paper:{paper.id}", *([f"terms-of-reference:{terms.id}"] if terms else [])]
    return (*first, *sorted(one.record for one in said.stands.values()))
