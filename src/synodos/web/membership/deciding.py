"""What members say to an application, what that comes to by the Terms of Reference, and what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, cast

from django.db import transaction
from django.utils import timezone

from synodos.forum import Judgement, StandWord, judged, members_on, role_of
from synodos.language import Meeting, Portfolio, Record, TermsOfReference
from synodos.ledger import snapshot
from synodos.web.accounts.models import Person
from synodos.web.accounts.roles import Role
from synodos.web.agency.checking import stamp
from synodos.web.agency.keeping import begun_from, compiler_of
from synodos.web.agency.models import Draft
from synodos.web.membership.models import Application, Endorsement
from synodos.web.table import Table

State, Seat = Application.State, Application.Seat
AGREED: Final = ("consensus", "consensus-some-aside", "carried")
ORDER: Final = ("public", "members")
"""How the Terms of Reference are released that may hold for an application, those for everybody before others."""
STANDS: Final = ("joins", "no-objection", "reserves", "stands-aside", "not-yet")


class NotAgreedError(ValueError):
    """The members have not agreed, so nobody is admitted."""


@dataclass(frozen=True)
class Stand:
    """Where a member stands on an application."""

    agency: str
    name: str
    stand: StandWord
    reason: str


def may_look(table: Table) -> bool:
    """Return whether somebody may see applications: for a member of the forum, or as its secretariat."""
    return table.can("administer") or may_speak(table, signing=False)


def may_speak(table: Table, *, signing: bool = True) -> bool:
    """Return whether somebody may say where a member stands: as a signatory of one."""
    if table.agency is None or (signing and not table.can("sign")):
        return False
    portfolio = known_now(table)
    return role_of(portfolio, table.agency, today(), terms_of_all(portfolio)) == "member"


def known_now(table: Table) -> Portfolio:
    """Return what somebody sees now, whatever day the address asks for: rights are those of today."""
    return table.portfolio if table.known_on is None else snapshot(viewer=table.viewer)


def terms_of_all(portfolio: Portfolio) -> TermsOfReference | None:
    """Return the Terms of Reference by which an application is decided: the same for all members."""
    found = [one for one in portfolio.terms_of_reference.values() if one.release in ORDER]
    return min(found, key=lambda one: (ORDER.index(str(one.release)), one.id), default=None)


def today() -> dt.date:
    """Return the day of today."""
    return timezone.now().astimezone(dt.UTC).date()


def stands_on(portfolio: Portfolio, found: Application) -> tuple[Stand, ...]:
    """Return where each member of today stands."""
    said = {one.agency: one for one in found.endorsements.all()}
    members = members_on(portfolio, today(), terms_of_all(portfolio))
    return tuple(
        Stand(
            key,
            portfolio.agency_name(key),
            cast("StandWord", said[key].stand) if key in said else "silent",
            said[key].reason if key in said else "",
        )
        for key in members
    )


def judgement(portfolio: Portfolio, found: Application) -> Judgement:
    """Return what the stands come to, by the rule of the Terms of Reference."""
    terms = terms_of_all(portfolio)
    if terms is None:
        return Judgement("not-known", ("It is not stated how the forum decides.",), ("its Terms of Reference",))
    over = found.closes is not None and today() > found.closes
    stands = {one.agency: one.stand for one in stands_on(portfolio, found)}
    return judged(terms, stands, portfolio.agency_name, over=over, by_silence=over)


def endorse(found: Application, agency: str, stand: str, reason: str, person: Person) -> None:
    """Keep where a member stands, in place of what it said before."""
    kept = {"stand": stand, "reason": reason, "said_by": person}
    Endorsement.objects.update_or_create(application=found, agency=agency, defaults=kept)


def least_close(portfolio: Portfolio) -> dt.date:
    """Return the first day on which a silence procedure that begins today may end."""
    terms = terms_of_all(portfolio)
    return today() + dt.timedelta(days=(terms.silence_days if terms else None) or 14)


@transaction.atomic
def admit(portfolio: Portfolio, found: Application, meeting: str = "") -> tuple[Draft, ...]:
    """Admit an applicant, and return the drafts of what agencies have to declare so that it holds.

    Parameters
    ----------
    portfolio : Portfolio
        What the secretariat sees today.
    found : Application
        The application.
    meeting : str
        Meeting that endorsed it, by id; nothing where none did.

    Raises
    ------
    NotAgreedError
        If the members have not agreed, by the Terms of Reference, or it was decided already.
    """
    if judgement(portfolio, found).verdict not in AGREED:
        raise NotAgreedError
    now = timezone.now()
    if not Application.objects.filter(pk=found.pk, state=State.OPEN).update(state=State.ADMITTED, decided_at=now):
        raise NotAgreedError
    meant = portfolio.meetings.get(meeting)
    made = (
        _source(portfolio, found),
        _own(portfolio, found),
        _terms(portfolio, found),
        _meeting(portfolio, found, meant) if meant else None,
    )
    return tuple(one for one in made if one)


def decline(found: Application, said: str) -> None:
    """Decline an application, and keep what the applicant is told."""
    waiting = Application.objects.filter(pk=found.pk, state=State.OPEN)
    waiting.update(state=State.DECLINED, said=said, decided_at=timezone.now())


def role_for(found: Application) -> tuple[Role, str]:
    """Return the seat of the applicant's contact: a member's first signatory, or an observer."""
    return (Role.SIGNATORY, found.agency) if found.seat == Seat.MEMBER else (Role.OBSERVER, "")


def _own(portfolio: Portfolio, found: Application) -> Draft | None:
    """Return the draft by which a new member says who it is, and since when it takes part."""
    if found.seat != Seat.MEMBER:
        return None
    day, known = today().isoformat(), portfolio.agencies.get(found.agency)
    if known is not None:
        return _revised(portfolio, known, lambda _one: {"member_since": day})
    values = {"name": found.name, "short_name": found.short_name, "member_since": day, "as_of": day}
    backed = {"confidence": "read", "sources": [_source_id(found)], "release": "public"}
    return _kept(compiler_of(portfolio) or found.agency, "agency", found.agency, {**values, **backed})


def _source(portfolio: Portfolio, found: Application) -> Draft | None:
    """Return the draft of what a new member's first record rests on: what it said of itself when it applied."""
    if found.seat != Seat.MEMBER or found.agency in portfolio.agencies:
        return None
    values = {"title": "Application to take part in the forum", "publisher": found.name}
    dated = {**values, "date": found.made_at.astimezone(dt.UTC).date().isoformat()}
    return _kept(compiler_of(portfolio) or found.agency, "source", _source_id(found), dated)


