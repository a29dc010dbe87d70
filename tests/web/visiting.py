"""Every page of the table, with somebody who may see it: what a sweep in a browser visits."""

import time
from dataclasses import dataclass

from django.core import mail

from tests.web import answers, crawling, published, scene, serving, tables

SECRETARY = tables.Person("secretary", "signatory", scene.OFFICE)
NEWCOMER = tables.Person("newcomer", "signatory", scene.OFFICE)
"""Somebody who has no second factor yet."""
NO_PAGE = {
    "action-done", "agenda-item", "agency-discard", "application-admit", "application-decline", "application-endorse",
    "application-erase-contact", "application-silence", "comment", "common-understanding", "erase-comment",
    "feed-taken-back", "instrument-point", "new_link", "position", "program-taken-back", "stage",
    "what-if/<uuid:key>/drop/", "what-if/<uuid:key>/rename/", "what-if/<uuid:key>/erase/", "what-if/<uuid:key>/draft/",
    "what-if/begin/", "what-if/work-out/", "agency/revise/<str:kind>/<str:record_id>/", "runs/<uuid:key>/again/",
    "runs/<uuid:key>/cancel/", "runs/<uuid:key>/share/", "runs/<uuid:key>/erase/",
    "accounts/people/invitations/<int:key>/withdraw/", "editions/<str:key>/publish/", "editions/<str:key>/discard/",
    "editions/<str:key>/withdraw/",
}  # fmt: skip
"""Names or routes of what is only sent to; asked for, it is a page that says so."""
FILES = {
    "feed", "showing-library", "editions/<str:key>/all.zip", "editions/<str:key>/files/<path:name>",
    "what-if/<uuid:key>/record.yaml", "runs/<uuid:key>/progress/",
}  # fmt: skip
"""Names or routes of files, and of parts of pages."""
BY_OTHERS = {
    "accounts/people/<int:key>/": ("office",),
    "accounts/people/<int:key>/erase/": ("office",),
    "accounts/people/": ("office",),
    "accounts/people/invite/": ("office",),
    "accounts/log/": ("office",),
    "accounts/login/": ("stranger",),
    "accounts/second-factor/code/": ("halfway",),
    "accounts/second-factor/set-up/": ("newcomer",),
    "accounts/invitation/<str:token>/": ("stranger",),
    "agency/import/<uuid:upload_id>/": ("secretary",),
    "editions/build/": ("office",),
    "editions/changes/": ("owner",),
    "forum/meetings/<str:meeting>/minutes/": ("owner",),
    "forum/papers/<str:paper>/next/": ("owner",),
    "membership/own/<str:secret>/": ("stranger",),
    "reminders/off/<str:token>/": ("stranger",),
}
"""Who visits what the secretary of the office's agency cannot; of all else it is the secretary, and a stranger, who
looks at one page of each sort."""


@dataclass(frozen=True)
class Visit:
    """A page and who looks at it."""

    route: str
    address: str
    guests: tuple[str, ...]


def known(place):
    """Return by what the lists above know a place: its route, or a name that is its own."""
    return {place.route, place.title}


def visits(given):
    """Return every page with those who look at it; `given` are addresses for routes with names.

    Raises
    ------
    LookupError
        For a route with names for which no address is given: say in `addresses` what is to be visited.
    """
    found = []
    for place in crawling.places():
        if place.route.startswith("api/v1/") or known(place) & (NO_PAGE | FILES):
            continue
        if place.names and place.route not in given:
            message = f"say in `addresses` of {__name__} what to visit at {place.route}, or that it is no page"
            raise LookupError(message)
        first, *others = given.get(place.route, ("/" + place.route,))
        guests = BY_OTHERS.get(place.route, ("secretary", "stranger"))
        found += [Visit(place.route, first, guests), *(Visit(place.route, address, guests[:1]) for address in others)]
    return found


