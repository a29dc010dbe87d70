"""The app as Django knows it."""

from collections.abc import Iterator

from django.apps import AppConfig


class EditionsConfig(AppConfig):
    """Tables and pages of `editions`."""

    name = "synodos.web.editions"
    label = "editions"
    default_auto_field = "django.db.models.BigAutoField"

    def verifies(self, using: str) -> Iterator[tuple[str, str, str]]:
        """Yield code, place and message of each file of an edition that is missing or was changed."""
        from synodos.web.editions.verifying import problems

        return problems(using)
