"""Version 1 of the interface for programs, put together."""

from __future__ import annotations

from typing import Any, Final

from django.urls import URLPattern, URLResolver
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from synodos import __version__
from synodos.web.api import bundles, drafting, editions, of_forum, questions, reading, running
from synodos.web.api.access import RATE, shown
from synodos.web.api.problems import MEDIA, answer_with_problems, by_method

ABOUT: Final = """
What the pages show, for programs. Without a token an answer rests on what is public. A token is made on the page
"Programs" of one's account and shown as `Authorization: Bearer …`; it sees with the eyes of its agency.

`on` sets the day of knowledge. Every read bears an `ETag`: with `If-None-Match` an answer that still holds costs
nothing. A write takes an `Idempotency-Key`: sent again with the same key, it is done once. Refusals are problem
details (RFC 9457).
"""

FIRST_REFUSAL: Final = 400


class Described(NinjaAPI):
    """The interface; its description says of what type refusals and bundles are."""

    description_kept: dict[str, Any] | None = None

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """Return the addresses."""
        addresses, app, namespace = super().urls
        for address in addresses:
            address.callback = by_method(address.callback)
        return addresses, app, namespace

    def get_openapi_schema(self, **options: Any) -> dict[str, Any]:
        """Return the description, made once: that takes a second, and anybody may ask."""
        if self.description_kept is None:
            self.description_kept = self._described(**options)
        return self.description_kept

    def _described(self, **options: Any) -> dict[str, Any]:
        """Return the description."""
        described = super().get_openapi_schema(**options)
        described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        described["security"] = [{}, {"token": []}]
        for operations in described["paths"].values():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    if int(status) >= FIRST_REFUSAL and "content" in response:
                        response["content"] = {MEDIA: next(iter(response["content"].values()))}
        return described


api: Final = Described(
    title="Synodos",
    version=__version__,
    description=ABOUT,
    urls_namespace="api-v1",
    docs_url=None,
    auth=[shown],
    docs_decorator=require_safe,
    throttle=[RATE],
)
answer_with_problems(api)
api.add_router("", reading.router)
api.add_router("questions", questions.router)
api.add_router("", of_forum.router)
api.add_router("editions", editions.router)
api.add_router("runs", running.router)
api.add_router("drafts", drafting.router)
api.add_router("bundles", bundles.router)
