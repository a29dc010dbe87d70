"""The example on the page of each record kind: a record of a shipped portfolio, or a made-up one."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final = {
    "state": ("exploration2011", "ind"),
    "agency": ("exploration2011", "kari"),
    "policy": ("exploration2011", "no-nasa-work-with-china"),
    "interest": ("exploration2011", "dlr-lunar-resources"),
    "element": ("exploration2011", "htv"),
    "mission": ("exploration2011", "chandrayaan-2"),
    "commitment": ("exploration2011", "isro-chandrayaan-2-2011"),
    "offer": ("exploration2011", "htv-cargo"),
    "need": ("exploration2026", "need-esa-seats"),
    "scenario": ("exploration2011", "asteroid-next"),
    "agreement": ("exploration2011", "nodes-for-columbus"),
    "transfer": ("jwst", "miri-to-nasa"),
    "payment": ("iss", "soyuz-seats-ordered-2011-03"),
    "resource-use": ("exploration2026", "lupex-water"),
    "legal-position": ("exploration2026", "luxembourg-owns-what-it-extracts"),
    "determination": ("cassini-huygens", "generators-on-board-of-cassini"),
    "terms-of-reference": ("exploration2011", "isecg-terms"),
    "working-group": ("exploration2011", "architecture-group"),
    "meeting": ("exploration2011", "national-harbor-2010"),
    "paper": ("exploration2011", "ger-2011"),
    "progress": ("exploration2011", "roadmap-progress-2011"),
}
"""Telling records of the shipped portfolios, by kind; where one is gone, the shortest of its kind stands in."""
_SHARED: Final = {
    "owner": "esa",
    "stated_by": "esa",
    "release": "public",
    "as_of": "2011",
    "confidence": "read",
    "sources": ["your-source"],
}
MADE_UP: Final = {
    "objective": {
        "id": "esa-past-life",
        **_SHARED,
        "name": "Find out whether there was life on Mars",
        "serves": ["objective-past-or-present-life"],
        "destinations": ["mars"],
    },
    "calendar": {
        "id": "test-house",
        **_SHARED,
        "name": "Test house: five days of eight hours",
        "week": [{"days": ["mon", "tue", "wed", "thu", "fri"], "hours": ["08:00-12:00", "13:00-17:00"]}],
        "exceptions": [
            {"dates": "2011-12-24..2012-01-02", "name": "end of the year"},
            {"dates": "2011..", "recurs": "yearly", "day": 1, "month": 5, "name": "first of May"},
        ],
    },
    "schedule": {
        "id": "rover-schedule",
        **_SHARED,
        "name": "Schedule of the rover",
        "starts": "2011-03-01",
        "status_date": "2011-09-01",
        "calendar": "test-house",
    },
    "activity": {
        "id": "drill-tests",
        **_SHARED,
        "name": "Tests of the drill",
        "schedule": "rover-schedule",
        "leads_to": "exomars-rover-vehicle",
        "duration_days": 60,
        "spread": {"shape": "pert", "low": 0.9, "likely": 1, "high": 1.5},
        "after": [{"activity": "drill-assembly"}, {"activity": "test-stand", "type": "start-start", "lag_days": 5}],
        "constraints": [{"type": "start-no-earlier", "on": "2011-10-03", "source": "booking of the test house"}],
    },
    "risk": {
        "id": "late-parachutes",
        **_SHARED,
        "name": "The parachutes fail a test",
        "probability": 0.2,
        "affects": ["drop-tests"],
        "delay": {"shape": "triangular", "of": "days", "low": 90, "likely": 150, "high": 300},
    },
    "estimate": {
        "id": "esa-own-landing-system",
        **_SHARED,
        "name": "A landing system built in Europe",
        "plan": "sky-crane-2018",
        "analogue": "The platform of an earlier lander of the same mass",
        "costs": [{"money": {"amount": 300000000, "currency": "EUR", "price_year": 2011}}],
        "development_days": 2200,
    },
    "benefit": {
        "id": "esa-first-drill",
        **_SHARED,
        "name": "First samples from two metres below the surface",
        "sort": "science-return",
        "plans": ["exomars-rover"],
        "weight": 5,
    },
    "position": {
        "id": "esa-on-the-roadmap",
        **_SHARED,
        "release": "members",
        "paper": "ger-2011",
        "version": 1,
        "stand": "reserves",
        "reason": "The date of the lander is not the one that was agreed.",
    },
    "action": {
        "id": "esa-sends-its-plans",
        **_SHARED,
        "release": "members",
        "name": "Send the plans for the lander to the secretariat",
        "bearer": "esa",
        "due": "2011-12-01",
        "meeting": "kyoto-2011",
        "paper": "ger-2011",
    },
    "change": {
        "id": "nasa-leaves-exomars",
        **_SHARED,
        "name": "NASA leaves both missions",
        "happens": [{"does": "withdraw", "agency": "nasa", "plans": ["exomars-2016", "exomars-rover"]}],
    },
}
"""Examples of kinds that no shipped portfolio uses."""
