"""Facts about what passes from one party to another: transfers and payments."""

from __future__ import annotations

from collections.abc import Iterator

from synodos.language import WITHHELD, DateRange, Payment, Transfer
from synodos.law.situations.answers import settled
from synodos.law.situations.parties import GOVERNMENTAL
from synodos.law.situations.setting import Setting
from synodos.law.situations.telling import dated, is_unverified, key, merged, told_by
from synodos.law.situations.words import words
from synodos.law.types import Fact, Situation

Crossing = Transfer | Payment


def transfer_situation(setting: Setting, transfer: Transfer) -> Situation:
    """Return a transfer with all that the portfolio says about it."""
    facts = [
        Fact("kind", ("transfer",), (key(transfer),)),
        *_party(transfer, "from_agency", transfer.from_agency, "giver"),
        *_party(transfer, "to_agency", transfer.to_agency, "receiver"),
        *_stated(transfer, "what", "item", transfer.what, "item"),
        *_side(setting, transfer, "origin", transfer.origin, transfer.from_agency),
        *_side(setting, transfer, "destination", transfer.destination, transfer.to_agency),
        *_classified(transfer),
        *_for_us_agency(setting, transfer),
    ]
    return _situation(setting, transfer, (transfer.from_agency, transfer.to_agency), facts)


def payment_situation(setting: Setting, payment: Payment) -> Situation:
    """Return a payment with all that the portfolio says about it."""
    in_kind = None if payment.in_kind is None else ("yes" if payment.in_kind else "no")
    facts = [
        Fact("kind", ("payment",), (key(payment),)),
        *_party(payment, "payer", payment.payer, "payer"),
        *_party(payment, "payee", payment.payee, "payee"),
        *_stated(payment, "purpose", "purpose", payment.purpose, "purpose"),
        *_stated(payment, "in_kind", "in_kind", in_kind, "in_kind"),
        *_contracted(setting, payment),
        *_rendered(payment),
    ]
    return _situation(setting, payment, (payment.payer, payment.payee), facts)


def _situation(setting: Setting, record: Crossing, parties: tuple[str, ...], own: list[Fact]) -> Situation:
    """Return a transfer or payment with its own facts and what its parties, plans and agreements add."""
    agencies = tuple(dict.fromkeys(parties))
    company = setting.parties.together(agencies, record.when)
    agreements = setting.agreements.named(record.under)
    matters = [record.id, *record.under]
    facts = [
        *own,
        *_station(setting, record),
        *setting.agreements.stated(agreements, record.when),
        *settled(setting.determinations.answers(matters, record.when, company.involved), company.involved),
    ]
    if WITHHELD in agencies:
        facts.append(Fact("unstated", ("participants",), (key(record),)))
    if record.when is None:
        facts.append(Fact("unstated", ("date",), (key(record),)))
    day = setting.day_of(record.when, record.plans)
    told = merged(facts) + dated(record, "when") + company.facts
    return Situation(key(record), record.name, day, day, told, company.involved, company.facts)


def _party(record: Crossing, field: str, agency: str, role: str) -> Iterator[Fact]:
    """Yield that an agency takes part, in its role."""
    if agency != WITHHELD:
        yield told_by(record, field, "participant", agency)
        yield told_by(record, field, role, agency)


def _stated(record: Crossing, field: str, predicate: str, value: str | None, name: str) -> Iterator[Fact]:
    """Yield what a field says, or that it says nothing."""
    if value is None:
        yield told_by(record, field, "unstated", name)
    else:
        yield told_by(record, field, predicate, value.replace("-", "_"))


def _side(setting: Setting, record: Transfer, field: str, stated: str | None, agency: str) -> Iterator[Fact]:
    """Yield the state from which or to which something passes: the one stated, else that of the party."""
    predicate = "origin" if field == "origin" else "destination_state"
    state = stated if stated is not None else setting.parties.state(agency)
    if state is None or state == WITHHELD:
        yield told_by(record, field, "unstated", predicate)
    else:
        also = () if stated is not None else (setting.portfolio.agencies[agency],)
        yield told_by(record, field, predicate, state, also=also)


def _classified(transfer: Transfer) -> Iterator[Fact]:
    """Yield the entry of an export control list, as far as it is stated and known."""
    if transfer.classification is None:
        yield told_by(transfer, "classification", "unclassified")
        return
    entry = words().list_entry(transfer.classification)
    if entry is None:
        yield told_by(transfer, "classification", "unstated", "list_entry")
    else:
        yield told_by(transfer, "classification", "list_entry", entry)


def _for_us_agency(setting: Setting, transfer: Transfer) -> Iterator[Fact]:
    """Yield that a government body of the United States gives or receives the item."""
    for field, agency in (("from_agency", transfer.from_agency), ("to_agency", transfer.to_agency)):
        if setting.parties.state(agency) == "usa" and setting.parties.actor(agency) in GOVERNMENTAL:
            yield told_by(transfer, field, "serves_us_agency", also=(setting.portfolio.agencies[agency],))


def _station(setting: Setting, record: Crossing) -> Iterator[Fact]:
    """Yield that it is about work at the International Space Station, or that nothing says what it is about."""
    for plan in setting.plans(record.plans):
        if setting.places.placed(plan.destinations).at_station:
            yield told_by(record, "plans", "iss_related", also=(plan,))
    for agreement in setting.agreements.named(record.under):
        for plan in setting.plans(agreement.covers):
            if setting.places.placed(plan.destinations).at_station:
                yield told_by(record, "under", "iss_related", also=(agreement, plan))
    if WITHHELD in (*record.plans, *record.under) or not (record.plans or record.under):
        yield told_by(record, "plans", "unstated", "iss_related")


def _contracted(setting: Setting, payment: Payment) -> Iterator[Fact]:
    """Yield by which of the days that law asks for the contract was made, or after which."""
    made = payment.contracted
    for day in setting.registers.contract_days:
        if made is not None and made.latest <= day:
            yield told_by(payment, "contracted", "contracted_by", day.isoformat())
        elif made is not None and made.earliest > day:
            yield told_by(payment, "contracted", "contracted_after", day.isoformat())
        else:
            yield told_by(payment, "contracted", "unstated", "contracted")


def _rendered(payment: Payment) -> Iterator[Fact]:
    """Yield the first and last day on which the work is rendered."""
    done: DateRange | None = payment.rendered
    if done is None:
        yield told_by(payment, "rendered", "unstated", "rendered")
    else:
        days = (done.earliest.isoformat(), done.latest.isoformat())
        yield Fact("rendered", days, (key(payment),), is_unverified(payment, "rendered"))
