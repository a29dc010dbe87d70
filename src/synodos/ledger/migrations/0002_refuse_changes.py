"""The database refuses to change or to delete an entry."""

from typing import Any

from django.db import migrations

from synodos.ledger.triggers import allow_changes, refuse_changes


def _refuse(_apps: Any, schema_editor: Any) -> None:
    refuse_changes(schema_editor.connection)


def _allow(_apps: Any, schema_editor: Any) -> None:
    allow_changes(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(_refuse, _allow)]
