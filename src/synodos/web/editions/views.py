"""The pages of editions: all of them, one with its files, and what changed from one to another."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from synodos import roadmap
from synodos.exchange import EDITION_FILE, PLAN_FILE, PORTFOLIO_FILE, SIGNATURE_FILE
from synodos.language import Portfolio, PortfolioError
from synodos.report import edition_changes_answer, header_line
from synodos.web.editions.forms import PublishForm, WithdrawForm
from synodos.web.editions.models import EditionFile, PublishedEdition, State
from synodos.web.editions.seeing import drafts, edition_of, editions, keeps, opened, published, seen_by, with_files
from synodos.web.pages.choosing import chosen_from, tabs
from synodos.web.showing.asking import only, word
from synodos.web.showing.exports import attached
from synodos.web.showing.faulty import unanswered
from synodos.web.showing.keeping import KEPT
from synodos.web.showing.links import links_of
from synodos.web.showing.rendering import render_answer
from synodos.web.showing.told import Told, ToldSection, ToldTable, told

MEDIA: Final = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "yaml": "application/yaml",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
"""Media types of files by their endings."""
DOCUMENTS: Final = ("booklet.pdf", "poster.pdf", "roadmap.html", "milestones.ics")
"""Files for people."""
PLAIN: Final = "application/octet-stream"
KILOBYTE: Final = 1024


@require_safe
def editions_page(request: HttpRequest) -> HttpResponse:
    """List the editions of the roadmap that are published here, and drafts to those who may look at them."""
    only(request)
    portfolio, found = request.table.portfolio, list(editions(request))
    unpublished = list(drafts(request)) if request.table.known_on is None else []
    listed = [("editions", _("Published here"), found), ("drafts", _("Not published yet"), unpublished)]
    tables = {name: _table(portfolio, name, title, some) for name, title, some in listed if some}
    heads = {"editions": _("Editions"), "drafts": _("Drafts")}
    sections = tuple(ToldSection(anchor=name, title=heads[name], tables=(one,)) for name, one in tables.items())
    cells = (cell for one in tables.values() for row in one.rows for cell in row)
    links = links_of(portfolio, cells) if tables else {}
    answer = Told(
        title=_("Editions"), lead=_lead(portfolio, found), header=header_line(portfolio), sections=sections, links=links
    )
    out = _comparable(found)
    fields = _pair(request, out) if len(out) > 1 else ()
    return render_answer(request, answer, "editions/list.html", pair=fields, keeps=keeps(request))


def _comparable(found: list[PublishedEdition]) -> list[PublishedEdition]:
    """Return the editions whose files are there to be compared."""
    return [one for one in found if one.state == State.PUBLISHED]


def _lead(portfolio: Portfolio, found: list[PublishedEdition]) -> str:
    """Return in a sentence which edition is the latest."""
    out = _comparable(found)
    if not out:
        return _("No edition of the roadmap that you may see is published here.")
    latest = out[0]
    signed = _("signed by %s") % portfolio.agency_name(latest.author) if latest.author else _("an unsigned draft")
    counted = ngettext("%d edition is", "%d editions are", len(out)) % len(out)
    return _("The latest is “{title}”, edition {number} of {published}, {signed}; {counted} published here.").format(
        title=latest.title, number=latest.number, published=latest.published, signed=signed, counted=counted
    )


def _table(portfolio: Portfolio, name: str, title: str, found: list[PublishedEdition]) -> ToldTable:
    """Return editions as a table, each leading to its page."""
    rows = tuple(
        (
            one.title,
            one.number,
            one.published,
            one.known_on.isoformat(),
            portfolio.agency_name(one.author) if one.author else _("nobody: a draft"),
            one.follows or None,
            seen_by(one, portfolio),
            _standing(one),
            one.sha256[:12],
        )
        for one in found
    )
    columns = ("edition", "number", "published", "known on", "signed by", "follows", "seen by", "standing", "hash")
    leads = tuple(reverse("editions:edition", args=[one.key]) for one in found)
    return ToldTable(name=name, title=title, columns=columns, rows=rows, leads=leads)


def _standing(one: PublishedEdition) -> str:
    """Return how an edition stands, in words."""
    if one.state == State.WITHDRAWN:
        return _("withdrawn on {day}: {reason}").format(day=one.withdrawn_on, reason=one.reason)
    return str(State(one.state).label)


def _pair(request: HttpRequest, found: list[PublishedEdition], **chosen: str) -> tuple[Any, ...]:
    """Return the fields by which two editions are chosen: by default the latest, and the one before."""
    names = tuple((one.key, f"{one.published}: {one.title}") for one in found)
    before, after = chosen.get("before") or found[1].key, chosen.get("after") or found[0].key
    fields = (("before", _("From edition"), before), ("after", _("to edition"), after))
    return tuple(chosen_from(name, label, key, names, _("choose one")) for name, label, key in fields)


@require_safe
def edition_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show what an edition says, who signed it, and its files."""
    only(request)
    found = edition_of(request, key)
    portfolio = request.table.portfolio
    if found.state == State.WITHDRAWN and not keeps(request):
        return _withdrawn(request, found)
    answer = _marked(found, portfolio)
    links = {words: target for words, target in answer.links.items() if _is_there(portfolio, target)}
    files = _files(request, found)
    context = {
        "edition": found,
        "author": portfolio.agency_name(found.author) if found.author else "",
        "documents": [file for file in files if file["name"] in DOCUMENTS],
        "files": files,
        "bundle": request.table.link(reverse("editions:bundle", args=[found.key])),
        "same_plans": _rests_on_these_plans(found),
        "verified": _signature_holds(found),
        "fields": (),
        "within": _tabs(request, found),
        **_decisions(request, found),
    }
    return render_answer(request, answer.model_copy(update={"links": links}), "editions/edition.html", **context)


