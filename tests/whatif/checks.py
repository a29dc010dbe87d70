"""What a case can expect: for each word of a case file, how it is held against the answers.

A check takes the answers of a case and what is wanted, and returns what the answers say otherwise.
"""

STOPPED = ("stopped", "cancelled")
ESSENTIAL = {True: "essential", False: "enhancing", None: "unknown"}


def _listed(value):
    """A value as a list: one word may stand for a list of one."""
    return value if isinstance(value, list) else [value]


def _fits(move, pattern):
    """Whether a move is of the kind that a pattern describes."""
    if "does" in pattern and move.does not in _listed(pattern["does"]):
        return False
    if "by_record" in pattern and bool(move.record) != pattern["by_record"]:
        return False
    return all(
        getattr(move, name) == pattern[name] for name in ("plan", "capability", "by", "record") if name in pattern
    )


def _takeovers(answers, wanted):
    """Every move that takes over a requirement, the best first."""
    return answers.options.replacements.get((wanted["plan"], wanted["capability"]), ())


def _everything(answers):
    """Every move that was looked at."""
    options = answers.options
    for option in (*options.ranked, *options.infeasible):
        yield from option.moves
    for moves in options.replacements.values():
        yield from moves


def _with(answers, patterns):
    """Options on the front that hold a move of each of the patterns."""
    return [one for one in answers.options.ranked if all(any(_fits(m, p) for m in one.moves) for p in patterns)]


# What nobody meets, and what stops


def orphans(answers, wanted):
    """Each of the requirements is open, essential or not, by the change or before it."""
    found = {
        f"{one.plan} {one.capability} {ESSENTIAL[one.essential]} {'new' if one.new else 'open'}"
        for one in answers.orphans
    }
    return [f"{line}: not among {sorted(found)}" for line in wanted if line not in found]


def met(answers, wanted):
    """None of the requirements is open."""
    found = {f"{one.plan} {one.capability}" for one in answers.orphans}
    return [f"{line}: is open" for line in wanted if line in found]


def _standing(answers):
    """How the missions that the change touches stand after it."""
    return {one.mission: one.after for one in answers.consequences.missions}


def stopped(answers, wanted):
    """Each of the missions stops."""
    found = _standing(answers)
    return [
        f"{mission}: {found.get(mission, 'not touched')}" for mission in wanted if found.get(mission) not in STOPPED
    ]


def not_stopped(answers, wanted):
    """None of the missions stops."""
    found = _standing(answers)
    return [f"{mission}: {found[mission]}" for mission in wanted if found.get(mission) in STOPPED]


def stranded(answers, wanted):
    """Each of the records serves nothing any more."""
    found = answers.consequences.stranded
    return [f"{key}: not among {found}" for key in wanted if key not in found]


def recoverable(answers, wanted):
    """The record is of use elsewhere."""
    return [f"{wanted}: stranded"] if wanted in answers.consequences.stranded else []


def _hostless(answers):
    """Elements that serve nothing, lack something essential, or hang on one that does."""
    found = set(answers.consequences.stranded)
    found |= {one.plan for one in answers.orphans if one.new and one.essential}
    for effect in answers.consequences.missions:
        found |= {key for gap in effect.new_gaps for key in gap.via}
    return found


def host_lost(answers, wanted):
    """Each of the elements lost what it was to be part of."""
    found = _hostless(answers)
    return [f"{key}: not among {sorted(found)}" for key in wanted if key not in found]


def not_struck(answers, wanted):
    """None of the plans is touched."""
    struck = _hostless(answers) | {one.mission for one in answers.consequences.missions if one.new_gaps}
    return [f"{key}: struck" for key in wanted if key in struck]


def agreements_touched(answers, wanted):
    """The change touches each of the agreements."""
    found = [one.agreement for one in answers.consequences.agreements]
    return [f"{key}: not among {found}" for key in wanted if key not in found]


def owed(answers, wanted):
    """Under each of the agreements that the change touches this is still owed."""
    found = {one.agreement: [duty.text for duty in one.owed] for one in answers.consequences.agreements}
    return [f"{key}: {found.get(key, 'not touched')}" for key, text in wanted.items() if text not in found.get(key, ())]


# Who takes over


def to_solve(answers, wanted):
    """Each of the requirements is among those that an option has to meet."""
    found = {f"{plan} {capability} {ESSENTIAL[essential]}" for plan, capability, essential in answers.options.orphans}
    return [f"{line}: not among {sorted(found)}" for line in wanted if line not in found]


