"""Asking every address of the table as somebody, and what of the answers can be compared."""

import hashlib
import html
import io
import itertools
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field

from django.test import Client
from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import URLPattern

from tests.report import reading_pdf
from tests.web import published, scene, tables

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": ?|csrf-token" content=)"[A-Za-z0-9]+"')
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b")
MOMENT = re.compile(
    r"\b20(?:2[4-9]|[3-9]\d)-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\+00:00)?"
    r"|\b\d+ \w+ 20\d\d, \d\d:\d\d( UTC)?"
)
PASSING = {"Set-Cookie", "Date", "Expires", "X-Request-ID"}
"""Headers that differ from one answer to the next whatever is asked."""


@dataclass(frozen=True)
class Place:
    """One address as the resolver knows it."""

    route: str
    names: tuple[str, ...]
    title: str | None = field(default=None, compare=False)

    def filled(self, given):
        """Return the path, with values in the place of names."""
        path = self.route
        for name in self.names:
            path = re.sub(rf"<(?:\w+:)?{name}>", str(given[name]), path)
        return "/" + path


def places(patterns=None, before=""):
    """Yield every address of the table, in the order in which they are tried."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + _route(pattern.pattern)
        if isinstance(pattern, URLPattern):
            names = tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))
            yield Place(route, names, pattern.name)
        else:
            yield from places(pattern.url_patterns, route)


def _route(pattern):
    """Return a pattern as one writes routes; those written as regular expressions too."""
    text = str(pattern)
    text = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", text)
    return text.strip("^$").replace("\\Z", "")


@dataclass(frozen=True)
class Said:
    """What of an answer can be compared: all but what differs whatever is asked."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    raw: bytes = field(compare=False, repr=False)

    @property
    def text(self):
        """All that can be read in it, headers and packed parts too."""
        return "\n".join([self.body, *(f"{name}: {value}" for name, value in self.headers)])


def said(response):
    """Return what a response says."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: _plain(value) for name, value in response.headers.items() if name not in PASSING}
    kind = headers.get("Content-Type", "")
    body = _unpacked(raw) if raw[:2] == b"PK" else _text(raw, kind)
    if kind.startswith("text/html") or raw[:2] == b"PK" or raw[:4] == b"%PDF":
        headers.pop("Content-Length", None)  # tokens and packing differ in length
    return Said(response.status_code, tuple(sorted(headers.items())), body, raw)


def _text(raw, kind):
    if raw[:4] == b"%PDF":  # no two are alike to the byte
        return "\n".join(page.extract_text() for page in reading_pdf.opened(raw).pages)
    if kind.startswith(("image/png", "font/")):
        return hashlib.sha256(raw).hexdigest()
    return _plain(raw.decode("utf-8", "replace"))


def _plain(text):
    """Return text without tokens, clock times and random names; the order of these names stays."""
    text = MOMENT.sub("(moment)", TOKEN.sub(r'\1"(token)"', text))
    seen = {}
    number = itertools.count(1)
    return UUID.sub(lambda found: seen.setdefault(found[0], f"(name {next(number)})"), text)


def _unpacked(raw):
    """Return the parts of a workbook or another packed file."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        parts = [(name, packed.read(name).decode("utf-8", "replace")) for name in packed.namelist()]
    return "\n".join(f"== {name}\n{text}" for name, text in parts if name != "docProps/core.xml")


class Guest:
    """Somebody who asks."""

    def __init__(self, user=None):
        """Sit down; without a user, stand at the door."""
        self.client = Client(raise_request_exception=False)
        self.shown = {}
        if user is not None:
            self.client.force_login(user)
            self.shown = {"Authorization": f"Bearer {_token(user)}"}

    def get(self, address, **headers):
        """Ask for an address, as a program that address is for them; return what is said."""
        shown = self.shown if address.startswith("/api/") else {}
        return said(self.client.get(address, headers={**shown, **headers}))

    def post(self, address, values=None):
        """Send a form."""
        return said(self.client.post(address, values or {}))


def _token(user):
    """Give somebody's programs a token that allows all that it may."""
    from synodos.web.accounts.roles import Role
    from synodos.web.api.tokens import make_token, scopes_of

    user.tokens.all().delete()
    return make_token(user, "crawl", [scope.value for scope in scopes_of(Role(user.role))], 1)


LINK = re.compile(r'(?:href|src|action|hx-get|data-\w+)="(/[^"#]*|\?[^"#]*)')
FORMS = ("csv", "json", "xlsx", "yaml", "svg", "png", "pdf")
NOWHERE = "there-is-no-such-thing"
SKIPPED = ("account_logout",)
"""Addresses that end the visit."""
DRAWN = ("svg", "png", "pdf")


