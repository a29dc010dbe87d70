"""The ledger as Django knows it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Tables of the ledger."""

    name = "synodos.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
