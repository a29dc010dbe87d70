"""Small networks whose dates can be worked out by hand, and random ones."""

import datetime as dt
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from synodos.schedule import ELAPSED, MINUTES_PER_DAY, Edge, Network, Node, Period, Rules, Tie, WorkingTime, minutes_of
from synodos.schedule.paths.critical_path import critical_path

MONDAY = minutes_of(dt.datetime(2020, 1, 6))  # noqa: DTZ001 - schedules state times without a zone
DAY = MINUTES_PER_DAY
AGENCIES = ("esa", "jaxa", "nasa")
TYPES = ("finish-start", "start-start", "finish-finish", "start-finish")


def day(number):
    """The first minute of a day, counted from Monday the 6th of January 2020."""
    return MONDAY + round(number * DAY)


def five_days():
    """Monday to Friday, eight hours a day, for five years."""
    days = np.array([day(n) for n in range(-371, 1500) if n % 7 < 5], dtype=np.int64)
    opens, closes = days + 8 * 60, days + 16 * 60
    return WorkingTime("five", "Five days", opens, closes, np.arange(len(days), dtype=np.int64) * 480, 480)


def task(key, days, agency="esa", calendar=ELAPSED, **other):
    minutes = round(days * (DAY if calendar == ELAPSED else 480))
    other.setdefault("remaining", minutes)
    return Node(key, key.title(), agency, (f"activity:{key}",), duration=minutes, calendar=calendar, **other)


def done(node, started, finished):
    return replace(node, remaining=0, actual_start=day(started), actual_finish=day(finished))


def begun(node, started, left_days):
    return replace(node, remaining=left_days * DAY, actual_start=day(started))


def launch(key, *periods, **other):
    spans = tuple(Period(day(opens), day(closes), computed=False) for opens, closes in periods)
    return Node(
        key, key.title(), other.pop("agency", "esa"), (f"mission:{key}",), type="launch", periods=spans, **other
    )


def tie(kind, at, why="constraint of a test"):
    return Tie(kind, None if at is None else day(at), why)


def network(nodes, *links, calendars=(), **rules):
    """A network; a link is `a b`, or `(a, b, type, lag in days)`."""
    place = {node.id: number for number, node in enumerate(nodes)}
    edges = []
    for link in links:
        first, second, *rest = link.split() if isinstance(link, str) else link
        kind, lag = (*rest, *("finish-start", 0)[len(rest) :])
        edges.append(Edge(place[first], place[second], kind, round(lag * DAY)))
    schedule = Rules("plan", "The plan", rules.pop("starts", MONDAY), **rules)
    names = {"esa": "ESA", "jaxa": "JAXA", "nasa": "NASA"}
    return Network(dt.date(2020, 1, 6), tuple(nodes), tuple(edges), calendars, (schedule,), names)


def computed(nodes, *links, target=None, **rules):
    return critical_path(network(nodes, *links, **rules), target)


def relay():
    """ESA builds for 10 days, NASA tests for 5, JAXA flies it 3 days later for 2; a rig of 4 days is ready early."""
    nodes = [
        task("build", 10, "esa", agreement="mou"),
        task("rig", 4, "nasa"),
        task("test", 5, "nasa", agreement="mou"),
        task("fly", 2, "jaxa"),
    ]
    return network(nodes, "build test", "rig test", ("test", "fly", "finish-start", 3))


@st.composite
def networks(draw, most=9):
    """Networks without constraints: tasks in a row, linked forwards, on two calendars."""
    count = draw(st.integers(1, most))
    calendars = (five_days(),)
    nodes = [
        task(
            f"t{number}",
            draw(st.integers(0, 12)),
            draw(st.sampled_from(AGENCIES)),
            draw(st.sampled_from((ELAPSED, 0))),
        )
        for number in range(count)
    ]
    links = [
        (f"t{first}", f"t{second}", draw(st.sampled_from(TYPES)), draw(st.integers(-3, 6)))
        for second in range(1, count)
        for first in draw(st.sets(st.integers(0, second - 1), max_size=3))
    ]
    return network(nodes, *links, calendars=calendars)
