"""The app as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Tables and pages of `accounts`."""

    name = "synodos.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens at the door."""
        from synodos.web.accounts import noticing  # noqa: F401 - its receivers register themselves