def taken_over(answers, wanted):
    """The agency can take the requirement over, early enough in the list, and as wanted."""
    moves = [move for move in _takeovers(answers, wanted) if move.feasible]
    pattern = {name: wanted[name] for name in ("by", "record") if name in wanted}
    places = [place for place, move in enumerate(moves, 1) if _fits(move, pattern)]
    told = [f"{move.does} by {move.by} {move.record}" for move in moves]
    if not places:
        return [f"{wanted['by']} {wanted.get('record', '')}: not among {told}"]
    move, wrong = moves[places[0] - 1], []
    if places[0] > wanted.get("at_most", len(moves)):
        wrong.append(f"place {places[0]} of {told}")
    if move.proven != wanted.get("proven", move.proven):
        wrong.append(f"proven: {move.proven}")
    early = "ready_from" in wanted and (move.ready is None or move.ready < wanted["ready_from"])
    late = "ready_to" in wanted and (move.ready is None or move.ready > wanted["ready_to"])
    if early or late:
        wrong.append(f"ready {move.ready}")
    return wrong


def taken_over_by_anybody(answers, wanted):
    """Somebody can take the requirement over."""
    return [] if any(move.feasible for move in _takeovers(answers, wanted)) else ["nobody can"]


def nobody_can(answers, wanted):
    """Nobody can take the requirement over, not even by developing it."""
    moves = _takeovers(answers, wanted)
    found = [f"{move.by} {move.record or 'by developing it'}: {move.ready}" for move in moves if move.feasible]
    return found if moves else ["nobody was looked at"]


def no_substitute(answers, wanted):
    """Nothing that flies, is planned or is offered meets the requirement instead; to develop it is left."""
    moves = _takeovers(answers, wanted)
    found = [f"{move.by} {move.record}: {move.ready}" for move in moves if move.feasible and move.record]
    return found if moves else ["nobody was looked at"]


def only_substitute(answers, wanted):
    """One record, and no other, meets the requirement instead."""
    moves = _takeovers(answers, wanted)
    found = {(move.by, move.record) for move in moves if move.feasible and move.record}
    return [] if found == {(wanted["by"], wanted["record"])} else [f"found {sorted(found)}"]


def no_proven(answers, wanted):
    """Of nobody is it said that it has done this before."""
    moves = _takeovers(answers, wanted)
    return [f"{move.by} {move.record}: proven" for move in moves if move.proven] if moves else ["nobody was looked at"]


def not_proven(answers, wanted):
    """Of these moves none is called proven."""
    found = [move for move in _everything(answers) if _fits(move, wanted)]
    return [f"{move.does} {move.capability}: proven" for move in found if move.proven] if found else ["no such move"]


def nobody_ready_before(answers, wanted):
    """Nobody takes the requirement over before a day."""
    moves = [move for move in _takeovers(answers, wanted) if move.feasible]
    return [f"{move.by} {move.record}: {move.ready}" for move in moves if move.ready and move.ready < wanted["day"]]


def alone_ruled_out(answers, words):
    """To go on alone is ruled out, in these words."""
    alone = answers.options.alone
    if alone is None or alone.feasible:
        return [f"alone: {alone and alone.id}"]
    return [] if any(words in reason for reason in alone.infeasible_because) else [str(alone.infeasible_because)]


def alone_flies(answers, wanted):
    """Alone, the mission leaves between two days."""
    alone = answers.options.alone
    date = alone and alone.date(wanted["mission"])
    day = date and date.after
    return [] if day and wanted["from"] <= day <= wanted["to"] else [f"leaves {day}"]


def considered(answers, wanted):
    """A move of this kind was looked at."""
    return [] if any(_fits(move, wanted) for move in _everything(answers)) else [f"no move {wanted}"]


def decide_by(answers, wanted):
    """The move has to be decided between two days."""
    found = [m.decide_by for m in _takeovers(answers, wanted) if _fits(m, {"by": wanted["by"]}) and m.decide_by]
    return [] if any(wanted["from"] <= day <= wanted["to"] for day in found) else [f"decide by: {found}"]


# Options


def option(answers, wanted):
    """An option with such moves is on the front, and neither too far down nor too far up."""
    found = [one.rank for one in _with(answers, wanted["moves"])]
    front = [(one.rank, one.id) for one in answers.options.ranked[:5]]
    if not found:
        return [f"no such option; the front begins {front}"]
    low, high = wanted.get("at_least", 1), wanted.get("at_most", max(found))
    return [] if low <= min(found) <= high else [f"rank {min(found)}; the front begins {front}"]