COMPUTED = re.compile(
    r"/(\?|$|missions|law|schedule|agreements|coverage|opportunities|dependence|exposure|worth|pictures|scenarios|brief|annual|calendar|launch-periods"
    r"|forum/(\?|$|papers/(\?|$)|meetings|actions|members|new)"
    r"|api/v1/questions|api/v1/bundles)"
)
"""Addresses behind which an engine works."""


class Crawl(dict):
    """All that the table says to one guest, by address: what the resolver knows, and where pages lead.

    A shallow one leaves out what has to be computed; a thorough one asks for every record in every form on several
    days, others for a few of each sort.
    """

    def __init__(self, name, *, shallow=False, thorough=False):
        super().__init__()
        self.name = name
        self.guest = Guest(None if name == "stranger" else tables.user(name))
        self.shallow = shallow
        self.thorough = thorough
        self.from_links = []

    def all(self):
        """Ask for everything; return what was said."""
        for place in places():
            if place.title in SKIPPED:
                continue
            for given in arguments(place):
                if self.thorough or set(given.values()).isdisjoint(RARE):
                    self.ask(place.filled(given))
        for address in ASKED_ALSO:
            self.ask(address)
        self.follow()
        return self

    def ask(self, address):
        """Ask for one address, if it was not asked for yet."""
        if address not in self and not (self.shallow and COMPUTED.match(address)):
            self[address] = self.guest.get(address)

    def follow(self):
        """Follow links, a few of each sort: by the page that answers, and by what is asked of it."""
        counts = Counter()
        pages = list(self)
        for page in pages:
            said = self[page]
            if said.status != 200 or "<html" not in said.body[:2_000] or (not self.thorough and "on=" in page):
                continue
            for link in LINK.findall(said.raw.decode()):
                address = html.unescape(link)
                address = page.partition("?")[0] + address if address.startswith("?") else address
                sort = self._sort(address)
                if address in self or sort is None or counts[sort] >= (3 if self.thorough else 1):
                    continue
                counts[sort] += 1
                self.ask(address)
                if address in self:
                    self.from_links.append(address)
                    pages.append(address)

    def _sort(self, address):
        """Return what sort of address one is; None for one that is not to be followed."""
        path, _, query = address.partition("?")
        form = next(iter(re.findall(r"format=(\w+)", query)), "")
        if path.startswith(("/static/", "/accounts/logout/")) or (form in DRAWN and not self.thorough):
            return None
        try:
            route = resolve(path).route
        except Resolver404:
            route = path
        return route, tuple(sorted(re.findall(r"(?:^|&)(\w+)=", query))), form

    def linked(self):
        """Yield what was said where links led."""
        return [(address, self[address]) for address in self.from_links]


def arguments(place):
    """Return values for the names in an address: what all may see, what is hidden from some, what is not there.

    Raises
    ------
    LookupError
        For a new address with names that nobody gave values for.
    """
    if not place.names:
        return [{}]
    for route, given in ARGUMENTS:
        if re.match(route, place.route):
            names = re.findall(r"<(?:\w+:)?(\w+)>", place.route)
            told = given() if callable(given) else given
            return [dict(zip(names, values, strict=True)) for values in told]
    message = f"say in ARGUMENTS of {__name__} what to ask for at {place.route}"
    raise LookupError(message)


def _records():
    """Yield kind and id of every record of the scene, and of some that are not there."""
    statements = (*scene.history().statements, *scene.late_statements())
    yield from dict.fromkeys((record.kind, record.id) for record in statements)
    yield from ((kind, NOWHERE) for kind in ("element", "mission", "agency", NOWHERE))


def _some_records():
    """Yield a few records of every audience."""
    kept = {"element", "mission", "activity"}
    yield from (pair for pair in _records() if pair[0] in kept)


def _ids(*kinds):
    """Return the ids of all records of some kinds, and one that is nowhere."""
    return [(record_id,) for kind, record_id in _records() if kind in kinds]


def _editions():
    """Return the keys of the editions of the scene, and one that is nowhere."""
    return [*((published.key(viewer),) for viewer in tables.PUBLISHED), (NOWHERE,)]


def _files_of_editions():
    """Return files of the editions of the scene, and one that is nowhere."""
    names = ("portfolio.json", "data/elements.csv", "data/nothing.csv")
    return [(key, name) for (key,) in _editions() for name in names]


