"""Making, changing and erasing accounts."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from synodos.web.accounts.models import Invitation, LogEntry, Person
from synodos.web.accounts.roles import OF_AN_AGENCY, Role


class LastSecretariatError(ValueError):
    """Nobody would be left to keep the table."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(_("Nobody else has the role of secretariat. Give it to somebody first."))


@transaction.atomic
def make_person(email: str, role: Role, agency: str = "", *, password: str | None = None) -> Person:
    """Return a new person; without a password, he or she cannot log in.

    Raises
    ------
    ValueError
        If the role is for an agency and none is given, or the other way round.
    """
    check_seat(role, agency)
    person = Person(email=email.lower(), role=role, agency=agency)
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def check_seat(role: Role | str, agency: str) -> None:
    """Raise `ValueError` unless an agency is given for the roles that need one, and for no other."""
    if (role in OF_AN_AGENCY) != bool(agency):
        message = _("A reader, an editor or a signatory sits for an agency; nobody else does.")
        raise ValueError(message)


@transaction.atomic
def change_rights(person: Person, *, role: Role | str, agency: str, active: bool) -> None:
    """Change what a person may do; invitations by the person that nobody took up end with the rights to make them.

    Raises
    ------
    ValueError
        If role and agency do not fit each other.
    LastSecretariatError
        If nobody would be left to keep the table.
    """
    check_seat(role, agency)
    if role != Role.SECRETARIAT or not active:
        _keep_a_secretariat(person)
    if (role, agency, active) != (person.role, person.agency, person.is_active):
        _withdraw_invitations(person)
    person.role, person.agency, person.is_active = role, agency, active
    person.save(update_fields=["role", "agency", "is_active"])
    if not active:
        end_tokens(person)


@transaction.atomic
def renew(person: Person, password: str) -> None:
    """Set a new password and forget the second factor; whoever is logged in as the person is out, and programs too."""
    person.set_password(password)
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    end_tokens(person)


def end_tokens(person: Person) -> None:
    """Take back what programs show in a person's place; none holds again when the account does."""
    person.tokens.all().delete()


@transaction.atomic
def erase(person: Person) -> None:
    """Erase a person's data: account, second factor, sessions, invitations, and who and where in the log.

    What was declared stays: it is the agency's. The log keeps the number of the account.

    Raises
    ------
    LastSecretariatError
        If nobody would be left to keep the table.
    """
    _keep_a_secretariat(person)
    end_sessions(person)
    _withdraw_invitations(person)
    Invitation.objects.filter(email__iexact=person.email).delete()
    LogEntry.objects.filter(person=person.pk).update(address="")
    person.delete()


def end_sessions(person: Person, *, but: str | None = None) -> None:
    """Log a person out everywhere, but for one session."""
    for session in Session.objects.exclude(session_key=but):
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()


def _withdraw_invitations(person: Person) -> None:
    """Withdraw what a person invited others to and nobody took up."""
    Invitation.objects.filter(made_by=person, used_at=None).delete()


def _keep_a_secretariat(person: Person) -> None:
    """Raise unless somebody else keeps the table, where the person does."""
    keepers = Person.objects.select_for_update().filter(role=Role.SECRETARIAT, is_active=True)
    if [keeper.pk for keeper in keepers] == [person.pk]:
        raise LastSecretariatError