def _source_id(found: Application) -> str:
    """Return the id of an application as a source."""
    return f"application-{found.agency}"


def _terms(portfolio: Portfolio, found: Application) -> Draft | None:
    """Return the draft by which the Terms of Reference name the applicant, where they name who takes part."""
    terms = terms_of_all(portfolio)
    if terms is None or not (found.seat == Seat.OBSERVER or terms.members):
        return None
    field = "observers" if found.seat == Seat.OBSERVER else "members"
    return _revised(portfolio, terms, lambda one: {field: _with(getattr(one, field), found.agency)})


def _meeting(portfolio: Portfolio, found: Application, meeting: Meeting) -> Draft | None:
    """Return the draft by which a meeting records that the applicant is welcome."""
    seat = "a member" if found.seat == Seat.MEMBER else "an observer"
    welcomes = [found.agency] if found.seat == Seat.MEMBER else []
    decided = {"decided": f"{found.name} is welcome as {seat}.", "welcomes": welcomes}

    def changed(one: Any) -> dict[str, object]:
        return {"decisions": [*one.model_dump(mode="json", exclude_defaults=True).get("decisions", []), decided]}

    return _revised(portfolio, meeting, changed)


def _revised(portfolio: Portfolio, record: Record, change: Callable[[Any], dict[str, object]]) -> Draft | None:
    """Return a draft that changes a record, as whoever declares it sees it: others may not see all that it says."""
    author = compiler_of(portfolio) or record.owner
    seen = snapshot(viewer=author).tables[record.kind].get(record.id)
    if seen is None:
        return None
    return _kept(author, record.kind, record.id, {**begun_from(seen, author), **change(seen)}, stamp(seen))


def _with(named: tuple[str, ...], agency: str) -> list[str]:
    """Return agencies with one more."""
    return [*named, *([agency] if agency not in named else [])]


def _kept(agency: str, kind: str, record_id: str, values: dict[str, object], base: str = "") -> Draft | None:
    """Return a draft that is kept for an agency; none where it has one of that record, which is its own to end."""
    draft, made = Draft.objects.get_or_create(agency=agency, kind=kind, record_id=record_id)
    if not made:
        return None
    draft.values, draft.base = values, base
    draft.save()
    return draft