def addresses():
    """Return what to visit at the routes that have names, and more than one state of those that have states."""
    run = {question: f"/runs/{answers.key('secretary', question)}/" for question in answers.QUESTIONS}
    return {
        "agency/drafts/<str:kind>/<str:record_id>/": [f"/agency/drafts/element/{one}/" for one in ("sound", "faulty")],
        "agency/import/<uuid:upload_id>/": ["/agency/import/{upload}/"],
        "records/<str:kind>/<str:record_id>/": [f"/records/{kind}/aster-{kind}/" for kind in scene.HIDEABLE],
        "what-if/<uuid:key>/": [f"/what-if/{tables.key('changes', 'secretary')}/"],
        "runs/<uuid:key>/": [*run.values(), *(f"/runs/{tables.key('runs', one)}/" for one in ENDED)],
        "editions/<str:key>/": [f"/editions/{published.key('public')}/"],
        "forum/papers/<str:paper>/": ["/forum/papers/aster-paper/"],
        "forum/papers/<str:paper>/next/": ["/forum/papers/aster-paper/next/"],
        "forum/meetings/<str:meeting>/": ["/forum/meetings/aster-meeting/"],
        "forum/meetings/<str:meeting>/minutes/": ["/forum/meetings/aster-meeting/minutes/"],
        "missions/<str:mission>/": ["/missions/aster-mission/"],
        "scenarios/of/<str:scenario>/": ["/scenarios/of/aster-scenario/"],
        "scenarios/of/<str:scenario>/align/": ["/scenarios/of/aster-scenario/align/"],
        "scenarios/weigh/": ["/scenarios/weigh/", "/scenarios/weigh/?weigh-missions-missions=1"],
        "agreements/drafts/<str:mission>/": ["/agreements/drafts/aster-mission/"],
        "agreements/close-out/<str:agreement>/": ["/agreements/close-out/aster-agreement/"],
        "schedule/why/": ["/schedule/why/", "/schedule/why/?activity=aster-activity"],
        "launch-periods/": ["/launch-periods/", "/launch-periods/?departure=earth&arrival=mars&after=2016&before=2018"],
        "brief/": ["/brief/", "/brief/?agency=aster"],
        "records/": ["/records/", "/records/?q=drill", "/records/?q=nothing-like-that", "/records/?page=2"],
        "": ["/", "/?on=2010-12-31", "/?agency=aster"],
        "accounts/people/<int:key>/": ["/accounts/people/{person}/"],
        "accounts/people/<int:key>/erase/": ["/accounts/people/{person}/erase/"],
        "accounts/invitation/<str:token>/": ["/accounts/invitation/{invitation}/", "/accounts/invitation/no-such/"],
        "membership/own/<str:secret>/": ["{application}"],
        "membership/applications/<uuid:key>/": ["/membership/applications/{applied}/"],
        "reminders/off/<str:token>/": ["/reminders/off/{reminders}/"],
        "law/finding/": ["{finding}", "/law/finding/"],
    }


ENDED = ("cancelled", "refused")


def seat_all():
    """Let those sit down who are not at the table of other tests; return the sessions of everybody who visits."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    for person in (SECRETARY, NEWCOMER):
        tables.seat(person)
    tables.user("newcomer").authenticator_set.all().delete()
    RecoveryCodes.activate(tables.user("secretary"))
    return {name: _session(name) for name in ("secretary", "newcomer", "office", "owner")}


def _session(name):
    """Return the cookie of somebody who has logged in, and is taken to do so all the time."""
    from django.contrib.sessions.backends.db import SessionStore

    kept = SessionStore(serving.session(name))
    given = {"method": "password", "at": time.time() + 100_000, "reauthenticated": True}
    kept["account_authentication_methods"] = [given]
    kept["account_authentication_methods_user"] = str(tables.user(name).pk)
    kept.save()
    return kept.session_key


def lay_out():
    """Have something of every sort lie at the table; return the parts of addresses that are made up on the way."""
    from synodos.web.accounts.inviting import invite
    from synodos.web.agency.models import Draft
    from synodos.web.api.tokens import make_token
    from synodos.web.feeds.keeping import make_feed
    from synodos.web.membership.models import Application
    from synodos.web.reminding.posting import off_token
    from synodos.web.runs.models import Run, State, SupposedChange
    from tests.web.membership.test_membership import applied

    secretary, kept = tables.user("secretary"), {"viewer": scene.OFFICE}
    answers.lay(("secretary", "stranger"))
    for state in ENDED:
        about = {"question": "exposure", "parameters": {"for": None}, "sha256": "0" * 64, "words": "It was too much"}
        Run.objects.create(id=tables.key("runs", state), asked_by=secretary, title=state, state=State(state), **about,
                           **kept)  # fmt: skip
    steps = [*answers.LEAVES, {"does": "slip", "plans": ["aster-mission"],
              "delay": {"shape": "triangular", "of": "days", "low": 10, "likely": 20, "high": 30}}]  # fmt: skip
    about = {"owner": secretary, "name": "Two things", "steps": steps, **kept}
    SupposedChange.objects.create(id=tables.key("changes", "secretary"), **about)
    sound = '{"name": "A crane", "status": "idea", "release": "members"}'
    for name, content in (("sound", sound), ("faulty", '{"name": "", "status": "perhaps", "costs": [{"x": 1}]}')):
        Draft.objects.create(agency=scene.OFFICE, kind="element", record_id=name, content=content)
    tables.browser("stranger").post(link := applied(), {"do": "confirm"})
    make_token(secretary, "A program", ["read"], 30)
    make_feed(secretary, "Meetings", ["meeting"], own=False)
    mail.outbox.clear()
    return {
        "application": link,
        "applied": str(Application.objects.get().pk),
        "invitation": invite("new@aster.example", "reader", "aster", made_by=tables.user("office")),
        "person": str(tables.user("owner").pk),
        "reminders": off_token(secretary),
        "draft": answers.built(),
    }
