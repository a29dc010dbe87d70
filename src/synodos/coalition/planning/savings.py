"""The game of savings: what members save by developing once what each would develop alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from synodos.coalition.planning.drafting import GAIN_DIGITS, Choice, Draft, unit_for
from synodos.coalition.planning.figures import Figure
from synodos.coalition.planning.lines import Line, add_line
from synodos.coalition.planning.needs import Block, Need
from synodos.coalition.planning.setting import Setting, Sources
from synodos.language import Mission

Key = tuple[str, str]
"""An agency, and the key of a building block."""


@dataclass
class Copy:
    """What an agency would develop alone: a building block like the one that meets its needs now.

    Attributes
    ----------
    agency : str
    block : Block
    figure : Figure or None
    wants : list of (Need, Sources, Key or None)
        Needs that it meets, where else they could be met, and the copy whose need it is; None for a mission's.
    times : int
        How many of them the agency would have to develop.
    serves : list of str
        Plans whose needs it meets.
    """

    agency: str
    block: Block
    figure: Figure | None
    wants: list[tuple[Need, Sources, Key | None]] = field(default_factory=list)
    times: int = 1
    serves: list[str] = field(default_factory=list)


@dataclass
class Savings:
    """The game of savings as a model.

    Attributes
    ----------
    draft : Draft
    copies : dict of Key to Copy
        What each would develop alone.
    lines : dict of str to Line
    """

    draft: Draft
    copies: dict[Key, Copy]
    lines: dict[str, Line]


def savings(setting: Setting) -> Savings:
    """Return the game of savings of a setting.

    Notes
    -----
    An agency alone would develop, for each need of its missions that nothing of its own meets, what meets the need now,
    at what that costs. Members do without such a copy where lines that they share meet all that it was for.
    """
    copies = _copies(setting)
    _tell_missing(setting, copies)
    amounts = [one.figure.amount for one in copies.values() if one.figure]
    draft = Draft(setting.players, unit_for(amounts, GAIN_DIGITS))
    lines = {}
    for line in _lines(setting, copies):
        add_line(draft, setting, line, (None,), priced=True)
        lines[line.key] = line
    _one_line_each(draft, lines)
    _add_drops(draft, setting, copies, lines)
    return Savings(draft, copies, lines)


def _copies(setting: Setting) -> dict[Key, Copy]:
    """Return what each agency would develop alone."""
    copies: dict[Key, Copy] = {}
    for mission_key, mission in setting.missions.items():
        pending: list[tuple[Need, Key | None]] = [(need, None) for need in setting.needs(mission)]
        seen: set[Key] = set()
        while pending:
            need, parent = pending.pop()
            copy = _wanted(setting, copies, mission, need, parent)
            if copy is None:
                continue
            if mission_key not in copy.serves:
                copy.serves.append(mission_key)
            key = copy.agency, copy.block.key
            if key not in seen:
                seen.add(key)
                pending += [(one, key) for one in setting.needs(copy.block.record)]
    return copies


def _wanted(setting: Setting, copies: dict[Key, Copy], mission: Mission, need: Need, parent: Key | None) -> Copy | None:
    """Return what an agency would develop alone for a need; None where it has it, or where nobody could tell."""
    agency, due = mission.owner, latest_year(setting, mission)
    sources = setting.sources(need, agency, None if due is None else due + need.later_years)
    times = setting.assumptions.providers_per_need - len(sources.free)
    block = setting.supplies.blocks.get(need.now)
    if times <= 0:
        return None
    if block is None:
        _tell_owed(setting, agency, need, sources)
        return None
    copy = copies.setdefault((agency, block.key), Copy(agency, block, setting.figure(block)))
    copy.times = max(copy.times, times)
    if (need, sources, parent) not in copy.wants:
        copy.wants.append((need, sources, parent))
    return copy


def latest_year(setting: Setting, mission: Mission) -> int | None:
    """Return the last year in which a mission is planned to fly; None where none is stated, or it has passed."""
    planned = mission.planned
    if planned is None or planned.stays_open or planned.latest.year < setting.first_year:
        return None
    return planned.latest.year


def _tell_owed(setting: Setting, agency: str, need: Need, sources: Sources) -> None:
    """Tell of what another player brings without a building block that could have a cost."""
    label = setting.portfolio.capabilities.label(need.capability)
    for key in (*sources.missions, *(need.now for _ in sources.friends)):
        mission = setting.plan(key)
        if mission is not None and mission.owner != agency:
            why = f"what it costs to provide {label} alone is not stated; the mission itself pays for more"
            setting.miss(key, "cost", why, agency, mission.owner)
    for owner in sources.owed_by:
        if owner != agency:
            why = f"{setting.portfolio.agency_name(owner)} brings {label}, and no building block or cost is named"
            setting.miss(need.plan, "cost", why, agency, owner)


def _tell_missing(setting: Setting, copies: dict[Key, Copy]) -> None:
    """Tell of costs that are missing where more than one agency could share what they are for."""
    users: dict[str, set[str]] = defaultdict(set)
    for (agency, key), copy in copies.items():
        users[key].add(agency)
        for _, sources, _ in copy.wants:
            for block in sources.blocks:
                users[block.key].add(agency)
    for (agency, key), copy in copies.items():
        others = users[key] | {copy.block.owner}
        if copy.figure is None and len(others & set(setting.players)) > 1:
            setting.miss(key, "cost", setting.why_none(copy.block), agency, *(others & set(setting.players)))
        if copy.figure is not None and copy.figure.part:
            setting.miss(key, "cost", setting.why_none(copy.block), agency)


@dataclass
class _Shareable:
    """A building block that could stand in for copies.

    Attributes
    ----------
    block : Block
    holders : list of str
        Agencies that would develop it alone.
    replaces : set of Key
        Copies whose needs it could meet.
    """

    block: Block
    holders: list[str] = field(default_factory=list)
    replaces: set[Key] = field(default_factory=set)


def _lines(setting: Setting, copies: dict[Key, Copy]) -> list[Line]:
    """Return the lines that members could share, or by which one could do with less than it plans."""
    found: dict[str, _Shareable] = {}
    for key, copy in copies.items():
        if copy.figure is not None:
            found.setdefault(copy.block.key, _Shareable(copy.block)).holders.append(copy.agency)
            for _, sources, _ in copy.wants:
                for block in (copy.block, *sources.blocks):
                    found.setdefault(block.key, _Shareable(block)).replaces.add(key)
    return [line for _, one in sorted(found.items()) for line in _lines_of(setting, one)]


def _lines_of(setting: Setting, one: _Shareable) -> Iterator[Line]:
    """Yield the lines of a building block whose whole cost is stated."""
    figure, block = setting.figure(one.block), one.block
    able = _able(setting, block, one.holders)
    users = tuple(player for player in setting.players if any(agency == player for agency, _ in one.replaces))
    alone = len({*able, *users}) == 1 and all(key == block.key for _, key in one.replaces)
    if figure is None or figure.part or not able or alone:
        return
    number = 1 if block.exists else min(len(able), setting.assumptions.providers_per_need)
    for at in range(number):
        yield Line(f"{block.key}#{at + 1}" if at else block.key, block, figure, able, users)


def _able(setting: Setting, block: Block, holders: list[str]) -> tuple[str, ...]:
    """Return who could develop a block: its owner, and those who would alone. An owner needs nothing more for it."""
    if block.exists:
        return (block.owner,)
    ready = all(setting.sources(need, block.owner).free for need in setting.needs(block.record))
    owner = (block.owner,) if block.owner in setting.players and (ready or block.owner in holders) else ()
    return tuple(dict.fromkeys((*owner, *holders)))


def _one_line_each(draft: Draft, lines: dict[str, Line]) -> None:
    """Let nobody develop two lines of one block: a second provider is somebody else."""
    by_block: dict[str, list[Line]] = defaultdict(list)
    for line in lines.values():
        by_block[line.block.key].append(line)
    for alike in by_block.values():
        if len(alike) > 1:
            for agency in alike[0].able:
                draft.bind({place: 1 for line in alike for _, place in line.builds.get(agency, ())}, 1)


def _add_drops(draft: Draft, setting: Setting, copies: dict[Key, Copy], lines: dict[str, Line]) -> None:
    """Add the choices to do without a copy, and what has to be there for each."""
    by_block: dict[str, list[Line]] = defaultdict(list)
    for line in lines.values():
        by_block[line.block.key].append(line)
    drops: dict[Key, int] = {}
    for key in _droppable(copies, by_block):
        copy = copies[key]
        cost = draft.counted(copy.figure.amount) if copy.figure else 0
        place = draft.add(Choice("drop", copy.block.key, copy.agency), gain=cost, needs=(copy.agency,), most=copy.times)
        draft.spend(place, copy.agency, [(None, -cost)])
        drops[key] = place
    for key, place in drops.items():
        for need, sources, parent in copies[key].wants:
            _bind_drop(draft, setting, copies, (key, place), (need, sources, parent), by_block, drops)


def _droppable(copies: dict[Key, Copy], by_block: dict[str, list[Line]]) -> list[Key]:
    """Return the copies that an agency could do without at all."""
    found = {key for key, copy in copies.items() if copy.figure is not None}
    while True:
        kept = {
            key
            for key in found
            if all(
                parent in found or _places(copies[key], sources, by_block) for _, sources, parent in copies[key].wants
            )
        }
        if kept == found:
            return sorted(kept)
        found = kept


def _places(copy: Copy, sources: Sources, by_block: dict[str, list[Line]]) -> list[int]:
    """Return the choices by each of which a line meets a need in place of a copy."""
    keys = dict.fromkeys((copy.block.key, *(block.key for block in sources.blocks)))
    return [place for key in keys for line in by_block.get(key, ()) for place in line.used_by(copy.agency)]


def _bind_drop(
    draft: Draft,
    setting: Setting,
    copies: dict[Key, Copy],
    dropped: tuple[Key, int],
    want: tuple[Need, Sources, Key | None],
    by_block: dict[str, list[Line]],
    drops: dict[Key, int],
) -> None:
    """Bind a choice to do without a copy: for each need that it was for there is a line, or the need is gone too."""
    (key, place), (_, sources, parent) = dropped, want
    copy = copies[key]
    row = {place: 1}
    for used in _places(copy, sources, by_block):
        row[used] = row.get(used, 0) - 1
    limit = copy.times - (setting.assumptions.providers_per_need - len(sources.free))
    if parent in drops and copies[parent].times == 1 == copy.times:
        row[drops[parent]] = row.get(drops[parent], 0) - 1
        for line in by_block.get(parent[1], ()):
            for _, built in line.builds.get(parent[0], ()):
                row[built] = row.get(built, 0) + 1
    draft.bind(row, limit)
