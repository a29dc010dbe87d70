"""Which agreements cover an activity on its date, and what they say."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal

from synodos.language import WITHHELD, Agreement, DateRange, Portfolio
from synodos.law.agreements import AgreementState, state_at
from synodos.law.situations.telling import told_by
from synodos.law.types import Fact

Standing = Literal["in-force", "planned", "open"]


class Agreements:
    """The agreements of a portfolio by what they cover; what is found once is kept."""

    def __init__(self, portfolio: Portfolio, signing_days: Iterable[dt.date]) -> None:
        """Sort the agreements by the plans that they cover; `signing_days` are those that law asks about."""
        self._signing_days = tuple(signing_days)
        self._known_on = portfolio.known_on
        self._all = portfolio.agreements
        self._covering: dict[str, list[Agreement]] = defaultdict(list)
        self._said: dict[str, tuple[Fact, ...]] = {}
        for agreement in portfolio.agreements.values():
            for plan in agreement.covers:
                self._covering[plan].append(agreement)

    def covering(self, *plans: str) -> tuple[Agreement, ...]:
        """Return the agreements that name one of the plans, whether in force or not."""
        if len(plans) == 1:  # by far the most frequent case
            return tuple(self._covering.get(plans[0], ()))
        return tuple({one.id: one for plan in plans for one in self._covering.get(plan, ())}.values())

    def named(self, agreement_ids: Iterable[str]) -> tuple[Agreement, ...]:
        """Return the agreements with these ids, as far as they are known."""
        return tuple(self._all[one] for one in agreement_ids if one in self._all)

    def in_force(self, agreements: Iterable[Agreement], at: DateRange | None) -> tuple[Agreement, ...]:
        """Return those in force on a date, with the agreements under which they stand."""
        found: dict[str, Agreement] = {}
        for agreement in agreements:
            one: Agreement | None = agreement
            while one is not None and one.id not in found and self._standing(one, at) == "in-force":
                found[one.id] = one
                one = self._all.get(one.parent) if one.parent else None
        return tuple(found.values())

    def facts(self, agreements: tuple[Agreement, ...], at: DateRange | None) -> Iterator[Fact]:
        """Yield what law asks of the agreements of an activity: which are in force, planned, or uncertain."""
        if not agreements:
            return
        for agreement in self.in_force(agreements, at):
            yield from self.said(agreement)
        for agreement in agreements:
            standing = self._standing(agreement, at)
            if standing == "planned":
                yield told_by(agreement, "standing", "agreement_planned", agreement.id)
            elif standing == "open":
                yield told_by(agreement, "standing", "unstated", "agreement")

    def stated(self, agreements: tuple[Agreement, ...], at: DateRange | None) -> Iterator[Fact]:
        """Yield the same of agreements under which something is stated to have happened: an open end does not count."""
        if at is None or at.latest > self._known_on:
            yield from self.facts(agreements, at)
            return
        for agreement in agreements:
            if self._standing(agreement, at) in ("in-force", "open"):
                yield from self.said(agreement)

    def said(self, agreement: Agreement) -> tuple[Fact, ...]:
        """Return what an agreement in force says."""
        if agreement.id not in self._said:
            self._said[agreement.id] = (*_terms(agreement), *self._signed(agreement))
        return self._said[agreement.id]

    def _signed(self, agreement: Agreement) -> Iterator[Fact]:
        """Yield before or since which of the days that law asks about an agreement was signed, or that this is open.

        What is in force was signed by then.
        """
        signed = agreement.signed
        field, last = ("signed", signed.latest) if signed else ("in_force", _first_day_by(agreement.in_force))
        for day in self._signing_days:
            if last < day:
                yield told_by(agreement, field, "signed_before", agreement.id, day.isoformat())
            elif signed is not None and signed.earliest >= day:
                yield told_by(agreement, field, "signed_since", agreement.id, day.isoformat())
            else:
                yield told_by(agreement, field, "signing_open", agreement.id, day.isoformat())

    def _standing(self, agreement: Agreement, at: DateRange | None) -> Standing | None:
        """Return where an agreement stands on a date, by the register; None if it does not apply then."""
        found = {_meant(agreement, state_at(agreement, day)) for day in self._days(at)}
        return found.pop() if len(found) == 1 else "open"

    def _days(self, at: DateRange | None) -> Iterator[dt.date]:
        """Yield the days between which a date lies; what is to come is asked of the agreements of today."""
        if at is None or at.opens_early:
            yield self._known_on
        if at is not None:
            yield from (min(day, self._known_on) for day in (at.earliest, at.latest) if day != dt.date.min)
            if self._known_on < at.latest < dt.date.max:
                yield at.latest


def _first_day_by(in_force: DateRange | None) -> dt.date:
    """Return the day by which an agreement came into force at the latest."""
    if in_force is None or in_force.opens_early:
        return dt.date.max
    return DateRange(in_force.text.partition("..")[0]).latest


def _meant(agreement: Agreement, state: AgreementState) -> Standing | None:
    """Return what a state in the register means for an activity."""
    if state == "in_force":
        return "in-force"
    if state == "planned":
        return "planned" if agreement.standing == "planned" else None
    return None if state in ("expired", "ended", "never_concluded") else "open"


def _terms(agreement: Agreement) -> Iterator[Fact]:
    """Yield what law takes from the record of an agreement."""
    yield told_by(agreement, "covers", "agreement", agreement.id)
    yield told_by(agreement, "instrument", "instrument", agreement.id, agreement.instrument)
    if agreement.binding is not None:
        answer = "yes" if agreement.binding else "no"
        yield told_by(agreement, "binding", "agreement_binding", agreement.id, answer)
    if agreement.parent and agreement.parent != WITHHELD:
        yield told_by(agreement, "parent", "under", agreement.id, agreement.parent)
    for clause in agreement.clauses:
        yield told_by(agreement, "clauses", "clause", agreement.id, clause)
    for party in agreement.parties:
        if party != WITHHELD:
            yield told_by(agreement, "parties", "covered_party", agreement.id, party)
