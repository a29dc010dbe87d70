"""Questions on editions of the roadmap, which were answered when each was built."""

from typing import Final

from pydantic import Field

from synodos.web.api.asking import OnADay, Question

VIEWS: Final = "synodos.web.editions.views."


class Between(OnADay):
    """Which two."""

    before: str | None = Field(None, max_length=200, description="Key of the earlier one; default: the last but one.")
    after: str | None = Field(None, max_length=200, description="Key of the later edition; default: the last.")


QUESTIONS: Final = (
    Question("editions/changes", "What changed between editions?", f"{VIEWS}changes_page", Between, grows=True),
    Question("editions/{id}", "What does an edition tell?", f"{VIEWS}edition_page", OnADay, "key", grows=True),
)
