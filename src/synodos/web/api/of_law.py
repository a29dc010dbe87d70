"""Questions on law and agreements."""

from typing import Final, Literal

from pydantic import Field

from synodos.web.api.asking import DAYS, OfAgency, OnADay, Question

PAGES: Final = "synodos.web.pages."


class Judged(OfAgency):
    """What law is asked about."""

    scope: str | None = Field(None, max_length=200, description="An activity, as mission:exomars-rover.")
    law_on: str | None = Field(None, pattern=DAYS, description="State of the law.")
    reading: str | None = Field(None, max_length=120, description="Reading of a contested question to take.")
    standing: str | None = Field(None, pattern="^1$", description="1: list standing duties too.")


class Chosen(Judged):
    """Which findings."""

    norm: str | None = Field(None, max_length=200)
    bearer: str | None = Field(None, max_length=120)
    state: str | None = Field(None, max_length=80)
    certainty: str | None = Field(None, max_length=40)


class Explained(OnADay):
    """Which finding."""

    norm: str = Field(max_length=200, description="Id of a norm, as OST-6.2.")
    activity: str = Field(max_length=200, description="An activity, as mission:exomars-rover.")
    bearer: str = Field(max_length=120, description="Id of a state or an agency.")
    law_on: str | None = Field(None, pattern=DAYS, description="State of the law.")
    reading: str | None = Field(None, max_length=120, description="Reading of a contested question to take.")


class Contested(OnADay):
    """Which state of the law."""

    law_on: str | None = Field(None, pattern=DAYS)


class OnTheDay(OfAgency):
    """At which day a register is asked."""

    at: str | None = Field(None, pattern=DAYS, description="Day on which agreements stand; default: of knowledge.")


class Watched(OnTheDay):
    """How far ahead."""

    within_days: int | None = Field(None, ge=0, le=36_525)


class Needed(OfAgency):
    """With what might come."""

    proposed: int | None = Field(None, ge=0, le=1_000, description="Of how many opportunities, too.")


class Drafted(OnADay):
    """Which draft."""

    what: Literal["term-sheet", "registration", "information"] | None = Field(
        None, description="The latter two are told to the United Nations; default: term-sheet."
    )


QUESTIONS: Final = (
    Question(
        "law/assess", "Which norms apply, and are they met?", f"{PAGES}judging.law_page", Judged, command="law assess"
    ),
    Question("law/findings", "Which findings fit?", f"{PAGES}judging.findings_page", Chosen),
    Question(
        "law/explain", "Why does a norm say what it says?", f"{PAGES}judging.finding_page", Explained,
        command="law explain",
    ),
    Question(
        "law/contested", "Which questions of law are contested?", f"{PAGES}judging.contested_page", Contested,
        command="law contested",
    ),
    Question(
        "agreements/list", "Which agreements stand?", f"{PAGES}agreeing.register_page", OnTheDay,
        command="agreements list",
    ),
    Question(
        "agreements/watch", "Which agreements need attention?", f"{PAGES}agreeing.watch_page", Watched,
        command="agreements watch",
    ),
    Question(
        "agreements/needed", "Which agreements are needed?", f"{PAGES}agreeing.needed_page", Needed,
        command="agreements needed",
    ),
    Question(
        "agreements/draft/{id}", "What would be signed, or told to the United Nations?", f"{PAGES}agreeing.draft_page",
        Drafted, "mission", command="agreements draft",
    ),
    Question(
        "agreements/close-out/{id}", "What came of an agreement?", f"{PAGES}agreeing.close_out_page", OnADay,
        "agreement", command="agreements close-out",
    ),
)  # fmt: skip
