"""The app as Django knows it."""

from django.apps import AppConfig


class RemindingConfig(AppConfig):
    """Tables and pages of `reminding`."""

    name = "synodos.web.reminding"
    label = "reminding"
    default_auto_field = "django.db.models.BigAutoField"
