"""Recorded policies as norms: each criterion is one, for the cooperation of those that the policy binds."""

from __future__ import annotations

import datetime as dt

from synodos.language import Policy, Portfolio
from synodos.law.assessing.program import quoted
from synodos.law.catalogue import Binds, Catalogue, Instrument, Norm

MODALITIES = {"restricts": "obligation", "requires": "obligation", "eases": "permission", "prefers": "hortatory"}


def with_policies(catalogue: Catalogue, portfolio: Portfolio) -> Catalogue:
    """Return the catalogue with the criteria of the portfolio's policies as norms `<policy>.<number>`."""
    stated = [policy for policy in portfolio.policies.values() if policy.criteria]
    if not stated:
        return catalogue
    return catalogue.extended(
        instruments=[_instrument(policy) for policy in stated],
        norms={f"policy:{policy.id}": _norms(policy) for policy in stated},
        facts=[fact for policy in stated for fact in _facts(policy)],
    )


def _instrument(policy: Policy) -> Instrument:
    """Return a policy as an instrument; it is known since it was stated."""
    last = None if policy.applies.stays_open else policy.applies.latest
    return Instrument.model_validate(
        {
            "id": f"policy:{policy.id}",
            "title": policy.name,
            "work": f"policy:{policy.id}",
            "strength": "policy",
            "binds": Binds(agencies=policy.binds),
            "from": str(policy.applies.earliest) if not policy.applies.opens_early else "1500",
            "until": None if last is None else str(last + dt.timedelta(days=1)),
            "known_since": policy.as_of.earliest,
            "confidence": policy.confidence,
            "note": policy.effect,
        }
    )


def _norms(policy: Policy) -> list[Norm]:
    """Return the criteria of a policy."""
    return [
        Norm.model_validate(
            {
                "id": f"{policy.id}.{number}",
                "pinpoint": criterion.pinpoint or f"criterion {number}",
                "title": criterion.text,
                "text": criterion.text,
                "bearer": ", ".join(policy.binds),
                "modality": MODALITIES[policy.bears],
                "met_when": {criterion.turns_on: "yes"},
            }
        )
        for number, criterion in enumerate(policy.criteria, start=1)
    ]


def _facts(policy: Policy) -> list[str]:
    """Return what the program has to know of a policy."""
    name = quoted(policy.id)
    return [
        *(f"criterion({quoted(f'{policy.id}.{number}')},{name})." for number in range(1, len(policy.criteria) + 1)),
        *(f"policy_binds({name},{quoted(agency)})." for agency in policy.binds),
        *(f"policy_about({name},{quoted(agency)})." for agency in policy.about),
        *([] if policy.about else [f"policy_of_all({name})."]),
    ]