def _marked(found: PublishedEdition, portfolio: Portfolio) -> Told:
    """Return the page on an edition, which says first how it stands where it is not published to all who may see it."""
    answer = Told.model_validate(found.told)
    told = {
        State.DRAFT: _("This is a draft, seen by {readers}: it is not published.").format(
            readers=seen_by(found, portfolio)
        ),
        State.WITHDRAWN: _("Withdrawn on {day}: {reason} Its files are kept for the secretariat alone.").format(
            day=found.withdrawn_on, reason=_sentence(found.reason)
        ),
    }.get(State(found.state))
    return answer if told is None else answer.model_copy(update={"notices": (told, *answer.notices)})


def _sentence(text: str) -> str:
    """Return a text that ends as a sentence does."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _withdrawn(request: HttpRequest, found: PublishedEdition) -> HttpResponse:
    """Show of a withdrawn edition that it was one, why it was withdrawn, and the hash by which copies are known."""
    portfolio = request.table.portfolio
    lead = _("Withdrawn on {day}: {reason}").format(day=found.withdrawn_on, reason=_sentence(found.reason))
    named = _("Its edition.json had the SHA-256 {sha256}; its files are not given any more.").format(
        sha256=found.sha256
    )
    section = ToldSection(anchor="withdrawn", title=_("What it was"), sentences=(named,))
    answer = Told(title=found.title, lead=lead, header=header_line(portfolio), sections=(section,))
    within = tabs(request, ((_("All editions"), reverse("editions:editions")),))
    return render_answer(request, answer, "pages/answer.html", within=within)


def _decisions(request: HttpRequest, found: PublishedEdition) -> dict[str, Any]:
    """Return the forms by which the secretariat decides on an edition."""
    if not keeps(request):
        return {}
    if found.state == State.DRAFT:
        return {"publish": PublishForm(found, request.table.portfolio)}
    return {"withdraw": WithdrawForm()} if found.state == State.PUBLISHED else {}


def _is_there(portfolio: Portfolio, target: str) -> bool:
    """Return whether a record to which a cell would lead is to be seen at this table."""
    kind, _sign, record_id = target.partition(":")
    return target.startswith("/") or record_id in portfolio.tables.get(kind, {})


def _rests_on_these_plans(found: PublishedEdition) -> bool:
    """Return whether this ledger says of the edition's day, to its viewer, just what the edition rests on."""
    from synodos.ledger import snapshot

    return snapshot(found.known_on, viewer=found.viewer).sha256 == found.portfolio_sha256


def _signature_holds(found: PublishedEdition) -> bool:
    """Return whether the key that signed an edition is, as this ledger counts today, one of its author's."""
    from synodos.ledger import keys_in_force

    return bool(found.author) and found.public_key in keys_in_force(found.author)


