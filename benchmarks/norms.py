"""Assessment of made-up activities under every norm, in one run over profiles and activity by activity."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from suite import Suite
from timing import Row, peak_mb, ratio, slope, timings

from synodos.language import KIND_BY_NAME, Header, History, Portfolio, Record
from synodos.law import Assessment, Situation, assess, catalogue
from synodos.law.assessing import judged
from synodos.law.situations import situations

AGENCIES: Final = {
    "nasa": "usa",
    "roscosmos": "rus",
    "jaxa": "jpn",
    "csa": "can",
    "cnsa": "chn",
    "isro": "ind",
    "dlr": "deu",
    "cnes": "fra",
    "asi": "ita",
    "lsa": "lux",
    "uaesa": "are",
}
"""Agencies and their states; ESA comes on top."""
WEIGHTS: Final = (40, 10, 10, 6, 6, 4, 6, 6, 6, 2, 2, 12)
PLACES: Final[tuple[tuple[str, str | None], ...]] = (
    ("lunar-orbit", "orbiter"),
    ("lunar-surface", "lander"),
    ("mars-surface", "lander"),
    ("leo", None),
)
PROGRAMMES: Final = 40
"""Programmes to which the activities belong: each has its partners, its destination and its ten years."""
SORTS: Final = {"all sorts": (70, 14, 12, 4), "open readings": (30, 10, 10, 50)}
"""Shares of missions, transfers, payments and uses of resources, on which readings differ."""
KNOWN_IN: Final = 2026
ONE_BY_ONE: Final = 40
"""Activities that are judged one by one; the time for all is extrapolated."""


def measured(sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """Yield two rows for each mix of activities and size: judging alone, and the whole of `assess`."""
    for case, weights in SORTS.items():
        before: dict[str, tuple[int, float]] = {}
        for size in sizes:
            plans = made_up(size, weights)
            found = situations(plans, catalogue())
            _check(plans, found)
            some = found[:: max(1, size // ONE_BY_ONE)]
            asked: dict[str, Callable[[], object]] = {
                "judged": partial(judged, found, plans, catalogue()),
                "assessed": partial(assess, plans),
                "one by one": partial(_one_by_one, some, plans),
            }
            timed = timings(asked, rounds)
            one = timed["one by one"].median_s / len(some) * size
            for part in ("judged", "assessed"):
                ours, name = timed[part], f"{case}, {part}"
                growth = slope(before.get(part), (size, ours.median_s))
                before[part] = size, ours.median_s
                over = ratio(one, ours.median_s) if part == "judged" else None
                yield Row(
                    name, size, ours.median_s, "one by one" if over else None, one if over else None, None, over, None,
                    growth, peak_mb(), "extrapolated" if over else "", ours.spread,
                )  # fmt: skip


def _one_by_one(some: Sequence[Situation], plans: Portfolio) -> list[Assessment]:
    """Return what the norms say about some activities, judged one at a time."""
    return [judged([one], plans, catalogue()) for one in some]


def _check(plans: Portfolio, found: Sequence[Situation]) -> None:
    """Raise AssertionError if some activities come out otherwise when they are judged alone."""
    together = judged(found[:20], plans, catalogue()).findings
    alone = [finding for one in found[:20] for finding in judged([one], plans, catalogue()).findings]
    if list(together) != alone:
        message = "activities judged alone come out otherwise"
        raise AssertionError(message)


def made_up(size: int, weights: Sequence[int] = SORTS["all sorts"]) -> Portfolio:
    """Return a portfolio of `size` activities of some programmes."""
    chance = random.Random(1)  # noqa: S311 - made-up plans, no secrets
    records = [_record("state", state, name=state) for state in sorted(set(AGENCIES.values()))]
    for agency, state in AGENCIES.items():
        records.append(_record("agency", agency, name=agency, short_name=agency, actor="agency", state=state))
    records.append(_record("agency", "esa", name="ESA", short_name="ESA", actor="intergovernmental"))
    programmes = [_Programme(chance) for _ in range(PROGRAMMES)]
    makes = (_Programme.mission, _Programme.transfer, _Programme.payment, _Programme.resource_use)
    for number, make in enumerate(chance.choices(makes, weights, k=size)):
        records.append(make(chance.choice(programmes), f"activity-{number}", chance))
    page = {
        "id": "made-up",
        "title": "Made up",
        "known_on": f"{KNOWN_IN}-01-01",
        "sources": {"made-up": {"title": "-"}},
    }
    return History(Header.model_validate(page), tuple(records)).known_on()


def _record(kind: str, key: str, /, **fields: object) -> Record:
    """Return a statement."""
    owner = fields.pop("owner", key)
    common = {"id": key, "owner": owner, "stated_by": owner, "release": "public", "as_of": "2000"}
    return KIND_BY_NAME[kind].model_validate({**common, "confidence": "read", "sources": ["made-up"], **fields})


class _Programme:
    """What the activities of one programme share."""

    def __init__(self, chance: random.Random) -> None:
        """Draw partners, destination and years."""
        drawn = chance.choices([*AGENCIES, "esa"], WEIGHTS, k=chance.choice((2, 2, 3, 4)))
        self.parties = list(dict.fromkeys([*drawn, "jaxa"]))[: len(drawn)]
        self.place, self.form = chance.choice(PLACES)
        self.first_year = chance.choice((1998, 2005, 2012, 2019, 2026, 2030, 2035))

    def mission(self, name: str, chance: random.Random) -> Record:
        """Return a mission of the programme."""
        lead, *others = self.parties
        year = self._year(chance)
        fields = {"destinations": [self.place], "partners": [{"agency": other} for other in others], "planned": year}
        status = "planned" if int(year) >= KNOWN_IN else "completed"
        crewed = chance.choice((False, None))
        return _record("mission", name, owner=lead, name=name, form=self.form, status=status, crewed=crewed, **fields)

    def transfer(self, name: str, chance: random.Random) -> Record:
        """Return a transfer between two of its parties."""
        giver, receiver = chance.sample(self.parties, 2)
        entry = chance.choice(("USML XV(a)", "EAR 9A515", None))
        fields = {"from_agency": giver, "to_agency": receiver, "what": "hardware", "when": self._year(chance)}
        return _record("transfer", name, owner=giver, name=name, classification=entry, **fields)

    def payment(self, name: str, chance: random.Random) -> Record:
        """Return a payment between two of its parties."""
        payer, payee = chance.sample(self.parties, 2)
        fields = {"payer": payer, "payee": payee, "in_kind": chance.choice((True, False)), "when": self._year(chance)}
        return _record("payment", name, owner=payer, name=name, purpose="hardware", **fields)

    def resource_use(self, name: str, chance: random.Random) -> Record:
        """Return a use of a resource by its parties."""
        user, *others = self.parties
        owned, use = chance.choice((True, False)), chance.choice(("commercial", "mission-support"))
        fields = {"user": user, "with_agencies": others, "body": "moon", "when": self._year(chance)}
        return _record("resource-use", name, owner=user, name=name, use=use, claims_ownership=owned, **fields)

    def _year(self, chance: random.Random) -> str:
        """Return one of its years."""
        return str(self.first_year + chance.randrange(10))


SUITE = Suite(
    "norms",
    "Norms",
    """\
Made-up missions, transfers, payments and uses of resources of 40 programmes of 12 agencies between 1998 and 2044,
judged under every norm of the catalogue in one run of clingo over their distinct profiles. The peer is the same
assessment, one activity at a time, measured on 40 of them and extrapolated. "Open readings": half of the activities use
resources, on which readings differ. "Judged": facts about the activities are derived beforehand. "Assessed": they are
derived as well, as in `law.assess`. Findings are built when they are first looked at, which is left out.""",
    ("case", "n", "ours_s", "peer", "peer_s", "ratio_peer", "slope", "rss_mb"),
    (1_000, 10_000, 50_000),
    measured,
)
