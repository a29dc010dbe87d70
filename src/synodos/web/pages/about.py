"""What is laid on the table, how far it can be relied on, and how each number is computed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from synodos.report import about_answer
from synodos.web.showing.asking import only
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, told


@require_safe
def about_page(request: HttpRequest) -> HttpResponse:
    """Show what a portfolio holds, what of it is unverified, and how answers are computed."""
    only(request)
    portfolio = request.table.portfolio

    def make() -> Told:
        return told(about_answer(portfolio, drawn=True), title=_("About"), portfolio=portfolio)

    return render_answer(request, KEPT.answer(portfolio, "about", {}, make), "pages/about.html")
