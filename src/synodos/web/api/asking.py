"""What a question is here: an address, the page that answers it, and its parameters; one entry makes the rest."""

# Types of parameters are read from the functions as they are made, so annotations are not put off here.

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from ninja import Path, Query, Router, Schema
from pydantic import Field

from synodos.report import Envelope
from synodos.web.api.reading import ID, REFUSALS, OnADay
from synodos.web.api.stamping import stamped, stamped_by_content

RecordId = Annotated[str, Field(pattern=ID)]
DAYS: Final = r"^\d{4}-\d{2}-\d{2}$"
AGENCY: Final = Field(None, max_length=120, description="Id of an agency; default: all.")


class OfAgency(OnADay):
    """Whom it is about."""

    agency: str | None = AGENCY


class BestOf(OfAgency):
    """How many."""

    most: int | None = Field(None, ge=1, le=100_000, description="No more than that; default: all.")


@dataclass(frozen=True)
class Question:
    """A question that is answered at once.

    Attributes
    ----------
    address : str
        Its part of the address; `{id}` stands for the record that it is about.
    asks : str
        What it asks, in a line.
    page : str
        The page that answers it, by its dotted path: a view that ends in `render_answer`.
    parameters : type of Schema
        What the page takes, by the same names.
    about : str
        What the page calls the record that the address names, if it names one.
    command : str
        The command that asks the same, as `schedule path`; nothing where none does.
    grows : bool
        Whether the answer rests on more than the portfolio of the day, so that its stamp is that of its content.
    """

    address: str
    asks: str
    page: str
    parameters: type[Schema]
    about: str = ""
    command: str = ""
    grows: bool = False

    @property
    def name(self) -> str:
        """Its name in the description of the interface."""
        return self.address.partition("/{")[0].replace("/", "_").replace("-", "_")


def register(router: Router, question: Question) -> None:
    """Let a router answer a question."""
    router.add_api_operation(
        f"/{question.address}",
        ["GET"],
        _answered(question),
        response={200: Envelope, **REFUSALS},
        summary=question.asks,
        operation_id=question.name,
    )


def _answered(question: Question) -> Callable[..., Any]:
    """Return what answers a question: the page that does, asked for its envelope."""
    view = import_string(question.page)

    def respond(request: HttpRequest, **named: str) -> HttpResponse:
        request.GET = request.GET.copy()
        request.GET["format"] = "json"
        request.asks_envelope = True  # type: ignore[attr-defined]
        return view(request, **named)

    if question.about:

        def operation(
            request: HttpRequest,
            asked: Query[question.parameters],
            id: Path[RecordId],
        ) -> Any:
            return respond(request, **{question.about: id})
    else:

        def operation(request: HttpRequest, asked: Query[question.parameters]) -> Any:
            return respond(request)

    operation.__doc__ = question.asks
    return stamped_by_content(operation) if question.grows else stamped(operation)
