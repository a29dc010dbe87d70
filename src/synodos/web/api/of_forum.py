"""Questions on the forum, at an address of their own."""

from typing import Final

from ninja import Router
from pydantic import Field

from synodos.web.api.asking import AGENCY, DAYS, OnADay, Question, register

router: Final = Router(tags=["forum"])
PAGES: Final = "synodos.web.forum."


class AtADay(OnADay):
    """The day that is asked about: deadlines run on."""

    at: str | None = Field(None, pattern=DAYS, description="Day that is asked about; default: that of `on`, or today.")


class OfForum(AtADay):
    """Which forum."""

    terms: str | None = Field(None, max_length=120, description="Id of Terms of Reference; default: the first.")


class ToDo(AtADay):
    """Which actions."""

    agency: str | None = AGENCY
    standing: str | None = Field(None, pattern="^(open|every)$", description="every: also what is done or dropped.")


QUESTIONS: Final = (
    Question(
        "forum", "How does the forum stand, and what is open?", f"{PAGES}overview.forum_page", OfForum,
        command="forum", grows=True,
    ),
    Question(
        "forum/papers", "Which papers are there, and what does each wait for?", f"{PAGES}papers.papers_page", OfForum,
        command="forum papers", grows=True,
    ),
    Question(
        "forum/paper/{id}", "What became of a paper, and where does each agency stand?", f"{PAGES}papers.paper_page",
        AtADay, "paper", command="forum paper", grows=True,
    ),
    Question(
        "forum/meetings", "Which meetings are ahead, and which were held?", f"{PAGES}meetings.meetings_page", OfForum,
        command="forum meetings", grows=True,
    ),
    Question(
        "forum/meeting/{id}", "What does a meeting deal with?", f"{PAGES}meetings.meeting_page", AtADay, "meeting",
        command="forum meeting", grows=True,
    ),
    Question(
        "forum/actions", "Who has to do what by when?", f"{PAGES}overview.actions_page", ToDo,
        command="forum actions", grows=True,
    ),
    Question(
        "forum/members", "Who takes part, by which Terms?", "synodos.web.membership.taking_part.members_page", OfForum,
        command="forum members", grows=True,
    ),
)  # fmt: skip

for question in QUESTIONS:
    register(router, question)