def can_go_on(answers, mission):
    """An option keeps the mission."""
    given_up = {"does": "cancel", "plan": mission}
    kept = any(not any(_fits(move, given_up) for move in one.moves) for one in answers.options.ranked)
    return [] if kept else [f"no option keeps {mission}"]


def no_option_flies(answers, mission):
    """No option keeps the mission."""
    dates = [(one.id, one.date(mission)) for one in answers.options.ranked]
    return [f"{key}: {date.after}" for key, date in dates if date and date.after]


def can_fly_as_planned(answers, mission):
    """The mission can leave in the launch period, or by the day, that the plan means."""
    dates = [date for date in (one.date(mission) for one in answers.options.ranked) if date]
    if any(date.intended for date in dates):
        return []
    found = answers.dates.get(mission)
    planned = answers.portfolio.missions[mission.partition(":")[2]].planned
    if found and found.can_leave and planned and found.after.deterministic <= planned.latest:
        return []
    alone = found and found.after and found.after.deterministic
    return [f"by option {[(str(date.after), date.intended) for date in dates]}; without one {alone}"]


def cannot_fly_in(answers, wanted):
    """No option lets the mission leave in the year."""
    dates = [(one.id, one.date(wanted["mission"])) for one in answers.options.ranked]
    found = [f"{key}: {date.after}" for key, date in dates if date and date.after and date.after.year == wanted["year"]]
    return found if dates else ["no option"]


def flies(answers, wanted):
    """The earliest option with such moves lets the mission leave between two days."""
    dates = [one.date(wanted["mission"]) for one in _with(answers, wanted["moves"])]
    found = sorted(date.after for date in dates if date and date.after)
    return [] if found and wanted["from"] <= found[0] <= wanted["to"] else [f"leaves: {list(map(str, found[:3]))}"]


def cost(answers, wanted):
    """An option costs the agency an amount between two."""
    borne = [one.borne_by.get(wanted["agency"]) for one in answers.options.ranked]
    stated = [one for one in borne if one is not None]
    fits = [m for m in stated if m.currency == wanted["currency"] and wanted["from"] <= m.amount <= wanted["to"]]
    return [] if fits else [f"costs: {sorted({f'{m.amount:.0f} {m.currency}' for m in stated})}"]


def agreement(answers, wanted):
    """A step of this kind between these parties is needed."""
    options = answers.options
    steps = [step for one in (*options.ranked, *options.infeasible) for step in one.agreements]
    steps += [step for moves in options.replacements.values() for move in moves for step in move.agreements]
    for step in steps:
        named = (None, step.instrument, *(key.partition(":")[2] for key in step.records))
        between = set(wanted["parties"]) <= set(step.parties)
        if between and step.does in _listed(wanted["does"]) and wanted.get("of") in named:
            return []
    return [f"steps: {sorted({(step.does, step.instrument, step.parties) for step in steps})}"]


def told(answers, wanted):
    """The words stand in one text in one of the places."""
    options, places = answers.options, {"obstacles": [], "law": [], "agreements": [], "infeasible": []}
    for one in (*options.ranked, *options.infeasible):
        places["obstacles"] += one.obstacles
        places["law"] += one.law
        places["infeasible"] += one.infeasible_because
        places["agreements"] += [text for step in one.agreements for text in (step.why, step.instrument, *step.clauses)]
    for move in _everything(answers):
        places["obstacles"] += move.obstacles
        places["infeasible"] += move.infeasible
    texts = {text.lower() for place in _listed(wanted["where"]) for text in places[place]}
    words = [word.lower() for word in _listed(wanted["words"])]
    return [] if any(all(word in text for word in words) for text in texts) else [f"{len(texts)} texts without it"]


# Dates


def later(answers, wanted):
    """Each of the missions leaves later than without the change."""
    told = {key: one for key, one in answers.dates.items() if one.before and one.after}
    found = {key: (one.before.median, one.after.median) for key, one in told.items()}
    late = {key for key, (before, after) in found.items() if after is None or (before and after > before)}
    return [f"{mission}: {found.get(mission, 'not told')}" for mission in wanted if mission not in late]


