"""Reminders: to whom, of what, once, without a word that is not for them, and over a real mail server."""

import datetime as dt
import shutil

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.test import Client

from tests.databases import opened
from tests.web import scene, tables

SOON, LATE, LONG_AFTER = dt.date(2012, 9, 25), dt.date(2012, 10, 2), dt.date(2012, 12, 1)
"""Days round the 30th of September 2012, by which borea is to send pictures."""
ENDS = dt.date(2012, 7, 8)
"""Two days before the silence procedure on the landing sites ends."""


@pytest.fixture
def room(whole_table, tmp_path, django_db_blocker):
    """The whole scene, in which nobody was reminded of anything."""
    path = tmp_path / "table.sqlite3"
    shutil.copy(whole_table, path)
    with django_db_blocker.unblock(), opened(path):
        yield path


def reminded(day):
    """Send what is due on a day; return the letters by whom they go to."""
    from synodos.web.reminding.posting import remind

    mail.outbox.clear()
    number = remind(day)
    assert number == len(mail.outbox)
    return {letter.to[0].partition("@")[0]: letter for letter in mail.outbox}


def test_who_has_to_do_something_is_reminded_once_before_and_once_after(room):
    first = reminded(SOON)
    assert "To do by 2012-09-30: Send pictures of the sites" in first["partner"].body
    assert "http://localhost:8000/forum/actions/" in first["partner"].body
    assert reminded(SOON) == {}
    assert "Overdue since 2012-09-30: Send pictures" in reminded(LATE)["partner"].body
    assert reminded(LATE) == {}
    assert reminded(LONG_AFTER) == {}, "what is long over is not worth a letter"


def test_a_letter_names_nothing_that_is_not_for_all_members(room):
    letters = reminded(SOON)
    hidden = [word for sort, word in scene.MARKS.items() if sort != "aster-members"]
    for name, letter in letters.items():
        assert not [word for word in hidden if word in letter.body], name
        assert "aster-members" not in letter.body
    assert "an action that is not for all members" in letters["partner"].body
    assert scene.MARKS["aster-members"] not in str(letters.get("outsider", ""))


def test_a_silence_procedure_that_ends_soon_is_told_to_those_who_said_nothing(room):
    letters = reminded(ENDS)
    told = "The silence procedure on “Landing sites” ends on 2012-07-10; your agency has not said where it stands."
    assert told in letters["partner"].body
    assert told in letters["other"].body
    assert "owner" not in letters or told not in letters["owner"].body
    assert "/forum/papers/aster-paper/" in letters["partner"].body
    assert not {"reader", "observer", "office", "outsider"} & set(letters)


def test_an_editor_gets_them_unless_and_a_reader_only_if_they_say_so(room):
    from synodos.web.reminding.models import Wish
    from synodos.web.reminding.posting import wants

    people = {name: tables.user(name) for name in ("colleague", "reader", "observer", "office")}
    assert {name: wants(person) for name, person in people.items()} == {
        "colleague": True, "reader": False, "observer": False, "office": False,
    }  # fmt: skip
    Wish.objects.create(person=people["colleague"], wanted=False)
    Wish.objects.create(person=people["reader"], wanted=True)
    assert (wants(people["colleague"]), wants(people["reader"])) == (False, True)


def test_what_a_worker_began_before_it_ended_is_sent_by_the_next_but_not_at_the_same_time(room):
    from django.utils import timezone

    from synodos.web.reminding.models import Reminder
    from synodos.web.reminding.posting import GIVEN_UP

    ident = reminded(SOON)["partner"].extra_headers["Message-ID"]
    mine = Reminder.objects.filter(person=tables.user("partner"))
    mine.update(sent_at=None)
    assert "partner" not in reminded(SOON), "another worker is at it"
    mine.update(claimed_at=timezone.now() - GIVEN_UP - dt.timedelta(seconds=5))
    assert reminded(SOON)["partner"].extra_headers["Message-ID"] == ident


def test_what_a_mail_server_does_not_take_is_sent_another_time(room, settings):
    from synodos.web.mailing import mail_settings
    from synodos.web.reminding.posting import remind

    usual = settings.EMAIL_BACKEND
    for name, value in mail_settings("smtp://127.0.0.1:9", "x", "").items():
        setattr(settings, name, value)
    with pytest.raises(OSError, match="refused"):
        remind(SOON)
    settings.EMAIL_BACKEND = usual
    assert "partner" in reminded(SOON)


class Postbox:
    """What a mail server of this machine received."""

    def __init__(self):
        self.received = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - as aiosmtpd calls it
        """Take a letter."""
        self.received.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 taken"


def test_a_reminder_goes_out_over_a_mail_server(room, settings):
    from synodos.web import free_port
    from synodos.web.mailing import mail_settings
    from synodos.web.reminding.posting import remind

    box, port = Postbox(), free_port("127.0.0.1", 0)
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        for name, value in mail_settings(f"smtp://127.0.0.1:{port}", "x", "https://table.example.org").items():
            setattr(settings, name, value)
        assert remind(SOON) == len(box.received) > 0
    finally:
        server.stop()
    letter = next(content for to, content in box.received if to == ["partner@example.org"])
    assert "Send pictures of the sites" in letter
    assert "From: Synodos <synodos@table.example.org>" in letter
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in letter


def test_the_way_out_that_stands_in_a_letter_needs_no_account_and_does_nothing_until_confirmed(room):
    from synodos.web.reminding.posting import wants

    letter = reminded(SOON)["partner"]
    address = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert address in letter.body
    browser = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    assert browser.get(address).status_code == 200
    assert wants(tables.user("partner"))
    assert browser.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not wants(tables.user("partner"))
    assert browser.get(f"{address[:-3]}x/").status_code == 404


def test_the_page_says_what_is_due_and_that_letters_reach_nobody_yet(room, settings, tmp_path):
    from synodos.web.mailing import mail_settings
    from synodos.web.reminding.posting import wants

    for name, value in mail_settings(str(tmp_path), "x", "http://localhost:8000").items():
        setattr(settings, name, value)
    browser = tables.browser("partner")
    page = browser.get("/accounts/reminders/").content.decode()
    assert "This table has no mail server" in page
    assert "You get reminders by e-mail." in page
    browser.post("/accounts/reminders/", {"wanted": "0"})
    assert not wants(tables.user("partner"))
    assert tables.browser("observer").get("/accounts/reminders/").status_code == 404


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("smtp://mail.example.org", {"EMAIL_PORT": 587, "EMAIL_USE_TLS": True, "EMAIL_USE_SSL": False}),
        ("smtps://me:p%40ss@mail.example.org:4650", {"EMAIL_PORT": 4650, "EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False,
                                                     "EMAIL_HOST_PASSWORD": "p@ss"}),
        ("smtp://localhost:25", {"EMAIL_USE_TLS": False, "EMAIL_HOST": "localhost"}),
        ("/var/mails", {"EMAIL_FILE_PATH": "/var/mails"}),
    ],
)  # fmt: skip
def test_a_place_for_mail_is_read(place, expected):
    from synodos.web.mailing import mail_settings

    found = mail_settings(place, "table.sqlite3", "")
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("place", ["http://secret.example.org", "smtp://", "smtp://me:secret@mail:post"])
def test_what_is_no_place_for_mail_is_refused_and_not_repeated(place):
    from synodos.web.mailing import mail_settings

    with pytest.raises(ValueError, match="expected smtp://") as refused:
        mail_settings(place, "table.sqlite3", "")
    assert "secret" not in str(refused.value)
