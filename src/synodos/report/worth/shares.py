"""The answer on fair shares: what each rule gives, where the core lies, and who objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from synodos.report.answering.answer import Answer
from synodos.report.answering.document import Document, Figure, Section
from synodos.report.answering.envelope import WHOLE, Envelope, plain
from synodos.report.answering.tables import Cell, Table
from synodos.report.answering.wording import counted

if TYPE_CHECKING:
    from synodos.coalition import Certificate, Complaint, FairShares, RuleShares

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
    sections = tuple(share_sections(found, unit, header, sentences)) if drawn else ()
    document = Document(title="Fair shares", lead=sentences[0], header=header, sections=sections) if drawn else None
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
    >>> amount_text(412584.2), amount_text(0.66667), amount_text(-0.0), amount_text(12.5), amount_text(412.52)
    ('412,584', '0.667', '0', '12.5', '412.5')
    """
    if abs(value) >= 1000 or value == round(value):
        return f"{value + 0.0:,.0f}"
    return f"{value:.1f}" if abs(value) >= 100 else f"{value:.3g}"


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


def shown_shares(found: FairShares, names: Mapping[str, str], per: float = 1.0) -> FairShares:
    """Return shares under the names of the players, in a larger unit.

    Parameters
    ----------
    found : FairShares
        The shares.
    names : mapping of str to str
        Names by player.
    per : float
        What one of the larger unit stands for.
    """
    return replace(
        found,
        players=_named(found.players, names),
        whole=found.whole / per,
        alone=_scaled(found.alone, per),
        gain=found.gain / per,
        rules=tuple(_shown_rule(one, names, per) for one in found.rules),
        banzhaf=_scaled(found.banzhaf, per),
        least_core_excess=found.least_core_excess / per,
        core=None if found.core is None else tuple((low / per, high / per) for low, high in found.core),
        certificate=_shown_certificate(found.certificate, names, per),
    )


def _shown_rule(one: RuleShares, names: Mapping[str, str], per: float) -> RuleShares:
    """Return what a rule gives under names and in a larger unit."""
    return replace(
        one,
        shares=None if one.shares is None else _scaled(one.shares, per),
        excess=one.excess / per,
        complaints=_shown_complaints(one.complaints, names, per),
        leaving=_shown_complaints(one.leaving, names, per),
        kept_by=None if one.kept_by is None else _scaled(one.kept_by, per),
        moved=one.moved / per,
    )


def _shown_complaints(complaints: Sequence[Complaint], names: Mapping[str, str], per: float) -> tuple[Complaint, ...]:
    """Return what groups say under names and in a larger unit."""
    return tuple(
        replace(
            one,
            members=_named(one.members, names),
            alone=one.alone / per,
            together=one.together / per,
            misses=one.misses / per,
        )
        for one in complaints
    )


def _shown_certificate(found: Certificate, names: Mapping[str, str], per: float) -> Certificate:
    """Return a certificate under names and in a larger unit; weights are shares of nothing but themselves."""
    levels = tuple(
        replace(
            level,
            excess=level.excess / per,
            groups=tuple(_named(group, names) for group in level.groups),
            alone=tuple((names.get(player, player), weight) for player, weight in level.alone),
        )
        for level in found.levels
    )
    return replace(found, levels=levels)


def _named(players: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of players."""
    return tuple(names.get(player, player) for player in players)


def _scaled(amounts: Sequence[float], per: float) -> tuple[float, ...]:
    """Return amounts in a larger unit."""
    return tuple(amount / per for amount in amounts)


def share_sections(found: FairShares, unit: str, header: str, sentences: Sequence[str]) -> Iterator[Section]:
    """Yield the parts of a page on fair shares: picture and shares, objections, certificate."""
    from synodos.report.charts import shares_chart

    certificate = found.certificate
    rows = tuple(
        (number, level.excess, BETWEEN.join(group), weight)
        for number, level in enumerate(certificate.levels, start=1)
        for group, weight in zip(level.groups, level.weights, strict=True)
    )
    proof = Table("certificate", "Groups that balance, level by level", ("level", "misses", "group", "weight"), rows)
    figure = Figure.drawn("shares", shares_chart, found, header, unit)
    judged = (verdict_table(found), *complaint_tables(found))
    yield Section("shares", "Shares", (*sentences, METHOD), figure, (share_table(found),))
    yield Section("objections", "Who objects", tables=judged)
    yield Section("certificate", "Certificate of the nucleolus", tables=(proof,), folded=True)
