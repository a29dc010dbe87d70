"""The answer on fair shares: what each rule gives, where the core lies, and who objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from synodos.report.answers import Answer
from synodos.report.document import Document, Figure, Section
from synodos.report.envelope import WHOLE, Envelope, plain
from synodos.report.tables import Cell, Table
from synodos.report.wording import counted

if TYPE_CHECKING:
    from synodos.coalition import FairShares, RuleShares

BETWEEN: Final = " + "
METHOD: Final = (
    "Shapley value: what a player adds to those before it, on average over all orders. Banzhaf: what it adds on "
    "average over all groups, stretched to add up. Nucleolus: best for the unhappiest group, then for the next. Core: "
    "divisions to which no group objects, since none is better off on its own."
)
COSTS: Final = "Costs are divided: each pays what it would alone, less its share of what all save together."


def shares_answer(
    found: FairShares, unit: str = "", *, parameters: Mapping[str, object] | None = None, drawn: bool = False
) -> Answer:
    """Return shares by every rule, side by side.

    Parameters
    ----------
    found : FairShares
        The shares.
    unit : str
        What they are counted in, if that is known.
    parameters : mapping, optional
        What the question was asked with.
    drawn : bool
        Whether the answer has a page with the picture.
    """
    notes = (METHOD, COSTS) if found.kind == "costs" else (METHOD,)
    wrapped = Envelope(
        question="shares",
        portfolio=None,
        viewer=WHOLE,
        parameters=dict(plain({**(parameters or {}), "unit": unit})),
        answer=plain(found),
        evidence=(),
        unverified=(),
        notes=notes,
    )
    header = f"{counted(len(found.players), 'player')} · {found.kind}{f' in {unit}' if unit else ''} · computed"
    tables = (share_table(found), verdict_table(found), *complaint_tables(found))
    sentences = (*told(found, unit), *notes[1:])
    document = _page(found, unit, header, tables, sentences) if drawn else None
    return Answer(wrapped, header, tables, sentences, document)


def told(found: FairShares, unit: str = "") -> tuple[str, ...]:
    """Return the answer in sentences."""
    of = f" {unit}" if unit else ""
    whole = f"{amount_text(found.whole)}{of}"
    first = f"Together they {'pay' if found.kind == 'costs' else 'are worth'} {whole}"
    gain = f"{amount_text(abs(found.gain))}{of} {'better' if found.gain >= 0 else 'worse'} than each alone."
    if found.core is None:
        least = amount_text(found.least_core_excess)
        core = f"The core is empty: whatever the division, some group misses {least}{of} or more."
    else:
        core = "The core is not empty: there are divisions to which no group objects."
    certificate = found.certificate
    proof = (
        f"The nucleolus is certified in {counted(len(certificate.levels), 'level')} (Kohlberg's criterion)."
        if certificate.holds
        else f"The nucleolus is not certified: {certificate.reason}."
    )
    return f"{first}, {gain}", core, proof


def share_table(found: FairShares) -> Table:
    """Return the shares of each player by rule, and the ends of the core."""
    from synodos.coalition import RULES

    given = [one for one in found.rules if one.shares is not None]
    rows = []
    for place, player in enumerate(found.players):
        cells: list[Cell] = [player, found.alone[place]]
        cells += [one.shares[place] for one in given if one.shares is not None]
        cells += () if found.core is None else found.core[place]
        rows.append(tuple(cells))
    ends = () if found.core is None else ("core from", "core to")
    columns = ("player", "alone", *(RULES[one.rule] for one in given), *ends)
    what = "Who pays what" if found.kind == "costs" else "Who receives what"
    return Table("shares", f"{what}, by rule", columns, tuple(rows))


def verdict_table(found: FairShares) -> Table:
    """Return what groups say to each rule, or why it gives nothing."""
    from synodos.coalition import RULES

    rows = []
    for one in found.rules:
        said: tuple[Cell, ...] = (None, None, None, None, one.reason)
        if one.shares is not None:
            leaving = f"{', '.join(each.members[0] for each in one.leaving) or 'nobody'} would go alone"
            said = (one.in_core, one.objecting, one.excess, leaving, _keeping(found, one))
        rows.append((RULES[one.rule], *said))
    columns = ("rule", "in the core", "objecting", "largest excess", "leaving", "what would keep all")
    return Table("verdicts", "What groups say to each rule", columns, tuple(rows))


def complaint_tables(found: FairShares) -> tuple[Table, ...]:
    """Return the groups that object most to each rule, if any do."""
    from synodos.coalition import RULES

    rows = tuple(
        (RULES[one.rule], BETWEEN.join(each.members), each.alone, each.together, each.misses)
        for one in found.rules
        for each in one.complaints
    )
    if not rows:
        return ()
    columns = ("rule", "group", "on its own", "in the division", "misses")
    return (Table("objections", "Groups that object most", columns, rows),)


def amount_text(value: float) -> str:
    """Return an amount with as many digits as help.

    Examples
    --------
    >>> amount_text(412584.0), amount_text(0.66667), amount_text(-0.0), amount_text(12.5)
    ('412,584', '0.667', '0', '12.5')
    """
    whole = abs(value) >= 1000 or value == round(value)
    return f"{value + 0.0:,.0f}" if whole else f"{value:.3g}"


def _keeping(found: FairShares, one: RuleShares) -> str:
    """Return in words what would keep everybody under a rule."""
    if one.kept_by is None:
        return "no division does"
    if not one.moved:
        return "all stay" if one.in_core else "each stays, groups need not"
    verb = "pays" if found.kind == "costs" else "gets"
    moves = [
        f"{player} {verb} {amount_text(abs(kept - share))} {'more' if kept > share else 'less'}"
        for player, share, kept in zip(found.players, one.shares or (), one.kept_by, strict=True)
        if abs(kept - share) > one.moved * 1e-6
    ]
    return ", ".join(moves)


def _page(found: FairShares, unit: str, header: str, tables: tuple[Table, ...], sentences: tuple[str, ...]) -> Document:
    """Return the answer as a page."""
    from synodos.report.charts import shares_chart

    figure = Figure.of("shares", shares_chart(found, header, unit))
    certificate = found.certificate
    rows = tuple(
        (number, level.excess, BETWEEN.join(group), weight)
        for number, level in enumerate(certificate.levels, start=1)
        for group, weight in zip(level.groups, level.weights, strict=True)
    )
    proof = Table("certificate", "Groups that balance, level by level", ("level", "misses", "group", "weight"), rows)
    sections = (
        Section("shares", "Shares", (*sentences, METHOD), figure, tables[:1]),
        Section("objections", "Who objects", tables=tables[1:]),
        Section("certificate", "Certificate of the nucleolus", tables=(proof,), folded=True),
    )
    return Document(title="Fair shares", lead=sentences[0], header=header, sections=sections)
