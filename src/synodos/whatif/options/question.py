"""One question about options, answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from synodos.language import Change, Mission, Portfolio, Step
from synodos.whatif.applying.apply import apply
from synodos.whatif.options.budgets import Budgets
from synodos.whatif.options.case import Case
from synodos.whatif.options.combinations import Partial
from synodos.whatif.options.defaults import OptionDefaults, default_option_defaults
from synodos.whatif.options.figures import Figures
from synodos.whatif.options.fronting import scores
from synodos.whatif.options.growing import Growth
from synodos.whatif.options.judging import Judge
from synodos.whatif.options.leads import LeadTimes
from synodos.whatif.options.search import Found, Search
from synodos.whatif.options.takeovers import Takeovers, by_requirement
from synodos.whatif.options.timing import departures
from synodos.whatif.options.types import Option, Options
from synodos.whatif.wording import change_words


def answered(
    portfolio: Portfolio,
    change: Change | Sequence[Step],
    *,
    most: int,
    iterations: int,
    seed: int,
    defaults: OptionDefaults | None,
    progress: Callable[[int, int], object] | None,
) -> Options:
    """Return the answer to one question about options."""
    steps: tuple[Step, ...] = tuple(change.happens if isinstance(change, Change) else change)
    case = Case(portfolio, apply(portfolio, steps), steps)
    question = Question(case, defaults or default_option_defaults(), progress)
    return question.answer(most, iterations, seed, change_words(portfolio, steps))


class Question:
    """One question about options, with all that its parts share."""

    def __init__(
        self, case: Case, defaults: OptionDefaults, progress: Callable[[int, int], object] | None = None
    ) -> None:
        """Take the case; compute when missions leave before and after the change."""
        self.case = case
        self.defaults = defaults
        self._progress = progress
        self.before = departures(case.before, case.missions)
        self.free = departures(_apart(case), case.missions)
        self.figures = Figures(case)
        self.leads = LeadTimes(case, self.before, defaults)
        self.takeovers = Takeovers(case, self.leads, self.figures)
        self.growth = Growth(case, self.before, self.free, self.figures, Budgets(case, self.figures), defaults)

    def answer(self, most: int, iterations: int, seed: int, words: str) -> Options:
        """Return the answer."""
        case, missions = self.case, len(self.case.missions)
        search = Search(self.growth, self.takeovers)
        found = search.run(lambda done: self._told(done, missions + most)) if missions else Found()
        judge = Judge(self.growth, iterations, seed)
        every = {
            one.key: self.takeovers.of(one, case.mission(key).owner) for key in case.missions for one in case.open[key]
        }
        ranked = self._ranked(judge, found, most)
        refused = [judge.option(partial, reasons, fully=False) for partial, reasons in found.refused]
        day = case.before.known_on
        return Options(
            change=words,
            missions=tuple(f"mission:{key}" for key in case.missions),
            orphans=tuple(
                dict.fromkeys(
                    (one.holder, one.capability, one.essential) for key in case.missions for one in case.open[key]
                )
            ),
            ranked=ranked,
            infeasible=tuple(sorted(refused, key=lambda option: option.id)),
            alone=judge.option(*found.alone, fully=False) if found.alone is not None else None,
            replacements=by_requirement(every),
            considered=found.considered,
            dropped=found.dropped,
            cut=found.cut,
            terms=self.figures.terms,
            weights=self.defaults.scale,
            assumptions=self.defaults.told_on(day),
            notes=tuple(self._notes(found, len(found.combinations), most)),
            evidence=tuple(dict.fromkeys(key for option in ranked for key in option.evidence)),
        )

    def _ranked(self, judge: Judge, found: Found, most: int) -> tuple[Option, ...]:
        """Return the options of the front in order, each judged in full."""
        delays = self.growth.delays(found.combinations)
        points = scores([one.criteria for one in found.combinations], delays, self.defaults.scale)
        order = sorted(zip(points, found.combinations, strict=True), key=lambda pair: (pair[0], _text(pair[1])))
        listed, missions = order[:most], len(self.case.missions)
        ranked = []
        for place, (score, partial) in enumerate(listed, start=1):
            ranked.append(replace(judge.option(partial), score=score, rank=place))
            self._told(missions + place, missions + len(listed))
        return tuple(ranked)

    def _told(self, done: int, total: int) -> None:
        """Tell how much is done, if somebody listens."""
        if self._progress is not None:
            self._progress(done, total)

    def _notes(self, found: Found, front: int, most: int) -> Iterator[str]:
        """Yield what the reader has to know."""
        if not self.case.missions:
            yield "Nothing that a mission needs is open or late after the change, and no mission stops"
            return
        if front > most:
            yield f"{front} options are on the front; the best {most} by the weights are listed"
        if found.cut:
            yield f"Too many combinations: {found.cut} partial ones were dropped without a look at what follows"
        yield (
            f"Of each requirement the {round(self.defaults.search['moves'].value)} best moves that take it over are "
            "combined; all are listed"
        )
        yield "Whoever takes something over is taken to bear its cost: no money passes between partners"
        if self.figures.terms is None:
            yield "No amount of money is stated for these plans: costs are compared by which figures are missing"


def _apart(case: Case) -> Portfolio:
    """Return the portfolio after the change in which the missions concerned do not wait for each other."""
    return case.after.replace(*(_freed(case.mission(key), set(case.missions)) for key in case.missions))


def _freed(mission: Mission, others: set[str]) -> Mission:
    """Return a mission whose requirements other missions no longer meet."""
    freed = (
        one.model_copy(update={"met_by": tuple(key for key in one.met_by if key not in others)})
        for one in mission.requirements
    )
    return mission.model_copy(update={"requirements": tuple(freed)})


def _text(partial: Partial) -> tuple[tuple[str, str, str, str, str], ...]:
    """Return a combination as text that sorts."""
    return tuple((move.does, move.plan, move.capability, move.by, move.record) for move in partial.moves)