def _files(request: HttpRequest, found: PublishedEdition) -> list[dict[str, Any]]:
    """Return the files of an edition: documents first, then data, then what makes it verifiable."""
    files = found.files.defer("content")
    return [
        {
            "name": file.name,
            "what": _what(file.name),
            "bytes": file.size,
            "size": f"{max(1, round(file.size / KILOBYTE)):,} kB",
            "sha256": file.sha256,
            "address": request.table.link(reverse("editions:file", args=[found.key, file.name])),
        }
        for file in sorted(files, key=_order)
    ]


def _order(file: EditionFile) -> tuple[int, str]:
    """Return where a file stands among the others."""
    ending = file.name.rpartition(".")[2]
    ranks = {"pdf": 0, "html": 1, "ics": 2, "csv": 3}
    return (ranks.get(ending, 4), file.name)


def _what(name: str) -> str:
    """Return what a file is, in words."""
    known = {
        "booklet.pdf": _("Booklet (PDF)"),
        "poster.pdf": _("Poster, A1 (PDF)"),
        "roadmap.html": _("One page that works offline (HTML)"),
        "milestones.ics": _("Dates ahead (calendar)"),
        EDITION_FILE: _("the edition for programs, with the hash of every other file"),
        PLAN_FILE: _("the plan: title, day, scenarios and words"),
        PORTFOLIO_FILE: _("the plans on which it rests"),
        SIGNATURE_FILE: _("the signature"),
        "data/datapackage.json": _("what the tables hold (Frictionless Data)"),
    }
    return known.get(name, _("a table") if name.endswith(".csv") else "")


def _tabs(request: HttpRequest, found: PublishedEdition) -> list[tuple[str, str, bool]]:
    """Return the pages that belong to an edition."""
    followed = bool(found.follows) and found.state == State.PUBLISHED
    before = published(request).filter(edition=found.follows).first() if followed else None
    pages = [(_("All editions"), reverse("editions:editions"))]
    if before is not None:
        pages.append((_("What changed"), f"{reverse('editions:changes')}?before={before.key}&after={found.key}"))
    return tabs(request, tuple(pages))


@require_safe
def changes_page(request: HttpRequest) -> HttpResponse:
    """Show what changed from one edition to another."""
    asked = only(request, "before", "after")
    found = list(published(request))
    keys = [one.key for one in found]
    if len(found) < 2:  # noqa: PLR2004 - two are compared
        raise Http404
    before, after = word(asked, "before", keys, keys[1]), word(asked, "after", keys, keys[0])
    by_key = {one.key: one for one in found}
    answer = _changes(request.table.portfolio, by_key[str(before)], by_key[str(after)])
    fields = _pair(request, found, before=str(before), after=str(after))
    pages = ((_("All editions"), reverse("editions:editions")),)
    return render_answer(request, answer, "pages/answer.html", fields=fields, within=tabs(request, pages))


def _changes(portfolio: Portfolio, before: PublishedEdition, after: PublishedEdition) -> Told:
    """Return what changed, with links to what is to be seen at this table; or that it cannot be read any more."""

    def make() -> Told:
        try:
            old, new = opened(before), opened(after)
        except PortfolioError as error:
            lead = _(
                "There is no answer, because another release built an edition in a form that this one cannot read."
            )
            return unanswered(portfolio, _("What changed"), lead, error.faults)
        changes = roadmap.edition_changes(old.edition, new.edition)
        answer = edition_changes_answer(new.portfolio, changes)
        made = told(answer, title=_("What changed"), portfolio=portfolio)
        lead, *more = answer.sentences[1:]
        (section,) = made.sections
        section = section.model_copy(update={"sentences": (answer.sentences[0], *more)})
        return made.model_copy(update={"lead": lead, "sections": (section,)})

    asked: Mapping[str, object] = {"before": before.sha256, "after": after.sha256}
    return KEPT.answer(portfolio, "edition-changes", asked, make)


@require_safe
def file_page(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Give a file of an edition."""
    only(request)
    file = with_files(request, key).files.filter(name=name).first()
    if file is None:
        raise Http404
    stem, _point, ending = name.replace("/", "-").rpartition(".")
    return attached(request, bytes(file.content), MEDIA.get(ending, PLAIN), f"{key}-{stem}", ending)


@require_safe
def bundle_page(request: HttpRequest, key: str) -> HttpResponse:
    """Give all files of an edition in one, as they lay in its folder."""
    only(request)
    found = with_files(request, key)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for file in found.files.all():
            packed.writestr(zipfile.ZipInfo(f"{found.edition}/{file.name}"), bytes(file.content), zipfile.ZIP_DEFLATED)
    return attached(request, out.getvalue(), "application/zip", key, "zip")