RECORDS, SOME_RECORDS = list(_records()), list(_some_records())
DRAFTED = ("aster-element", *(f"{what}-{scene.MARKS['aster-private']}" for what in ("element", "draft")), NOWHERE)
ARGUMENTS = [
    (r"api/v1/records/<", SOME_RECORDS),
    (r"api/v1/runs/<", tables.KEYS["runs"]),
    (r"api/v1/questions/dossier/<", _ids("mission")),
    (r"api/v1/questions/(readiness|align)/<", _ids("scenario")),
    (r"api/v1/questions/agreements/draft/<", _ids("mission")),
    (r"api/v1/questions/agreements/close-out/<", _ids("agreement")),
    (r"api/v1/(questions/)?editions/<(str:)?key>/files/<|api/v1/editions/<.*/files/<", _files_of_editions),
    (r"api/v1/(questions/)?editions/<", _editions),
    (r"accounts/programs/<", [(number,) for number in range(1, 4)]),
    (r"api/v1/forum/paper/<", _ids("paper")),
    (r"api/v1/forum/meeting/<", _ids("meeting")),
    (r"(feeds|reminders/off|membership/own)/<", [(NOWHERE,)]),
    (r"membership/applications/<", tables.KEYS["runs"]),
    (r"accounts/feeds/<", [(number,) for number in range(1, 4)]),
    (r"records/<", RECORDS),
    (r"agency/(drafts|revise)/<", [("element", key) for key in DRAFTED]),
    (r"agency/import/<", tables.KEYS["uploads"]),
    (r"what-if/<", tables.KEYS["changes"]),
    (r"runs/<", tables.KEYS["runs"]),
    (r"accounts/people/<", [(number,) for number in range(1, 12)]),
    (r"accounts/people/invitations/<", [(number,) for number in range(1, 4)]),
    (r"accounts/invitation/<", [(NOWHERE,)]),
    (r"missions/<|agreements/drafts/<", _ids("mission")),
    (r"agreements/close-out/<", _ids("agreement")),
    (r"scenarios/of/<", _ids("scenario")),
    (r"editions/<str:key>/files/<", _files_of_editions),
    (r"editions/<", _editions),
    (r"forum/papers/<", _ids("paper")),
    (r"forum/meetings/<", _ids("meeting")),
    (r"forum/actions/<", _ids("action")),
    (r"forum/comments/<", tables.KEYS["comments"]),
    (r"pictures/<", [("vega",), (NOWHERE,)]),
]
"""What to ask for at addresses with names."""
USUAL = {"element", "change", NOWHERE}
RARE = {record_id for kind, record_id in RECORDS if kind not in USUAL} - {
    "aster-mission", f"mission-{scene.MARKS['aster-named']}", *scene.AGENCIES,
}  # fmt: skip
"""Records that a quick crawl leaves out."""
WORDS = sorted(scene.MARKS.values())
DAYS = ("2009-12-31", "2010-12-31", "2011-05-31", "2012-05-31", "2030-01-01", "no-day")
ASKED_ALSO = [
    *(f"/records/?q={word}" for word in WORDS),
    *(f"/records/?kind={kind}&format=csv" for kind in ("element", "activity", "change")),
    *(f"/?format={form}&figure=roadmap" for form in DRAWN),
    *(f"/records/?owner={agency}" for agency in (*scene.AGENCIES, scene.OFFICE, NOWHERE)),
    *(f"/records/?sort={sort}&page={page}" for sort in ("name", "-as_of", NOWHERE) for page in (1, 2, 99)),
    *(f"/records/element/{key}/?format={form}" for key in ("winch", "hoist", "aster-element") for form in FORMS),
    *(f"{path}?on={day}" for path in ("/", "/records/") for day in DAYS),
    *(f"{path}?{name}={value}" for path, name in (("/", "agency"),) for value in (*scene.AGENCIES, NOWHERE)),
    *(f"/scenarios/of/aster-scenario/align/?agency={agency}" for agency in (*scene.AGENCIES, NOWHERE)),
    *(f"/scenarios/?scenario=scenario-{word}" for word in WORDS),
    *(f"/scenarios/?{asked}" for asked in ("part=dependence&format=xlsx", "format=json", "on=2010-12-31")),
    *(f"/forum/?{asked}" for asked in ("terms=aster-terms-of-reference", "on=2012-03-01", "at=2012-07-05")),
    *(f"/forum/papers/paper-{scene.MARKS[sort]}/" for sort in ("aster-members", "aster-named")),
    *(f"/forum/papers/aster-paper/?{asked}" for asked in ("on=2012-01-05", "at=2012-07-20", "format=json")),
    *(f"/forum/actions/?agency={agency}&standing=every" for agency in (*scene.AGENCIES, NOWHERE)),
    *(f"/schedule/why/?activity={record}-{word}" for record in ("mission", "activity") for word in WORDS),
    *(f"/brief/?agency={agency}" for agency in (*scene.AGENCIES, NOWHERE)),
    *(f"/annual/?year={year}" for year in (2011, 2012, 2013)),
    *(f"/scenarios/weigh/?weigh-missions-{row}=2" for row in ("missions", "with-people")),
    *(f"/api/v1/records?{asked}" for asked in ("q=" + word for word in WORDS)),
    *(f"/api/v1/{asked}" for asked in ("records?kind=element&limit=3", "portfolio?on=2010-12-31", NOWHERE)),
    "/" + NOWHERE,
    "/records/element/" + "x" * 3_000,
    "/records/?q=%00%ff",
]
"""Addresses beside those of the resolver."""
