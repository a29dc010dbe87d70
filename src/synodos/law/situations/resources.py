"""Facts about the use of resources of celestial bodies."""

from __future__ import annotations

from collections.abc import Iterator

from synodos.language import WITHHELD, ResourceUse
from synodos.law.situations.answers import Answer, answer, settled
from synodos.law.situations.setting import Setting
from synodos.law.situations.telling import dated, key, merged, told_by
from synodos.law.types import ALL, Fact, Situation


def resource_situation(setting: Setting, use: ResourceUse) -> Situation:
    """Return a use of a resource with all that the portfolio says about it."""
    users = (use.user, *use.with_agencies)
    company = setting.parties.together(tuple(dict.fromkeys(users)), use.when)
    answers = [*setting.determinations.answers([use.id], use.when, company.involved), *_free_to_others(use)]
    facts = [
        Fact("kind", ("resource_use",), (key(use),)),
        *_users(use),
        *_body(setting, use),
        *_purpose(use),
        *setting.agreements.facts(setting.agreements.covering(*use.plans), use.when),
        *settled(answers, company.involved),
    ]
    if use.when is None:
        facts.append(Fact("unstated", ("date",), (key(use),)))
    day = setting.day_of(use.when, use.plans)
    told = merged(facts) + dated(use, "when") + company.facts
    return Situation(key(use), use.name, day, day, told, company.involved, company.facts)


def _users(use: ResourceUse) -> Iterator[Fact]:
    """Yield who takes or uses the resource, and whether several do so jointly."""
    for field, agencies in (("user", (use.user,)), ("with_agencies", use.with_agencies)):
        for agency in agencies:
            if agency == WITHHELD:
                yield told_by(use, field, "unstated", "participants")
            else:
                yield told_by(use, field, "participant", agency)
                yield told_by(use, field, "user", agency)
    if use.with_agencies:
        yield told_by(use, "with_agencies", "joint")


def _body(setting: Setting, use: ResourceUse) -> Iterator[Fact]:
    """Yield whose resource it is."""
    placed = setting.places.placed((use.body,))
    yield told_by(use, "body", "destination", use.body)
    for target in placed.targets:
        yield told_by(use, "body", "body", target)
        yield told_by(use, "body", "target", target)
    if placed.open or not placed.targets:
        yield told_by(use, "body", "unstated", "body")
    if placed.in_space:
        yield told_by(use, "body", "space_activity")
        yield told_by(use, "body", "earth_orbit_or_beyond")
        yield told_by(use, "body", "on_body")


def _purpose(use: ResourceUse) -> Iterator[Fact]:
    """Yield what it is used for, whether others are kept out, and whether somebody claims to own it."""
    if use.use is None:
        yield told_by(use, "use", "unstated", "purpose")
    else:
        yield told_by(use, "use", "resource_purpose", use.use.replace("-", "_"))
    for field in ("exclusive", "claims_ownership"):
        value: bool | None = getattr(use, field)
        if value is None:
            yield told_by(use, field, "unstated", field)
        else:
            yield told_by(use, field, field, "yes" if value else "no")


def _free_to_others(use: ResourceUse) -> Iterator[Answer]:
    """Yield the answer whether others are free to use the same resource."""
    if use.exclusive is not None:
        value = "no" if use.exclusive else "yes"
        yield answer(told_by(use, "exclusive", "answer", "non-exclusive", ALL, value))
