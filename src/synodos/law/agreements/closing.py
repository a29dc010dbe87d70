"""What came of an agreement that ended."""

from __future__ import annotations

from dataclasses import dataclass

from synodos.language import Agreement, Cost, Portfolio


@dataclass(frozen=True, slots=True)
class CloseOutSheet:
    """What is known of the outcome of one agreement, and what has to be asked.

    Attributes
    ----------
    agreement : str
        Its id.
    delivered, benefit : tuple of str
        What was delivered and gained, as stated at its end.
    cost_borne : tuple of Cost
        What it cost, as stated at its end.
    plans : tuple of (str, str)
        The missions and elements it covers, each with its status.
    committed : tuple of (str, str)
        Agencies and commitments that carried those plans.
    missing : tuple of str
        What nobody stated, as questions.
    """

    agreement: str
    delivered: tuple[str, ...]
    benefit: tuple[str, ...]
    cost_borne: tuple[Cost, ...]
    plans: tuple[tuple[str, str], ...]
    committed: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def close_out(portfolio: Portfolio, agreement_id: str) -> CloseOutSheet:
    """Return what came of an agreement, and what is not recorded.

    Parameters
    ----------
    portfolio : Portfolio
        What is known.
    agreement_id : str
        The agreement.

    Returns
    -------
    CloseOutSheet
        What is stated, what the portfolio tells of the plans it covered, and the questions left.

    Raises
    ------
    KeyError
        If the portfolio has no such agreement.

    Notes
    -----
    NASA's Inspector General (IG-16-020) found that nobody records what ended agreements brought.
    """
    agreement = portfolio.agreements[agreement_id]
    sheet = agreement.close_out
    delivered = sheet.delivered if sheet else ()
    benefit = sheet.benefit if sheet else ()
    cost = sheet.cost_borne if sheet else ()
    return CloseOutSheet(
        agreement=agreement_id,
        delivered=delivered,
        benefit=benefit,
        cost_borne=cost,
        plans=tuple(_plans(portfolio, agreement)),
        committed=tuple(
            (one.owner, one.id)
            for one in portfolio.commitments.values()
            if one.owner in agreement.parties and {*one.to} & {*agreement.covers}
        ),
        missing=tuple(
            question
            for question, told in (
                ("What was delivered?", delivered),
                ("What did it cost each party?", cost),
                ("What did the parties gain?", benefit),
            )
            if not told
        ),
    )


def _plans(portfolio: Portfolio, agreement: Agreement) -> list[tuple[str, str]]:
    """Return the plans that an agreement covers, with where each stands."""
    found = ((key, portfolio.missions.get(key) or portfolio.elements.get(key)) for key in agreement.covers)
    return [(key, plan.status) for key, plan in found if plan is not None]
