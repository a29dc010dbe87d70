"""Under what: findings of law on plans, why each says what it says, what is contested."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from synodos.cli.days import DAY, day_of
from synodos.cli.options import Folder, Form, Format, KnownOn, Narrow, Page, Viewer
from synodos.cli.printing import print_answer, write_answer
from synodos.cli.reading import faults_told, load
from synodos.cli.refusing import no_such, refuse

LawOn = Annotated[
    dt.date | None,
    Option(
        "--law-on",
        parser=day_of,
        metavar=DAY,
        help="State of the law, no later than the catalogue of norms (default: day of knowledge).",
        show_default=False,
    ),
]
Readings = Annotated[
    list[str] | None,
    Option("--reading", help="Reading of a contested question to take; may be repeated.", show_default=False),
]
Only = Annotated[
    list[str] | None,
    Option("--scope", help="Mission, transfer, payment, resource use, kind or agency; repeatable.", show_default=False),
]


def law_assess(
    folder: Folder,
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    law_on: LawOn = None,
    scope: Only = None,
    reading: Readings = None,
    standing: Annotated[
        bool, Option("--standing", help="Also list duties that wait for an event, permissions and definitions.")
    ] = False,
    most: Annotated[int, Option("--most", min=1, help="Open questions to list.")] = 20,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Say which norms apply to the plans in FOLDER, to whom, what is met or in conflict, and what must be answered."""
    from synodos import law
    from synodos.report import assessment_answer

    portfolio = load(folder, viewer, known_on, narrow)
    chosen = [*(scope or ()), *([narrow] if narrow else ())]
    try:
        found = law.assess(portfolio, _law_day(law_on), chosen or None, _readings(reading))
    except KeyError as error:
        refuse(str(error.args[0]))
    asked = {"law_known_on": found.law_known_on, "scope": chosen, "readings": found.readings}
    drawn = output is not None
    answer = assessment_answer(portfolio, found, asked, standing=standing, most_open=most, drawn=drawn)
    write_answer(answer, output, form)


def law_explain(
    folder: Folder,
    norm: Annotated[str, Argument(help="Id of a norm, such as OST-6.2.", show_default=False)],
    activity: Annotated[
        str, Option("--activity", help="Mission, transfer, payment or resource use.", show_default=False)
    ],
    bearer: Annotated[str, Option("--bearer", help="State, agency or organisation.", show_default=False)],
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    law_on: LawOn = None,
    reading: Readings = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """Say why NORM says what it says of a bearer in an activity in FOLDER, or why it says nothing."""
    from synodos import law
    from synodos.report import explanation_answer

    portfolio = load(folder, viewer, known_on)
    if bearer not in portfolio.agencies and bearer not in portfolio.states:
        no_such("--bearer", bearer, [*portfolio.agencies, *portfolio.states])
    if norm not in law.catalogue().norms and "." not in norm:
        no_such("norm", norm, law.catalogue().norms)
    try:
        found = law.explain(portfolio, norm, activity, bearer, _law_day(law_on), _readings(reading))
    except KeyError as error:
        refuse(str(error.args[0]))
    asked = {"norm": norm, "activity": activity, "bearer": bearer, "readings": _readings(reading)}
    write_answer(explanation_answer(portfolio, found, asked, _law_day(law_on), drawn=output is not None), output, form)


def law_contested(
    folder: Folder,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    law_on: LawOn = None,
    output: Page = None,
    form: Form = Format.table,
) -> None:
    """List the contested questions of law, who holds which reading, and what in FOLDER hinges on each."""
    from synodos import law
    from synodos.report import contested_answer

    portfolio = load(folder, viewer, known_on)
    assessment = law.assess(portfolio, _law_day(law_on))
    found = law.contested(portfolio, assessment)
    asked = {"law_known_on": assessment.law_known_on}
    write_answer(contested_answer(portfolio, found, assessment, asked, drawn=output is not None), output, form)


def law_screen(
    folder: Folder,
    listed: Annotated[
        Path,
        Option(
            "--list",
            exists=True,
            dir_okay=False,
            help="Sanctions list: FollowTheMoney entities, or the SDN list of OFAC as XML or CSV.",
            show_default=False,
        ),
    ],
    narrow: Narrow = None,
    viewer: Viewer = "public",
    known_on: KnownOn = None,
    form: Form = Format.table,
) -> None:
    """Say which agencies in FOLDER may be on a list of sanctioned parties; people have to determine each match."""
    from synodos import law
    from synodos.exchange import read_sanctions_list
    from synodos.report import screening_answer

    portfolio = load(folder, viewer, known_on, narrow)
    with faults_told():
        entries = read_sanctions_list(listed)
    agencies = [one for one in portfolio.agencies.values() if narrow in (None, one.id)]
    found = law.screen(agencies, entries)
    print_answer(screening_answer(portfolio, agencies, found, entries, {"list": listed.name, "for": narrow}), form)


def _law_day(law_on: dt.date | None) -> dt.date | None:
    """Return the state of the law that is asked for, or stop where the catalogue does not reach so far."""
    from synodos.law import catalogue

    if law_on is not None and law_on > catalogue().as_of:
        refuse(f"--law-on: nothing later than {catalogue().as_of} is in the catalogue of norms; found {law_on}")
    return law_on


def _readings(chosen: list[str] | None) -> dict[str, str]:
    """Return the chosen readings by their question, or stop and name the nearest."""
    from synodos.language import load as vocabulary

    questions = vocabulary("contested-questions")
    found: dict[str, str] = {}
    for reading in chosen or ():
        question = questions.terms[reading].parent if reading in questions else None
        if question is None:
            no_such("--reading", reading, [term.id for term in questions.terms.values() if term.parent])
        if found.get(question, reading) != reading:
            refuse(f"--reading: {reading} and {found[question]} are readings of one question; take one")
        found[question] = reading
    return found