def not_later(answers, wanted):
    """None of the missions leaves later than without the change."""
    dates = answers.dates
    told = {key: one for key, one in dates.items() if one.before}
    moved = {k for k, one in told.items() if not one.after or one.after.deterministic > one.before.deterministic}
    return [f"{mission}: later" for mission in wanted if mission in moved]


def leaves(answers, wanted):
    """If all goes as planned the mission leaves between two days."""
    found = answers.dates.get(wanted["mission"])
    day = found and found.after and found.after.deterministic
    return [] if day and wanted["from"] <= day <= wanted["to"] else [f"leaves {day}"]


def next_period(answers, wanted):
    """The launch period after the one that is planned begins and ends between two days."""
    found = answers.dates.get(wanted["mission"])
    period = found and found.next_period
    return [] if period and wanted["from"] <= period[0] <= period[1] <= wanted["to"] else [f"next period {period}"]


def chance(answers, wanted):
    """The chance of the date that is planned is as low, or as high, as wanted."""
    if answers.case.steps:
        dates = [one.date(wanted["mission"]) for one in answers.options.ranked]
        found = [date.chance for date in dates if date and date.chance is not None]
    else:
        finish = answers.risk(wanted["mission"]).finish
        meant = [one.share for one in finish.periods if one.intended]
        found = meant or [finish.in_time]
    low, high = wanted.get("at_least", 0.0), wanted.get("at_most", 1.0)
    return [] if found and low <= max(found) <= high else [f"chance {found}"]


def likely_slip(answers, wanted):
    """The day by which half of the iterations have left comes so many days after the date that is planned."""
    finish = answers.risk(wanted["mission"]).finish
    median = finish.percentile(50)
    days = None if median is None else (median - finish.planned).days
    fits = days is not None and wanted["from_days"] <= days <= wanted["to_days"]
    return [] if fits else [f"median {days} days after the plan"]


def likeliest(answers, wanted):
    """The likeliest launch period is that of the year."""
    best = max(answers.risk(wanted["mission"]).finish.periods, key=lambda one: one.share)
    return [] if best.opens.year == wanted["year"] else [f"likeliest: {best.opens}"]


# Exposure before the change


def _hurt(answers, wanted):
    """What the withdrawal of one agency from everything does to another, or None."""
    named = (wanted["leaver"], wanted["victim"])
    return next((one for one in answers.exposure.overall if (one.leaver, one.victim) == named), None)


def hurts(answers, wanted):
    """One agency can stop, or lessen, missions of another, and not stop some."""
    found = _hurt(answers, wanted)
    if found is None:
        return [f"{wanted['leaver']} does not hurt {wanted['victim']}"]
    missing = [
        f"{key}: {name} {getattr(found, name)}"
        for name in ("stopped", "degraded")
        for key in wanted.get(name, ())
        if key not in getattr(found, name)
    ]
    return missing + [f"{key}: stopped" for key in wanted.get("not_stopped", ()) if key in found.stopped]


def prepared(answers, wanted):
    """Something that the agency brings for the capability softens it."""
    found = _hurt(answers, wanted)
    told = [(one.does, one.capability, one.by) for one in found.preparations] if found else []
    fits = [one for one in told if one[1:] == (wanted["capability"], wanted["by"])]
    return [] if fits else [f"preparations: {told}"]


CHECKS = {
    check.__name__: check
    for check in (
        orphans,
        met,
        stopped,
        not_stopped,
        stranded,
        recoverable,
        host_lost,
        not_struck,
        agreements_touched,
        owed,
        to_solve,
        taken_over,
        taken_over_by_anybody,
        nobody_can,
        no_substitute,
        only_substitute,
        no_proven,
        not_proven,
        nobody_ready_before,
        alone_ruled_out,
        alone_flies,
        considered,
        decide_by,
        option,
        can_go_on,
        no_option_flies,
        can_fly_as_planned,
        cannot_fly_in,
        flies,
        cost,
        agreement,
        told,
        later,
        not_later,
        leaves,
        next_period,
        hurts,
        prepared,
        chance,
        likely_slip,
        likeliest,
    )
}

WITHOUT_DEFAULTS = (
    orphans,
    met,
    stopped,
    not_stopped,
    stranded,
    recoverable,
    host_lost,
    not_struck,
    agreements_touched,
)
"""Checks of what follows from the records alone, beside `owed` and what is asked of the exposure."""
RESTING = frozenset(CHECKS) - {one.__name__ for one in (*WITHOUT_DEFAULTS, owed, hurts, prepared)}
"""Checks that ask for options or dates."""
