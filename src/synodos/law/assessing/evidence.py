"""What findings rest on: the records behind the facts for which the rules of a norm ask."""

from __future__ import annotations

from collections import defaultdict

from synodos.law.assessing.bundles import OF_POLICIES
from synodos.law.assessing.classes import DATED
from synodos.law.catalogue import Catalogue
from synodos.law.rules.dependencies import Needs
from synodos.law.types import Fact, Situation

MEMBER = "member_state"
_DATED = frozenset({"dated", DATED})
_ALWAYS = frozenset({"dated"})
"""What every norm rests on: the days by which an activity is judged, told where they are general knowledge."""
Rests = tuple[tuple[str, ...], tuple[str, ...]]
"""Records, and those of them that are unverified."""


class Evidence:
    """What findings on one activity rest on, by what their norms ask."""

    def __init__(self, situation: Situation) -> None:
        """Index the facts of an activity by what asks for them."""
        self._activity = situation.activity
        self._facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in situation.facts:
            name = fact.predicate
            self._facts[f"answer {fact.arguments[0]}" if name == "answer" else name].append(fact)
        self.present = frozenset([name for name, facts in self._facts.items() if self._tells(facts)])
        self._members = {fact.arguments[-1] for fact in self._facts.get(MEMBER, ())}
        self._records: dict[str, Rests] = {}
        self._seen: dict[tuple[str, ...], Rests] = {}

    def _tells(self, facts: list[Fact]) -> bool:
        """Return whether facts rest on anything but the activity's own verified record."""
        own = (self._activity,)
        return any(fact.unverified or fact.records != own for fact in facts)

    def of(self, asked: tuple[str, ...], bearer: str) -> Rests:
        """Return the records behind what a norm asks of a bearer, and those of them that are unverified."""
        if MEMBER in asked:  # the membership of others says nothing of this bearer
            own = f"{MEMBER} {bearer}" if bearer in self._members else ""
            asked = tuple([name for name in (*asked, own) if name not in (MEMBER, "")])
        found = self._seen.get(asked)
        if found is None:
            rests = [self._of_predicate(name) for name in asked]
            records = dict.fromkeys([self._activity, *(record for told, _ in rests for record in told)])
            unverified = dict.fromkeys([record for _, doubtful in rests for record in doubtful])
            found = self._seen[asked] = tuple(records), tuple(unverified)
        return found

    def _of_predicate(self, name: str) -> Rests:
        """Return the records behind the facts of one predicate."""
        if name not in self._records:
            predicate, _, bearer = name.partition(" ") if name.startswith(MEMBER) else (name, "", "")
            facts = [fact for fact in self._facts[predicate] if not bearer or bearer == fact.arguments[-1]]
            records = dict.fromkeys(record for fact in facts for record in fact.records)
            doubtful = dict.fromkeys(record for fact in facts if fact.unverified for record in fact.records)
            self._records[name] = tuple(records), tuple(doubtful)
        return self._records[name]


class SortedNeeds:
    """What each norm asks: its own rules, the answers that meet it, and what may exempt from it."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Find the exemptions from each norm."""
        self._catalogue = catalogue
        self._lifting: dict[str, list[str]] = defaultdict(list)
        for key, norm in catalogue.norms.items():
            for lifted in norm.lifts:
                self._lifting[lifted].append(key)
        self._whole: dict[str, tuple[str, ...]] = {}
        self._seen: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}

    def of(self, norm: str, present: frozenset[str]) -> tuple[str, ...]:
        """Return what a norm asks of what is present: predicates, and answers by question."""
        key = norm, present
        found = self._seen.get(key)
        if found is None:
            if norm not in self._whole:
                need = self._need(norm)
                self._whole[norm] = (*sorted(need.facts), *(f"answer {question}" for question in sorted(need.answers)))
            found = self._seen[key] = tuple([name for name in self._whole[norm] if name in present])
        return found

    def _need(self, key: str) -> Needs:
        """Return what a norm rests on."""
        norm = self._catalogue.norms[key]
        need = self._catalogue.needs.get(key, Needs() if norm.lifts else OF_POLICIES)
        judged = {norm.judged, *(self._catalogue.norms[window].judged for window in need.windows)}
        need = need.joined(Needs(_DATED if DATED in judged else _ALWAYS, frozenset(norm.met_when)))
        for other in self._lifting.get(key, ()):
            need = need.joined(self._need(other))
        return need
