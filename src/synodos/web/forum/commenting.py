"""Comments on a paper: read by whoever may read what they are about, written by members, erased by author or office."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from synodos.language import Paper
from synodos.web.agency.keeping import latest
from synodos.web.forum.models import Comment
from synodos.web.forum.seats import may_speak, paper_or_404
from synodos.web.forum.versions import Statement, statements_of
from synodos.web.table import needs

PER_PAGE: Final = 25
"""Comments on one page."""
LONGEST: Final = 4_000
"""Characters of a comment."""
MOST_OF_AGENCY: Final = 200
"""Comments that an agency can have on one paper."""


class CommentForm(forms.Form):
    """What somebody says of a paper."""

    text = forms.CharField(max_length=LONGEST)


@dataclass(frozen=True)
class ShownComment:
    """A comment as a page shows it; `erasable` where who looks may take it away."""

    id: str
    agency: str
    person: str
    text: str
    written_at: dt.datetime
    version: int
    present: bool
    erasable: bool


def comments_on(request: HttpRequest, paper: Paper, told: Sequence[Statement]) -> Page[ShownComment]:
    """Return what was said of the statements of a paper that who asks may read, up to the day that is looked at.

    It is the page that the address asks for, and the latest where it asks for none.
    """
    table = request.table
    found = Comment.objects.filter(paper=paper.id, statement__in=[one.hash for one in told]).select_related("author")
    if table.known_on is not None:
        found = found.filter(written_at__date__lte=table.known_on)
    pages = Paginator(found, PER_PAGE)
    page = pages.get_page(request.GET.get("page") or pages.num_pages)
    page.object_list = [_shown(request, paper, one) for one in page.object_list]
    return page


def _shown(request: HttpRequest, paper: Paper, one: Comment) -> ShownComment:
    """Return a comment as who asks may see it."""
    table = request.table
    office = table.can("administer")
    return ShownComment(
        id=str(one.pk),
        agency=table.portfolio.agency_name(one.agency),
        person=one.author.email if office or one.agency == table.agency else "",
        text=one.text,
        written_at=one.written_at,
        version=one.version,
        present=one.version == paper.version,
        erasable=table.known_on is None and (office or one.author.pk == table.person),
    )


@needs("editor")
@require_POST
def comment(request: HttpRequest, paper: str) -> HttpResponse:
    """Keep what somebody says, for a member, of the paper as it stands now."""
    portfolio = latest(request)
    found = paper_or_404(portfolio, paper)
    if not may_speak(request, portfolio, found):
        raise Http404
    form, agency = CommentForm(request.POST), str(request.table.agency)
    present = next((one.hash for one in reversed(statements_of(found, portfolio))), None)
    if not form.is_valid():
        expected = _("Nothing was kept. A comment has from 1 to {most} characters.").format(most=f"{LONGEST:,}")
        messages.error(request, expected)
    elif request.POST.get("statement") != present:
        messages.error(request, _("Nothing was kept: the paper was stated anew since you opened it. Read it again."))
    elif Comment.objects.filter(paper=found.id, agency=agency).count() >= MOST_OF_AGENCY:
        messages.error(request, _("Nothing was kept: your agency said enough on this paper; erase something first."))
    else:
        Comment.objects.create(
            paper=found.id,
            version=found.version,
            statement=present,
            agency=agency,
            author=request.user,
            text=form.cleaned_data["text"],
        )
        messages.success(request, _("Your comment is kept."))
    return redirect(f"{request.path.removesuffix('comments/')}#comments")


@needs("reader", "secretariat")
@require_POST
def erase_comment(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Erase a comment, for its author or the secretariat; others are told that there is none."""
    found = Comment.objects.filter(pk=key).first()
    if found is None or not (request.table.can("administer") or found.author.pk == request.table.person):
        raise Http404
    found.delete()
    messages.success(request, _("The comment is erased."))
    return redirect("forum:paper", found.paper)
