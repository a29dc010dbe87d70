"""The app as Django knows it."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """Tables and pages of `runs`."""

    name = "synodos.web.runs"
    label = "runs"
    default_auto_field = "django.db.models.BigAutoField"
