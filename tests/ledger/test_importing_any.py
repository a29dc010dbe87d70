"""Random histories in the ledger say the same on every day and to every viewer, as long as no record moves."""

import pytest
from django.db import transaction
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from synodos.language import PUBLIC, History
from synodos.ledger import found_ledger, import_history, snapshot
from tests.ledger.councils import SECRETARIAT, signer
from tests.strategies import histories

pytestmark = pytest.mark.django_db
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Making a history of many records smaller takes minutes, and helps little."""


@st.composite
def without_moves(draw):
    """Histories in which every record keeps its author and its audience; some statements retract their record."""
    drawn = draw(histories())
    firsts = {}
    statements = []
    for record in drawn.statements:
        first = firsts.setdefault((record.kind, record.id), record)
        # What a compiler tells the members, an owner who is none does not receive: it would be a chain of its own.
        release = "public" if first.release == "members" and first.stated_by != first.owner else first.release
        statements.append(record.model_copy(update={"release": release, "stated_by": first.stated_by}))
    history = History(drawn.header, tuple(statements))
    assume("-0.0" not in "".join(record.model_dump_json() for record in statements))  # canonical JSON knows one zero
    return history


def _says_the_same(history, viewers, days):
    authors = {record.stated_by for record in history.statements}
    with transaction.atomic():
        found_ledger(signer(SECRETARIAT))
        import_history(history, signers={name: signer(name) for name in {SECRETARIAT, *authors}}, confirmed=True)
        for viewer in viewers:
            for day in days:
                assert snapshot(day, viewer=viewer).sha256 == history.known_on(day, viewer).sha256
        again = import_history(history, signers={name: signer(name) for name in authors}, confirmed=True)
        assert again.entries == 0
        transaction.set_rollback(True)


@settings(max_examples=4, phases=NO_SHRINKING)
@given(without_moves(), st.data())
def test_a_viewer_sees_what_the_history_says(history, data):
    day = data.draw(st.sampled_from(sorted({record.as_of.latest for record in history.statements})))
    viewer = data.draw(st.sampled_from([*history.known_on().agencies, history.statements[0].stated_by]))
    _says_the_same(history, (PUBLIC, viewer), (None, day))


@pytest.mark.proof
@settings(max_examples=60, phases=NO_SHRINKING)
@given(without_moves())
def test_every_viewer_sees_on_every_day_what_the_history_says(history):
    authors = {record.stated_by for record in history.statements}
    days = sorted({record.as_of.latest for record in history.statements})
    _says_the_same(history, (PUBLIC, *sorted(authors), *history.known_on().agencies, "nobody"), (None, *days))
