"""Every question that is answered at once, from one table: `asking.Question` says what an entry holds."""

from typing import Final

from ninja import Router

from synodos.web.api import of_editions, of_law, of_plans, of_schedule
from synodos.web.api.asking import register

router: Final = Router(tags=["questions"])
QUESTIONS: Final = (
    *of_plans.QUESTIONS,
    *of_schedule.QUESTIONS,
    *of_law.QUESTIONS,
    *of_editions.QUESTIONS,
)

for question in QUESTIONS:
    register(router, question)
