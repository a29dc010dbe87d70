"""A commitment is not kept."""

from __future__ import annotations

from synodos.language import Commitment, Portfolio, Step
from synodos.whatif.applying.parts import Parts
from synodos.whatif.applying.supposing import Difference, changed, since_of
from synodos.whatif.applying.withdrawing import Leaving


def break_(portfolio: Portfolio, step: Step) -> Difference:
    """Return what differs when a commitment is not kept.

    One that says that what it carries is then lost takes away what its owner brings to the plans that it is given to,
    as a withdrawal does that touches no agreement. Any other stays, certain to fail: what it carries comes later. One
    that stands no more since the step before changes nothing.
    """
    (key,) = step.commitments
    one = portfolio.commitments.get(key)
    if one is None:
        return Difference()
    return _lost(portfolio, one, step) if one.if_broken == "remove" else Difference((_failing(one),))


def _failing(commitment: Commitment) -> Commitment:
    """Return a commitment that is certain to fail."""
    return changed(commitment, {"kept_probability": 0.0})


def _lost(portfolio: Portfolio, commitment: Commitment, step: Step) -> Difference:
    """Return what differs when what a commitment carries does not come."""
    leaving = Leaving(Parts(portfolio), commitment.owner, commitment.to, since_of(portfolio, step))
    found = leaving.difference((), ends_agreements=False)
    written = tuple(one for one in found.written if (one.kind, one.id) != (commitment.kind, commitment.id))
    return Difference(written, (*(one for one in found.gone if one != commitment), commitment))
